"""People, the roles they hold, the invitations that bring them and the messages they are sent."""

from datetime import timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Concat, Lower, Upper
from django.utils.crypto import salted_hmac

from accounts.states import STAFF, InvitationStatus, MailState, Role
from core import clock
from core.references import ReferenceField

# The whole name, as the index that people are looked for by has it.
WHOLE_NAME = Concat("first_name", models.Value(" "), "last_name")


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail address."""

    reference = ReferenceField("USR")
    email = models.EmailField("e-mail address", unique=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    trn = models.CharField("teacher reference number", max_length=7, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    # The person this one turned out to be; the row and its reference stay, and nobody signs in as it.
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_from"
    )
    merged_at = models.DateTimeField(null=True)
    # Counted up to end every open session of this person, on all machines at once.
    session_serial = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("email"), name="one_person_per_address"),
            models.CheckConstraint(
                condition=models.Q(trn="") | models.Q(trn__regex=r"^[0-9]{7}$"),
                name="trn_seven_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True, merged_at__isnull=True)
                | models.Q(merged_into__isnull=False, merged_at__isnull=False, is_active=False),
                name="merged_people_are_closed",
            ),
        )
        indexes = (
            GinIndex(OpClass(Upper(WHOLE_NAME), name="gin_trgm_ops"), name="people_by_name"),
            GinIndex(OpClass(Upper("email"), name="gin_trgm_ops"), name="people_by_address"),
            models.Index(fields=("trn",), name="people_by_trn", condition=~models.Q(trn="")),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The whole name as people write it."""
        return f"{self.first_name} {self.last_name}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session lasts as long as the password and the session serial stay as they are."""
        salt = "accounts.models.User.session"
        value = f"{self.password}:{self.session_serial}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held now; read once for each request."""
        return frozenset(self.memberships.values_list("role", flat=True))

    def forget_roles(self) -> None:
        """Read the roles again when next asked; services call it after changing them."""
        self.__dict__.pop("roles", None)

    def holds(self, *roles: Role) -> bool:
        """Whether the person holds any of these roles."""
        return not self.roles.isdisjoint(roles)

    @property
    def is_staff_role(self) -> bool:
        """Whether a second factor is required."""
        return not self.roles.isdisjoint(STAFF)


class Membership(models.Model):
    """One role held by one person."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_at = models.DateTimeField(default=clock.now)
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "role"), name="one_membership_per_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Invitation(models.Model):
    """A mailed link that starts access for one address to one subject; of the link only the hash is kept.

    `subject` is the public reference of an upper room's row, `purpose` a name registered in
    `accounts.invitations`. `serial` counts the links made for the same purpose and subject.
    """

    reference = ReferenceField("INV")
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=16)
    serial = models.PositiveIntegerField()
    email = models.EmailField("e-mail address")
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    token_hash = models.CharField(max_length=64, unique=True)
    status = models.CharField(
        max_length=10, choices=InvitationStatus.choices, default=InvitationStatus.OPEN
    )
    invited_at = models.DateTimeField(default=clock.now)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="invitations"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("purpose", "subject", "serial"), name="one_invitation_per_serial"
            ),
            models.UniqueConstraint(
                fields=("purpose", "subject"),
                condition=models.Q(status=InvitationStatus.OPEN),
                name="one_open_invitation_per_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=InvitationStatus.values),
                name="invitation_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status=InvitationStatus.OPEN, ended_at__isnull=True)
                | (~models.Q(status=InvitationStatus.OPEN) & models.Q(ended_at__isnull=False)),
                name="invitation_ended_or_open",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_at_and_by",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        """The invited person's whole name."""
        return f"{self.first_name} {self.last_name}".strip()


class InvitationCode(models.Model):
    """A six-digit code mailed to an invited address; made anew from the reference, only its hash is kept."""

    LASTS = timedelta(minutes=10)
    MOST_TRIES = 5

    reference = ReferenceField("COD")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        get_latest_by = "pk"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(tries__lte=5), name="code_tries_at_most_five"
            ),
        )

    def __str__(self) -> str:
        return self.reference


class Notification(models.Model):
    """A mail, once for each effect: to whom, about what, and how far it has come.

    `about` is the public reference of an upper room's row, so that its page can show its mails.
    """

    reference = ReferenceField("MSG")
    key = models.CharField(max_length=160, unique=True)
    template = models.CharField(max_length=80)
    to_user = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="notifications"
    )
    to_email = models.EmailField("address", blank=True)
    subject = models.CharField(max_length=250, blank=True)
    about = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.SENT)
    state_at = models.DateTimeField(default=clock.now)
    detail = models.CharField("what the carrier said", max_length=200, blank=True)
    text = models.TextField("what it says, without its secrets", blank=True)
    promise = models.CharField("the outbox message it came from", max_length=160, blank=True)
    carrier_id = models.CharField("the carrier's own number", max_length=80, blank=True)
    sent_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=MailState.values), name="mail_state_is_known"
            ),
        )
        indexes = (
            models.Index(fields=("about", "-sent_at"), name="mail_about"),
            models.Index(fields=("-sent_at", "-id"), name="mail_newest_first"),
            models.Index(fields=("state", "-sent_at", "-id"), name="mail_by_state"),
            models.Index(fields=("carrier_id",), name="mail_by_carrier_id"),
            models.Index(fields=("to_email", "-sent_at"), name="mail_by_address"),
        )

    def __str__(self) -> str:
        return f"{self.template} {self.key}"


class EqualityAnswers(models.Model):
    """What somebody told about themselves for fair numbers (G5). Nobody who decides reads it (A6).

    Kept in a table of its own; only the person reads their row, everybody else counts.
    """

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="equality_answers")
    sex = models.CharField(max_length=12, blank=True)
    ethnicity = models.CharField(max_length=40, blank=True)
    disability = models.CharField(max_length=12, blank=True)
    answered_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.person_id}"


class Persona(models.Model):
    """A made-up person of the demonstration whom a visitor may be with one click."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="persona")
    position = models.PositiveSmallIntegerField(unique=True)
    story = models.CharField(max_length=200)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.user_id}"
