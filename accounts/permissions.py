"""Who somebody is, as predicates that upper rooms compose. What they may do is each room's own."""

from typing import Any

import rules

from accounts.states import Role


def _holds(user: Any, role: Role) -> bool:
    return bool(user and user.is_authenticated and user.is_active and user.holds(role))


@rules.predicate
def is_administrator(user: Any) -> bool:
    return _holds(user, Role.ADMINISTRATOR)


@rules.predicate
def is_assessor(user: Any) -> bool:
    return _holds(user, Role.ASSESSOR)


@rules.predicate
def is_moderator(user: Any) -> bool:
    return _holds(user, Role.MODERATOR)


@rules.predicate
def is_regional_moderator(user: Any) -> bool:
    return _holds(user, Role.REGIONAL_MODERATOR)


@rules.predicate
def is_tutor(user: Any) -> bool:
    return _holds(user, Role.TUTOR)


@rules.predicate
def is_quality_agent(user: Any) -> bool:
    return _holds(user, Role.QUALITY_AGENT)


@rules.predicate
def is_participant(user: Any) -> bool:
    return _holds(user, Role.PARTICIPANT)


@rules.predicate
def is_sponsor(user: Any) -> bool:
    return _holds(user, Role.SPONSOR)


# Every mail with its state, what the templates say, and what the outbox gave up.
rules.add_perm("accounts.read_mail", is_administrator)
