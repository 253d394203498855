"""What passes between this service and the police about a client: only what the client chose."""

from datetime import date, datetime

from desist import codes
from desist.advocacy.clients import commands as clients
from desist.advocacy.pairs import ending
from desist.advocacy.pairs.models import PairAsked
from desist.advocacy.pairs.states import TRANSITIONS, State
from desist.advocacy.police.policy import Action
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.screenings import commands as screenings
from desist.advocacy.screenings.words import Words
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import WayIn
from desist.codes import RiskTool
from desist.desk.alerts import commands as alerts
from desist.desk.alerts import sending
from desist.merges import records
from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor

NO_CHOICE = (
    "Nothing was sent: your client has not agreed that the police can be told that they are supported here. "
    "Ask them, and record it under “Choices”"
)
OTHER_FORCE = "Another police force is already dealing with this client: choose that one"


class UnknownThread(Exception):
    """An envelope is about a client unknown to this site so far: their referral may still be on its way."""


def take_on(received: Received) -> None:
    """Take on a client whom the police refer, with the screening that came along."""
    screened = _screened(received.payload)
    victim = clients.receive(received)
    if screened:
        screenings.receive(actor=received.actor, ref=victim.ref, screened=screened, at=received.at)


def ask(*, actor: Actor, ref: str, police: str, crime_reference: str, at: datetime) -> None:
    """Ask a force to let a client hear of a crime's orders and programme. Raises Refused."""
    with gate.change(actor, Action.ASK_PAIR, Victim, ref, at=at) as victim:
        _chosen(victim, at)
        known = ending.standing(victim)
        if known and State.ASKED not in TRANSITIONS[State(known.state)]:
            raise Refused("The police have already been asked. Go back to see its progress")
        speak_with(victim, police)
        row = known or PairAsked(victim=victim)
        row.state, row.crime_reference, row.answered_at = State.ASKED, crime_reference, None
        row.asked_by, row.asked_at = actor.who, at
        row.save()
        ending.tell(victim, crime_reference, stands=True, at=at)


def end(*, actor: Actor, ref: str, at: datetime) -> None:
    """Record that the client no longer wants to hear of it, and tell the police to send nothing more."""
    with gate.change(actor, Action.ASK_PAIR, Victim, ref, at=at) as victim:
        if not ending.end(victim, at=at):
            raise Refused("There is nothing to end")


def let_run_out(*, actor: Actor, ref: str, at: datetime) -> None:
    """End the exchange that rests on a choice whose last day is over. A choice renewed meanwhile keeps it."""
    with gate.change(actor, Action.END_RUN_OUT, Victim, ref, at=at) as victim:
        if not police_may_know(victim, at):
            ending.end(victim, at=at)


def answer(received: Received) -> None:
    """Record the police's answer to a request. It changes nothing if the client ended the request meanwhile."""
    payload: payloads.PairAnswer = received.payload
    ref = of_thread(received).ref
    if payload.answer not in {State.JOINED, State.DECLINED}:
        raise CannotHandle("This answer to a pair request is a code that is in no list here.")
    with gate.change(received.actor, Action.NOTE_PAIR_ANSWER, Victim, ref, at=received.at) as victim:
        row = PairAsked.objects.select_for_update().filter(victim=victim).first()
        if row is None or State(payload.answer) not in TRANSITIONS[State(row.state)]:
            return
        row.state, row.answered_at = State(payload.answer), payload.answered_at
        row.save()


def note_answer(*, actor: Actor, ref: str, answer: State, at: datetime) -> None:
    """Record a telephone answer of a force without software. Raises Refused if no request waits for an answer."""
    with gate.change(actor, Action.ASK_PAIR, Victim, ref, at=at) as victim:
        row = PairAsked.objects.select_for_update().filter(victim=victim).first()
        if row is None or row.state != State.ASKED or answer not in {State.JOINED, State.DECLINED}:
            raise Refused("Nothing is waiting for an answer")
        row.state, row.answered_at = answer, at
        row.save()


def alert(*, actor: Actor, ref: str, contact: str, at: datetime) -> None:
    """Ask the police to ring now: a coded reason and a number. Raises Refused."""
    with gate.change(actor, Action.ALERT_POLICE, Victim, ref, at=at) as victim:
        if not victim.thread:
            raise Refused("No police force knows about this client yet. Ring 101, or 999 in danger")
        _chosen(victim, at)
        to, reason = victim.partner, codes.AlertReason.ADVOCATE
        if alerts.asked(actor=actor, case=ref, to=to, reason=reason, contact=contact, at=at):
            return
        sending.send(
            case=ref,
            about=victim.called,
            area=victim.area,
            to=to,
            thread=victim.thread,
            reason=reason,
            contact=contact,
            at=at,
        )


def police_may_know(victim: Victim, at: datetime) -> bool:
    """Whether the police may know that a person is a client: by the client's choice or a referral of the police."""
    choice = victim.choices.filter(what=What.IS_CLIENT, whom=Whom.POLICE, ended_at=None).first()
    if choice is None:
        return victim.way_in == WayIn.POLICE
    return safety.counts(choice, on=day_of(at))


def of_thread(received: Received) -> Victim:
    """Return the client that an envelope of the police is about. Raises UnknownThread."""
    victim = Victim.objects.filter(thread=received.thread, partner=received.sender).first()
    if victim is None:
        raise UnknownThread(received.sender)
    return victim


def person_of_thread(received: Received) -> Victim:
    """Return the client under whom the person of a thread is found: news of a merged record is kept there."""
    victim = of_thread(received)
    into = records.leading(victim.ref)
    return victim if into == victim.ref else Victim.objects.get(ref=into)


def speak_with(victim: Victim, police: str) -> None:
    """Within a change: give the exchange with a force its thread, once. Raises Refused for a second force."""
    if victim.thread:
        if victim.partner != police:
            raise Refused(OTHER_FORCE)
        return
    victim.partner, victim.thread = police, outbox.new_thread()
    _save(victim)


def _save(victim: Victim) -> None:
    gate.next_version(victim)
    victim.save(update_fields=["partner", "thread", "version"])


def _chosen(victim: Victim, at: datetime) -> None:
    if not police_may_know(victim, at):
        raise Refused(NO_CHOICE)


def _screened(payload: payloads.VictimReferral) -> screenings.Screened | None:
    """The screening that came along; None without one. A tool that this version does not know is another tool."""
    if payload.risk_tool in {"", RiskTool.NONE}:
        return None
    known = payload.risk_tool in RiskTool.values
    version = payload.risk_tool_version if known else f"{payload.risk_tool} {payload.risk_tool_version}"
    try:
        day = date.fromisoformat(payload.risk_rated_on)
    except ValueError:
        raise CannotHandle("The screening names no day: ask the sender to send the referral again.") from None
    words = Words(version, payload.risk_result, payload.risk_rater)
    tool = payload.risk_tool if known else RiskTool.OTHER.value
    return screenings.Screened(tool, words, payload.risk_rater_trained == "yes", day, review_on=None)
