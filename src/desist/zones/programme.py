"""Settings of the programme zone."""

from desist import deployment
from desist.sites import Zone
from desist.ui.settings import templates
from desist.zones import base
from desist.zones.base import *  # noqa: F403 -- how Django's settings are layered

SITE = deployment.site(Zone.PROGRAMME)
DESIST_ZONE = SITE.zone.value
DESIST_SITE = SITE.name
DESIST_SITE_NAME = SITE.title
ALLOWED_HOSTS = base.hosts(SITE)
CSRF_TRUSTED_ORIGINS = base.trusted_origins(SITE)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = base.tls_only(SITE)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = base.cookie(SITE, "session"), base.cookie(SITE, "csrf")
DESIST_DEVICE_COOKIE = base.cookie(SITE, "device")

INSTALLED_APPS = [
    *base.APPS,
    "desist.desk",
    "desist.feeds",
    "desist.tasks",
    "desist.declarations",
    "desist.programme",
]
ROOT_URLCONF = "desist.zones.programme_urls"
TEMPLATES = templates(*base.template_folders(Zone.PROGRAMME))
DATABASES = {"default": deployment.database(Zone.PROGRAMME)}
DESIST_POLICIES = base.policies(Zone.PROGRAMME)
DESIST_OWN_CASES = base.OWN_CASES[Zone.PROGRAMME]
DESIST_HANDLERS = base.handlers(
    "desist.programme.plans.support",
    "desist.programme.referrals",
    "desist.programme.referrals.judgements",
    "desist.programme.referrals.attachments",
    "desist.programme.alerts",
    "desist.programme.orders",
    "desist.programme.disclosures",
    "desist.programme.moving_on",
    "desist.quarterly",
)
DESIST_BEFORE = [*base.DESIST_BEFORE, base.DUTY_BEFORE, "desist.programme.pages.beginning.queries.missing"]
DESIST_CHORES = [
    "desist.post.rotation.chores.tell",
    "desist.programme.service.allocation.chores.stand_in",
    "desist.programme.leaving.chores.release",
    "desist.desk.alerts.chores.escalate",
    "desist.desk.troubles.chores.tell",
    "desist.audit.watching.chores.look",
    "desist.accounts.alerts.chores.tell",
]
DESIST_MAIL_CHORES = [
    "desist.programme.service.reminders.chores.send",
    "desist.accounts.nudges.chores.make",
    "desist.moving_in.chores.go_on",
]
DESIST_NUDGES = "desist.programme.service.nudges.sources"
DESIST_TEXTS_WAITING = "desist.programme.service.reminders.queries.waiting"
DESIST_FEED = "desist.programme.service.feeds.queries"
DESIST_WATCHED = "desist.programme.pages.people.queries"
DESIST_NAVIGATION = "desist.programme.navigation.navigation"
SECRET_KEY, *SECRET_KEY_FALLBACKS = deployment.secret_keys(SITE.name)
DESIST_MFA_KEYS = deployment.mfa_keys(SITE.name)
