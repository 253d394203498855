"""Settings of the participant zone: the person's own pages, in a process without accounts, tables or post."""

from desist import deployment
from desist.participant import settings
from desist.sites import Zone
from desist.ui.settings import MIDDLEWARE_FIRST, templates
from desist.zones import base
from desist.zones.base import *  # noqa: F403 -- how Django's settings are layered

SITE = deployment.site(Zone.PARTICIPANT)
DESIST_ZONE = SITE.zone.value
DESIST_SITE = SITE.name
DESIST_SITE_NAME = SITE.title
ALLOWED_HOSTS = base.hosts(SITE)
CSRF_TRUSTED_ORIGINS = base.trusted_origins(SITE)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = base.tls_only(SITE)
_FIRM = "__Host-" if SESSION_COOKIE_SECURE else ""  # their names tell nothing either
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, DESIST_DEVICE_COOKIE = (
    f"{_FIRM}sitting",
    f"{_FIRM}form",
    f"{_FIRM}phone",
)
# The first page asks the database about a phone that nobody is signed in on: whether it is one.
DESIST_COOKIES_TO_ASK_FOR = (SESSION_COOKIE_NAME, DESIST_DEVICE_COOKIE)

INSTALLED_APPS = ["django.contrib.staticfiles", "csp", "desist.ui", "desist.participant"]
MIDDLEWARE = [
    "desist.zones.timing.timed",
    *MIDDLEWARE_FIRST,
    "django.middleware.common.CommonMiddleware",
    "desist.participant.here.here",
    "desist.ui.csrf.CsrfMiddleware",
]
CONTENT_SECURITY_POLICY = settings.CONTENT_SECURITY_POLICY
CSRF_FAILURE_VIEW = "desist.participant.entrance.stale_form"
ROOT_URLCONF = "desist.zones.participant_urls"
TEMPLATES = templates(base.SOURCE / "participant" / "templates")
DATABASES = {"default": deployment.database(Zone.PARTICIPANT)}
DESIST_START_CHECKS = ["desist.participant.starting.reasons"]
SECRET_KEY, *SECRET_KEY_FALLBACKS = deployment.secret_keys(SITE.name)
