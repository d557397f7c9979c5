"""The page each person lives on: what waits for them, by role. Built here because only this room sees all."""

from collections.abc import Callable

from accounts.models import User
from accounts.states import Role
from npq_portal.homes import learners, sponsors, staff
from npq_portal.homes.parts import Home

BUILDERS: dict[Role, Callable[[User], Home]] = {
    Role.ADMINISTRATOR: staff.administrator,
    Role.REGIONAL_MODERATOR: staff.regional_moderator,
    Role.MODERATOR: staff.moderator,
    Role.ASSESSOR: staff.assessor,
    Role.TUTOR: staff.tutor,
    Role.QUALITY_AGENT: staff.quality_agent,
    Role.SPONSOR: sponsors.sponsor,
    Role.PARTICIPANT: learners.learner,
}


def roles_of(user: User) -> list[Role]:
    """The roles whose homes this person has, the first one theirs by default; everyone may be a learner."""
    held = [role for role in BUILDERS if user.holds(role)]
    return held or [Role.PARTICIPANT]


def build(user: User, role: Role) -> Home:
    """The home of a role that the person holds."""
    return BUILDERS[role](user)
