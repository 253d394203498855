"""How a site fares, in numbers without a person: what waits, what is dead, what is not sealed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NOTHING = timedelta()


class Queue(StrEnum):
    """What waits: envelopes for partners, envelopes that arrived, e-mails for the mail server, and text messages."""

    OUTBOX = "outbox"
    INBOX = "inbox"
    EMAILS = "emails"
    TEXTS = "texts"


@dataclass(frozen=True)
class Waiting:
    """How much waits in a queue, and since when its oldest does; no time where nothing waits."""

    queue: Queue
    number: int
    oldest: timedelta


@dataclass(frozen=True)
class Condition:
    """The state of a site's database; `unsealed`: how long the oldest event of the audit waits for its seal."""

    waiting: tuple[Waiting, ...]
    dead: int
    unsealed: timedelta


def condition(*, at: datetime) -> Condition:
    """Count. Raises django.db.Error."""
    from desist.accounts.mailing import queries as emails  # noqa: PLC0415 -- not every zone has these tables
    from desist.post import waiting  # noqa: PLC0415 -- see above
    from desist.wall import seals  # noqa: PLC0415 -- see above

    counted = [
        (Queue.OUTBOX, waiting.to_leave()),
        (Queue.INBOX, waiting.to_be_handled()),
        (Queue.EMAILS, emails.waiting()),
    ]
    if texts := emails.texts():
        counted.append((Queue.TEXTS, (texts.waiting, texts.since)))
    return Condition(
        waiting=tuple(Waiting(queue, number, _age(oldest, at)) for queue, (number, oldest) in counted),
        dead=waiting.dead(),
        unsealed=_age(seals.first_unsealed(), at),
    )


def _age(since: datetime | None, at: datetime) -> timedelta:
    return max(at - since, NOTHING) if since else NOTHING
