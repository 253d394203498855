"""Handlers that count: each envelope adds its word to the site's tally; a withdrawal is also answered."""

from django.db import connection

from desist.post import outbox, payloads
from desist.post.handlers import Handlers, Received


def tally(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO tally (word) VALUES (%s)", [word])


def withdrawn(received: Received) -> None:
    word = received.payload.reason
    tally(word)
    answer = payloads.ReferralDecision("declined", word, received.at)
    outbox.send(answer, to=received.sender, thread=received.thread, at=received.at)


def decided(received: Received) -> None:
    tally(received.payload.reason)


HANDLERS: Handlers = {payloads.ReferralWithdrawn: withdrawn, payloads.ReferralDecision: decided}
