"""Tables of entry: the application and its parts, the sponsor's answer, decisions, referral, funding, the desk."""

from applications.models.answers import AreaEndorsement, BehaviourScore, SponsorAnswer
from applications.models.application import Application, AreaScore, Strength
from applications.models.decisions import Appeal, ReadinessResult, ReadinessRule, Undoing
from applications.models.desk import Note, SavedFilter
from applications.models.funding import (
    EligibleWorkplace,
    FundingDecision,
    FundingYear,
    SupportBand,
)
from applications.models.people import TwoPeople
from applications.models.referral import Chase, Contact, RegionModerator, Return, SchoolInterest

__all__ = [
    "Appeal",
    "Application",
    "AreaEndorsement",
    "AreaScore",
    "BehaviourScore",
    "Chase",
    "Contact",
    "EligibleWorkplace",
    "FundingDecision",
    "FundingYear",
    "Note",
    "ReadinessResult",
    "ReadinessRule",
    "RegionModerator",
    "Return",
    "SavedFilter",
    "SchoolInterest",
    "SponsorAnswer",
    "Strength",
    "SupportBand",
    "TwoPeople",
    "Undoing",
]
