"""Send `COUNT` withdrawals with the words PREFIX-0 ... to one site, each with the row that records it as sent."""

import sys

import django
from django.db import connection, transaction
from django.utils import timezone

django.setup()

from desist.post import outbox, payloads  # noqa: E402 -- Django has to be set up first

BATCH = 50


def main() -> None:
    receiver, prefix, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM fed WHERE word LIKE %s", [f"{prefix}-%"])
        fed = cursor.fetchone()[0]
        for start in range(fed, count, BATCH):
            with transaction.atomic(durable=True):
                for number in range(start, min(start + BATCH, count)):
                    word, at = f"{prefix}-{number}", timezone.now()
                    cursor.execute("INSERT INTO fed (word) VALUES (%s)", [word])
                    payload = payloads.ReferralWithdrawn(word)
                    outbox.send(payload, to=receiver, thread=outbox.new_thread(), at=at)


if __name__ == "__main__":
    main()
