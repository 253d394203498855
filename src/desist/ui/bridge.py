"""From a Django form to the GOV.UK macros: each widget becomes the parameters of one component.

Templates call these without importing them:

- `field(form["name"])`             one field with its label, hint, error and value
- `field(form["name"], title=True)` the same, its label being the page's h1
- `fields(form)`                    every visible field that no choice reveals, in order; all `but` some
- `error_summary(form)`             the list of errors at the top, each leading to its field; "" when there is none
- `question(form)`                  why words that were found are safe to keep; "" where nothing was found
- `guard(form)`                     the hidden inputs: submission token, version and hidden fields
"""

import math
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from markupsafe import Markup

from desist.ui.forms import SUBMISSION, VERSION, Draft, Filter, Form
from desist.ui.moments import PARTS, DayInput
from desist.ui.showable import UNSHOWABLE
from desist.ui.words import ANSWER

Params = dict[str, Any]
Macros = Mapping[str, Callable[..., str]]


class NoComponent(TypeError):
    """A widget has no component yet: add it to COMPONENTS."""


def template_functions(macros: Macros) -> dict[str, Callable[..., Any]]:
    """The functions that templates call, over the environment's GOV.UK macros."""

    def field(bound: BoundField, *, title: bool = False) -> str:
        return draw(bound, macros=macros, title=title)

    def fields(form: forms.BaseForm, *, but: Collection[str] = ()) -> str:
        below = {*revealed(form), *but}
        shown = [bound for bound in form if bound.name not in below and not bound.is_hidden]
        return Markup("\n").join(draw(bound, macros=macros) for bound in shown)

    def halves(form: forms.BaseForm) -> tuple[str, str]:
        # Split here and not by the browser: no question may change its column while a person types.
        tall = {name: _lines(form[name]) for name in form.fields if name not in revealed(form)}
        names = list(tall)
        first = min(
            (names[:at] for at in range(len(names) + 1)),
            key=lambda some: abs(sum(tall.values()) - 2 * sum(tall[name] for name in some)),
        )
        return fields(form, but=[name for name in names if name not in first]), fields(form, but=first)

    def error_summary(form: forms.BaseForm) -> str:
        if not form.errors:
            return Markup("")
        return macros["govukErrorSummary"]({"titleText": "There is a problem", "errorList": error_list(form)})

    def question(form: forms.BaseForm) -> str:
        return draw(form.safe[ANSWER], macros=macros) if isinstance(form, Form) and form.asks else Markup("")

    return {
        "field": field,
        "fields": fields,
        "halves": halves,
        "question": question,
        "error_summary": error_summary,
        "guard": guard,
    }


def guard(form: forms.BaseForm) -> SafeString:
    """The hidden inputs of a form: its own hidden fields, and the guards against doubles and stale tabs."""
    pairs = [(bound.html_name, showable(bound.value())) for bound in form.hidden_fields()]
    if isinstance(form, Form):
        pairs.append((SUBMISSION, form.submission))
        if form.version is not None:
            pairs.append((VERSION, str(form.version)))
    return format_html_join("\n", '<input type="hidden" name="{}" value="{}">', pairs)


def error_list(form: forms.BaseForm) -> list[Params]:
    """Every error in the order of the fields, the page's own first, as the error summary takes them."""
    errors = [{"text": sentence} for sentence in form.non_field_errors()]
    for bound in form:
        errors += [{"text": showable(sentence), "href": f"#{first_id(bound)}"} for sentence in bound.errors]
    return errors


def first_id(bound: BoundField) -> str:
    """The element that an error leads to: of a day its first wrong part, of choices the first."""
    if isinstance(bound.field.widget, DayInput):
        wrong = wrong_parts(bound)
        return f"{bound.auto_id}-{next((part for part in PARTS if part in wrong), 'day')}"
    return str(bound.auto_id)


def revealed(form: forms.BaseForm) -> set[str]:
    """The names of the fields that stand below a choice."""
    return {
        name
        for field in form.fields.values()
        for below in getattr(field, "reveals", {}).values()
        for name in below
    }


