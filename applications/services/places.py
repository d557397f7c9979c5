"""Places: who gets one at once and who waits for one; accepting closes the person's others (A11)."""

from typing import Any

from accounts.models import User
from applications import events, policies
from applications.models import Application
from applications.services.rows import move
from applications.states import APPLICATION, LIVE, ApplicationStatus
from core import audit, clock, outbox
from programmes import queries as cohorts
from programmes import services as programmes
from programmes.models import Enrolment


def take_in(verb: str, row: Application, by: User | None, **decided: Any) -> Enrolment | None:
    """Accept a locked application by `verb`: a place at once, or the waiting list when late or full (A11).

    `decided` are the decision's own columns. None when it went on the waiting list.
    """
    target = APPLICATION.target(verb, row.status)
    policies.school_is_listed(is_listed=row.school is not None).require()
    cohort = programmes.lock_cohort(row.cohort)
    if not policies.gets_a_place(is_late=row.is_late, places_left=cohorts.places_left(cohort)):
        _wait(row, by, **decided)
        return None
    assert row.school is not None
    enrolment = programmes.enrol(
        by=by, participant=row.applicant, cohort=row.cohort, school=row.school, sponsor=row.sponsor
    )
    if row.trn and not row.applicant.trn:
        row.applicant.trn = row.trn
        row.applicant.save(update_fields=["trn"])
    move(row, target, enrolment=enrolment, **decided)
    close_others(row, by)
    return enrolment


def close_others(row: Application, by: User | None) -> None:
    """Close the person's other live applications for this cohort or level: they have their place (A11)."""
    others = (
        Application.objects.select_for_update()
        .filter(applicant=row.applicant, level__code=row.level.code, status__in=LIVE)
        .exclude(pk=row.pk)
    )
    for other in others:
        before = other.status
        target = APPLICATION.target("close", before)
        move(other, target, closed_at=clock.now(), closed_for=row)
        audit.record(
            events.CLOSED,
            by=by,
            on=other,
            for_whom=row.applicant,
            before={"status": before},
            after={"status": target},
            accepted=row.reference,
        )


def _wait(row: Application, by: User | None, **decided: Any) -> None:
    before = row.status
    target = APPLICATION.target("put_on_waiting_list", before)
    move(row, target, waiting_since=clock.now(), **decided)
    audit.record(
        events.PUT_ON_WAITING_LIST,
        by=by,
        on=row,
        for_whom=row.applicant,
        before={"status": before},
        after={"status": ApplicationStatus.WAITING},
        cohort=row.cohort.reference,
        late=row.is_late,
    )
    outbox.put("applications.waiting", key=row.reference, reference=row.reference)
