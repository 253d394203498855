"""Settings of the commission zone."""

from desist import deployment
from desist.sites import Zone
from desist.ui.settings import templates
from desist.zones import base
from desist.zones.base import *  # noqa: F403 -- how Django's settings are layered

SITE = deployment.site(Zone.COMMISSION)
DESIST_ZONE = SITE.zone.value
DESIST_SITE = SITE.name
DESIST_SITE_NAME = SITE.title
ALLOWED_HOSTS = base.hosts(SITE)
CSRF_TRUSTED_ORIGINS = base.trusted_origins(SITE)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = base.tls_only(SITE)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = base.cookie(SITE, "session"), base.cookie(SITE, "csrf")
DESIST_DEVICE_COOKIE = base.cookie(SITE, "device")

INSTALLED_APPS = [*base.APPS, "desist.commission"]
ROOT_URLCONF = "desist.zones.commission_urls"
TEMPLATES = templates(*base.template_folders(Zone.COMMISSION))
DATABASES = {"default": deployment.database(Zone.COMMISSION)}
DESIST_POLICIES = base.policies(Zone.COMMISSION)
DESIST_HANDLERS = base.handlers("desist.commission.returns", "desist.commission.extracts")
DESIST_CHORES = [
    "desist.post.rotation.chores.tell",
    "desist.accounts.alerts.chores.tell",
    "desist.commission.extracts.chores.empty",
]
DESIST_NAVIGATION = "desist.commission.navigation.navigation"
SECRET_KEY, *SECRET_KEY_FALLBACKS = deployment.secret_keys(SITE.name)
DESIST_MFA_KEYS = deployment.mfa_keys(SITE.name)
