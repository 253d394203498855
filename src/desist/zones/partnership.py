"""Settings of the partnership zone."""

from desist import deployment
from desist.sites import Zone
from desist.ui.settings import templates
from desist.zones import base
from desist.zones.base import *  # noqa: F403 -- how Django's settings are layered

SITE = deployment.site(Zone.PARTNERSHIP)
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
    "desist.partnership",
]
ROOT_URLCONF = "desist.zones.partnership_urls"
TEMPLATES = templates(*base.template_folders(Zone.PARTNERSHIP))
DATABASES = {"default": deployment.database(Zone.PARTNERSHIP)}
DESIST_POLICIES = base.policies(Zone.PARTNERSHIP)
DESIST_HANDLERS = base.handlers(
    "desist.partnership.referrals",
    "desist.partnership.attachments",
    "desist.partnership.exit_reports",
    "desist.partnership.pairs",
    "desist.partnership.switchboard",
    "desist.partnership.reports",
    "desist.partnership.exhibits",
    "desist.partnership.breaches",
    "desist.partnership.releases",
    "desist.partnership.transfers",
    "desist.partnership.disclosures",
    "desist.partnership.judgements",
    "desist.partnership.support",
    "desist.partnership.extracts",
    "desist.quarterly",
)
DESIST_BEFORE = [*base.DESIST_BEFORE, base.DUTY_BEFORE]
DESIST_CHORES = [
    "desist.post.rotation.chores.tell",
    "desist.partnership.switchboard.chores.pass_on",
    "desist.partnership.applications.chores.expire",
    "desist.partnership.reports.chores.empty",
    "desist.partnership.releases.chores.run",
    "desist.partnership.panels.panel_packs.chores.draw",
    "desist.partnership.extracts.chores.empty",
    "desist.desk.alerts.chores.escalate",
    "desist.desk.troubles.chores.tell",
    "desist.audit.watching.chores.look",
    "desist.accounts.alerts.chores.tell",
]
DESIST_MAIL_CHORES = ["desist.accounts.nudges.chores.make", "desist.partnership.exhibits.chores.go_on"]
DESIST_NUDGES = "desist.partnership.pages.nudges.sources"
DESIST_FEED = "desist.partnership.feeds.queries"
DESIST_WATCHED = "desist.partnership.register.queries"
DESIST_NAVIGATION = "desist.partnership.navigation.navigation"
SECRET_KEY, *SECRET_KEY_FALLBACKS = deployment.secret_keys(SITE.name)
DESIST_MFA_KEYS = deployment.mfa_keys(SITE.name)
