"""`python -m tools.starts`: writes for each zone the migration from which a new site begins: today's tables in one step.

It replaces all migrations before it (docs/adr/new-sites-begin-with-todays-tables.md). A site that has applied some of them
goes on one by one. What migrations did in SQL is added to the file by hand: an index over expressions comes last, since it
may need a function of ours. Run it from the project's folder.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from django.apps import apps
from django.core.management.commands.makemigrations import Command
from django.db.migrations import migration
from django.db.migrations import operations as made
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter
from pgtrigger.migrations import AddTrigger

from desist.postgresql.migrations import AtOnce

ZONES = ("advocacy", "partnership", "programme")


def main() -> None:
    """Write the files, and say which."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desist.zones.tests")
    django.setup()
    loader = MigrationLoader(None)
    for zone in ZONES:
        written = start(zone, loader)
        path = Path(apps.get_app_config(zone).path) / "migrations" / f"{written.name}.py"
        path.write_text(MigrationWriter(written, include_header=False).as_string(), encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(Path.cwd())}\n")


def start(zone: str, loader: MigrationLoader) -> migration.Migration:
    """Return the migration that makes a zone's tables as its models are now."""
    (last,) = (name for label, name in loader.graph.leaf_nodes() if label == zone)
    before = ProjectState(real_apps=set(loader.unmigrated_apps))
    for label, name in loader.graph.nodes:
        if label != zone:
            before.models |= loader.project_state((label, name)).models
    before.models = {key: model for key, model in before.models.items() if key[0] != zone}
    detector = Command.autodetector(before, ProjectState.from_apps(apps), MigrationQuestioner())
    found = detector.changes(graph=loader.graph, trim_to_apps={zone})[zone]
    needed = {label for part in found for label, _ in part.dependencies} - {zone}
    operations = [one for part in found for one in part.operations]
    later = [one for one in operations if isinstance(one, made.AddIndex) and one.index.expressions]
    facts = {
        "initial": True,
        "dependencies": [one for one in sorted(loader.graph.leaf_nodes()) if one[0] in needed],
        "replaces": [(zone, name) for label, name in sorted(loader.disk_migrations) if label == zone],
        "operations": [AtOnce(list(folded(one for one in operations if one not in later))), *later],
    }
    written: migration.Migration = type("Start", (migration.Migration,), facts)(f"0001_squashed_{last}", zone)
    return written


def folded(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Yield new models with all their fields, rules and indexes, and then their triggers."""
    models: dict[str, made.CreateModel] = {}
    triggers = []
    for one in operations:
        if isinstance(one, made.CreateModel):
            models[one.name_lower] = one
        elif isinstance(one, made.AddField):
            models[one.model_name_lower].fields.append((one.name, one.field))
        elif isinstance(one, made.AddIndex | made.AddConstraint):
            kind, rule = (
                ("indexes", one.index) if isinstance(one, made.AddIndex) else ("constraints", one.constraint)
            )
            options = models[one.model_name_lower].options
            options[kind] = [*options.get(kind, ()), rule]
        elif isinstance(one, AddTrigger):
            triggers.append(one)
        else:
            raise SystemExit(f"{one.describe()}: this is not known here.")
    yield from models.values()
    yield from triggers


if __name__ == "__main__":
    main()
