"""Opening a client's box for the other slices of this zone; keeping, revealing, finding and destroying."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from desist.accounts import queries as accounts
from desist.accounts.alerts import commands as alerts
from desist.accounts.alerts.states import Kind as Unusual
from desist.advocacy.policy import Action as AdvocacyAction
from desist.advocacy.vault import boxes, erasure, limits, spelling
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Allowance, Locator, PersonKey, Reveal
from desist.advocacy.vault.policy import Action
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.vault.states import PLACES, Kind, Limit, Reason
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State
from desist.merges import records
from desist.refusals import Refused
from desist.ui import dates, words
from desist.ui.words import FalseAlarm, Override, WordsFound
from desist.wall import audit, clearances, gate, turns
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent
from desist.wall.people import are_one_person
from desist.wall.statements import Statement, texts

STILL_LOCKS = (
    "Not destroyed: this key still locks files that a merge or a split of two records gave to another record. They are being "
    "locked anew. Wait some minutes, then try again"
)
ONE_AT_A_TIME = "Another call, letter or reveal of yours is just being opened. Wait a moment, then try again"


class RefusedTooOften(HoldsLocator):
    """The actor's words were refused so often that no more are read. The message says which colleague to ask."""


class TooManyReveals(Refused):
    """The actor opened as much today as one account may. The message says which colleague to ask."""

    def __init__(self, sentence: str, *, victim: str, count: int) -> None:
        """`victim` is the client whose page the refusal links to; `count` is today's number, this time included."""
        super().__init__(sentence)
        self.victim, self.count = victim, count


def box(*, person: str) -> Box:
    """Return the box of a client whose row the gate let through. Raises boxes.Shredded."""
    (row,) = KEYS.rows(persons=[person])
    return boxes.opened(*row)


def box_if_kept(*, person: str) -> Box | None:
    """Return the box of a client whose row the gate let through; None once its key was destroyed."""
    try:
        return box(person=person)
    except boxes.Shredded:
        return None


def boxes_of(*, persons: list[str]) -> dict[str, Box]:
    """Return the boxes of many clients, without those whose key was destroyed."""
    keys = KEYS.rows(persons=persons) if persons else ()
    return dict(boxes.all_opened(row for *row, destroyed_at in keys if destroyed_at is None))


def _keys() -> QuerySet[Any]:
    keys = PersonKey.objects.filter(person__in=texts("persons"))
    return keys.values_list("person", "keys", "wrapped", "destroyed_at")


KEYS = Statement(_keys)


def check(
    *,
    actor: Actor,
    victim: Victim,
    texts: Iterable[str],
    at: datetime,
    of: Box | None = None,
    why: FalseAlarm | None = None,
) -> None:
    """Within a change: raise HoldsLocator if words about a client may lead to a person, with one sentence for all.

    The first check looks at the words alone, so that a refusal tells nothing of any vault; `why` lets such words stay,
    and the data protection officer is told. Words that this client's vault holds never stay: former numbers and
    addresses count too, since a person who knew them can follow them. Raises RefusedTooOften, and words.NotRead if the
    reader failed.
    """
    read = [text for text in texts if text]
    if not read:
        return
    _must_not_be_refused_often(actor, at)
    looks = tuple(dict.fromkeys(kind for text in read for kind in words.kinds(text)))
    if looks and why is None:
        raise HoldsLocator
    compare(victim=victim, texts=read, of=of)
    if looks and why is not None:
        entry = audit.Entry(actor, AdvocacyAction.ANSWER_FOR_WORDS, audit.row_name(Victim, victim.ref), at)
        audit.record(entry, allowed=True, reason=f"{', '.join(looks)}: {why.label}"[:200])


