"""How PostgreSQL answers the pages that are used all day, with 10,000 people: by index, never by reading a big table."""

import functools
import json
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from tests import clock
from tests.programme import factories

from desist.programme.navigation import MENU
from desist.programme.pages.person import queries as episodes
from desist.programme.pages.search import queries as search
from desist.programme.sessions import commands
from desist.programme.sessions.models import Session
from desist.programme.sessions.records import Record
from desist.referral.finding import read
from desist.wall import places
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
BIG = {"programme_referral", "programme_episode", "programme_session", "programme_allocation"}
#: ten thousand people of two areas with two sessions each, whom 1,250 practitioners work with
PEOPLE = """
INSERT INTO programme_practitioner (ref, name, area, profession, registered_with, registration,
  training_signed_by, capacity, version)
SELECT 'worker' || n, 'Worker ' || n, CASE n % 2 WHEN 0 THEN 'north' ELSE 'south' END, 'cbt', 'other', '1',
  '', 8, 1
FROM generate_series(0, 1249) n;
INSERT INTO programme_referral (ref, area, state, {columns})
SELECT 'r' || n, CASE n % 2 WHEN 0 THEN 'north' ELSE 'south' END, 'accepted', {values}
FROM generate_series(1, 10000) n CROSS JOIN programme_referral t WHERE t.ref = 'template';
UPDATE programme_referral SET thread = ref, family_name = 'Name ' || md5(ref),
  born = date '1960-01-01' + (substr(ref, 2)::int * 7) % 15000 WHERE ref <> 'template';
INSERT INTO programme_episode (ref, referral_id, area, state, version, opened_at)
SELECT 'e' || substr(ref, 2), id, area, 'in_sessions', 1, {at} FROM programme_referral WHERE ref <> 'template';
INSERT INTO programme_allocation (episode_id, practitioner_id, made_by, made_at, reason)
SELECT e.id, p.id, 'carol', {at}, '' FROM programme_episode e JOIN programme_practitioner p
ON p.ref = 'worker' || substr(e.ref, 2)::int % 1250;
"""


@pytest.fixture
def crowded(committed: Any, server: Any) -> Iterator[None]:
    """The database with its 10,000 people, and what PostgreSQL has to know of them to plan."""
    template = factories.referral(ref="template", thread="template")
    fields = [
        str(one.column)
        for one in template._meta.concrete_fields
        if one.name not in {"id", "ref", "area", "state", "thread"}
    ]
    values = ", ".join(f"t.{column}" for column in fields)
    with server.connect(committed.settings_dict["NAME"]) as owner:
        owner.execute("SET session_replication_role = replica")  # without row history: it is not what is read
        columns, values = ", ".join([*fields, "thread"]), f"{values}, 'thread' || n"
        for statement in PEOPLE.format(columns=columns, values=values, at=clock.in_sql()).split(";"):
            if statement.strip():
                owner.execute(statement)
        owner.execute(_sessions())
        owner.execute("ANALYZE")
    yield
    connection.close()


def _sessions() -> str:
    """Two sessions a person, one held and one planned; other columns as a planned session has them."""
    empty = [
        str(one.column)
        for one in Session._meta.concrete_fields
        if one.get_internal_type() in {"CharField", "TextField"}
        and one.column not in {"ref", "kind", "state"}
    ]
    return (
        f"INSERT INTO programme_session (ref, episode_id, number, kind, practitioner_id, period, state, version, "
        f"recorded_at, skills, measures, debrief_wanted, alone, attempts, {', '.join(empty)}) "
        "SELECT substr(md5(e.ref || w), 1, 10), e.id, w, 'core', a.practitioner_id, "
        "tstzrange(begins + w * interval '1 week', begins + w * interval '1 week' + interval '1 hour'), "
        f"'planned', 1, NULL, '{{}}', '{{}}', false, false, 0, {', '.join([repr('')] * len(empty))} "
        "FROM programme_episode e JOIN programme_allocation a ON a.episode_id = e.id, generate_series(1, 2) w, "
        f"LATERAL (SELECT {clock.in_sql()} + substr(e.ref, 2)::int / 1250 * interval '2 hours' AS begins) o"
    )


def plans(act: Callable[[], object]) -> list[Any]:
    """Every node of the plans of what `act` asks of the database."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    nodes: list[Any] = []
    for sql, params in asked:
        if sql.lstrip().startswith(("SELECT", "WITH", "UPDATE")):
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                (found,) = cursor.fetchone()
            plan = found if isinstance(found, list) else json.loads(found)
            nodes += _nodes(plan[0]["Plan"])
    return nodes


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def read_whole(act: Callable[[], object]) -> list[str]:
    """The big tables that are read from end to end."""
    return [
        node["Relation Name"]
        for node in plans(act)
        if node["Node Type"] == "Seq Scan" and node["Relation Name"] in BIG
    ]


def test_no_page_that_is_used_all_day_reads_a_big_table_from_end_to_end(crowded: None) -> None:
    manager = Actor(who="morgan", role=Role.MANAGER, area="north", correlation=uuid.uuid4())
    worker = Actor(who="worker2", role=Role.PRACTITIONER, area="north", correlation=uuid.uuid4())
    session = Session.objects.filter(practitioner__ref="worker2").values_list("ref", flat=True)[0]
    asked: dict[str, Callable[[], object]] = {
        "caseload": lambda: episodes.episodes(actor=manager, at=NOW),
        "a later page": lambda: episodes.episodes(actor=manager, at=NOW, after="e2000"),
        "a practitioner's": lambda: episodes.episodes(actor=worker, at=NOW),
        "one person": lambda: episodes.episode(actor=manager, ref="e2000", at=NOW),
        **{
            typed: functools.partial(search.search, actor=manager, wanted=read(typed), at=NOW)
            for typed in (
                "e2a3c4d6e7",
                "Name",
                "Nmae 0a1b2c",
                "07700 900152",
                "4/3/1975",
                "2003/62845E",
                "x@y.example",
            )
        },
        "a practitioner's search": lambda: search.search(actor=worker, wanted=read("Nmae"), at=NOW),
        "saving": lambda: commands.save(
            actor=worker, ref=session, record=Record(work_done="A chain"), version=1, at=NOW
        ),
    }

    found = {name: read_whole(act) for name, act in asked.items()}

    assert found == {name: [] for name in asked}


def test_a_menu_reads_no_big_table_for_its_counts(crowded: None) -> None:
    manager = Actor(who="morgan", role=Role.MANAGER, area="north", correlation=uuid.uuid4())

    found = plans(lambda: places.navigation(manager, MENU))

    assert "undecided_referrals" in {node.get("Index Name") for node in found}
    assert not BIG & {node["Relation Name"] for node in found if node["Node Type"] == "Seq Scan"}


def test_a_question_without_an_index_is_found(crowded: None) -> None:
    assert read_whole(lambda: list(Session.objects.filter(homework_set="Nothing"))) == ["programme_session"]
