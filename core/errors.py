"""The error family that services raise and ActionView translates. What is said here is read by people."""

from core.decisions import Reason


class PortalError(Exception):
    """A refusal with words for the person who asked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class WrongMoment(PortalError):
    """The thing is not in a state that allows this verb; the page says what state it is in (409)."""


class Stale(PortalError):
    """Somebody saved in between; `theirs` is what is stored, `yours` what was sent, both kept (409)."""

    def __init__(
        self, message: str, *, theirs: dict[str, object], yours: dict[str, object]
    ) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours


class Refused(PortalError):
    """A policy said no; each reason may point at a field (422)."""

    def __init__(self, reasons: tuple[Reason, ...] | str) -> None:
        if isinstance(reasons, str):
            reasons = (Reason(reasons),)
        super().__init__(" ".join(reason.text for reason in reasons))
        self.reasons = reasons