def _lines(bound: BoundField) -> float:
    """About how many lines of a column a question takes: its label, its hint, and two for each answer or the rows to write in."""
    widget = bound.field.widget
    asked = 0 if bound.is_hidden else 2 + math.ceil(len(bound.help_text) / LINE)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return asked + sum(1.8 * math.ceil(len(str(label)) / LINE) for _, label in _choices(bound))
    return asked + int(widget.attrs.get("rows", 5 if isinstance(widget, forms.Textarea) else 2))


#: how many letters a line of a column holds
LINE = 50
#: the percentage of a long text's room from which the page shows how much is left
COUNTED_FROM = 75


def draw(bound: BoundField, *, macros: Macros, title: bool = False) -> str:
    """One field as HTML. Raises NoComponent."""
    widget = bound.field.widget
    for kind in type(widget).__mro__:
        if kind in COMPONENTS:
            macro, parameters = COMPONENTS[kind]
            break
    else:
        raise NoComponent(
            f"{type(widget).__name__} of {bound.name} has no GOV.UK component in desist.ui.bridge"
        )
    params = parameters(bound, title=title)
    for item in params.get("items", []):
        if below := item.pop("below", None):
            inner = Markup("\n").join(draw(bound.form[name], macros=macros) for name in below)
            item["conditional"] = {"html": inner}
    if macro == "govukTextarea" and params.get("maxlength"):
        macro = "govukCharacterCount"
        # The room left is shown only near the limit: on a long record it would distract.
        params["threshold"] = COUNTED_FROM
    return macros[macro](params)


def showable(value: object) -> str:
    """A typed value for showing again, without the characters that no page may hold."""
    return UNSHOWABLE.sub("", "" if value is None else str(value))


