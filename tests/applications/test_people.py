"""Two accounts of one person: how they are found, told apart and merged, and that nothing dangles."""

import itertools
from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import ForeignKey, OneToOneField
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import queries as accounts
from accounts import services as people
from accounts.models import EqualityAnswers, Invitation, Notification, User
from accounts.services import merging
from accounts.states import Role
from applications import policies, services
from applications.models import Application, SponsorAnswer, TwoPeople
from applications.policies.people import Account, Person
from applications.queries import desk
from applications.queries import people as queries
from applications.services import people as applications_people
from core import clock
from core.errors import Refused
from core.models import AuditEntry
from programmes import services as programmes
from programmes.models import Enrolment, HeldPlace
from programmes.services import people as programmes_people
from tests.applications import steps
from tests.applications.pages import queries_of, signed_in, text_of

pytestmark = pytest.mark.whole

ASHA = Person("Asha Bello", "asha@example.org", frozenset({"0123456"}), frozenset({"100000"}))


class TestLikeness:
    @pytest.mark.parametrize(
        ("other", "score", "shown"),
        [
            (Person("A Bello", "a@school.example", frozenset({"0123456"})), 60, True),
            (Person("A Bello", "Asha+work@Example.org"), 50, True),
            (Person("asha  BELLO", "a@school.example"), 20, False),
            (Person("Asha Bello", "b@c.example", frozenset(), frozenset({"100000"})), 40, True),
            (Person("A Bello", "b@c.example", frozenset(), frozenset({"100000"})), 0, False),
            (
                Person("Asha Bello", "b@c.example", frozenset({"7654321"}), frozenset({"100000"})),
                10,
                False,
            ),
        ],
    )
    def test_what_makes_two_accounts_alike(self, other, score, shown):
        found = policies.likeness(ASHA, other)
        assert (found.score, found.is_shown) == (score, shown)
        assert bool(found.reasons) == bool(score)

    def test_a_postcode_stands_in_for_the_school(self):
        one = Person(
            "Asha Bello", "a@b.example", schools=frozenset({"1"}), postcodes=frozenset({"P"})
        )
        other = Person(
            "Asha Bello", "c@d.example", schools=frozenset({"2"}), postcodes=frozenset({"P"})
        )
        assert policies.likeness(one, other).reasons == (
            "The same name",
            "Schools with the same postcode",
        )

    @given(
        *[
            st.builds(
                Person,
                st.sampled_from(["Asha Bello", "asha bello", "Ben Carr"]),
                st.sampled_from(["a@b.example", "a+1@b.example", "c@d.example"]),
                st.frozensets(st.sampled_from(["0000001", "0000002"])),
                st.frozensets(st.sampled_from(["1", "2"])),
                st.frozensets(st.sampled_from(["P", "Q"])),
            )
        ]
        * 2
    )
    def test_it_is_the_same_whichever_is_named_first(self, one, other):
        assert policies.likeness(one, other) == policies.likeness(other, one)


class TestMergePolicy:
    KEEP, OTHER = Account("USR-1", "Asha Bello"), Account("USR-2", "A Bello")

    def test_two_open_accounts_of_no_conflict_can_be_merged(self):
        assert policies.merge(self.KEEP, self.OTHER, reason="They told me.").allowed

    @pytest.mark.parametrize(
        ("keep", "other", "between", "says"),
        [
            (KEEP, KEEP, (), "two different accounts"),
            (KEEP, Account("USR-2", "B", is_staff=True), (), "end that role first"),
            (Account("USR-1", "A", is_staff=True), OTHER, (), "end that role first"),
            (KEEP, Account("USR-2", "B", is_open=False), (), "closed already"),
            (
                Account("USR-1", "A", live=frozenset({"NPQH, Autumn"})),
                Account("USR-2", "B", live=frozenset({"NPQH, Autumn", "NPQSL, May"})),
                (),
                "open application for NPQH, Autumn: withdraw one of them first",
            ),
            (
                Account("USR-1", "A", accepted=frozenset({"NPQH, Autumn"})),
                Account("USR-2", "B", accepted=frozenset({"NPQH, Autumn"})),
                (),
                "take one of the decisions back first",
            ),
            (
                Account("USR-1", "A", enrolled=frozenset({"NPQH (2019)"})),
                Account("USR-2", "B", enrolled=frozenset({"NPQH (2019)"})),
                (),
                "cancel or withdraw one of them first",
            ),
            (KEEP, OTHER, ["APP-1"], "cannot be one person"),
        ],
    )
    def test_each_refusal_says_what_to_do(self, keep, other, between, says):
        reasons = policies.merge(keep, other, reason="Sure", are_between=between).reasons
        assert any(says in each.text for each in reasons)

    def test_a_reason_is_asked_for(self):
        (reason,) = policies.merge(self.KEEP, self.OTHER, reason=" ").reasons
        assert reason.field == "reason"


