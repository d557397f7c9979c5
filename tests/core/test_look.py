"""The look: forms whose errors lead somewhere, words as people write them, pages that stand without help."""

import hashlib
import importlib.util
import json
import re
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from crispy_forms.templatetags import crispy_forms_tags
from crispy_forms.utils import default_field_template
from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout, Submit
from django import forms
from django.conf import settings as django_settings
from django.core.management import call_command
from django.forms import formset_factory
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from lxml import html

from core.templatetags import portal
from npq_portal.gallery import Specimen, examples, wrong_form

STATIC = Path(django_settings.BASE_DIR) / "static"
FOCUSABLE = "self::input[not(@type='hidden')] or self::select or self::textarea or self::button or @tabindex"


def render(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


def page_of(form: Any, summary: str = "{% error_summary form %}") -> str:
    return render("{% load crispy_forms_tags %}" + summary + "{% crispy form %}", form=form)


def faults(page: str) -> list[str]:
    """What a person with a keyboard or a screen reader would stumble over."""
    tree = html.fromstring(f"<div>{page}</div>")
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    found = [
        f"two elements have the id {name}" for name in sorted({i for i in ids if ids.count(i) > 1})
    ]
    for link in tree.xpath("//*[contains(@class, 'govuk-error-summary')]//a"):
        target = link.get("href").removeprefix("#")
        if not tree.xpath(f"//*[@id=$name][{FOCUSABLE}]", name=target):
            found.append(
                f"the error '{link.text_content().strip()}' leads to nothing that takes focus"
            )
    for element in tree.xpath("//*[@aria-describedby]"):
        names = element.get("aria-describedby").split()
        if not names:
            found.append(f"{element.get('id')} has an empty description")
        found += [
            f"{element.get('id')} is described by a missing {n}" for n in names if n not in ids
        ]
    for label in tree.xpath("//label"):
        if label.get("for") not in ids:
            found.append(f"the label '{label.text_content().strip()}' belongs to nothing")
    found += [
        "a form leaves checking to the browser" for _ in tree.xpath("//form[not(@novalidate)]")
    ]
    found += [
        "a button is an input" for _ in tree.xpath("//input[@type='submit' or @type='button']")
    ]
    for part in tree.xpath(
        "//*[contains(@class, 'govuk-date-input__input')][not(@inputmode='numeric')]"
    ):
        found.append(f"{part.get('id')} brings up no number keys")
    return found


class Dates(forms.Form):
    """Dates that are wrong as a whole, in one part, and not real."""

    empty = DateInputField(label="Empty")
    part = DateInputField(label="Part", require_all_fields=False)
    unreal = DateInputField(label="Unreal")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("empty", "part", "unreal", Submit("send", "Send"))


class Choices(forms.Form):
    """The two kinds of choice that the stock templates link to nothing."""

    level = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("a", "A")],
        error_messages={"required": "Choose a level"},
    )
    phases = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "A")],
        error_messages={"required": "Choose a phase"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)


def wrong_choices() -> Choices:
    return Choices({})


def wrong_dates() -> Dates:
    typed = {"part_0": "1", "part_1": "2", "unreal_0": "31", "unreal_1": "2", "unreal_2": "2027"}
    return Dates(typed)


