"""An edition's states: what may be done in each."""

import pytest

from core.errors import WrongMoment
from frameworks.states import EDITION, EditionStatus


def test_a_draft_can_be_changed_and_published_and_nothing_else_can() -> None:
    table = {status: EDITION.verbs(status) for status in EditionStatus}
    assert table == {
        EditionStatus.DRAFT: ("change", "publish"),
        EditionStatus.PUBLISHED: (),
    }


@pytest.mark.parametrize(
    ("verb", "says"),
    [
        ("change", "This edition is published, so its wording is frozen."),
        ("publish", "This edition is published already."),
    ],
)
def test_a_published_edition_says_why_not(verb: str, says: str) -> None:
    with pytest.raises(WrongMoment, match=says):
        EDITION.target(verb, EditionStatus.PUBLISHED)
