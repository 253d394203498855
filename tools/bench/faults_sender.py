"""Run as the police of an area: refer one invented person after the other; print the thread of each that is saved.

It goes on when the database goes away and comes back, and ends when nobody reads it any more.
"""

import itertools
import sys
import time

import django
from django.db import Error, connection

PAUSE = 0.25  # seconds


def main() -> None:
    """Send until the pipe is closed."""
    django.setup()
    from tools.bench import post_sender  # noqa: PLC0415 -- models load only after Django is set up

    for number in itertools.count():
        try:
            thread = post_sender.send(sys.argv[1], number)
        except Error:
            connection.close()
        else:
            print(thread, flush=True)  # noqa: T201 -- whoever measures reads it
        time.sleep(PAUSE)


if __name__ == "__main__":
    main()
