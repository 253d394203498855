"""What leads to a record that can be merged goes along with it, or stays with a reason; and what is locked is locked anew."""

import importlib
from collections.abc import Collection, Iterable, Iterator, Mapping

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps

from desist.advocacy.pages.home import locked
from desist.facts import Retention
from desist.merges.records import Kind
from desist.programme.episodes.models import Episode
from desist.sites import Zone
from desist.wall import grants


def of_zone(zone: Zone) -> tuple[Kind, ...]:
    module, _, table = settings.DESIST_MERGES[zone].rpartition(".")
    kinds: tuple[Kind, ...] = getattr(importlib.import_module(module), table)
    return kinds


def tables(zone: str) -> list[type[models.Model]]:
    """The tables of a zone without their history."""
    every = apps.get_app_config(zone).get_models()
    return [model for model in every if not hasattr(model, "pgh_tracked_model")]


def left(kind: Kind, of: Iterable[type[models.Model]]) -> Iterator[str]:
    """What leads to a record, or to what its rows belong to, and neither goes along nor stays with a reason."""
    columns = {f"{along.table}.{along.column}": along for along in kind.along}
    owners = {kind.model, *(along.model._meta.get_field(along.column).related_model for along in kind.along)}
    found = {
        f"{model._meta.db_table}.{field.name}"
        for model in of
        for field in model._meta.concrete_fields
        if field.related_model in owners - {None}
    }
    named = {*columns, *kind.stays}
    related = {
        name for name, along in columns.items() if along.model._meta.get_field(along.column).is_relation
    }
    yield from sorted(found - named)
    yield from sorted(f"{name}: no such column" for name in (related | {*kind.stays}) - found)
    yield from sorted(f"{name}: both goes along and stays" for name in columns.keys() & kind.stays.keys())


def unlocked(of: Iterable[type[models.Model]], named: Collection[str]) -> list[str]:
    """The columns of bytes of which nothing says how a merge locks them anew."""
    found = {
        f"{model._meta.db_table}.{field.name}"
        for model in of
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "BinaryField"
    }
    return sorted(found ^ {*named})


@pytest.mark.parametrize("zone", [Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY])
def test_what_leads_to_a_record_goes_along_or_stays_with_a_reason(zone: Zone) -> None:
    for kind in of_zone(zone):
        assert list(left(kind, tables(zone.value))) == []


@isolate_apps("desist.programme")
def test_a_row_that_nothing_names_is_found() -> None:
    class Planted(models.Model):
        retention_class = Retention.CASE
        episode = models.ForeignKey(Episode, on_delete=models.PROTECT)

        class Meta:
            app_label = "programme"

    (kind,) = of_zone(Zone.PROGRAMME)

    assert list(left(kind, [*tables("programme"), Planted])) == ["programme_planted.episode"]
    assert "programme_letter.episode: no such column" in list(left(kind, []))


def fixed(kinds: Iterable[Kind], granted: Mapping[str, str]) -> list[str]:
    """The tables that go along and whose rows the application may not change."""
    return sorted(
        {along.table for kind in kinds for along in kind.along if "UPDATE" not in granted[along.table]}
    )


@pytest.mark.parametrize("zone", [Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY])
def test_what_goes_along_may_be_changed_by_the_application(zone: Zone) -> None:
    assert fixed(of_zone(zone), grants.OURS) == []


def test_a_table_that_may_only_be_added_to_is_found() -> None:
    only_added = {**grants.OURS, "advocacy_tag": grants.ADD}

    assert fixed(of_zone(Zone.ADVOCACY), only_added) == ["advocacy_tag"]


LOCKED = [f"{one.model._meta.db_table}.{one.column}" for one in locked.LOCKED]


def test_every_locked_column_of_a_client_is_locked_anew_or_stays_with_a_reason() -> None:
    assert unlocked(tables("advocacy"), [*LOCKED, *locked.OTHERS]) == []


def test_a_locked_column_that_nothing_names_is_found() -> None:
    assert unlocked(tables("advocacy"), [*LOCKED[1:], *locked.OTHERS]) == ["advocacy_locator.sealed"]
