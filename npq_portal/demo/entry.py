"""Applying in the demonstration: every step from interest to a place, through the real services."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts import invitations
from accounts import queries as people
from accounts import services as accounts
from accounts.models import User
from applications import services as applications
from applications.models import Application
from core import clock, outbox
from npq_portal.demo import writing
from npq_portal.demo.calendar import at
from npq_portal.demo.people import Register, address
from programmes.models import Cohort, Enrolment, School

READY_SCORES = (3, 4, 3, 3, 2, 3)
READY_BEHAVIOURS = (4, 3, 3, 3, 2, 4, 4)
DOUBTFUL_BEHAVIOURS = (3, 2, 2, 3, 2, 4, 3)
WEAK_SCORES = (2, 1, 2, 1, 1, 2)
WEAK_BEHAVIOURS = (3, 2, 1, 3, 1, 3, 3)
POSTS = (
    "Head of department",
    "Assistant headteacher",
    "Deputy headteacher",
    "Year leader",
    "Lead teacher",
)
ROUTES = ("self", "school", "school", "scholarship", "scholarship", "apprenticeship")


@dataclass
class Entry:
    """Applicants and their sponsors at the provider's schools."""

    random: Random
    register: Register
    schools: list[School]
    administrator: User
    sponsors: dict[str, tuple[str, str]]

    def sponsor_of(self, school: School) -> tuple[str, str, str]:
        """The head of a school: address, first and last name."""
        if school.urn not in self.sponsors:
            self.sponsors[school.urn] = self.register.name()
        first_name, last_name = self.sponsors[school.urn]
        return address(first_name, last_name, f"school-{school.urn}"), first_name, last_name

    def draft(
        self,
        person: User,
        cohort: Cohort,
        on: date,
        sections: int = 4,
        school: School | None = None,
    ) -> Application:
        """An application begun on that day, with so many of its four sections filled in."""
        with at(on, 21, 40):
            application = applications.start(by=person, cohort=cohort)
            applications.save_funding(
                by=person, application=application, route=self.random.choice(ROUTES)
            )
            steps: list[Callable[[], object]] = [
                lambda: applications.save_details(
                    by=person,
                    application=application,
                    school=school or self.random.choice(self.schools),
                    post=self.random.choice(POSTS),
                    trn=f"{self.random.randrange(1_000_000, 10_000_000)}",
                ),
                lambda: applications.score_areas(
                    by=person,
                    application=application,
                    scores=dict(enumerate(READY_SCORES, start=1)),
                ),
                lambda: applications.write_strengths(
                    by=person, application=application, strengths=self._strengths()
                ),
                lambda: self._name_sponsor(person, application),
            ]
            for step in steps[:sections]:
                step()
        return Application.objects.get(pk=application.pk)

    def sent(
        self,
        person: User,
        cohort: Cohort,
        on: date,
        scores: tuple[int, ...] = READY_SCORES,
        school: School | None = None,
    ) -> Application:
        """An application signed and with its sponsor."""
        application = self.draft(person, cohort, on, school=school)
        with at(on + timedelta(days=1), 20, 15):
            if scores != READY_SCORES:
                applications.score_areas(
                    by=person, application=application, scores=dict(enumerate(scores, start=1))
                )
            applications.send(by=person, application=application, signed_name=person.name)
            self._tell_of_themselves(person)
            outbox.sweep()
        return Application.objects.get(pk=application.pk)

    def sponsor_in(self, application: Application, on: date) -> User:
        """The sponsor comes by the link and the code in their mail."""
        with at(on, 7, 50):
            invitation = people.open_invitation(purpose="sponsor", subject=application.reference)
            assert invitation is not None
            code = accounts.ask_for_code(by=None, invitation=invitation)
            outbox.sweep()
            return accounts.accept(
                by=None, invitation=invitation, code=invitations.code_for(code.reference)
            )

    def signed(
        self,
        person: User,
        cohort: Cohort,
        on: date,
        scores: tuple[int, ...] = READY_SCORES,
        behaviours: tuple[int, ...] = READY_BEHAVIOURS,
        disputed: int = 0,
    ) -> Application:
        """An application that both have signed."""
        application = self.sent(person, cohort, on, scores)
        day = on + timedelta(days=4)
        sponsor = self.sponsor_in(application, day)
        with at(day, 8, 5):
            applications.endorse(
                by=sponsor,
                application=application,
                answers={
                    number: (
                        number > disputed,
                        "" if number > disputed else "I would score this lower.",
                    )
                    for number in range(1, 7)
                },
                verified=True,
            )
            applications.score_behaviours(
                by=sponsor,
                application=application,
                scores={
                    position: (score, "Needs practice with a larger team." if score < 3 else "")
                    for position, score in enumerate(behaviours, start=1)
                },
            )
            applications.sign(by=sponsor, application=application, signed_name=sponsor.name)
            outbox.sweep()
        return Application.objects.get(pk=application.pk)

    def enrolled(self, person: User, cohort: Cohort, on: date) -> Enrolment:
        """A ready application that the administrator confirmed a week later."""
        application = self.signed(person, cohort, on)
        with at(on + timedelta(days=7), 11):
            enrolment = applications.confirm(by=self.administrator, application=application)
            outbox.sweep()
        assert enrolment is not None
        return enrolment

    def spoken(self, application: Application, on: date) -> None:
        """Its moderator spoke with the sponsor."""
        with at(on, 14, 30):
            assert application.moderator is not None
            applications.log_contact(
                by=application.moderator,
                application=application,
                means="phone",
                on=clock.today(),
                note="The sponsor agrees that a year of whole-school work comes first.",
            )

    def declined(self, person: User, cohort: Cohort, on: date) -> Application:
        """An application that the regional moderator declined after speaking with the sponsor."""
        application = self.signed(person, cohort, on, WEAK_SCORES, WEAK_BEHAVIOURS)
        self.spoken(application, on + timedelta(days=9))
        with at(on + timedelta(days=9), 15):
            assert application.moderator is not None
            applications.decline(
                by=application.moderator,
                application=application,
                reason="Not enough whole-school responsibility yet.",
                feedback="Lead one project beyond your own team this year, and bring its figures with you.",
                areas=[2, 4, 5],
                behaviours=[3],
            )
            outbox.sweep()
        return Application.objects.get(pk=application.pk)

    def turned_down(self, person: User, cohort: Cohort, on: date) -> None:
        """An application whose sponsor could not answer for the applicant."""
        application = self.sent(person, cohort, on)
        sponsor = self.sponsor_in(application, on + timedelta(days=3))
        with at(on + timedelta(days=3), 12):
            applications.decline_to_sponsor(
                by=sponsor,
                application=application,
                reason="We have worked together for three weeks only.",
            )
            outbox.sweep()

    def _tell_of_themselves(self, person: User) -> None:
        """Three in four answer the equality questions; made-up answers, by lot."""
        if self.random.random() < 0.75:
            answers = {
                name: self.random.choice(choices)["code"]
                for name, choices in people.equality_questions().items()
            }
            accounts.answer_equality(by=person, **answers)

    def _strengths(self) -> list[dict[str, object]]:
        _, words = writing.theme(self.random)
        return [
            {
                "area": area,
                "experience": writing.sentence(self.random, writing.STRENGTHS[:1], words),
                "impact": writing.sentence(self.random, writing.STRENGTHS[1:2], words),
                "evidence": writing.sentence(self.random, writing.STRENGTHS[2:], words),
            }
            for area in (1, 2)
        ]

    def _name_sponsor(self, person: User, application: Application) -> None:
        school = Application.objects.select_related("school").get(pk=application.pk).school
        assert school is not None
        email, first_name, last_name = self.sponsor_of(school)
        applications.name_sponsor(
            by=person,
            application=application,
            email=email,
            first_name=first_name,
            last_name=last_name,
        )
