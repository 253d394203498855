"""Run as the police of a bench area: send COUNT referrals, each in a change of its own; print seconds as JSON.

With `each` as a second argument it waits after every referral until standard input has a line.
"""

import json
import sys
import time
from datetime import datetime
from typing import Any

import django
from django.db import transaction
from django.utils import timezone

from desist.referral import answers as asked


def main() -> None:
    """Send the referrals and print how long it took; with `each`, print the moment after each commit, a line each."""
    receiver, count, one_by_one = sys.argv[1], int(sys.argv[2]), sys.argv[3:] == ["each"]
    django.setup()
    began = time.monotonic()
    for number in range(count):
        send(receiver, number)
        if one_by_one:
            print(json.dumps(time.monotonic()), flush=True)  # noqa: T201 -- the measurement reads it
            sys.stdin.readline()
    if not one_by_one:
        print(json.dumps(time.monotonic() - began))  # noqa: T201 -- the measurement reads it


def _answers(number: int, at: datetime) -> dict[str, Any]:
    """A referral of the usual size."""
    return asked.crossing(
        {
            **asked.empty(),
            "given_names": f"Number {number}",
            "family_name": "Invented",
            "born": at.date(),
            "route": "police_voluntary",
            "legal_basis": "public_task",
            "proceedings": "charged",
            "behaviours": ["watching", "following"],
            "relationship": "stranger",
            "offence": "stalking",
            "behaviour_account": "An account as long as people write it. " * 20,
            "referrer_name": "Bo Made-Up",
            "referrer_phone": "01632 960 002",
        }
    )


def send(receiver: str, number: int) -> str:
    """Send one referral in a change of its own; return its thread."""
    from desist.post import outbox, payloads  # noqa: PLC0415 -- models load only after Django is set up

    at = timezone.now()
    payload = payloads.Referral(**_answers(number, at), area="northmere", completed_at=at)
    thread = outbox.new_thread()
    with transaction.atomic(durable=True):
        outbox.send(payload, to=receiver, thread=thread, at=at)
    return thread


if __name__ == "__main__":
    main()
