"""Everything that can happen to a release of an order's words by two people and the services of those protected."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from desist.partnership.orders import notices, wording
from desist.partnership.orders.models import Condition, Order
from desist.partnership.orders.states import LIVE
from desist.partnership.orders.writing import edited, note
from desist.partnership.releases import reasons
from desist.partnership.releases.clearing import clearing, refused, to_clear, unasked
from desist.partnership.releases.models import Clearance, Release
from desist.partnership.releases.policy import Action
from desist.partnership.releases.states import KNOWN, Answer, Clearing, Reason, State
from desist.post import outbox, partners, payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person
from desist.wall.turns import turn

#: how long after the question the clearance comes, whether or not a side stands behind the crime
CLOCK = timedelta(hours=24)


DECIDED = "This was decided already, perhaps by your own first click: look at the order again"
#: the state of the clearance -> why no person can release the words now
STOPS = {
    Clearing.WAITING: "The clearance has not come yet",
    Clearing.REFUSED: "The clearance was refused: the condition has to be written in other words",
}


@dataclass(frozen=True)
class Asked:
    """The reason for a release: its code and a sentence."""

    reason: Reason
    words: str


def ask(
    *, actor: Actor, order: str, asked: Asked, submission: str, version: int | None, at: datetime
) -> None:
    """Ask a second person to release an order's unreleased words. The new question replaces an open one."""
    with (
        turn(_turn(actor)),
        gate.change(actor, Action.ASK_RELEASE, Order, order, at=at) as row,
        edited(row, version),
    ):
        waiting = wording.waiting(row)
        if wrong := _cannot_ask(row, at) or reasons.wrong(asked.words):
            raise Refused(wrong)
        row.releases.filter(state=State.ASKED).update(
            state=State.OVERTAKEN, decided_by=actor.who, decided_at=at
        )
        clears = asked.reason not in KNOWN and any(map(wording.leads, waiting))
        row.releases.create(
            digests=[wording.digest(one) for one in waiting],
            reason=asked.reason,
            words=asked.words,
            asked_by=actor.who,
            asked_at=at,
            answer_by=at + CLOCK if clears else _running(row, at),
            submission=submission,
        )
        note(row, "Release of the words asked for", on=day_of(at), by=actor, at=at, words=asked.words)


def go_on(*, actor: Actor, ref: str, words: str, at: datetime) -> None:
    """Record why the release goes on although a service gave no answer in time. Another person then decides."""
    with gate.change(actor, Action.DECIDE_RELEASE, Release, ref, at=at) as release:
        if release.state != State.ASKED or clearing(release, at=at) is not Clearing.UNANSWERED:
            raise Refused("No advocacy service still has to answer: look at the order again")
        if wrong := reasons.wrong(words):
            raise Refused(wrong)
        if release.without_words == words:
            return
        release.without_words, release.without_by, release.without_at = words, actor.who, at
        release.save(update_fields=["without_words", "without_by", "without_at"])


def release(*, actor: Actor, ref: str, words: str, at: datetime) -> None:
    """Release exactly these words, as a second person, and tell every side that may hear them. Raises Refused."""
    with turn(_turn(actor)), gate.change(actor, Action.DECIDE_RELEASE, Release, ref, at=at) as row:
        order = row.order = Order.objects.select_for_update().get(pk=row.order_id)
        if wrong := cannot_release(row, actor=actor, at=at) or reasons.wrong(words):
            raise Refused(wrong)
        if set(row.digests) != {wording.digest(one) for one in wording.waiting(order)}:
            raise Refused("The conditions have been changed since. Their release has to be asked for again")
        _decide(row, State.RELEASED, words, actor, at)
        with edited(order):
            note(order, "Words released by a second person", on=day_of(at), by=actor, at=at, words=words)
        if order.state in LIVE:
            event = notices.Event.SERVED if order.served_on else notices.Event.MADE
            day = order.served_on or order.made_on or day_of(at)
            notices.tell_programme(order, event, on=day, at=at)


def send_back(*, actor: Actor, ref: str, words: str, at: datetime) -> None:
    """Refuse to release the words. The person who asked rewrites them, or withdraws the question."""
    with turn(_turn(actor)), gate.change(actor, Action.DECIDE_RELEASE, Release, ref, at=at) as row:
        if row.state != State.ASKED:
            raise Refused(DECIDED)
        if wrong := reasons.wrong(words):
            raise Refused(wrong)
        _decide(row, State.SENT_BACK, words, actor, at)
        note(row.order, "Words sent back, not released", on=day_of(at), by=actor, at=at, words=words)


