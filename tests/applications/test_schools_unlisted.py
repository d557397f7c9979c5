"""A school that is not listed: shown to staff, matched by an administrator, and needed before a place (A1, A8, G3)."""

import pytest

from accounts.states import Role
from applications import services
from applications.models import Application
from applications.presenters import schools_unlisted
from applications.states import ApplicationStatus
from core.errors import Refused, WrongMoment
from core.models import AuditEntry
from programmes.models import Enrolment
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


def unlisted(kind: str = "ready") -> Application:
    """A signed application from a school that was typed; without a moderator, whose region is not known."""
    application = steps.application_at("draft")
    by = application.applicant
    services.save_unlisted_school(
        by=by, application=application, name="New Harbour Academy", postcode="LS1 4AP"
    )
    services.send(by=by, application=application, signed_name="Asha Bello")
    sponsor = steps.make_person(Role.SPONSOR, first_name="Sam", last_name="Okafor")
    services.begin_answer(by=sponsor, application=application)
    steps.answer(application, sponsor, kind)
    steps.regional_moderator()
    services.sign(by=sponsor, application=application, signed_name="Sam Okafor")
    return Application.objects.get(pk=application.pk)


def test_no_place_before_it_is_matched():
    application = unlisted()
    administrator = steps.make_person(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="Match the school first"):
        services.confirm(by=administrator, application=application)
    assert Enrolment.objects.count() == 0
    school = steps.make_school()
    services.match_school(by=administrator, application=application, school=school)
    enrolment = services.confirm(by=administrator, application=application)
    assert enrolment is not None
    assert enrolment.school == school


def test_matching_gives_a_referred_one_to_the_moderator_of_its_region():
    application = unlisted("referred")
    assert (application.status, application.moderator) == (S.REFERRED, None)
    administrator, school = steps.make_person(Role.ADMINISTRATOR), steps.make_school()
    last = AuditEntry.objects.order_by("-pk").first().pk
    services.match_school(by=administrator, application=application, school=school)
    application.refresh_from_db()
    assert application.moderator == steps.regional_moderator()
    # What the applicant typed stays to be read.
    assert (application.school, application.school_typed) == (school, "New Harbour Academy")
    entries = AuditEntry.objects.filter(pk__gt=last)
    assert [entry.event for entry in entries] == [
        "applications.school_matched",
        "applications.moderator_assigned",
    ]
    assert entries[0].facts == {"school": school.urn}


def test_only_one_that_is_not_listed_and_not_closed():
    administrator, school = steps.make_person(Role.ADMINISTRATOR), steps.make_school()
    with pytest.raises(WrongMoment, match="listed one already"):
        services.match_school(
            by=administrator, application=steps.application_at("ready"), school=school
        )
    application = unlisted()
    services.withdraw(by=application.applicant, application=application)
    with pytest.raises(WrongMoment, match="closed"):
        services.match_school(by=administrator, application=application, school=school)
    application.refresh_from_db()
    assert application.school is None


def test_an_administrator_finds_it_by_what_was_typed():
    school = steps.make_school(name="New Harbour Academy", postcode="LS1 4AP")
    application = unlisted()
    administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
    page = text_of(administrator.get(url("application", application)))
    assert "New Harbour Academy" in page
    assert "not listed" in page
    assert url("match_school", application) in (
        administrator.get(url("application", application)).content.decode()
    )
    address = url("match_school", application)
    found = text_of(administrator.get(address))
    assert "New Harbour Academy LS1 4AP" in found
    assert f"URN {school.urn}" in found
    assert administrator.post(address, {}).status_code == 422
    assert administrator.post(address, {"school": "999999"}).status_code == 422
    assert administrator.post(address, {"school": school.urn}).url == url(
        "application", application
    )
    application.refresh_from_db()
    assert application.school == school
    assert administrator.get(address).status_code == 409


def test_other_words_and_nothing_found():
    school = steps.make_school(name="Weir Bank Primary School")
    application = unlisted()
    administrator = signed_in(steps.make_person(Role.ADMINISTRATOR))
    address = url("match_school", application)
    assert "No school found" in text_of(administrator.get(address, {"q": "zzzz nothing"}))
    assert f"URN {school.urn}" in text_of(administrator.get(address, {"q": "weir bank"}))
    sent = administrator.post(f"{address}?q=weir+bank", {"school": school.urn})
    assert sent.url == url("application", application)
    assert queries_of(administrator, url("application", application)) <= 15


def test_nobody_but_an_administrator_matches():
    application = unlisted("referred")
    address = url("match_school", application)
    found = [
        signed_in(who).get(address).status_code
        for who in (
            application.applicant,
            application.sponsor,
            steps.regional_moderator(),
            steps.make_person(Role.QUALITY_AGENT),
        )
    ]
    assert found == [403, 403, 404, 404]


def test_the_panel_is_for_what_is_not_listed():
    administrator = steps.make_person(Role.ADMINISTRATOR)
    assert schools_unlisted.panel(steps.application_at("ready"), administrator) is None
    application = unlisted("referred")
    panel = schools_unlisted.panel(application, administrator)
    assert panel is not None
    assert [action.url for action in panel.actions] == [url("match_school", application)]
    moderators = schools_unlisted.panel(application, steps.regional_moderator())
    assert moderators is not None
    assert moderators.actions == ()
