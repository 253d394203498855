"""The conditions under which a site refuses to start: each refusal is a sentence with the problem and the way out.

Pure: given a connection made with the login in question, and the settings' values.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from desist import catalogue
from desist.deployment import Provider
from desist.keys import keyfile
from desist.keys.sitekeys import KeysError
from desist.neutral import TELLING
from desist.phones import SIGNATURES
from desist.privatefile import SecretError

OLDEST_POSTGRESQL = 15
#: attribute of a login -> the right that it gives
POWERS = {
    "rolsuper": "is a superuser and may do anything",
    "rolbypassrls": "may pass row security (BYPASSRLS)",
    "rolcreaterole": "may make other logins (CREATEROLE)",
    "rolcreatedb": "may make databases (CREATEDB)",
    "rolreplication": "may copy the whole server (REPLICATION)",
}
AUDIT = ("wall_auditevent", "wall_auditseal")


class Refused(Exception):
    """The site does not start; the message holds every sentence."""


@dataclass(frozen=True)
class Settings:
    """The deciding values: the site, and the configuration of its process."""

    site: str
    folder: Path
    secret_key: str
    debug: bool
    demo: bool
    embedded: bool
    embedded_allowed: bool
    provider: Provider | None = None
    sender: str = ""
    for_phones: bool = False


def check(*, connection: psycopg.Connection, settings: Settings) -> None:
    """Raise Refused with every reason not to start, so that the operator can correct all at once."""
    reasons = (
        *of_settings(settings),
        *of_sign_in(settings),
        *of_mail(settings),
        *of_keys(settings),
        *of_server(connection.info.server_version),
        *of_login(connection),
        *of_shared_server(connection),
        *(of_phones(connection) if settings.for_phones else of_audit(connection, settings)),
    )
    refuse(reasons)


def refuse(reasons: Collection[str]) -> None:
    """Raise Refused where there is a reason not to start."""
    if reasons:
        raise Refused("\n".join(f"- {reason}" for reason in reasons))


def of_settings(settings: Settings) -> Iterator[str]:
    """The problems of the process's configuration."""
    if settings.debug:
        yield "DEBUG is on: its error pages show what people typed. Set DEBUG = False."
    if settings.embedded and not settings.demo and not settings.embedded_allowed:
        yield (
            "The embedded database is for the demo and for pilots. Name a PostgreSQL with "
            "DESIST_<ZONE>_DATABASE_URL, or set DESIST_EMBEDDED=pilot if this is a pilot that is backed up daily."
        )


def of_sign_in(settings: Settings) -> Iterator[str]:
    """The problems of signing in: by name in the demo alone, by a provider only where it is set up."""
    if settings.demo and not settings.embedded:
        yield (
            "DESIST_DEMO is set for a database that is not the demo's own, and the demo lets anyone in by name. "
            "Unset DESIST_DEMO, or DESIST_<ZONE>_DATABASE_URL."
        )
    if settings.demo and settings.embedded_allowed:
        yield "DESIST_DEMO is set for a pilot, and the demo lets anyone in by name. Unset it."
    if settings.provider is None:
        return
    if not settings.provider.client:
        yield "DESIST_OIDC_ISSUER is set without DESIST_OIDC_CLIENT. Set it to the client id the provider gave you."
    if not settings.provider.issuer.startswith("https://"):
        yield "DESIST_OIDC_ISSUER must begin with https://: otherwise anyone between could say who someone is."
    try:
        settings.provider.secret()
    except SecretError as error:
        yield f"DESIST_OIDC_SECRET_FILE: {error}"


def of_mail(settings: Settings) -> Iterator[str]:
    """The problem of the sender's address that clients see in their letter box, where the site writes to any."""
    if told := [word for word in TELLING if word in settings.sender.lower()]:
        yield (
            f"DESIST_EMAIL_FROM tells what this is ({', '.join(told)}), and someone may read a client's mail over "
            "their shoulder. Use an address and a name that say nothing, such as post@northmere.example."
        )


def of_keys(settings: Settings) -> Iterator[str]:
    """The problems of the site's keys."""
    try:
        keys = keyfile.read(folder=settings.folder, site=settings.site)
    except KeysError as error:
        yield str(error)
        return
    if settings.secret_key != keys.current.django_secret:
        yield (
            f"SECRET_KEY is not the one in the key file of {settings.site}, so it may be known to others. Remove the "
            "setting: it comes from the key file automatically."
        )


def of_server(version: int) -> Iterator[str]:
    """The problem of a server of this version, such as 180006."""
    major = version // 10_000
    if major < OLDEST_POSTGRESQL:
        yield f"PostgreSQL {major} is too old: before 15 everyone may make tables. Use 15 or newer."


def of_login(connection: psycopg.Connection) -> Iterator[str]:
    """The rights of the login that a web process must not have."""
    login = connection.info.user
    remedy = "Use the app login, not the owner or a superuser (docs/howto/settings.md)."
    for attribute, power in POWERS.items():
        if _true(connection, POWER, attribute):
            yield f"The database login {login} {power}. {remedy}"
            return  # a superuser fails every test that follows
    if roles := _names(connection, MEMBER_OF):
        yield f"The database login {login} has the rights of {', '.join(roles)}. {remedy}"
    if owned := _names(connection, OWNED):
        yield f"The database login {login} owns {', '.join(owned)} and may change its form. {remedy}"
    if schemas := _names(connection, MAY_CREATE):
        yield (
            f"The database login {login} may make tables in {', '.join(schemas)}. As the owner run: "
            f"REVOKE CREATE ON SCHEMA {', '.join(schemas)} FROM PUBLIC, {login}"
        )
    # Those of every server hold no data of ours, but the logins of two sites could leave each other words there.
    if others := ", ".join(_names(connection, OTHER_DATABASES)):
        yield (
            f"The database login {login} may connect to {others} as well. As a superuser run: "
            f"REVOKE ALL ON DATABASE {others} FROM PUBLIC, {login}"
        )
    if tables := _names(connection, MAY_EMPTY, list(AUDIT)):
        yield (
            f"The database login {login} may empty or rewrite {', '.join(tables)}. Run `./desist migrate`, which sets "
            "the grants."
        )


