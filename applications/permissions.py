"""Who may do what with an application. Which applications somebody may know of is `queries.visible_to`."""

from typing import Any

import rules

from accounts.permissions import is_administrator, is_regional_moderator
from applications.models import Application
from applications.states import ApplicationStatus
from applications.visibility import Part, Relation, parts


@rules.predicate
def is_applicant(user: Any, application: Application | None) -> bool:
    return bool(application and application.applicant_id == user.pk)


@rules.predicate
def is_its_sponsor(user: Any, application: Application | None) -> bool:
    return bool(application and application.sponsor_id == user.pk)


@rules.predicate
def is_its_moderator(user: Any, application: Application | None) -> bool:
    return bool(application and application.moderator_id == user.pk)


@rules.predicate
def has_its_appeal(user: Any, application: Application | None) -> bool:
    """Whether the appeal was handed to this person and waits for them to decide."""
    if application is None or application.status != ApplicationStatus.APPEALED:
        return False
    appeal = getattr(application, "appealed", None)
    return bool(appeal and appeal.handed_to_id == user.pk)


stands_apart = ~is_applicant & ~is_its_sponsor
decides = is_regional_moderator & is_its_moderator & stands_apart

rules.add_perm("applications.list", is_administrator)
rules.add_perm("applications.read_all_of", is_administrator)
rules.add_perm("applications.write", is_applicant)
rules.add_perm("applications.answer", is_its_sponsor)
rules.add_perm("applications.confirm", is_administrator & stands_apart)
rules.add_perm("applications.referrals", is_regional_moderator)
rules.add_perm("applications.decide", decides)
rules.add_perm("applications.appeal", is_applicant)
rules.add_perm(
    "applications.decide_appeal",
    (is_administrator | (is_regional_moderator & has_its_appeal)) & stands_apart,
)
rules.add_perm("applications.list_appeals", is_administrator | is_regional_moderator)
rules.add_perm("applications.hand_appeal", is_administrator & stands_apart)
rules.add_perm("applications.undo", is_administrator & stands_apart)
rules.add_perm("applications.assign_moderator", is_administrator)
rules.add_perm("applications.manage_moderators", is_administrator)
rules.add_perm("applications.manage_readiness", is_administrator)
rules.add_perm("applications.manage_places", is_administrator)
rules.add_perm("applications.fund", is_administrator)
rules.add_perm("applications.match_school", is_administrator)
rules.add_perm("applications.note", is_administrator)
rules.add_perm("applications.merge_people", is_administrator)
rules.add_perm("applications.export", is_administrator)


def relation(user: Any, application: Application) -> Relation:
    """What somebody is to an application; their own before any role they hold."""
    if is_applicant(user, application):
        return Relation.APPLICANT
    if is_its_sponsor(user, application):
        return Relation.SPONSOR
    if is_administrator(user):
        return Relation.ADMINISTRATOR
    if is_regional_moderator(user) and (
        is_its_moderator(user, application) or has_its_appeal(user, application)
    ):
        return Relation.MODERATOR
    return Relation.NOBODY


@rules.predicate
def reads_the_letter(user: Any, application: Application | None) -> bool:
    """Whether what was written to the applicant is for this person: the sponsor does not read it (A6)."""
    return bool(application and Part.FEEDBACK in parts(relation(user, application)))


rules.add_perm("applications.read_letter", reads_the_letter)
