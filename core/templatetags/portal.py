"""The portal's components and the ways it writes dates and numbers, known to every template without loading.

Markup lives in templates/components/; a tag here only hands it its words. What docs/design.md and the gallery
show is all there is. No NPQ word and no permission belongs here; how form fields look is portal_forms.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.clock import LONDON
from core.templatetags.portal_forms import error_links

register = template.Library()

COLOURS = {"", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"}
SHOWN = "portal-error-summaries-shown"


# Words


@register.filter
def uk_date(value: date | datetime | None) -> str:
    """'12 March 2027', in Europe/London; nothing for nothing."""
    if not value:
        return ""
    day = _local(value)
    return f"{day.day} {day:%B %Y}"


@register.filter
def uk_time(value: datetime | time | None) -> str:
    """'11:59pm', '9am', 'midday', 'midnight', in Europe/London."""
    if value is None or value == "":
        return ""
    moment = _local(value) if isinstance(value, datetime) else value
    if moment.minute == 0 and moment.hour in (0, 12):
        return "midday" if moment.hour else "midnight"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'pm' if moment.hour >= 12 else 'am'}"


@register.filter
def uk_datetime(value: datetime | None) -> str:
    """'12 March 2027 at 11:59pm', in Europe/London."""
    return f"{uk_date(value)} at {uk_time(value)}" if value else ""


def _local(value: Any) -> Any:
    aware = isinstance(value, datetime) and timezone.is_aware(value)
    return value.astimezone(LONDON) if aware else value


@register.filter
def number(value: float | Decimal | str | None) -> str:
    """'12,345' or '12.5'; a fraction keeps the places it came with. Nothing for nothing."""
    if value is None or value == "":
        return ""
    return f"{value:,}" if isinstance(value, int | float | Decimal) else f"{Decimal(value):,}"


@register.filter
def plural(count: int, words: str) -> str:
    """'1 day', '3 days'; `words` is 'day', or 'person,people' where the plural is its own word."""
    one, _, many = words.partition(",")
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


# Links and forms


@register.simple_tag(takes_context=True)
def keep_query(context: Context, *leave_out: str) -> str:
    """Hidden fields with the address's own query, so that a filter form keeps what it does not ask."""
    pairs = [
        (name, value)
        for name, values in context["request"].GET.lists()
        if name not in leave_out
        for value in values
    ]
    return render_to_string("components/hidden_fields.html", {"pairs": pairs})


