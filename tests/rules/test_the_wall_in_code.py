"""The wall holds in the code itself: which modules hold rows, name other zones' models, or read the clock."""

import ast
import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from tests.rules.code import SOURCE, ZONES, Module, every, modules

from desist.programme.referrals.models import Referral

#: Modules that may query rows: the gate's own package, the post's machinery, and a slice's commands and queries.
MAY_HOLD_ROWS = re.compile(
    r"^(wall|post)/[a-z_]+\.py$"
    r"|^accounts/(commands|queries|policy|presence|sessions|session_store)\.py$"
    r"|^audit/(cases|queries)\.py$"
    r"|^restrictions/(commands|policy|queries)\.py$"
    r"|^(programme|advocacy)/scopes\.py$"  # which practitioner works with a person now is part of a scope
    r"|^partnership/(panels/)?scopes\.py$"  # who accepted the terms, or may read both sides, is part of a scope
    r"|^(feeds|tasks|declarations|merges|moving_in|moving_in/offers|quarterly)/(commands|queries)\.py$"
    r"|^merges/(records|walls)\.py$"  # which records are of one person, and who is kept from all of them
    r"|^tasks/(cases|moving)\.py$"  # whose case a task is about, and whose it becomes with the case
    r"|^programme/pages/home/(caring|cases|higher|leading|news)\.py$"  # the questions of To do, by whom they are for
    r"|^programme/pages/person/summary\.py$"  # what the first page of a person asks beside its own columns
    r"|^(programme/service|partnership|advocacy)/quarterly/reading\.py$"  # the facts of a quarter, for what is kept and what is compared
    r"|^partnership/extracts/reading\.py$"  # what a force recorded of people of an extract, read for it alone
    r"|^commission/extracts/outcomes\.py$"  # what can happen to what forces told, beside the commands of extracts
    r"|^programme/service/extracts/people\.py$"  # the people of an extract, read for it alone
    r"|^programme/sessions/reached\.py$"  # which missed sessions ask for a contact, for four slices
    r"|^[a-z]+(/[a-z_]+){1,2}/(commands|queries)\.py$"
    r"|^tools/(synthetic|bench)/[a-z_/]+\.py$"
    r"|^tools/leaks/words\.py$"
    r"|^desist_(chronicle|evaluation)/"  # they know no Django (test_imports.py): an object there is one of a PDF
)


def holds_rows(module: Module) -> list[str]:
    """Return the lines of a module that reach for rows where it may not."""
    if MAY_HOLD_ROWS.match(module.path) or module.is_migration:
        return []
    return [
        f"{module.path}:{node.lineno}"
        for node in every(module.tree, ast.Attribute)
        if node.attr in {"objects", "_default_manager", "_base_manager"}
    ]


def test_only_the_gate_and_a_slices_own_commands_and_queries_hold_rows() -> None:
    assert [line for module in modules() for line in holds_rows(module)] == []


def test_a_view_that_reaches_for_rows_is_found() -> None:
    planted = Module("programme/referrals/views.py", "rows = Referral.objects.all()\n")

    assert holds_rows(planted) == ["programme/referrals/views.py:1"]


def crossings(model: type[models.Model]) -> list[str]:
    """Return the foreign keys from a model to a model of another zone."""
    return [
        f"{model._meta.label}.{field.name}"
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label in ZONES
        and field.related_model._meta.app_label != model._meta.app_label
    ]


def test_no_foreign_key_crosses_a_wall() -> None:
    every = apps.get_models(include_auto_created=True)  # those of many-to-many tables too

    assert [line for model in every for line in crossings(model)] == []


@pytest.mark.parametrize("label", ["advocacy", "accounts"])
@isolate_apps()
def test_a_foreign_key_that_crosses_a_wall_is_found(label: str) -> None:
    class Planted(models.Model):
        referral = models.ForeignKey(Referral, models.PROTECT, related_name="+")

        class Meta:
            app_label = label

    assert crossings(Planted) == [f"{label}.Planted.referral"]


def template_crossings(path: str, text: str) -> list[str]:
    """Return the templates of another zone that a template names."""
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


#: every way to read the clock: with a call, or as a function that a field or a call receives
CLOCK = re.compile(
    r"timezone\.now\b|\bdatetime\.(now|today|utcnow)\b|\bdate\.today\b|\btime\.time\b"
    r"|\blocal(date|time)\(\)|\bauto_now"
)
MAY_READ_THE_CLOCK = re.compile(
    r"^(accounts/(middleware|session_store)|participant/here|zones/(worker|mailer|metrics|alive)|cli/|desist_(chronicle|evaluation)/cli/|running/|tools/|embedded/|public/|backup/|keys/)"
)


def reads_the_clock(module: Module) -> bool:
    """Return whether a module below the middleware reads the clock: it should receive the moment."""
    outside = module.is_migration or MAY_READ_THE_CLOCK.match(module.path)
    return not outside and bool(CLOCK.search(module.text))


def test_the_clock_is_read_in_few_places() -> None:
    assert [module.path for module in modules() if reads_the_clock(module)] == []


@pytest.mark.parametrize(
    "text",
    [
        "at = timezone.now()\n",
        "today = date.today()\n",
        "at = datetime.now(tz=UTC)\n",
        "today = timezone.localdate()\n",
        "at = models.DateTimeField(default=timezone.now)\n",
        "at = models.DateTimeField(auto_now_add=True)\n",
    ],
)
def test_a_command_that_reads_the_clock_is_found(text: str) -> None:
    assert reads_the_clock(Module("programme/referrals/commands.py", text))
    assert not reads_the_clock(Module("zones/worker.py", text))
