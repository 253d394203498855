"""docs/data.md: what every field holds and how long it is kept."""

from collections.abc import Iterator
from itertools import chain

from django.apps import apps
from django.db.models import Model

from desist.reference.accounts import ACCOUNTS
from desist.reference.advocacy import ADVOCACY
from desist.reference.advocacy_measures import ADVOCACY_MEASURES
from desist.reference.desk import DESK
from desist.reference.dictionary import PARTNERSHIP, WALL, Entry
from desist.reference.disclosures import DISCLOSURES
from desist.reference.feeds import FEEDS
from desist.reference.orders import ORDERS
from desist.reference.post import POST
from desist.reference.programme import PROGRAMME
from desist.reference.programme_assessment import PROGRAMME_ASSESSMENT
from desist.reference.programme_leaving import PROGRAMME_LEAVING
from desist.reference.programme_management import PROGRAMME_MANAGEMENT
from desist.reference.programme_planning import PROGRAMME_PLANNING
from desist.reference.programme_referrals import PROGRAMME_REFERRALS
from desist.reference.retention import Retention

DICTIONARY: dict[str, Entry] = {
    **PROGRAMME,
    **PROGRAMME_REFERRALS,
    **PROGRAMME_ASSESSMENT,
    **PROGRAMME_LEAVING,
    **PROGRAMME_PLANNING,
    **PROGRAMME_MANAGEMENT,
    **PARTNERSHIP,
    **ORDERS,
    **ADVOCACY,
    **ADVOCACY_MEASURES,
    **WALL,
    **POST,
    **DISCLOSURES,
    **DESK,
    **FEEDS,
    **ACCOUNTS,
}


def models() -> list[type[Model]]:
    """Every model of ours, history apart: a row's history is kept as long as the row."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("desist.") and not hasattr(model, "pgh_tracked_model")
    ]


def fields(model: type[Model]) -> list[str]:
    """The names of a model's own columns."""
    return [field.name for field in model._meta.concrete_fields]


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join(chain(_head(), *(_model(model) for model in models()))) + "\n"


def _head() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "This page is printed from the tables in `desist.reference` by `./desist docs`; a test keeps it true and fails"
    yield "for a field without a line. Nothing here is legal advice."
    yield from ("", "## How long", "", "| class | rule |", "|---|---|")
    yield from (f"| {one.value.title} | {one.value.rule} |" for one in Retention)


def _model(model: type[Model]) -> Iterator[str]:
    entry = DICTIONARY[model._meta.label]
    tracked = hasattr(model, "pgh_event_model") or any(
        getattr(other, "pgh_tracked_model", None) is model for other in apps.get_models()
    )
    yield from ("", f"## {model._meta.label}", "")
    yield f"{(model.__doc__ or '').strip().splitlines()[0]} Kept: {entry.retention.value.title.lower()}."
    if tracked:
        yield "Every change of a row is kept in its history."
    yield from ("", "| field | what it holds |", "|---|---|")
    yield from (f"| {name} | {entry.fields[name]} |" for name in fields(model))
