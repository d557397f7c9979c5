"""Who may do what to the standards. Reading needs no permission: published editions are open to anyone."""

import rules

from accounts.models import User
from accounts.states import Role


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.is_authenticated and user.holds(Role.ADMINISTRATOR)


rules.add_perm("frameworks.enter_pass_mark", is_administrator)
