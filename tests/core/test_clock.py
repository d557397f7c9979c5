"""The clock: London's day, and a moment that can be set and comes back."""

from datetime import UTC, date, datetime

from core import clock


def test_a_day_ends_at_midnight_in_london():
    with clock.travel(datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 6, 30)
    with clock.travel(datetime(2026, 6, 30, 23, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)


def test_travelling_ends_with_its_block():
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    with clock.travel(moment):
        assert clock.now() == moment
    assert clock.now() > moment
