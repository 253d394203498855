"""Start-up refuses every login and setting that would let a hole stand, each in a sentence with the way out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest

from desist import catalogue
from desist.deployment import Provider
from desist.embedded import Cluster, create_site
from desist.embedded.throwaway import throwaway_cluster
from desist.keys import keyfile
from desist.keys.sitekeys import rotate
from desist.privatefile import write_private
from desist.sites import Site, Zone
from desist.zones.refusals import (
    Refused,
    Settings,
    check,
    of_audit,
    of_keys,
    of_login,
    of_mail,
    of_server,
    of_settings,
    of_shared_server,
    of_sign_in,
)

SITE = Site("northmere-programme", Zone.PROGRAMME, "Northmere service")
OTHER = Site("harbour-advocacy", Zone.ADVOCACY, "Harbour")
AUDIT = "CREATE TABLE wall_auditevent (id int); CREATE TABLE wall_auditseal (position int);"
GRANTS = f"GRANT SELECT, INSERT ON wall_auditevent, wall_auditseal TO {SITE.app};"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with throwaway_cluster() as cluster:
        for site in (SITE, OTHER):
            create_site(cluster, site)
        with connect(cluster, SITE.owner) as owner:
            owner.execute((AUDIT + GRANTS).encode())
        yield cluster


def connect(cluster: Cluster, login: str) -> psycopg.Connection:
    return psycopg.connect(cluster.url(login, SITE.database), autocommit=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that nothing is wrong with."""
    keys = keyfile.create(folder=tmp_path, site=SITE.name, on=date(2026, 3, 2))
    return Settings(
        site=SITE.name,
        folder=tmp_path,
        secret_key=keys.current.django_secret,
        debug=False,
        demo=False,
        embedded=False,
        embedded_allowed=False,
    )


@contextmanager
def superuser_ran(cluster: Cluster, statement: str, undo: str) -> Iterator[None]:
    """The database as it is after a mistake, and then again without it."""
    with cluster.connect(SITE.database) as superuser:
        superuser.execute(statement.encode())
        try:
            yield
        finally:
            superuser.execute(undo.encode())


def test_the_app_login_with_its_own_keys_starts(cluster: Cluster, settings: Settings) -> None:
    with connect(cluster, SITE.app) as connection:
        check(connection=connection, settings=settings)


def test_every_reason_is_given_at_once(cluster: Cluster, settings: Settings) -> None:
    with cluster.connect(SITE.database) as connection, pytest.raises(Refused) as refusal:
        check(connection=connection, settings=replace(settings, debug=True, secret_key="default"))

    assert str(refusal.value).count("\n- ") == 2


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ("SUPERUSER", "is a superuser and may do anything"),
        ("BYPASSRLS", "may pass row security"),
        ("CREATEROLE", "may make other logins"),
        ("CREATEDB", "may make databases"),
        ("REPLICATION", "may copy the whole server"),
    ],
)
def test_a_login_with_powers_is_refused(cluster: Cluster, attribute: str, words: str) -> None:
    mistake = f"ALTER ROLE {SITE.app} {attribute}"
    with (
        superuser_ran(cluster, mistake, f"ALTER ROLE {SITE.app} NO{attribute}"),
        connect(cluster, SITE.app) as app,
    ):
        reasons = list(of_login(app))

    assert len(reasons) == 1
    assert f"{SITE.app} {words}" in reasons[0]
    assert "Use the app login" in reasons[0]


def test_the_owner_is_refused(cluster: Cluster) -> None:
    with connect(cluster, SITE.owner) as owner:
        reasons = " ".join(of_login(owner))

    assert f"{SITE.owner} owns the database {SITE.database}" in reasons
    assert "may make tables in public" in reasons


