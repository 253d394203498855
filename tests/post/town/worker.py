"""A site's worker, reduced to its inbox."""

import time

import django
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

django.setup()

from desist.post import inbox  # noqa: E402 -- Django has to be set up first


def main() -> None:
    while True:
        try:
            if not inbox.handle_waiting(at=timezone.now()):
                time.sleep(0.05)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.2)


if __name__ == "__main__":
    main()
