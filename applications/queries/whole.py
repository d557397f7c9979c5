"""Both sides of one application for the page that staff read, in three queries. Writes nothing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    IntegerField,
    OuterRef,
    Prefetch,
    QuerySet,
    Subquery,
    TextField,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast

from applications.models import (
    Application,
    AreaEndorsement,
    AreaScore,
    BehaviourScore,
    SponsorAnswer,
)
from applications.queries.applications import Answered, Written, current_answer
from frameworks.models import Area, Behaviour


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
    if not (with_answer and answer and answer.signed_at):
        answer = None
    areas, scores, behaviours = [], {}, []
    endorsements: dict[int, AreaEndorsement] = {}
    given: dict[int, BehaviourScore] = {}
    for kind, pk, number, name, score, endorsed, words in _lines(application, answer):
        if kind == "area":
            area = Area(pk=pk, number=number, name=name)
            areas.append(area)
            if score is not None:
                scores[number] = score
            if answer and endorsed is not None:
                endorsements[number] = AreaEndorsement(
                    answer=answer, area=area, endorsed=endorsed, reason=words
                )
        else:
            behaviour = Behaviour(pk=pk, position=number, name=name)
            behaviours.append(behaviour)
            if answer and score is not None:
                given[number] = BehaviourScore(
                    answer=answer, behaviour=behaviour, score=score, comment=words
                )
    strengths = list(application.strengths.select_related("area"))
    return Whole(
        Written(areas, scores, strengths),
        Answered(answer, endorsements, behaviours, given) if answer else None,
    )


def _lines(application: Application, answer: SponsorAnswer | None) -> list[tuple[Any, ...]]:
    """Each area with its score and the sponsor's word on it, then each behaviour with its own, in order."""
    scored = AreaScore.objects.filter(application=application, area=OuterRef("pk"))
    endorsed = AreaEndorsement.objects.filter(answer=answer, area=OuterRef("pk"))
    areas = application.level.areas.order_by().values_list(
        Value("area", CharField()),
        "pk",
        Cast("number", IntegerField()),
        Cast("name", TextField()),
        _one(scored, "score", IntegerField()),
        _one(endorsed, "endorsed", BooleanField()),
        _one(endorsed, "reason", TextField()),
    )
    judged = BehaviourScore.objects.filter(answer=answer, behaviour=OuterRef("pk"))
    behaviours = Behaviour.objects.filter(edition_id=application.level.edition_id)
    return sorted(
        areas.union(
            behaviours.order_by().values_list(
                Value("behaviour", CharField()),
                "pk",
                Cast("position", IntegerField()),
                Cast("name", TextField()),
                _one(judged, "score", IntegerField()),
                Value(None, BooleanField(null=True)),
                _one(judged, "comment", TextField()),
            ),
            all=True,
        ),
        key=lambda line: (line[0], line[2]),
    )


def _one(rows: QuerySet[Any], column: str, kind: Any) -> Cast:
    return Cast(Subquery(rows.values(column)[:1]), kind)
