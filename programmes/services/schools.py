"""The verbs about one school (G3), and what every school is found by. The Department's file is school_import."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from core import audit
from programmes import events, policies
from programmes.models import School, SchoolWord

LETTERS = range(2, 61)  # of words by which typing errors are found out


@transaction.atomic
def add_school(*, by: User | None, urn: str, name: str, **fields: Any) -> School:
    """Add a school; `fields` are the other columns of School (G3)."""
    school = School(urn=urn, name=name, **fields)
    school.search = search_of(school)
    school.save(force_insert=True)
    keep_words([school.search])
    audit.record(events.SCHOOL_ADDED, by=by, on=school)
    return school


def search_of(school: School) -> str:
    """What the picker looks through for this school."""
    return policies.search_text(
        name=school.name,
        postcode=school.postcode,
        places=(
            school.street,
            school.locality,
            school.town,
            school.district,
            school.local_authority,
        ),
    )


def keep_words(search_texts: Iterable[str]) -> None:
    """Know the words of these texts, in one order so that two writers do not wait for each other."""
    words = {
        word
        for text in search_texts
        for word in text.split()
        if word.isalpha() and len(word) in LETTERS
    }
    SchoolWord.objects.bulk_create(
        [SchoolWord(word=word) for word in sorted(words)], ignore_conflicts=True
    )


def count_words() -> None:
    """Know every school's words, and only these, with how many schools have each."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programmes_schoolword")
        cursor.execute(
            """
            INSERT INTO programmes_schoolword (word, schools)
            SELECT word, count(DISTINCT school.id)
            FROM programmes_school AS school, unnest(string_to_array(search, ' ')) AS word
            WHERE word ~ '^[a-z]{2,60}$'
            GROUP BY word
            ORDER BY word
            """
        )
