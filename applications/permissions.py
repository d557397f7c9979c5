"""Who may do what with an application. Which applications somebody may know of is `queries.visible_to`."""

from typing import Any

import rules

from accounts.permissions import is_administrator, is_regional_moderator
from applications.models import Application
from applications.visibility import Relation


@rules.predicate
def is_applicant(user: Any, application: Application | None) -> bool:
    return bool(application and application.applicant_id == user.pk)


@rules.predicate
def is_its_sponsor(user: Any, application: Application | None) -> bool:
    return bool(application and application.sponsor_id == user.pk)


@rules.predicate
def was_referred(user: Any, application: Application | None) -> bool:
    return bool(application and application.referred_at)


decides = is_regional_moderator & was_referred & ~is_applicant & ~is_its_sponsor

rules.add_perm("applications.list", is_administrator)
rules.add_perm("applications.read_all_of", is_administrator)
rules.add_perm("applications.write", is_applicant)
rules.add_perm("applications.answer", is_its_sponsor)
rules.add_perm("applications.confirm", is_administrator & ~is_applicant & ~is_its_sponsor)
rules.add_perm("applications.referrals", is_regional_moderator)
rules.add_perm("applications.decide", decides)


def relation(user: Any, application: Application) -> Relation:
    """What somebody is to an application; their own before any role they hold."""
    if is_applicant(user, application):
        return Relation.APPLICANT
    if is_its_sponsor(user, application):
        return Relation.SPONSOR
    if is_administrator(user):
        return Relation.ADMINISTRATOR
    if is_regional_moderator(user) and was_referred(user, application):
        return Relation.MODERATOR
    return Relation.NOBODY
