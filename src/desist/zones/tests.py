"""The tests' settings: every zone's apps in one database, without a key file or a data folder.

The owner login makes and migrates the database, the app login uses it, so that a missing or too wide grant fails a
test. tests/conftest.py names the server; ROOT_URLCONF follows the folder a test is in.
"""

import os

from desist import deployment
from desist.sites import Zone
from desist.ui.settings import templates
from desist.zones import base
from desist.zones.base import *  # noqa: F403 -- how Django's settings are layered

ZONES = (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION)
DESIST_ZONE = "programme"
DESIST_SITE = "some-programme"
DESIST_SITE_NAME = "Northmere service"
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    *base.APPS,
    "desist.desk",
    "desist.feeds",
    "desist.tasks",
    "desist.declarations",
    *(f"desist.{zone}" for zone in ZONES),
]
ROOT_URLCONF = "desist.zones.programme_urls"
TEMPLATES = templates(*base.template_folders(*ZONES))
DATABASES = {
    "default": {
        "ENGINE": "desist.postgresql",
        # As in the product: a thread that answers a browser keeps its connection, and with it its plans.
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": None,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": deployment.OPTIONS,
        "NAME": "tests",
        "USER": "tests_owner",
        "PASSWORD": os.environ.get("DESIST_TEST_PASSWORD", ""),
        "HOST": os.environ.get("DESIST_TEST_SOCKET", ""),
    }
}
DESIST_POLICIES = list(dict.fromkeys(name for zone in ZONES for name in base.policies(zone)))
DESIST_HANDLERS: list[str] = []  # a payload has one handler a zone: tests name the zone's own
DESIST_NUDGES = "desist.programme.service.nudges.sources"
DESIST_TEXTS_WAITING = "desist.programme.service.reminders.queries.waiting"
DESIST_FEED = "desist.programme.service.feeds.queries"
DESIST_NAVIGATION = "desist.programme.navigation.navigation"
WHITENOISE_USE_FINDERS = True  # no files are gathered for tests
WHITENOISE_AUTOREFRESH = True  # and looked for when asked for: a list of them would be made for every client
WHITENOISE_MAX_AGE = 10 * 366 * 24 * 3600  # a browser keeps them, on whichever day a test happens
SECRET_KEY = "only for tests"  # noqa: S105 -- it guards nothing
DESIST_MFA_KEYS = [b"only for tests, it guards nothing"[:32]]
DESIST_PASSWORDS = True
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # fast; the real one takes its time on purpose
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Static files are neither gathered nor looked for: that would cost every test a second.
STATIC_ROOT = None  # type: ignore[assignment]  # nowhere; where zones gather them is a folder
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
