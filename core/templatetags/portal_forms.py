"""How form fields look: what templates/gds/ needs to render them, and where an error's link leads.

crispy-forms-gds leaves gaps here that no automatic check sees (links to fields that do not exist, empty
aria-describedby, no inputmode, unescaped labels); its templates are replaced by ours and its field tag by these.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.forms.widgets import Input
from django.utils.safestring import SafeString

register = template.Library()

ERROR_CLASSES = {
    forms.Select: "govuk-select--error",
    forms.Textarea: "govuk-textarea--error",
    forms.FileInput: "govuk-file-upload--error",
}
BASE_CLASSES = {
    forms.CheckboxInput: "govuk-checkboxes__input",
    forms.Select: "govuk-select",
    forms.Textarea: "govuk-textarea",
    forms.FileInput: "govuk-file-upload",
}


@register.filter
def field_kind(field: BoundField) -> str:
    """Which template shows the field: radios, checkboxes, checkbox, parts, password, file or input."""
    widget = field.field.widget
    kinds: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.MultiWidget, "parts"),
        (forms.SelectDateWidget, "group"),
        (forms.PasswordInput, "password"),
        (forms.FileInput, "file"),
    )
    return next((name for kind, name in kinds if isinstance(widget, kind)), "input")


@register.filter
def choice_items(field: BoundField) -> list[dict[str, Any]]:
    """One dict for each radio or checkbox: id, value, label, hint, divider, checked."""
    value = field.value()
    chosen = value if isinstance(value, list | tuple | set) else [value]
    ticked = {"" if item is None else str(item) for item in chosen}
    multiple = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    return [
        {
            "id": f"{field.auto_id}_{position}",
            "value": str(choice[0]),
            "label": choice[1],
            "hint": getattr(choice, "hint", ""),
            "divider": getattr(choice, "divider", ""),
            "checked": str(choice[0]) in ticked and not (multiple and value is None),
        }
        for position, choice in enumerate(_choices(field))
    ]


@register.filter
def choice_item(field: BoundField, position: int) -> dict[str, Any]:
    """The dict of one radio."""
    return choice_items(field)[position]


def _choices(field: BoundField) -> Sequence[Any]:
    source = field.field if hasattr(field.field, "choices") else field.field.widget
    return list(getattr(source, "choices", ()))


@register.filter
def date_parts(field: BoundField) -> list[dict[str, Any]]:
    """The inputs of a date or another field in several parts, each with its own label, value and errors."""
    widget: Any = field.field.widget
    value = field.value()
    values = list(value) if isinstance(value, list | tuple) else list(widget.decompress(value))
    subfields = list(getattr(field.field, "fields", ()))
    parts = []
    for position, part in enumerate(widget.widgets):
        subfield = subfields[position] if position < len(subfields) else None
        own = list(getattr(getattr(subfield, "widget", None), "errors", None) or [])
        label = (
            part.attrs.get("label") or getattr(subfield, "label", None) or f"Part {position + 1}"
        )
        parts.append(
            {
                "id": f"{field.auto_id}_{position}",
                "name": f"{field.html_name}{widget.widgets_names[position]}",
                "label": label,
                "value": _or_empty(values, position),
                "classes": part.attrs.get("class", "govuk-input govuk-date-input__input"),
                "errors": own,
                "disabled": field.field.disabled,
            }
        )
    any_own = any(part["errors"] for part in parts)
    for part in parts:
        part["wrong"] = bool(part["errors"]) or bool(field.errors and not any_own)
    return parts


def _or_empty(values: list[Any], position: int) -> Any:
    value = values[position] if position < len(values) else None
    return "" if value is None else value


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of the field's hint and errors, those that are on the page and no other."""
    ids = [f"{field.auto_id}_hint"] if field.help_text else []
    ids += [f"{field.auto_id}_{count}_error" for count, _ in enumerate(field.errors, start=1)]
    return " ".join(ids)


@register.simple_tag(takes_context=True)
def gds_widget(context: template.Context, field: BoundField, extra_class: str = "") -> SafeString:
    """The field's own element, with the classes of the design system and honest descriptions."""
    widget = field.field.widget
    described = described_by(field)
    if context.get("max_words") or context.get("max_characters"):
        described = f"{described} {field.auto_id}-info".strip()
    attrs: dict[str, Any] = {"class": _classes(field, extra_class), **_keyboard(field)}
    if described:
        attrs["aria-describedby"] = described
    own = widget.attrs
    widget.attrs = {
        name: value for name, value in own.items() if name not in ("required", "input_type")
    }
    if "input_type" in own and isinstance(widget, Input):
        widget.input_type = own["input_type"]
    if isinstance(widget, forms.NumberInput):
        # A number field changes by the mouse wheel and swallows letters without a word: GOV.UK uses text.
        widget.input_type = "text"
        widget.attrs = {k: v for k, v in widget.attrs.items() if k not in ("min", "max", "step")}
    return field.as_widget(attrs=attrs)


