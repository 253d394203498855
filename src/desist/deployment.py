"""One process's view of the deployment: its site, its login and its files, all from the environment.

Three variables describe a process: DESIST_SITE (its site), DESIST_DATA (the folder of its files) and DESIST_LOGIN
(`app` for web and worker, `owner` for migrations). In production the environment names the database (desist.addresses);
the embedded one is used where no URL is given.
"""

import json
import os
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desist import addresses, sites
from desist.embedded.cluster import Cluster
from desist.keys import keyfile
from desist.privatefile import SettingError, read_private, secret
from desist.sites import Site, Zone

LONGEST_KEPT = 3650  # days
MOST_CALLS = 200  # clients in a day
MOST_PROCESSES = 64
LARGEST_PORT = 65_535
#: how the way to the mail server is secured -> its usual port
MAIL_PORTS = {"starttls": "587", "tls": "465", "plain": "25"}
MOST_THREADS = 64
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
#: a key of GOV.UK Notify: its name, the service and the secret
NOTIFY_KEY = re.compile(f".+-(?P<service>{UUID})-(?P<secret>{UUID})")


#: The connection options of every process: values apart from statements, so that plans are made once.
OPTIONS = {
    "server_side_binding": True,
    "prepare_threshold": 2,
    "connect_timeout": 5,
    # A line that nothing comes through any more is given up by the system, in this many milliseconds and seconds.
    "tcp_user_timeout": 8000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}

#: Django's names for the parts of an address -> libpq's
NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


@dataclass(frozen=True)
class Provider:
    """An organisation's own identity provider (OpenID Connect), which signs this site's people in."""

    issuer: str
    client: str
    secret_file: Path

    def secret(self) -> str:
        """The client's secret, from a private file of its owner. Raises SecretError."""
        return read_private(self.secret_file)


@dataclass(frozen=True)
class MailServer:
    """Where e-mails are handed over, how the way there is secured, and the authority it is known by."""

    host: str
    port: int
    security: str
    authority: str


@dataclass(frozen=True)
class Notify:
    """GOV.UK Notify as a site uses it: its address, the service and secret of the site's key, and the template."""

    address: str
    service: str
    secret: str
    template: str


def provider() -> Provider | None:
    """The identity provider of DESIST_OIDC_ISSUER, _CLIENT and _SECRET_FILE; or None."""
    issuer = os.environ.get("DESIST_OIDC_ISSUER")
    if not issuer:
        return None
    secret = Path(os.environ.get("DESIST_OIDC_SECRET_FILE") or sites.data_folder() / "keys" / "oidc-secret")
    return Provider(issuer, os.environ.get("DESIST_OIDC_CLIENT", ""), secret)


@cache
def site(zone: Zone) -> Site:
    """This process's site. Without DESIST_SITE (type checks, generated docs) a nameless one of the zone."""
    name = os.environ.get("DESIST_SITE")
    if name is None:
        return Site(name=f"some-{zone}", zone=zone, title="")
    found = [row for row in sites.read_sites(folder=sites.data_folder()) if row.name == name]
    if not found:
        raise sites.SitesError(f"sites.toml in {sites.data_folder()} lists no site named {name!r}.")
    return found[0]


def is_demo() -> bool:
    """Whether this is the demo: sign-in by name is offered, and start-up refuses less."""
    return os.environ.get("DESIST_DEMO") == "1"


def verified_file(name: str) -> Path:
    """The file about the last walk over a site's audit: its moment, and the number of findings."""
    return sites.data_folder() / "verified" / name


def last_backup(name: str) -> datetime | None:
    """When `desist backup` last saved a site from this data folder; None where it is not known."""
    try:
        told = json.loads((sites.data_folder() / "backed-up" / name).read_text("utf-8"))
        return datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_sent() -> timedelta:
    """How long a sent envelope is kept: longer than any backup. DESIST_KEEP_SENT_DAYS, else 100 days."""
    return timedelta(
        days=_number(
            "DESIST_KEEP_SENT_DAYS",
            "100",
            LONGEST_KEPT,
            f"a number of days, 1 to {LONGEST_KEPT}, that is larger than the age of the oldest backup that you keep",
        )
    )


