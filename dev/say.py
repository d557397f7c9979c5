"""Words to the person at the keyboard: data on standard output, everything else on standard error.

Nobody may be listening any more (a closed terminal, a pipe); that must not stop the tidying up.
"""

import contextlib
import sys


class Stop(Exception):
    """A refusal: its text says what is wrong and what to do about it."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.code = code


class Ended(BaseException):
    """The machine asked us to end (SIGTERM or SIGHUP); treated as Ctrl-C is."""


def note(text: str) -> None:
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def show(text: str) -> None:
    with contextlib.suppress(OSError):
        print(text, flush=True)
