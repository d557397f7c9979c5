"""Every mail of every room can be read in the portal: it has a sample, which fills every gap in its words."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Engine, engines

from accounts import notifications

FOLDER = Path(settings.BASE_DIR) / "templates" / "mail"
ON_DISK = sorted(
    str(path.relative_to(FOLDER).with_suffix(""))
    for path in FOLDER.rglob("*.txt")
    if path.name != "base.txt"
)
GAP = "!a gap!"


def without_sample(names: list[str]) -> set[str]:
    """The templates that nobody can read in the portal."""
    return set(names) - set(notifications.sampled())


def test_every_template_has_a_sample_and_every_sample_a_template():
    assert len(ON_DISK) > 20
    assert without_sample(ON_DISK) == set()
    assert set(notifications.sampled()) == set(ON_DISK)


def test_a_template_without_sample_is_noticed():
    """Canary."""
    assert without_sample([*ON_DISK, "applications/planted"]) == {"applications/planted"}


def test_every_text_has_its_html():
    assert (
        sorted(
            str(path.relative_to(FOLDER).with_suffix(""))
            for path in FOLDER.rglob("*.html")
            if path.name != "base.html"
        )
        == ON_DISK
    )


@pytest.fixture
def gaps(monkeypatch):
    """Templates say loudly where a word is missing."""
    engine = Engine.get_default()
    monkeypatch.setattr(engine, "string_if_invalid", GAP)
    assert engine is engines["django"].engine
    loader = engine.template_loaders[0]
    if hasattr(loader, "reset"):
        loader.reset()
    yield
    if hasattr(loader, "reset"):
        loader.reset()


@pytest.mark.parametrize("name", ON_DISK)
def test_a_sample_reads_like_a_mail(name, gaps):
    mail = notifications.compose_sample(name)
    html = str(mail.alternatives[0][0])
    for said in (mail.subject, mail.body, html):
        assert GAP not in said
        assert "{{" not in said
        assert "{%" not in said
        assert "None" not in said
    assert 10 < len(mail.subject) <= 120
    assert len(re.findall(r"https?://\S+", mail.body)) <= 1
    assert html.count("<a ") <= 1
    assert '<html lang="en-GB">' in html
    assert "style=" not in html


@pytest.mark.parametrize("name", ON_DISK)
def test_text_and_html_say_the_same(name):
    """What is read with formatting stands in the plain text too, the words of the link apart."""
    mail = notifications.compose_sample(name)
    html = re.sub(r"<a [^>]*>.*?</a>|<title>.*?</title>|<[^>]+>", " ", str(mail.alternatives[0][0]))
    html = html.replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", '"')
    plain = set(re.findall(r"[\w’'-]+", str(mail.body)))
    assert set(re.findall(r"[\w’'-]+", html)) - plain - {"NPQ", "Portal"} == set()
