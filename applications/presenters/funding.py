"""Words about funding: who pays and why, the years' rules, the report of grants as page and file (A12)."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from django.urls import reverse
from openpyxl import Workbook

from accounts.models import User
from applications.models import Application, FundingDecision, FundingYear
from applications.policies import funding as rules
from applications.presenters.exporting import harmless
from applications.presenters.parts import Action, Panel
from applications.queries import funding as queries
from applications.states import ApplicationStatus, FundingRoute
from core.templatetags.portal import plural, uk_date
from programmes.models import School

HEADINGS = (
    "URN",
    "School",
    "Local authority",
    "Participants, due",
    "Due (£)",
    "Participants, expected",
    "Expected (£)",
)


def money(pence: int) -> str:
    """'£800', '£1,250.50', '£0'."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


ROUTE_WORDS: dict[str, str] = {
    FundingRoute.SELF: "The applicant",
    FundingRoute.SCHOOL: "The school or trust",
    FundingRoute.SCHOLARSHIP: "A scholarship",
    FundingRoute.APPRENTICESHIP: "An apprenticeship (levy)",
}


def route_words(route: str) -> str:
    """Who pays, as staff read it."""
    return ROUTE_WORDS.get(route, "Not given")


def panel(application: Application, user: User) -> Panel | None:
    """What was decided, why and from what; staff may decide again."""
    if application.status != ApplicationStatus.ACCEPTED:
        return None
    made = queries.decisions(application)
    if not made:
        return None
    now = made[-1]
    may = user.has_perm("applications.fund", application)
    url = reverse("applications:decide_funding", args=[application.reference])
    attention = rules.RouteReason(now.reason_code) in rules.NEEDS_ATTENTION
    return Panel(
        "Funding",
        "applications/panels/funding.html",
        {
            "rows": decision_rows(now),
            "attention": attention,
            "earlier": [
                f"{route_words(each.route)}, {uk_date(each.decided_at)} to {uk_date(each.replaced_at)}"
                for each in reversed(made[:-1])
            ],
        },
        (Action("Decide the funding again", url, "secondary" if attention else "link"),)
        if may
        else (),
    )


def decision_rows(decision: FundingDecision) -> list[tuple[str, str]]:
    """A decision as keys and values."""
    used = decision.inputs
    pupils = used.get("pupils")
    size = "pupils not known" if pupils is None else f"{pupils:,} pupils"
    school = ", ".join(filter(None, (used.get("kind"), used.get("phase"), size)))
    why_support = rules.SUPPORT_WORDS[rules.SupportReason(used["support"])]
    support = f"{money(decision.support_pence)}. {why_support}"
    if used.get("band"):
        phase, *ends = used["band"][:3]
        each = rules.Band(phase, ends[0], ends[1], 0)
        support = f"{money(decision.support_pence)}: {phase}, {rules.band_in_words(each)} pupils"
    who = decision.decided_by.name if decision.decided_by else "the portal"
    reason = rules.RouteReason(decision.reason_code)
    says_no_more = reason in (rules.RouteReason.PAYS_SELF, rules.RouteReason.SCHOOL_PAYS)
    return [
        ("Who pays", route_words(decision.route)),
        *(() if says_no_more else (("Why", rules.WORDS[reason]),)),
        ("Support for the school", support),
        ("Worked out from", school),
        ("Rules of", used.get("year") or "No year"),
        ("Decided", f"{uk_date(decision.decided_at)}, by {who}"),
    ]


def own_line(application: Application) -> str:
    """One sentence for the applicant's acceptance: who pays. '' where it is not known."""
    decision = queries.current_decision(application)
    if decision is None:
        return ""
    return {
        rules.RouteReason.SCHOLARSHIP: "A scholarship pays for your place.",
        rules.RouteReason.PAYS_SELF: "You pay for your place yourself.",
        rules.RouteReason.SCHOOL_PAYS: "Your school or trust pays for your place.",
        rules.RouteReason.DUAL_AWARD: "The apprenticeship levy pays for your place.",
    }.get(
        rules.RouteReason(decision.reason_code),
        "How your place is paid for is not settled yet: we write to you about it.",
    )


