"""Who may do what: each permission against each person, as a whole table."""

import pytest

from accounts.states import Role
from tests.assessment import steps

pytestmark = pytest.mark.django_db


def test_every_permission_for_every_person():
    script = steps.script_at("allocated")
    marking = steps.marking_of(script)
    people = {
        "writer": script.enrolment.participant,
        "other participant": steps.person(Role.PARTICIPANT),
        "assessor": marking.assessor,
        "other assessor": steps.person(Role.ASSESSOR),
        "administrator": steps.person(Role.ADMINISTRATOR),
        "quality agent": steps.person(Role.QUALITY_AGENT),
        "sponsor": steps.person(Role.SPONSOR),
        "moderator": steps.person(Role.MODERATOR),
    }
    objects = {
        "start": script.enrolment,
        "change_script": script,
        "submit": script,
        "view_result": script,
        "view_work": script,
        "view_record": script,
        "list_scripts": None,
        "allocate": script,
        "compute": script,
        "release": None,
        "list_markings": None,
        "mark": marking,
    }
    may = {
        name: {who for who, user in people.items() if user.has_perm(f"assessment.{name}", on)}
        for name, on in objects.items()
    }
    assert may == {
        "start": {"writer"},
        "change_script": {"writer"},
        "submit": {"writer"},
        "view_result": {"writer"},
        "view_work": {"writer", "administrator"},
        "view_record": {"administrator", "quality agent"},
        "list_scripts": {"administrator"},
        "allocate": {"administrator"},
        "compute": {"administrator"},
        "release": {"administrator"},
        "list_markings": {"assessor", "other assessor"},
        "mark": {"assessor"},
    }


def test_an_assessor_who_loses_the_role_marks_no_more():
    marking = steps.marking_of(steps.script_at("allocated"))
    marking.assessor.memberships.all().delete()
    fresh = type(marking.assessor).objects.get(pk=marking.assessor_id)
    assert not fresh.has_perm("assessment.mark", marking)
