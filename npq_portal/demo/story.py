"""The demonstration as a whole: about seventy school leaders at every stage of the way (house.md, habit 10)."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from accounts.models import User
from accounts.states import Role
from applications import services as applications
from assessment import services as assessment
from core import clock
from frameworks import queries as frameworks
from frameworks import services as standards
from frameworks.models import Level, Task
from npq_portal.demo.calendar import Calendar, at
from npq_portal.demo.deciding import Deciding
from npq_portal.demo.entry import DOUBTFUL_BEHAVIOURS, Entry
from npq_portal.demo.people import Register
from npq_portal.demo.schools import made_up_schools
from npq_portal.demo.work import Work
from programmes import services as programmes
from programmes.models import Cohort, Enrolment
from programmes.states import PauseReason
from quality import services as quality

LEVELS = ("NPQML", "NPQSL", "NPQH", "NPQEL")
# Level by level: what a place costs in pence, and how many the provider is to recruit in a year.
FEES = {"NPQML": 85_000, "NPQSL": 105_000, "NPQH": 185_000, "NPQEL": 350_000}
RECRUITMENT = {"NPQML": 3, "NPQSL": 6, "NPQH": 3, "NPQEL": 2}
IN_THE_EAST = ("East of England", "London")
DEMONSTRATION = "A demonstration value, not a published pass mark"


@dataclass
class Story:
    """Lives the demonstration through; `lived` tells how many learners came to be."""

    random: Random
    lived: int = 0

    def __post_init__(self) -> None:
        self.calendar = Calendar(clock.today())
        self.register = Register(self.random)
        self.levels: dict[str, Level] = {
            level.code: level for level in frameworks.levels(frameworks.edition("2019"))
        }

    def live(self) -> int:
        """Everybody's story, one after the other; the number of learners."""
        first_day = self.calendar.finishing_start() - timedelta(days=90)
        with at(first_day):
            staff = self.register.staff()
            schools = made_up_schools()
            for region in sorted({school.region for school in schools}):
                applications.cover_region(
                    by=None,
                    moderator=staff[Role.REGIONAL_MODERATOR][region in IN_THE_EAST],
                    region=region,
                )
            self._pass_marks()
            for place in range(10):
                assessment.set_marking_point(
                    by=None, opens_on=first_day + timedelta(days=91 * place)
                )
        self.administrator, second = staff[Role.ADMINISTRATOR]
        self.entry = Entry(
            self.random,
            self.register,
            schools,
            self.administrator,
            {},
        )
        self.deciding = Deciding(
            self.calendar,
            self.register,
            self.entry,
            self.administrator,
            second,
            staff[Role.REGIONAL_MODERATOR],
        )
        self.deciding.funding_rules(self.calendar.this_start)
        self.work = Work(self.random, self.administrator, staff[Role.ASSESSOR])
        self._targets()
        self._finishing()
        self._last_year()
        self._this_year()
        self._applying()
        return self.lived

    def _pass_marks(self) -> None:
        """Two thirds of the marks where none is published; the last one is left for the provider to enter."""
        for level in self.levels.values():
            for task in frameworks.tasks(level):
                if task.reference == self._held_up().reference or hasattr(task, "pass_mark"):
                    continue
                standards.enter_pass_mark(
                    by=None,
                    task=task,
                    value=task.marks_available * 2 // 3,
                    source=DEMONSTRATION,
                    demonstration=True,
                )

    def _held_up(self) -> Task:
        return frameworks.task("2019", "NPQEL", 2)

    def _targets(self) -> None:
        start = self.calendar.year_start
        for first in (start, date(start.year - 1, 9, 1)):
            for code, number in RECRUITMENT.items():
                quality.set_target(
                    by=self.administrator,
                    level=code,
                    period_start=first,
                    period_end=date(first.year + 1, 8, 31),
                    recruitment_target=number,
                    fsm_target_percent=30,
                    non_white_british_target_percent=20,
                )

    def _cohort(
        self, code: str, name: str, starts_on: date, closes_on: date, capacity: int = 30
    ) -> Cohort:
        with at(closes_on - timedelta(days=60)):
            return programmes.open_cohort(
                by=self.administrator,
                level=self.levels[code],
                name=name,
                starts_on=starts_on,
                applications_close_on=closes_on,
                capacity=capacity,
                fee_pence=FEES[code],
            )

    def _cohorts(self, starts_on: date) -> dict[str, Cohort]:
        name = f"{'Autumn' if starts_on.month >= 8 else 'Spring'} {starts_on.year}"
        return {
            code: self._cohort(code, name, starts_on, starts_on - timedelta(days=20))
            for code in LEVELS
        }

    def _taking_part(self, cohort: Cohort, starts_on: date) -> Enrolment:
        """Somebody who applied before the start and takes part since."""
        enrolment = self._enrolled(cohort, cohort.applications_close_on - timedelta(days=9))
        with at(starts_on, 9):
            return programmes.commence(by=self.administrator, enrolment=enrolment)

    def _enrolled(self, cohort: Cohort, on: date) -> Enrolment:
        self.lived += 1
        return self.entry.enrolled(self.register.somebody(), cohort, on)

    def _finishing(self) -> None:
        """Those whose eighteen months end this year: submitted, being marked, marked and released."""
        start = self.calendar.finishing_start()
        cohorts = self._cohorts(start)
        today = self.calendar.today
        done = today - timedelta(days=100)
        plan = (
            *[("NPQSL", "released", "pass")] * 4,
            ("NPQSL", "released", "zero"),
            *[("NPQML", "released", "pass")] * 2,
            ("NPQML", "released", "fail"),
            ("NPQSL", "marked", "pass"),
            ("NPQSL", "marked", "fail"),
            ("NPQML", "marked", "pass"),
            *[("NPQSL", "allocated", "")] * 3,
            ("NPQML", "marking", ""),
            ("NPQSL", "marking", ""),
            *[("NPQSL", "submitted", "")] * 2,
            ("NPQML", "submitted", ""),
            ("NPQH", "both", "pass"),
            ("NPQEL", "held up", "pass"),
            ("NPQSL", "late", ""),
            ("NPQML", "withdrawn", ""),
        )
        for place, (code, stage, wanted) in enumerate(plan):
            enrolment = self._taking_part(cohorts[code], start + timedelta(days=place % 5))
            day = done + timedelta(days=place)
            self._finish(enrolment, stage, wanted, day, long=place == 12)

    def _finish(self, enrolment: Enrolment, stage: str, wanted: str, day: date, long: bool) -> None:
        tasks = frameworks.tasks(enrolment.level)
        if stage == "late":
            return
        if stage == "withdrawn":
            with at(day):
                programmes.withdraw(
                    by=self.administrator, enrolment=enrolment, reason=PauseReason.NEW_POST
                )
            return
        if stage in ("both", "held up"):
            scripts = [self.work.submitted(enrolment, task, day) for task in tasks]
            marked = [
                self.work.marked(script, day + timedelta(days=30), wanted) for script in scripts
            ]
            if stage == "both":
                self.work.released(marked, day + timedelta(days=50))
            return
        words = tasks[0].word_limit + 60 if long else 1500
        script = self.work.submitted(enrolment, tasks[0], day, words)
        if stage == "submitted":
            return
        if stage in ("allocated", "marking"):
            to = self.work.assessors[0 if enrolment.level.code == "NPQSL" else 3]
            marking = self.work.allocated(script, self.calendar.today - timedelta(days=6), to)
            if stage == "marking":
                self.work.mark(marking, self.calendar.today - timedelta(days=1), only=6)
            return
        script = self.work.marked(script, day + timedelta(days=40), wanted)
        if stage == "released":
            self.work.released([script], day + timedelta(days=60))
            if wanted == "pass" and enrolment.level.code == "NPQSL":
                self._once("result", enrolment, "Has a result to read, and a report to download.")

    def _last_year(self) -> None:
        """Those who are half way: leading their projects, some of them writing."""
        start = self.calendar.last_start
        cohorts = self._cohorts(start)
        for place, code in enumerate(
            ("NPQSL", "NPQSL", "NPQML", "NPQH", "NPQSL", "NPQML", "NPQEL", "NPQH")
        ):
            enrolment = self._taking_part(cohorts[code], start)
            if place == 0:
                self._once("taking part", enrolment, "Takes part in NPQSL and has work to submit.")
            if place in (1, 2, 3):
                self.work.started(
                    enrolment,
                    frameworks.tasks(enrolment.level)[0],
                    self.calendar.today - timedelta(days=8 + place),
                    900,
                )
            if place == 5:
                with at(start + timedelta(days=120)):
                    programmes.defer(
                        by=self.administrator, enrolment=enrolment, reason=PauseReason.HEALTH
                    )

    def _this_year(self) -> None:
        """Those who have started, or are about to, this academic year."""
        start = self.calendar.this_start
        cohorts = self._cohorts(start)
        for code in ("NPQSL", "NPQSL", "NPQML", "NPQML", "NPQH", "NPQH", "NPQEL"):
            self._taking_part(cohorts[code], start)

    def _applying(self) -> None:
        """Those who apply for the next cohort, at every stage of it."""
        calendar, entry = self.calendar, self.entry
        cohorts = {
            code: self._cohort(
                code, f"{calendar.next_start:%B %Y}", calendar.next_start, calendar.closing
            )
            for code in LEVELS
        }
        today = calendar.today

        def somebody(code: str) -> tuple[User, Cohort]:
            self.lived += 1
            return self.register.somebody(), cohorts[code]

        newcomer = self.register.somebody()
        self.lived += 1
        self.register.persona(
            newcomer, "Has not applied yet; can start an application for any level."
        )
        for days, (code, sections) in enumerate(
            (("NPQSL", 1), ("NPQML", 2), ("NPQSL", 4), ("NPQH", 3), ("NPQEL", 2)), start=2
        ):
            person, cohort = somebody(code)
            entry.draft(person, cohort, today - timedelta(days=days), sections)
            if sections == 4:
                self.register.persona(person, "Has an application that is ready to check and send.")
        for days, code in enumerate(("NPQSL", "NPQML", "NPQH", "NPQSL", "NPQML"), start=2):
            person, cohort = somebody(code)
            application = entry.sent(person, cohort, today - timedelta(days=2 * days))
            if days == 2:
                sponsor = entry.sponsor_in(application, today - timedelta(days=1))
                self.register.persona(sponsor, "Has been asked to sponsor a colleague.")
        entry.turned_down(*somebody("NPQSL"), today - timedelta(days=12))
        for days, code in enumerate(("NPQSL", "NPQML", "NPQH"), start=6):
            entry.signed(*somebody(code), today - timedelta(days=days))
        for days, disputed in enumerate((0, 1, 3), start=8):
            entry.signed(
                *somebody("NPQSL"),
                today - timedelta(days=days),
                behaviours=DOUBTFUL_BEHAVIOURS,
                disputed=disputed,
            )
        for days in (12, 14):
            declined = entry.declined(*somebody("NPQH"), today - timedelta(days=days))
            if days == 12:
                self.register.persona(
                    declined.applicant, "Has a letter that says no, and may appeal."
                )
        for days, code in enumerate(("NPQSL", "NPQSL", "NPQML", "NPQH"), start=9):
            self._enrolled(cohorts[code], today - timedelta(days=days))
        full = self._cohort(
            "NPQSL",
            f"{calendar.next_start:%B %Y}, Northern hub",
            calendar.next_start,
            calendar.closing,
            capacity=2,
        )
        self.lived += self.deciding.live(cohorts, full)

    def _once(self, key: str, enrolment: Enrolment, story: str) -> None:
        """Put the first participant of a kind on the persona page."""
        if key not in self.__dict__.setdefault("_shown", set()):
            self.__dict__["_shown"].add(key)
            self.register.persona(enrolment.participant, story)
