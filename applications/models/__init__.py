"""Tables of entry: the application and its parts, the sponsor's answer, readiness and referral."""

from applications.models.answers import AreaEndorsement, BehaviourScore, SponsorAnswer
from applications.models.application import Application, AreaScore, Strength
from applications.models.decisions import Contact, ReadinessResult, ReadinessRule, Return

__all__ = [
    "Application",
    "AreaEndorsement",
    "AreaScore",
    "BehaviourScore",
    "Contact",
    "ReadinessResult",
    "ReadinessRule",
    "Return",
    "SponsorAnswer",
    "Strength",
]
