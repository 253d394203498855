"""The steps before the first session, in the order of the pathway, and those missing after it: pure."""

from collections.abc import Callable
from dataclasses import dataclass

from desist.programme.agreement.footing import Lacking, Stands, lacking
from desist.programme.agreement.states import State as Agreement
from desist.programme.agreement.states import stopped
from desist.programme.assessments.states import State as Assessment

ALLOCATE = "allocation:allocate"
DONE, STARTED, TODO, BLOCKED = "done", "started", "todo", "blocked"  # as the task list of a page draws them
#: of baseline measures: each later form is compared with the first one, whenever that was
LATE = "Late. Change is counted from the day the baseline is taken: any change in the sessions before it is not counted"


@dataclass(frozen=True)
class StepFacts:
    """The facts behind the list. `assessment` is the state of the one that counts, "" without one."""

    stands: Stands
    assessment: str
    measured: bool
    judged: bool
    allocated: bool
    planned: bool
    begun: bool  # one of the sessions was attended or missed
    over: bool  # the person completed or left
    attended: bool = False  # one of the sessions was


@dataclass(frozen=True)
class PersonTask:
    """One step: `route` is its page, "" for none; `button` with `leads` do it, for roles that may go to `action`."""

    name: str
    state: str
    hint: str
    route: str
    button: str
    leads: str
    action: str


@dataclass(frozen=True)
class StepsBefore:
    """The steps done and open, the next one for the actor, and what the footing lacks.

    When it is `late`, the first session is past, and `tasks` are those that are still missing.
    """

    tasks: tuple[PersonTask, ...]
    next: PersonTask | None
    lacking: Lacking | None
    late: bool = False


def before(known: StepFacts, may: Callable[[str], bool]) -> StepsBefore:
    """Return the steps before the first session, later the missing ones. `may` says which routes the role may open."""
    if known.over:
        return StepsBefore((), None, None)
    lacks = lacking(known.stands)
    no = stopped(known.stands.state, known.stands.requirement)
    if known.begun:
        missing = () if no else _missing(known)
        return StepsBefore(missing, None, lacks, late=bool(missing))
    tasks = (
        *_footing(known.stands),
        _assessment(known.assessment),
        _baseline(measured=known.measured),
        _judgement(judged=known.judged),
        _practitioner(allocated=known.allocated, may=may(ALLOCATE)),
        _sessions(planned=known.planned, may_be=known.allocated and not no),
    )
    return StepsBefore(tasks, _next(tasks, may, stopped=no), lacks if no else None)


def _next(tasks: tuple[PersonTask, ...], may: Callable[[str], bool], *, stopped: bool) -> PersonTask | None:
    """Return allocation first, as its clock never pauses; then the first open step, unless the person said no."""
    able = [one for one in tasks if one.state in {TODO, STARTED} and may(one.action)]
    allocation = [one for one in able if one.action == ALLOCATE]
    return next(iter([*allocation, *([] if stopped else able)]), None)


def _missing(known: StepFacts) -> tuple[PersonTask, ...]:
    """Return the steps due before the first session that are not done, though sessions are held by now."""
    steps = (
        _assessment(known.assessment),
        _baseline(measured=known.measured, late=known.attended),
        _judgement(judged=known.judged),
    )
    return tuple(one for one in steps if one.state != DONE)


def _footing(stands: Stands) -> tuple[PersonTask, PersonTask]:
    answered = stands.state is not Agreement.NOT_ASKED
    state = DONE if answered else TODO if stands.told else BLOCKED
    where = "agreement:agreement"
    return (
        PersonTask(
            name="Information notice",
            state=DONE if stands.told else TODO,
            hint="With the limits of confidentiality",
            route=where,
            button="Give the notice",
            leads="agreement:tell",
            action="agreement:ask",
        ),
        PersonTask(
            name="Answer",
            state=state,
            hint=str(stands.state.label) if answered else "",
            route="" if state == BLOCKED else where,
            button="Record the answer",
            leads="agreement:ask",
            action="agreement:ask",
        ),
    )


def _assessment(state: str) -> PersonTask:
    appointed = state == Assessment.APPOINTED
    return PersonTask(
        name="Assessment",
        state=DONE if state == Assessment.FINISHED else STARTED if appointed else TODO,
        hint=str(Assessment.APPOINTED.label) if appointed else "",
        route="assessments:assessments",
        button="Open the assessment" if appointed else "Make an appointment",
        leads="assessments:assessments" if appointed else "assessments:appoint",
        action="assessments:appoint",
    )


def _baseline(*, measured: bool, late: bool = False) -> PersonTask:
    return PersonTask(
        name="Baseline measures",
        state=DONE if measured else TODO,
        hint=LATE if late else "",
        route="measures:measures",
        button="Take the baseline measures",
        leads="measures:measures",
        action="measures:take",
    )


def _judgement(*, judged: bool) -> PersonTask:
    return PersonTask(
        name="Judgement of risk",
        state=DONE if judged else TODO,
        hint="",
        route="risk:risk",
        button="Record a judgement of risk",
        leads="risk:record",
        action="risk:record",
    )


def _practitioner(*, allocated: bool, may: bool) -> PersonTask:
    return PersonTask(
        name="Practitioner",
        state=DONE if allocated else TODO,
        hint="",
        route=ALLOCATE if may and not allocated else "",
        button="Allocate",
        leads=ALLOCATE,
        action=ALLOCATE,
    )


def _sessions(*, planned: bool, may_be: bool) -> PersonTask:
    state = DONE if planned else TODO if may_be else BLOCKED
    return PersonTask(
        name="Dates of the sessions",
        state=state,
        hint="",
        route="" if state == BLOCKED else "planner:planner",
        button="Plan sessions",
        leads="planner:plan",
        action="planner:plan",
    )
