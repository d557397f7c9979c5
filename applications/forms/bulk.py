"""What the address of a bulk action asks for: which applications, what to do, and what that needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from applications.services.bulk import Action
from applications.states import FundingRoute


@dataclass(frozen=True)
class Asked:
    """The valid parts of an address or a form; anything unknown asks for nothing."""

    references: Sequence[str]
    action: Action | None
    cohort: str
    route: str

    @classmethod
    def of(cls, sent: Any) -> "Asked":
        """From a QueryDict."""
        action, route = sent.get("action", ""), sent.get("route", "")
        known = [each for each in sent.getlist("application") if "\0" not in each]
        cohort = sent.get("cohort", "")
        return cls(
            references=list(dict.fromkeys(known)),
            action=Action(action) if action in set(Action) else None,
            cohort="" if "\0" in cohort else cohort,
            route=route if route in FundingRoute.values else "",
        )

    def query(self, **change: str) -> str:
        """The same as an address after '?'."""
        asks = {"action": self.action or "", "cohort": self.cohort, "route": self.route} | change
        pairs = [("application", reference) for reference in self.references]
        return urlencode([*pairs, *((name, value) for name, value in asks.items() if value)])
