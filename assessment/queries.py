"""Which rows: scripts and markings that somebody may know of, worklists, and the facts that policies ask for.

Nothing here writes. What is seen of a row is visibility.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from accounts.models import Membership, User
from accounts.states import Role
from assessment import policies
from assessment.models import Mark, Marking, MarkingPoint, Script, SupportingDocument
from assessment.states import TO_BE_MARKED, MarkingStatus, ScriptStatus
from frameworks import queries as frameworks
from frameworks.models import DocumentRequirement, PassMark, Task, TaskCriterion
from programmes.models import Enrolment

PAGE = 50


def _scripts() -> QuerySet[Script]:
    """Scripts with what every page of theirs shows; few joins, since planning them is most of their cost."""
    return Script.objects.select_related(
        "enrolment__participant", "enrolment__school", "task__level__edition", "outcome"
    )


def scripts_visible_to(user: User) -> QuerySet[Script]:
    """All for the provider's administrators, released ones for quality agents, and one's own."""
    own = Q(enrolment__participant=user)
    if user.holds(Role.ADMINISTRATOR):
        return _scripts()
    if user.holds(Role.QUALITY_AGENT):
        return _scripts().filter(own | Q(status=ScriptStatus.RELEASED))
    return _scripts().filter(own)


def own_scripts(user: User) -> QuerySet[Script]:
    """The scripts that somebody wrote, whatever else they are."""
    return _scripts().filter(enrolment__participant=user)


def results_of(user: User) -> QuerySet[Script]:
    """Somebody's released scripts, newest first."""
    return own_scripts(user).filter(status=ScriptStatus.RELEASED)


@dataclass(frozen=True)
class TaskOfEnrolment:
    """One task that an enrolment asks for and its newest script, if there is one."""

    enrolment: Enrolment
    task: Task
    script: Script | None


def tasks_of(user: User) -> list[TaskOfEnrolment]:
    """Every task of every enrolment of somebody, newest enrolment first, with the newest script of each."""
    enrolments = list(
        Enrolment.objects.filter(participant=user)
        .select_related("level__edition", "cohort")
        .prefetch_related("level__tasks")
        .order_by("-enrolled_on", "-pk")
    )
    newest: dict[tuple[int, int], Script] = {}
    for script in own_scripts(user).order_by("attempt"):
        newest[script.enrolment_id, script.task_id] = script
    return [
        TaskOfEnrolment(enrolment, task, newest.get((enrolment.pk, task.pk)))
        for enrolment in enrolments
        for task in enrolment.level.tasks.all()
    ]


def other_tasks(script: Script) -> list[TaskOfEnrolment]:
    """The other tasks of the script's level, each with its newest script."""
    enrolment = script.enrolment
    newest = {each.task_id: each for each in enrolment.scripts.order_by("attempt")}
    others = script.task.level.tasks.exclude(pk=script.task_id).select_related("level")
    return [TaskOfEnrolment(enrolment, task, newest.get(task.pk)) for task in others]


def documents_of(script: Script) -> list[SupportingDocument]:
    """The documents that are there, in the task's order, with file and requirement at hand."""
    return list(script.documents.select_related("file", "requirement"))


def requirements_of(script: Script) -> list[DocumentRequirement]:
    """The documents that the script's task asks for, with the criteria they serve."""
    return frameworks.document_requirements(script.task)


def earlier_results(enrolment: Enrolment, task: Task) -> list[bool | None]:
    """The released result of each attempt so far; None where there is none."""
    return [
        passed if status == ScriptStatus.RELEASED else None
        for status, passed in Script.objects.filter(enrolment=enrolment, task=task)
        .order_by("attempt")
        .values_list("status", "outcome__passed")
    ]


def newest_results(enrolment: Enrolment) -> list[bool | None]:
    """For each task of the level, the released result of the newest attempt; None where there is none."""
    results: dict[int, bool | None] = dict.fromkeys(
        enrolment.level.tasks.values_list("pk", flat=True)
    )
    for task, status, passed in (
        Script.objects.filter(enrolment=enrolment)
        .order_by("attempt")
        .values_list("task", "status", "outcome__passed")
    ):
        results[task] = passed if status == ScriptStatus.RELEASED else None
    return list(results.values())


