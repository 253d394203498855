"""Statements that are written once: every actor of a role gets what the ORM would have found for them."""

import importlib
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import EmptyResultSet, FieldError, ValidationError
from django.db.models import F, Model, Q

from desist.sites import Zone
from desist.wall.actors import Actor, Role
from desist.wall.policy import Rule
from desist.wall.statements import Instances, Question, Slot, Statement, among, fetch, fixed, of_role

#: people whom a scope could be tempted to treat in another way than by their role
PEOPLE = (("kit", "northmere"), ("", "south"), ("post", "everywhere"))

Scope = Callable[[Actor], Q]


def everything_of(rows: Any) -> Any:
    return rows.order_by("pk").values_list("pk")


def rules() -> list[Rule]:
    """Every rule there is, once."""
    tables = [importlib.import_module(name).RULES for name in settings.DESIST_POLICIES]
    return list({rule: None for table in tables for rule in table.values()})


def models_of(scope: Scope, role: Role) -> list[type[Model]]:
    """Our models that a scope can narrow: those that have its fields; where it narrows none, one stands for all."""
    narrowed = scope(Actor(who="kit", role=role, area="northmere", correlation=uuid.uuid4()))
    found: list[type[Model]] = []
    ours = [model for model in apps.get_models() if model.__module__.startswith("desist.")]
    for model in ours if narrowed else ours[:1]:
        try:
            model._default_manager.filter(narrowed)
        except (FieldError, ValidationError, ValueError):  # no such field, or one of another type
            continue
        found.append(model)
    return found


def written(rows: Any) -> tuple[str, tuple[Any, ...]]:
    """A queryset as the ORM writes it, with its texts; where it writes none, as a statement that finds nothing."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        sql, values = everything_of(
            rows.model._default_manager.extra(where=["false"])
        ).query.sql_with_params()
    return fixed(sql, values)


def strays(scope: Scope, role: Role) -> list[str]:
    """Models of which one statement a role would not serve everybody who holds it."""
    found = []
    narrowed = {
        (who, area): scope(Actor(who=who, role=role, area=area, correlation=uuid.uuid4()))
        for who, area in PEOPLE
    }
    for model in models_of(scope, role):
        statement = of_role(Question(model, everything_of), scope, role)
        for (who, area), own in narrowed.items():
            shared = statement.bound({"who": who, "area": area})
            if written(everything_of(model._default_manager.filter(own))) != fixed(*shared):
                found.append(f"{model._meta.label} for {who or 'nobody'}")
    return found


@pytest.mark.slow
def test_no_scope_depends_on_more_than_the_role_and_the_values_of_an_actor() -> None:
    scopes = {(rule.scope, role): None for rule in rules() for role in rule.roles}
    found = [stray for scope, role in scopes for stray in strays(scope, role)]

    assert found == []


def test_a_scope_that_looks_at_who_asks_is_found() -> None:
    def cunning(actor: Actor) -> Q:
        return Q() if actor.who == "post" else Q(area=actor.area)

    assert "programme.Episode for post" in strays(cunning, Role.MANAGER)


@pytest.mark.django_db
def test_a_scope_of_no_rows_finds_none() -> None:
    from desist.accounts.models import Account

    Account.objects.create(name="Kit", email="kit@example.org", invited_at=datetime(2026, 3, 3, tzinfo=UTC))
    statement = of_role(Question(Account, everything_of), lambda _: Q(pk__in=[]), Role.MANAGER)

    assert fetch(*statement.bound({})) == []


def test_a_slot_without_a_value_is_an_error_and_never_a_search_for_its_name() -> None:
    from desist.programme.episodes.models import Episode

    statement = Statement(lambda: Episode.objects.filter(ref=Slot("ref")).values_list("pk"))

    with pytest.raises(KeyError, match="ref"):
        statement.bound({})


@pytest.mark.django_db
def test_instances_of_a_statement_are_those_of_the_orm_with_what_they_point_to(
    django_assert_num_queries: Callable[..., Any],
) -> None:
    from tests.programme import factories

    from desist.programme.sessions.models import Session

    practitioner = factories.practitioner(account=factories.account())
    episode = factories.episode(referral=factories.referral(), practitioner=practitioner)
    made = [factories.session(episode=episode, number=number) for number in (2, 3)]
    second = factories.practitioner(account=factories.account(name="Noor Hale"))
    Session.objects.filter(pk=made[0].pk).update(second=second)
    places = [one.room.premises.name for one in made if one.room]
    found = Instances(
        lambda: (
            Session.objects.filter(pk__in=among("keys")).annotate(later=F("number") + 1).order_by("number")
        ),
        *("period", "number", "later", "practitioner__name", "second__name", "room__premises__name"),
        *("episode__referral__aliases", "episode__referral__family_name"),
    ).rows(keys=[one.pk for one in made])

    with django_assert_num_queries(0):
        assert [one.period for one in found] == [one.period for one in made]
        assert [one.later for one in found] == [3, 4]
        assert [one.second and one.second.name for one in found] == [second.name, None]
        assert [one.practitioner.name for one in found] == [one.practitioner.name for one in made]
        assert [one.room.premises.name for one in found if one.room] == places
        assert found[0].episode.referral.family_name == episode.referral.family_name
        assert found[0].episode.referral.aliases == episode.referral.aliases
    assert found == made
    assert found[0].state == made[0].state  # a field that was not asked for is read when it is


def test_codes_are_written_into_a_statement_and_slots_are_not() -> None:
    from desist.programme.episodes.models import Episode

    statement = Statement(
        lambda: Episode.objects.filter(state="waiting", area=Slot("area"), version=3).values_list("pk")
    )
    sql, values = statement.bound({"area": "North"})

    assert "= 'waiting'" in sql
    assert values == ["North", 3]


def test_a_text_is_written_so_that_it_ends_no_statement_and_marks_no_value() -> None:
    assert fixed("a = %s AND b LIKE '%%' AND c = %s AND d = %s", ["it's 5%s", 7, Slot("who")]) == (
        "a = 'it''s 5%%s' AND b LIKE '%%' AND c = %s AND d = %s",
        (7, Slot("who")),
    )


def test_every_staff_zone_has_its_rules_looked_at() -> None:
    zones = {zone.value for zone in Zone} - {"participant", "public"}

    assert {f"desist.{zone}.policy" for zone in zones} <= set(settings.DESIST_POLICIES)
