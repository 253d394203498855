"""The settings every zone shares. A zone's own module adds its app, its URLs, its policy and its site."""

import os
from pathlib import Path
from typing import Any

from desist import addresses, deployment, privatefile, sites
from desist.sites import Site, Zone
from desist.ui import settings as ui

SOURCE = Path(__file__).parent.parent

DEBUG = False
USE_TZ = True
TIME_ZONE = "Europe/London"
USE_I18N = True
LANGUAGE_CODE = "en-gb"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: the zones with staff on duty
WITH_DESK = frozenset({Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY})

AUTH_USER_MODEL = "accounts.Account"
DESIST_ONE_PERSON = "desist.accounts.likeness.queries.alike"
APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "csp",
    "desist.ui",
    "desist.wall",
    "desist.post",
    "desist.accounts",
    "desist.audit",
    "desist.merges",
]
MIDDLEWARE = [
    "desist.zones.timing.timed",
    *ui.MIDDLEWARE_FIRST,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "desist.ui.csrf.CsrfMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "desist.accounts.middleware.actor",
    "desist.wall.middleware.Routes",
    "desist.accounts.step_up.StepUp",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

#: Passkeys always; a password with an authenticator app only where the site allows it.
DESIST_PASSWORDS = os.environ.get("DESIST_PASSWORDS") == "1"
DESIST_PROVIDER: deployment.Provider | None = deployment.provider()
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]

#: Without a mail server, messages are files in the data folder; links are handed over by hand then.
MAIL = deployment.mail_server()
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_BACKEND = (
    "desist.accounts.mailing.server.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = sites.data_folder() / "mail"
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.security == "starttls", MAIL.security == "tls"
DESIST_EMAIL_CA_FILE = MAIL.authority
EMAIL_TIMEOUT = 10
DESIST_NOTIFY = deployment.notify()
DESIST_TEXTS = deployment.texts()
EMAIL_HOST_USER = os.environ.get("DESIST_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = privatefile.secret("DESIST_EMAIL_PASSWORD") or ""
DEFAULT_FROM_EMAIL = os.environ.get("DESIST_EMAIL_FROM", "post@localhost")

CONTENT_SECURITY_POLICY = ui.CONTENT_SECURITY_POLICY
CSRF_FAILURE_VIEW = ui.CSRF_FAILURE_VIEW

STATIC_URL = "/static/"
STATICFILES_DIRS = ui.STATICFILES_DIRS
STORAGES = ui.STORAGES
STATIC_ROOT = sites.data_folder() / "static"

SESSION_ENGINE = "desist.accounts.session_store"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
DESIST_DEVICE_COOKIE = "device"  # a zone's own name for it is in its module
# Whatever is sent stays in memory until it is sealed: no readable copy of it lies on a disk. The proxy lets no more through.
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000

#: Sent envelopes are kept for longer than any backup that may be restored, then forgotten by the worker.
DESIST_KEEP_SENT = deployment.keep_sent()

#: The number of clients that one advocate opens for calls in a day; then a manager must allow more.
DESIST_CALLS_A_DAY = deployment.calls_a_day()

#: What each slice needs before the first case; Accounts lists it for administrators while it is missing.
DESIST_BEFORE = ["desist.accounts.beginning.queries.people", "desist.post.queries.missing"]
DUTY_BEFORE = "desist.desk.duty.queries.missing"

#: Processes that answer requests on this host.
DESIST_WEB_PROCESSES = deployment.web_processes()

#: files with names, which two people release -> the maker of each, in the zone that has it
DESIST_DOWNLOADS = {
    "audit.events": "desist.audit.export.make",
    "partnership.register": "desist.partnership.register.queries.make",
    "programme.leavers": "desist.programme.pages.leavers.queries.make",
}

#: Django's own loggers would print typed text when a request fails: only our formatter writes.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ours": {"()": "desist.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
    },
}


def template_folders(*zones: Zone) -> list[Path]:
    """The folders of the pages of some zones, and of those that every staff zone has."""
    shared = (
        "accounts",
        "post",
        "audit",
        "restrictions",
        "desk",
        "feeds",
        "tasks",
        "declarations",
        "merges",
        "moving_in",
        "quarterly",
        "answering",
        "referral",
        "circumstances",
    )
    return [SOURCE / name / "templates" for name in (*zones, *shared)]


