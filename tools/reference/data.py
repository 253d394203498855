"""docs/data.md: what each field of each model holds and how long it is kept, as the models say it."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from desist.facts import Retention

#: fields that Django declares -> what they hold: a model of ours cannot say it beside them
OF_DJANGO = {
    "id": "Number of the row, never shown",
    "password": "Hash of the password, where the site allows one; otherwise unusable",
    "last_login": "Not used",
    "session_key": "Random key that the browser holds in a cookie",
    "session_data": "What one page leaves for the next: a sentence to show, a sealed link to hand over",
    "expire_date": "When the session ends",
}


def models() -> list[type[Model]]:
    """Return every model of ours, without histories: a row's history means the same and is kept as long as the row."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("desist.") and not hasattr(model, "pgh_tracked_model")
    ]


def meaning(field: "Field[Any, Any]") -> str:
    """Return what a field holds; "" where no text says it."""
    return field.db_comment or OF_DJANGO.get(field.name, "")


def retention(model: type[Model]) -> Retention | None:
    """Return how long a model's rows are kept; None where it does not say."""
    return getattr(model, "retention_class", None)


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(chain(_head(), *(_model(model) for model in models()))) + "\n"


def _head() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "This page is printed from the models by `./desist docs`: a field says what it holds as its `db_comment`, which the"
    yield "database keeps too, and a model says how long its rows are kept. A test keeps the page true and fails for a field or"
    yield "a model that does not say it. Nothing here is legal advice."
    yield from ("", "## How long", "", "| class | rule |", "|---|---|")
    yield from (f"| {one.value.title} | {one.value.rule} |" for one in Retention)


def _model(model: type[Model]) -> Iterator[str]:
    kept = retention(model)
    tracked = any(getattr(other, "pgh_tracked_model", None) is model for other in apps.get_models())
    yield from ("", f"## {model._meta.label}", "")
    yield f"{(model.__doc__ or '').strip().splitlines()[0]} Kept: {kept.value.title.lower() if kept else ''}."
    if tracked:
        yield "Every change of a row is kept in its history."
    yield from ("", "| field | what it holds |", "|---|---|")
    yield from (f"| {field.name} | {meaning(field)} |" for field in model._meta.concrete_fields)
