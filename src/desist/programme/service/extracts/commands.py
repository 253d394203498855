"""What can happen to an extract: counted, signed, sent by a second person, set aside, recalled."""

import hmac
import json
import secrets
from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256

from django.db.models import QuerySet

from desist.extracts import dictionary, rows
from desist.extracts.rows import Rows
from desist.post import outbox, partners, payloads
from desist.post.agreements import commands as agreements
from desist.post.agreements import queries as register
from desist.post.models import Agreement, Partner
from desist.post.purposes import EVALUATION
from desist.post.transports import Transport
from desist.programme.service.extracts import anonymity, asking, people
from desist.programme.service.extracts.models import OutcomeExtract
from desist.programme.service.extracts.policy import Action
from desist.quarterly import commands as quarterly
from desist.quarterly.states import OPEN, TRANSITIONS, State
from desist.refusals import Refused
from desist.sites import Zone
from desist.ui import dates
from desist.wall import gate, turns
from desist.wall import people as accounts
from desist.wall.actors import Actor

PREPARED = "Not counted: an extract is being prepared already. Send it, or set it aside"
NO_AGREEMENT = "Not counted: this agreement is not in force, or is not for an evaluation. Look in the register of agreements"
TOO_FEW = (
    f"Not counted: no {dictionary.SMALLEST_GROUP} people are alike in what others could know of them, so nobody may leave. "
    "Wait until more people were referred"
)
OTHER_STATE = "Not done: the extract is not at this stage any more. Read what it says now"
SAME_PERSON = "Not sent: a second person sends an extract, and you signed this one. Ask a colleague"
NO_COMMISSIONER = (
    "Not sent: this commissioner is not in the register of partners, or is no party of the agreement. "
    "Look in the register of agreements"
)


def count(*, actor: Actor, agreement: str, submission: str, at: datetime) -> str:
    """Count an extract as the records are now, and return the reference. The same form twice counts once. Raises Refused."""
    if made := OutcomeExtract.objects.filter(area=actor.area, submission=submission).first():
        return made.ref
    terms = _agreement(agreement, actor, at)
    with turns.turn(f"extracts of {actor.area}"):
        before = _rows(actor.area)
        if before.filter(state__in=OPEN).exists():
            raise Refused(PREPARED)
        joined = (
            before.filter(agreement=agreement, joins=True).exclude(key="").first() if terms.joins else None
        )
        row = OutcomeExtract(
            area=actor.area,
            number=max(before.values_list("number", flat=True), default=0) + 1,
            agreement=agreement,
            joins=terms.joins,
            key=joined.key if joined else secrets.token_hex(32),
            edition=dictionary.EDITION,
            data_cut=anonymity.data_cut(dates.day_of(at)),
            submission=submission,
            counted_by=actor.who,
            counted_at=at,
        )
        _fill(row, actor, at)
        try:
            with gate.create(actor, Action.COUNT_EXTRACT, row, at=at):
                pass
        except gate.Twice as twice:
            return twice.ref
    return row.ref


