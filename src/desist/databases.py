"""What a site needs of a PostgreSQL server, as statements for its administrator: logins, database, extensions, rights.

One list for the embedded server, for a server of the organisation's own, and for the page that prints it.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from psycopg.sql import SQL, Identifier, Literal

from desist import catalogue
from desist.sites import Site, Zone

EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
COURIER = "courier"
BACKUP = "backup"
#: the databases of every server: closed too, because two logins could leave each other words there
OF_EVERY_SERVER = ("postgres", "template1")
ROUNDS = 4096


@dataclass(frozen=True)
class Step:
    """A statement, and the database to run it in. It may be repeated, unless the query `unless` finds a row."""

    sql: str
    database: str = "postgres"
    unless: str = ""


def logins(site: Site) -> tuple[str, ...]:
    """The logins of a site: the courier's and the backup's, which its server has once, and its own two."""
    return (COURIER, BACKUP, site.owner, site.app)


def steps(site: Site, *, verifiers: Mapping[str, str]) -> tuple[Step, ...]:
    """Everything that a site needs, in order; safe to repeat. `verifiers`: login -> verifier of its password.

    The participants' site gets a schema of its own in the database that it shares; the public site needs nothing.
    """
    if site.zone is Zone.PUBLIC:
        return ()
    own = _database(site) if site.shares is None else _schema(site)
    close = Step(catalogue.CLOSE, site.database)
    return (*login_steps(site, verifiers=verifiers), *own, close)


def login_steps(site: Site, *, verifiers: Mapping[str, str]) -> Iterator[Step]:
    """The site's two logins and the two that every site of a server shares."""
    for database in OF_EVERY_SERVER:
        yield _step("REVOKE ALL ON DATABASE {} FROM PUBLIC", database)
    for name in logins(site):
        yield from _login(name, verifiers[name])
    for statement in (
        "GRANT pg_read_all_data TO {}",
        "ALTER ROLE {} BYPASSRLS",
        "ALTER ROLE {} SET default_transaction_read_only = on",
        "ALTER ROLE {} SET idle_in_transaction_session_timeout = 0",
    ):
        yield _step(statement, BACKUP)


def new_database(name: str, site: Site) -> Iterator[Step]:
    """An empty database that belongs to the site's owner and is closed to everyone else."""
    there = SQL("SELECT FROM pg_database WHERE datname = {}").format(Literal(name)).as_string()
    made = "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
    yield _step(made, name, site.owner, unless=there)
    yield _step("REVOKE ALL ON DATABASE {} FROM PUBLIC", name)


def script(wanted: Iterable[Step]) -> str:
    """The statements as a script for psql, which stops at the first one that fails."""
    quiet = "SET client_min_messages = warning;"
    lines, here = ["\\set ON_ERROR_STOP on", quiet], "postgres"
    for step in wanted:
        if step.database != here:
            here = step.database
            lines += ["", f"\\connect {here}", quiet]
        if step.unless:
            made = Literal(step.sql).as_string()
            lines.append(f"SELECT {made} WHERE NOT EXISTS ({step.unless}) \\gexec")
        else:
            lines.append(f"{step.sql.rstrip(';')};")
    return "\n".join([*lines, ""])


def verifier(password: str) -> str:
    """What a server keeps of a password (SCRAM-SHA-256, RFC 5803); nobody can log in with it."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS)
    client = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    told = [base64.b64encode(part).decode() for part in (salt, client, server)]
    return f"SCRAM-SHA-256${ROUNDS}:{told[0]}${told[1]}:{told[2]}"


def _login(name: str, verified: str) -> Iterator[Step]:
    there = SQL("SELECT FROM pg_roles WHERE rolname = {}").format(Literal(name)).as_string()
    yield _step("CREATE ROLE {} LOGIN", name, unless=there)
    kept = Literal(verified).as_string()
    powers = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
    yield _step(f"ALTER ROLE {{}} LOGIN {powers} PASSWORD {kept}", name)
    yield _step("ALTER ROLE {} SET idle_in_transaction_session_timeout = '60s'", name)


def _database(site: Site) -> Iterator[Step]:
    yield from new_database(site.database, site)
    yield _step("GRANT CONNECT ON DATABASE {} TO {}, {}, {}, {}", site.database, *logins(site))
    for extension in EXTENSIONS:
        yield _step("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public", extension, within=site)
    yield _step("REVOKE ALL ON SCHEMA public FROM PUBLIC", within=site)
    yield _step("GRANT USAGE ON SCHEMA public TO {}, {}", site.app, COURIER, within=site)
    yield _functions(site)


def _schema(site: Site) -> Iterator[Step]:
    schema = site.zone.value
    yield _step("GRANT CONNECT ON DATABASE {} TO {}, {}", site.database, site.owner, site.app)
    yield _step("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}", schema, site.owner, within=site)
    yield _step("GRANT USAGE ON SCHEMA {} TO {}", schema, site.app, within=site)
    yield _step("GRANT USAGE ON SCHEMA public TO {}, {}", site.owner, site.app, within=site)
    for name in (site.owner, site.app):
        found = "ALTER ROLE {} IN DATABASE {} SET search_path = {}, public"
        yield _step(found, name, site.database, schema, within=site)
    yield _functions(site)


def _functions(site: Site) -> Step:
    """Let only granted logins call functions: by default every login may call a new one."""
    closed = "ALTER DEFAULT PRIVILEGES FOR ROLE {} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC"
    return _step(closed, site.owner, within=site)


def _step(statement: str, *names: str, within: Site | None = None, unless: str = "") -> Step:
    quoted = [Identifier(name).as_string() for name in names]
    return Step(statement.format(*quoted), within.database if within else "postgres", unless)