class TestForms:
    def test_every_kind_of_field_in_error_leads_to_its_field(self) -> None:
        form = wrong_form()
        page = page_of(form)
        assert faults(page) == []
        wrong = {name for name in form.fields if form[name].errors}
        assert wrong == set(form.fields) - {"phone"}
        links = html.fromstring(page).xpath("//*[contains(@class, 'govuk-error-summary')]//a")
        assert len(links) == sum(len(errors) for errors in form.errors.values())

    def test_dates_lead_to_the_part_that_is_wrong(self) -> None:
        page = page_of(wrong_dates())
        assert faults(page) == []
        links = html.fromstring(page).xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
        assert links == ["#id_empty_0", "#id_part_2", "#id_unreal_0"]
        wrong = html.fromstring(page).xpath("//input[contains(@class, 'govuk-input--error')]/@id")
        assert wrong == [
            "id_empty_0", "id_empty_1", "id_empty_2", "id_part_2", "id_unreal_0", "id_unreal_1", "id_unreal_2",
        ]  # fmt: skip

    def test_choices_lead_to_the_first_of_them(self) -> None:
        page = page_of(wrong_choices())
        assert faults(page) == []
        links = html.fromstring(page).xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
        assert links == ["#id_level_0", "#id_phases_0"]

    def test_a_blank_form_has_nothing_to_stumble_over(self) -> None:
        page = page_of(Specimen())
        assert faults(page) == []
        assert "govuk-error-summary" not in page

    @pytest.mark.parametrize(
        ("make", "planted"),
        [
            (wrong_choices, "the error 'Choose a level' leads to nothing that takes focus"),
            (wrong_choices, "the error 'Choose a phase' leads to nothing that takes focus"),
            (
                wrong_dates,
                "the error 'Enter the day, month and year' leads to nothing that takes focus",
            ),
            (wrong_dates, "id_empty_0 brings up no number keys"),
            (wrong_dates, "a form leaves checking to the browser"),
            (wrong_dates, "a button is an input"),
            (wrong_dates, "id_part_0 has an empty description"),
        ],
    )
    def test_canary_the_stock_templates_have_these_faults(self, make: Any, planted: str) -> None:
        stock = {**django_settings.TEMPLATES[0], "DIRS": []}
        caches = (
            crispy_forms_tags.whole_uni_form_template,
            crispy_forms_tags.whole_uni_formset_template,
            default_field_template,
        )
        try:
            with override_settings(TEMPLATES=[stock]):
                for cache in caches:
                    cache.cache_clear()
                form = make()
                assert not form.is_valid()
                page = page_of(form, "{% load crispy_forms_gds %}{% error_summary form %}")
        finally:
            for cache in caches:
                cache.cache_clear()
        assert planted in faults(page)

    def test_formsets_show_the_errors_of_each_form(self) -> None:
        class Line(forms.Form):
            amount = forms.IntegerField(
                label="Amount", error_messages={"required": "Enter an amount"}
            )

        sent = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-amount": "1"}
        lines = formset_factory(Line, min_num=2, validate_min=True)(sent)
        links = portal.error_links(lines)
        assert {"text": "Enter an amount", "href": "#id_form-1-amount"} in links
        assert {"text": "Please submit at least 2 forms.", "href": ""} in links

    def test_an_error_of_a_hidden_field_is_said_without_a_link(self) -> None:
        class Secret(forms.Form):
            version = forms.IntegerField(
                widget=forms.HiddenInput, error_messages={"required": "Open the form again"}
            )

        page = page_of(Secret({}))
        assert "Open the form again" in page
        assert html.fromstring(page).xpath("//li/a") == []

    def test_what_was_typed_comes_back_and_is_never_markup(self) -> None:
        class Risky(forms.Form):
            name = forms.CharField(label="<b>Name</b>", help_text="<i>hint</i>")
            kind = forms.ChoiceField(
                widget=forms.RadioSelect, choices=[("a", "<u>A</u>"), ("b", "B")]
            )

        page = page_of(Risky({"name": "<script>", "kind": "b"}))
        assert not {"<b>", "<i>", "<u>", "<script>"} & set(re.findall(r"<[a-z]+>", page))
        tree = html.fromstring(page)
        assert tree.xpath("//input[@name='name']/@value") == ["<script>"]
        assert tree.xpath("//input[@checked]/@value") == ["b"]

    def test_ticks_are_whole_values_not_parts_of_words(self) -> None:
        class Ticks(forms.Form):
            kinds = forms.MultipleChoiceField(
                widget=forms.CheckboxSelectMultiple,
                choices=[("a", "A"), ("ab", "AB"), ("", "None")],
            )

        page = page_of(Ticks({"kinds": ["ab"]}))
        assert html.fromstring(page).xpath("//input[@checked]/@value") == ["ab"]
        assert html.fromstring(page_of(Ticks())).xpath("//input[@checked]") == []

    def test_keyboards_fit_the_field(self) -> None:
        tree = html.fromstring(page_of(Specimen()))
        assert tree.xpath("//input[@name='pupils']/@inputmode") == ["numeric"]
        assert tree.xpath("//input[@name='share']/@inputmode") == ["decimal"]
        assert tree.xpath("//input[@name='pupils']/@type") == ["text"]
        assert tree.xpath("//input[@name='email']/@autocomplete") == ["email"]

    def test_a_limited_text_says_its_limit_and_its_use_without_scripts(self) -> None:
        sent = Specimen({"impact": "one two  three"})
        words = html.fromstring(page_of(sent)).xpath("//*[@id='id_impact-info']")[0].text_content()
        assert words.strip() == "You can enter up to 500 words. You have used 3."
        blank = (
            html.fromstring(page_of(Specimen()))
            .xpath("//*[@id='id_impact-info']")[0]
            .text_content()
        )
        assert blank.strip() == "You can enter up to 500 words."

    def test_the_key_is_there_when_asked_for_and_new_each_time(self) -> None:
        keys = [
            html.fromstring(page_of(Specimen())).xpath("//input[@name='idempotency_key']/@value")
            for _ in range(2)
        ]
        assert [len(found) for found in keys] == [1, 1]
        assert uuid.UUID(keys[0][0]) != uuid.UUID(keys[1][0])
        assert "idempotency_key" not in page_of(Dates())


