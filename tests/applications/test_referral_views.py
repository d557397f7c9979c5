"""Pages of referral: who gets them, what stands on them, what they do, what they cost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.states import Role
from applications import services
from applications.models import Application, RegionModerator, Return, SchoolInterest
from applications.presenters import referral as words
from applications.states import ApplicationStatus
from core import clock
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of, url

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus
ADMINISTRATORS = ["moderators", "stuck_referrals"]
MODERATORS = ["referrals", "my_interests"]


def page(name, *args):
    return reverse(f"applications:{name}", args=args)


def administrator():
    return signed_in(steps.make_person(Role.ADMINISTRATOR))


class TestWhoGetsThem:
    @pytest.mark.parametrize("role", [*Role])
    def test_lists(self, role):
        browser = signed_in(steps.make_person(role))
        asked = {name: browser.get(page(name)).status_code for name in ADMINISTRATORS + MODERATORS}
        mine = {
            Role.ADMINISTRATOR: ADMINISTRATORS,
            Role.REGIONAL_MODERATOR: MODERATORS,
        }.get(role, [])
        assert {name for name, status in asked.items() if status == 200} == set(mine)
        assert {status for name, status in asked.items() if name not in mine} == {403}

    def test_signing_in_first(self):
        for name in ADMINISTRATORS + MODERATORS:
            assert Client().get(page(name)).status_code == 302

    def test_schools_of_another(self):
        moderator = steps.regional_moderator()
        theirs = page("interests", moderator.reference)
        assert signed_in(moderator).get(theirs).status_code == 403
        assert administrator().get(theirs).status_code == 200
        nobody = steps.make_person(Role.PARTICIPANT)
        assert administrator().get(page("interests", nobody.reference)).status_code == 404

    def test_assigning_is_an_administrators(self):
        application = steps.application_at("referred")
        address = url("assign_moderator", application)
        assert signed_in(application.moderator).get(address).status_code == 403
        assert signed_in(application.applicant).get(address).status_code == 403
        assert signed_in(steps.make_person(Role.ASSESSOR)).get(address).status_code == 404
        assert administrator().get(address).status_code == 200

    def test_asking_the_applicant_at_a_wrong_moment(self):
        application = steps.application_at("declined")
        response = signed_in(application.moderator).get(url("return_to_applicant", application))
        assert response.status_code == 409
        assert "is not waiting for that decision now" in text_of(response)


class TestQueue:
    def test_its_three_parts(self):
        with clock.travel(clock.now() - timedelta(days=30)):
            late = steps.application_at("not_ready")
        moderator = late.moderator
        away, decided = steps.application_at("contacted"), steps.application_at("declined")
        services.return_to_applicant(by=moderator, application=away, reason="Which years?")
        text = text_of(signed_in(moderator).get(page("referrals")))
        first, _, rest = text.partition("With the sponsor or the applicant")
        second, _, third = rest.partition("Decided by you")
        assert "You decide for North West." in first
        assert late.applicant.name in first
        assert "North West" in first
        assert "Not ready yet" in first
        assert "Overdue by" in first
        assert "Not yet" in first
        assert away.applicant.name in second
        assert "Which years?" in second
        assert "Paused since" in second
        assert decided.applicant.name in third
        assert "Declined" in third

    def test_nothing_to_do(self):
        text = text_of(signed_in(steps.make_person(Role.REGIONAL_MODERATOR)).get(page("referrals")))
        assert "Nothing waits for you" in text
        assert "You decide for no region yet" in text

    def test_the_longest_referred_first_in_pages(self):
        browser, made = _many(steps.application_at("referred"), 52)
        first = browser.get(page("referrals")).content.decode()
        onward = re.search(r'href="(\?after=[^"]+)"', first).group(1)
        second = browser.get(page("referrals") + onward).content.decode()
        seen = [
            list(dict.fromkeys(re.findall(r"/apply/(APP-\w{8})/", each)))
            for each in (first, second)
        ]
        assert [len(each) for each in seen] == [50, 2]
        assert [*seen[0], *seen[1]] == made

    def test_one_and_fifty_cost_the_same(self):
        application = steps.application_at("contacted")
        moderator = application.moderator
        services.return_to_applicant(by=moderator, application=application, reason="Which?")
        browser, _ = _many(steps.application_at("contacted"), 1)
        boss = administrator()
        cost = {}
        for count in (0, 49):
            if count:
                _many(Application.objects.filter(status=S.REFERRED).get(), count)
                _many(application, 10, with_return=True)
            for client, name in (
                (browser, "referrals"),
                (boss, "stuck_referrals"),
                (boss, "moderators"),
            ):
                client.get(page(name))
                cost.setdefault(name, []).append(queries_of(client, page(name)))
        assert all(one == many for one, many in cost.values()), cost
        assert all(many <= 15 for _, many in cost.values()), cost


def _many(application, count, *, with_return=False):
    """So many in all: copies of an application, each referred a minute later; all references in order."""
    first = Application.objects.get(pk=application.pk)
    people = User.objects.bulk_create(
        [
            User(
                email=f"{first.reference}-{number}@example.org",
                first_name="Asha",
                last_name=f"Bello{number}",
                password="!",
            )
            for number in range(1, count)
        ]
    )
    kept = {
        each.attname: getattr(first, each.attname)
        for each in Application._meta.concrete_fields
        if each.name not in ("id", "reference", "applicant", "referred_at")
    }
    made = Application.objects.bulk_create(
        [
            Application(
                **kept, applicant=each, referred_at=first.referred_at + timedelta(minutes=number)
            )
            for number, each in enumerate(people, start=1)
        ]
    )
    if with_return:
        Return.objects.bulk_create(
            [Return(application=each, reason="?", returned_by=first.moderator) for each in made]
        )
    return signed_in(first.moderator), [first.reference, *(each.reference for each in made)]


class TestRegions:
    def test_one_without_anybody_stands_out(self):
        moderator = steps.regional_moderator()
        text = text_of(administrator().get(page("moderators")))
        assert "Nobody decides for North East, Yorkshire and the Humber" in text
        assert f"North West {moderator.name} none to decide Change" in text
        assert "South West Nobody Choose somebody" in text

    def test_load_and_what_is_stuck(self):
        with clock.travel(clock.now() - timedelta(days=30)):
            steps.application_at("referred")
        steps.application_at("referred", school=steps.make_school(region="London"))
        browser = administrator()
        text = text_of(browser.get(page("moderators")))
        assert "1 to decide, the oldest 30 days" in text
        assert "1 referral has nobody to decide it. 1 referral is overdue." in text
        stuck = text_of(browser.get(page("stuck_referrals")))
        nobody, _, overdue = stuck.partition("Overdue")
        assert "London" in nobody
        assert "Choose who decides" in nobody
        assert "Rhona Vale" in overdue
        assert "Give it to somebody else" in overdue

    def test_giving_and_taking_a_region(self):
        held = steps.application_at("referred")
        old, new = held.moderator, steps.make_person(Role.REGIONAL_MODERATOR)
        browser = administrator()
        address = page("cover_region", "north-west")
        form = browser.get(address).content.decode()
        assert re.search(rf'value="{old.reference}"[^>]*checked', form)
        response = browser.post(address, {"moderators": [new.reference]}, follow=True)
        assert f"1 application from North West stays with {old.name}." in text_of(response)
        assert list(RegionModerator.objects.values_list("moderator", flat=True)) == [new.pk]
        held.refresh_from_db()
        assert held.moderator == old

    def test_somebody_without_the_role_or_a_region_that_is_none(self):
        browser, stranger = administrator(), steps.make_person(Role.ASSESSOR)
        steps.regional_moderator()
        response = browser.post(
            page("cover_region", "london"), {"moderators": [stranger.reference]}
        )
        assert response.status_code == 422
        assert "Choose from the regional moderators" in text_of(response)
        assert RegionModerator.objects.filter(region="London").count() == 0
        assert browser.get(page("cover_region", "wales")).status_code == 404


class TestSchoolsOfInterest:
    @pytest.mark.parametrize("who", ["moderator", "administrator"])
    def test_found_declared_and_removed(self, who):
        moderator = steps.regional_moderator()
        school = steps.make_school(name="Tanner Yard School")
        application = steps.application_at("referred", school=school)
        if who == "moderator":
            browser, here = signed_in(moderator), page("my_interests")
            remove = page("withdraw_my_interest", school.urn)
        else:
            browser, here = administrator(), page("interests", moderator.reference)
            remove = page("withdraw_interest", moderator.reference, school.urn)
        assert browser.get(remove).status_code == 404
        found = browser.get(here, {"q": "tanner yard"})
        assert f'value="{school.urn}"' in found.content.decode()
        missing = browser.post(here, {"q": "tanner yard", "school": school.urn, "why": ""})
        assert missing.status_code == 422
        assert "Say what the school is to them" in text_of(missing)
        assert re.search(rf'value="{school.urn}"[^>]*checked', missing.content.decode())
        done = browser.post(
            here, {"q": "tanner yard", "school": school.urn, "why": "Governor"}, follow=True
        )
        assert "1 application was taken away." in text_of(done)
        assert "Tanner Yard School" in text_of(done)
        application.refresh_from_db()
        assert application.moderator is None
        assert "New applications from this school can come to" in text_of(browser.get(remove))
        assert browser.post(remove).url == here
        assert SchoolInterest.objects.count() == 0

    def test_a_school_that_was_not_found_cannot_be_sent(self):
        browser = signed_in(steps.regional_moderator())
        school = steps.make_school(name="Tanner Yard School")
        response = browser.post(page("my_interests"), {"q": "", "school": school.urn, "why": "x"})
        assert response.status_code == 422
        assert SchoolInterest.objects.count() == 0
        assert "No school found" in text_of(browser.get(page("my_interests"), {"q": "zzzz"}))


class TestAssigning:
    def test_candidates_and_why_the_others_cannot(self):
        application = steps.application_at("referred")
        conflicted = steps.make_person(Role.REGIONAL_MODERATOR, first_name="Cora")
        other = steps.make_person(Role.REGIONAL_MODERATOR, first_name="Otto")
        services.cover_region(by=None, moderator=other, region="London")
        services.declare_interest(
            by=conflicted, moderator=conflicted, school=application.school, why="Head"
        )
        browser, address = administrator(), url("assign_moderator", application)
        text = text_of(browser.get(address))
        able, _, cannot = text.partition("Who cannot decide it")
        assert "London: none to decide" in able
        assert other.name in able
        assert conflicted.name not in able
        assert f"{conflicted.name} has declared an interest in the school" in cannot
        for wrong in ("", conflicted.reference, application.moderator.reference):
            response = browser.post(address, {"moderator": wrong})
            assert response.status_code == 422
            assert "Choose a regional moderator" in text_of(response)
        sent = browser.post(address, {"moderator": other.reference})
        assert sent.url == application.get_absolute_url()
        application.refresh_from_db()
        assert application.moderator == other


class TestOneApplication:
    def test_the_moderator_has_what_they_need(self):
        application = steps.application_at("referred")
        moderator, sponsor = application.moderator, application.sponsor
        browser = signed_in(moderator)
        first = words.panel(application, moderator)
        assert [each.text for each in first.actions] == [
            "Log a conversation",
            "Ask the applicant for more",
            "Ask the sponsor to look again",
        ]
        text = text_of(browser.get(url("application", application)))
        assert "You decide this." in text
        assert "New: 10 working days: decide by" in text
        assert f"Speak with {sponsor.name} and log the conversation" in text
        assert sponsor.email in text
        browser.post(
            url("log_contact", application),
            {
                "means": "phone",
                "on_0": clock.today().day,
                "on_1": clock.today().month,
                "on_2": clock.today().year,
                "note": "Both are sure.",
            },
        )
        application = Application.objects.get(pk=application.pk)
        text = text_of(browser.get(url("application", application)))
        assert "Both are sure." in text
        assert "Then you can accept or decline" not in text
        assert [each.text for each in words.panel(application, moderator).actions] == [
            "Accept",
            "Decline",
            "Log another conversation",
            "Ask the applicant for more",
            "Ask the sponsor to look again",
        ]

    def test_accepting_too_early_is_explained(self):
        application = steps.application_at("referred")
        response = signed_in(application.moderator).post(
            url("accept", application), {"reason": "I am sure"}
        )
        assert response.status_code == 422
        assert "Log your conversation with the sponsor first" in text_of(response)
        application.refresh_from_db()
        assert application.status == S.REFERRED

    def test_the_administrator_sees_who_has_it_and_can_give_it_away(self):
        application = steps.application_at("referred")
        boss = steps.make_person(Role.ADMINISTRATOR)
        assert [each.text for each in words.panel(application, boss).actions] == [
            "Give it to somebody else"
        ]
        application.moderator = None
        assert [each.text for each in words.panel(application, boss).actions] == [
            "Choose who decides"
        ]

    def test_what_never_was_referred_has_no_panel(self):
        application = steps.application_at("ready")
        assert words.panel(application, steps.make_person(Role.ADMINISTRATOR)) is None

    def test_asking_the_applicant_and_what_they_read(self):
        application = steps.application_at("referred")
        moderator = application.moderator
        browser = signed_in(moderator)
        address = url("return_to_applicant", application)
        empty = browser.post(address, {"reason": " "})
        assert empty.status_code == 422
        assert "Say what you need from the applicant" in text_of(empty)
        assert browser.post(address, {"reason": "Which years?"}).url == page("referrals")
        application.refresh_from_db()
        assert application.status == S.RETURNED
        step = words.own_step(application)
        assert step.text.endswith("we asked you: Which years?")
        assert moderator.name not in step.text
        text = text_of(browser.get(url("application", application)))
        assert "It is with the applicant." in text
        assert "paused since" in text
        applicant = application.applicant
        assert "Which years?" in text_of(signed_in(applicant).get(url("application", application)))
        services.send_back(by=applicant, application=application, signed_name=applicant.name)
        application.refresh_from_db()
        assert "You gave us what we asked for on" in words.own_step(application).text
        own = text_of(signed_in(applicant).get(url("application", application)))
        for hidden in ("moderator", moderator.name, "orderline", "Readiness"):
            assert hidden not in own

    def test_the_sponsor_cannot_tell_either(self):
        application = steps.application_at("referred")
        assert words.own_step(application) is None
