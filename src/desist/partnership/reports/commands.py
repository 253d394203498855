"""Everything that can happen to a breach report."""

from datetime import datetime, timedelta

from desist.partnership.pairs.models import Side
from desist.partnership.pairs.policy import Action as PairsAction
from desist.partnership.pairs.states import Happened, How
from desist.partnership.pairs.states import State as SideState
from desist.partnership.reports.models import Report
from desist.partnership.reports.policy import Action
from desist.partnership.reports.states import State
from desist.post import outbox, payloads
from desist.post.handlers import Received
from desist.refusals import Changed
from desist.wall import gate
from desist.wall.actors import Actor

#: how long the advocacy service waits for a crime reference before it rings
CLOCK = timedelta(hours=4)
#: how long the words of a report stay after its crime reference, to be copied and to put a slip right
KEPT = timedelta(days=1)
RECORDED = "A colleague gave the crime reference first: it is shown above"
WORDS = ("account", "effect", "kept", "witnesses")


def receive(received: Received) -> None:
    """Keep an incident as a task, open until an officer gives its crime reference. The programme never hears of it."""
    payload: payloads.BreachReport = received.payload
    side = _side(received, payload)
    report = Report(
        side=side,
        area=side.area,
        token=payload.pack,
        told_reference=payload.crime_reference[:60],
        happened_on=payload.happened_on,
        happened_time=payload.happened_time[:5],
        place=payload.place[:40],
        behaviours=[one[:40] for one in payload.behaviours],
        channel=payload.channel[:40],
        through=payload.through[:40],
        marks=[one[:40] for one in payload.marks],
        account=payload.account,
        effect=payload.effect,
        evidence=[one[:40] for one in payload.evidence],
        kept=payload.kept,
        witnesses=payload.witnesses,
        contact=payload.contact[:40],
        reported_at=payload.reported_at,
        due_at=payload.reported_at + CLOCK,
    )
    with gate.create(received.actor, Action.RECEIVE_REPORT, report, at=received.at):
        pass


def record(*, actor: Actor, ref: str, crime_reference: str, known: str, at: datetime) -> None:
    """Record the crime reference of a report, or a corrected one within the day. The advocacy service is told.

    `known` is the reference that the page showed, "" for none. The clock empties the words a day after the first one.
    """
    with gate.change(actor, Action.RECORD_REPORT, Report, ref, at=at) as report:
        over = report.state == State.RECORDED and (report.empties_at is None or report.empties_at <= at)
        if over or report.crime_reference != known:
            raise Changed(RECORDED)
        if crime_reference == known:
            return
        report.state, report.crime_reference = State.RECORDED, crime_reference
        report.recorded_by, report.recorded_at = actor.who, at
        report.empties_at = report.empties_at or at + KEPT
        report.save()
        side = report.side
        answer = payloads.BreachReference(pack=report.token, crime_reference=crime_reference, answered_at=at)
        outbox.send(answer, to=side.advocacy, thread=side.thread, at=at, case=side.ref, about=side.called)


def empty(*, actor: Actor, ref: str, at: datetime) -> None:
    """Empty, for the clock, the words of a report a day after its crime reference was given, once."""
    with gate.change(actor, Action.EMPTY_REPORT, Report, ref, at=at) as report:
        if report.empties_at is None or report.empties_at > at:
            return
        for name in WORDS:
            setattr(report, name, "")
        report.empties_at = None
        report.save()


def _side(received: Received, payload: payloads.BreachReport) -> Side:
    """Return the client's side. A client who only tells of an incident gets a side that stands behind nothing."""
    known = Side.objects.filter(thread=received.thread, advocacy=received.sender).first()
    if known:
        return known
    side = Side(
        area=payload.area,
        state=SideState.ALONE,
        how=How.REPORT,
        advocacy=received.sender,
        thread=received.thread,
        crime_reference=payload.crime_reference,
        made_by=received.actor.who,
        made_at=received.at,
    )
    with gate.create(received.actor, PairsAction.RECEIVE_PAIR_REQUEST, side, at=received.at):
        side.happened(Happened.REPORTED, by=received.actor.who, at=received.at)
    return side
