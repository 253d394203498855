"""The addresses of each site: its database, named by the environment or embedded, and its host names.

A variable names one site: DESIST_<SITE>_DATABASE_URL, with the site's name in capitals and underscores for hyphens.
DESIST_<ZONE>_DATABASE_URL does so where the zone has a single site here. With _FILE at its end it names a private file
that holds the address. Without either, sites.toml says where they are (`desist set-up` writes it). An address that names
no login means the login of the process that reads it.
"""

import os
import re
from collections.abc import Collection, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import conninfo_to_dict

from desist import privatefile
from desist.privatefile import SecretError, is_set
from desist.sites import Site, Zone

SCHEMES = ("postgresql://", "postgres://")
PASSWORD_IN = ("_DATABASE_URL", "_BACKUP_URL")
#: a host name of a site, without a scheme or a port
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*")
WITHOUT_POST = frozenset({Zone.PUBLIC, Zone.PARTICIPANT})


class AddressError(Exception):
    """The environment's addresses contradict each other or are incomplete; every sentence says what to do."""


def given(site: Site, *, listed: Sequence[Site], what: str = "DATABASE_URL") -> str | None:
    """The environment's value for a site (`what`: DATABASE_URL, BACKUP_URL or HOSTS), else its entry's; None without one.

    Raises AddressError.
    """
    alone = [one for one in listed if one.zone is site.zone] in ([], [site])
    own = secret(variable(site, what=what))
    zone = secret(f"DESIST_{site.zone.upper()}_{what}") if alone else None
    return own or zone or (at_server(site) if what == "DATABASE_URL" else None)


def secret(name: str) -> str | None:
    """The address of a variable, or of the private file that NAME_FILE names. Raises AddressError."""
    try:
        return privatefile.secret(name)
    except SecretError as error:
        raise AddressError(str(error)) from None


def at_server(site: Site) -> str | None:
    """The address of a site's database on the server of its entry; None where that names none."""
    if not site.server:
        return None
    said = urlsplit(site.server)
    query = f"?{said.query}" if said.query else ""
    return f"{said.scheme}://{said.netloc}/{site.database}{query}"


def read(site: Site, address: str) -> dict[str, str]:
    """Read a database address by libpq's own names: its query too, such as sslmode or host. Raises AddressError."""
    try:
        said = conninfo_to_dict(address) if address.startswith(SCHEMES) else {}
    except psycopg.ProgrammingError:
        said = {}
    if not said.get("dbname"):
        # Neither the address itself nor libpq's complaint is repeated: both may hold a password.
        raise AddressError(
            f"The database address of {site.name} cannot be read. Write {variable(site)}="
            f"postgresql://{site.app}:PASSWORD@HOST/{site.database}"
        ) from None
    return {name: str(value) for name, value in said.items() if value is not None}


def with_login(said: dict[str, str], *, login: str, folder: Path) -> dict[str, str]:
    """Complete an address that names no login, or no password: the password is in the login's file of the data folder."""
    user = said.get("user") or login
    kept = folder / "passwords" / user
    password = said.get("password") or (kept.read_text("ascii") if kept.is_file() else "")
    return {**said, "user": user, **({"password": password} if password else {})}


def in_use(site: Site, *, listed: Sequence[Site]) -> str:
    """The variable that names this site's database, or that would."""
    zone = f"DESIST_{site.zone.upper()}_DATABASE_URL"
    own = variable(site)
    return zone if not is_set(own) and given(site, listed=listed) else own


def variable(site: Site, *, what: str = "DATABASE_URL") -> str:
    """The variable for this site alone."""
    return f"DESIST_{site.slug.upper()}_{what}"


def own(site: Site) -> frozenset[str]:
    """The variables from which a process of this site may learn an address with its password."""
    return frozenset({variable(site), f"DESIST_{site.zone.upper()}_DATABASE_URL"})


def foreign(known: Collection[str]) -> set[str]:
    """The variables of this process that hold addresses with passwords, except those that are `known`."""
    return {
        name
        for name in os.environ
        if name.startswith("DESIST_")
        and (bare := name.removesuffix("_FILE")).endswith(PASSWORD_IN)
        and bare not in known
    }


def courier_variable(site: Site) -> str:
    """The variable that names the address of a site's database for the courier's login."""
    return f"DESIST_COURIER_{site.slug.upper()}_DATABASE_URL"


