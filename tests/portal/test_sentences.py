"""The homes' sentences: what each person reads first."""

from datetime import date

import pytest

from npq_portal.homes import sentences

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 12, 4), "in 12 days"),
        (date(2026, 11, 21), "1 day ago"),
        (date(2026, 11, 19), "3 days ago"),
    ],
)
def test_a_deadline_is_told_in_days(until, words):
    assert sentences.days_left(until, DAY) == words


def test_a_deadline_has_its_date_and_its_days():
    assert sentences.by_when(date(2027, 3, 12), DAY) == "12 March 2027, in 110 days"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "You have marked everything."),
        (1, "1 script waits for you."),
        (1200, "1,200 scripts wait for you."),
    ],
)
def test_what_waits_is_counted(number, words):
    assert sentences.waiting(number, "script", "You have marked everything.") == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (
            "enrolled",
            "You are enrolled on NPQSL (Autumn). Your programme starts on 1 December 2026.",
        ),
        ("commenced", "You are enrolled on NPQSL (Autumn). Next: submit your work by 1 June 2028."),
        ("passed", "You have passed NPQSL. Congratulations."),
        ("withdrawn", "You have left NPQSL."),
    ],
)
def test_an_enrolment_says_what_comes_next(status, words):
    found = sentences.enrolled("NPQSL", "Autumn", status, date(2026, 12, 1), date(2028, 6, 1))
    assert found == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("draft", "is not sent yet. Next: finish it by 20 December 2026."),
        ("with_sponsor", "is with Bo Lee. There is nothing for you to do now."),
        ("accepted", "was accepted."),
    ],
)
def test_an_application_says_what_it_waits_for(status, words):
    found = sentences.applying("NPQSL", "Spring", status, "Bo Lee", date(2026, 12, 20))
    assert found == f"Your application for NPQSL (Spring) {words}"


def test_without_a_name_the_sponsor_is_yours():
    found = sentences.applying("NPQH", "Spring", "with_sponsor", "", DAY)
    assert found.endswith("is with your sponsor. There is nothing for you to do now.")