@register.simple_tag
def idempotency_key() -> SafeString:
    """The hidden field by which the same form sent twice is carried out once."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: Context, action: str, text: str, style: str = "", about: str = "", **fields: Any
) -> dict[str, Any]:
    """A button that changes something: a form of its own, protected, with an idempotency key.

    `style` is '', 'secondary', 'warning' or 'link'; `about` is read out after the text where several buttons
    say the same; other keywords become hidden fields.
    """
    return {
        "action": action,
        "text": text,
        "style": style,
        "about": about,
        "pairs": list(fields.items()),
    }


@register.inclusion_tag("components/button_link.html")
def button_link(href: str, text: str, style: str = "") -> dict[str, Any]:
    """A link that looks like a button: it goes somewhere and changes nothing. `style` also 'start'."""
    return {"href": href, "text": text, "style": style}


@register.simple_tag(takes_context=True)
def error_summary(
    context: Context, *forms: BaseForm | BaseFormSet | Sequence[Any] | str | None
) -> str:
    """What is wrong, first on the page and focused, each line a link to its field.

    Takes forms, formsets, or lists of {text, href}. base.html calls it with the context's `form`; a form
    already shown on this page is not shown again.
    """
    page: Any = context.render_context
    shown: set[int] = page.setdefault(SHOWN, set())
    links: list[Mapping[str, str]] = []
    for form in forms:
        if not form or id(form) in shown:
            continue
        found = error_links(form)
        if found:
            shown.add(id(form))
            links.extend(found)
    return render_to_string("components/error_summary.html", {"links": links}) if links else ""


# Finding the way


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*crumbs: Any) -> dict[str, Any]:
    """`{% breadcrumbs "Home" home_url "Framework" "" %}`, or one list of (text, href); the last is this page."""
    if len(crumbs) == 1 and not isinstance(crumbs[0], str):
        return {"crumbs": [tuple(crumb) for crumb in crumbs[0]]}
    return {"crumbs": list(zip(crumbs[::2], [*crumbs[1::2], ""], strict=False))}


@register.inclusion_tag("components/back_link.html")
def back_link(href: str, text: str = "Back") -> dict[str, Any]:
    """Back to where one came from."""
    return {"href": href, "text": text}


@register.inclusion_tag("components/pagination.html")
def pagination(
    newer: str = "",
    older: str = "",
    newer_text: str = "Newer",
    older_text: str = "Older",
    what: str = "results",
) -> dict[str, Any]:
    """Keyset pages: the addresses of the page before and after, '' where there is none."""
    return {
        "newer": newer,
        "older": older,
        "newer_text": newer_text,
        "older_text": older_text,
        "what": what,
    }


# What is shown


@register.simple_tag
def tag(text: str, colour: str = "") -> SafeString:
    """A state in words; the colour only repeats them."""
    if colour not in COLOURS:
        raise template.TemplateSyntaxError(
            f"A tag has no colour '{colour}'; one of {sorted(COLOURS)}."
        )
    return format_html(
        '<strong class="govuk-tag{}">{}</strong>', f" govuk-tag--{colour}" if colour else "", text
    )


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Iterable[Any], title: str = "") -> dict[str, Any]:
    """Rows are (key, value) or {key, value, action_text, action_href}; with a title it becomes a card."""
    made = [row if isinstance(row, Mapping) else {"key": row[0], "value": row[1]} for row in rows]
    return {"rows": made, "title": title, "actions": any(row.get("action_href") for row in made)}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks: Iterable[Mapping[str, Any]], name: str = "task") -> dict[str, Any]:
    """Tasks are {title, href, hint, status, colour}; without href it cannot be started yet. `name` starts the ids."""
    return {"tasks": list(tasks), "name": name}


@register.inclusion_tag("components/data_table.html")
def data_table(
    caption: str, headings: Sequence[Any], rows: Iterable[Sequence[Any]], size: str = "m"
) -> dict[str, Any]:
    """A whole table from words: a heading '#Words' is a column of figures; each row's first cell names it."""
    names = [str(heading) for heading in headings]
    columns = [{"text": name.lstrip("#"), "numeric": name.startswith("#")} for name in names]
    body = [list(zip(row, columns, strict=True)) for row in rows]
    return {"caption": caption, "columns": columns, "body": body, "size": size}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Events are {text, at, note}: a plain sentence, when, and a reason or nothing."""
    return {"events": list(events)}


@register.inclusion_tag("components/stat_tile.html")
def stat_tile(
    label: str,
    figure: Any,
    target: Any = "",
    direction: str = "",
    href: str = "",
    link_text: str = "",
) -> dict[str, Any]:
    """One figure in a list of class npq-tiles, with its target and how it stands ('12 below target') in words.

    Pass `figure=None` where nothing can be counted yet, and say why in `direction`.
    """
    return {
        "label": label,
        "figure": figure,
        "target": target,
        "direction": direction,
        "href": href,
        "link_text": link_text or f"See who is behind it: {label}",
    }


@register.inclusion_tag("components/progress.html")
def progress(
    url: str, percent: int | None = None, text: str = "Starting…", label: str = "Progress"
) -> dict[str, Any]:
    """Long work: a bar and words, kept true by static/js/progress.js from what `url` answers.

    Include "components/progress_refresh.html" in the page's head block, so that it reloads without scripts.
    """
    return {"url": url, "percent": percent, "text": text, "label": label}


@register.inclusion_tag("components/file_upload.html")
def file_upload(
    name: str, label: str, hint: str = "", accept: str = "", error: str = "", multiple: bool = False
) -> dict[str, Any]:
    """A file field outside a crispy form."""
    described = [f"id_{name}_hint"] if hint else []
    described += [f"id_{name}_1_error"] if error else []
    return {
        "name": name,
        "label": label,
        "hint": hint,
        "accept": accept,
        "error": error,
        "multiple": multiple,
        "described_by": " ".join(described),
    }


# Around other content


@register.simple_block_tag
def panel(content: str, title: str, level: int = 1) -> str:
    """It is done: the page after sending; its title is the page's heading."""
    return render_to_string(
        "components/panel.html", {"content": content, "title": title, "level": level}
    )


@register.simple_block_tag
def notification(content: str, title: str = "Important", kind: str = "") -> str:
    """A banner about this page; `kind` is '' or 'success'."""
    identity = f"banner-{uuid.uuid4().hex[:8]}"
    return render_to_string(
        "components/notification.html",
        {"content": content, "title": title, "kind": kind, "identity": identity},
    )


@register.simple_block_tag
def inset(content: str) -> str:
    """Words set apart, such as a quotation."""
    return render_to_string("components/inset.html", {"content": content})


@register.simple_block_tag
def warning(content: str) -> str:
    """Words about what cannot be undone."""
    return render_to_string("components/warning.html", {"content": content})


@register.simple_block_tag
def details(content: str, summary: str, opened: bool = False) -> str:
    """Words that few need, folded away."""
    return render_to_string(
        "components/details.html", {"content": content, "summary": summary, "opened": opened}
    )


@register.simple_block_tag
def table(content: str, caption: str, size: str = "m") -> str:
    """A table whose rows the template writes itself, with a caption, in a box that scrolls sideways."""
    return render_to_string(
        "components/table.html", {"content": content, "caption": caption, "size": size}
    )


@register.simple_block_tag
def empty_state(content: str, title: str, level: int = 2) -> str:
    """Nothing yet: the title says so, the content what will appear here and how."""
    return render_to_string(
        "components/empty_state.html", {"content": content, "title": title, "level": level}
    )


@register.simple_block_tag
def chart(content: str, title: str, svg: str, about: str = "") -> str:
    """A picture whose title says the finding; the content is its table, in words beneath.

    `svg` is drawn by our own server and trusted; `about` describes it to those who cannot see it.
    """
    return render_to_string(
        "components/chart.html",
        {"content": content, "title": title, "svg": svg, "about": about or title},
    )
