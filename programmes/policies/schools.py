"""How a school's postcode is kept (G3). Pure."""

import re


def clean_postcode(typed: str) -> str:
    """A postcode as it is kept, 'SW1A 1AA', or '' when it does not look like one or the start of one."""
    squeezed = re.sub(r"[^A-Z0-9]", "", typed.upper())
    if re.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}", squeezed):
        return f"{squeezed[:-3]} {squeezed[-3:]}"
    return ""
