"""The one template environment: `desist.ui.jinja.environment`, named in every zone's TEMPLATES.

Names that a template has without an import:

- `govukButton({...})` and every other GOV.UK macro, by its name in the Design System
- `field(form["name"])`, `fields(form)`, `error_summary(form)`, `guard(form)`   the form bridge
- `ui`, `tables`, `charts`, our own macros                                      docs/ui.md
- `url("referrals:decide", ref=ref)`, `static("ui/desist.css")`, `query(request.GET, sort="-age")`
- filters `on`, `weekday`, `at`, `clock`, `age(now)`                            desist.ui.dates
- filter `dialled`, the digits of a telephone number; filters `named` and `numeric`, for the macro of a table
- filter `small`, for drawn fields: their radios and tick boxes take less room
- `zone`, `navigation`, `flashes`, `now`, `csp_nonce`                           desist.ui.context

A name that does not exist is an error, never an empty string.
"""

import functools
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.http import QueryDict
from django.templatetags.static import static
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from markupsafe import Markup, escape

from desist.ui import bridge, charts, dates, leaving
from desist.ui.addresses import url

TEMPLATES = Path(__file__).parent / "templates"

COMPONENTS = (
    *("accordion", "back-link", "breadcrumbs", "button", "character-count", "checkboxes", "date-input"),
    *("details", "error-message", "error-summary", "exit-this-page", "fieldset", "file-upload", "hint"),
    *("input", "inset-text", "label", "notification-banner", "pagination", "panel", "password-input"),
    *("phase-banner", "radios", "select", "service-navigation", "skip-link", "summary-list", "table"),
    *("tabs", "tag", "task-list", "textarea", "warning-text"),
)

#: where a row and a cell of a table begin
NUMERIC = "govuk-table__cell--numeric"
CELL_CLASS = re.compile(r'<t[dh] (?:scope="row" )?class="(govuk-table__[^"]*)"')
CELL = re.compile(r'<tr|<t[dh](?= (?:scope="row" )?class="govuk-table__)')
#: where the radios or the tick boxes of a question begin
SEVERAL = re.compile(r'class="govuk-(radios|checkboxes)(?=[" ])')
#: our own macros, by the name that every template knows them by
MACROS = {"ui": "ui/components.html", "tables": "ui/tables.html", "charts": "ui/charts.html"}


def environment(**options: Any) -> Environment:  # noqa: ANN401 - whatever Django's backend hands over
    """The strict environment of our own templates, over whichever folders the zone's settings name."""
    options.pop("autoescape", None)  # it is always on
    ours = {**options, "undefined": StrictUndefined}
    ours["loader"] = ChoiceLoader([options["loader"], FileSystemLoader(TEMPLATES)])
    env = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, **ours)
    macros = govuk_macros()
    env.globals.update(macros)
    env.globals.update(bridge.template_functions(macros))
    env.globals.update(url=url, static=functools.cache(static), query=query, chart=charts, leaving=leaving)
    for name in ("on", "weekday", "at", "clock", "age"):
        env.filters[name] = getattr(dates, name)
    env.filters["dialled"] = dialled
    env.filters["named"] = named
    env.filters["numeric"] = numeric
    env.filters["small"] = small
    # Global and not imported by each page: an import costs as much as drawing a small macro.
    for name, template in MACROS.items():
        env.globals[name] = env.get_template(template).module
    return env


def govuk_macros() -> dict[str, Callable[..., Markup]]:
    """Every GOV.UK macro by name. They test for parameters that are absent, so they live in an env of their own."""
    lenient = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        auto_reload=False,  # they never change while we run, and each macro imports five others
    )
    # To indent each line of what another macro drew takes half the time of a form, and a browser reads past it.
    lenient.filters["indent"] = lambda text, *_: text
    return {macro_name(component): _macro(lenient, component) for component in COMPONENTS}


def macro_name(component: str) -> str:
    """`date-input` -> `govukDateInput`."""
    return "govuk" + "".join(word.capitalize() for word in component.split("-"))


def _macro(env: Environment, component: str) -> Callable[..., Markup]:
    name = macro_name(component)

    @functools.cache
    def loaded() -> Any:  # noqa: ANN401 -- a macro of Jinja has no type
        return getattr(
            env.get_template(f"govuk_frontend_jinja/components/{component}/macro.html").module, name
        )

    def macro(params: dict[str, Any], **block: Any) -> Markup:  # noqa: ANN401 - the caller
        rendered: Markup = loaded()(params, **block)
        return rendered

    macro.__name__ = name
    return macro


def named(rows: Markup, columns: Sequence[tuple[str, str | None]], first: Sequence[str]) -> Markup:
    """The rows of a table whose cells name their columns, for a phone, where each row is drawn as a card."""
    names = [
        f' data-column="{escape(heading)}"{" data-first" if heading in first else ""}'
        for heading, _ in columns
    ]
    place = iter(names)

    def opened(tag: re.Match[str]) -> str:
        nonlocal place
        if tag[0] == "<tr":
            place = iter(names)
            return tag[0]
        return f"{tag[0]}{next(place, '')}"

    return Markup(CELL.sub(opened, str(rows)))  # noqa: S704 -- markup that the macros have just drawn


def numeric(rows: Markup) -> set[int]:
    """The places of the columns, from 0, that hold numbers, by the first row of a table."""
    _, _, first = str(rows).partition("<tr")
    cells = CELL_CLASS.findall(first.partition("<tr")[0])
    return {place for place, classes in enumerate(cells) if NUMERIC in classes}


def small(drawn: str) -> Markup:
    """Drawn fields with small radios and tick boxes, for a page that asks much at once."""
    return Markup(SEVERAL.sub(r"\g<0> govuk-\1--small", str(drawn)))  # noqa: S704 -- markup that the macros have just drawn


def dialled(number: str) -> str:
    """The digits that a telephone dials for a written number, without an extension: "01632960000"."""
    before_extension = re.split(r"(?i)\s*(?:ext|x)", number, maxsplit=1)[0]
    abroad = re.sub(r"^(\s*\+.*)\(0\)", r"\1", before_extension)
    return re.sub(r"(?!^\+)[^0-9]", "", abroad.strip())


def query(current: QueryDict, **changes: str | None) -> str:
    """The query string with some parts set or, where None, removed: "?sort=-age&state=open"; else "?"."""
    parts = current.copy()
    for name, value in changes.items():
        if value is None:
            parts.pop(name, None)
        else:
            parts[name] = value
    return f"?{parts.urlencode()}"
