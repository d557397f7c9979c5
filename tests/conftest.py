"""What every test shares: the eager queue of unit tests, callbacks at commit, plain static files, closed sockets."""

import pathlib
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection

from npq_portal.celery import app


def pytest_configure(config: pytest.Config) -> None:
    """Tests use no collected static files and a quick password hash."""
    django_settings.STORAGES = {
        **django_settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django_settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def files_folder(settings: object) -> Iterator[pathlib.Path]:
    """Uploaded files of one test, thrown away after it."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="portal-test-"))
    settings.MEDIA_ROOT = str(folder / "files")  # type: ignore[attr-defined]
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def queue(request: pytest.FixtureRequest) -> Iterator[None]:
    """Unit tests run tasks at once; those marked `integration` or `browser` use a real worker."""
    real = {"integration", "browser", "faults"} & {
        mark.name for mark in request.node.iter_markers()
    }
    app.conf.task_always_eager = not real
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def at_commit(django_capture_on_commit_callbacks):
    """A block whose promised effects (mails, reports) happen at its end, as after a real commit."""

    def block():
        return django_capture_on_commit_callbacks(execute=True)

    return block


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    """The test database holds the framework's editions, as every portal does.

    Raises RuntimeError on a database that is no test database: tests empty tables.
    """
    name = connection.settings_dict["NAME"]
    if not name.startswith("test_"):
        raise RuntimeError(f"{name} is not a test database; let the test ask for `db`")
    with django_db_blocker.unblock():
        call_command("load_reference", verbosity=0)


@pytest.fixture
def reference_data(db: None) -> None:
    """The framework's editions; loaded again where a test with real commits has emptied the tables."""
    call_command("load_reference", verbosity=0)
