"""Each field says what it holds, and each model how long its rows are kept; a row's history says the same."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db.models import Model

from desist.accounts.models import SignIn
from desist.programme.models import Room
from tools.reference import data


def unsaid(models: Iterable[type[Model]]) -> list[str]:
    """Fields without a meaning, and models without a retention class."""
    found = []
    for model in models:
        label = model._meta.label
        found += [f"{label}.{field.name}" for field in model._meta.concrete_fields if not data.meaning(field)]
        found += [] if data.retention(model) else [f"{label} has no retention class"]
    return found


def test_every_field_says_what_it_holds_and_every_model_how_long_it_is_kept() -> None:
    assert unsaid(data.models()) == []


def test_a_field_that_does_not_say_what_it_holds_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Room._meta.get_field("name"), "db_comment", None)

    assert unsaid(data.models()) == ["programme.Room.name"]


def test_a_model_that_does_not_say_how_long_its_rows_are_kept_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(SignIn, "retention_class")

    assert unsaid(data.models()) == ["accounts.SignIn has no retention class"]


def test_what_django_declares_is_said_only_where_a_field_does_not_say_it() -> None:
    declared = {
        field.name for model in data.models() for field in model._meta.concrete_fields if not field.db_comment
    }

    assert declared == set(data.OF_DJANGO)


def test_the_history_of_a_row_says_of_each_field_what_the_row_says() -> None:
    histories = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    differing = [
        f"{history._meta.label}.{field.name}"
        for history in histories
        for field in history._meta.concrete_fields
        if not field.name.startswith("pgh_")
        and field.db_comment != history.pgh_tracked_model._meta.get_field(field.name).db_comment
    ]

    assert len(histories) > 50
    assert differing == []
