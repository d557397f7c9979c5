"""Decisions and appeals: until when, who was involved before, what waits to be decided, what was taken back."""

import functools
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q, QuerySet, prefetch_related_objects

from accounts.models import User
from accounts.states import Role
from applications import policies
from applications.models import Appeal, Application, SchoolInterest, Undoing
from applications.policies import Involvement
from applications.queries.applications import visible_to, with_facts
from applications.queries.referral import regional_moderators, with_who_undid
from applications.queries.working_days import bank_holidays
from applications.states import LIVE, AppealOutcome, ApplicationStatus
from core import clock
from programmes.models import Cohort

_S = ApplicationStatus
# The states in which a decision stands that was written to the applicant as a letter.
WITH_A_LETTER = (_S.ACCEPTED, _S.WAITING, _S.OFFERED, _S.DECLINED, _S.APPEALED)


@functools.cache
def _days() -> dict[str, int]:
    path = settings.BASE_DIR / "fixtures" / "applications" / "appeals.json"
    data: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    return data


def days_to_appeal() -> int:
    """Working days after a decision in which the applicant may appeal (A10, choice: data)."""
    return _days()["days_to_appeal"]


def appeal_until(application: Application) -> date | None:
    """The last day to appeal, until its end; None where nothing is decided (A10)."""
    if application.decided_at is None:
        return None
    return appeal_until_if_decided(_day(application.decided_at))


def appeal_until_if_decided(on: date) -> date:
    """The last day to appeal against a decision of that day (A10)."""
    return policies.after_working_days(on, days_to_appeal(), bank_holidays())


def answer_by(appeal: Appeal) -> date:
    """The day by which we answer an appeal (choice: data)."""
    return policies.after_working_days(
        _day(appeal.made_at), _days()["days_to_answer"], bank_holidays()
    )


def working_days_left(until: date) -> int:
    """Working days from today until a day; below 0 when it has passed."""
    return policies.working_days(clock.today(), until, bank_holidays())


def appeal_of(application: Application) -> Appeal | None:
    """The application's one appeal, if there is one."""
    return Appeal.objects.filter(application=application).select_related("decided_by").first()


def another_live(application: Application) -> bool:
    """Whether the applicant has another live application for the same cohort (A11)."""
    return (
        Application.objects.filter(
            applicant=application.applicant_id,
            cohort=application.cohort_id,
            level=application.level_id,
            status__in=LIVE,
        )
        .exclude(pk=application.pk)
        .exists()
    )


def letters_visible_to(user: User) -> QuerySet[Application]:
    """Applications whose decision stands as a letter, of those this person may know of."""
    return visible_to(user).filter(status__in=WITH_A_LETTER)


def involved_people(application: Application) -> dict[int, set[Involvement]]:
    """Everybody who had to do with an application, by key, and how: none of them decides its appeal (A10)."""
    found: dict[int, set[Involvement]] = defaultdict(set)

    def note(people: Iterable[int | None], how: Involvement) -> None:
        for person in people:
            if person is not None:
                found[person].add(how)

    note([application.applicant_id], Involvement.APPLICANT)
    note([application.sponsor_id], Involvement.SPONSOR)
    note(application.answers.values_list("sponsor_id", flat=True), Involvement.SPONSOR)
    note([application.decided_by_id], Involvement.DECIDED)
    note([application.moderator_id], Involvement.MODERATOR)
    note(application.contacts.values_list("logged_by_id", flat=True), Involvement.CONTACT)
    note(application.returns.values_list("returned_by_id", flat=True), Involvement.RETURNED)
    for decided_by, undone_by in application.undoings.values_list(
        "was_decided_by_id", "undone_by_id"
    ):
        note([decided_by], Involvement.DECIDED)
        note([undone_by], Involvement.UNDID)
    if application.school_id:
        interests = SchoolInterest.objects.filter(school=application.school_id)
        note(interests.values_list("moderator_id", flat=True), Involvement.INTEREST)
    return dict(found)


def uninvolved_moderators(application: Application) -> QuerySet[User]:
    """Regional moderators, of any region, to whom an appeal can be handed; the least busy first (A10)."""
    return (
        regional_moderators()
        .exclude(pk__in=involved_people(application))
        .order_by("load", "last_name", "pk")
    )


def open_appeals(user: User) -> QuerySet[Application]:
    """Appeals that wait for a decision: all for an administrator, else those handed to this person."""
    rows = with_facts().filter(status=_S.APPEALED).select_related("appealed__handed_to")
    if not user.holds(Role.ADMINISTRATOR):
        rows = rows.filter(appealed__handed_to=user)
    return (
        rows.exclude(applicant=user).exclude(sponsor_id=user.pk).order_by("appealed__made_at", "pk")
    )


def page_of_appeals(
    rows: QuerySet[Application], *, after: str = "", size: int = 50
) -> tuple[list[Application], str]:
    """One page, the longest waiting first, and the reference to go on after ('' at the end)."""
    last = Appeal.objects.filter(application__reference=after).first() if after else None
    if last:
        rows = rows.filter(
            Q(appealed__made_at__gt=last.made_at)
            | Q(appealed__made_at=last.made_at, pk__gt=last.application_id)
        )
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].reference if len(found) > size else ""


def appeals_decided_by(user: User) -> int:
    """How many appeals this person has decided."""
    return Appeal.objects.filter(decided_by=user).exclude(outcome="").count()


def closed_for(application: Application) -> QuerySet[Application]:
    """The person's other applications that were closed because this one had its place (A11)."""
    return with_facts().filter(closed_for=application, status=_S.CLOSED).order_by("pk")


def undoings(application: Application) -> list[Undoing]:
    """Decisions that were taken back, the newest first; without a query where they are at hand."""
    if "undoings" not in getattr(application, "_prefetched_objects_cache", {}):
        prefetch_related_objects([application], with_who_undid())
    return sorted(application.undoings.all(), key=lambda each: each.pk, reverse=True)


def undo_verb(application: Application) -> str:
    """The verb that takes the standing decision back; '' where there is none.

    The provider's confirmation has no reason, an acceptance after referral or appeal always has.
    """
    if application.status == _S.DECLINED:
        return "undo_decline"
    if application.status == _S.ACCEPTED:
        return "undo_accept" if application.decision_reason else "undo_confirm"
    return ""


def was_dismissed(application: Application) -> bool:
    """Whether an appeal against this application's decision was dismissed."""
    return Appeal.objects.filter(application=application, outcome=AppealOutcome.DISMISSED).exists()


def next_cohorts(application: Application) -> QuerySet[Cohort]:
    """Cohorts of the level that take applications now, the soonest first."""
    return Cohort.objects.filter(
        level__code=application.level.code,
        applications_close_on__gte=clock.today(),
        closed_at=None,
    ).order_by("starts_on", "pk")


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.LONDON).date()