def embedded(listed: Sequence[Site]) -> list[Site]:
    """The sites with an embedded database."""
    return [site for site in listed if site.zone is not Zone.PUBLIC and not given(site, listed=listed)]


def host(site: Site, *, listed: Sequence[Site]) -> str:
    """A site's name on its own machine: ZONE.localhost for the first of its zone, NAME.localhost for others.

    Two sites never share a name, because cookies know names and no ports.
    """
    first = next((one for one in listed if one.zone is site.zone), site)
    return f"{site.zone if first == site else site.name}.localhost"


def hosts(site: Site, *, listed: Sequence[Site]) -> list[str]:
    """Every host name of a site: DESIST_<SITE>_HOSTS, DESIST_HOSTS or its entry's, comma by comma, else its local name."""
    said = given(site, listed=listed, what="HOSTS") or os.environ.get("DESIST_HOSTS") or site.host or ""
    return [name.strip() for name in said.split(",") if name.strip()] or [host(site, listed=listed)]


def origin(site: Site, *, listed: Sequence[Site]) -> str:
    """Where a browser finds a site: by TLS at its own name, or at its port where it answers on this machine alone."""
    name = hosts(site, listed=listed)[0]
    return f"http://{name}:{site.port}/" if name.endswith("localhost") else f"https://{name}/"


def check(listed: Sequence[Site]) -> None:
    """Raise AddressError with every reason why these sites cannot be served from these addresses."""
    problems = _secret(listed) or [
        *_ambiguous(listed),
        *_unreadable(listed),
        *_shared(listed),
        *_unreachable(listed),
    ]
    if problems:
        raise AddressError("\n".join(problems))


def _secret(listed: Sequence[Site]) -> list[str]:
    """The files of addresses that cannot be read, or may be read by others."""
    names = {name for site in listed for name in (*own(site), courier_variable(site))}
    return [sentence for name in sorted(names) if (sentence := _refusal(name))]


def _refusal(name: str) -> str:
    try:
        secret(name)
    except AddressError as error:
        return str(error)
    return ""


def _ambiguous(listed: Sequence[Site]) -> list[str]:
    """A zone's variable where the zone has several sites here."""
    found = []
    for zone in Zone:
        several = [site for site in listed if site.zone is zone]
        for what in ("DATABASE_URL", "BACKUP_URL", "HOSTS"):
            if len(several) > 1 and is_set(name := f"DESIST_{zone.upper()}_{what}"):
                own = ", ".join(variable(site, what=what) for site in several)
                found.append(f"{name} could mean {len(several)} sites. Set these instead: {own}.")
    return found


def _unreadable(listed: Sequence[Site]) -> list[str]:
    return [sentence for site in listed if (sentence := _complaint(site, given(site, listed=listed)))]


def _complaint(site: Site, address: str | None) -> str:
    try:
        if address:
            read(site, address)
    except AddressError as error:
        return str(error)
    return ""


def _shared(listed: Sequence[Site]) -> list[str]:
    """Two sites in one database; and the participants' pages without the database they live in."""
    found = []
    seen: dict[tuple[str | None, ...], Site] = {}
    for site in listed:
        address = given(site, listed=listed)
        if (
            site.shares
            and not address
            and any(one.name == site.shares and given(one, listed=listed) for one in listed)
        ):
            found.append(
                f"{site.name} lives in the database of {site.shares}, which is elsewhere. Set {variable(site)} too, "
                f"with the login {site.app}."
            )
        if not address or site.shares or _complaint(site, address):
            continue
        said = read(site, address)
        host = said.get("host", "").lower()  # a host's name is equal in any case
        place = (host, *(said.get(name) for name in ("hostaddr", "port", "dbname")))
        if place in seen:
            found.append(
                f"{site.name} and {seen[place].name} name the same database. Every site has its own."
            )
        seen[place] = site
    return found


def _unreachable(listed: Sequence[Site]) -> list[str]:
    """Sites that the courier could not reach."""
    post = [site for site in listed if site.zone not in WITHOUT_POST]
    if len(post) < 2:  # with a single stop there is no courier
        return []
    return [
        f"The courier does not know where {site.name} is. Set {courier_variable(site)}="
        f"postgresql://courier:PASSWORD@HOST/{site.database}"
        for site in post
        if given(site, listed=listed) and not site.server and not is_set(courier_variable(site))
    ]
