"""The tables that tests begin from are those that `./desist migrate` makes, with their owners, grants and comments."""

import json
from pathlib import Path
from typing import Any

import pytest

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.sites import Site, Zone
from tests import database, tables

MIGRATED = Site("north-commission", Zone.COMMISSION, "North")
COPIED = Site("south-commission", Zone.COMMISSION, "South")
FACTS = (
    """SELECT oid::regclass::text, relkind, relowner::regrole::text, relacl::text, obj_description(oid, 'pg_class')
       FROM pg_class WHERE relnamespace = 'public'::regnamespace""",
    """SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), attnotnull, attacl::text,
       col_description(attrelid, attnum) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
       WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped""",
    """SELECT oid::regprocedure::text, proowner::regrole::text, proacl::text, prosrc FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace""",
    "SELECT conrelid::regclass::text, conname FROM pg_constraint",
    "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT defaclrole::regrole::text, defaclacl::text FROM pg_default_acl",
    "SELECT app, name FROM django_migrations",
)


def facts(cluster: Cluster, site: Site) -> list[list[Any]]:
    """What the catalogue says of a site's database, in one site's names."""
    with cluster.connect(site.database) as superuser:
        found = [superuser.execute(one.encode()).fetchall() for one in FACTS]
    return [sorted(repr(row).replace(site.slug, MIGRATED.slug) for row in rows) for rows in found]


@pytest.mark.slow
@pytest.mark.processes
def test_a_copy_is_as_migrating_makes_it() -> None:
    with throwaway_cluster() as cluster:
        deploy.found(cluster.folder, [MIGRATED, COPIED], on=tables.FOUNDED)
        deploy.migrate(cluster.folder, [MIGRATED])
        tables.founded(cluster.folder, [COPIED])
        made, copied = facts(cluster, MIGRATED), facts(cluster, COPIED)

        assert all(made)
        assert copied == made

        with cluster.connect(COPIED.database) as superuser:
            superuser.execute(f"REVOKE INSERT ON wall_auditevent FROM {COPIED.app}".encode())
        assert facts(cluster, COPIED) != made


MIGRATION = "src/desist/desk/migrations/0001_initial.py"


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, True),
        ({MIGRATION: None}, True),  # a later one
        ({MIGRATION: "edited since"}, False),
        ({"src/desist/desk/migrations/0099_gone.py": "gone since"}, False),
        ({"tests/database.py": "edited since"}, False),
        ({"tests/database.py": None}, False),
    ],
)
def test_only_tables_that_lack_later_migrations_and_nothing_else_are_migrated_further(
    tmp_path: Path, changed: dict[str, str | None], may: bool
) -> None:
    then: dict[str, str | None] = {**database.digests(database.MIGRATIONS, *database.GROUND), **changed}
    kept = {name: digest for name, digest in then.items() if digest}
    (tmp_path / database.LIST).write_text(json.dumps(kept))

    assert database.may_be_built_on(tmp_path) == may


def test_tables_without_a_list_of_what_made_them_are_not_built_on(tmp_path: Path) -> None:
    assert not database.may_be_built_on(tmp_path)
