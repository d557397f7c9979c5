import pytest

from tests.applications import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_data")]


@pytest.mark.parametrize(
    "stage",
    [
        "started",
        "draft",
        "with_sponsor",
        "begun",
        "answered",
        "sponsor_needed",
        "ready",
        "referred",
        "not_ready",
        "accepted",
        "declined",
        "withdrawn",
    ],
)
def test_each_stage(stage):
    print(steps.application_at(stage).status)


def test_enrol():
    steps.enrolled_participant()
