"""The words of schools, and search texts for the schools that are there already."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from programmes.policies.schools import search_text

PLACES = ("street", "locality", "town", "district", "local_authority")
WORDS = """
    INSERT INTO programmes_schoolword (word, schools)
    SELECT word, count(DISTINCT school.id)
    FROM programmes_school AS school, unnest(string_to_array(search, ' ')) AS word
    WHERE word ~ '^[a-z]{2,60}$'
    GROUP BY word
    ON CONFLICT DO NOTHING
"""


def fill(apps, schema_editor):
    School = apps.get_model("programmes", "School")
    batch = []
    for school in School.objects.order_by("pk").iterator(chunk_size=500):
        school.search = search_text(
            name=school.name,
            postcode=school.postcode,
            places=[getattr(school, name) for name in PLACES],
        )
        batch.append(school)
        if len(batch) == 500:
            School.objects.bulk_update(batch, ["search"])
            batch = []
    School.objects.bulk_update(batch, ["search"])
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(WORDS)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0003_schools_and_cohorts"),
    ]

    operations = [
        migrations.CreateModel(
            name="SchoolWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=60, unique=True)),
                (
                    "schools",
                    models.PositiveIntegerField(default=1, verbose_name="schools that have it"),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        django.contrib.postgres.indexes.OpClass("word", name="gist_trgm_ops"),
                        name="school_word_trigrams",
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
