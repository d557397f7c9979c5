"""Submitting, marking and releasing in the demonstration, through the real services."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts.models import User
from assessment import queries, services
from assessment.models import Marking, Script
from core import outbox
from frameworks import queries as frameworks
from frameworks.models import Task
from npq_portal.demo import files, writing
from npq_portal.demo.calendar import at
from programmes.models import Enrolment


@dataclass
class Work:
    """Participants' scripts, the assessors who mark them and the administrator who releases results."""

    random: Random
    administrator: User
    assessors: list[User]
    given: int = 0

    def started(self, enrolment: Enrolment, task: Task, on: date, words: int) -> Script:
        """A script with its write-up and two documents attached."""
        person = enrolment.participant
        title, about = writing.theme(self.random)
        headings = [area.name for area in enrolment.level.areas.all()][:6]
        account = writing.account(self.random, headings, about, words)
        with at(on, 19, 30):
            script = services.start(by=person, enrolment=enrolment, task=task)
            services.attach_write_up(
                by=person,
                script=script,
                upload=files.write_up(f"Leading {title}", person.name, account, self.random),
            )
            for requirement in frameworks.document_requirements(task)[:2]:
                self._attach(script, requirement)
        return script

    def submitted(self, enrolment: Enrolment, task: Task, on: date, words: int = 1200) -> Script:
        """A script submitted whole."""
        script = self.started(enrolment, task, on - timedelta(days=3), words)
        with at(on, 22, 10):
            for requirement in frameworks.document_requirements(task)[2:]:
                self._attach(script, requirement)
            services.submit(
                by=enrolment.participant, script=script, signed_name=enrolment.participant.name
            )
            outbox.sweep()
        return Script.objects.get(pk=script.pk)

    def allocated(self, script: Script, on: date, to: User | None = None) -> Marking:
        """Given to an assessor, by default the next one who has no conflict."""
        free = [
            each.assessor
            for each in queries.assessors_for(script)
            if not any(vars(each.conflict).values())
        ]
        with at(on, 9, 20):
            marking = services.allocate(
                by=self.administrator, script=script, assessor=to or free[self.given % len(free)]
            )
            outbox.sweep()
        self.given += 1
        return marking

    def mark(
        self, marking: Marking, on: date, *, wanted: str = "pass", only: int | None = None
    ) -> None:
        """Marks for the first `only` criteria, or for all; `wanted` is 'pass', 'fail' or 'zero'."""
        criteria = frameworks.scheme(marking.script.task)
        with at(on, 14):
            for place, criterion in enumerate(criteria[:only]):
                value = self._value(wanted, place)
                services.save_mark(
                    by=marking.assessor,
                    marking=marking,
                    criterion=criterion,
                    value=value,
                    reason=self.random.choice(writing.REASONS[value]),
                    confidence="just" if place % 5 == 3 else "secure",
                )
            if only is None:
                services.write_feedback(
                    by=marking.assessor, marking=marking, text=self.random.choice(writing.FEEDBACK)
                )

    def marked(self, script: Script, on: date, wanted: str = "pass") -> Script:
        """Allocated, marked and its marks submitted."""
        marking = self.allocated(script, on - timedelta(days=10))
        self.mark(marking, on, wanted=wanted)
        with at(on, 16, 45):
            services.submit_marks(by=marking.assessor, marking=marking)
            outbox.sweep()
        return Script.objects.get(pk=script.pk)

    def released(self, scripts: list[Script], on: date) -> None:
        """Results released together."""
        with at(on, 10):
            services.release(by=self.administrator, scripts=scripts)
            outbox.sweep()

    def _attach(self, script: Script, requirement) -> None:  # type: ignore[no-untyped-def]
        services.attach_document(
            by=script.enrolment.participant,
            script=script,
            requirement=requirement,
            upload=files.supporting(requirement.name),
        )

    def _value(self, wanted: str, place: int) -> int:
        if wanted == "zero" and place == 4:
            return 0
        if wanted == "fail":
            return 2 if place == 0 else 1
        return 1 if place % 4 == 1 else self.random.choice((1, 2, 2, 2))