def marking_points_after(day: date) -> list[date]:
    """Marking points from that day on (S6)."""
    return list(
        MarkingPoint.objects.filter(opens_on__gte=day).values_list("opens_on", flat=True)[:1]
    )


# The administrator's worklists


def listed(*, status: str = "", level: str = "") -> QuerySet[Script]:
    """Scripts for the administrator's list, with the first marking's assessor, newest first."""
    rows = _scripts().prefetch_related(
        Prefetch("markings", Marking.objects.select_related("assessor").order_by("pk"))
    )
    if status:
        rows = rows.filter(status=status)
    if level:
        rows = rows.filter(task__level__code=level)
    return rows.order_by("-pk")


def page_of(rows: QuerySet[Script], *, before: str = "") -> tuple[list[Script], str]:
    """Fifty rows older than the script `before`, and the reference from which the next page goes on ('' at the end)."""
    if before:
        rows = rows.filter(pk__lt=Script.objects.filter(reference=before).values("pk")[:1])
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].reference if len(found) > PAGE else ""


def waiting_to_be_allocated() -> QuerySet[Script]:
    """Submitted scripts that no assessor has, the longest waiting first."""
    return _scripts().filter(status=ScriptStatus.SUBMITTED).order_by("submitted_at", "pk")


def waiting_to_be_released() -> QuerySet[Script]:
    """Marked scripts whose result has not been released, the longest waiting first."""
    return _scripts().filter(status=ScriptStatus.MARKED).order_by("submitted_at", "pk")


def waiting_for_pass_mark() -> QuerySet[Script]:
    """Scripts whose marks are in and whose task has no pass mark yet (F8)."""
    return _scripts().filter(status=ScriptStatus.WAITING).order_by("submitted_at", "pk")


@dataclass(frozen=True)
class NumbersWaiting:
    """How many scripts wait for the administrator, by what they wait for."""

    to_allocate: int
    for_pass_mark: int
    to_release: int


def numbers_waiting() -> NumbersWaiting:
    """The three numbers above the administrator's list, in one query."""
    counted = Script.objects.aggregate(
        to_allocate=Count("pk", filter=Q(status=ScriptStatus.SUBMITTED)),
        for_pass_mark=Count("pk", filter=Q(status=ScriptStatus.WAITING)),
        to_release=Count("pk", filter=Q(status=ScriptStatus.MARKED)),
    )
    return NumbersWaiting(**counted)


def tasks_without_pass_mark() -> list[Task]:
    """Tasks that hold up an outcome, because their pass mark has not been entered."""
    return list(
        Task.objects.filter(scripts__status=ScriptStatus.WAITING, pass_mark=None)
        .select_related("level__edition")
        .distinct()
    )


def pass_mark(task: Task) -> PassMark | None:
    """The task's pass mark, if it has been entered."""
    return PassMark.objects.filter(task=task).first()


@dataclass(frozen=True)
class Candidate:
    """An assessor who might mark a script: what they have to do already, and what speaks against it."""

    assessor: User
    scripts: int
    words: int
    conflict: policies.ConflictFacts


def assessors_for(script: Script) -> list[Candidate]:
    """Every active assessor with their load and conflicts, those with fewest words first (S8)."""
    to_mark = Q(markings__status__in=TO_BE_MARKED)
    assessors = list(
        User.objects.filter(memberships__role=Role.ASSESSOR, is_active=True)
        .annotate(
            scripts_to_mark=Count("markings", filter=to_mark),
            words_to_mark=Sum("markings__script__words", filter=to_mark),
        )
        .order_by("last_name", "first_name", "pk")
    )
    facts = conflicts(script, assessors)
    found = [
        Candidate(each, each.scripts_to_mark, each.words_to_mark or 0, facts[each.pk])
        for each in assessors
    ]
    return sorted(found, key=lambda each: (each.words, each.scripts))


