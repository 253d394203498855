"""The columns of a person's page that say what comes before the first session."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import OuterRef
from django.db.models.expressions import Combinable

from desist.programme.agreement import footing
from desist.programme.agreement import queries as agreement
from desist.programme.assessments import queries as assessments
from desist.programme.episodes.states import OPEN
from desist.programme.measures import queries as measures
from desist.programme.pages.person.before import StepFacts

COLUMNS = ("agreement__state", "agreement__requirement", "told", "assessed", "measured")
#: as the strip draws them: attended sessions, and all past ones
ATTENDED = frozenset({"done", "catchup"})
BEHIND = ATTENDED | {"missed"}


def asked() -> dict[str, Combinable]:
    """Return what the statement asks of each episode."""
    return {
        "told": agreement.told(OuterRef("pk")),
        "assessed": assessments.stands(OuterRef("pk")),
        "measured": measures.begun(OuterRef("pk")),
    }


def known(said: Mapping[str, Any], *, marks: Collection[str]) -> StepFacts:
    """Return the statement's answer; `marks` are those of the sessions."""
    state, requirement = said["agreement__state"], said["agreement__requirement"]
    return StepFacts(
        stands=footing.Stands.read(state, requirement, told=said["told"]),
        assessment=said["assessed"] or "",
        measured=said["measured"],
        judged=bool(said["judged"]),
        allocated=bool(said["who"]),
        planned=bool(marks),
        begun=not BEHIND.isdisjoint(marks),
        over=said["state"] not in OPEN,
        attended=not ATTENDED.isdisjoint(marks),
    )
