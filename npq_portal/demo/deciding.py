"""What is in doubt, waits or was decided in the demonstration: referrals, appeals, waiting list, funding, desk."""

from dataclasses import dataclass
from datetime import date, timedelta

from accounts import services as accounts
from accounts.models import User
from applications import services as applications
from applications.models import Application, FundingYear
from core import outbox
from npq_portal.demo.calendar import Calendar, at
from npq_portal.demo.entry import DOUBTFUL_BEHAVIOURS, WEAK_SCORES, Entry
from npq_portal.demo.people import Register
from programmes.models import Cohort

FEEDBACK_ASKED = "Please say which year groups your figures are about, and over how long."


@dataclass
class Deciding:
    """Applications on which people other than applicant and sponsor have something to do."""

    calendar: Calendar
    register: Register
    entry: Entry
    administrator: User
    second_administrator: User
    regional_moderators: list[User]
    lived: int = 0

    def live(self, cohorts: dict[str, Cohort], full: Cohort) -> int:
        """Every story for the cohorts that take applications; how many people came to be."""
        self._own_school()
        self._referrals(cohorts["NPQSL"])
        self._appeals(cohorts["NPQH"])
        self._waiting_list(full)
        self._sponsors(cohorts["NPQML"])
        self._desk(cohorts["NPQEL"], cohorts["NPQML"])
        with at(self.calendar.today, 6):
            applications.chase_sponsors()
            outbox.sweep()
        return self.lived

    def funding_rules(self, start: date) -> None:
        """The latest year's rules copied to this year, as the demonstration's own."""
        latest = FundingYear.objects.order_by("-starts_on").first()
        assert latest is not None
        first = date(start.year - 1, 9, 1)
        for place in range(3):
            begins = date(first.year + place, 9, 1)
            ends = date(begins.year + 1, 8, 31)
            if FundingYear.objects.filter(starts_on__lte=begins, ends_on__gte=begins).exists():
                continue
            applications.copy_funding_year(
                by=self.administrator,
                year=latest,
                code=f"{begins.year}-{ends.year % 100:02}",
                starts_on=begins,
                ends_on=ends,
                source="A demonstration value, copied from 2023-24",
            )

    def _somebody(self) -> User:
        self.lived += 1
        return self.register.somebody()

    def _doubtful(
        self, cohort: Cohort, days: int, scores: tuple[int, ...] = (3, 3, 2, 3, 2, 3)
    ) -> Application:
        return self.entry.signed(
            self._somebody(),
            cohort,
            self.calendar.today - timedelta(days=days),
            scores,
            DOUBTFUL_BEHAVIOURS,
        )

    def _own_school(self) -> None:
        """A moderator's own school, whose applicants another judges."""
        with at(self.calendar.today - timedelta(days=80)):
            applications.declare_interest(
                by=self.regional_moderators[1],
                moderator=self.regional_moderators[1],
                school=next(s for s in self.entry.schools if s.region == "London"),
                why="Headteacher there",
            )

    def _referrals(self, cohort: Cohort) -> None:
        """One spoken about, one asked for more, one long overdue, one from a school that is not listed."""
        today = self.calendar.today
        self.entry.spoken(self._doubtful(cohort, 13), today - timedelta(days=2))
        asked = self._doubtful(cohort, 16)
        with at(today - timedelta(days=5), 16):
            assert asked.moderator is not None
            applications.return_to_applicant(
                by=asked.moderator, application=asked, reason=FEEDBACK_ASKED
            )
            outbox.sweep()
        self.register.persona(asked.applicant, "Has been asked for more by whoever decides.")
        self._doubtful(cohort, 34, WEAK_SCORES)
        draft = self.entry.draft(self._somebody(), cohort, today - timedelta(days=7))
        with at(today - timedelta(days=6), 20):
            applications.save_unlisted_school(
                by=draft.applicant,
                application=draft,
                name="Mill Pond Free School",
                postcode="ZZ4 7QQ",
            )
            applications.send(
                by=draft.applicant, application=draft, signed_name=draft.applicant.name
            )
            outbox.sweep()

    def _appeals(self, cohort: Cohort) -> None:
        """One appeal to decide, one dismissed."""
        today = self.calendar.today
        for days, decided in ((26, False), (38, True)):
            declined = self.entry.declined(self._somebody(), cohort, today - timedelta(days=days))
            with at(today - timedelta(days=days - 15), 19):
                applications.appeal(
                    by=declined.applicant,
                    application=declined,
                    grounds="My sponsor has since seen me lead the whole-school timetable; "
                    "attendance rose from 91% to 94%.",
                )
                outbox.sweep()
            if decided:
                with at(today - timedelta(days=days - 21), 11):
                    applications.dismiss(
                        by=self.second_administrator,
                        application=declined,
                        reason="What you tell us is new and counts for your next application; "
                        "the decision fits what you and your sponsor had signed.",
                    )
                    outbox.sweep()

    def _waiting_list(self, cohort: Cohort) -> None:
        """Two places: both given, two more wait, one leaves, and the first in line is offered the place."""
        today = self.calendar.today
        by_mistake, _ = [
            self.entry.enrolled(self._somebody(), cohort, today - timedelta(days=d))
            for d in (26, 25)
        ]
        for days in (20, 18):
            application = self.entry.signed(self._somebody(), cohort, today - timedelta(days=days))
            with at(today - timedelta(days=days - 8), 11):
                applications.confirm(by=self.administrator, application=application)
                outbox.sweep()
        with at(today - timedelta(days=2), 9):
            applications.undo_confirm(
                by=self.administrator,
                application=Application.objects.get(enrolment=by_mistake),
                reason="Confirmed by mistake: the applicant had asked for the autumn.",
            )
            offered = applications.fill(by=None, cohort=cohort)
            outbox.sweep()
        for application in offered:
            self.register.persona(application.applicant, "Has been offered a place to take up.")

    def _sponsors(self, cohort: Cohort) -> None:
        """A head whom two colleagues asked."""
        today = self.calendar.today
        school = self.entry.schools[4]
        sponsors = [
            self.entry.sponsor_in(
                self.entry.sent(
                    self._somebody(), cohort, today - timedelta(days=days), school=school
                ),
                today - timedelta(days=days - 2),
            )
            for days in (8, 4)
        ]
        self.register.persona(sponsors[-1], "Has been asked by two colleagues.")

    def _desk(self, cohort: Cohort, other: Cohort) -> None:
        """A note, a kept filter, a person who registered twice and began for another level by mistake."""
        today = self.calendar.today
        application = self.entry.signed(self._somebody(), cohort, today - timedelta(days=7))
        self.lived += 1  # the same leader by a second account, until the two are merged
        twin = accounts.register(
            by=None,
            email=f"{application.applicant.first_name}@home.example".lower(),
            first_name=application.applicant.first_name,
            last_name=application.applicant.last_name,
        )
        with at(today - timedelta(days=3), 12):
            applications.note(
                by=self.administrator,
                application=application,
                text="Rang to say that the trust would like an invoice in two halves.",
            )
            applications.save_filter(
                by=self.administrator,
                name="With sponsors, two weeks",
                query="waits_for=sponsor&age=14",
            )
            again = applications.start(by=twin, cohort=other)
            applications.save_details(
                by=twin,
                application=again,
                school=application.school,
                post="Deputy headteacher",
                trn=application.trn,
            )
