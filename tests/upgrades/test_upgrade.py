"""An area of each version is migrated to today's tables: every row is kept; on the oldest, 0.1.0, every page works."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from psycopg.sql import SQL, Composed, Identifier
from tests import tables
from tests.e2e.conftest import Area, running
from tests.upgrades.area import HOME, MADE, OLDEST, VERSIONS, make_keys, note_moment, restore, staffed

from desist.cli.plain import DEMO
from desist.embedded import Cluster
from desist.running import deploy
from desist.sites import Site, Zone
from tools.leaks.browser import Answer, Browser
from tools.leaks.crawl import STAY, Walk
from tools.leaks.planted import of_cases
from tools.leaks.search import Search
from tools.synthetic import area as northmere
from tools.synthetic import cases
from tools.synthetic.staff import STAFF

pytestmark = [pytest.mark.slow, pytest.mark.processes]

ROOT = Path(__file__).parents[2]
#: written by the migrations themselves
DJANGOS = {"django_migrations", "django_content_type", "auth_permission"}
#: how many addresses of one page each role looks at
BOUND = 1

DIGEST = "SELECT count(*), md5(string_agg(r::text, chr(10) ORDER BY r::text)) FROM (SELECT {columns} FROM {table}) r"
AS_0_1_0 = (
    "CREATE TEMP TABLE written ON COMMIT DROP AS SELECT {columns} FROM {table}",
    "DELETE FROM {table}",
    "INSERT INTO {table} ({columns}) SELECT * FROM written",
    "DROP TABLE written",
)

CATALOGUE = r"""
WITH ours AS (SELECT oid, relname::text AS name, relacl FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')
SELECT name, attname::text, format_type(atttypid, atttypmod), attnotnull::text, attidentity::text, pg_get_expr(adbin, adrelid),
       col_description(ours.oid, attnum), attacl::text
  FROM ours JOIN pg_attribute a ON a.attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = ours.oid AND d.adnum = attnum
UNION ALL SELECT name, pg_get_constraintdef(c.oid), c.contype::text, '', '', '', '', '' FROM ours JOIN pg_constraint c ON conrelid = ours.oid
UNION ALL SELECT tablename, regexp_replace(indexdef, 'INDEX \S+', 'INDEX'), '', '', '', '', '', ''
  FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT name, pg_get_triggerdef(t.oid), tgenabled::text, '', '', '', '', '' FROM ours JOIN pg_trigger t ON tgrelid = ours.oid
  WHERE NOT tgisinternal
UNION ALL SELECT pg_get_functiondef(oid), array(SELECT unnest(coalesce(proacl, acldefault('f', proowner)))::text ORDER BY 1)::text, '', '', '', '', '', '' FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
UNION ALL SELECT name, "right"::text, '', '', '', '', '', '' FROM ours, unnest(relacl) AS "right"
"""
#: what PostgreSQL writes differently once a dump was restored; what the login of the people's own pages may call, which is
#: granted where that site runs (tests/participant/test_wall.py)
AS_RESTORED = re.compile(r"[()\[\]]|::(text|character varying)|my_week_app=X/\w+,?")

Found = TypeVar("Found")
#: table -> its columns
Columns = dict[str, list[str]]
#: site -> table -> how many rows, and a digest of all that they say
Rows = dict[str, dict[str, tuple[int, str]]]


@dataclass
class Migrated:
    """An area that an older version made: its rows before and after `./desist migrate`, and what that said."""

    columns: dict[str, Columns]
    before: Rows
    after: Rows
    said: tuple[int, str]


@dataclass
class Upgraded(Migrated):
    """The area that 0.1.0 made, and where it is served since."""

    served: Area


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Upgraded]:
    place = tmp_path_factory.mktemp("upgraded")
    found = migrated_area(place / "data", dumps=OLDEST)
    with running(place) as served:
        yield Upgraded(**vars(found), served=served)


def migrated_area(folder: Path, *, dumps: Path) -> Migrated:
    """Lay out the dumps of a version in a data folder, and migrate them."""
    with serving(folder) as cluster:
        make_keys(folder, staffed())
        deploy.found(folder, northmere.sites(), on=date(2026, 3, 2))
        for site in staffed():
            restore(cluster, site, folder=dumps)
            deploy.note(folder / "synthetic" / site.name)
        note_moment(folder)
        (folder / DEMO).touch()
        columns = {site.name: read(cluster, site, columns_of) for site in staffed()}
        before = rows_in(cluster, columns)
    said = migrate(folder)
    with serving(folder) as cluster:
        after = rows_in(cluster, columns)
    return Migrated(columns, before, after, said)


@contextmanager
def serving(folder: Path) -> Iterator[Cluster]:
    folder.mkdir(mode=0o711, exist_ok=True)
    folder.parent.chmod(0o711)
    cluster = Cluster(folder, durable=False)
    with cluster.serving():
        yield cluster


def migrate(folder: Path) -> tuple[int, str]:
    """What `./desist migrate` says, and its exit code."""
    command = [sys.executable, "-m", "desist.cli", "migrate", "--data", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def read(cluster: Cluster, site: Site, ask: Callable[[psycopg.Connection], Found]) -> Found:
    with cluster.connect(site.database) as superuser:
        return ask(superuser)


def catalogue(superuser: psycopg.Connection) -> set[str]:
    """Return what a database holds besides rows: columns, rules, indexes, triggers, functions, rights and comments."""
    return {" ".join(AS_RESTORED.sub("", str(each)) for each in row) for row in superuser.execute(CATALOGUE)}


def columns_of(superuser: psycopg.Connection) -> Columns:
    query = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    found: Columns = {}
    for table, column in superuser.execute(query).fetchall():
        if table not in DJANGOS:
            found.setdefault(table, []).append(column)
    return found


def rows_in(cluster: Cluster, columns: dict[str, Columns]) -> Rows:
    def digests(superuser: psycopg.Connection, of: Columns) -> dict[str, tuple[int, str]]:
        found = {}
        for table, names in of.items():
            query = SQL(DIGEST).format(columns=listed(names), table=Identifier(table))
            found[table] = superuser.execute(query).fetchone() or (0, "")
        return found

    return {site.name: read(cluster, site, partial(digests, of=columns[site.name])) for site in staffed()}


def listed(names: list[str]) -> Composed:
    return SQL(", ").join(map(Identifier, names))


UP_TO_DATE = (0, "".join(f"{site.title}: up to date\n" for site in northmere.sites()))


def test_every_site_is_brought_up_to_date(upgraded: Upgraded) -> None:
    assert upgraded.said == UP_TO_DATE


def test_every_row_is_kept_with_all_that_it_says(upgraded: Upgraded) -> None:
    assert upgraded.after == upgraded.before
    assert upgraded.before["northmere-programme"]["programme_session"][0] > 100
    assert upgraded.before["harbour-advocacy"]["advocacy_locator"][0] > 100
    assert upgraded.before["northmere-police"]["partnership_order"][0] > 5


@pytest.mark.parametrize("version", VERSIONS[1:])
def test_an_area_of_a_later_version_is_brought_up_to_date_and_keeps_every_row(
    tmp_path: Path, version: str
) -> None:
    found = migrated_area(tmp_path / "data", dumps=HOME / version)

    assert found.said == UP_TO_DATE
    assert found.after == found.before
    assert found.before["northmere-programme"]["programme_session"][0] > 100


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The same sites, founded today."""
    with serving(tmp_path_factory.mktemp("new") / "data") as cluster:
        tables.founded(cluster.folder, northmere.sites())
        yield cluster


@pytest.mark.parametrize("site", staffed(), ids=lambda site: site.name)
def test_a_new_site_has_the_tables_of_one_that_0_1_0_made(
    upgraded: Upgraded, new: Cluster, site: Site
) -> None:
    old, now = read(Cluster(upgraded.served.folder), site, catalogue), read(new, site, catalogue)

    assert len(now) > 100
    assert sorted(old ^ now) == []


def test_a_table_that_only_one_of_them_has_is_found(upgraded: Upgraded, new: Cluster) -> None:
    (site, *_) = staffed()
    before = read(new, site, catalogue)
    with new.connect(site.database) as superuser, superuser.transaction(force_rollback=True):
        superuser.execute("ALTER TABLE programme_session ADD COLUMN planted integer DEFAULT 3")
        differing = catalogue(superuser) ^ before

    assert differing == {"programme_session planted integer false  3 None None"}


def test_every_alert_that_0_1_0_sent_has_its_row_and_its_acknowledgement(upgraded: Upgraded) -> None:
    query = """SELECT count(*), count(s.acknowledged_at) FROM programme_concern c JOIN programme_sentalert s ON s.id = c.alert_id
               AND s.raised_at = c.raised_at AND s.acknowledged_at IS NOT DISTINCT FROM c.acknowledged_at"""
    with Cluster(upgraded.served.folder).connect(staffed()[0].database) as superuser:
        found = superuser.execute(query).fetchone()

    assert found == (upgraded.before["northmere-programme"]["programme_concern"][0], 1)


def refused(superuser: psycopg.Connection, table: str, columns: list[str]) -> str:
    """What PostgreSQL says against the rows of a table, written once more as 0.1.0 wrote them; "" where nothing."""
    names = {"table": Identifier(table), "columns": listed(columns)}
    try:
        with superuser.transaction():
            for statement in AS_0_1_0:
                superuser.execute(SQL(statement).format(**names))
    except psycopg.errors.IntegrityError as error:
        return f"{table}: {type(error).__name__} of {error.diag.column_name or error.diag.constraint_name}"
    return ""


@pytest.mark.parametrize("site", staffed(), ids=lambda site: site.name)
def test_what_the_code_of_0_1_0_writes_meanwhile_is_taken(upgraded: Upgraded, site: Site) -> None:
    with (
        Cluster(upgraded.served.folder).connect(site.database) as superuser,
        superuser.transaction(force_rollback=True),
    ):
        superuser.execute("SET LOCAL session_replication_role = replica")  # each row stands for itself
        found = [refused(superuser, *of) for of in upgraded.columns[site.name].items()]

    assert list(filter(None, found)) == []


def test_a_column_that_the_code_of_0_1_0_does_not_fill_is_found(upgraded: Upgraded) -> None:
    site = staffed()[0]
    with (
        Cluster(upgraded.served.folder).connect(site.database) as superuser,
        superuser.transaction(force_rollback=True),
    ):
        superuser.execute("ALTER TABLE programme_room ADD planted int NOT NULL DEFAULT 0")
        superuser.execute("ALTER TABLE programme_room ALTER planted DROP DEFAULT")
        found = refused(superuser, "programme_room", upgraded.columns[site.name]["programme_room"])

    assert found == "programme_room: NotNullViolation of planted"


@dataclass
class Walked:
    """What everybody of a zone was answered, and what of the invented people they read."""

    site: Site
    answers: int = 0
    refused: list[str] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    leaks: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked(upgraded: Upgraded) -> dict[Zone, Walked]:
    """Every zone, all of them at once."""
    listed = northmere.sites(upgraded.served.port)
    search = Search(of_cases(cases.demo(at=MADE, written=False)))  # no one was written then
    with ThreadPoolExecutor() as pool:
        found = pool.map(lambda site: walk(site, listed, search, MADE.date()), staffed(upgraded.served.port))
    return {one.site.zone: one for one in found}


def walk(site: Site, listed: tuple[Site, ...], search: Search, today: date) -> Walked:
    """Someone of each role follows every link from the first page on."""
    found = Walked(site)

    def keep(answer: Answer) -> None:
        found.answers += 1
        if answer.status not in {200, 302}:
            found.refused.append(f"{person.role.label}: {answer.status} {answer.address}")

    for person in {one.role: one for one in reversed(STAFF) if one.zone is site.zone}.values():
        browser = Browser(site, listed=listed, person=person)
        browser.sign_in()
        one = Walk(browser, search, bound=BOUND, today=today, keep=keep)
        one.links()
        found.reached |= set(one.seen.addresses)
        found.kinds |= one.seen.kinds
        found.leaks += [str(leak) for leak in one.seen.leaks]
    return found


@pytest.mark.parametrize(
    ("zone", "pages"),
    [(Zone.PROGRAMME, 150), (Zone.PARTNERSHIP, 70), (Zone.ADVOCACY, 60), (Zone.COMMISSION, 20)],
)
def test_every_page_that_a_link_leads_to_works(walked: dict[Zone, Walked], zone: Zone, pages: int) -> None:
    one = walked[zone]
    assert one.refused == []
    assert one.leaks == []
    assert len(one.reached - STAY) >= pages


def test_what_was_sealed_then_is_read_now(walked: dict[Zone, Walked]) -> None:
    assert walked[Zone.ADVOCACY].kinds >= {"victim_name"}