def _base(bound: BoundField) -> Params:
    """The parameters of every component."""
    params: Params = {"id": bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    if bound.errors:
        params["errorMessage"] = {"text": showable(" ".join(map(str, bound.errors)))}
    return params


def _label(bound: BoundField, *, title: bool) -> Params:
    heading = {"classes": "govuk-label--l", "isPageHeading": True} if title else {"classes": "govuk-label--s"}
    return {"text": label_text(bound), **heading}


def _fieldset(bound: BoundField, *, title: bool) -> Params:
    heading = {"classes": "govuk-fieldset__legend--l", "isPageHeading": True}
    plain = {"classes": "govuk-fieldset__legend--s"}
    return {"legend": {"text": label_text(bound), **(heading if title else plain)}}


def label_text(bound: BoundField) -> str:
    """The label, which says in a form that a field is optional; in a draft or a filter it does not."""
    said = (
        bound.field.required
        or isinstance(bound.form, Draft | Filter)
        or isinstance(bound.field.widget, forms.CheckboxInput)
    )
    return str(bound.label) if said else f"{bound.label} (optional)"


def _input(bound: BoundField, *, title: bool) -> Params:
    attrs = dict(bound.field.widget.attrs)
    params = {**_base(bound), "label": _label(bound, title=title), "value": showable(bound.value())}
    params["type"] = getattr(bound.field.widget, "input_type", "text")
    params["spellcheck"] = attrs.pop("spellcheck", None)
    for name, param in (("class", "classes"), ("autocomplete", "autocomplete"), ("inputmode", "inputmode")):
        if name in attrs:
            params[param] = attrs.pop(name)
    # A browser that cuts a paste at maxlength loses words unseen.
    attrs.pop("maxlength", None)
    if isinstance(bound.field, forms.IntegerField):
        params.update(type="text", inputmode="numeric")
        attrs = {name: value for name, value in attrs.items() if name not in {"min", "max", "step"}}
    return {**params, "attributes": attrs}


def _password(bound: BoundField, *, title: bool) -> Params:
    autocomplete = bound.field.widget.attrs.get("autocomplete", "current-password")
    return {**_base(bound), "label": _label(bound, title=title), "autocomplete": autocomplete}


def _textarea(bound: BoundField, *, title: bool) -> Params:
    return {
        **_base(bound),
        "label": _label(bound, title=title),
        "value": typed_lines(showable(bound.value())),
        "rows": str(bound.field.widget.attrs.get("rows", 5)),
        "maxlength": getattr(bound.field, "limit", None),
    }


def typed_lines(text: str) -> str:
    """Text for a textarea, of which the parser drops one line end at the start."""
    text = text.replace("\r\n", "\n")
    return "\n" * text.startswith("\n") + text


def _select(bound: BoundField, *, title: bool) -> Params:
    chosen = str(bound.value() or "")
    items = [
        {"value": str(value), "text": str(text), "selected": str(value) == chosen}
        for value, text in _choices(bound)
    ]
    return {**_base(bound), "label": _label(bound, title=title), "items": items}


def _several(bound: BoundField, *, title: bool) -> Params:
    value = bound.value()
    chosen = {str(each) for each in (value if isinstance(value, list | tuple | set) else [value])}
    hints, reveals = getattr(bound.field, "hints", {}), getattr(bound.field, "reveals", {})
    items = []
    for choice, text in _choices(bound):
        item: Params = {"value": str(choice), "text": str(text), "checked": str(choice) in chosen}
        if choice in hints:
            item["hint"] = {"text": hints[choice]}
        if choice in reveals:
            item["below"] = reveals[choice]
        items.append(item)
    return {
        **_base(bound),
        "idPrefix": bound.auto_id,
        "fieldset": _fieldset(bound, title=title),
        "items": items,
    }


def _choices(bound: BoundField) -> list[tuple[Any, Any]]:
    return list(getattr(bound.field.widget, "choices", ()))


def _tick(bound: BoundField, *, title: bool) -> Params:  # noqa: ARG001 - one tick is no title
    item = {"value": "on", "text": label_text(bound), "checked": bool(bound.value())}
    return {**_base(bound), "idPrefix": bound.auto_id, "items": [item]}


def _day(bound: BoundField, *, title: bool) -> Params:
    wrong = wrong_parts(bound)
    items = []
    for part, text in zip(PARTS, day_texts(bound.value()), strict=True):
        width = 4 if part == "year" else 2
        item = {
            "name": part,
            "id": f"{bound.auto_id}-{part}",
            "value": showable(text),
            "classes": f"govuk-input--width-{width}{' govuk-input--error' if part in wrong else ''}",
        }
        items.append(item)
    return {
        **_base(bound),
        "namePrefix": bound.html_name,
        "fieldset": _fieldset(bound, title=title),
        "items": items,
        "attributes": _limits(bound.field),
    }


def _limits(day: forms.Field) -> dict[str, str]:
    """The days that a field takes, for the one box that a script makes of its three; whether it is a birth."""
    ends = {f"data-{end}": getattr(day, end, None) for end in ("earliest", "latest")}
    born = {"data-born": ""} if getattr(day, "birthday", False) else {}
    return {name: one.isoformat() if one else "" for name, one in ends.items()} | born


def day_texts(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - a date at first, what was typed later
    """The three texts of a day input."""
    if value is None:
        return ("", "", "")
    if isinstance(value, tuple):
        return value
    return (str(value.day), str(value.month), str(value.year))


def wrong_parts(bound: BoundField) -> tuple[str, ...]:
    """The parts of a day that an error is about; all three unless it names them."""
    for error in bound.form.errors.as_data().get(bound.name, []):
        params = error.params if isinstance(error.params, dict) else {}
        return tuple(params.get("parts", PARTS))
    return ()


def _file(bound: BoundField, *, title: bool) -> Params:
    return {**_base(bound), "label": _label(bound, title=title), "attributes": dict(bound.field.widget.attrs)}


#: widget -> (macro, its parameters); a widget not listed takes its nearest ancestor's
COMPONENTS: dict[type[forms.Widget], tuple[str, Callable[..., Params]]] = {
    Input: ("govukInput", _input),
    forms.PasswordInput: ("govukPasswordInput", _password),
    forms.Textarea: ("govukTextarea", _textarea),
    forms.Select: ("govukSelect", _select),
    forms.RadioSelect: ("govukRadios", _several),
    forms.CheckboxSelectMultiple: ("govukCheckboxes", _several),
    forms.CheckboxInput: ("govukCheckboxes", _tick),
    forms.FileInput: ("govukFileUpload", _file),
    DayInput: ("govukDateInput", _day),
}