def check_crossing(
    *,
    actor: Actor,
    victim: Victim,
    named: str,
    texts: Mapping[str, str],
    at: datetime,
    of: Box | None = None,
    why: FalseAlarm | None = None,
) -> None:
    """Within a change: check words that leave this service (field -> words) of the row that the audit calls `named`.

    They are read for names of places as well, and compared with every client that the actor can search for. Words
    answered for in this row are not asked about again. Raises HoldsLocator with the one sentence for all,
    RefusedTooOften, and words.NotRead if the reader failed.
    """
    read = [text for text in texts.values() if text]
    if not read:
        return
    _must_not_be_refused_often(actor, at)
    override = Override(why) if why else None
    try:
        clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
    except WordsFound:
        raise HoldsLocator from None
    compare(victim=victim, texts=read, of=of)
    check_site(actor=actor, texts=read, at=at)


def check_site(*, actor: Actor, texts: Iterable[str], at: datetime) -> None:
    """Raise HoldsLocator if checked words hold the exact locator of a client that the actor can search for."""
    marks = {mark for text in texts for mark in boxes.marks_in(text)}
    if gate.see(actor, Action.SEARCH_LOCATORS, Locator, at=at).filter(mark__in=marks).exists():
        raise HoldsLocator


def compare(*, victim: Victim, texts: Iterable[str], of: Box | None = None) -> None:
    """Raise HoldsLocator if words hold a locator of this client. No other check is made."""
    opened = of or box(person=victim.ref)
    kept = Locator.objects.filter(victim=victim).order_by("pk")
    spelling.check(texts=texts, locators=[(Kind(one.kind), boxes.value(opened, one)) for one in kept])


def clear(*, victim: Victim, named: str, texts: Mapping[str, str], of: Box | None = None) -> dict[str, str]:
    """Return words of a row (place -> words) as others may read them.

    Empty if no actor answered for them, if they could not be read, or if they hold a locator of this client.
    """
    opened = of or box(person=victim.ref)
    kept = Locator.objects.filter(victim=victim).order_by("pk")
    held = [(Kind(one.kind), boxes.value(opened, one)) for one in kept]
    shown = clearances.clear(named=named, texts=texts)
    return {place: "" if spelling.holds(text, held) else text for place, text in shown.items()}


def keep(*, actor: Actor, victim: str, kind: Kind, value: str, submission: str, at: datetime) -> None:
    """Lock away one more locator of a client."""
    with gate.change(actor, Action.KEEP_LOCATOR, Victim, victim, at=at) as row:
        if Locator.objects.filter(submission=submission).exists():
            return
        made = boxes.locator(box=box(person=victim), victim=row, kind=kind, value=value, by=actor.who, at=at)
        made.submission = submission
        made.save(force_insert=True)


def end(*, actor: Actor, locator: str, at: datetime) -> str:
    """End a locator that is no longer the client's: advocates use it no more. Returns the client's reference."""
    with gate.change(actor, Action.END_LOCATOR, Locator, locator, at=at) as row:
        row.ended_at = row.ended_at or at
        row.save(update_fields=["ended_at"])
        return row.victim.ref


def check_for_post(*, actor: Actor, locator: str, safe: bool, at: datetime) -> str:
    """Record that letters are safe at an address, or are not, as checked with the client. Returns the reference.

    Only a checked address is ever drawn on a letter.
    """
    with gate.change(actor, Action.CHECK_FOR_POST, Locator, locator, at=at) as row:
        if row.kind in PLACES and not _checked_today(row, safe=safe, at=at):
            row.post_safe_at, row.post_safe_by = (at, actor.who) if safe else (None, "")
            row.save(update_fields=["post_safe_at", "post_safe_by"])
        return row.victim.ref


def _checked_today(row: Locator, *, safe: bool, at: datetime) -> bool:
    """Whether the record about letters to an address says this for this day already."""
    if row.post_safe_at is None:
        return not safe
    return safe and dates.day_of(row.post_safe_at) == dates.day_of(at)


def reveal(*, actor: Actor, locator: str, reason: Reason, at: datetime) -> str:
    """Show one locator to the actor for a minute, with a reason. Returns the client's reference.

    Raises TooManyReveals and turns.Taken.
    """
    with (
        counted(actor=actor, at=at),
        gate.change(actor, Action.REVEAL_LOCATOR, Locator, locator, at=at) as row,
    ):
        open_one(actor=actor, locator=row, reason=reason, at=at, stopped="Not revealed")
        return row.victim.ref