@pytest.mark.parametrize(
    ("mistake", "undo", "words"),
    [
        (
            f"GRANT {SITE.owner} TO {SITE.app}",
            f"REVOKE {SITE.owner} FROM {SITE.app}",
            f"rights of {SITE.owner}, pg_database_owner",
        ),
        (
            f"GRANT pg_read_all_data TO {SITE.app}",
            f"REVOKE pg_read_all_data FROM {SITE.app}",
            "rights of pg_read_all_data",
        ),
        (
            f"ALTER TABLE wall_auditevent OWNER TO {SITE.app}",
            f"ALTER TABLE wall_auditevent OWNER TO {SITE.owner}",
            f"{SITE.app} owns wall_auditevent",
        ),
        (
            "GRANT CREATE ON SCHEMA public TO PUBLIC",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        ),
        (
            f"GRANT CONNECT ON DATABASE {OTHER.database} TO PUBLIC",
            f"REVOKE CONNECT ON DATABASE {OTHER.database} FROM PUBLIC",
            f"may connect to {OTHER.database} as well",
        ),
        (
            "GRANT CONNECT ON DATABASE postgres, template1 TO PUBLIC",
            "REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC",
            f"REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC, {SITE.app}",
        ),
        (
            f"GRANT UPDATE ON wall_auditseal TO {SITE.app}",
            f"REVOKE UPDATE ON wall_auditseal FROM {SITE.app}",
            "may empty or rewrite wall_auditseal",
        ),
        (
            f"CREATE TABLE people (); GRANT TRUNCATE ON people TO {SITE.app}",
            "DROP TABLE people",
            "may empty or rewrite people",
        ),
    ],
)
def test_a_right_too_many_is_refused(cluster: Cluster, mistake: str, undo: str, words: str) -> None:
    with superuser_ran(cluster, mistake, undo), connect(cluster, SITE.app) as app:
        found = list(of_login(app))
    with connect(cluster, SITE.app) as app:
        mended = list(of_login(app))

    assert words in " ".join(found)
    assert mended == []


@pytest.mark.parametrize(
    ("mistake", "undo"),
    [
        ("GRANT SELECT ON pg_stat_database TO PUBLIC", "REVOKE ALL ON pg_stat_database FROM PUBLIC"),
        (
            f"GRANT EXECUTE ON FUNCTION lo_create TO {SITE.app}",
            f"REVOKE ALL ON FUNCTION lo_create FROM {SITE.app}",
        ),
    ],
)
def test_a_server_that_tells_of_another_site_is_refused_with_what_to_run(
    cluster: Cluster, settings: Settings, mistake: str, undo: str
) -> None:
    with superuser_ran(cluster, mistake, undo), connect(cluster, SITE.app) as app:
        (found,) = of_shared_server(app)
        with pytest.raises(Refused, match="Another site is on this server"):
            check(connection=app, settings=settings)
    with connect(cluster, SITE.app) as app:
        mended = list(of_shared_server(app))

    assert mistake.partition(" ON ")[2].removeprefix("FUNCTION ").partition(" TO ")[0] in found
    assert f"as a superuser in the database {SITE.database}" in found
    assert catalogue.CLOSE in found
    assert mended == []


def test_what_is_to_be_run_closes_the_server(cluster: Cluster) -> None:
    with superuser_ran(cluster, "GRANT SELECT ON pg_locks, pg_stat_activity TO PUBLIC", catalogue.CLOSE):
        pass
    with connect(cluster, SITE.app) as app:
        assert list(of_shared_server(app)) == []


def test_a_site_alone_on_its_server_starts_on_one_that_nobody_here_may_change() -> None:
    with throwaway_cluster() as alone:
        create_site(alone, SITE)
        with alone.connect(SITE.database) as superuser:
            superuser.execute("GRANT SELECT ON pg_stat_database TO PUBLIC")
        with connect(alone, SITE.app) as app:
            before = list(of_shared_server(app))
        with alone.connect() as superuser:
            superuser.execute("CREATE DATABASE something_else TEMPLATE template0")
        with connect(alone, SITE.app) as app:
            after = list(of_shared_server(app))

    assert before == []
    assert len(after) == 1


def test_a_server_that_is_too_old_is_refused() -> None:
    (reason,) = of_server(140_012)

    assert "PostgreSQL 14 is too old" in reason
    assert not list(of_server(150_000))


