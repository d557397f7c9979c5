"""The verbs about mails: what the carrier says became of one, and trying again what failed."""

from django.db import transaction

from accounts import events
from accounts.models import Notification, User
from accounts.notifications import move_mail
from accounts.states import MAIL
from core import audit, outbox
from core.errors import Refused, WrongMoment
from core.models import OutboxMessage

# What GOV.UK Notify says became of a mail, and the verb that it is.
RECEIPTS = {
    "delivered": "deliver",
    "permanent-failure": "bounce",
    "temporary-failure": "bounce",
    "technical-failure": "fail",
}
RECEIPT_WORDS = {
    "permanent-failure": "The address does not exist",
    "temporary-failure": "The mailbox is full or does not answer",
    "technical-failure": "GOV.UK Notify could not send it",
}


@transaction.atomic
def take_receipt(*, carrier_id: str, said: str) -> bool:
    """Note what the carrier says became of a mail; said again or too late it changes nothing.

    False when there is no such mail, or the carrier says what is not about the end of its way.
    """
    rows = Notification.objects.select_for_update(of=("self",))
    row = rows.filter(carrier_id=carrier_id).first() if carrier_id else None
    if row is None or said not in RECEIPTS:
        return False
    if MAIL.allows(RECEIPTS[said], row.state):
        move_mail(row, RECEIPTS[said], RECEIPT_WORDS.get(said, ""))
    return True


@transaction.atomic
def try_again(*, by: User, notification: Notification) -> Notification:
    """Send a mail again that came back or could not be sent; what it says is made anew."""
    row = Notification.objects.select_for_update(of=("self",)).get(pk=notification.pk)
    MAIL.target("try_again", row.state)
    promise = outbox.find(row.promise)
    if promise is None:
        raise Refused("The reason for this mail is no longer known, so it cannot be sent again.")
    move_mail(row, "try_again")
    outbox.revive(promise)
    audit.record(events.MAIL_TRIED_AGAIN, by=by, on=row, about=row.about)
    return row


@transaction.atomic
def revive(*, by: User, message: OutboxMessage) -> OutboxMessage:
    """Carry out once more what the outbox gave up, with the mails that failed with it."""
    row = outbox.find(message.key)
    if row is None or row.dead_at is None:
        raise WrongMoment("This was carried out, or is being tried again already.")
    for mail in Notification.objects.select_for_update(of=("self",)).filter(promise=row.key):
        if MAIL.allows("try_again", mail.state):
            move_mail(mail, "try_again")
    outbox.revive(row)
    audit.record(events.REVIVED, by=by, on=row, kind=row.kind)
    return row