def years(found: Sequence[FundingYear]) -> list[dict[str, Any]]:
    """The years, each with its rules in words."""
    return [
        {
            "year": each,
            "days": f"{uk_date(each.starts_on)} to {uk_date(each.ends_on)}",
            "url": year_url(each),
            "workplaces": len(each.workplaces.all()),
            "bands": len(each.bands.all()),
        }
        for each in found
    ]


def year_url(year: FundingYear) -> str:
    """The page of a year's rules."""
    return reverse("applications:funding_year", args=[year.code])


def bands(year: FundingYear) -> list[tuple[str, str, str]]:
    """The bands as rows of a table."""
    return [
        (each.phase, rules.band_in_words(each), money(each.pence))
        for each in queries.rules_of(year).bands
    ]


def grant_rows(year: FundingYear, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of the report, with the address of the people behind each."""
    return [
        {
            "urn": each["application__school__urn"],
            "name": each["application__school__name"],
            "authority": each["application__school__local_authority"],
            "people": f"{reverse('applications:grant_people', args=[year.code])}"
            f"?school={each['application__school__urn']}",
            **amounts(each),
        }
        for each in found
    ]


def amounts(row: dict[str, Any]) -> dict[str, Any]:
    """Numbers of people, and money in words."""
    return {
        "due": row["due"],
        "expected": row["expected"],
        "due_words": f"for {plural(row['due'], 'participant')}, started",
        "expected_words": f"for {plural(row['expected'], 'participant')}, not started yet",
        "due_money": money(row["due_pence"]),
        "expected_money": money(row["expected_pence"]),
    }


def people_heading(school: School | None, counts: str) -> str:
    """Whose numbers they are."""
    which = {"due": "Grants due", "expected": "Grants expected"}.get(counts, "Every grant")
    return f"{which}: {school.name}" if school else which


def people_rows(found: Sequence[queries.Behind]) -> list[dict[str, Any]]:
    """Who is behind a number, and why it counts as it does."""
    rows = []
    for each in found:
        application = each.decision.application
        enrolment = application.enrolment
        rows.append(
            {
                "application": application,
                "money": money(each.decision.support_pence),
                "is_due": each.is_due,
                "why": f"Started on {uk_date(enrolment.commenced_on)}"
                if enrolment and each.is_due
                else f"Has not started; the cohort starts on {uk_date(application.cohort.starts_on)}",
            }
        )
    return rows


def cells(row: dict[str, Any]) -> list[Any]:
    """One school in the order of HEADINGS; money in pounds."""
    return [
        row["application__school__urn"],
        harmless(row["application__school__name"]),
        harmless(row["application__school__local_authority"]),
        row["due"],
        _pounds(row["due_pence"]),
        row["expected"],
        _pounds(row["expected_pence"]),
    ]


def _pounds(pence: int) -> int | float:
    return pence // 100 if pence % 100 == 0 else pence / 100


class _Line:
    """What csv.writer writes to: the line just written."""

    def write(self, text: str) -> str:
        return text


def as_csv(rows: Iterable[dict[str, Any]], total: dict[str, Any]) -> Iterator[str]:
    """The report as a file, begun with the mark by which Excel knows UTF-8; its last line is the total."""
    writer = csv.writer(_Line())
    yield "\ufeff" + str(writer.writerow(HEADINGS))
    for row in rows:
        yield str(writer.writerow(cells(row)))
    yield str(writer.writerow(_total(total)))


def write_xlsx(rows: Iterable[dict[str, Any]], total: dict[str, Any], file: IO[bytes]) -> None:
    """The same as one sheet, written row by row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Grants")
    sheet.freeze_panes = "C2"
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(cells(row))
    sheet.append(_total(total))
    book.save(file)


def _total(total: dict[str, Any]) -> list[Any]:
    return [
        "",
        "Total",
        "",
        total["due"],
        _pounds(total["due_pence"]),
        total["expected"],
        _pounds(total["expected_pence"]),
    ]
