"""Making or checking one site: its entry in sites.toml, folders, keys, and database. Every step may be repeated."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from desist import addresses, databases, sites
from desist.embedded import Cluster, create_site, logins
from desist.embedded.databases import exists, take
from desist.keys import keyfile
from desist.running import folders
from desist.sites import Site, Zone
from desist.zones import refusals

FIRST_PORT = 8701
ADMINISTRATOR = "DESIST_ADMIN_DATABASE_URL"
MISSING = """
SELECT name FROM unnest(%s::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = name)"""

Say = Callable[[str], None]


class CannotSetUp(Exception):
    """The site cannot be set up as asked; the sentence says what to change."""


@dataclass(frozen=True)
class Asked:
    """What was asked for a site: what is None stays as its entry has it."""

    zone: Zone | None = None
    title: str | None = None
    host: str | None = None
    port: int | None = None
    server: str | None = None
    shares: str | None = None


@dataclass(frozen=True)
class Outcome:
    """The site, what an administrator of its server must run first, and what is still missing there."""

    site: Site
    script: str = ""
    missing: tuple[str, ...] = ()


def set_up(folder: Path, name: str, asked: Asked, *, on: date, say: Say) -> Outcome:
    """Make what is missing of a site; `say` takes a sentence about each thing. Raises CannotSetUp."""
    made = folders.make(folder)
    say(f"Folders in {folder}: {', '.join(made)} made" if made else f"Folders in {folder}: there")
    site, listed = _enter(folder, name, asked, say)
    if site.zone is Zone.PUBLIC:
        return Outcome(site)
    _make_keys(folder, site, on, say)
    if addresses.given(site, listed=listed):
        return _own_server(folder, site, listed, say)
    _embedded(folder, site, say)
    return Outcome(site)


def _enter(folder: Path, name: str, asked: Asked, say: Say) -> tuple[Site, Sequence[Site]]:
    """Write the site's entry in sites.toml; return it, with all entries."""
    listed = sites.read_sites(folder=folder)
    known = next((site for site in listed if site.name == name), None)
    site = _changed(known, asked) if known else _new(name, asked, listed)
    _check(site)
    others = tuple(one for one in listed if one.name != name)
    if taken := [one.name for one in others if one.port == site.port]:
        raise CannotSetUp(f"Port {site.port} belongs to {taken[0]}. Give another one: --port NUMBER.")
    place = f"{name} in {folder / 'sites.toml'}"
    if site == known:
        say(f"{place}: there")
        return site, listed
    after = tuple(site if one.name == name else one for one in listed) if known else (*others, site)
    sites.write_sites(folder=folder, sites=after)
    say(f"{place}: {'changed' if known else 'made'}")
    return site, after


def _new(name: str, asked: Asked, listed: Sequence[Site]) -> Site:
    if asked.zone is None or not asked.title:
        raise CannotSetUp(
            f"There is no site named {name} yet. Say which side it is and what people call it: --zone ZONE --title TITLE."
        )
    programme = next((one for one in listed if one.name == asked.shares and one.zone is Zone.PROGRAMME), None)
    if not (asked.zone is Zone.PARTICIPANT) == bool(asked.shares) == (programme is not None):
        raise CannotSetUp(
            "Pages for people's phones live in the database of their programme, and no other site does: set the "
            "programme up first, then name it here: --zone participant --shares SITE."
        )
    taken = {site.port for site in listed}
    port = asked.port or next(port for port in range(FIRST_PORT, 65_536) if port not in taken)
    server = programme.server if programme else asked.server
    return Site(name, asked.zone, asked.title, port, shares=asked.shares, host=asked.host, server=server)


def _changed(known: Site, asked: Asked) -> Site:
    if asked.zone not in {None, known.zone}:
        raise CannotSetUp(
            f"{known.name} is of the zone {known.zone}, and a site stays on its side. Give the new site another name."
        )
    given = {
        name: value
        for name in ("title", "host", "port", "server")
        if (value := getattr(asked, name)) is not None
    }
    return replace(known, **given)


def _check(site: Site) -> None:
    """Refuse a host name or a server of a form that nothing could reach."""
    if site.host is not None and not all(map(addresses.HOST.fullmatch, site.host.split(","))):
        raise CannotSetUp(
            f"{site.host!r} is no host name. Write it without https:// and without a port, such as programme.northmere.example."
        )
    if site.server is None:
        return
    said = urlsplit(site.server)
    if (
        not site.server.startswith(addresses.SCHEMES)
        or said.username
        or said.password
        or said.path.strip("/")
    ):
        raise CannotSetUp(
            "--server names the PostgreSQL alone, without login, password or database: postgresql://db.internal "
            "or postgresql://db.internal:5433?sslmode=verify-full. The logins are made for the site."
        )
    addresses.read(site, addresses.at_server(site) or "")


