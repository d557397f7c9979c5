"""Every verb: in every state, by the wrong person, whole or not at all, with its exact events."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.states import Role
from applications import services
from applications.models import (
    Application,
)
from applications.states import APPLICATION, ApplicationStatus
from core import clock
from core.errors import WrongMoment
from core.models import AuditEntry
from programmes.models import Enrolment
from tests.applications import stages, steps

pytestmark = [pytest.mark.whole, pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]
S = ApplicationStatus


class Cast:
    """The people around one application, and each verb as one of them would call it.

    A topic's new verb is added to `calls`, to ALLOWED in each state where it may be used, and to EVENTS.
    """

    def __init__(self, application):
        self.application = application
        self.applicant = application.applicant
        self.sponsor = application.sponsor or steps.make_person(Role.SPONSOR)
        self.administrator = steps.make_person(Role.ADMINISTRATOR)
        self.moderator = application.moderator or steps.regional_moderator()
        self.another_moderator = steps.make_person(Role.REGIONAL_MODERATOR)
        self.school = steps.make_school()
        self.cohort = steps.make_cohort()

    def calls(self):
        return {
            "save_details": (self.applicant, {"school": self.school, "post": "Head of year"}),
            "save_unlisted_school": (self.applicant, {"name": "Quarry End School"}),
            "save_funding": (self.applicant, {"route": "school"}),
            "score_areas": (self.applicant, {"scores": {1: 4}}),
            "choose_strengths": (self.applicant, {"areas": [1, 3]}),
            "write_strength": (self.applicant, {"area": 1, **steps.STRENGTH}),
            "keep_strength": (self.applicant, {"area": 1, **steps.STRENGTH}),
            "write_strengths": (
                self.applicant,
                {"strengths": [{"area": 1, **steps.STRENGTH}, {"area": 3, **steps.STRENGTH}]},
            ),
            "name_sponsor": (
                self.applicant,
                {"email": "new@example.org", "first_name": "Nia", "last_name": "Roy"},
            ),
            "send": (self.applicant, {"signed_name": "Asha Bello"}),
            "send_back": (self.applicant, {"signed_name": "Asha Bello"}),
            "withdraw": (self.applicant, {}),
            "begin_answer": (self.sponsor, {}),
            "endorse": (self.sponsor, {"answers": {1: (False, "Less than that")}}),
            "score_behaviours": (self.sponsor, {"scores": {1: (4, "")}}),
            "sign": (self.sponsor, {"signed_name": "Sam Okafor"}),
            "decline_to_sponsor": (self.sponsor, {"reason": "I am leaving"}),
            "confirm": (self.administrator, {}),
            "assign_moderator": (self.administrator, {"moderator": self.another_moderator}),
            "log_contact": (
                self.moderator,
                {"means": "phone", "on": clock.today(), "note": "Spoke"},
            ),
            "return_to_sponsor": (self.moderator, {"reason": "Look again"}),
            "return_to_applicant": (self.moderator, {"reason": "Say more"}),
            "accept": (self.moderator, {"reason": "Convinced"}),
            "decline": (
                self.moderator,
                {"reason": "Not yet", "feedback": "Lead more", "areas": [1]},
            ),
            "appeal": (self.applicant, {"grounds": "You did not see my last year"}),
            "hand_appeal": (self.administrator, {"moderator": self.another_moderator}),
            "uphold": (self.administrator, {"reason": "The evidence is there"}),
            "dismiss": (self.administrator, {"reason": "Nothing was overlooked"}),
            "undo_confirm": (self.administrator, {"reason": "Confirmed in error"}),
            "undo_accept": (self.administrator, {"reason": "Accepted in error"}),
            "undo_decline": (self.administrator, {"reason": "Declined in error"}),
            "undo_lapse": (self.administrator, {"reason": "They were ill"}),
            "move_to_cohort": (self.administrator, {"cohort": self.cohort}),
            "take_up": (self.applicant, {}),
            "turn_down": (self.applicant, {}),
            "lapse": (None, {}),
        }

    def call(self, verb, by=None):
        actor, arguments = self.calls()[verb]
        expires_at = self.application.offer_expires_at if verb == "lapse" else None
        later = clock.now() if expires_at is None else expires_at + timedelta(seconds=1)
        with clock.travel(later) if verb == "lapse" else nullcontext():
            return getattr(services, verb)(
                by=by or actor, application=self.application, **arguments
            )


# Moves of the table that have no service of their own, and the service that makes them.
MADE_BY = {
    "sign_ready": "sign",
    "sign_referred": "sign",
    "send_back_to_sponsor": "send_back",
    "put_on_waiting_list": "confirm",
    "close": "confirm",
    "offer": "fill",
    "find_ready": "change_rule",
    "find_referred": "change_rule",
}

WRITING = (
    "save_details",
    "save_unlisted_school",
    "save_funding",
    "score_areas",
    "choose_strengths",
    "write_strength",
    "keep_strength",
    "write_strengths",
)

ALLOWED = {
    S.DRAFT: {
        **dict.fromkeys(WRITING, S.DRAFT),
        "name_sponsor": S.DRAFT,
        "send": S.WITH_SPONSOR,
        "withdraw": S.WITHDRAWN,
    },
    S.WITH_SPONSOR: {
        "name_sponsor": S.WITH_SPONSOR,
        "begin_answer": S.WITH_SPONSOR,
        "endorse": S.WITH_SPONSOR,
        "score_behaviours": S.WITH_SPONSOR,
        "sign": S.READY,
        "decline_to_sponsor": S.SPONSOR_NEEDED,
        "withdraw": S.WITHDRAWN,
    },
    S.SPONSOR_NEEDED: {"name_sponsor": S.WITH_SPONSOR, "withdraw": S.WITHDRAWN},
    S.READY: {"confirm": S.ACCEPTED, "withdraw": S.WITHDRAWN},
    S.REFERRED: {
        "assign_moderator": S.REFERRED,
        "log_contact": S.REFERRED,
        "return_to_sponsor": S.WITH_SPONSOR,
        "return_to_applicant": S.RETURNED,
        "accept": S.ACCEPTED,
        "decline": S.DECLINED,
        "withdraw": S.WITHDRAWN,
    },
    S.RETURNED: {
        **dict.fromkeys(WRITING, S.RETURNED),
        "send_back": S.REFERRED,
        "withdraw": S.WITHDRAWN,
    },
    S.WAITING: {"move_to_cohort": S.WAITING, "withdraw": S.WITHDRAWN},
    S.OFFERED: {
        "take_up": S.ACCEPTED,
        "turn_down": S.WITHDRAWN,
        "lapse": S.LAPSED,
        "withdraw": S.WITHDRAWN,
    },
    S.APPEALED: {
        "hand_appeal": S.APPEALED,
        "uphold": S.ACCEPTED,
        "dismiss": S.DECLINED,
        "withdraw": S.WITHDRAWN,
    },
    S.ACCEPTED: {"undo_confirm": S.READY},
    S.DECLINED: {"appeal": S.APPEALED, "undo_decline": S.REFERRED},
    S.LAPSED: {"undo_lapse": S.WAITING},
    S.CLOSED: {},
    S.WITHDRAWN: {},
}


def test_every_verb_of_the_table_is_called_here():
    called = set(Cast.calls(_Nobody()))
    known = {row.verb for row in APPLICATION.rows}
    assert known - called == set(MADE_BY)
    assert set(MADE_BY.values()) <= set(services.__all__)


class _Nobody:
    """Stands for a cast where only the names of its calls matter."""

    def __getattr__(self, name):
        return None


class Undo(Exception):
    """Rolls one call back, so that one application serves every verb."""


@pytest.mark.parametrize("status", S.values)
def test_each_verb_in_each_state(status):
    cast = Cast(stages.application_in(status))
    results, refusals = {}, []
    for verb in cast.calls():
        entries = AuditEntry.objects.count()
        try:
            with transaction.atomic():
                cast.call(verb)
                results[verb] = Application.objects.get(pk=cast.application.pk).status
                raise Undo
        except Undo:
            pass
        except WrongMoment as refusal:
            refusals.append((refusal.message[-1], AuditEntry.objects.count() - entries))
    assert results == ALLOWED[S(status)]
    # Refused in a sentence, and nothing recorded.
    assert refusals == [(".", 0)] * (len(cast.calls()) - len(results))


OTHERS = {
    **dict.fromkeys(
        [
            "save_details",
            "score_areas",
            "choose_strengths",
            "write_strength",
            "write_strengths",
            "name_sponsor",
            "send",
            "withdraw",
        ],
        "draft",
    ),
    **dict.fromkeys(["endorse", "score_behaviours", "sign", "decline_to_sponsor"], "answered"),
}


@pytest.mark.parametrize("verb", OTHERS)
def test_nobody_else_may(verb):
    cast = Cast(steps.application_at(OTHERS[verb]))
    somebody = steps.make_person(Role.SPONSOR, Role.ADMINISTRATOR)
    before = AuditEntry.objects.count()
    with pytest.raises(PermissionDenied):
        cast.call(verb, by=somebody)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(
    ("verb", "stage"),
    [
        ("confirm", "ready"),
        ("accept", "referred"),
        ("decline", "referred"),
        ("log_contact", "referred"),
    ],
)
@pytest.mark.parametrize("who", ["applicant", "sponsor"])
def test_nobody_decides_on_themselves_or_whom_they_sponsor(verb, stage, who):
    cast = Cast(steps.application_at(stage))
    with pytest.raises(PermissionDenied):
        cast.call(verb, by=getattr(cast, who))
    assert Enrolment.objects.count() == 0


EVENTS = {
    ("save_details", "draft"): ["applications.details_saved"],
    ("score_areas", "draft"): ["applications.areas_scored"],
    ("choose_strengths", "draft"): ["applications.strengths_written"],
    ("write_strength", "draft"): ["applications.strengths_written"],
    ("write_strengths", "draft"): ["applications.strengths_written"],
    ("name_sponsor", "draft"): ["applications.sponsor_named"],
    ("name_sponsor", "answered"): [
        "applications.sponsor_named",
        "accounts.invitation_replaced",
        "accounts.invited",
    ],
    ("send", "draft"): ["applications.sent", "accounts.invited"],
    ("withdraw", "draft"): ["applications.withdrawn"],
    ("begin_answer", "with_sponsor"): ["applications.answer_begun"],
    ("endorse", "answered"): ["applications.endorsed"],
    ("score_behaviours", "answered"): ["applications.behaviours_scored"],
    ("sign", "answered"): [
        "accounts.invitation_answered",
        "applications.sponsor_signed",
        "applications.readiness_found",
    ],
    ("decline_to_sponsor", "answered"): [
        "accounts.invitation_answered",
        "applications.sponsor_declined",
    ],
    ("confirm", "ready"): [
        "programmes.enrolled",
        "applications.funding_decided",
        "applications.confirmed",
    ],
    ("log_contact", "referred"): ["applications.contact_logged"],
    ("return_to_sponsor", "referred"): ["accounts.invited", "applications.returned"],
    ("accept", "contacted"): [
        "programmes.enrolled",
        "applications.funding_decided",
        "applications.accepted",
    ],
    ("decline", "contacted"): ["applications.declined"],
}


@pytest.mark.parametrize(("verb", "stage"), EVENTS)
def test_exact_events_in_order(verb, stage):
    cast = Cast(steps.application_at(stage))
    last = AuditEntry.objects.order_by("-pk").first().pk
    cast.call(verb)
    entries = AuditEntry.objects.filter(pk__gt=last).exclude(event="accounts.role_granted")
    assert [entry.event for entry in entries] == EVENTS[verb, stage]


def test_the_trail_holds_no_name_address_or_text_of_theirs():
    application = steps.application_at("declined")
    wrote = [application.applicant.email, application.sponsor.email, "Bello", "reading project"]
    for entry in AuditEntry.objects.exclude(event__startswith="accounts."):
        text = f"{entry.facts}{entry.before}{entry.after}"
        assert [each for each in wrote if each in text] == []
