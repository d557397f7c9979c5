"""What a sponsor has to answer, is answering and has answered, for one applicant or several."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import queries as accounts
from accounts.models import User
from applications.models import (
    Application,
    AreaEndorsement,
    BehaviourScore,
    Return,
    SponsorAnswer,
)
from applications.queries.applications import sponsored_by, with_facts
from applications.states import ApplicationStatus, ReturnedTo

# Of each kind, the newest: nobody sponsors as many.
MOST = 50


def has_begun(application: Application) -> bool:
    """Whether the present sponsor has answered anything yet."""
    return Application.objects.filter(_begun(), pk=application.pk).exists()


def asked_to_look_again(application: Application) -> Return | None:
    """The moderator's open request to the sponsor, while it is with them (A5)."""
    if application.status != ApplicationStatus.WITH_SPONSOR:
        return None
    return application.returns.filter(to=ReturnedTo.SPONSOR, came_back_at=None).last()


def asked_by_address(user: User) -> QuerySet[Application]:
    """Applications that name this person's proved address and to which nobody has come as sponsor yet."""
    rows = with_facts().filter(
        status=ApplicationStatus.WITH_SPONSOR, sponsor=None, sponsor_email__iexact=user.email
    )
    return rows.exclude(applicant=user) if accounts.has_proved_address(user) else rows.none()


def to_answer(user: User) -> list[Application]:
    """What waits for this sponsor, the longest first; `begun` tells whether anything is answered."""
    rows = sponsored_by(user).filter(status=ApplicationStatus.WITH_SPONSOR)
    return list(rows.annotate(begun=_begun()).order_by("sponsor_asked_at", "pk")[:MOST])


def others_to_answer(user: User, application: Application) -> int:
    """How many applications besides this one wait for the sponsor."""
    rows = sponsored_by(user).filter(status=ApplicationStatus.WITH_SPONSOR)
    return rows.exclude(pk=application.pk).count()


def signed_answers(user: User) -> list[SponsorAnswer]:
    """What this sponsor has signed, the newest first."""
    return list(
        _answers(user).filter(
            ~Q(application__status=ApplicationStatus.WITH_SPONSOR),
            application__sponsor=user,
            declined_at=None,
            replaced_at=None,
        )[:MOST]
    )


def ended_answers(user: User) -> list[SponsorAnswer]:
    """What this sponsor declined, or was no longer asked for."""
    ended = Q(declined_at__isnull=False) | Q(replaced_at__isnull=False)
    return list(_answers(user).filter(ended)[:MOST])


def ended_answer(user: User, reference: str) -> SponsorAnswer | None:
    """This sponsor's own answer to an application that they no longer sponsor."""
    ended = Q(declined_at__isnull=False) | Q(replaced_at__isnull=False)
    rows = _answers(user).filter(ended, application__reference=reference)
    return rows.exclude(application__sponsor=user).first()


def _answers(user: User) -> QuerySet[SponsorAnswer]:
    return (
        SponsorAnswer.objects.filter(sponsor=user)
        .select_related("application__applicant", "application__level", "application__cohort")
        .order_by("-begun_at", "-pk")
    )


def _begun() -> Q:
    """Whether the answer being given holds anything."""
    current = {
        "answer__application": OuterRef("pk"),
        "answer__declined_at": None,
        "answer__replaced_at": None,
    }
    return Q(Exists(AreaEndorsement.objects.filter(**current))) | Q(
        Exists(BehaviourScore.objects.filter(**current))
    )
