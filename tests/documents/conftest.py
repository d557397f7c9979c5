"""What the tests of the documents room share."""

import pytest

from accounts.models import User
from tests.documents import made_reports
from tests.worker import celery_worker_process

__all__ = ["celery_worker_process"]


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ama@example.invalid", first_name="Ama", last_name="Boateng")


@pytest.fixture
def stranger(db: None) -> User:
    return User.objects.create_user("bo@example.invalid", first_name="Bo", last_name="Lund")


@pytest.fixture(autouse=True)
def no_runs() -> None:
    made_reports.runs.clear()