class TestErrorSummary:
    def test_base_shows_it_once_and_the_title_says_error(self) -> None:
        child = (
            "{% extends 'base.html' %}{% block title %}Your details{% endblock %}"
            "{% block content %}{% error_summary form %}{% endblock %}"
        )
        page = render(child, form=wrong_form(), request=RequestFactory().get("/"))
        assert page.count('class="govuk-error-summary"') == 1
        assert "<title>Error: Your details – NPQ Portal</title>" in page
        quiet = render(child, form=Specimen(), request=RequestFactory().get("/"))
        assert "<title>Your details – NPQ Portal</title>" in quiet

    def test_a_list_made_by_hand(self) -> None:
        page = render(
            "{% error_summary links %}", links=[{"text": "Give a mark", "href": "#mark-1"}]
        )
        assert html.fromstring(page).xpath("//li/a/@href") == ["#mark-1"]


class TestWords:
    @pytest.mark.parametrize(
        ("source", "value", "words"),
        [
            ("uk_date", date(2027, 3, 12), "12 March 2027"),
            ("uk_date", datetime(2027, 6, 30, 23, 30, tzinfo=UTC), "1 July 2027"),
            ("uk_date", None, ""),
            ("uk_time", datetime(2027, 1, 5, 23, 59, tzinfo=UTC), "11:59pm"),
            ("uk_time", datetime(2027, 7, 5, 8, 0, tzinfo=UTC), "9am"),
            ("uk_time", time(12, 0), "midday"),
            ("uk_time", time(0, 0), "midnight"),
            ("uk_time", time(0, 5), "12:05am"),
            ("uk_datetime", datetime(2027, 3, 12, 23, 59, tzinfo=UTC), "12 March 2027 at 11:59pm"),
            ("uk_datetime", None, ""),
            ("number", 1234567, "1,234,567"),
            ("number", Decimal("1234.50"), "1,234.50"),
            ("number", None, ""),
            ("plural:'day'", 1, "1 day"),
            ("plural:'day'", 0, "0 days"),
            ("plural:'person,people'", 1200, "1,200 people"),
        ],
    )
    def test_filters(self, source: str, value: Any, words: str) -> None:
        assert render("{{ value|" + source + " }}", value=value) == words


class TestComponents:
    def test_the_gallery_shows_every_component(self) -> None:
        source = (Path(django_settings.BASE_DIR) / "templates/gallery/index.html").read_text()
        used = set(re.findall(r"{% (\w+)", source)) | set(re.findall(r"\|(\w+)", source))
        through_others = {"error_summary", "idempotency_key"}
        missing = ({*portal.register.tags, *portal.register.filters} - used) - through_others
        assert missing == set()

    def test_the_gallery_has_nothing_to_stumble_over(self) -> None:
        page = render_to_string("gallery/index.html", examples(), RequestFactory().get("/gallery/"))
        assert faults(page) == []

    def test_a_tag_has_words_and_only_known_colours(self) -> None:
        assert portal.tag("Due <3 days", "orange") == (
            '<strong class="govuk-tag govuk-tag--orange">Due &lt;3 days</strong>'
        )
        with pytest.raises(TemplateSyntaxError, match="no colour 'pinkish'"):
            portal.tag("Due", "pinkish")

    def test_a_button_that_changes_something_is_a_protected_form(self) -> None:
        page = render("{% post_button '/x/' 'Send' about='to A' version=3 %}", csrf_token="token")
        form = html.fromstring(page)
        assert (form.get("method"), form.get("action")) == ("post", "/x/")
        assert dict(form.form_values())["version"] == "3"
        assert dict(form.form_values())["csrfmiddlewaretoken"] == "token"
        assert uuid.UUID(dict(form.form_values())["idempotency_key"])
        assert form.xpath(".//button")[0].text_content() == "Send to A"

    def test_breadcrumbs_by_list_and_by_words(self) -> None:
        by_list = render("{% breadcrumbs crumbs %}", crumbs=[("Home", "/"), ("Here", "")])
        assert render("{% breadcrumbs 'Home' '/' 'Here' %}") == by_list
        assert html.fromstring(by_list).xpath("//li[@aria-current='page']/text()") == ["Here"]

    def test_filters_keep_the_rest_of_the_address(self) -> None:
        request = RequestFactory().get("/?level=NPQH&level=NPQSL&q=x&after=9")
        page = render("<div>{% keep_query 'q' 'after' %}</div>", request=request)
        kept = [
            (field.get("name"), field.get("value"))
            for field in html.fromstring(page).xpath("//input")
        ]
        assert kept == [("level", "NPQH"), ("level", "NPQSL")]

    def test_a_figure_that_cannot_be_counted_says_so(self) -> None:
        page = render("{% stat_tile 'Accuracy' figure %}", figure=None)
        assert "Nothing to count yet" in page
        assert "Nothing to count yet" not in render("{% stat_tile 'Accuracy' 0 %}")


