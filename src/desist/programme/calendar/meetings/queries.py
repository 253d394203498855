"""Sessions and assessments together: the times they hold, and those that are planned.

This module looks among the people it is given, and decides nothing about who may see them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, Value

from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import How, State
from desist.programme.calendar.attendees import queries as company
from desist.programme.episodes.models import Episode
from desist.programme.intervals import Interval
from desist.programme.practitioners.models import Practitioner
from desist.programme.premises.models import Room
from desist.programme.sessions.models import HOLDING, Session
from desist.programme.sessions.states import State as SessionState
from desist.programme.sessions.states import title
from desist.referral.lists import StaffRisk

ASSESSMENT = "assessments:assessment"
#: the columns that sessions and assessments share
TOLD = (
    *("ref", "kind", "number", "episode"),
    *("episode__referral__given_names", "episode__referral__family_name"),
    *("period", "room__name", "elsewhere", "how"),
    *("practitioner__name", "second__name", "others", "alone", "episode__referral__risk_kinds"),
)


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
    beside: str  # who else is there
    not_alone: bool  # as the referral says

    def beside_another(self) -> "Meeting":
        """Return the meeting as its second member of staff sees it: it leads to no page of the person."""
        return replace(self, route="", beside=f"With {self.holder or 'nobody yet'}")


def taken(
    *,
    episode: Episode,
    staff: Collection[Practitioner],
    room: Room | None,
    since: datetime,
    besides: int | None = None,
) -> list[Interval]:
    """Return the appointments that end after a moment: of the person, in the room, or with these members of staff.

    `besides` is the key of the meeting that is being moved.
    """
    whose = Q(episode=episode) | (Q(room=room) if room else Q(pk=None))
    whose |= Q(practitioner__in=staff) | Q(second__in=staff)
    rows = Assessment.objects.filter(whose, state=State.APPOINTED, period__endswith__gt=since)
    rows = rows.exclude(pk=besides) if besides else rows
    return [Interval(one.period.lower, one.period.upper, _words(one, episode, room, staff)) for one in rows]


def planned(whose: Q, *, until: datetime) -> tuple[Meeting, ...]:
    """Return what begins before a moment and is neither finished nor cancelled, in its order; in one query."""
    which = whose & Q(period__startswith__lt=until)
    sessions = Session.objects.filter(which, state=SessionState.PLANNED)
    assessments = Assessment.objects.filter(which, state=State.APPOINTED)
    both = sessions.annotate(elsewhere=Value(""), how=Value("")).values_list(*TOLD)
    found = both.union(
        assessments.annotate(kind=Value(""), number=Value(0)).values_list(*TOLD), all=True
    ).order_by("period")
    return tuple(_meeting(one) for one in found)


def _meeting(found: tuple[Any, ...]) -> Meeting:
    ref, kind, number, episode, given, family, period, room, elsewhere, how, *company_and_risks = found
    holder, second, others, alone, risks = company_and_risks
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
        beside=company.words(second=second or "", others=others, alone=alone),
        not_alone=StaffRisk.ALONE in risks,
    )


def _words(one: Assessment, episode: Episode, room: Room | None, staff: Collection[Practitioner]) -> str:
    if one.episode_id == episode.pk:
        return "the person has an assessment then"
    if room and one.room_id == room.pk:
        return "the room is taken then"
    name = next(each.name for each in staff if each.pk in {one.practitioner_id, one.second_id})
    return f"{name} has an assessment then"


def sessions_taken(
    *,
    episode: Episode,
    staff: Collection[Practitioner],
    room: Room | None,
    since: datetime,
    besides: Iterable[int],
) -> list[Interval]:
    """Return the sessions that end after a moment: of the person, in the room, or with these members of staff."""
    rows = Session.objects.filter(HOLDING, period__endswith__gt=since).exclude(pk__in=list(besides))
    theirs = Q(practitioner__in=staff) | Q(second__in=staff) | Q(episode=episode)
    rows = rows.filter(theirs | (Q(room=room) if room else Q(pk=None)))
    found = []
    for held, whose, *who in rows.order_by("period").values_list(
        "period", "episode", "practitioner", "second"
    ):
        busy_then = next((one.name for one in staff if one.pk in who), "")
        words = (
            "the person has another session then"
            if whose == episode.pk
            else f"{busy_then} has another session then"
            if busy_then
            else "the room is taken then"
        )
        found.append(Interval(held.lower, held.upper, words))
    return found