#: where staff work with the people allocated to them: the cases of an account
OWN_CASES = {
    Zone.PROGRAMME: "desist.programme.pages.people.queries.own_cases",
    Zone.ADVOCACY: "desist.advocacy.clients.queries.own_cases",
}

#: the cases that a task of one's own can be about, by zone
DESIST_TASKS = {
    Zone.PROGRAMME: "desist.programme.pages.home.cases.TASKS",
    Zone.PARTNERSHIP: "desist.partnership.pages.home.cases.TASKS",
    Zone.ADVOCACY: "desist.advocacy.pages.home.cases.TASKS",
}

#: the records that can be of one person, by zone
DESIST_MERGES = {
    Zone.PROGRAMME: "desist.programme.pages.home.records.RECORDS",
    Zone.PARTNERSHIP: "desist.partnership.pages.home.records.RECORDS",
    Zone.ADVOCACY: "desist.advocacy.pages.home.records.RECORDS",
}

#: the caseload that can move in, by zone
DESIST_CASELOADS = {
    Zone.PROGRAMME: "desist.programme.moving_in.commands.CASELOAD",
    Zone.ADVOCACY: "desist.advocacy.moving_in.commands.CASELOAD",
}

#: the cases that can be offered to another service, by zone
DESIST_OFFERS = {
    Zone.PROGRAMME: "desist.programme.moving_on.commands.PERSON",
    Zone.ADVOCACY: "desist.advocacy.moving_on.commands.CLIENT",
}

#: the zones with calendars for calendar programs
#: the kinds of e-mail to staff, in the zones that have them
DESIST_NUDGES = ""
#: the text messages that wait, in the zone that sends some
DESIST_TEXTS_WAITING = ""
#: what of the post an administrator's first page counts
DESIST_TROUBLES = "desist.post.troubles.queries.waiting"

WITH_FEEDS = frozenset({Zone.PROGRAMME, Zone.PARTNERSHIP})


#: how a referral to an agency is shown and answered by a link, by zone
DESIST_ANSWERS = {
    Zone.PROGRAMME: "desist.programme.plans.agency_links.commands.KIND",
    Zone.ADVOCACY: "desist.advocacy.support.agency_links.commands.KIND",
}


#: what a zone returns to the commissioner each quarter
DESIST_RETURNS = {
    Zone.PROGRAMME: "desist.programme.service.quarterly.kinds.KIND",
    Zone.PARTNERSHIP: "desist.partnership.quarterly.kinds.KIND",
    Zone.ADVOCACY: "desist.advocacy.quarterly.kinds.KIND",
}


def policies(zone: Zone) -> list[str]:
    """A staff zone's policy tables: the shared packages', the zone's own, and each slice's beside its addresses."""
    shared = ("accounts", "post", "audit", "restrictions")
    desk = ("desk", "tasks", "declarations", "merges") if zone in WITH_DESK else ()
    moving = ("moving_in", "moving_in.offers", "answering") if zone in DESIST_CASELOADS else ()
    returns = ("quarterly",) if zone in DESIST_RETURNS else ()
    feeds = ("feeds",) if zone in WITH_FEEDS else ()
    slices = (
        ".".join(found.parent.relative_to(SOURCE).parts)
        for found in sorted((SOURCE / zone).glob("*/**/policy.py"))
    )
    return [f"desist.{name}.policy" for name in (*shared, *desk, *feeds, *moving, *returns, zone, *slices)]


def handlers(*slices: str) -> list[str]:
    """The modules that handle envelopes: of some slices of a zone, and of every zone with doors."""
    return [f"{name}.handlers" for name in (*slices, "desist.post.rotation")]


def hosts(site: Site) -> list[str]:
    """The exact host names of a site."""
    return addresses.hosts(site, listed=sites.read_sites(folder=sites.data_folder()) if site.title else ())


def tls_only(site: Site) -> bool:
    """Whether cookies go through TLS alone: for a site with its own name; without one it answers on this machine."""
    return not any(name.endswith("localhost") for name in hosts(site))


def cookie(site: Site, what: str) -> str:
    """The name of a site's cookie; behind TLS no neighbour of its name, nor plain http, can plant it."""
    return f"{'__Host-' if tls_only(site) else ''}{site.zone}_{what}"


def trusted_origins(site: Site) -> list[str]:
    """The site's origin for a browser where TLS ends at a proxy: https, while Django is asked by plain http.

    A form says `Origin: null` (see ui/csrf.py), but a script's request names the origin.
    """
    return [f"https://{name}" for name in hosts(site)] if tls_only(site) else []