# Every column that points at a person, and what merging does with it. A new one fails until it is here.
GOES_OVER = {
    "accounts.Invitation.accepted_by",
    "accounts.Notification.to_user",
    "applications.Application.applicant",
    "applications.Application.sponsor",
    "applications.SponsorAnswer.sponsor",
    "programmes.Enrolment.participant",
    "programmes.Enrolment.sponsor",
    "programmes.HeldPlace.person",
}
TREATED_APART = {
    "accounts.User.merged_into": "led on to the kept account",
    "accounts.Membership.user": "granted to the kept account and ended on the other",
    "accounts.EqualityAnswers.person": "goes over where the kept account has none",
    "applications.TwoPeople.first": "thrown away: no list shows the closed account",
    "applications.TwoPeople.second": "thrown away: no list shows the closed account",
}
# How somebody signed in, and what is only staff's; staff are refused.
STAYS_WITH_THE_ACCOUNT = {
    "account.EmailAddress.user",
    "mfa.Authenticator.user",
    "accounts.User_groups.user",
    "accounts.User_user_permissions.user",
    "accounts.Persona.user",
    "applications.Application.moderator",
    "applications.Appeal.handed_to",
    "applications.RegionModerator.moderator",
    "applications.SchoolInterest.moderator",
    "applications.SavedFilter.owner",
    "assessment.Marking.assessor",
    "frameworks.PassMark.entered_by",
}


def is_history(label: str) -> bool:
    """Who did something: a column named `..._by` tells which account did it, and stays."""
    return label.endswith("_by")


