"""Lists of people on the programme: what a line says of each, and their order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Value, When

from desist.audit.watching.states import Case
from desist.programme import clocks
from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.episodes.states import OPEN, State
from desist.programme.referrals.models import name_order
from desist.programme.sessions.models import OF_THE_COURSE, Session
from desist.programme.sessions.states import OF_THE_TWELVE
from desist.references import spoken
from desist.wall.actors import Actor, Role
from desist.wall.audit import row_name

PAGE = 30
#: the tables whose rows are watched for who opens them
WATCHED = ("programme.episode",)
STAGES: dict[str, str] = dict(State.choices)
MARKS = {"attended": "✓", "missed": "✕", "planned": "○"}
#: what a list of people is narrowed to -> the states of an episode
STAGED = {"": OPEN, **{state.value: (state,) for state in OPEN}, "gone": (State.COMPLETED, State.LEFT)}
#: what a list is sorted by -> the order in the database
ORDERS = {"next": F("next_at"), "attended": F("attended")}
#: The order of names, as the index `referrals_by_name` holds it, so that no page sorts an area's people.
NAME = name_order("referral__family_name")


@dataclass(frozen=True)
class CaseloadRow:
    """One line of the caseload."""

    ref: str
    spoken: str
    name: str
    state: str
    clock: clocks.DayCount | None
    practitioner: str
    practitioner_ref: str
    attended: int
    strip: str  # the sessions in order: attended, missed, planned
    next_at: datetime | None
    concern: bool


def line(
    rows: QuerySet[Episode], *, order: tuple[Any, ...] = (), start: int = 0
) -> QuerySet[Episode, tuple[Any, ...]]:
    """Return the columns of a list of people, by name unless in another order: one row more than a page holds."""
    planned = Session.objects.filter(episode=OuterRef("pk"), state="planned").order_by("period")
    current = Allocation.objects.filter(episode=OuterRef("pk"), ended_at=None, leave=None)
    of_the_twelve = Session.objects.filter(
        episode=OuterRef("pk"), state="attended", kind__in=OF_THE_TWELVE
    ).order_by()
    marks = models.Case(*(When(state=state, then=Value(mark)) for state, mark in MARKS.items()))
    strip = (
        Session.objects.filter(OF_THE_COURSE, episode=OuterRef("pk")).exclude(state="cancelled").order_by()
    )
    said = rows.annotate(
        who=Subquery(current.values("practitioner__name")[:1]),
        who_ref=Subquery(current.values("practitioner__ref")[:1]),
        strip=Subquery(
            strip.values("episode").annotate(all=StringAgg(marks, "", order_by="period")).values("all")
        ),
        attended=Subquery(
            of_the_twelve.values("episode").annotate(n=Count("number", distinct=True)).values("n")
        ),
        next_at=Subquery(planned.values("period__startswith")[:1]),
        concern=Exists(Concern.objects.filter(referral=OuterRef("referral"), closed_at=None)),
    )
    return said.order_by(*order, NAME, "referral").values_list(
        *("ref", "referral__given_names", "referral__family_name", "state", "referral__completed_at"),
        *("who", "who_ref", "attended", "strip", "next_at", "concern"),
    )[start : start + PAGE + 1]


def lines(found: Iterable[tuple[Any, ...]], *, at: datetime) -> tuple[CaseloadRow, ...]:
    """Return the lines of a list, from what `line` found."""
    return tuple(
        CaseloadRow(
            ref=ref,
            spoken=spoken(ref),
            name=f"{given} {family}",
            state=STAGES[state],
            clock=clocks.allocation(complete_at=complete, now=at) if state == State.WAITING else None,
            practitioner=who or "",
            practitioner_ref=who_ref or "",
            attended=attended or 0,
            strip=strip or "",
            next_at=next_at,
            concern=concern,
        )
        for ref, given, family, state, complete, who, who_ref, attended, strip, next_at, concern in found
    )


def counted(rows: QuerySet[Any], of: str) -> Subquery:
    """How many rows there are of each."""
    return Subquery(rows.order_by().values(of).annotate(number=Count("pk")).values("number"))


def watched(*, rows: Iterable[str]) -> dict[str, Case]:
    """Return by audit name whose people these are now, and since when they are no longer on the programme."""
    refs = [row.partition(":")[2] for row in rows]
    current = Prefetch("allocations", Allocation.objects.filter(ended_at=None).select_related("practitioner"))
    return {
        row_name(Episode, one.ref): Case(
            frozenset(held.practitioner.ref for held in one.allocations.all()), one.ended_at
        )
        for one in Episode.objects.filter(ref__in=refs).prefetch_related(current)
    }


def own_cases(actor: Actor) -> QuerySet[Allocation, Any] | None:
    """Return references of the people in a practitioner's work now; None for a role that works with the whole area."""
    if actor.role is not Role.PRACTITIONER:
        return None
    current = Allocation.objects.filter(practitioner__ref=actor.who, ended_at=None)
    return current.values_list("episode__referral__ref")
