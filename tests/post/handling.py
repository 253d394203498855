"""The handlers of the tests' site: one keeps, one answers, one fails, one refuses for good."""

from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Handlers, Received

KEPT: list[Received] = []


def answer(received: Received) -> None:
    KEPT.append(received)
    decision = payloads.ReferralDecision("declined", "withdrawn", received.at)
    outbox.send(decision, to=received.sender, thread=received.thread, at=received.at)


def fail(received: Received) -> None:
    outbox.send(
        payloads.ReferralDecision("declined", "", received.at),
        to=received.sender,
        thread=received.thread,
        at=received.at,
    )
    raise ValueError("words that could be about Ada Invented")


def refuse(received: Received) -> None:
    raise CannotHandle("There is no referral that this acknowledges.")


HANDLERS: Handlers = {
    payloads.ReferralWithdrawn: answer,
    payloads.Referral: fail,
    payloads.AlertAcknowledged: refuse,
}
