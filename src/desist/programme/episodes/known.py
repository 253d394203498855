"""What is read about a person to say what comes before the first session: columns of the statement of their page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.expressions import Combinable

from desist.programme.agreement import footing
from desist.programme.assessments.models import HOLDING, Assessment
from desist.programme.episodes.before import Known
from desist.programme.episodes.states import OPEN
from desist.programme.measures.models import Measure
from desist.programme.measures.states import Occasion

COLUMNS = ("agreement__state", "agreement__requirement", "told", "assessed", "measured")


def asked() -> dict[str, Combinable]:
    """What the statement asks of each episode."""
    assessments = Assessment.objects.filter(HOLDING, episode=OuterRef("pk")).order_by(
        "-state"
    )  # finished first
    baseline = Measure.objects.filter(episode=OuterRef("pk"), occasion=Occasion.BASELINE, struck_at=None)
    return {
        "told": footing.told("pk"),
        "assessed": Subquery(assessments.values("state")[:1]),
        "measured": Exists(baseline),
    }


def known(said: Mapping[str, Any], *, planned: bool, begun: bool) -> Known:
    """What it answered; `planned` and `begun` are of the sessions."""
    state, requirement = said["agreement__state"], said["agreement__requirement"]
    return Known(
        stands=footing.Stands.read(state, requirement, told=said["told"]),
        assessment=said["assessed"] or "",
        measured=said["measured"],
        allocated=bool(said["who"]),
        planned=planned,
        begun=begun,
        over=said["state"] not in OPEN,
    )