def test_debug_is_refused(settings: Settings) -> None:
    (reason,) = of_settings(replace(settings, debug=True))

    assert "Set DEBUG = False" in reason


def test_the_embedded_database_is_refused_in_production_unless_told_otherwise(settings: Settings) -> None:
    embedded = replace(settings, embedded=True)

    (reason,) = of_settings(embedded)

    assert "DESIST_EMBEDDED=pilot" in reason
    assert not list(of_settings(replace(embedded, demo=True)))
    assert not list(of_settings(replace(embedded, embedded_allowed=True)))


def test_a_secret_key_from_anywhere_but_the_key_file_is_refused(settings: Settings) -> None:
    newer = rotate(keys=keyfile.read(folder=settings.folder, site=SITE.name), on=date(2027, 3, 1))

    (reason,) = of_keys(replace(settings, secret_key="only for tests"))
    assert "may be known to others" in reason
    keyfile.replace(folder=settings.folder, keys=newer)
    assert list(of_keys(settings))
    assert not list(of_keys(replace(settings, secret_key=newer.current.django_secret)))


def test_a_missing_key_file_is_refused_with_the_way_to_recover_it(settings: Settings) -> None:
    keyfile.path(folder=settings.folder, site=SITE.name).unlink()

    (reason,) = of_keys(settings)

    assert f"desist keys recover {SITE.name}" in reason


def test_a_database_that_was_never_migrated_is_refused(cluster: Cluster, settings: Settings) -> None:
    with psycopg.connect(cluster.url(OTHER.app, OTHER.database)) as connection:
        (reason,) = of_audit(connection, settings)

    assert "Run `./desist migrate` first" in reason


def test_a_missing_audit_head_is_refused_once_something_was_sealed(
    cluster: Cluster, settings: Settings
) -> None:
    head = settings.folder / "heads" / SITE.name
    sealed = "INSERT INTO wall_auditseal VALUES (1)"
    with connect(cluster, SITE.app) as app:
        before = list(of_audit(app, settings))
        with superuser_ran(cluster, sealed, "TRUNCATE wall_auditseal"):
            (reason,) = of_audit(app, settings)
            head.parent.mkdir()
            head.write_text("{}")
            after = list(of_audit(app, settings))

    assert f"The audit's head {head} is missing" in reason
    assert before == after == []


def test_sign_in_by_name_is_refused_outside_the_demo(settings: Settings) -> None:
    own_database = replace(settings, demo=True, embedded=False)
    pilot = replace(settings, demo=True, embedded=True, embedded_allowed=True)
    demo = replace(settings, demo=True, embedded=True)

    assert "lets anyone in by name" in " ".join(of_sign_in(own_database))
    assert "is set for a pilot" in " ".join(of_sign_in(pilot))
    assert not list(of_sign_in(demo))
    assert not list(of_sign_in(settings))


@pytest.mark.parametrize("sender", ["post@northmere-advocacy.example", "Stalking help <a@b.example>"])
def test_an_address_that_tells_a_clients_household_what_it_is_about_is_refused(
    settings: Settings, sender: str
) -> None:
    (reason,) = of_mail(replace(settings, sender=sender))

    assert "DESIST_EMAIL_FROM tells what this is" in reason
    assert not list(of_mail(replace(settings, sender="Northmere <post@northmere.example>")))


def test_an_identity_provider_is_set_up_whole_or_refused(settings: Settings, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    broken = Provider("http://sign-in.example", "", secret)
    reasons = " ".join(of_sign_in(replace(settings, provider=broken)))
    write_private(secret, b"sealed by nobody")
    sound = Provider("https://sign-in.example", "desist", secret)

    assert "must begin with https://" in reasons
    assert "without DESIST_OIDC_CLIENT" in reasons
    assert "DESIST_OIDC_SECRET_FILE: The secret" in reasons
    assert not list(of_sign_in(replace(settings, provider=sound)))
