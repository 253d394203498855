"""A site starts on the tables of its version alone, and says in one sentence what to run where they are others."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version

import pytest

from desist.embedded import Cluster
from desist.embedded.throwaway import throwaway_cluster
from desist.running import deploy
from desist.sites import Site, Zone

SITE = Site("northmere-police", Zone.PARTNERSHIP, "Northmere police", port=8702)
BY_HAND = (
    "northmere-police does not start:\n- The tables of northmere-police are not as the migrations of this version make "
    "them: {}. Bring the site back from a backup (`./desist restore`) that this version or an earlier one made, 0.1.0 or "
    "newer, and run `./desist migrate`.\n"
)
LOST = "there is no partnership_breachstep."
LAST = "0005_words_released_by_two"

pytestmark = [pytest.mark.slow, pytest.mark.processes]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        deploy.found(cluster.folder, [SITE], on=date(2026, 3, 2))
        deploy.migrate(cluster.folder, [SITE])
        yield cluster


def start(cluster: Cluster) -> str:
    """What the site says when it is to start; "" where it does."""
    told = {**os.environ, **deploy.environment(SITE, cluster.folder, demo=True)}
    command = [sys.executable, "-m", "desist.zones.start"]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False).stderr


@contextmanager
def changed(cluster: Cluster, statement: str, undo: str) -> Iterator[None]:
    """The database after a statement, and then again as it was."""
    with cluster.connect(SITE.database) as superuser:
        superuser.execute(statement.encode())
        try:
            yield
        finally:
            superuser.execute(undo.encode())


def test_a_site_starts_on_the_tables_of_its_version(cluster: Cluster) -> None:
    assert start(cluster) == ""


@pytest.mark.parametrize(
    ("statement", "undo", "said"),
    [
        (
            "ALTER TABLE partnership_report RENAME empties_at TO emptied",
            "ALTER TABLE partnership_report RENAME emptied TO empties_at",
            "there is no partnership_report.empties_at",
        ),
        (
            "ALTER TABLE partnership_breachstep RENAME TO planted",
            "ALTER TABLE planted RENAME TO partnership_breachstep",
            f"{LOST}at; {LOST}bail_conditions; {LOST}breach_id; and 9 more",
        ),
        (
            "ALTER TABLE partnership_report ALTER crime_reference TYPE text",
            "ALTER TABLE partnership_report ALTER crime_reference TYPE varchar(24)",
            "partnership_report.crime_reference is not of type varchar(24)",
        ),
        (
            "ALTER TABLE partnership_report ALTER empties_at SET NOT NULL",
            "ALTER TABLE partnership_report ALTER empties_at DROP NOT NULL",
            "partnership_report.empties_at is not optional",
        ),
        (
            "ALTER TABLE partnership_report ALTER state DROP NOT NULL",
            "ALTER TABLE partnership_report ALTER state SET NOT NULL",
            "partnership_report.state is not required",
        ),
        (
            "ALTER TABLE partnership_attachment ADD planted int NOT NULL",
            "ALTER TABLE partnership_attachment DROP planted",
            "partnership_attachment.planted must be filled and this version does not know it",
        ),
        (
            "ALTER TABLE partnership_release RENAME CONSTRAINT nobody_releases_what_they_asked_for TO planted",
            "ALTER TABLE partnership_release RENAME CONSTRAINT planted TO nobody_releases_what_they_asked_for",
            "there is no partnership_release: nobody_releases_what_they_asked_for",
        ),
        (
            "ALTER INDEX reports_to_empty RENAME TO planted",
            "ALTER INDEX planted RENAME TO reports_to_empty",
            "there is no partnership_report: reports_to_empty",
        ),
        (
            "DROP TRIGGER pgtrigger_insert_insert_ee395 ON partnership_release",
            "",
            "there is no partnership_release: pgtrigger_insert_insert_ee395",
        ),
    ],
    ids=["column", "table", "type", "required", "optional", "unknown", "rule", "index", "history"],
)
def test_tables_that_differ_from_the_code_are_named(
    cluster: Cluster, statement: str, undo: str, said: str
) -> None:
    undo = undo or history(cluster, statement.split()[2])
    with changed(cluster, statement, undo):
        assert start(cluster) == BY_HAND.format(said)


def history(cluster: Cluster, trigger: str) -> str:
    """The statement that makes a trigger anew."""
    with cluster.connect(SITE.database) as superuser:
        row = superuser.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = %s", [trigger]
        ).fetchone()
    assert row is not None
    return str(row[0])


def test_a_column_that_is_not_known_and_may_stay_empty_does_no_harm(cluster: Cluster) -> None:
    with changed(
        cluster,
        "ALTER TABLE partnership_report ADD planted int, ADD other int NOT NULL DEFAULT 0",
        "ALTER TABLE partnership_report DROP planted, DROP other",
    ):
        assert start(cluster) == ""


def test_a_migration_that_is_not_applied_says_what_to_run(cluster: Cluster) -> None:
    where = f"WHERE app = 'partnership' AND name = '{LAST}'"
    with changed(
        cluster,
        f"UPDATE django_migrations SET app = 'auth' {where}",
        "UPDATE django_migrations SET app = 'partnership' WHERE name = '0005_words_released_by_two'",
    ):
        said = start(cluster)

    assert said == (
        "northmere-police does not start:\n- The tables of northmere-police are older than this version of Desist: "
        f"partnership.{LAST} is not applied. Run `./desist migrate`.\n"
    )


def test_rights_that_the_app_login_lacks_say_what_to_run(cluster: Cluster) -> None:
    with changed(
        cluster,
        f"REVOKE UPDATE ON partnership_report FROM {SITE.app}",
        f"GRANT UPDATE ON partnership_report TO {SITE.app}",
    ):
        said = start(cluster)

    assert said == (
        "northmere-police does not start:\n- The login northmere_police_app lacks UPDATE on partnership_report. "
        "Run `./desist migrate`, which sets the rights.\n"
    )


NEWER = (
    "The database of northmere-police is newer than this program: it has partnership.0099_of_tomorrow, which Desist "
    "{version} does not know. Nothing was changed. Run the version of Desist that migrated it, or a newer one."
)


@contextmanager
def of_tomorrow(cluster: Cluster) -> Iterator[None]:
    """The database as a later version left it."""
    with changed(
        cluster,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('partnership', '0099_of_tomorrow', '2026-12-01')",
        "DELETE FROM django_migrations WHERE name = '0099_of_tomorrow'",
    ):
        yield


def test_a_database_that_is_newer_than_the_code_is_not_served(cluster: Cluster) -> None:
    with of_tomorrow(cluster):
        assert (
            start(cluster)
            == f"northmere-police does not start:\n- {NEWER.format(version=version('desist'))}\n"
        )


def test_a_database_that_is_newer_than_the_code_is_not_migrated(cluster: Cluster) -> None:
    with of_tomorrow(cluster), pytest.raises(deploy.StepFailed):
        deploy.migrate(cluster.folder, [SITE])

    log = (cluster.folder / "log" / f"{SITE.name}-migrate.log").read_text("utf-8")
    assert log == f"{NEWER.format(version=version('desist'))}\n"