class TestNothingDangles:
    def columns(self):
        """Every column of every table that points at a person."""
        found = set()
        for model in apps.get_models(include_auto_created=True):
            for field in model._meta.get_fields(include_hidden=True):
                if isinstance(field, ForeignKey | OneToOneField) and field.related_model is User:
                    found.add(f"{model._meta.app_label}.{model.__name__}.{field.name}")
        return found

    def test_each_column_that_points_at_a_person_is_treated(self):
        known = GOES_OVER | set(TREATED_APART) | STAYS_WITH_THE_ACCOUNT
        unknown = {each for each in self.columns() - known if not is_history(each)}
        assert unknown == set(), (
            "say in this test, and in the services, what merging does with these"
        )
        assert GOES_OVER | set(TREATED_APART) <= self.columns()

    def test_the_services_move_exactly_those(self):
        moved = itertools.chain(merging.MOVES, programmes_people.MOVES, applications_people.MOVES)
        labels = {f"{m._meta.app_label}.{m.__name__}.{column}" for m, column in moved}
        assert labels == GOES_OVER


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestMerge:
    def two(self):
        """Asha with an accepted application, and A Bello with much else under another address."""
        keep = steps.make_person(Role.PARTICIPANT, first_name="Asha", last_name="Bello")
        other = steps.make_person(Role.SPONSOR, first_name="Asha", last_name="Bello")
        return keep, other

    def test_everything_goes_over_and_the_old_reference_and_address_lead_on(self):
        helen = steps.make_person(Role.ADMINISTRATOR)
        keep, other = self.two()
        User.objects.filter(pk=other.pk).update(trn="0123456")
        own = steps.application_at("declined", applicant=other)
        begun = steps.application_at("begun", sponsor=other)
        asked = steps.application_at("with_sponsor", sponsor=other)
        left = steps.enrolled_participant("NPQH", participant=other)
        programmes.withdraw(by=helen, enrolment=left, reason="health")
        held = HeldPlace.objects.create(
            cohort=steps.make_cohort(), person=other, until=clock.now() + timedelta(days=3)
        )
        sponsored = steps.enrolled_participant("NPQML", sponsor=other)
        Notification.objects.create(key="k", template="t", to_user=other)
        EqualityAnswers.objects.create(person=other, sex="female")
        earlier = steps.make_person()
        people.close_into(by=helen, user=earlier, keep=other, reason="Known before.")
        services.tell_apart(by=helen, one=other, other=steps.make_person())
        with clock.travel(clock.now() + timedelta(days=1)):
            again = steps.enrolled_participant("NPQH", participant=keep)
        entries = AuditEntry.objects.count()

        services.merge_people(by=helen, keep=keep, other=other, reason=" They told me. ")

        for model, column in (
            *merging.MOVES,
            *programmes_people.MOVES,
            *applications_people.MOVES,
        ):
            assert not model.objects.filter(**{column: other}).exists(), (model, column)
        assert Application.objects.get(pk=own.pk).applicant == keep
        assert Application.objects.get(pk=begun.pk).sponsor == keep
        assert SponsorAnswer.objects.get(application=begun).sponsor == keep
        assert Invitation.objects.get(subject=begun.reference, status="open").email == keep.email
        assert Enrolment.objects.get(pk=left.pk).participant == keep
        assert Enrolment.objects.get(pk=sponsored.pk).sponsor == keep
        assert Enrolment.objects.get(pk=again.pk).previous == left
        assert HeldPlace.objects.get(pk=held.pk).person == keep
        assert Notification.objects.get(key="k").to_user == keep
        keep, other = User.objects.get(pk=keep.pk), User.objects.get(pk=other.pk)
        assert keep.equality_answers.sex == "female"
        assert keep.trn == "0123456"
        assert keep.roles == {Role.PARTICIPANT, Role.SPONSOR}
        assert (other.is_active, other.merged_into, bool(other.merged_at)) == (False, keep, True)
        assert other.roles == set()
        assert User.objects.get(pk=earlier.pk).merged_into == keep
        assert not TwoPeople.objects.exists()
        asked.refresh_from_db()
        assert asked.sponsor_email == keep.email
        assert Invitation.objects.get(subject=asked.reference, status="open").email == keep.email
        for old in (other.reference, other.email, earlier.reference, earlier.email):
            assert queries.person_now(old) == keep
            assert own in desk.filtered(Application.objects.all(), status="all", words=old)
        assert accounts.address_now(other.email.upper()) == keep.email
        done = list(AuditEntry.objects.order_by("pk")[entries:].values_list("event", flat=True))
        assert done == [
            *("accounts.invitation_replaced", "accounts.invited") * 2,
            "programmes.handed_over",
            "accounts.role_revoked",
            "accounts.sessions_ended",
            "accounts.role_granted",
            "accounts.role_revoked",
            "accounts.sessions_ended",
            "accounts.account_closed_into",
            "accounts.sessions_ended",
            "applications.people_merged",
        ]
        entry = AuditEntry.objects.get(event="applications.people_merged")
        assert (entry.by, entry.object, entry.why) == (
            helen.reference,
            keep.reference,
            "They told me.",
        )
        assert entry.facts == {
            "merged": other.reference,
            "applications": 1,
            "enrolments": 1,
            "sponsored": 1,
        }

    def test_equality_answers_of_the_kept_account_stay(self):
        keep, other = self.two()
        EqualityAnswers.objects.create(person=keep, sex="male")
        EqualityAnswers.objects.create(person=other, sex="female")
        services.merge_people(
            by=steps.make_person(Role.ADMINISTRATOR), keep=keep, other=other, reason="Sure"
        )
        assert User.objects.get(pk=keep.pk).equality_answers.sex == "male"

    def test_nobody_signs_in_with_the_closed_account(self):
        keep, other = self.two()
        other.set_password("a long pass phrase 19")
        other.save()
        open_session = signed_in(other)
        assert open_session.get("/account/", follow=False).status_code in (200, 302, 404)
        services.merge_people(
            by=steps.make_person(Role.ADMINISTRATOR), keep=keep, other=other, reason="Sure"
        )
        gone = open_session.get("/applications/")
        assert gone.status_code == 302
        assert "/accounts/login/" in gone["Location"]
        wrong = {"login": other.email, "password": "a long pass phrase 19"}
        unknown = {"login": "nobody@example.org", "password": "a long pass phrase 19"}
        answers = [Client().post("/accounts/login/", data) for data in (wrong, unknown)]
        assert [each.status_code for each in answers] == [422, 422]
        said = [text_of(each) for each in answers]
        assert all("Enter the email address and password of your account" in each for each in said)

    @pytest.mark.parametrize(
        ("arrange", "says"),
        [
            ("live", "withdraw one of them first"),
            ("enrolled", "cancel or withdraw one of them first"),
            ("sponsor", "cannot be one person"),
            ("staff", "end that role first"),
        ],
    )
    def test_a_refusal_changes_nothing(self, arrange, says):
        keep, other = self.two()
        cohort = steps.make_cohort("NPQSL")
        if arrange == "live":
            for person in (keep, other):
                services.start(by=person, cohort=cohort)
        elif arrange == "enrolled":
            for person in (keep, other):
                steps.enrolled_participant("NPQSL", participant=person)
        elif arrange == "sponsor":
            steps.application_at("begun", applicant=keep, sponsor=other)
        else:
            people.grant_role(by=None, user=other, role=Role.ASSESSOR)
        before = AuditEntry.objects.count()
        with pytest.raises(Refused, match=says):
            services.merge_people(
                by=steps.make_person(Role.ADMINISTRATOR), keep=keep, other=other, reason="Sure"
            )
        assert User.objects.get(pk=other.pk).is_active
        # The administrator of this test was registered with a role, and nothing else happened.
        later = AuditEntry.objects.order_by("pk")[before:].values_list("event", flat=True)
        assert {each.split(".")[1] for each in later} <= {
            "person_registered",
            "role_granted",
            "sessions_ended",
        }


