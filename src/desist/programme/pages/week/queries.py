"""The calendar by week: of one practitioner, of the team, and of the rooms.

A colleague's meeting with a person whom the actor may not see says that the colleague is busy, and where; nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desist import working_days
from desist.programme.calendar.entries.queries import Colleague, Entry, entries
from desist.programme.episodes.models import Episode
from desist.programme.episodes.states import OPEN
from desist.programme.pages.week.policy import Action
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises import commands as premises
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question

VIEWS = ("me", "team", "rooms")
WEEK, DAY, HOUR = timedelta(weeks=1), timedelta(days=1), timedelta(hours=1)
#: the hours that every week shows; earlier and later ones where something is there
FIRST, LAST = 8, 18
#: the most people to book that one list offers
MOST = 200


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the view ("": the actor's usual one), the Monday, and the practitioner ("": oneself)."""

    view: str
    monday: date
    who: str


@dataclass(frozen=True)
class Cell:
    """What is in one place of the grid. `until`: an entry of an earlier hour goes on; `book`: what a booking begins with."""

    entries: tuple[Entry, ...] = ()
    until: datetime | None = None
    book: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the grid: an hour, a practitioner or a room, and its cells by day; `who` leads to a practitioner's week."""

    name: str
    cells: tuple[Cell, ...]
    who: str = ""


@dataclass(frozen=True)
class WeekDay:
    """One day with its bank holiday, and everything on it in its order, as a telephone lists it."""

    day: date
    holiday: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class WeekPage:
    """A week in one of the views. `whose` is the practitioner of "me"; `may_book` offers the free times."""

    view: str
    monday: date
    previous: date
    next: date
    today: date
    whose: str
    who: str
    staff: tuple[tuple[str, str], ...]
    days: tuple[WeekDay, ...]
    lines: tuple[Line, ...]
    may_book: bool
    may_cover: bool


def week(*, actor: Actor, asked: Asked, at: datetime) -> WeekPage:
    """Return a week of the calendar."""
    rows = gate.read(actor, Action.SEE_CALENDAR, STAFF, at=at)
    staff = [
        one for one in (Colleague(*row) for row in rows) if one.left_on is None or one.left_on > asked.monday
    ]
    view = asked.view or ("me" if actor.role is Role.PRACTITIONER else "team")
    own = view == "me"
    whose = next((one for one in staff if one.ref == (asked.who or actor.who)), None)
    found = entries(actor=actor, staff=staff, monday=asked.monday, only=whose if own else None, own=own)
    days = _days(asked.monday, found)
    may_book = actor.role in policy.rule(Action.SEE_BOOKABLE).roles
    return WeekPage(
        view=view,
        monday=asked.monday,
        previous=asked.monday - WEEK,
        next=asked.monday + WEEK,
        today=dates.day_of(at),
        whose=whose.name if whose else "",
        who=whose.ref if whose else actor.who,
        staff=tuple((one.ref, one.name) for one in staff),
        days=days,
        lines=_lines(view, staff, days, actor=actor, free_after=at if may_book else None),
        may_book=may_book,
        may_cover=policy.opens(actor.role, "absences:leave"),
    )


STAFF = Question(
    Practitioner, lambda rows: rows.order_by("name", "pk").values_list("pk", "ref", "name", "left_on")
)


def bookable(*, actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the people whom the actor can book, by name."""
    rows = gate.see(actor, Action.SEE_BOOKABLE, Episode, at=at).filter(state__in=OPEN)
    named = rows.order_by("referral__family_name", "referral__given_names", "pk").values_list(
        "ref", "referral__given_names", "referral__family_name"
    )
    return tuple((ref, f"{given} {family}") for ref, given, family in named[:MOST])


def _days(monday: date, found: Sequence[Entry]) -> tuple[WeekDay, ...]:
    """Return Monday to Friday, and the weekend where something is on it."""
    days = [_day(monday + timedelta(days=number), found) for number in range(7)]
    return tuple(one for one in days if one.day.weekday() < working_days.SATURDAY or one.entries)


def _day(day: date, found: Sequence[Entry]) -> WeekDay:
    start, end = dates.moment(day, time()), dates.moment(day + timedelta(days=1), time())
    return WeekDay(day, working_days.holiday(day), tuple(one for one in found if one.is_within(start, end)))


def _hours(days: Sequence[WeekDay], free_after: datetime | None) -> tuple[Line, ...]:
    """Return a line for the whole days, where there are any, and one for each hour."""
    timed = [one for day in days for one in day.entries if not one.all_day]
    first = min([FIRST, *(dates.local(one.starts_at).hour for one in timed)])
    last = max([LAST, *(dates.local(one.ends_at - timedelta(seconds=1)).hour + 1 for one in timed)])
    whole = tuple(Cell(tuple(one for one in day.entries if one.all_day)) for day in days)
    lines = [Line("All day", whole)] if any(cell.entries for cell in whole) else []
    for hour in range(first, last):
        cells = tuple(_cell(day, hour, free_after) for day in days)
        lines.append(Line(dates.clock(time(hour)), cells))
    return tuple(lines)


def _cell(day: WeekDay, hour: int, free_after: datetime | None) -> Cell:
    start = dates.moment(day.day, time(hour))
    then = [one for one in day.entries if one.starts_at < start + HOUR and start < one.ends_at]
    if any(one.all_day for one in then):
        return Cell(tuple(one for one in then if not one.all_day and start <= one.starts_at))
    if then:
        begins = tuple(one for one in then if start <= one.starts_at)
        return Cell(begins, None if begins else then[0].ends_at)
    free = free_after is not None and free_after < start and not day.holiday
    return Cell(book=f"day={day.day.isoformat()}&at={hour:02}:00" if free else "")


def _lines(
    view: str,
    staff: Sequence[Colleague],
    days: Sequence[WeekDay],
    *,
    actor: Actor,
    free_after: datetime | None,
) -> tuple[Line, ...]:
    """Return the lines of a view: hours, practitioners or rooms. Free times are offered after a moment, or never (None)."""
    if view == "me":
        return _hours(days, free_after)
    if view == "team":
        return tuple(Line(one.name, _of(days, staff=one.ref), who=one.ref) for one in staff)
    still = set(premises.bookable(actor.area).values_list("ref", flat=True)) if free_after else ()
    return tuple(
        Line(name, _of(days, room=ref, book=ref if ref in still else ""))
        for ref, name in premises.named(actor.area)
    )


def _of(days: Sequence[WeekDay], *, staff: str = "", room: str = "", book: str = "") -> tuple[Cell, ...]:
    """Return the cells of one practitioner, or of one room that is booked as `book`."""
    return tuple(
        Cell(
            tuple(one for one in day.entries if (staff in one.staff if staff else one.room == room)),
            book=f"day={day.day.isoformat()}&room={book}" if book and not day.holiday else "",
        )
        for day in days
    )