def _make_keys(folder: Path, site: Site, on: date, say: Say) -> None:
    place = keyfile.path(folder=folder, site=site.name)
    if place.exists():
        keyfile.read(folder=folder, site=site.name)
        say(f"Keys in {place}: there")
        return
    keyfile.create(folder=folder, site=site.name, on=on)
    say(f"Keys in {place}: made. Print their recovery shares: ./desist keys shares {site.name} | lp")


def _embedded(folder: Path, site: Site, say: Say) -> None:
    """Make the site's part of the embedded server, which is for pilots."""
    cluster = Cluster(folder)
    with cluster.serving():
        with cluster.connect() as connection:
            there = exists(connection, site.database)
        create_site(cluster, site)
    say(f"Database {site.database}, embedded, with its logins and rights: {'there' if there else 'made'}")
    if os.environ.get("DESIST_EMBEDDED") != "pilot":
        say(
            "The embedded database serves a pilot that is backed up daily: set DESIST_EMBEDDED=pilot before `up`."
        )


def _own_server(folder: Path, site: Site, listed: Sequence[Site], say: Say) -> Outcome:
    """Make the site's part of a server, where the administrator's address is given; then look at what is there."""
    address = addresses.read(site, addresses.given(site, listed=listed) or "")
    if "user" in address or "password" in address:
        raise CannotSetUp(
            f"{addresses.in_use(site, listed=listed)} names a login. Leave login and password out of the address: "
            f"they are made here, and each process takes its own from {folder / 'passwords'}."
        )
    wanted = databases.steps(site, verifiers=_passwords(folder, site, say))
    if administrator := _administrator():
        _take(administrator, site, wanted, say)
    if missing := tuple(_missing(folder, site, address)):
        return Outcome(site, databases.script(wanted), missing)
    say(f"Database {site.database}: its four logins reach it with the rights they need and no others")
    return Outcome(site)


def _passwords(folder: Path, site: Site, say: Say) -> dict[str, str]:
    """Make the passwords that are missing, each in a file; return the verifiers that the server keeps."""
    place = folder / "passwords"
    made = [name for name in databases.logins(site) if not (place / name).exists()]
    known = [logins.login(folder=place, name=name) for name in databases.logins(site)]
    say(f"Passwords in {place}: {', '.join(made)} made" if made else f"Passwords in {place}: there")
    return {login.name: databases.verifier(login.password) for login in known}


def _administrator() -> str:
    """The address of the server for its administrator: DESIST_ADMIN_DATABASE_URL, or the private file that _FILE names."""
    return addresses.secret(ADMINISTRATOR) or ""


def _take(administrator: str, site: Site, wanted: Sequence[databases.Step], say: Say) -> None:
    try:
        said = conninfo_to_dict(administrator)
        for database in dict.fromkeys(step.database for step in wanted):
            place = make_conninfo(**{**said, "dbname": database, "connect_timeout": 5})  # type: ignore[arg-type]  # libpq's own
            with psycopg.connect(place, autocommit=True) as connection:
                take(connection, (step for step in wanted if step.database == database))
    except psycopg.Error as error:
        raise CannotSetUp(_refused(error)) from None
    say(
        f"Database {site.database} with its logins, extensions and rights: made, or set anew where it was there"
    )


def _refused(error: psycopg.Error) -> str:
    """What the server said to its administrator; an address that cannot be read is not repeated: it holds a password."""
    if isinstance(error, psycopg.OperationalError) or error.sqlstate:
        return (
            f"The database's administrator ({ADMINISTRATOR}) could not do it: {str(error).strip()}. Give the address of "
            "a superuser, or unset it and have the statements run that are printed then."
        )
    return f"{ADMINISTRATOR} cannot be read. Write postgresql://postgres:PASSWORD@HOST/postgres"


def _missing(folder: Path, site: Site, address: dict[str, str]) -> Iterator[str]:
    """Look at what is there, as each login: what it cannot do that it must, and what it can that it must not."""
    for name in databases.logins(site):
        said = addresses.with_login(address, login=name, folder=folder)
        try:
            with psycopg.connect(
                make_conninfo(**{**said, "connect_timeout": "5"}), autocommit=True
            ) as connection:
                if name == site.app:
                    yield from _of_app(connection)
        except psycopg.OperationalError as error:
            yield f"{name} cannot log in: {str(error).strip()}"


def _of_app(connection: psycopg.Connection) -> Iterator[str]:
    for (name,) in connection.execute(MISSING, [list(databases.EXTENSIONS)]).fetchall():
        yield f"The extension {name} is not in the database."
    yield from refusals.of_server(connection.info.server_version)
    yield from refusals.of_login(connection)
    for sentence in refusals.of_shared_server(connection):
        yield sentence.partition("\n")[0]
