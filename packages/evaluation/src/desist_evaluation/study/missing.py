"""Missing data: empty cells, column by column, and what the gaps could do to the main figure."""

from desist_evaluation.study.files import StudyData
from desist_evaluation.study.tables import Table, percent


def missing_table(data: StudyData) -> Table:
    """Return the empty cells of each column of the episodes, and the events without a source."""
    people, events = len(data.episodes), len(data.events)
    rows = [(name, count, people, percent(count / people)) for name, count in data.blanks.items()]
    unsourced = sum(event.source is None for event in data.events)
    rows.append(("events: source", unsourced, events, percent(unsourced / events) if events else None))
    return Table(
        name="missing",
        title="What is not known",
        columns=("Column", "Empty", "Of", "Per cent"),
        rows=tuple(rows),
        notes=(
            "An empty end means that none is recorded yet; an empty start means never started.",
            "An offence that nobody recorded is in no column: police records miss most stalking.",
        ),
    )
