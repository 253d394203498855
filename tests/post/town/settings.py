"""Settings of one site of the town: the post and the wall, with handlers that count."""

import os

from desist import deployment, sites
from desist.zones import base

USE_TZ = True
TIME_ZONE = "Europe/London"
DEFAULT_AUTO_FIELD = base.DEFAULT_AUTO_FIELD
SECRET_KEY = "only for tests"
INSTALLED_APPS = ["django.contrib.contenttypes", "pgtrigger", "pghistory", "desist.wall", "desist.post"]

ZONE = next(
    site.zone
    for site in sites.read_sites(folder=sites.data_folder())
    if site.name == os.environ["DESIST_SITE"]
)
DESIST_ZONE = ZONE.value
DESIST_SITE = os.environ["DESIST_SITE"]
DESIST_SITE_NAME = DESIST_SITE
DATABASES = {"default": deployment.database(ZONE)}
DESIST_POLICIES = ["desist.post.policy"]
DESIST_HANDLERS = ["tests.post.town.handling", "desist.post.rotation.handlers"]
