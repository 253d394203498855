"""The people who left: how, when, at which session, who decided it, and which follow-up comes next."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Allocation
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.models import Leaving
from desist.programme.leaving.states import By, Reason, State
from desist.programme.pages.leavers.policy import Action
from desist.programme.practitioners.models import Practitioner
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import OF_THE_TWELVE
from desist.references import spoken
from desist.ui import dates, spreadsheets
from desist.ui.tables import Cursor, Paging, Sort, page
from desist.wall import gate, policy
from desist.wall.actors import Actor

SORTED = ("ended_at", "person", "by", "reached", "follow_up")
COLUMNS = (
    "Person",
    "Reference",
    "How",
    "Reason",
    "Left on",
    "Reached",
    "Decided by",
    "Practitioner",
    "Next follow-up",
)
#: after every real day: people without a follow-up come last
NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Narrowed:
    """The filters: the year of leaving, the way, the practitioner's reference; None or "" filters nothing."""

    year: int | None = None
    way: str = ""
    practitioner: str = ""


@dataclass(frozen=True)
class Leaver:
    """One person who left. `reached` is the last session of the twelve that they attended, 0 where there was none."""

    episode: str
    spoken: str
    name: str
    how: str
    reason: str
    ended_at: datetime
    reached: int
    decided_by: str
    practitioner: str
    follow_up: date | None


def leavers(
    *, actor: Actor, narrowed: Narrowed, sort: Sort, cursor: Cursor, at: datetime
) -> tuple[tuple[Leaver, ...], Paging]:
    """Return a page of the people who left, and how the list goes on."""
    rows = gate.see(actor, Action.SEE_LEAVERS, Leaving, at=at)
    shown, paging = page(_told(rows, narrowed), sort=sort, cursor=cursor)
    return _lines(shown), paging


def staff(*, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the practitioners of the area, to filter by."""
    return tuple(Practitioner.objects.filter(area=actor.area).order_by("name").values_list("ref", "name"))


def make(*, actor: Actor, criteria: dict[str, Any], at: datetime) -> tuple[str, bytes]:
    """Return the list as a file with names: one person asked for it, and a second one released it."""
    rows = gate.see(actor, Action.EXPORT_LEAVERS, Leaving, at=at)
    found = _lines(_told(rows, Narrowed(**criteria)).order_by("-ended_at", "ref"))
    lines = [
        (
            *(one.name, one.spoken, one.how, one.reason, dates.on(one.ended_at), reached(one.reached)),
            *(one.decided_by, one.practitioner, dates.on(one.follow_up) if one.follow_up else ""),
        )
        for one in found
    ]
    return "people-who-left.csv", spreadsheets.as_csv(COLUMNS, lines)


def may_export(actor: Actor) -> bool:
    """Return whether the actor may ask for the list as a file."""
    return policy.opens(actor.role, "leavers:file")


def criteria(narrowed: Narrowed) -> dict[str, Any]:
    """Return the filters as a request for the file keeps them."""
    return asdict(narrowed)


def reached(number: int) -> str:
    """Return how far a person came, in words."""
    return f"Session {number} of 12" if number else "No session"


def _told(rows: QuerySet[Leaving], narrowed: Narrowed) -> QuerySet[Leaving]:
    """Return the leavings that stand, narrowed, with everything that a line says and the list is sorted by."""
    which = Q(state=State.ENDED)
    which &= Q(ended_at__year=narrowed.year) if narrowed.year else Q()
    which &= Q(by=narrowed.way) if narrowed.way else Q()
    last = Allocation.objects.filter(episode=OuterRef("episode"), leave=None).order_by("-made_at", "-pk")
    attended = Session.objects.filter(episode=OuterRef("episode"), state="attended", kind__in=OF_THE_TWELVE)
    due = FollowUp.objects.filter(episode=OuterRef("episode"), outcome="", voided_at=None)
    said = rows.filter(which).annotate(
        person=Concat(
            "episode__referral__family_name",
            Value(" "),
            "episode__referral__given_names",
            output_field=CharField(),
        ),
        reached=Coalesce(
            Subquery(attended.order_by().values("episode").annotate(last=Max("number")).values("last")), 0
        ),
        follow_up=Coalesce(
            Subquery(due.order_by().values("episode").annotate(first=Min("due_on")).values("first")),
            Value(NEVER),
            output_field=DateField(),
        ),
        practitioner=Subquery(last.values("practitioner__name")[:1]),
        practitioner_ref=Subquery(last.values("practitioner__ref")[:1]),
    )
    said = said.filter(practitioner_ref=narrowed.practitioner) if narrowed.practitioner else said
    return said.select_related("episode__referral")


def _lines(rows: Iterable[Any]) -> tuple[Leaver, ...]:
    found = list(rows)
    names = accounts.names(refs={one.decided_by for one in found})
    return tuple(
        Leaver(
            episode=one.episode.ref,
            spoken=spoken(one.episode.ref),
            name=one.episode.referral.name,
            how=By(one.by).label,
            reason=Reason(one.reason).label,
            ended_at=one.ended_at,
            reached=one.reached,
            decided_by=names.get(one.decided_by, ""),
            practitioner=one.practitioner or "",
            follow_up=None if one.follow_up == NEVER else one.follow_up,
        )
        for one in found
    )
