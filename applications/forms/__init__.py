"""Forms of entry, by audience. What is valid beyond a field's own kind is the policies' business."""

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Button, Layout


def helper(*fields: object, button: str, warning: bool = False) -> FormHelper:
    """A form in one column whose button says what it does; sent twice, it is carried out once."""
    made = FormHelper()
    made.idempotent = True
    make = Button.warning if warning else Button.primary
    made.layout = Layout(*fields, make("save", button))
    return made
