"""Two machines: what is backed up on one comes back on the other with the keys, and not without."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import pytest

from desist.backup import archive, dump, erasures, restoring
from desist.backup.archive import ArchiveError
from desist.backup.saving import head_path, save, sites_to_save
from desist.embedded import Cluster, create_site
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.keys.sitekeys import KeysError
from desist.sites import Site, Zone, read_sites, write_sites

PROGRAMME = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", port=8701)
PARTICIPANT = Site(
    "northmere-participant", Zone.PARTICIPANT, "Your sessions", port=8702, shares=PROGRAMME.name
)
ADVOCACY = Site("harbour-advocacy", Zone.ADVOCACY, "Harbour", port=8703)
PUBLIC = Site("northmere-public", Zone.PUBLIC, "Northmere")
SITES = (PROGRAMME, PARTICIPANT, ADVOCACY, PUBLIC)
AT = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
HEAD = '{"position": 7, "link": "00"}'

FILL = """
CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL);
CREATE TABLE sessions (room int, during tstzrange, EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public
    AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER remembered BEFORE UPDATE ON people FOR EACH ROW EXECUTE FUNCTION remember();
GRANT SELECT, INSERT ON people TO northmere_programme_app;
INSERT INTO people (name) SELECT 'Ada Plainly-Invented ' || n FROM generate_series(1, 500) n;
"""


def connect(cluster: Cluster, login: str, database: str = PROGRAMME.database) -> psycopg.Connection:
    return psycopg.connect(cluster.url(login, database), autocommit=True)


@pytest.fixture(scope="module")
def here() -> Iterator[Cluster]:
    """The first machine: two sites with keys, heads and rows."""
    with throwaway_cluster() as cluster:
        write_sites(folder=cluster.folder, sites=SITES)
        for site in SITES:
            create_site(cluster, site)
            keyfile.create(folder=cluster.folder, site=site.name, on=date(2026, 3, 2))
        head_path(cluster.folder, PROGRAMME).parent.mkdir()
        head_path(cluster.folder, PROGRAMME).write_text(HEAD)
        erasures.path(cluster.folder, ADVOCACY).parent.mkdir()
        erasures.path(cluster.folder, ADVOCACY).write_text("k7f2m9 2026-03-01T09:00:00+00:00\n")
        with connect(cluster, PROGRAMME.owner) as owner:
            owner.execute(FILL.encode())
        with connect(cluster, PARTICIPANT.owner) as owner:
            owner.execute("CREATE TABLE diary (words text); INSERT INTO diary VALUES ('a calm day')")
        yield cluster


@pytest.fixture
def saved(here: Cluster, tmp_path: Path) -> Path:
    """A folder with the archive of every site."""
    for site in sites_to_save(SITES):
        save(folder=here.folder, into=tmp_path, site=site, sites=SITES, at=AT, progress=lambda _: None)
    return tmp_path


@pytest.fixture(scope="module")
def other_server() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        yield cluster


@pytest.fixture
def there(here: Cluster, other_server: Cluster) -> Iterator[Cluster]:
    """The second machine, empty but for the key files, which came by another way."""
    shutil.copytree(here.folder / "keys", other_server.folder / "keys")
    yield other_server
    for name in ("keys", "heads", "erased"):
        shutil.rmtree(other_server.folder / name, ignore_errors=True)
    (other_server.folder / "sites.toml").unlink(missing_ok=True)
    with other_server.connect() as connection:
        query = "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'"
        for (name,) in connection.execute(query).fetchall():
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def bring_back(cluster: Cluster, source: Path, at: datetime = AT) -> list[str | None]:
    found = restoring.find(source=source, folder=cluster.folder, only=None, progress=lambda *_: None)
    return [restoring.restore(cluster=cluster, found=row, at=at, progress=lambda *_: None) for row in found]


def databases(cluster: Cluster) -> set[str]:
    with cluster.connect() as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}


def test_each_site_with_a_database_has_one_archive(saved: Path) -> None:
    assert sorted(path.name for path in saved.iterdir()) == [
        "harbour-advocacy.backup",
        "northmere-programme.backup",
    ]


def test_rows_rights_triggers_constraints_and_the_sharers_schema_come_back(
    there: Cluster, saved: Path
) -> None:
    bring_back(there, saved)

    with connect(there, PROGRAMME.app) as app:
        assert app.execute("SELECT count(*) FROM people").fetchone() == (500,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("DELETE FROM people")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT * FROM sessions")
    with connect(there, PROGRAMME.owner) as owner:
        owner.execute("UPDATE people SET name = name")
        owner.execute("INSERT INTO sessions VALUES (1, '[2026-03-02, 2026-03-03)')")
        with pytest.raises(psycopg.errors.ExclusionViolation):
            owner.execute("INSERT INTO sessions VALUES (1, '[2026-03-02, 2026-03-04)')")
    with connect(there, PARTICIPANT.owner) as owner:
        assert owner.execute("SELECT words FROM diary").fetchone() == ("a calm day",)
    with pytest.raises(psycopg.OperationalError, match="CONNECT"):
        connect(there, ADVOCACY.app)


def test_the_audits_head_and_the_list_of_sites_come_back(there: Cluster, saved: Path) -> None:
    bring_back(there, saved)

    assert head_path(there.folder, PROGRAMME).read_text() == HEAD
    assert set(read_sites(folder=there.folder)) == {PROGRAMME, PARTICIPANT, ADVOCACY}


def test_without_the_keys_the_refusal_is_clear_and_nothing_changes(there: Cluster, saved: Path) -> None:
    keyfile.path(folder=there.folder, site=PROGRAMME.name).unlink()
    before = databases(there), sorted(there.folder.rglob("[!.]*.toml"))

    with pytest.raises(KeysError, match=r"Nothing was changed: northmere-programme\.backup .*keys recover"):
        bring_back(there, saved)

    assert (databases(there), sorted(there.folder.rglob("[!.]*.toml"))) == before


def test_keys_made_anew_are_not_the_keys(there: Cluster, saved: Path) -> None:
    keyfile.path(folder=there.folder, site=PROGRAMME.name).unlink()
    keyfile.create(folder=there.folder, site=PROGRAMME.name, on=date(2026, 3, 2))

    with pytest.raises(KeysError, match=r"Nothing was changed: .*has no key"):
        bring_back(there, saved)


def test_a_damaged_archive_is_found_before_anything_changes(there: Cluster, saved: Path) -> None:
    path = saved / "northmere-programme.backup"
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(ArchiveError, match="Use another copy"):
        bring_back(there, saved)

    assert databases(there) == {"postgres", "template0", "template1"}


def test_an_archive_holds_no_key_and_no_password(here: Cluster, saved: Path) -> None:
    keys = keyfile.read(folder=here.folder, site=PROGRAMME.name)
    secrets = [base64.b64encode(key_set.root) for key_set in keys.sets] + [
        key_set.root for key_set in keys.sets
    ]
    secrets += [path.read_bytes() for path in (here.folder / "passwords").iterdir()]

    with archive.opened(path=saved / "northmere-programme.backup", keys=keys) as (_, manifest, chunks):
        content = repr(manifest).encode() + b"".join(chunks)
    plain = subprocess.run(
        [here.programs.folder / "bin" / "pg_restore", "-f", "-"],
        input=content[content.index(b"PGDMP") :],
        check=True,
        capture_output=True,
    ).stdout

    assert b"Ada Plainly-Invented 7" in plain
    assert not [secret for secret in secrets if secret in content + plain]
    assert b"SCRAM" not in plain


def test_a_database_that_is_there_is_not_touched_unless_asked_and_then_kept(
    there: Cluster, saved: Path
) -> None:
    bring_back(there, saved)
    with connect(there, PROGRAMME.owner) as owner:
        owner.execute("INSERT INTO people (name) VALUES ('written after the backup')")
    found = restoring.find(source=saved, folder=there.folder, only=PROGRAMME.name, progress=lambda *_: None)

    with pytest.raises(ArchiveError, match=r"database of northmere-programme already\. Nothing .*--replace"):
        restoring.check_free(cluster=there, found=found, replacing=False)
    restoring.check_free(cluster=there, found=found, replacing=True)
    kept = restoring.restore(cluster=there, found=found[0], at=AT, progress=lambda *_: None)

    assert kept == "northmere_programme_20260302143000"
    for database, count in ((PROGRAMME.database, 500), (kept, 501)):
        with there.connect(database) as connection:
            assert connection.execute("SELECT count(*) FROM people").fetchone() == (count,)
    assert (
        head_path(there.folder, PROGRAMME).with_name("northmere-programme.20260302143000").read_text() == HEAD
    )


def test_a_dump_postgresql_does_not_take_leaves_the_site_as_it_was(there: Cluster, saved: Path) -> None:
    bring_back(there, saved)
    keys = keyfile.read(folder=there.folder, site=PROGRAMME.name)
    path = saved / "spoilt.backup"
    manifest = archive.Manifest((PROGRAMME,), None)
    archive.write(path=path, keys=keys, manifest=manifest, dump=[b"this is no dump" * 100_000], at=AT)
    found = restoring.Found(path, archive.read_cover(path=path), manifest, keys)

    with pytest.raises(ArchiveError, match=r"did not take .* does not appear to be a valid .* as it was"):
        restoring.restore(cluster=there, found=found, at=AT, progress=lambda *_: None)

    with connect(there, PROGRAMME.app) as app:
        assert app.execute("SELECT count(*) FROM people").fetchone() == (500,)
    assert "northmere_programme_restoring" not in databases(there)


def test_an_archive_that_is_damaged_after_it_was_checked_changes_nothing(there: Cluster, saved: Path) -> None:
    found = restoring.find(source=saved, folder=there.folder, only=PROGRAMME.name, progress=lambda *_: None)
    found[0].path.write_bytes(found[0].path.read_bytes()[:-1])

    with pytest.raises(ArchiveError, match="was changed or cut off"):
        restoring.restore(cluster=there, found=found[0], at=AT, progress=lambda *_: None)

    assert databases(there) == {"postgres", "template0", "template1"}


def test_a_load_that_breaks_off_in_the_middle_leaves_an_empty_database(here: Cluster, there: Cluster) -> None:
    def broken() -> Iterator[bytes]:
        whole = b"".join(dump.dump(url=here.url("backup", PROGRAMME.database)))
        yield whole[: len(whole) // 2]
        raise OSError("the disk was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        dump.load(url=there.url("postgres", "postgres"), chunks=broken())

    with there.connect() as connection:
        assert connection.execute("SELECT to_regclass('people')").fetchone() == (None,)


def test_a_folder_without_archives_says_what_to_name(there: Cluster, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="Name the folder that"):
        bring_back(there, tmp_path)


def test_a_plain_dump_is_written_for_a_server_elsewhere(there: Cluster, saved: Path, tmp_path: Path) -> None:
    found = restoring.find(source=saved, folder=there.folder, only=PROGRAMME.name, progress=lambda *_: None)

    target = restoring.extract(found=found[0], into=tmp_path / "plain")

    assert target.read_bytes().startswith(b"PGDMP")
    assert target.with_suffix(".head").read_text() == HEAD


def test_an_older_archive_is_never_overwritten(here: Cluster, saved: Path) -> None:
    with pytest.raises(
        ArchiveError, match=r"exists already and is not overwritten\. Name a new, empty folder"
    ):
        save(folder=here.folder, into=saved, site=PROGRAMME, sites=SITES, at=AT, progress=lambda _: None)


def test_a_missing_database_is_answered_in_words_and_leaves_no_file(here: Cluster, tmp_path: Path) -> None:
    site = Site("southmere-programme", Zone.PROGRAMME, "Southmere")
    keyfile.path(folder=here.folder, site=site.name).unlink(missing_ok=True)
    keyfile.create(folder=here.folder, site=site.name, on=date(2026, 3, 2))

    with pytest.raises(ArchiveError, match=r'database "southmere_programme" does not exist.*desist migrate'):
        save(folder=here.folder, into=tmp_path, site=site, sites=SITES, at=AT, progress=lambda _: None)

    assert list(tmp_path.iterdir()) == []


def test_a_site_with_a_server_in_its_entry_is_saved_by_the_backups_own_login(
    here: Cluster, tmp_path: Path
) -> None:
    served = replace(PROGRAMME, server=f"postgresql://?host={here.socket_folder}")

    path = save(
        folder=here.folder, into=tmp_path, site=served, sites=(served,), at=AT, progress=lambda _: None
    )

    assert archive.read_cover(path=path).site == PROGRAMME.name


def test_a_database_elsewhere_needs_a_login_that_reads_all(
    here: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_PROGRAMME_DATABASE_URL", "postgresql://app@db.example/northmere")
    with pytest.raises(ArchiveError, match="DESIST_NORTHMERE_PROGRAMME_BACKUP_URL=postgresql://"):
        save(folder=here.folder, into=tmp_path, site=PROGRAMME, sites=SITES, at=AT, progress=lambda _: None)

    monkeypatch.setenv("DESIST_PROGRAMME_BACKUP_URL", here.url("backup", PROGRAMME.database))
    path = save(
        folder=here.folder, into=tmp_path, site=PROGRAMME, sites=SITES, at=AT, progress=lambda _: None
    )

    assert archive.read_cover(path=path).site == PROGRAMME.name


def desist(folder: Path, *arguments: object, limit: str = "unlimited") -> subprocess.CompletedProcess[str]:
    """The command itself in a process of its own, with a limit on the size of files (in KB)."""
    script = f'ulimit -f {limit}; exec "$0" -m desist.cli "$@"'
    # What measures the tests could write no figures of its own under the limit, and would say so; and Python would keep
    # half of what it compiled, which no later process can read.
    known = {
        name: value for name, value in os.environ.items() if limit == "unlimited" or "COVERAGE" not in name
    }
    return subprocess.run(
        ["/bin/bash", "-c", script, sys.executable, *map(str, arguments)],
        env={**known, "DESIST_DATA": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_full_disk_is_answered_in_words_and_leaves_no_half_archive(here: Cluster, tmp_path: Path) -> None:
    result = desist(here.folder, "backup", tmp_path / "full", limit="2")

    assert result.returncode == 1
    assert "could not be written: File too large. Nothing of it was kept. Free some space" in result.stderr
    assert "Traceback" not in result.stderr
    assert list((tmp_path / "full").iterdir()) == []


@pytest.mark.processes
def test_the_two_commands_carry_an_installation_to_another_machine(here: Cluster, tmp_path: Path) -> None:
    machine = Path(tempfile.mkdtemp(prefix="desist-"))
    try:
        saving = desist(here.folder, "backup", tmp_path / "copy", "--site", PROGRAMME.name)
        without = desist(machine, "restore", tmp_path / "copy")
        shutil.copytree(here.folder / "keys", machine / "keys")
        bringing = desist(machine, "restore", tmp_path / "copy")
        again = desist(machine, "restore", tmp_path / "copy")
        replaced = desist(machine, "restore", tmp_path / "copy", "--replace")

        assert saving.returncode == 0, saving.stderr
        assert "neither is of use without the other" in saving.stdout
        assert (without.returncode, "Nothing was changed" in without.stderr) == (1, True)
        assert bringing.returncode == 0, bringing.stderr
        assert "./desist reoffer THEIR-SITE --to northmere-programme --since 20" in bringing.stdout
        assert (again.returncode, "--replace" in again.stderr) == (1, True)
        assert replaced.returncode == 0, replaced.stderr
        assert "is kept as northmere_programme_20" in replaced.stdout
        cluster = Cluster(machine)
        with cluster.serving(), connect(cluster, PROGRAMME.app) as app:
            assert app.execute("SELECT count(*) FROM people").fetchone() == (500,)
    finally:
        shutil.rmtree(machine)


@pytest.mark.processes
def test_who_was_erased_does_not_come_back_on_another_machine(here: Cluster, tmp_path: Path) -> None:
    machine = Path(tempfile.mkdtemp(prefix="desist-"))
    bring = (machine, "restore", tmp_path / "copy", "--site", ADVOCACY.name)
    try:
        shutil.copytree(here.folder / "keys", machine / "keys")
        desist(here.folder, "backup", tmp_path / "copy", "--site", ADVOCACY.name)

        without = desist(*bring)
        untouched = sorted(path.name for path in machine.iterdir())
        told = desist(*bring, "--without-erasures")
        put_back = erasures.read(machine, ADVOCACY)
        again = desist(*bring, "--replace")

        assert (without.returncode, untouched) == (1, ["keys"])
        assert "Nothing was changed" in without.stderr
        assert "Copy the newest one" in without.stderr
        assert told.returncode == 0, told.stderr
        assert put_back == erasures.read(here.folder, ADVOCACY)
        assert again.returncode == 0, again.stderr
    finally:
        shutil.rmtree(machine)


@pytest.mark.processes
def test_a_restore_under_a_running_desist_is_refused(here: Cluster, saved: Path) -> None:
    result = desist(here.folder, "restore", saved)

    assert result.returncode == 1
    assert "Another Desist is using the data" in result.stderr


def test_a_backup_of_nothing_says_where_it_looked(tmp_path: Path) -> None:
    result = desist(tmp_path / "empty", "backup", tmp_path / "copy")

    assert result.returncode == 1
    assert result.stderr == (
        f"desist: {tmp_path / 'empty'} holds no sites. Name the data folder: DESIST_DATA=DIR.\n"
    )
    assert json.dumps(sorted(path.name for path in tmp_path.iterdir())) == "[]"
