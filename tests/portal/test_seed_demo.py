"""seed_demo on an empty portal: learners at every stage, each with a history, and a second run that is refused."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from accounts.models import Membership, Persona, User
from accounts.states import Role
from applications.models import Application
from applications.states import ApplicationStatus
from assessment.models import Marking, Outcome, Script
from assessment.states import ScriptStatus
from core.models import AuditEntry, OutboxMessage
from documents.models import StoredFile
from npq_portal.celery import app
from programmes.models import Cohort, Enrolment, SchoolImport
from programmes.states import EnrolmentStatus

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("seeded", "db")]


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker, tmp_path_factory):
    """What seed_demo printed; everything that it made is taken back at the end."""
    folder = tmp_path_factory.mktemp("seeded")
    printed = StringIO()
    app.conf.task_always_eager = True
    with (
        django_db_blocker.unblock(),
        override_settings(
            MEDIA_ROOT=str(folder / "files"),
            EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        ),
        transaction.atomic(),
    ):
        assert not User.objects.exists()
        call_command("seed_demo", stdout=printed)
        with django_db_blocker.block():
            yield printed.getvalue()
        transaction.set_rollback(True)


def learners() -> set[int]:
    """Everybody who applies or takes part, and the personas who may yet."""
    applying = set(Application.objects.values_list("applicant", flat=True))
    enrolled = set(Enrolment.objects.values_list("participant", flat=True))
    return applying | enrolled


def test_about_seventy_learners_live_in_it(seeded):
    number = int(seeded.split()[0])
    assert seeded == f"{number} school leaders at every stage of the way\n"
    assert 65 <= number <= 80
    # One persona has not applied yet.
    assert len(learners()) == number - 1


def test_every_stage_of_an_application_but_three_ends_occurs():
    found = set(Application.objects.values_list("status", flat=True))
    ends = {ApplicationStatus.WITHDRAWN, ApplicationStatus.LAPSED, ApplicationStatus.CLOSED}
    assert found == set(ApplicationStatus.values) - ends


def test_every_state_of_a_script_occurs():
    assert set(Script.objects.values_list("status", flat=True)) == set(ScriptStatus.values)


def test_most_states_of_an_enrolment_occur():
    assert set(Enrolment.objects.values_list("status", flat=True)) == set(EnrolmentStatus.values)


def test_results_released_are_passes_and_fails():
    released = Outcome.objects.filter(released_at__isnull=False)
    found = Counter(released.values_list("passed", flat=True))
    assert found[True] >= 4
    assert found[False] >= 1


def test_every_role_has_somebody():
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    roles = set(
        Membership.objects.filter(user__persona__isnull=False).values_list("role", flat=True)
    )
    assert roles == set(Role.values)
    assert Persona.objects.count() >= 12


@pytest.mark.parametrize(
    "model", [User, Cohort, SchoolImport, Application, Enrolment, Script, Marking, StoredFile]
)
def test_every_row_has_its_history(model):
    """Each row that the demonstration made stands in the audit trail by its reference.

    Schools come by a reading of the file, which stands there as one.
    """
    told = set(AuditEntry.objects.values_list("object", flat=True))
    # A marking's history begins in its script's: the entry that says whom the script was given to.
    told |= set(AuditEntry.objects.values_list("facts__marking", flat=True))
    assert [row.reference for row in model.objects.all() if row.reference not in told] == []


def test_every_state_was_reached_by_a_recorded_step():
    """The last state that the trail tells of a row is the one it is in (G4)."""
    for model in (Script, Application, Enrolment, Marking):
        steps = AuditEntry.objects.filter(after__has_key="status").order_by("pk")
        last = dict(steps.values_list("object", "after__status"))
        wrong = [
            (row.reference, row.status, last[row.reference])
            for row in model.objects.all()
            if row.reference in last and last[row.reference] != row.status
        ]
        assert wrong == []


def test_every_promise_was_kept():
    assert not OutboxMessage.objects.filter(dead_at__isnull=False).exists()
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()


def test_a_second_run_is_refused_and_writes_nothing():
    models = (User, Application, Enrolment, Script, AuditEntry, StoredFile)
    before = [model.objects.count() for model in models]
    with pytest.raises(CommandError) as refused:
        call_command("seed_demo", stdout=StringIO())
    assert (str(refused.value), refused.value.returncode) == (
        "There are people in this portal already, so the demonstration stays away.",
        1,
    )
    assert [model.objects.count() for model in models] == before


def test_nothing_of_it_can_be_reached_by_mail():
    """Made-up people have addresses under a domain that can never exist."""
    addresses = User.objects.values_list("email", flat=True)
    assert [each for each in addresses if not each.endswith(".example")] == []
