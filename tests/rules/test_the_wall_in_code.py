"""The wall holds in the code itself: who may hold rows, what may lead across, what every command must take."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models
from tests.rules.code import SOURCE, ZONES, Module, functions, modules

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


def without_actor(module: Module) -> list[str]:
    """Public functions of a slice's commands that take neither an actor nor an envelope."""
    if not re.match(
        r"^(programme|partnership|advocacy|commission|accounts|post|restrictions|desk|feeds)/.*commands\.py$",
        module.path,
    ):
        return []
    found = []
    for node in module.tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and opens_the_gate(node):
            names = {argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)}
            if not names & {"actor", "received"}:
                found.append(f"{module.path}:{node.lineno} {node.name}")
    return found


def opens_the_gate(function: ast.FunctionDef) -> bool:
    """Whether a function changes something through the gate."""
    return any(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "gate"
        for node in ast.walk(function)
    )


#: Where every public function that saves must open the gate: each zone's commands, and all of what the zones share.
MUST_OPEN_THE_GATE = re.compile(
    r"^(programme|partnership|advocacy|commission)/.*commands\.py$"
    r"|^(accounts|post|desk|feeds|restrictions|audit)/.*(?<!models)\.py$"
)
WRITES = {
    *("save", "create", "bulk_create", "update", "bulk_update", "delete"),
    *("get_or_create", "update_or_create"),
}
ENTRANCE = "the entrance records whom it lets in and whom it refuses, and why"
WITHIN = "within the change of whoever calls it: that has the gate's event"
SEEN = "when a session was last seen: what is looked at has its own event"
#: function -> why it saves without the gate, or with an event of its own
OUTSIDE_THE_GATE = {
    "accounts/factors/commands.py check_passkey": ENTRANCE,
    "accounts/factors/commands.py check_code": ENTRANCE,
    "accounts/factors/commands.py use_recovery_code": ENTRANCE,
    "accounts/factors/commands.py renew": WITHIN,
    "accounts/factors/commands.py wipe": WITHIN,
    "accounts/middleware.py actor": SEEN,
    "accounts/middleware.py middleware": SEEN,
    "accounts/session_store.py sweep": "drops what a browser's session held, once that is over, by age alone",
    "partnership/attachments/commands.py drop": WITHIN,
    "post/approvals.py record": WITHIN,
    "post/approvals.py void": WITHIN,
    "post/approvals.py use_up": WITHIN,
    "post/by_hand.py add": WITHIN,
    "post/by_hand.py drop": WITHIN,
    "post/files.py export_waiting": "carries sealed bytes, as the courier does: the sending had its event",
    "post/files.py import_file": "carries sealed bytes: the handling has its event",
    "post/outbox.py forget": "drops sealed bytes that were sent, by age alone",
    "programme/enclosures/commands.py drop": WITHIN,
    "programme/enclosures/commands.py hand_over": WITHIN,
    "programme/referrals/commands.py put_right": WITHIN,
    "programme/referrals/commands.py take_back": WITHIN,
}


def saves_outside_the_gate(module: Module) -> list[str]:
    """Public functions of a slice's commands that save rows and never open the gate, nor take a row from one."""
    if not MUST_OPEN_THE_GATE.match(module.path):
        return []
    return [
        f"{module.path} {function.name}"
        for function in functions(module.tree)
        if not function.name.startswith("_") and not opens_the_gate(function) and writes(function)
    ]


def writes(function: ast.FunctionDef) -> bool:
    """Whether a function calls what saves rows."""
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
        for node in ast.walk(function)
    )


def test_only_the_gate_and_a_slices_own_commands_and_queries_hold_rows() -> None:
    assert [line for module in modules() for line in holds_rows(module)] == []


def test_a_view_that_reaches_for_rows_is_found() -> None:
    planted = Module("programme/referrals/views.py", "rows = Referral.objects.all()\n")

    assert holds_rows(planted) == ["programme/referrals/views.py:1"]


def test_every_command_takes_an_actor_or_an_envelope() -> None:
    assert [line for module in modules() for line in without_actor(module)] == []


def test_a_command_without_an_actor_is_found() -> None:
    planted = Module("programme/referrals/commands.py", "def decide(*, ref):\n    gate.change(ref)\n")

    assert without_actor(planted) == ["programme/referrals/commands.py:1 decide"]


def test_no_command_saves_outside_the_gate() -> None:
    found = {line for module in modules() for line in saves_outside_the_gate(module)}

    assert found == set(OUTSIDE_THE_GATE)


@pytest.mark.parametrize(
    "path",
    [
        "programme/referrals/commands.py",
        "accounts/commands.py",
        "post/outbox.py",
        "desk/duty/commands.py",
        "feeds/commands.py",
        "restrictions/commands.py",
    ],
)
def test_a_command_that_saves_outside_the_gate_is_found(path: str) -> None:
    planted = Module(path, "def decide(*, actor, row):\n    row.save()\n")

    assert saves_outside_the_gate(planted) == [f"{path} decide"]


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