class TestErrorPages:
    @pytest.mark.parametrize("code", ["500", "503"])
    def test_they_stand_without_request_context_or_database(self, code: str) -> None:
        page = render_to_string(f"{code}.html")
        assert "What you had saved before is safe." in page
        assert html.fromstring(page).xpath("//main//h1")

    @pytest.mark.parametrize("code", ["400", "403", "404", "405", "409", "413", "422", "429"])
    def test_each_says_what_to_do(self, code: str) -> None:
        page = render_to_string(f"{code}.html", {"message": "It was submitted at 2:02pm."})
        main = html.fromstring(page).xpath("//main")[0]
        assert len(main.xpath(".//h1")) == 1
        assert len(main.xpath(".//p")) >= 2
        assert ("submitted at 2:02pm" in page) == (code in {"409", "413", "422"})

    def test_both_versions_are_kept_on_the_page(self) -> None:
        versions = {"yours": {"Reason": "a\nb"}, "theirs": {"Reason": ""}}
        page = html.fromstring(render_to_string("errors/stale.html", versions))
        assert page.xpath("//*[@aria-labelledby='yours']//p/text()") == ["a\nb"]
        assert page.xpath("//*[@aria-labelledby='theirs']//p/text()") == ["Nothing"]


class TestVendored:
    RECORD = STATIC / "vendor/govuk-frontend/vendored.json"

    def changed(self, folder: Path) -> list[str]:
        files = json.loads(self.RECORD.read_text())["files"]
        return [
            name
            for name, recorded in files.items()
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != recorded
        ]

    def test_files_are_the_ones_recorded(self, tmp_path: Path) -> None:
        assert self.changed(self.RECORD.parent) == []
        for name in json.loads(self.RECORD.read_text())["files"]:
            (tmp_path / name).write_bytes((self.RECORD.parent / name).read_bytes())
        (tmp_path / "govuk-frontend.min.js").write_bytes(b"planted")
        assert self.changed(tmp_path) == ["govuk-frontend.min.js"]

    def test_nothing_of_gov_uk_alone_is_kept(self) -> None:
        names = [path.name.lower() for path in STATIC.rglob("*") if path.is_file()]
        assert [n for n in names if re.search(r"crest|crown|opengraph|\.woff", n)] == []
        css = (self.RECORD.parent / "govuk-frontend.min.css").read_text()
        assert [word for word in ("GDS Transport", "@font-face", "url(") if word in css] == []

    def test_the_script_refuses_a_stylesheet_it_does_not_understand(self) -> None:
        path = Path(django_settings.BASE_DIR) / "scripts/vendor_govuk_frontend.py"
        spec = importlib.util.spec_from_file_location("vendor_govuk_frontend", path)
        assert spec is not None
        assert spec.loader is not None
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        assert script.ours("@font-face{a:b}p{font-family:GDS Transport,arial,sans-serif}") == (
            "p{font-family:Arial,Helvetica,sans-serif}"
        )
        with pytest.raises(SystemExit, match=re.escape("still holds url(")):
            script.ours("p{background:url(/assets/images/new.svg)}")

    @pytest.mark.whole
    def test_hashed_names_work(self, tmp_path: Path) -> None:
        storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
        with override_settings(
            STATIC_ROOT=str(tmp_path),
            STATICFILES_DIRS=[str(STATIC)],
            INSTALLED_APPS=["django.contrib.staticfiles"],
            STORAGES={**django_settings.STORAGES, "staticfiles": storage},
        ):
            call_command("collectstatic", interactive=False, verbosity=0)
        named = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
        for name in ("css/portal.css", "css/report.css", "js/portal.js", "js/enabled.js"):
            assert (tmp_path / named[name]).is_file()
        script = (tmp_path / named["js/portal.js"]).read_text()
        for address in re.findall(r'from "([^"]+)"', script):
            assert (tmp_path / "js" / address).resolve().is_file()
