"""Words to the person at the keyboard. Data goes to standard output, everything said here to standard error."""

import sys


class Stop(Exception):
    """A refusal: its text says what is wrong and what to do about it."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


class Ended(BaseException):
    """The machine asked us to end (SIGTERM or SIGHUP); treated as Ctrl-C is."""


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
