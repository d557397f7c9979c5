"""What delivery keeps of a person goes to the account that is kept when two are merged."""

from django.db import transaction

from accounts.models import User
from core import audit
from programmes import events
from programmes.models import Enrolment, HeldPlace
from programmes.states import MAY_COME_BACK

# What is the person's; what somebody recorded stays under the account that did it.
MOVES = ((Enrolment, "participant"), (Enrolment, "sponsor"), (HeldPlace, "person"))


@transaction.atomic
def hand_over(*, by: User, other: User, keep: User) -> int:
    """Move enrolments, those sponsored and held places to the kept account; how many enrolments of its own came.

    Two enrolments on one level that were two people's become one person's: the later is linked to the
    earlier where that was left (A13), so that it counts once (M1).
    """
    own = list(Enrolment.objects.select_for_update().filter(participant=other).order_by("pk"))
    for model, column in MOVES:
        model._default_manager.filter(**{column: other}).update(**{column: keep})
    for each in own:
        audit.record(
            events.HANDED_OVER,
            by=by,
            on=each,
            for_whom=keep,
            before={"participant": other.reference},
            after={"participant": keep.reference},
        )
    _link(keep)
    return len(own)


def _link(keep: User) -> None:
    """Each enrolment without an earlier one gets the last that was left on its level before it."""
    left: dict[str, Enrolment] = {}
    rows = Enrolment.objects.filter(participant=keep).select_related("level")
    for each in rows.order_by("enrolled_on", "pk"):
        code = each.level.code
        if each.previous_id is None and code in left:
            each.previous = left[code]
            each.save(update_fields=["previous"])
        if each.status in MAY_COME_BACK:
            left[code] = each
