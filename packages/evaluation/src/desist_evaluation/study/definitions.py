"""One set of people under four definitions of the outcome, because the answer depends on the choice."""

from collections.abc import Iterable

import numpy as np

from desist_evaluation.rates import poisson_exact_ci
from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import arm_title
from desist_evaluation.study.follow import Followed, at_day, incidence
from desist_evaluation.study.plan import DEFINITIONS, StudyPlan
from desist_evaluation.study.tables import Cell, Table, digits, percent

YEAR = 365.25


def definitions_table(data: StudyData, plan: StudyPlan, each: Iterable[Followed]) -> Table:
    """Return first events per 100 person-years and the share with one by the horizon, for each definition and arm."""
    rows = [_row(people, arm, plan) for people in each for arm in data.arms]
    kinds = [f"{name}: {', '.join(counted)}." for name, counted in DEFINITIONS.items()]
    return Table(
        name="definitions",
        title="Four definitions of the outcome",
        columns=(
            *("Definition", "Arm", "People", "First events", "Person-years"),
            *("First events per 100 person-years", "Low", "High"),
            *(f"With an event by day {plan.horizon}, %", "Low %", "High %"),
        ),
        rows=tuple(rows),
        notes=("Kinds of event counted. " + " ".join(kinds),),
    )


def _row(people: Followed, arm: str, plan: StudyPlan) -> tuple[Cell, ...]:
    mask = people.of(arm)
    size, events = int(mask.sum()), int(people.happened[mask].sum())
    years = float(people.days[mask].sum()) / YEAR
    head: tuple[Cell, ...] = (people.definition, arm_title(arm), size, events, digits(years, 1))
    if years <= 0:
        return (*head, None, None, None, None, None, None)
    rate = poisson_exact_ci(events=events, exposure=years, per=100, level=plan.level)
    share = at_day(incidence(people, np.asarray(mask), times=[plan.horizon], plan=plan))
    limits = rate.interval
    return (
        *head,
        digits(rate.estimate, 1),
        *((None, None) if limits is None else (digits(limits.low, 1), digits(limits.high, 1))),
        *map(percent, (share["estimate"], share["low"], share["high"])),
    )