@pytest.mark.django_db
@pytest.mark.usefixtures("reference_data")
class TestPages:
    def pair(self):
        """Two accounts with one teacher reference number."""
        one, other = (
            steps.application_at(
                "draft", level=level, applicant=steps.make_person(last_name="Quill")
            )
            for level in ("NPQML", "NPQSL")
        )
        Application.objects.filter(pk__in=(one.pk, other.pk)).update(trn="0123456")
        return one.applicant, other.applicant

    def test_likely_pairs_are_found_and_not_again_when_told_apart(self):
        one, other = self.pair()
        school = steps.make_school()
        third = steps.application_at("draft", school=school).applicant
        fourth = steps.application_at("draft", level="NPQH", school=school).applicant
        User.objects.filter(pk=fourth.pk).update(first_name="Asha", last_name=third.last_name)
        fifth = steps.application_at("started").applicant
        User.objects.filter(pk=fifth.pk).update(email=one.email.replace("@", "+npq@"))
        steps.make_person(Role.ASSESSOR, first_name="Asha", last_name=third.last_name)
        found = {(each.first, each.second): each.likeness.score for each in queries.likely_pairs()}
        assert found == {(one, other): 100, (third, fourth): 40, (one, fifth): 50}

        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        text = text_of(browser.get(reverse("applications:duplicates")))
        assert (
            "The same teacher reference number. The same name. Schools with the same postcode."
            in text
        )
        sent = browser.post(f"/people/{other.reference}/not/{one.reference}/")
        assert sent["Location"] == "/people/duplicates/"
        row = TwoPeople.objects.get()
        assert (row.first, row.second) == (one, other)
        assert (one, other) not in {(e.first, e.second) for e in queries.likely_pairs()}
        browser.post(f"/people/{one.reference}/not/{other.reference}/")
        assert AuditEntry.objects.filter(event="applications.people_told_apart").count() == 1

    def test_two_accounts_are_compared_and_merged(self):
        one, other = self.pair()
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        address = reverse("applications:merge", args=[one.reference, other.reference])
        text = text_of(browser.get(address))
        assert "being written" in text
        assert f"{one.email}: takes over 1 application from {other.email}" in text
        refused = browser.post(address, {"keep": other.reference, "reason": ""})
        assert refused.status_code == 422
        assert "Say how you know that they are one person" in text_of(refused)
        assert f'value="{other.reference}" ' in refused.content.decode()
        sent = browser.post(address, {"keep": other.reference, "reason": "They rang."})
        assert sent["Location"] == f"/people/{other.reference}/"
        one.refresh_from_db()
        assert one.merged_into == other
        page = browser.get(f"/people/{one.reference}/", follow=True)
        assert page.redirect_chain == [(f"/people/{other.reference}/", 302)]
        text = text_of(page)
        assert one.reference in text
        assert one.email in text
        assert text.count("Being written") == 2
        assert browser.get(address).status_code == 404
        history = text_of(browser.get(other.applications.first().get_absolute_url()))
        assert (
            f"Another account of {other.name}, {one.reference}, was merged into this one" in history
        )

    def test_others_learn_of_nobody(self):
        one, other = self.pair()
        addresses = (
            f"/people/{one.reference}/",
            f"/people/{one.reference}/merge/{other.reference}/",
        )
        for person in (one, steps.make_person(Role.REGIONAL_MODERATOR), steps.make_person()):
            browser = signed_in(person)
            assert [browser.get(each).status_code for each in addresses] == [404, 404]
            assert browser.get("/people/duplicates/").status_code == 403
            apart = browser.post(f"/people/{one.reference}/not/{other.reference}/")
            assert apart.status_code == 404
        helen = signed_in(steps.make_person(Role.ADMINISTRATOR))
        assert helen.get(f"/people/{one.reference}/merge/{one.reference}/").status_code == 404
        assert helen.get("/people/USR-NOTHING2/").status_code == 404

    def test_pages_cost_the_same_for_one_pair_and_many(self):
        one, _ = self.pair()
        browser = signed_in(steps.make_person(Role.ADMINISTRATOR))
        addresses = ("/people/duplicates/", f"/people/{one.reference}/")
        browser.get(addresses[0])
        few = [queries_of(browser, each) for each in addresses]
        for _ in range(3):
            self.pair()
        assert [queries_of(browser, each) for each in addresses] == few
        assert max(few) <= 15
