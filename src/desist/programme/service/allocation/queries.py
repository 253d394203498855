"""What has to be known to give people to practitioners."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, FilteredRelation, Q, QuerySet

from desist.programme import clocks
from desist.programme.assessments.models import Assessment
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.calendar.planner import commands as planner
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import OPEN
from desist.programme.practitioners import fitness
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.allocation import commands
from desist.programme.service.allocation.policy import Action
from desist.programme.service.handover_requests import commands as asking
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.handover_requests.states import Answer
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import State as SessionState
from desist.programme.team import commands as places
from desist.programme.team import commands as team
from desist.programme.team.policy import Action as TeamAction
from desist.programme.triage.models import Delay
from desist.programme.triage.states import DelayReason
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.statements import Question


@dataclass(frozen=True)
class Candidate:
    """A practitioner as the allocation page offers them, and everything that stands in the way."""

    ref: str
    name: str
    profession: str
    people: int
    capacity: int
    obstacles: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """A request that a colleague has not answered, or has refused: a manager decides what follows."""

    ref: str
    episode: str
    person: str
    to: str
    what: str  # the meeting, where one is covered; "" where the person is handed over
    route: str  # where a manager decides again, with `leads`
    leads: str
    at_once: bool
    asked_at: datetime
    refused: str  # why


@dataclass(frozen=True)
class AllocationPage:
    """The person to allocate, and who could take them. `late`: a reason for the delay is still missing."""

    ref: str
    spoken: str
    name: str
    version: int
    clock: clocks.DayCount
    waiting: bool
    late: bool
    delay: str
    practitioner: str
    candidates: tuple[Candidate, ...]
    to_finish: bool  # of a person who left: the record needs a practitioner
    places: str
    gone: bool  # the practitioner of now has left or is away, so a colleague takes over at once
    standing: tuple[Standing, ...]


@dataclass(frozen=True)
class Handed:
    """One of the people who are handed over, and who could take them."""

    ref: str
    spoken: str
    name: str
    sessions: int  # ahead
    assessments: int  # ahead
    able: tuple[tuple[str, str], ...]
    blocked: tuple[str, ...]


@dataclass(frozen=True)
class HandOver:
    """A practitioner who hands over, and their people."""

    ref: str
    name: str
    version: int
    people: tuple[Handed, ...]


def page(*, actor: Actor, ref: str, at: datetime, finishing: bool = False) -> AllocationPage:
    """One person, to be allocated; `finishing` where they left and the record is to be finished."""
    row = gate.open(actor, Action.ALLOCATE, Episode, ref, at=at).select_related("referral").get()
    team_rows = gate.see(actor, TeamAction.SEE_TEAM, Practitioner, at=at)
    current = planner.allocated(row)
    delay = Delay.objects.filter(referral=row.referral_id).order_by("-recorded_at").first()
    first = row.allocations.filter(leave=None).order_by("made_at").values_list("made_at", flat=True).first()
    checked = team.checked(team_rows, row.referral, actor=actor, at=at, standing_in=finishing)
    others = [one for one in checked if not current or one[0].pk != current.pk]
    return AllocationPage(
        ref=row.ref,
        spoken=spoken(row.ref),
        name=_name(row),
        version=row.version,
        clock=clocks.allocation(complete_at=row.referral.completed_at, now=first or at),
        waiting=first is None,
        late=not finishing and commands.late_without_reason(row, at),
        delay=DelayReason(delay.reason).label if delay else "",
        practitioner=current.name if current else "",
        candidates=tuple(
            Candidate(
                ref=one.ref,
                name=one.name,
                profession=str(one.get_profession_display()),
                people=int(getattr(one, "people", 0)),
                capacity=one.capacity,
                obstacles=obstacles,
            )
            for one, obstacles in others
            if one.profession
        ),
        to_finish=finishing and commands.needs_finishing(row, at=at),
        places=places.places_of([team.standing(one) for one, _ in checked], actor=actor, at=at).words,
        gone=current is not None and asking.is_gone(current, at),
        standing=standing(Q(episode=row, leave=None)),
    )


def to_hand_over(*, actor: Actor, ref: str, at: datetime) -> HandOver:
    """A practitioner's people, and who could take each of them."""
    row = gate.open(actor, Action.HAND_OVER, Practitioner, ref, at=at).get()
    others = Practitioner.objects.filter(area=row.area, left_on=None).exclude(pk=row.pk)
    current = Allocation.objects.filter(
        practitioner=row, ended_at=None, leave=None, episode__state__in=OPEN, episode__in=team.visible(actor)
    ).select_related("episode__referral")
    people = [one.episode for one in current.order_by("episode__pk")]
    answers = team.checked_for(others, [one.referral for one in people], actor=actor, at=at)
    sessions = _ahead(Session.objects.filter(state=SessionState.PLANNED, episode__in=people), at)
    assessments = _ahead(Assessment.objects.filter(state=AssessmentState.APPOINTED, episode__in=people), at)
    return HandOver(
        row.ref,
        row.name,
        row.version,
        tuple(
            Handed(
                ref=one.ref,
                spoken=spoken(one.ref),
                name=_name(one),
                sessions=sessions.get(one.pk, 0),
                assessments=assessments.get(one.pk, 0),
                able=tuple((who.ref, who.name) for who, keeps in answers[one.referral_id] if not keeps),
                blocked=tuple(sentence for _, keeps in answers[one.referral_id] for sentence in keeps),
            )
            for one in people
        ),
    )


