"""News of a client's order as their page tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desist.advocacy.orders.models import OrderNews
from desist.post.payloads import OrderEvent

WORDS = {
    OrderEvent.MADE: "A Stalking Protection Order was made",
    OrderEvent.VARIED: "The Stalking Protection Order was varied",
    OrderEvent.RENEWED: "The Stalking Protection Order was renewed",
    OrderEvent.ENDED: "The Stalking Protection Order has ended",
    OrderEvent.BREACH: "A breach of the Stalking Protection Order was recorded",
}


@dataclass(frozen=True)
class News:
    """One piece of news."""

    words: str
    on: date
    received_at: datetime


def news(*, rows: Iterable[OrderNews]) -> tuple[News, ...]:
    """The newest first."""
    newest = sorted(rows, key=lambda one: (one.on, one.received_at), reverse=True)
    return tuple(News(_words(one.event), one.on, one.received_at) for one in newest)


def _words(event: str) -> str:
    known = {one.value: words for one, words in WORDS.items()}
    return known.get(event, "The Stalking Protection Order changed")
