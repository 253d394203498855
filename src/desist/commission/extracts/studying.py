"""A study of an extract: the plan of the evaluator, carried out by desist_evaluation. Pure; it touches no row."""

from collections.abc import Iterable, Mapping
from datetime import date

from desist.commission.extracts.models import Study
from desist.commission.extracts.states import COUNTED, COUNTED_OF_POLICE, Sources, TimeZero
from desist.extracts import dictionary
from desist.extracts.dictionary import EPISODES, EVENTS
from desist.extracts.police import Recorded
from desist.extracts.rows import Rows
from desist.refusals import Refused
from desist_evaluation.checks import InvalidInputError
from desist_evaluation.study import annex as annexes
from desist_evaluation.study.files import read_study
from desist_evaluation.study.plan import StudyPlan
from desist_evaluation.wording import OverclaimError

#: with fewer people a curve says nothing: desist_evaluation stops one where fewer are at risk
FEWEST = 10


NO_OUTCOMES = (
    "Not made: no force has told what it recorded of people of this extract, or it had to leave it out. "
    "Choose what the police or a court told the service"
)


def annex(rows: Rows, study: Study, recorded: Recorded, data_cut: date, today: date) -> Mapping[str, str]:
    """Return the annex of a study as file name -> text. Raises Refused in a plain sentence."""
    zero, sources = TimeZero(study.time_zero), Sources(study.sources)
    if sources in COUNTED_OF_POLICE:
        if not recorded.people:
            raise Refused(NO_OUTCOMES, field="sources")
        rows = _of_police(rows, recorded, sources)
    place = EPISODES.header.index(zero)
    people = sum(bool(line.split(",")[place]) for line in rows.episodes)
    if people < FEWEST:
        raise Refused(
            f"Not made: {people} people of the extract have this day, and a study needs at least {FEWEST}. "
            "Choose another day, or wait for a larger extract",
            field="time_zero",
        )
    files = rows.files
    plan = StudyPlan(
        data_cut=data_cut,
        as_of=today,
        time_zero=str(zero),
        horizon=study.horizon,
        lag_days=study.lag_days,
    )
    try:
        data = read_study(episodes=files[EPISODES.name], events=_counted(rows, sources), gaps=files["GAPS"])
        return dict(annexes.write(data=data, plan=plan))
    except (InvalidInputError, OverclaimError) as refused:
        raise Refused(f"Not made: {refused}. Change the plan, or ask the service") from None


def _counted(rows: Rows, sources: Sources) -> str:
    """Return EVENTS with the events of the plan's sources, and deaths, alone."""
    kept = [line for line in rows.events if _counts(line, sources)]
    return "\n".join([",".join(EVENTS.header), *kept]) + "\n"


def _counts(line: str, sources: Sources) -> bool:
    _, _, kind, source = line.split(",")
    return sources in COUNTED_OF_POLICE or kind == dictionary.DEATH or source in COUNTED[sources]


def _of_police(rows: Rows, recorded: Recorded, sources: Sources) -> Rows:
    """Return the people whom the police looked up, with what they recorded in place of what the service was told."""
    people = set(recorded.people)

    def kept(lines: Iterable[str]) -> tuple[str, ...]:
        return tuple(line for line in lines if line.partition(",")[0] in people)

    told = [line.split(",") for line in recorded.recorded]
    events = {
        f"{person},{day},{dictionary.STALKING},{dictionary.POLICE}"
        for person, day, kind, decision in told
        if (kind, decision) in COUNTED_OF_POLICE[sources]
    }
    deaths = [line for line in kept(rows.events) if line.split(",")[2] == dictionary.DEATH]
    return Rows(kept(rows.episodes), (*sorted(events), *deaths), kept(rows.gaps))
