"""The worker's chore with exhibits, in a process of its own, on the database of a test: tests.post.town.mortal kills it."""

import json
import os

import django
from django.conf import settings

if __name__ == "__main__":
    said = json.loads(os.environ["TESTS_WORKER"])
    settings.DATABASES["default"].update(said["database"])
    settings.DESIST_SITE, settings.DESIST_ZONE = said["site"], "advocacy"
    django.setup()
    from tests.staff import NOW

    from desist.advocacy.exhibits import chores

    chores.go_on(at=NOW)
