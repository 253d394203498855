"""A site's worker, reduced to its inbox and the chore about keys."""

import time

import django
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

django.setup()

from desist.post import inbox  # noqa: E402 -- Django has to be set up first
from desist.post.rotation import chores  # noqa: E402 -- as above

CHORES_EVERY = 0.5


def main() -> None:
    looked, chores_at = False, 0.0
    while True:
        try:
            if not looked:
                inbox.look_again()
                looked = True
            if time.monotonic() >= chores_at:
                chores.tell(at=timezone.now())
                chores_at = time.monotonic() + CHORES_EVERY
            if not inbox.handle_waiting(at=timezone.now()):
                time.sleep(0.05)
        except (OperationalError, InterfaceError):
            connection.close()
            time.sleep(0.2)


if __name__ == "__main__":
    main()
