"""Settings of the partnership zone."""

from desist import deployment
from desist.sites import Zone
from desist.ui.settings import templates
from desist.zones import base
from desist.zones.base import *  # noqa: F403 -- how Django's settings are layered

SITE = deployment.site(Zone.PARTNERSHIP)
globals().update(base.named(Zone.PARTNERSHIP, SITE))

INSTALLED_APPS = [*base.APPS, "desist.partnership"]
ROOT_URLCONF = "desist.zones.partnership_urls"
TEMPLATES = templates(*base.template_folders(Zone.PARTNERSHIP))
DATABASES = {"default": deployment.database(Zone.PARTNERSHIP)}
DESIST_POLICIES = base.policies(Zone.PARTNERSHIP)
DESIST_HANDLERS = base.handlers("desist.partnership.referrals", "desist.partnership.alerts")
DESIST_NAVIGATION = "desist.partnership.navigation.navigation"
SECRET_KEY = deployment.secret_key(SITE.name)