def cannot_release(row: Release, *, actor: Actor, at: datetime) -> str:
    """Why this actor cannot release these words now; empty if they can."""
    stands = clearing(row, at=at)
    if row.state != State.ASKED:
        return DECIDED
    if are_one_person(actor.who, row.asked_by):
        return "You asked for this release, so a colleague has to decide"
    return _without(row, actor) if stands is Clearing.UNANSWERED else STOPS.get(stands, "")


def ask_services(*, actor: Actor, ref: str, at: datetime) -> None:
    """Ask, for the clock, the service of each client to whom the words may lead, once. Former partners are skipped."""
    with gate.change(actor, Action.ASK_CLEARANCE, Release, ref, at=at) as row:
        if row.state != State.ASKED or row.answer_by is None or row.answer_by <= at:
            return
        for side in unasked(row):
            token = secrets.token_urlsafe(16)
            row.clearances.create(side=side, token=token, asked_at=at)
            request = payloads.ClearanceRequest(
                clearance=token, words=to_clear(row, side), asked_at=at, answer_by=row.answer_by
            )
            with suppress(partners.NoSuchPartner):
                outbox.send(
                    request, to=side.advocacy, thread=side.thread, at=at, case=side.ref, about=side.called
                )


def note_answer(received: Received) -> None:
    """Record a service's answer. A later answer replaces an earlier one; a refusal may come too late."""
    payload: payloads.ClearanceAnswer = received.payload
    asked = Clearance.objects.filter(
        token=payload.clearance, side__thread=received.thread, side__advocacy=received.sender
    )
    ref = asked.values_list("ref", flat=True).first()
    if ref is None or payload.answer not in Answer.values:
        raise CannotHandle("This answer belongs to nothing that was asked here: ring the sender.")
    with gate.change(received.actor, Action.NOTE_CLEARANCE, Clearance, ref, at=received.at) as row:
        if row.answered_at is None or row.answered_at < payload.answered_at:
            order = Order.objects.select_for_update().get(releases__clearances=row)
            row.answer, row.answered_at = payload.answer, payload.answered_at
            row.save(update_fields=["answer", "answered_at"])
            _note_refused(order, received)


def _note_refused(order: Order, received: Received) -> None:
    """Record that a service refuses released words: the line under To do stays until an officer puts that right."""
    known = wording.released(order)
    late = [one for one in refused(order, at=received.at) if wording.digest(one) in known]
    if late and received.payload.answer == Answer.REFUSED:
        title = f"An advocacy service refused words that were released: condition {_numbers(late)}"
        note(order, title[:120], on=day_of(received.at), by=received.actor, at=received.at)


def _turn(actor: Actor) -> str:
    """Let one person at a time ask or decide in an area: asking locks the order first, deciding the release."""
    return f"releases of {actor.area}"


def _running(order: Order, at: datetime) -> datetime | None:
    """When an earlier clearance of these words comes. A new question, whatever its reason, waits as long."""
    leading = [wording.digest(one) for one in wording.waiting(order) if wording.leads(one)]
    rows = order.releases.filter(answer_by__gt=at, digests__overlap=leading)
    return rows.order_by("-answer_by").values_list("answer_by", flat=True).first()


def _numbers(found: Iterable[Condition]) -> str:
    return ", ".join(str(one.number) for one in found)


def _cannot_ask(order: Order, at: datetime) -> str:
    waiting = wording.waiting(order)
    if not waiting:
        return "A second person has released every word of this order already"
    if order.protected.count() > 1:
        unsaid = [one for one in waiting if not one.protects]
        if unsaid:
            return f"Say first whom condition {_numbers(unsaid)} protects: change the condition"
    digests = {wording.digest(one) for one in waiting}
    stopped = [one for one in refused(order, at=at) if wording.digest(one) in digests]
    if stopped:
        return (
            f"An advocacy service refused the words of condition {_numbers(stopped)}: write the condition in other words, "
            "or ring the service, which can put its answer right"
        )
    return ""


def _without(row: Release, actor: Actor) -> str:
    """Why the actor cannot decide without a service's answer: one person gives the reason, another releases."""
    if not row.without_by:
        return "No answer came. Say first why the release goes on without it"
    if are_one_person(actor.who, row.without_by):
        return "You said why it goes on without an answer, so a colleague has to decide"
    return ""


def _decide(row: Release, state: State, words: str, actor: Actor, at: datetime) -> None:
    row.state, row.decided_words, row.decided_by, row.decided_at = state, words, actor.who, at
    row.save(update_fields=["state", "decided_words", "decided_by", "decided_at"])
