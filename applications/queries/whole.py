"""Both sides of one application for the page that staff read, in four queries. Writes nothing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects

from applications.models import (
    Application,
    AreaEndorsement,
    AreaScore,
    BehaviourScore,
    SponsorAnswer,
)
from applications.queries.applications import Answered, Written, current_answer
from frameworks.models import Behaviour


@dataclass(frozen=True)
class Whole:
    """What the applicant wrote, and what the present sponsor has answered if they signed."""

    written: Written
    answered: Answered | None


def whole(application: Application, *, with_answer: bool) -> Whole:
    """What both have written; the sponsor's answer only where it is asked for and signed (A5, A6)."""
    answers = SponsorAnswer.objects.select_related("sponsor")
    prefetch_related_objects([application], Prefetch("answers", answers))
    answer = current_answer(application)
    is_shown = with_answer and answer is not None and answer.signed_at is not None
    given = AreaEndorsement.objects.filter(answer=answer, area=OuterRef("pk"))
    areas: list[Any] = list(
        application.level.areas.annotate(
            own_score=_one(
                AreaScore.objects.filter(application=application, area=OuterRef("pk")), "score"
            ),
            endorsed=_one(given, "endorsed"),
            disputed_because=_one(given, "reason"),
        )
    )
    written = Written(
        areas=areas,
        scores={each.number: each.own_score for each in areas if each.own_score is not None},
        strengths=list(application.strengths.select_related("area")),
    )
    if not is_shown or answer is None:
        return Whole(written, None)
    scored = BehaviourScore.objects.filter(answer=answer, behaviour=OuterRef("pk"))
    behaviours: list[Any] = list(
        Behaviour.objects.filter(edition_id=application.level.edition_id).annotate(
            score=_one(scored, "score"), comment=_one(scored, "comment")
        )
    )
    return Whole(
        written,
        Answered(
            answer=answer,
            endorsements={
                each.number: AreaEndorsement(
                    answer=answer, area=each, endorsed=each.endorsed, reason=each.disputed_because
                )
                for each in areas
                if each.endorsed is not None
            },
            behaviours=behaviours,
            scores={
                each.position: BehaviourScore(
                    answer=answer, behaviour=each, score=each.score, comment=each.comment
                )
                for each in behaviours
                if each.score is not None
            },
        ),
    )


def _one(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.values(column)[:1])
