"""What can happen to extracts that came: they arrive, are recalled, and studies are made of them."""

import json
from datetime import datetime

from desist.commission.extracts import outcomes, studying
from desist.commission.extracts.models import OutcomeExtract, Study
from desist.commission.extracts.policy import Action
from desist.commission.extracts.states import NEEDED, Sources, State, TimeZero
from desist.extracts import dictionary, rows, words
from desist.extracts.rows import Rows
from desist.post import partners, payloads
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.refusals import Refused
from desist.returns.states import Why
from desist.sites import Zone
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

NOT_HERE = "The extract that it is about has not arrived yet."
RECALLED = "Not made: the service recalled this extract, and its rows are deleted"
OVER = "Not made: the agreement of this extract ended on {}, and nobody may open it any more. Ask the service"


def receive(received: Received) -> None:
    """Keep an extract that came, once every cell of it was found in the dictionary."""
    told: payloads.OutcomeExtract = received.payload
    _check(told, received.sender)
    if OutcomeExtract.objects.filter(sender=received.sender, area=told.area, number=told.number).exists():
        return
    row = OutcomeExtract(
        area=told.area,
        sender=received.sender,
        thread=received.thread,
        number=told.number,
        agreement=told.agreement,
        evaluator=told.evaluator,
        until=told.until,
        joins=told.joins,
        edition=told.edition,
        data_cut=told.data_cut,
        left_out=list(told.left_out),
        token=told.token,
        people=len(told.episodes),
        episode_lines="\n".join(told.episodes),
        event_lines="\n".join(told.events),
        gap_lines="\n".join(told.gaps),
        arrived_at=received.arrived,
    )
    with gate.create(received.actor, Action.RECEIVE_EXTRACT, row, at=received.at):
        pass


def note_recall(received: Received) -> None:
    """Delete the rows of an extract that the service recalls, or what a force told and recalls, and what studies said of them."""
    if partners.zone(partners.find(name=received.sender)) == Zone.PARTNERSHIP:
        outcomes.note_recall(received)
        return
    told: payloads.ExtractRecalled = received.payload
    if told.why not in Why:
        raise CannotHandle("The envelope says no reason of the list: ask the sender.")
    known = OutcomeExtract.objects.filter(thread=received.thread, sender=received.sender).first()
    if known is None:
        raise NotYet(NOT_HERE)
    with gate.change(
        received.actor, Action.RECEIVE_EXTRACT, OutcomeExtract, known.ref, at=received.at
    ) as row:
        row.state, row.ended_why, row.ended_at = State.RECALLED, told.why, received.at
        _empty(row, received.at)


def empty(*, actor: Actor, ref: str, at: datetime) -> None:
    """Delete, for the clock, the rows of an extract, or of a force, whose agreement is over, and what studies said of them."""
    with gate.change(actor, Action.EMPTY_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.until < dates.day_of(at):
            _empty(row, at)
        else:
            outcomes.empty_over(row, at)


def note_events_read(*, actor: Actor, ref: str, at: datetime) -> None:
    """Note that the evaluator saved the file of events: a plan of after that was not settled before it."""
    with gate.change(actor, Action.READ_EXTRACT, OutcomeExtract, ref, at=at) as row:
        if row.events_read_at is None:
            row.events_read_at = at
            row.save(update_fields=["events_read_at"])


def make(
    *,
    actor: Actor,
    ref: str,
    time_zero: TimeZero,
    horizon: int,
    lag_days: int,
    sources: Sources,
    submission: str,
    at: datetime,
) -> str:
    """Make a study of an extract by a plan, and return its reference. The same form twice makes one. Raises Refused."""
    with gate.change(actor, Action.MAKE_STUDY, OutcomeExtract, ref, at=at) as row:
        if made := row.studies.filter(submission=submission).first():
            return str(made.ref)
        if row.state == State.RECALLED:
            raise Refused(RECALLED)
        if row.until < dates.day_of(at) or row.ended_at is not None:
            raise Refused(OVER.format(dates.on(row.until)))
        before, today = row.studies.count(), dates.day_of(at)
        study = Study(
            of=row,
            number=before + 1,
            time_zero=time_zero,
            horizon=horizon,
            lag_days=lag_days,
            sources=sources,
            after_events=bool(before) or row.events_read_at is not None,
            submission=submission,
            made_by=actor.who,
            made_at=at,
        )
        told = outcomes.lines(row, today=today, needed=NEEDED.get(sources, frozenset()))
        study.files = json.dumps(studying.annex(lines(row), study, told, row.data_cut, today))
        study.save(force_insert=True)
    return study.ref


def lines(row: OutcomeExtract) -> Rows:
    """Return the rows of an extract."""
    return Rows(
        *(
            tuple(text.split("\n")) if text else ()
            for text in (row.episode_lines, row.event_lines, row.gap_lines)
        )
    )


def _empty(row: OutcomeExtract, at: datetime) -> None:
    row.episode_lines = row.event_lines = row.gap_lines = ""
    row.save()
    row.studies.update(files="")
    for one in row.outcomes.exclude(people_lines=""):
        outcomes.empty_rows(one, at)


def _check(told: payloads.OutcomeExtract, sender: str) -> None:
    """Refuse an extract that is not by the dictionary, or whose groups are too small."""
    if partners.zone(partners.find(name=sender)) != Zone.PROGRAMME:
        raise CannotHandle("An extract comes from a programme alone: ask the sender.")
    if told.edition != dictionary.EDITION:
        raise CannotHandle(
            "The extract is by another edition of the data dictionary: bring both sites up to date, then try again."
        )
    if not (told.agreement and told.evaluator and told.episodes) or told.number < 1:
        raise CannotHandle("The extract names no agreement, no evaluator or nobody: ask the sender.")
    try:
        words.read(told.left_out)
        rows.check(Rows(told.episodes, told.events, told.gaps), area=told.area)
    except rows.Unreadable as reason:
        raise CannotHandle(str(reason)) from None