def conflicts(script: Script, assessors: Iterable[User]) -> dict[int, policies.ConflictFacts]:
    """What ties each assessor to the script, by the assessor's key."""
    enrolment = script.enrolment
    keys = [each.pk for each in assessors]
    school = Enrolment.objects.filter(school=enrolment.school_id)
    at_school = set(school.filter(participant__in=keys).values_list("participant", flat=True))
    at_school |= set(school.filter(sponsor__in=keys).values_list("sponsor", flat=True))
    marked = set(
        Marking.objects.filter(
            script__enrolment__participant=enrolment.participant_id, assessor__in=keys
        )
        .filter(script__task=script.task_id)
        .exclude(script=script)
        .values_list("assessor", flat=True)
    )
    return {
        key: policies.ConflictFacts(
            is_participant=key == enrolment.participant_id,
            is_sponsor=key == enrolment.sponsor_id,
            same_school=key in at_school,
            marked_earlier_attempt=key in marked,
        )
        for key in keys
    }


def is_assessor(user: User) -> bool:
    """Whether they hold the role now, read afresh."""
    return Membership.objects.filter(user=user, role=Role.ASSESSOR).exists()


# The assessor's


def markings_of(user: User) -> QuerySet[Marking]:
    """An assessor's own markings with the script at hand, the longest waiting first."""
    return (
        Marking.objects.filter(assessor=user)
        .select_related("script__task__level", "script__write_up")
        .order_by("allocated_at", "pk")
    )


def writer_of(script: Script) -> Enrolment:
    """The enrolment with the people and the school whose names no marker may read (S9)."""
    return Enrolment.objects.select_related("participant", "school", "sponsor").get(
        pk=script.enrolment_id
    )


def waiting_for_assessor(user: User) -> QuerySet[Marking]:
    """An assessor's markings still to do, with `marked`, how many criteria have a mark, and `criteria`."""
    given = (
        Mark.objects.filter(marking=OuterRef("pk"), value__isnull=False)
        .order_by()
        .values("marking")
        .annotate(n=Count("pk"))
        .values("n")
    )
    asked = (
        Mark.objects.filter(marking=OuterRef("pk"))
        .order_by()
        .values("marking")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return (
        Marking.objects.filter(assessor=user, status__in=TO_BE_MARKED)
        .select_related("script__task__level__edition")
        .annotate(marked=Subquery(given), criteria=Subquery(asked))
        .order_by("script__answer_due_on", "allocated_at", "pk")
    )


def marked_by(user: User, limit: int = PAGE) -> list[Marking]:
    """The markings an assessor has submitted last."""
    return list(
        Marking.objects.filter(assessor=user, status=MarkingStatus.SUBMITTED)
        .select_related("script__task__level__edition")
        .order_by("-submitted_at")[:limit]
    )


def marks_of(marking: Marking) -> list[Mark]:
    """The marks in the task's order, blank ones among them, with criterion and area at hand."""
    return list(
        marking.marks.select_related("criterion__criterion__area").order_by("criterion__position")
    )


def values_of(marking: Marking) -> dict[str, int | None]:
    """Each criterion's code with its mark; None is blank."""
    return dict(
        marking.marks.order_by("criterion__position").values_list(
            "criterion__criterion__code", "value"
        )
    )


def first_marking(script: Script) -> Marking | None:
    """The marking whose marks stand."""
    return script.markings.select_related("assessor").order_by("pk").first()


def documents_for(
    script: Script, criterion: TaskCriterion
) -> tuple[list[SupportingDocument], list[SupportingDocument]]:
    """The documents that serve a criterion, and all the others."""
    serving = set(criterion.documents.values_list("pk", flat=True))
    documents = documents_of(script)
    return (
        [each for each in documents if each.requirement_id in serving],
        [each for each in documents if each.requirement_id not in serving],
    )


def counts_by_status() -> dict[str, int]:
    """How many scripts are in each state that has any."""
    return dict(Script.objects.order_by().values_list("status").annotate(number=Count("pk")))
