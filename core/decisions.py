"""What a policy answers: a frozen yes or no with its reasons in plain English. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One sentence, with the form field it belongs to where there is one, and its rule ('S1')."""

    text: str
    field: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Decision:
    """Allowed when there is no reason against."""

    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> "Decision":
        """A decision from the reasons against, of which there may be none."""
        return cls(tuple(reasons))

    @property
    def allowed(self) -> bool:
        return not self.reasons

    def require(self) -> None:
        """Raises core.errors.Refused with the reasons unless allowed."""
        if self.reasons:
            from core.errors import Refused

            raise Refused(self.reasons)
