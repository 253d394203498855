"""Sessions and assessments together: the times they hold, and those that are planned.

This module looks among the people it is given, and decides nothing about who may see them.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Value

from desist.circumstances.states import Kind
from desist.programme.assessments.models import HOLDING as APPOINTED
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import How, State
from desist.programme.calendar.attendees import queries as company
from desist.programme.circumstances import known as circumstances
from desist.programme.circumstances.queries import asked
from desist.programme.episodes.models import Episode
from desist.programme.intervals import Interval
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.programme.sessions.models import HOLDING, Session
from desist.programme.sessions.states import State as SessionState
from desist.programme.sessions.states import title
from desist.wall.statements import Statement, among, moment, texts

ASSESSMENT = "assessments:assessment"
#: the columns that sessions and assessments share
TOLD = (
    *("ref", "kind", "number", "episode"),
    *("episode__referral__given_names", "episode__referral__family_name"),
    *("period", "room__name", "elsewhere", "how"),
    *("practitioner", "practitioner__name", "second__name", "others", "alone"),
    *("episode__referral__risk_kinds", "episode__referral__risks_to_staff", "noted"),
)
#: the columns of the time that they hold
HELD = ("period", "kind", "episode", "room__ref", "practitioner", "second")


@dataclass(frozen=True)
class Meeting:
    """A session or an assessment that is planned; `route` and `ref` lead the person's practitioner to where it begins."""

    route: str
    ref: str
    title: str
    assessment: bool
    episode: int
    name: str
    starts_at: datetime
    ends_at: datetime
    place: str
    holder: str  # the practitioner; "" for nobody yet
    holder_key: int | None
    beside: str  # who else is there
    not_alone: bool  # by the risks to staff in force

    def beside_another(self) -> "Meeting":
        """Return the meeting as its second member of staff sees it: it leads to no page of the person."""
        return replace(self, route="", beside=f"With {self.holder or 'nobody yet'}")


@dataclass(frozen=True)
class Held:
    """The time of a session or an assessment, with the keys of its person and staff and the reference of its room.

    `kind` is empty for an assessment, `room` for a meeting without one.
    """

    period: Interval
    kind: str
    episode: int
    room: str
    staff: frozenset[int]


def holding(
    *,
    episode: Episode,
    staff: Collection[Practitioner],
    rooms: Collection[str],
    since: datetime,
    besides: Iterable[int] = (),
    besides_assessment: int | None = None,
) -> list[Held]:
    """Return the meetings that end after a moment: of the person, in one of the rooms, or with these members of staff.

    `besides` and `besides_assessment` are keys of the meetings that are being moved.
    """
    moved = {"besides": list(besides), "besides_assessment": [besides_assessment or 0]}
    whose = {"people": [episode.pk], "staff": [one.pk for one in staff], "rooms": list(rooms)}
    return [
        Held(Interval(period.lower, period.upper), kind, person, room or "", frozenset(who))
        for period, kind, person, room, *who in AHEAD.rows(since=since, **whose, **moved)
    ]


def _ahead() -> QuerySet[Any]:
    staff = among("staff")
    found = []
    # each is asked by itself, so that it finds its own index; a meeting of several comes once
    for whose in (
        Q(episode__in=among("people")),
        Q(practitioner__in=staff),
        Q(second__in=staff),
        Q(room__ref__in=texts("rooms")),
    ):
        ahead = whose & Q(period__endswith__gt=moment("since"))
        sessions = Session.objects.filter(HOLDING & ahead).exclude(pk__in=among("besides"))
        assessments = Assessment.objects.filter(APPOINTED & ahead).exclude(pk__in=among("besides_assessment"))
        found += [sessions.values_list(*HELD), assessments.annotate(kind=Value("")).values_list(*HELD)]
    first, *others = found
    both: QuerySet[Any] = first.union(*others)
    return both.order_by("period")


AHEAD = Statement(_ahead)


def taken(
    *,
    episode: Episode,
    staff: Collection[Practitioner],
    room: Room | None,
    since: datetime,
    besides: Iterable[int] = (),
    besides_assessment: int | None = None,
) -> list[Interval]:
    """Return what `holding` finds for one room, with the sentence that says who or what is taken then."""
    rooms = [room.ref] if room else []
    found = holding(
        episode=episode,
        staff=staff,
        rooms=rooms,
        since=since,
        besides=besides,
        besides_assessment=besides_assessment,
    )
    return [replace(one.period, words=_words(one, episode, staff)) for one in found]


def planned(whose: Q, *, until: datetime) -> tuple[Meeting, ...]:
    """Return what begins before a moment and is neither finished nor cancelled, in its order; in one query."""
    return of(rows(whose & Q(period__startswith__lt=until)))


def rows(*which: Q) -> QuerySet[Any]:
    """Return the rows of the sessions and assessments that are neither finished nor cancelled, in their order.

    Each of `which` is asked by itself, so that each finds its own index: a meeting belongs to one of them.
    """
    first, *others = (found for one in which for found in _planned(one))
    both: QuerySet[Any] = first.union(*others, all=True)
    return both.order_by("period")


def _planned(which: Q) -> Iterator[QuerySet[Any]]:
    noted = asked(OuterRef("episode"))
    sessions = Session.objects.filter(which, state=SessionState.PLANNED).annotate(noted=noted)
    assessments = Assessment.objects.filter(which, state=State.APPOINTED).annotate(noted=noted)
    yield sessions.annotate(elsewhere=Value(""), how=Value("")).values_list(*TOLD)
    yield assessments.annotate(kind=Value(""), number=Value(0)).values_list(*TOLD)


def of(found: Iterable[tuple[Any, ...]]) -> tuple[Meeting, ...]:
    """Return the meetings of such rows."""
    return tuple(_meeting(one) for one in found)


def _meeting(found: tuple[Any, ...]) -> Meeting:
    ref, kind, number, episode, given, family, period, room, elsewhere, how, *company_and_risks = found
    holder_key, holder, second, others, alone, risks, words, noted = company_and_risks
    return Meeting(
        route="sessions:prepare" if kind else ASSESSMENT,
        ref=ref,
        title=title(kind, number) if kind else "Assessment",
        assessment=not kind,
        episode=episode,
        name=f"{given} {family}",
        starts_at=period.lower,
        ends_at=period.upper,
        place=room or elsewhere or (str(How(how).label) if how else "Remote"),
        holder=holder or "",
        holder_key=holder_key,
        beside=company.words(second=second or "", others=others, alone=alone),
        not_alone=Kind.ALONE in circumstances.risks(risks, words, circumstances.held(noted)).kinds,
    )


def _words(one: Held, episode: Episode, staff: Collection[Practitioner]) -> str:
    what = "another session" if one.kind else "an assessment"
    if one.episode == episode.pk:
        return f"the person has {what} then"
    name = next((each.name for each in staff if each.pk in one.staff), "")
    return f"{name} has {what} then" if name else "the room is taken then"
