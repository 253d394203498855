"""Why the annex counts fewer completers in one place than in another: every completer belongs to one class."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from desist_evaluation.study.files import StudyData
from desist_evaluation.study.flow import completed as flow_completed
from desist_evaluation.study.follow import Followed
from desist_evaluation.study.plan import StudyPlan

WITHIN = "within"
#: The reason why a person who completed is not a completer in the comparison, in words after a number.
WHY_NOT = {
    "unfollowed": "had no day on which time could begin, or began after the last day of follow-up",
    "before": "had completed before time began",
    "outcome": "had the outcome before they completed",
    "competing": "were in custody or had died before they completed",
    "after": "completed after the last day of follow-up",
}


def completion_notes(
    data: StudyData,
    plan: StudyPlan,
    people: Followed,
    completed: Sequence[float | None],
    landmark: int,
) -> tuple[str, ...]:
    """Return how many completed in the flow, in the comparison from the start and at the landmark, and the reasons."""
    classes = completion_classes(data, plan, people, completed)
    everyone, within = sum(classes.values()), classes[WITHIN]
    if not everyone:
        return ()
    lost = [f"{classes[name]:,} {words}" for name, words in WHY_NOT.items() if classes[name]]
    notes = [
        f"Completed: {everyone:,} in the flow, {within:,} here" + (f" ({'; '.join(lost)})." if lost else ".")
    ]
    days = [day for day in completed if day is not None]
    late = sum(day > landmark for day in days)
    gone = sum(
        day <= landmark and int(followed) <= landmark
        for day, followed in zip(completed, people.days.tolist(), strict=True)
        if day is not None
    )
    notes.append(
        f"From the landmark, day {landmark}: {within - late - gone:,} had completed by then; {late:,} completed later "
        f"and stand with the rest; {gone:,} had completed, but their follow-up ended by then."
    )
    return tuple(notes)


def completion_classes(
    data: StudyData, plan: StudyPlan, people: Followed, completed: Sequence[float | None]
) -> Counter[str]:
    """Return each person whom the flow counts as completed, by their class in the comparison."""
    episodes, place = data.episodes, np.full(len(data.episodes), -1, dtype=np.int64)
    place[people.rows] = np.arange(len(people.days))
    done = np.flatnonzero(flow_completed(episodes))
    place, end, zero = place[done], episodes.days["end"][done], episodes.days[plan.time_zero][done]
    within = np.array([day is not None for day in completed], dtype=bool)[place]
    code = people.code[place]
    classes = np.select(
        [place < 0, within, end < zero, code == 0, code == 1],
        ["unfollowed", WITHIN, "before", "after", "outcome"],
        default="competing",
    )
    return Counter(classes.tolist())
