"""What forces recorded of people of an extract: it arrives, is recalled, and its rows go."""

from datetime import date, datetime

from django.db.models import QuerySet

from desist.commission.extracts.models import OutcomeExtract, PoliceOutcomes
from desist.commission.extracts.policy import Action
from desist.commission.extracts.states import COUNTED_OF_POLICE
from desist.extracts import police, rows
from desist.extracts.police import Recorded
from desist.post import partners, payloads
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.returns.states import Why
from desist.sites import Zone
from desist.ui import dates
from desist.wall import gate

NOT_HERE = "The extract whose people it is about has not arrived yet."


def receive(received: Received) -> None:
    """Keep what a force recorded, once every cell of it was found in the dictionary and its people in the extract."""
    told: payloads.PoliceOutcomes = received.payload
    if partners.zone(partners.find(name=received.sender)) != Zone.PARTNERSHIP:
        raise CannotHandle("What the police recorded comes from the police alone: ask the sender.")
    if told.edition != police.EDITION:
        raise CannotHandle(
            "The rows are by another edition of the data dictionary: bring both sites up to date, then try again."
        )
    about = OutcomeExtract.objects.select_for_update(no_key=True).filter(area=told.area)
    extract = about.filter(token=told.token).first() if told.token else None
    if extract is None:
        raise NotYet(NOT_HERE)
    if PoliceOutcomes.objects.filter(thread=received.thread).exists():
        return
    if extract.outcomes.filter(sender=received.sender).exclude(people_lines="").exists():
        raise CannotHandle("This force has told of the extract before: it must recall that first.")
    _check(told, extract)
    # where the extract is over, no row of its people is kept: only that it came
    over = not extract.episode_lines
    row = PoliceOutcomes(
        of=extract,
        sender=received.sender,
        thread=received.thread,
        agreement=told.agreement,
        until=min(told.until, extract.until),
        edition=told.edition,
        left_out=list(told.left_out),
        people=len(told.people),
        people_lines="" if over else "\n".join(told.people),
        recorded_lines="" if over else "\n".join(told.recorded),
        order_lines="" if over else "\n".join(told.orders),
        arrived_at=received.arrived,
        ended_at=received.arrived if over else None,
    )
    with gate.create(received.actor, Action.RECEIVE_OUTCOMES, row, at=received.at):
        pass


def note_recall(received: Received) -> None:
    """Delete what a force recalls, and what studies said of it."""
    told: payloads.ExtractRecalled = received.payload
    if told.why not in Why:
        raise CannotHandle("The envelope says no reason of the list: ask the sender.")
    known = PoliceOutcomes.objects.filter(thread=received.thread, sender=received.sender).first()
    if known is None:
        raise NotYet(NOT_HERE)
    # the extract first, as everywhere: a study that is being made of the rows holds it
    OutcomeExtract.objects.select_for_update(no_key=True).get(pk=known.of_id)
    with gate.change(
        received.actor, Action.RECEIVE_OUTCOMES, PoliceOutcomes, known.ref, at=received.at
    ) as row:
        row.ended_why = told.why
        _end(row, received.at)


def empty_over(extract: OutcomeExtract, at: datetime) -> None:
    """Delete the rows of a locked extract that nobody may open any more by the agreement of their force, and their studies."""
    for row in extract.outcomes.filter(until__lt=dates.day_of(at)).exclude(people_lines=""):
        _end(row, at)


def lines(extract: OutcomeExtract, *, today: date, needed: frozenset[str] = frozenset()) -> Recorded:
    """Return what forces recorded of the people of an extract, where it may be opened and nothing that is needed is left out."""
    return police.joined(
        _rows(row)
        for row in readable(extract, today=today)
        if needed.isdisjoint(police.read_left_out(row.left_out))
    )


def readable(extract: OutcomeExtract, *, today: date) -> QuerySet[PoliceOutcomes]:
    """Return what forces told of an extract and an evaluator may open."""
    return extract.outcomes.filter(until__gte=today).exclude(people_lines="").order_by("pk")


def empty_rows(row: PoliceOutcomes, at: datetime) -> None:
    """Delete the rows of what a force told."""
    row.people_lines = row.recorded_lines = row.order_lines = ""
    row.ended_at = row.ended_at or at
    row.save()


def _end(row: PoliceOutcomes, at: datetime) -> None:
    empty_rows(row, at)
    row.of.studies.filter(sources__in=COUNTED_OF_POLICE).update(files="")


def _check(told: payloads.PoliceOutcomes, extract: OutcomeExtract) -> None:
    """Refuse rows that are not by the dictionary, or in which a person stands out, also beside those of other forces."""
    found, episodes = Recorded(told.people, told.recorded, told.orders), extract.episode_lines.split("\n")
    try:
        police.read_left_out(told.left_out)
        if extract.episode_lines:
            police.check(found)
            police.check_beside(found, episodes)
            others = [_rows(row) for row in extract.outcomes.exclude(people_lines="")]
            police.check_joined(found, others, episodes)
    except rows.Unreadable as reason:
        raise CannotHandle(str(reason)) from None


def _rows(row: PoliceOutcomes) -> Recorded:
    texts = (row.people_lines, row.recorded_lines, row.order_lines)
    return Recorded(*(tuple(text.split("\n")) if text else () for text in texts))
