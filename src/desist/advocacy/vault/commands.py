"""Opening a person's box for the other slices of this zone; keeping, revealing, finding and destroying."""

from collections.abc import Iterable
from datetime import datetime, time

from desist.advocacy.policy import Action
from desist.advocacy.vault import boxes, erasure, limits, spelling
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import Locator, PersonKey, Reveal, RevealAlert
from desist.advocacy.vault.states import PLACES, Kind, Reason
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


class AlreadyKept(Exception):
    """The same form was sent before."""


class NotClosed(Exception):
    """Only the key of a closed case can be destroyed."""


def box(*, person: str) -> Box:
    """The box of a person whose row the gate has let through; raises boxes.Shredded."""
    return boxes.opened(PersonKey.objects.get(person=person))


def boxes_of(*, persons: list[str]) -> dict[str, Box]:
    """The boxes of many persons, those whose key was destroyed left out."""
    keys = PersonKey.objects.filter(person__in=persons, destroyed_at=None)
    return {key.person: boxes.opened(key) for key in keys}


def check(*, victim: Victim, texts: Iterable[str], of: Box | None = None) -> None:
    """Raise spelling.HoldsLocator where a text about a person gives one of their own locators away.

    Their former numbers and addresses count as well: who knew them knows whom they lead to.
    """
    opened = of or box(person=victim.ref)
    kept = Locator.objects.filter(victim=victim).order_by("pk")
    spelling.check(texts=texts, locators=[(Kind(one.kind), boxes.value(opened, one)) for one in kept])


def check_site(*, texts: Iterable[str]) -> None:
    """Raise spelling.HoldsLocator where a text holds exactly what leads to any client of this service, by its hash."""
    marks = {mark for text in texts for mark in boxes.marks_in(text)}
    kept = Locator.objects.filter(mark__in=marks).order_by("kind").values_list("kind", flat=True)
    if found := [Kind(kind) for kind in kept]:
        raise spelling.HoldsLocator(found)


def keep(*, actor: Actor, victim: str, kind: Kind, value: str, submission: str, at: datetime) -> None:
    """Lock away one more thing that leads to a client."""
    with gate.change(actor, Action.KEEP_LOCATOR, Victim, victim, at=at) as row:
        if Locator.objects.filter(submission=submission).exists():
            raise AlreadyKept(victim)
        made = boxes.locator(box=box(person=victim), victim=row, kind=kind, value=value, by=actor.who, at=at)
        made.submission = submission
        made.save(force_insert=True)


def end(*, actor: Actor, locator: str, at: datetime) -> str:
    """It is no longer theirs: nobody writes or calls there again. Returns the client's reference."""
    with gate.change(actor, Action.END_LOCATOR, Locator, locator, at=at) as row:
        row.ended_at = row.ended_at or at
        row.save(update_fields=["ended_at"])
        return row.victim.ref


def check_for_post(*, actor: Actor, locator: str, safe: bool, at: datetime) -> str:
    """It was checked with the client that letters are safe at an address, or that they are not. Returns the reference.

    Nothing but an address that was checked is ever drawn on a letter.
    """
    with gate.change(actor, Action.CHECK_FOR_POST, Locator, locator, at=at) as row:
        if row.kind in PLACES:
            row.post_safe_at, row.post_safe_by = (at, actor.who) if safe else (None, "")
            row.save(update_fields=["post_safe_at", "post_safe_by"])
        return row.victim.ref


def reveal(*, actor: Actor, locator: str, reason: Reason, at: datetime) -> str:
    """Show one locator to whoever asks, for a minute, with a reason. Returns the client's reference.

    It is never refused for having been done too often: the manager is told instead.
    """
    with gate.change(actor, Action.REVEAL_LOCATOR, Locator, locator, at=at) as row:
        _reveal(actor, row.victim, row, reason, at)
        _count(actor, at)
        return row.victim.ref


def open_call(*, actor: Actor, victim: Victim, at: datetime) -> None:
    """Within the change that begins a call: the ways to reach the client stay in sight for ten minutes."""
    _reveal(actor, victim, None, Reason.CONTACT, at)


def look_into(*, actor: Actor, ref: str, at: datetime) -> None:
    """The manager has looked into an alert."""
    with gate.change(actor, Action.LOOK_INTO_REVEALS, RevealAlert, ref, at=at) as alert:
        if alert.looked_at is None:
            alert.looked_at_by, alert.looked_at = actor.who, at
            alert.save(update_fields=["looked_at_by", "looked_at"])


def destroy(*, actor: Actor, victim: str, at: datetime) -> None:
    """Destroy a closed client's key: whatever it locked, here and in every backup, can never be read again.

    The erasure is noted outside the database as well, so that a restored backup is brought to the same state.
    """
    with gate.change(actor, Action.DESTROY_KEY, Victim, victim, at=at) as row:
        if row.state != State.CLOSED:
            raise NotClosed(victim)
        _destroy(row, by=actor.who, at=at)
        erasure.note(person=victim, at=at)


def destroy_again(*, actor: Actor, at: datetime) -> int:
    """Destroy what the erasure list names and a restored backup brought back; returns how many keys."""
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


def _count(actor: Actor, at: datetime) -> None:
    """Alert the manager once a day when somebody's budget is exceeded, with the count as it grows."""
    today = dates.local(at)
    morning = datetime.combine(today.date(), time(), tzinfo=dates.LONDON)
    count = Reveal.objects.filter(by=actor.who, at__gte=morning).exclude(locator=None).count()
    if count > limits.BUDGET:
        RevealAlert.objects.update_or_create(
            account=actor.who,
            day=today.date(),
            defaults={"area": actor.area, "count": count, "looked_at": None, "looked_at_by": ""},
        )
