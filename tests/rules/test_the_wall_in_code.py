"""The wall holds in the code itself: who may hold rows, what may lead across, who reads the clock."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models
from tests.rules.code import SOURCE, ZONES, Module, modules

#: Where rows may be asked for: the gate's own package, the post's machinery, and a slice's commands and queries.
MAY_HOLD_ROWS = re.compile(
    r"^(wall|post)/[a-z_]+\.py$"
    r"|^accounts/(commands|queries|middleware|sessions|session_store|adapter)\.py$"
    r"|^audit/(cases|queries)\.py$"
    r"|^restrictions/(commands|policy|queries)\.py$"
    r"|^feeds/(commands|queries)\.py$"
    r"|^[a-z]+/[a-z_]+/(commands|queries)\.py$"
    r"|^(synthetic|bench)/[a-z_/]+\.py$"
)


def holds_rows(module: Module) -> list[str]:
    """Lines that reach for rows in a module that may not."""
    if MAY_HOLD_ROWS.match(module.path) or module.is_migration:
        return []
    return [
        f"{module.path}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}
    ]


def test_only_the_gate_and_a_slices_own_commands_and_queries_hold_rows() -> None:
    assert [line for module in modules() for line in holds_rows(module)] == []


def test_a_view_that_reaches_for_rows_is_found() -> None:
    planted = Module("programme/referrals/views.py", "rows = Referral.objects.all()\n")

    assert holds_rows(planted) == ["programme/referrals/views.py:1"]


def crossings(model: type[models.Model]) -> list[str]:
    """Foreign keys from a model to a model of another zone."""
    label = model._meta.app_label
    return [
        f"{model._meta.label}.{field.name}"
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label in ZONES
        and label in ZONES
        and field.related_model._meta.app_label != label
    ]


def test_no_foreign_key_crosses_a_wall() -> None:
    assert [line for model in apps.get_models() for line in crossings(model)] == []


def template_crossings(path: str, text: str) -> list[str]:
    """Templates of another zone that a template names."""
    zone = path.split("/", 1)[0]
    named = re.findall(r"""(?:extends|include|import|from)\s+["']([a-z]+)/""", text)
    return [f"{path} -> {name}" for name in named if name in ZONES and name != zone]


def test_no_template_crosses_a_wall() -> None:
    found = []
    for path in SOURCE.rglob("templates/**/*.html"):
        if "vendor" not in path.parts:
            found += template_crossings(path.relative_to(SOURCE).as_posix(), path.read_text("utf-8"))

    assert found == []


@pytest.mark.parametrize("word", ["extends", "include", "import"])
def test_a_template_of_another_zone_is_found(word: str) -> None:
    planted = f'{{% {word} "advocacy/home/home.html" %}}'

    assert template_crossings("programme/templates/programme/x.html", planted)


def test_the_clock_is_read_in_few_places() -> None:
    """Nobody below the middleware reads the clock: they are told the moment."""
    readers = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|time\.time\(")
    allowed = re.compile(
        r"^(accounts/(middleware|session_store)|zones/worker|cli/|running/|leaks/|bench/|embedded/|synthetic/|public/|backup/|keys/)"
    )
    found = [m.path for m in modules() if readers.search(m.text) and not allowed.match(m.path)]

    assert found == []