def sign(*, actor: Actor, ref: str, at: datetime) -> str:
    """Sign an extract, and with it the terms of its agreement. Twice changes nothing. Raises Refused."""
    with gate.change(actor, Action.SIGN_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.state == State.SIGNED and row.signed_by == actor.who:
            return ref
        _follow(row, State.SIGNED)
        _agreement(row.agreement, actor, at)
        gate.next_version(row)
        row.signed_by, row.signed_at = actor.who, at
        row.save()
    return ref


def send(*, actor: Actor, ref: str, partner: str, version: int | None, at: datetime) -> str:
    """Send an extract that a colleague signed to a party of its agreement. Raises Changed, Refused."""
    with gate.change(actor, Action.SEND_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.state == State.SENT and row.sent_by == actor.who:
            return ref
        if State.SENT not in TRANSITIONS[State(row.state)]:
            raise Refused(OTHER_STATE)
        if accounts.are_one_person(row.signed_by, actor.who):
            raise Refused(SAME_PERSON)
        if partner not in dict(receivers(row)):
            raise Refused(NO_COMMISSIONER, field="partner")
        agreements.covers(
            ref=row.agreement, area=row.area, partner=partner, purpose=EVALUATION, on=dates.day_of(at)
        )
        gate.next_version(row, version)
        row.state, row.sent_by, row.sent_at = State.SENT, actor.who, at
        row.partner, row.thread = partner, outbox.new_thread()
        asked = asking.envelopes(row, Agreement.objects.get(ref=row.agreement), forces(row))
        row.save()
        outbox.send(_envelope(row), to=partner, thread=row.thread, at=at, about=_about(row))
        for force, thread, told in asked:
            outbox.send(told, to=force, thread=thread, at=at, about=_about(row))
    return ref


def set_aside(*, actor: Actor, ref: str, at: datetime) -> str:
    """Set aside an extract that was not sent; its rows go. Twice changes nothing. Raises Refused."""
    with gate.change(actor, Action.SET_EXTRACT_ASIDE, OutcomeExtract, ref, at=at) as row:
        if row.state != State.SET_ASIDE:
            _follow(row, State.SET_ASIDE)
            gate.next_version(row)
            _end(row, "", actor, at)
    return ref


def recall(*, actor: Actor, ref: str, why: str, version: int | None, at: datetime) -> str:
    """Recall an extract that was sent: it is deleted there, and its rows go here. Twice changes nothing. Raises Changed, Refused.

    A force to which writing has ended does not hold it up: the page says that it was not told.
    """
    with gate.change(actor, Action.RECALL_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.state == State.RECALLED:
            return ref
        _follow(row, State.RECALLED)
        gate.next_version(row, version)
        told = payloads.ExtractRecalled(row.number, why, at)
        outbox.send(told, to=row.partner, thread=row.thread, at=at, about=_about(row))
        for force, thread in asking.threads(row):
            try:
                outbox.send(told, to=force, thread=thread, at=at, about=_about(row))
            except partners.NoSuchPartner:
                asking.note_untold(row, force)
        _end(row, why, actor, at)
    return ref


def receivers(row: OutcomeExtract) -> tuple[tuple[str, str], ...]:
    """Return the commissioners who are parties of the agreement of an extract, as choices."""
    terms = Agreement.objects.get(ref=row.agreement)
    known = quarterly.commissioners(area=row.area)
    return tuple((one.name, one.title) for one in known if one.name in terms.parties)


def forces(row: OutcomeExtract) -> tuple[str, ...]:
    """Return the forces that are parties of the agreement, and to which the courier carries."""
    terms = Agreement.objects.get(ref=row.agreement)
    known = Partner.objects.filter(zone=Zone.PARTNERSHIP, ended_at=None, name__in=terms.parties)
    return tuple(known.exclude(transport=Transport.BY_HAND).order_by("name").values_list("name", flat=True))


def lines(row: OutcomeExtract) -> Rows:
    """Return the rows of an extract."""
    return Rows(
        *(
            tuple(text.split("\n")) if text else ()
            for text in (row.episode_lines, row.event_lines, row.gap_lines)
        )
    )


def _fill(row: OutcomeExtract, actor: Actor, at: datetime) -> None:
    """Read and coarsen the people; what the other side would refuse is not even kept."""
    found = people.found(actor=actor, at=at)
    pseudonym = _pseudonym(row.key)
    made = anonymity.make(found.people, cut=row.data_cut, pseudonym=pseudonym)
    if not made.rows.episodes:
        raise Refused(TOO_FEW)
    rows.check(made.rows, area=row.area)
    row.people, row.smallest = len(made.rows.episodes), rows.smallest(made.rows.episodes)
    row.left_out, row.coarser = json.dumps({**found.left_out, **made.left_out}), json.dumps(made.coarser)
    row.episode_lines, row.event_lines, row.gap_lines = (
        "\n".join(made.rows.of[one.name]) for one in dictionary.FILES
    )
    asking.keep(row, forces(row), found.people, made.people, pseudonym)
    row.digest = sha256("\0".join((row.episode_lines, row.event_lines, row.gap_lines)).encode()).hexdigest()


def _pseudonym(key: str) -> Callable[[str], str]:
    secret = bytes.fromhex(key)
    return lambda ref: hmac.new(secret, ref.encode(), sha256).hexdigest()[:16]


def _agreement(ref: str, actor: Actor, at: datetime) -> Agreement:
    row = Agreement.objects.filter(ref=ref, area=actor.area).first()
    if row is None or EVALUATION not in register.purposes(ref=ref, at=at) or row.ends_on is None:
        raise Refused(NO_AGREEMENT)
    return row


def _rows(area: str) -> QuerySet[OutcomeExtract]:
    return OutcomeExtract.objects.filter(area=area).order_by("pk")


def _follow(row: OutcomeExtract, state: State) -> None:
    if state not in TRANSITIONS[State(row.state)]:
        raise Refused(OTHER_STATE)
    row.state = state


def _end(row: OutcomeExtract, why: str, actor: Actor, at: datetime) -> None:
    row.ended_why, row.ended_by, row.ended_at = why, actor.who, at
    row.episode_lines = row.event_lines = row.gap_lines = row.key = row.asks = ""
    row.save()


def _about(row: OutcomeExtract) -> str:
    return f"Extract {row.number}, data to {dates.on(row.data_cut)}"


def _envelope(row: OutcomeExtract) -> payloads.OutcomeExtract:
    terms, found = Agreement.objects.get(ref=row.agreement), lines(row)
    return payloads.OutcomeExtract(
        area=row.area,
        number=row.number,
        agreement=terms.title,
        evaluator=terms.others,
        until=date.fromisoformat(register.last_day(ref=row.agreement)),
        joins=row.joins,
        edition=row.edition,
        data_cut=row.data_cut,
        left_out=tuple(f"{code} {number}" for code, number in json.loads(row.left_out).items()),
        episodes=found.episodes,
        events=found.events,
        gaps=found.gaps,
        token=row.token,
    )