def calls_a_day() -> int:
    """The number of clients that one advocate opens for calls in a day. DESIST_CALLS_A_DAY, else 40."""
    what = f"how many clients one advocate may call in a day, 1 to {MOST_CALLS}"
    return _number("DESIST_CALLS_A_DAY", "40", MOST_CALLS, what)


def web_processes() -> int:
    """The number of processes that answer a site's requests on this host. DESIST_WEB_PROCESSES, else 1."""
    what = f"how many processes answer requests for a site, 1 to {MOST_PROCESSES}"
    return _number("DESIST_WEB_PROCESSES", "1", MOST_PROCESSES, what)


def metrics_port(name: str) -> int | None:
    """The port at which a site answers Prometheus: DESIST_METRICS_PORT for the first one, the next for the next."""
    if not os.environ.get("DESIST_METRICS_PORT"):
        return None
    what = "a port of this machine, such as 9900: nothing listens on any other address"
    first = _number("DESIST_METRICS_PORT", "", LARGEST_PORT, what)
    listed = sites.read_sites(folder=sites.data_folder())
    names = [one.name for one in listed if one.zone is not Zone.PUBLIC]
    port = first + (names.index(name) if name in names else 0)
    if taken := [one.title for one in listed if one.port == port]:
        raise SettingError(f"DESIST_METRICS_PORT leads to port {port}, where {taken[0]} is. Name another.")
    return port


def metrics_folder(name: str) -> Path:
    """The folder in which the web processes of a site count together, on this host: others may share the data folder."""
    return sites.data_folder() / "metrics" / os.uname().nodename / f"of-{name}"


def mail_server() -> MailServer:
    """The mail server of DESIST_EMAIL_HOST, _PORT, _SECURITY and _CA_FILE; its host is "" where there is none."""
    host, authority = os.environ.get("DESIST_EMAIL_HOST", ""), os.environ.get("DESIST_EMAIL_CA_FILE", "")
    security = os.environ.get("DESIST_EMAIL_SECURITY") or "starttls"
    if security not in MAIL_PORTS:
        raise SettingError(
            f"DESIST_EMAIL_SECURITY is {security!r}. Write starttls, tls, or plain for a server on this machine."
        )
    if host and security == "plain" and not is_loopback(host):
        raise SettingError(
            f"DESIST_EMAIL_SECURITY is plain, and {host} is another machine: anyone between could read links that "
            "sign people in. Write starttls or tls."
        )
    if authority and not os.access(authority, os.R_OK):
        raise SettingError(
            f"DESIST_EMAIL_CA_FILE names {authority}, which cannot be read. Put the certificate there."
        )
    port = _number("DESIST_EMAIL_PORT", MAIL_PORTS[security], LARGEST_PORT, "a port, such as 587")
    return MailServer(host, port, security, authority)


def notify() -> Notify | None:
    """GOV.UK Notify by DESIST_NOTIFY_KEY, _TEMPLATE and _ADDRESS; None where the site does not use it."""
    return _notify("DESIST_NOTIFY_KEY", os.environ.get("DESIST_NOTIFY_TEMPLATE", ""))


def texts() -> Notify | None:
    """GOV.UK Notify for text messages by DESIST_TEXT_KEY and _TEMPLATE; None where the site sends none."""
    return _notify("DESIST_TEXT_KEY", os.environ.get("DESIST_TEXT_TEMPLATE", ""))


def _notify(name: str, template: str) -> Notify | None:
    key = secret(name)
    if not key:
        return None
    parts = NOTIFY_KEY.fullmatch(key)
    if parts is None:
        raise SettingError(
            f"{name} is no key of GOV.UK Notify: a name and two groups of 36 letters, digits and dashes."
        )
    if not re.fullmatch(UUID, template):
        raise SettingError(
            f"{name.replace('KEY', 'TEMPLATE')} is missing. Write the ID of the template at GOV.UK Notify."
        )
    address = (os.environ.get("DESIST_NOTIFY_ADDRESS") or "https://api.notifications.service.gov.uk").rstrip(
        "/"
    )
    there = urlsplit(address)
    if there.scheme != "https" and not (there.scheme == "http" and is_loopback(there.hostname or "")):
        raise SettingError(
            "DESIST_NOTIFY_ADDRESS must begin with https://: anyone between could read addresses."
        )
    return Notify(address, parts["service"], parts["secret"], template)