#: the columns that a line about a request shows
STANDING = (
    *("ref", "state", "at_once", "asked_at", "words", "to__name", "leave__practitioner__ref"),
    *("episode__ref", "episode__referral__given_names", "episode__referral__family_name"),
    *("session__kind", "session__number", "session__period", "assessment__period"),
)


def standing(which: Q) -> tuple[Standing, ...]:
    """Return those of these requests that wait for an answer or were refused, the refused ones first.

    This looks among the requests it is given, and decides nothing about who may see them.
    """
    rows = HandoverRequest.objects.filter(which, state__in=[Answer.ASKED, Answer.REFUSED])
    rows = rows.filter(Q(leave=None) | Q(leave__removed_at=None))
    rows = rows.select_related("episode__referral", "to", "session", "assessment", "leave__practitioner")
    return tuple(
        Standing(
            ref=one.ref,
            episode=one.episode.ref,
            person=_name(one.episode),
            to=one.to.name,
            what=one.what,
            route="absences:add" if one.leave else "allocation:allocate",
            leads=one.leave.practitioner.ref if one.leave else one.episode.ref,
            at_once=one.at_once,
            asked_at=one.asked_at,
            refused=one.words if one.state == Answer.REFUSED else "",
        )
        for one in rows.only(*STANDING).order_by("-state", "asked_at")
    )


def _ahead(meetings: QuerySet[Any], at: datetime) -> dict[int, int]:
    """Return by person how many of these meetings lie ahead."""
    ahead = meetings.filter(period__startswith__gt=at).order_by()
    return dict(ahead.values_list("episode").annotate(number=Count("pk")))


def linked(*, actor: Actor) -> list[tuple[str, str, str]]:
    """Practitioners by name who declared a link to one of their own people, with that person's reference and name."""
    found = {
        (name, episode, f"{given} {family}")
        for name, episode, ref, given, family, born, case, *named in gate.within(
            actor, Action.ALLOCATE, LINKED
        )
        if (case == ref if case else fitness.same(fitness.Named(*named), fitness.Named(given, family, born)))
    }
    return sorted(found)


def _linked(rows: QuerySet[Episode]) -> QuerySet[Any]:
    standing = FilteredRelation(
        "practitioner__declarations", condition=Q(practitioner__declarations__ended_at=None)
    )
    held = Allocation.objects.filter(ended_at=None, episode__in=rows).annotate(declared=standing)
    return held.filter(declared__isnull=False).values_list(
        *("practitioner__name", "episode__ref", "episode__referral__ref"),
        *("episode__referral__given_names", "episode__referral__family_name", "episode__referral__born"),
        *("declared__case", "declared__given_names", "declared__family_name", "declared__born"),
    )


LINKED = Question(Episode, _linked)


def _name(row: Episode) -> str:
    return f"{row.referral.given_names} {row.referral.family_name}"
