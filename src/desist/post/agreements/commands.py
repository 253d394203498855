"""The changes of a sharing agreement, and the check that one covers a disclosure."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime

from desist.post.models import Agreement
from desist.post.policy import Action
from desist.post.purposes import WORDS
from desist.refusals import Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Terms:
    """The terms of an agreement. `parties` are names of the partner register, `document` a SHA-256 in hex or ""."""

    title: str
    parties: list[str]
    others: str
    purposes: list[str]
    lawful_basis: str
    begins_on: date
    review_on: date
    ends_on: date | None
    document: str
    joins: bool = False


def keep(*, actor: Actor, terms: Terms, submission: str, at: datetime) -> None:
    """Enter an agreement into the register; a form that is sent twice makes one agreement."""
    row = Agreement(area=actor.area, submission=submission, kept_by=actor.who, kept_at=at, **asdict(terms))
    with suppress(gate.Twice), gate.create(actor, Action.KEEP_AGREEMENT, row, at=at):
        pass


def change(*, actor: Actor, ref: str, terms: Terms, version: int | None, at: datetime) -> None:
    """Replace an agreement's terms with the present ones; without a new document the known one stays."""
    with gate.change(actor, Action.CHANGE_AGREEMENT, Agreement, ref, at=at, version=version) as row:
        known = row.document
        for name, value in asdict(terms).items():
            setattr(row, name, value)
        row.document = terms.document or known
        row.save()


def end(*, actor: Actor, ref: str, at: datetime) -> None:
    """End an agreement: it covers no disclosure from now on, and earlier ones stay on record."""
    with gate.change(actor, Action.CHANGE_AGREEMENT, Agreement, ref, at=at) as row:
        if row.ended_on is not None:
            raise Refused("A colleague ended this agreement first")
        row.ended_on, row.ended_by = dates.day_of(at), actor.who
        gate.next_version(row)
        row.save(update_fields=["ended_on", "ended_by", "version"])


def covers(*, ref: str, area: str, partner: str, purpose: str, on: date) -> None:
    """Raise Refused unless the agreement is in force on a day, with this partner and for this purpose."""
    row = Agreement.objects.filter(ref=ref, area=area).first()
    if row is None:
        raise Refused("Name a sharing agreement: without one, or an emergency, nothing is disclosed")
    if row.ended_on is not None and row.ended_on <= on:
        raise Refused(f"“{row.title}” was ended on {dates.on(row.ended_on)}: name another agreement")
    if row.ends_on is not None and row.ends_on < on:
        raise Refused(
            f"“{row.title}” expired on {dates.on(row.ends_on)}: renew it in the register, or name another"
        )
    if row.begins_on > on:
        raise Refused(f"“{row.title}” begins on {dates.on(row.begins_on)}: it does not cover this yet")
    if partner not in row.parties:
        raise Refused(f"The organisation that would receive it is not a party to “{row.title}”")
    if purpose not in row.purposes:
        words = WORDS[purpose]
        raise Refused(f"“{row.title}” does not cover this purpose: {words[:1].lower()}{words[1:]}")
