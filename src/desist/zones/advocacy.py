"""Settings of the advocacy zone."""

from desist import deployment
from desist.sites import Zone
from desist.ui.settings import templates
from desist.zones import base
from desist.zones.base import *  # noqa: F403 -- how Django's settings are layered

SITE = deployment.site(Zone.ADVOCACY)
DESIST_ZONE = SITE.zone.value
DESIST_SITE = SITE.name
DESIST_SITE_NAME = SITE.title
ALLOWED_HOSTS = base.hosts(SITE)
CSRF_TRUSTED_ORIGINS = base.trusted_origins(SITE)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = base.tls_only(SITE)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = base.cookie(SITE, "session"), base.cookie(SITE, "csrf")
DESIST_DEVICE_COOKIE = base.cookie(SITE, "device")

INSTALLED_APPS = [*base.APPS, "desist.desk", "desist.tasks", "desist.declarations", "desist.advocacy"]
ROOT_URLCONF = "desist.zones.advocacy_urls"
TEMPLATES = templates(*base.template_folders(Zone.ADVOCACY))
DATABASES = {"default": deployment.database(Zone.ADVOCACY)}
DESIST_POLICIES = base.policies(Zone.ADVOCACY)
DESIST_OWN_CASES = base.OWN_CASES[Zone.ADVOCACY]
DESIST_HANDLERS = base.handlers(
    "desist.advocacy.support",
    "desist.advocacy.police",
    "desist.advocacy.updates",
    "desist.advocacy.packs",
    "desist.advocacy.sent_exhibits",
    "desist.advocacy.orders",
    "desist.advocacy.disclosures",
    "desist.advocacy.moving_on",
    "desist.quarterly",
)
DESIST_BEFORE = [*base.DESIST_BEFORE, base.DUTY_BEFORE, "desist.advocacy.team.queries.missing"]
DESIST_CHORES = [
    "desist.post.rotation.chores.tell",
    "desist.advocacy.vault.chores.run",
    "desist.advocacy.duty.chores.run",
    "desist.advocacy.disclosures.chores.run",
    "desist.advocacy.police.chores.run",
    "desist.desk.alerts.chores.escalate",
    "desist.desk.troubles.chores.tell",
    "desist.audit.watching.chores.look",
    "desist.accounts.alerts.chores.tell",
]
DESIST_MAIL_CHORES = [
    "desist.advocacy.contacts.chores.send",
    "desist.accounts.nudges.chores.make",
    "desist.advocacy.submissions.chores.go_on",
    "desist.advocacy.evidence.chores.go_on",
    "desist.advocacy.exhibits.chores.go_on",
    "desist.advocacy.candidates.chores.look",
    "desist.moving_in.chores.go_on",
]
# Nothing that a client handed over lies on a disk unlocked: what is larger than memory may hold is not taken in at all.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DESIST_NUDGES = "desist.advocacy.pages.nudges.sources"
DESIST_START_CHECKS = ["desist.advocacy.vault.starting.reasons"]
DESIST_WATCHED = "desist.advocacy.clients.queries"
DESIST_NAVIGATION = "desist.advocacy.navigation.navigation"
SECRET_KEY, *SECRET_KEY_FALLBACKS = deployment.secret_keys(SITE.name)
DESIST_MFA_KEYS = deployment.mfa_keys(SITE.name)
