"""The worker's chore with what clients sent, in a process of its own, on the database of a test."""

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

    from desist.advocacy.evidence import keeping
    from desist.advocacy.submissions import chores

    keeping.PIECE = 64
    chores.go_on(at=NOW)