@contextmanager
def counted(*, actor: Actor, at: datetime) -> Iterator[None]:
    """Wrap a change that opens locators: one of the actor's at a time, so that many at once gain nothing.

    Alerts two other people about an actor who is stopped. Raises turns.Taken.
    """
    try:
        with turns.turn(f"reveals of {actor.who}"):
            yield
    except turns.Taken:
        raise turns.Taken(ONE_AT_A_TIME) from None
    except TooManyReveals as stopped:
        alerts.raise_(kind=Unusual.REVEALS, about=actor.who, at=at, count=stopped.count)
        raise


def alert_of_refusals(*, at: datetime) -> None:
    """Alert two other people about each account whose words are refused more often than the limit."""
    in_an_hour = refused(since=at - limits.HOUR)
    for account, count in refused(since=morning(at)).items():
        if count >= limits.REFUSED_A_DAY or in_an_hour.get(account, 0) >= limits.REFUSED_AN_HOUR:
            alerts.raise_(kind=Unusual.REFUSALS, about=account, at=at, count=count)


def allow_more(*, actor: Actor, account: str, limit: Limit, more: int, submission: str, at: datetime) -> None:
    """Allow a colleague of the area more today. A form that was sent twice allows it once."""
    row = Allowance(
        account=account,
        area=actor.area,
        limit=limit,
        day=dates.day_of(at),
        more=more,
        given_by=actor.who,
        given_at=at,
        submission=submission,
    )
    with suppress(gate.Twice), gate.create(actor, Action.ALLOW_MORE, row, at=at):
        if are_one_person(actor.who, account):
            raise gate.Forbidden(account)


def morning(at: datetime) -> datetime:
    """The moment at which the London day of a moment began."""
    return datetime.combine(dates.day_of(at), time(), tzinfo=dates.LONDON)


def revealed_today(*, at: datetime) -> dict[str, int]:
    """The number of single locators that each account revealed on the day of a moment."""
    rows = Reveal.objects.filter(at__gte=morning(at)).exclude(locator=None)
    return dict(rows.values_list("by").annotate(Count("pk")))


def opened_today(*, at: datetime) -> dict[str, int]:
    """The number of clients that each account opened for calls on the day of a moment, each client once."""
    return _clients(Reveal.objects.filter(at__gte=morning(at), locator=None))


def refused(*, since: datetime) -> dict[str, int]:
    """The number of refusals of each account's words because they may lead to a person."""
    return dict(_refusals(since).values_list("who").annotate(Count("pk")))


def allowed(*, account: str, limit: Limit, at: datetime) -> int:
    """The number that a second person allowed an account above the limit on the day of a moment."""
    given = Allowance.objects.filter(account=account, limit=limit, day=dates.day_of(at))
    return sum(given.values_list("more", flat=True))


def open_call(*, actor: Actor, victim: Victim, at: datetime) -> None:
    """Within a counted change that begins a call: the ways to reach the client stay in sight for ten minutes.

    Several calls to a client on one day count once. Raises TooManyReveals.
    """
    others = Reveal.objects.filter(at__gte=morning(at), locator=None).exclude(victim=victim)
    count = _clients(others).get(actor.who, 0)
    if count >= settings.DESIST_CALLS_A_DAY + allowed(account=actor.who, limit=Limit.CALLS, at=at):
        raise TooManyReveals(
            "Not started: you have opened as many clients for calls today as one person may. "
            f"{_whom_to_ask(actor)} If the client is in danger now, call 999.",
            victim=victim.ref,
            count=count + 1,
        )
    _reveal(actor, victim, None, Reason.CONTACT, at)


