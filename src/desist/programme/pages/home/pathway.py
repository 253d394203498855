"""What is missing for people in a practitioner's care: told, answered, assessed, measured. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from desist.programme.agreement.states import State as Agreement
from desist.programme.pages.home.dues import Due
from desist.references import spoken
from desist.ui import dates

#: how long before a session the practitioner has to tell and to ask
AHEAD = timedelta(days=7)
#: the person has not answered whether they take part
UNANSWERED = Q(agreement=None)
#: a person who refused or withdrew and is under no requirement is neither assessed nor measured
GOES_ON = (
    UNANSWERED
    | ~Q(agreement__requirement="")
    | ~Q(agreement__state__in=[Agreement.REFUSED, Agreement.WITHDRAWN])
)
#: episodes (columns of `COLUMNS`) in sessions without an assessment, a baseline or a judgement of risk
MISSING = Q(attended=True) & (Q(assessed=None) | Q(measured=False) | Q(judged=False)) & GOES_ON
COLUMNS = ("ref", "told", "assessed", "measured", "judged", "attended", "first", "agreement__state")


def to_ask(rows: Iterable[Mapping[str, Any]], *, at: datetime) -> Iterator[Due]:
    """Return people with a session, held or within a week, who were not given the notice or have not answered."""
    for row in rows:
        if row["agreement__state"] is None:
            ref, first = row["ref"], row["first"]
            who = spoken(ref)
            sentence = f"Record the answer of {who}" if row["told"] else f"Give {who} the notice"
            urgency = "late" if first <= at else "soon"
            yield Due(sentence, "agreement:agreement", ref, f"session of {dates.on(first)}", urgency)


def missing(rows: Iterable[Mapping[str, Any]]) -> Iterator[Due]:
    """Return people in sessions who were never assessed, have no baseline, or never had a judgement of risk."""
    for row in rows:
        if row["attended"]:
            ref, clock = row["ref"], f"sessions began on {dates.on(row['first'])}"
            if row["assessed"] is None:
                yield Due(f"Assess {spoken(ref)}", "assessments:assessments", ref, clock, "late")
            if not row["measured"]:
                sentence = f"Take the baseline measures of {spoken(ref)}"
                yield Due(sentence, "measures:measures", ref, clock, "late")
            if not row["judged"]:
                yield Due(f"Record a judgement of risk for {spoken(ref)}", "risk:risk", ref, clock, "late")
