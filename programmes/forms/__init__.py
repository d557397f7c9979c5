"""Forms of programmes, and the day field that every room uses."""

from datetime import date

from crispy_forms_gds.fields import DateInputField
from django import forms

NOT_A_DAY = "Enter a real date, such as 27 3 2027"
# (choice) A year outside these is a slip of the hand, most often one of two figures.
YEARS = range(1900, 2200)


class DayField(DateInputField):  # type: ignore[misc]
    """A day in three parts; one that no calendar has, or a part of one, is told in plain words."""

    def compress(self, data_list: list[str]) -> date | None:
        try:
            day: date | None = super().compress(data_list)
        except (forms.ValidationError, OverflowError) as error:
            raise forms.ValidationError(NOT_A_DAY) from error
        is_part = day is None and any(data_list)
        if is_part or (day and day.year not in YEARS):
            raise forms.ValidationError(NOT_A_DAY)
        return day
