"""The world of `world.py`, built once for each module that asks for it and taken back at its end."""

import pathlib
import shutil
import tempfile
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import override_settings

from tests.portal import world as worlds


@pytest.fixture(scope="module")
def lived(django_db_setup: None, django_db_blocker) -> Iterator[tuple[worlds.World, pathlib.Path]]:
    """The world inside a transaction that is never committed, and the folder of its files."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="portal-world-"))
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=str(folder / "files")),
        worlds.undone(),
    ):
        call_command("load_reference", verbosity=0)
        made = worlds.build()
        with django_db_blocker.block():
            yield made, folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def world(lived, db: None, settings) -> worlds.World:
    """The world with its files; what one test does to it the next does not see."""
    made, folder = lived
    settings.MEDIA_ROOT = str(folder / "files")
    settings.DEMO = False
    return made
