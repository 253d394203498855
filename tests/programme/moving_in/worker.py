"""A worker with nothing to do but caseloads that move in, on the database that a test names."""

import json
import os

import django
from django.db import connections
from django.utils import timezone


def main() -> None:
    """Go on with whatever waits."""
    django.setup()
    from django.conf import settings

    from desist.moving_in import chores

    connections["default"].settings_dict.update(json.loads(os.environ["TEST_DATABASE"]))
    settings.DESIST_SITE = os.environ["TEST_SITE"]
    chores.go_on(at=timezone.now())


if __name__ == "__main__":
    main()
