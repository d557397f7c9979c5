"""How a new portal gets its first administrator."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.states import Role


def test_a_first_administrator_is_added_and_can_ask_for_a_password(db, capsys):
    call_command("register", "ada@example.test", "Ada", "Byron", "--role", "administrator")
    person = User.objects.get(email="ada@example.test")
    assert capsys.readouterr().out == f"{person.reference} Ada Byron\n"
    assert person.roles == {Role.ADMINISTRATOR}
    assert not person.has_usable_password()


def test_an_address_that_is_taken_is_refused(db):
    call_command("register", "ada@example.test", "Ada", "Byron")
    with pytest.raises(CommandError, match="registered already"):
        call_command("register", "ADA@example.test", "Ada", "Other")
    assert User.objects.get(email="ada@example.test").last_name == "Byron"
