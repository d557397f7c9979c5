"""The sentences of the homes: facts in, plain words out. Pure."""

from datetime import date


def day(value: date) -> str:
    """'12 March 2027'."""
    return f"{value.day} {value:%B %Y}"


def count(number: int, one: str, many: str = "") -> str:
    """'1 script', '3 scripts', 'no scripts'."""
    return f"{f'{number:,}' if number else 'no'} {one if number == 1 else many or one + 's'}"


def days_left(until: date, today: date) -> str:
    """'today', 'tomorrow', 'in 12 days' or '3 days ago'."""
    left = (until - today).days
    if left < 0:
        return f"{count(-left, 'day')} ago"
    return {0: "today", 1: "tomorrow"}.get(left, f"in {left:,} days")


def by_when(until: date, today: date) -> str:
    """'12 March 2027, in 110 days'."""
    return f"{day(until)}, {days_left(until, today)}"


def waiting(number: int, one: str, nobody: str) -> str:
    """'3 scripts wait for you.', or the sentence for when there is nothing to do."""
    if not number:
        return nobody
    text = count(number, one)
    return f"{text[0].upper()}{text[1:]} {'waits' if number == 1 else 'wait'} for you."


def enrolled(level: str, cohort: str, status: str, starts_on: date, deadline: date | None) -> str:
    """Where an enrolment is and what comes next."""
    place = f"You are enrolled on {level} ({cohort})."
    if status == "enrolled":
        return f"{place} Your programme starts on {day(starts_on)}."
    if status == "commenced" and deadline:
        return f"{place} Next: submit your work by {day(deadline)}."
    return {
        "presented": f"You have submitted everything that {level} asks for. Your result comes next.",
        "passed": f"You have passed {level}. Congratulations.",
        "failed": f"You have not passed {level} yet. Your result page says what you can do.",
        "withdrawn": f"You have left {level}.",
        "deferred": f"You have paused {level}. We will agree with you when you start again.",
    }.get(status, place)


def applying(
    level: str,
    cohort: str,
    status: str,
    sponsor: str,
    closes_on: date,
    offer_until: date | None = None,
) -> str:
    """Where an application is and what it waits for."""
    subject = f"Your application for {level} ({cohort})"
    who = sponsor or "your sponsor"
    return {
        "draft": f"{subject} is not sent yet. Next: finish it by {day(closes_on)}.",
        "with_sponsor": f"{subject} is with {who}. There is nothing for you to do now.",
        "sponsor_needed": f"{subject} needs another sponsor. Next: name one by {day(closes_on)}.",
        "ready": f"{subject} is with us. We will email you when it is decided.",
        "referred": f"{subject} is with us. We will email you when it is decided.",
        "returned": f"We need more from you for {subject[0].lower()}{subject[1:]}. Next: send it back to us.",
        "waiting": f"{subject} is accepted and on the waiting list. We write to you when a place is free.",
        "offered": f"We offer you a place on {level} ({cohort}). Next: take it up by "
        f"{day(offer_until) if offer_until else 'the day in our message'}.",
        "appealed": f"Your appeal about {level} ({cohort}) is being decided. There is nothing for you to do now.",
        "lapsed": f"Our offer of a place on {level} ({cohort}) has lapsed.",
        "closed": f"{subject} was closed, because you have a place already.",
        "declined": f"{subject} was not accepted. Our letter says what would help next time.",
        "withdrawn": f"{subject} was withdrawn.",
    }.get(status, f"{subject} was accepted.")