def open_one(*, actor: Actor, locator: Locator, reason: Reason, at: datetime, stopped: str) -> None:
    """Within a counted change: show one locator to the actor. `stopped` begins the sentence of TooManyReveals."""
    count = revealed_today(at=at).get(actor.who, 0)
    if count >= limits.BUDGET + allowed(account=actor.who, limit=Limit.REVEALS, at=at):
        raise TooManyReveals(
            f"{stopped}: you have revealed as much today as one person may. {_whom_to_ask(actor)} "
            "If the client is in danger now, call 999.",
            victim=locator.victim.ref,
            count=count + 1,
        )
    _reveal(actor, locator.victim, locator, reason, at)


def destroy(*, actor: Actor, victim: str, at: datetime) -> None:
    """Destroy a closed client's key: all that it locked, here and in every backup, can never be read again.

    The erasure list outside the database notes it too, so that the worker can destroy the key again after a restore.
    With the key of a client go those of the records merged into it, which locked earlier versions of what went along.
    """
    with gate.change(actor, Action.DESTROY_KEY, Victim, victim, at=at) as row:
        if row.state != State.CLOSED:
            raise Refused("Close the case first. Only the key of a closed case can be destroyed")
        both = records.together(victim) if records.leading(victim) == victim else {victim}
        for client in Victim.objects.select_for_update(no_key=True).filter(ref__in=both).order_by("pk"):
            for rows in (client.files_to_lock, client.exhibits_to_lock):
                if rows.exclude(victim__ref__in=both).exists():
                    raise Refused(STILL_LOCKS)
            _destroy(client, by=actor.who, at=at)
            erasure.note(person=client.ref, at=at)


def destroy_again(*, actor: Actor, at: datetime) -> int:
    """Destroy the keys that the erasure list names and a restored backup brought back; returns how many."""
    listed = erasure.persons()
    back = Victim.objects.filter(
        ref__in=PersonKey.objects.filter(person__in=listed, destroyed_at=None).values("person")
    )
    refs = list(back.values_list("ref", flat=True))
    for ref in refs:
        with gate.change(actor, Action.DESTROY_AGAIN, Victim, ref, at=at) as row:
            _destroy(row, by=actor.who, at=at)
    return len(refs)


def _destroy(victim: Victim, *, by: str, at: datetime) -> None:
    keys = PersonKey.objects.filter(person=victim.ref, destroyed_at=None)
    keys.update(wrapped=b"", destroyed_at=at, destroyed_by=by)
    Locator.objects.filter(victim=victim).update(mark=None)


def _reveal(actor: Actor, victim: Victim, locator: Locator | None, reason: Reason, at: datetime) -> None:
    span = limits.GLANCE if locator else limits.CALL
    Reveal.objects.create(victim=victim, locator=locator, reason=reason, by=actor.who, at=at, until=at + span)


def _clients(reveals: QuerySet[Reveal]) -> dict[str, int]:
    return dict(reveals.values_list("by").annotate(Count("victim", distinct=True)))


def _refusals(since: datetime) -> QuerySet[AuditEvent]:
    # Every refusal is an event there, on whatever page it was, and outlives the change that it rolled back.
    return AuditEvent.objects.filter(at__gte=since, allowed=False, reason=HoldsLocator.__name__)


def _must_not_be_refused_often(actor: Actor, at: datetime) -> None:
    more = allowed(account=actor.who, limit=Limit.REFUSALS, at=at)
    in_an_hour = _refusals(at - limits.HOUR).filter(who=actor.who).count()
    in_a_day = _refusals(morning(at)).filter(who=actor.who).count()
    if in_an_hour >= limits.REFUSED_AN_HOUR + more or in_a_day >= limits.REFUSED_A_DAY + more:
        raise RefusedTooOften(
            "Not saved: words of yours were refused so often that no more are read for now. "
            f"{_whom_to_ask(actor)} Until then you can save without these words"
        )


def _whom_to_ask(actor: Actor) -> str:
    """A sentence that names the colleagues who can allow the actor more."""
    others = accounts.holders(role=Role.ADVOCACY_MANAGER, area=actor.area)
    names = [name for ref, name in others if ref != actor.who]
    if not names:
        return "Only another manager can allow more, and there is none here: ask your administrator for one."
    return f"Ask {' or '.join(names)} to allow more for today."
