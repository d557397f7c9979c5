"""People for this room's tests."""

from accounts.models import Membership, User
from accounts.states import Role


def person(role: Role) -> User:
    """Somebody with one role."""
    user = User.objects.create_user(
        f"{role}@school.example", first_name="Ana", last_name=str(role.label)
    )
    Membership.objects.create(user=user, role=role)
    return user
