"""Public references: readable, unguessable, unique."""

import re

from core.references import ALPHABET, LENGTH, ReferenceField, new_reference


def test_a_reference_is_its_prefix_and_eight_clear_characters():
    assert re.fullmatch(rf"APP-[{ALPHABET}]{{{LENGTH}}}", new_reference("APP"))
    assert not set(ALPHABET) & set("AEIOU01L")


def test_a_thousand_references_differ():
    assert len({new_reference("X") for _ in range(1000)}) == 1000


def test_a_migration_holds_only_the_prefix():
    _, path, arguments, keywords = ReferenceField("APP").deconstruct()
    assert (path, arguments, keywords) == ("core.references.ReferenceField", ["APP"], {})