def of_shared_server(connection: psycopg.Connection) -> Iterator[str]:
    """The login's view of another site on its server: rows written, people connected, large objects as a letter box.

    A server with one site shows no other; on a rented server this operator cannot close the view.
    """
    login = connection.info.user
    if _true(connection, POWER, "rolsuper") or not _true(connection, catalogue.SHARED):
        return
    told = [name for (name,) in connection.execute(catalogue.OPEN, {"login": login}).fetchall()]
    if told:
        more = f" and {len(told) - 3} more" if len(told) > 3 else ""
        yield (
            f"Another site is on this server, and the database login {login} may read from PostgreSQL's counters how many "
            f"rows it writes and when it is at work ({', '.join(told[:3])}{more}). Give each site a server of its own, or run this as a superuser in the database {connection.info.dbname}:\n{catalogue.CLOSE}"
        )


def of_audit(connection: psycopg.Connection, settings: Settings) -> Iterator[str]:
    """The problems of the audit: it must be there, and its head outside the database too."""
    if not _true(connection, "SELECT to_regclass('wall_auditseal') IS NOT NULL"):
        yield f"The database of {settings.site} is empty. Run `./desist migrate` first."
    elif not (settings.folder / "heads" / settings.site).exists() and _sealed(connection):
        yield (
            f"The audit's head {settings.folder / 'heads' / settings.site} is missing, so a cut-off audit could not "
            "be seen. Put it back from where it is kept; `./desist restore` brings back the one of the backup."
        )


def of_phones(connection: psycopg.Connection) -> Iterator[str]:
    """The rights of a login of a person's own pages beyond its functions, and the functions that it lacks."""
    login = connection.info.user
    remedy = "Run `./desist migrate`, which sets the rights."
    if tables := _names(connection, MAY_TOUCH):
        yield f"The database login {login} has a right on {', '.join(tables)}, and pages of a person need none. {remedy}"
    if functions := _names(connection, MAY_CALL, list(SIGNATURES)):
        yield f"The database login {login} may call {', '.join(functions)}, which is not for it. {remedy}"
    if lacking := _names(connection, MAY_NOT_CALL, list(SIGNATURES)):
        yield f"The database login {login} may not call {', '.join(lacking)}. {remedy}"


POWER = "SELECT (to_jsonb(r) ->> %s)::boolean FROM pg_roles r WHERE rolname = current_user"
MEMBER_OF = """
SELECT rolname FROM pg_roles
WHERE pg_has_role(current_user, oid, 'MEMBER') AND rolname <> current_user ORDER BY rolname"""
OWNED = """
SELECT 'the database ' || datname FROM pg_database, pg_roles r
WHERE datname = current_database() AND datdba = r.oid AND r.rolname = current_user
UNION ALL (
SELECT c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
WHERE r.rolname = current_user AND c.relkind IN ('r', 'p', 'v') ORDER BY c.relname LIMIT 3)"""
MAY_CREATE = """
SELECT nspname FROM pg_namespace
WHERE nspname !~ '^pg_' AND has_schema_privilege(current_user, oid, 'CREATE') ORDER BY nspname"""
OTHER_DATABASES = """
SELECT quote_ident(datname) FROM pg_database
WHERE datname <> current_database() AND datallowconn
AND has_database_privilege(current_user, oid, 'CONNECT') ORDER BY datname"""
MAY_EMPTY = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
AND (has_table_privilege(current_user, c.oid, 'TRUNCATE')
  OR c.relname = ANY(%s) AND has_table_privilege(current_user, c.oid, 'UPDATE, DELETE'))
ORDER BY c.relname LIMIT 3"""

#: any table, view or sequence outside the server's own catalogue, by any right on it or on a column of it
MAY_TOUCH = """
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND CASE c.relkind
  WHEN 'S' THEN has_sequence_privilege(c.oid, 'USAGE, SELECT, UPDATE')
  ELSE c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND (has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
     OR has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')) END
ORDER BY 1 LIMIT 3"""
#: our own functions; those of extensions, and those that only calculate (IMMUTABLE), reach no row
MAY_CALL = """
SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND p.provolatile <> 'i' AND p.prorettype <> 'trigger'::regtype AND has_function_privilege(p.oid, 'EXECUTE')
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')
AND p.oid NOT IN (SELECT to_regprocedure(one) FROM unnest(%s::text[]) one WHERE to_regprocedure(one) IS NOT NULL)
ORDER BY 1 LIMIT 3"""
MAY_NOT_CALL = """
SELECT one FROM unnest(%s::text[]) one
WHERE to_regprocedure(one) IS NULL OR NOT has_function_privilege(to_regprocedure(one), 'EXECUTE') ORDER BY 1"""


def _true(connection: psycopg.Connection, query: str, *parameters: str) -> bool:
    row = connection.execute(query.encode(), parameters or None).fetchone()
    return bool(row and row[0])


def _sealed(connection: psycopg.Connection) -> bool:
    return _true(connection, "SELECT EXISTS (SELECT FROM wall_auditseal)")


def _names(connection: psycopg.Connection, query: str, *parameters: list[str]) -> list[str]:
    return [name for (name,) in connection.execute(query.encode(), parameters or None).fetchall()]
