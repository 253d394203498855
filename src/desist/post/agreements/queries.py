"""Questions about sharing agreements, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.post.models import Agreement, Partner
from desist.post.policy import Action
from desist.post.purposes import WORDS
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 100


@dataclass(frozen=True)
class Row:
    """One agreement. `in_force` is of the asked day; `review_is_due` once it goes on past its review."""

    ref: str
    version: int
    title: str
    parties: tuple[str, ...]
    names: tuple[str, ...]
    others: str
    purposes: tuple[str, ...]
    purpose_codes: tuple[str, ...]
    lawful_basis: str
    begins_on: date
    review_on: date
    ends_on: date | None
    ended_on: date | None
    joins: bool
    document: str
    kept_at: datetime
    in_force: bool
    review_is_due: bool


def agreements(*, actor: Actor, at: datetime) -> tuple[tuple[Row, ...], bool]:
    """The area's register, agreements in force first; and whether the actor keeps the register."""
    rows = gate.see(actor, Action.SEE_AGREEMENTS, Agreement, at=at).order_by("title", "pk")[:PAGE]
    titles = dict(Partner.objects.values_list("name", "title"))
    found = [_row(one, titles, dates.day_of(at)) for one in rows]
    keeps = actor.role in policy.rule(Action.KEEP_AGREEMENT).roles
    return tuple(sorted(found, key=lambda row: not row.in_force)), keeps


def agreement(*, actor: Actor, ref: str, at: datetime) -> Row:
    """One agreement, for the officer who changes it."""
    row = gate.open(actor, Action.CHANGE_AGREEMENT, Agreement, ref, at=at).get()
    return _row(row, dict(Partner.objects.values_list("name", "title")), dates.day_of(at))


def parties(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The partners of the register that an agreement of this area can be made with, as (name, title)."""
    rows = Partner.objects.filter(ended_at=None, area__in=["", actor.area]).order_by("title")
    return tuple(rows.values_list("name", "title"))


def in_force(*, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """The area's agreements in force today, as choices (reference, title)."""
    rows, _ = agreements(actor=actor, at=at)
    return tuple((row.ref, row.title) for row in rows if row.in_force)


def title(*, ref: str) -> str:
    """The title of an agreement; "" where the reference is empty."""
    return Agreement.objects.filter(ref=ref).values_list("title", flat=True).first() or ""


def stands(*, ref: str, at: datetime) -> bool:
    """Whether the agreement of this reference is in force at this moment."""
    row = Agreement.objects.filter(ref=ref).first()
    return row is not None and _row(row, {}, dates.day_of(at)).in_force


def purposes(*, ref: str, at: datetime) -> tuple[str, ...]:
    """The purposes that an agreement covers at this moment, coded; () where it is not in force or there is none."""
    row = Agreement.objects.filter(ref=ref).first()
    return tuple(row.purposes) if row and _row(row, {}, dates.day_of(at)).in_force else ()


def last_day(*, ref: str) -> str:
    """The last ISO day of an agreement as it is known now; "" where it has none, or the reference is empty."""
    row = Agreement.objects.filter(ref=ref).first()
    days = [day for day in (row.ends_on, row.ended_on) if day] if row else []
    return min(days).isoformat() if days else ""


def _row(one: Agreement, titles: dict[str, str], today: date) -> Row:
    over = (one.ends_on is not None and one.ends_on < today) or one.ended_on is not None
    in_force = one.begins_on <= today and not over
    return Row(
        ref=one.ref,
        version=one.version,
        title=one.title,
        parties=tuple(one.parties),
        names=tuple(titles.get(name, name) for name in one.parties),
        others=one.others,
        purposes=tuple(WORDS[code] for code in one.purposes),
        purpose_codes=tuple(one.purposes),
        lawful_basis=one.lawful_basis,
        begins_on=one.begins_on,
        review_on=one.review_on,
        ends_on=one.ends_on,
        ended_on=one.ended_on,
        joins=one.joins,
        document=one.document,
        kept_at=one.kept_at,
        in_force=in_force,
        review_is_due=in_force and one.review_on <= today,
    )
