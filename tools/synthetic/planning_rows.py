"""The demo programme's rows of planning: premises, leave, busy times, a move, a catch-up."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from psycopg.types.range import DateRange, TimestamptzRange

from desist import working_days
from desist.programme.calendar.busy.models import BusyTime
from desist.programme.calendar.planner.models import Move
from desist.programme.calendar.planner.proposal import period
from desist.programme.episodes.models import Episode
from desist.programme.orders.key_dates.models import DayAhead
from desist.programme.practitioners.absences.models import Leave
from desist.programme.practitioners.models import Declaration, Practitioner
from desist.programme.premises.models import Premises
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.models import Session
from desist.ui.dates import LONDON
from tools.synthetic.stories import MANAGER

#: buildings on the list so that staff never book them; the list gives no reason
NEVER = ("Corn Hall", "Eastgate Library", "Harbour Centre", "St Oda’s Hall", "Tannery Yard")
#: after the last of the twelve sessions of any person in the area
EVENING = time(18)


def write(*, at: datetime, told: Collection[str] = ()) -> None:
    """Write them for both areas. `told` are the episodes of written people, whose own rows are written elsewhere."""
    today = at.astimezone(LONDON).date()
    for area, manager in MANAGER.items():
        for name in NEVER:
            Premises.objects.create(
                area=area, name=f"{name}, {area}", never_book=True, listed_by=manager, listed_at=at
            )
    _leave(today, at)
    _link(at)
    _busy(at, told)
    _ahead(today, at, told)
    _contacts(at, told)
    _changes(today, at)
    _motivation(today)


def _leave(today: date, at: datetime) -> None:
    away, cover = Practitioner.objects.filter(area="North").exclude(trained_on=None).order_by("ref")[:2]
    first = today + timedelta(days=21 - today.weekday())
    Leave.objects.create(
        practitioner=away,
        days=DateRange(first, first + timedelta(days=5)),
        kind="annual",
        cover=cover,
        noted_by=MANAGER["North"],
        noted_at=at,
    )


def _link(at: datetime) -> None:
    """Write a link by name, to a person who may never come."""
    Declaration.objects.create(
        practitioner=Practitioner.objects.filter(area="South").order_by("ref")[0],
        kind="neighbour",
        given_names="Quill",
        family_name="Nobody-Marsh",
        submission="link-of-the-demo",
        declared_at=at - timedelta(days=40),
    )


def _motivation(today: date) -> None:
    """Write a motivational session of a person whose twelve are not planned yet, where there is one."""
    people = Episode.objects.filter(ended_at=None, sessions=None, allocations__ended_at=None)
    held = people.filter(allocations__leave=None).order_by("ref").first()
    if held is None:
        return
    practitioner = held.allocations.get(ended_at=None, leave=None).practitioner
    start = datetime.combine(today - timedelta(days=2), EVENING, LONDON)
    Session.objects.create(
        episode=held,
        kind="motivational",
        number=1,
        practitioner=practitioner,
        period=TimestamptzRange(start, start + timedelta(minutes=60)),
        state="attended",
        attendance="attended",
        risk_check="nothing",
        compliance="worked",
        work_done="What would be better if nothing of this happened any more, in his words.",
        recorded_by=practitioner.ref,
        recorded_at=start + timedelta(hours=2),
    )


def _drawn(told: Collection[str]) -> QuerySet[Session]:
    """Return the twelfth sessions of people drawn by lot, where they are still ahead."""
    ahead = Session.objects.filter(state="planned", number=12).exclude(episode__ref__in=told)
    return ahead.order_by("episode").select_related("episode")


def _busy(at: datetime, told: Collection[str]) -> None:
    people = _drawn(told)
    wanted = (
        ("work", "0", time(8), time(12)),
        ("worship", "4", time(12), time(15)),
        ("caring", "2", time(0), time(9)),
    )
    for session, (kind, weekday, starts, ends) in zip(people, wanted, strict=False):
        BusyTime.objects.create(
            episode=session.episode,
            kind=kind,
            weekday=weekday,
            starts=starts,
            ends=ends,
            submission=f"busy-{session.ref}",
            noted_by=MANAGER[session.episode.area],
            noted_at=at - timedelta(days=9),
        )


def _ahead(today: date, at: datetime, told: Collection[str]) -> None:
    """Write coming days of a few people who were drawn by lot: a hearing, an anniversary, a release."""
    people = _drawn(told)
    wanted = (
        ("court", today + timedelta(days=16), "Plea hearing (invented)"),
        ("anniversary", date(2024, 2, 29), "The day of the separation (invented)"),
        ("release", today + timedelta(days=75), ""),
    )
    for session, (kind, day, words) in zip(people, wanted, strict=False):
        DayAhead.objects.create(
            episode=session.episode,
            kind=kind,
            day=day,
            words=words,
            submission=f"ahead-{session.ref}",
            noted_by=MANAGER[session.episode.area],
            noted_at=at - timedelta(days=8),
        )


def _contacts(at: datetime, told: Collection[str]) -> None:
    """Write calls and an e-mail outside sessions, about a few people."""
    people = _drawn(told)
    wanted = (
        ("person", "", "us", "telephone", "no_answer", ""),
        (
            "probation",
            "Wren Tallow, probation officer",
            "them",
            "telephone",
            "spoke",
            "Reports weekly, on Mondays.",
        ),
        (
            "person",
            "",
            "them",
            "telephone",
            "spoke",
            "A hard weekend. Used the card, and wants to talk about it.",
        ),
    )
    for session, (party, who, begun, way, outcome, words) in zip(people, wanted, strict=False):
        Contact.objects.create(
            referral_id=session.episode.referral_id,
            held_at=at - timedelta(days=3),
            party=party,
            who=who,
            begun=begun,
            way=way,
            purpose="support",
            outcome=outcome,
            words=words,
            submission=f"contact-{session.ref}",
            noted_by=MANAGER[session.episode.area],
            noted_at=at - timedelta(days=3),
        )


def _changes(today: date, at: datetime) -> None:
    """Move one session, and plan a catch-up for a missed one in the evening of the next working day."""
    moved = Session.objects.filter(state="planned", number=12).order_by("pk").first()
    missed = Session.objects.filter(state="missed", episode__state="in_sessions").order_by("pk").first()
    if moved:
        before = TimestamptzRange(
            moved.period.lower - timedelta(days=2), moved.period.upper - timedelta(days=2)
        )
        _change(moved, at, kind="moved", before=before, after=moved.period, asked_by="person", why="work")
    if missed:
        evening = period(working_days.after(today, 1), EVENING, 60)
        catch_up = Session.objects.create(
            episode=missed.episode,
            number=missed.number,
            kind="catch_up",
            practitioner=missed.practitioner,
            period=TimestamptzRange(evening.start, evening.end),
            curriculum=missed.curriculum,
            module=missed.module,
            about=missed.about,
            skills=missed.skills,
            measures=missed.measures,
        )
        _change(catch_up, at, kind="added", after=catch_up.period, asked_by="practitioner", why="missed")


def _change(session: Session, at: datetime, **said: object) -> None:
    Move.objects.create(
        session=session,
        decision=f"decision-{session.ref}",
        words="",
        room_before=session.room if said["kind"] == "moved" else None,
        room_after=session.room,
        practitioner_before=session.practitioner if said["kind"] == "moved" else None,
        practitioner_after=session.practitioner,
        made_by=session.practitioner.ref,
        made_at=at - timedelta(days=3),
        **said,
    )
