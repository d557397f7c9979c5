"""The administrator's verbs before marking: give a script to an assessor, set a marking point."""

from datetime import date

from django.db import transaction

from accounts.models import User
from assessment import events, notifications, policies, queries
from assessment.models import Mark, Marking, MarkingPoint, Script
from assessment.states import MARKING, SCRIPT
from core import audit, clock, outbox
from core.decisions import Reason
from core.errors import Refused
from core.lifecycle import NEW


@transaction.atomic
def allocate(*, by: User | None, script: Script, assessor: User) -> Marking:
    """Give a submitted script to an assessor without a conflict, with a blank mark for each criterion (S8, S10)."""
    row = (
        Script.objects.select_for_update(of=("self",))
        .select_related("enrolment__participant", "task__level__edition")
        .get(pk=script.pk)
    )
    target = SCRIPT.target("allocate", row.status)
    if not (assessor.is_active and queries.is_assessor(assessor)):
        raise Refused((Reason("Choose somebody who is an assessor", "assessor", "S8"),))
    policies.conflict(queries.conflicts(row, [assessor])[assessor.pk]).require()
    marking = Marking.objects.create(
        script=row,
        assessor=assessor,
        status=MARKING.target("allocate", NEW),
        allocated_at=clock.now(),
        allocated_by=by,
    )
    Mark.objects.bulk_create(
        Mark(marking=marking, criterion=criterion) for criterion in row.task.criteria.all()
    )
    before, row.status = row.status, target
    row.save(update_fields=["status"])
    audit.record(
        events.ALLOCATED,
        by=by,
        on=row,
        for_whom=row.enrolment.participant,
        before={"status": before},
        after={"status": target},
        assessor=assessor.reference,
        marking=marking.reference,
    )
    outbox.put(notifications.ALLOCATED, key=marking.reference, marking=marking.reference)
    script.status = target
    return marking


@transaction.atomic
def set_marking_point(*, by: User | None, opens_on: date) -> MarkingPoint:
    """Set a day on which a marking window opens; the same day again is the same point (S6)."""
    point, is_new = MarkingPoint.objects.get_or_create(opens_on=opens_on)
    if is_new:
        audit.record(events.MARKING_POINT_SET, by=by, on=point, opens_on=opens_on.isoformat())
    return point