def is_loopback(host: str) -> bool:
    """Whether a host's name or number means this machine, and no other can hear what is said to it."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def database_threads() -> int:
    """The number of threads of a web process that work with the database. DESIST_THREADS, else 4."""
    what = f"how many requests a web process works on at once, 1 to {MOST_THREADS}"
    return _number("DESIST_THREADS", "4", MOST_THREADS, what)


def _number(name: str, otherwise: str, most: int, what: str) -> int:
    given = os.environ.get(name) or otherwise
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= most):
        raise SettingError(f"{name} is {given!r}. Write {what}.")
    return int(given)


def head_file(name: str) -> Path:
    """The path of a site's audit head, outside its database."""
    return sites.data_folder() / "heads" / name


def secret_keys(name: str) -> list[str]:
    """Django's secret keys of a site, the newest first, so that a rotation ends no session.

    Those that may be known to others are left out: what they signed, sessions too, is accepted no more.
    Where no site is named (type checks, generated pages) there is no data to protect, and one worthless key.
    """
    if "DESIST_SITE" not in os.environ:
        return ["no site is named, so nothing is signed with this"]
    return [keys.django_secret for keys in keyfile.read(folder=sites.data_folder(), site=name).trusted]


def mfa_keys(name: str) -> list[bytes]:
    """The keys that encrypt the secrets of authenticator apps, the newest first."""
    if "DESIST_SITE" not in os.environ:
        return [b"no site is named, so no secret".ljust(32)]
    return [keys.mfa for keys in keyfile.read(folder=sites.data_folder(), site=name).sets]


def audit_keys(name: str) -> list[bytes]:
    """The keys of the audit's links, the newest first."""
    return [keys.audit for keys in keyfile.read(folder=sites.data_folder(), site=name).sets]


def journal_folder(name: str) -> Path:
    """The folder of a site's journal, outside its database."""
    return sites.data_folder() / "journal" / name


def journal_keys(name: str) -> list[bytes]:
    """The keys of the journal, the newest first."""
    return [keys.journal for keys in keyfile.read(folder=sites.data_folder(), site=name).sets]


def login(here: Site) -> str:
    """The name of this process's database login."""
    return here.owner if os.environ.get("DESIST_LOGIN") == "owner" else here.app


def database(zone: Zone) -> dict[str, Any]:
    """Django's DATABASES entry for this process's site."""
    here = site(zone)
    try:
        url = addresses.given(here, listed=sites.read_sites(folder=sites.data_folder()) if here.title else ())
        found = _from_url(here, url) if url else _embedded(zone)
    except addresses.AddressError as error:
        raise SettingError(str(error)) from None
    return {
        "ENGINE": "desist.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        # Each of the web process's few threads keeps its connection, and with it the plans of its statements.
        "CONN_MAX_AGE": None,
        "OPTIONS": OPTIONS,
        **found,
    }


def _embedded(zone: Zone) -> dict[str, Any]:
    here = site(zone)
    if not here.title:
        return {"NAME": here.database}
    cluster = Cluster(sites.data_folder())
    known = cluster.login(login(here))
    return {
        "NAME": here.database,
        "USER": known.name,
        "PASSWORD": known.password,
        "HOST": str(cluster.socket_folder),
    }


def _from_url(here: Site, url: str) -> dict[str, Any]:
    """The settings of an address; parts that Django cannot name, such as the check of TLS, go to libpq as they are."""
    said = addresses.with_login(addresses.read(here, url), login=login(here), folder=sites.data_folder())
    known = {name: said.pop(word, "") for name, word in NAMES.items()}
    return {**known, "OPTIONS": {**OPTIONS, **said}}
