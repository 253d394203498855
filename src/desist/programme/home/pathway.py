"""What is lacking of the pathway with people whom somebody works with: told, answered, assessed, measured."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from desist.programme.agreement import queries as agreement
from desist.programme.agreement.states import State as Agreement
from desist.programme.assessments import queries as assessments
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.home.dues import MOST, Due
from desist.programme.measures import queries as measures
from desist.programme.sessions.models import HOLDING, Session
from desist.programme.sessions.states import State
from desist.references import spoken
from desist.ui import dates
from desist.wall.actors import Actor, Role

#: so long before a session it is time to tell and to ask
AHEAD = timedelta(days=7)
#: nobody has said whether the person takes part, and the first session is near or past
UNANSWERED = Q(agreement=None)
#: whoever refused or withdrew, and whom nothing requires, is neither assessed nor measured
GOES_ON = (
    UNANSWERED
    | ~Q(agreement__requirement="")
    | ~Q(agreement__state__in=[Agreement.REFUSED, Agreement.WITHDRAWN])
)
MISSING = Q(attended=True) & (Q(assessed=None) | Q(measured=False)) & GOES_ON


def lacking(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> tuple[list[Due], list[Due]]:
    """Whom to tell and to ask; and who is in sessions without an assessment or a baseline. One statement."""
    held = Session.objects.filter(HOLDING, episode=OuterRef("pk")).order_by("period")
    rows = _theirs(episodes, actor).filter(ended_at=None)
    rows = rows.annotate(
        told=agreement.told(OuterRef("pk")),
        assessed=assessments.stands(OuterRef("pk")),
        measured=measures.begun(OuterRef("pk")),
        attended=Exists(Session.objects.filter(episode=OuterRef("pk"), state=State.ATTENDED)),
        first=Subquery(held.values("period__startswith")[:1]),
    )
    rows = rows.filter(UNANSWERED & Q(first__lte=at + AHEAD) | MISSING).order_by("first", "pk")
    found = list(
        rows.values("ref", "told", "assessed", "measured", "attended", "first", "agreement__state")[:MOST]
    )
    return [*_to_ask(found, at)], [*_missing(found)]


def _to_ask(rows: Iterable[dict[str, Any]], at: datetime) -> Iterator[Due]:
    """Who meets us, or does within a week, and was not told what must be passed on, or has not answered."""
    for row in rows:
        if row["agreement__state"] is None:
            ref, first = row["ref"], row["first"]
            sentence = (
                f"Record the answer of {spoken(ref)}" if row["told"] else f"Give {spoken(ref)} the notice"
            )
            urgency = "late" if first <= at else "soon"
            yield Due(sentence, "agreement:agreement", ref, f"session of {dates.on(first)}", urgency)


def _missing(rows: Iterable[dict[str, Any]]) -> Iterator[Due]:
    """Who was assessed or measured by nobody before the sessions began: nobody is led there any more otherwise."""
    for row in rows:
        if row["attended"]:
            ref, clock = row["ref"], f"sessions began on {dates.on(row['first'])}"
            if row["assessed"] is None:
                yield Due(f"Assess {spoken(ref)}", "assessments:assessments", ref, clock, "late")
            if not row["measured"]:
                sentence = f"Take the baseline measures of {spoken(ref)}"
                yield Due(sentence, "measures:measures", ref, clock, "late")


def _theirs(episodes: QuerySet[Episode], actor: Actor) -> QuerySet[Episode]:
    """Of these people those with whom whoever looks works: a manager with those with whom nobody else does."""
    if actor.role is Role.PRACTITIONER:
        return episodes
    current = Allocation.objects.filter(episode=OuterRef("pk"), ended_at=None)
    return episodes.filter(~Exists(current)) if actor.role is Role.MANAGER else episodes.none()