def _classes(field: BoundField, extra: str) -> str:
    widget = field.field.widget
    base = next(
        (name for kind, name in BASE_CLASSES.items() if isinstance(widget, kind)), "govuk-input"
    )
    wanted = [base, *str(widget.attrs.get("class", "")).split(), *extra.split()]
    if field.errors and not isinstance(widget, forms.CheckboxInput):
        wanted.append(
            next(
                (name for kind, name in ERROR_CLASSES.items() if isinstance(widget, kind)),
                "govuk-input--error",
            )
        )
    return " ".join(dict.fromkeys(wanted))


def _keyboard(field: BoundField) -> dict[str, str]:
    """Attributes that bring up the right keyboard, unless the form says otherwise."""
    own = field.field.widget.attrs
    widget = field.field.widget
    wanted: dict[str, str] = {}
    if isinstance(field.field, forms.IntegerField) and not isinstance(
        field.field, forms.FloatField | forms.DecimalField
    ):
        wanted = {"inputmode": "numeric"}
    elif isinstance(field.field, forms.FloatField | forms.DecimalField):
        wanted = {"inputmode": "decimal"}
    elif isinstance(widget, forms.EmailInput):
        wanted = {"autocomplete": "email", "spellcheck": "false"}
    elif isinstance(widget, forms.PasswordInput):
        wanted = {
            "autocomplete": "current-password",
            "spellcheck": "false",
            "autocapitalize": "none",
        }
    if isinstance(widget, forms.Select | forms.FileInput | forms.CheckboxInput):
        wanted = {}
    return {name: value for name, value in wanted.items() if name not in own}


@register.simple_tag(takes_context=True)
def characters_used(context: template.Context, field: BoundField) -> str:
    """What the page says under a limited text before scripts run: the limit, and what is used of it."""
    words = context.get("max_words")
    limit = words or context.get("max_characters")
    unit = "word" if words else "character"
    typed = str(field.value() or "")
    used = len(typed.split()) if words else len(typed)
    allowed = f"You can enter up to {limit:,} {unit}s."
    return f"{allowed} You have used {used:,}." if used else allowed


# Where an error leads


def error_links(source: Any) -> list[Mapping[str, str]]:
    """{text, href} for each error of a form, a formset, or a list made by hand; href '' where no field is to blame."""
    if isinstance(source, BaseFormSet):
        if not source.is_bound:
            return []
        links = [{"text": str(error), "href": ""} for error in source.non_form_errors()]
        return [*links, *(link for form in source.forms for link in error_links(form))]
    if isinstance(source, forms.BaseForm):
        return _form_links(source)
    if isinstance(source, str):
        return []
    return [{"text": str(item["text"]), "href": item.get("href", "")} for item in source]


def _form_links(form: forms.BaseForm) -> list[Mapping[str, str]]:
    if not form.errors:
        return []
    visible = form.visible_fields()
    first = error_target(visible[0]) if visible else ""
    links: list[Mapping[str, str]] = [
        {"text": str(error), "href": first} for error in form.non_field_errors()
    ]
    for field in form:
        if field.is_hidden:
            links += [{"text": str(error), "href": ""} for error in field.errors]
        elif field_kind(field) == "parts":
            links += _part_links(field)
        else:
            links += [{"text": str(error), "href": error_target(field)} for error in field.errors]
    return links


def _part_links(field: BoundField) -> list[dict[str, str]]:
    """An error of one part leads to that part; any other to the first part that is wrong."""
    parts = date_parts(field)
    links = []
    for error in field.errors:
        own = next((part for part in parts if error in part["errors"]), None)
        links.append({"text": str(error), "href": f"#{own['id']}" if own else error_target(field)})
    return links


@register.filter
def error_target(field: BoundField) -> str:
    """'#id' of the element that can be focused to mend the field."""
    kind = field_kind(field)
    if kind in ("radios", "checkboxes"):
        return f"#{field.auto_id}_0" if _choices(field) else f"#{field.auto_id}"
    if kind == "parts":
        parts = date_parts(field)
        return "#" + next((part["id"] for part in parts if part["wrong"]), f"{field.auto_id}_0")
    if kind == "group":
        return f"#{field.id_for_label}"
    return f"#{field.auto_id}"
