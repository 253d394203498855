"""`desist-evaluation study EPISODES.csv EVENTS.csv --out DIR`: an evaluation annex from two files."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from desist_evaluation.checks import InvalidInputError
from desist_evaluation.design import Design
from desist_evaluation.episodes import read_day
from desist_evaluation.study import annex
from desist_evaluation.study import release as releases
from desist_evaluation.study.files import StudyData, read_study
from desist_evaluation.study.paper import as_pdf
from desist_evaluation.study.plan import EXPECTED, StudyPlan
from desist_evaluation.study.sheets import DateOrder

app = typer.Typer(add_completion=False)


def study(
    *,
    files: tuple[Path, Path, Path | None],
    out: Path,
    data_cut: str | None,
    date_order: DateOrder | None,
    release: bool,
    settings: Mapping[str, object],
) -> list[Path]:
    """Read the files (episodes, events, gaps), make the annex and write it into the folder `out`. Returns the paths written, the page first.

    Raises `ValueError` in words for the person at the terminal; nothing is written unless everything could be made.
    """
    episodes, events, gaps = files
    data = read_study(
        episodes=_content(episodes),
        events=_content(events),
        gaps="" if gaps is None else _content(gaps),
        order=date_order,
    )
    today = datetime.now(tz=UTC).date()
    cut = last_day(data, today) if data_cut is None else read_day(field="data_cut", value=data_cut)
    plan = StudyPlan(data_cut=cut, as_of=today, **settings)  # type: ignore[arg-type]  # the plan checks each of them
    made = releases.write(data=data, plan=plan) if release else annex.write(data=data, plan=plan)
    other = out / ("annex.html" if release else "release.html")
    if other.exists():
        raise ValueError(
            f"{out} holds {other.name}: name another folder, so that nobody hands on the wrong one"
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (out / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ValueError(f"the annex could not be written to {out}: {error.strerror}") from None
    return [out / name for name in made]


def print_page(page: Path) -> Path:
    """Write the page as PDF beside it and return its path. Raises `ValueError` in words where it cannot be made."""
    paper = page.with_suffix(".pdf")
    made = as_pdf(page.read_text(encoding="utf-8"))
    try:
        paper.write_bytes(made)
    except OSError as error:
        raise ValueError(f"it could not be written: {error.strerror}") from None
    return paper


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path} could not be read: {error.strerror}") from None


def last_day(data: StudyData, today: date) -> date:
    """Return the last day of anything in the files that is not in the future."""
    days = [event.date for event in data.events]
    days += [day for episode in data.episodes for day in (episode.start, episode.end) if day is not None]
    past = [day for day in days if day <= today]
    if not past:
        raise InvalidInputError("data_cut", "is needed: the files hold no day that is past")
    return max(past)


#: The options of the plan, in the order in which the command hands them on.
SETTINGS = (
    *("time_zero", "horizon", "landmark", "lag_days", "expected"),
    *("reference", "design", "adjust", "leave_out_later", "victim_reports"),
)
_Gaps = Annotated[Path | None, typer.Option(help="Days not at risk: person, start, end, why")]
_Landmark = Annotated[
    int | None,
    typer.Option(help="Day from which completers and the rest are compared; proposed from the planned ends"),
]
_DateOrder = Annotated[DateOrder | None, typer.Option(help="How days such as 31/12/2026 are written")]
_Design = Annotated[Design | None, typer.Option(help="How people came into their arms")]
_Adjust = Annotated[
    str | None, typer.Option(help="Columns to adjust for, with commas between; all that can be if not said")
]
_Later = Annotated[
    bool,
    typer.Option("--leave-out-later", help="Days after the data cut are there on purpose: do not count them"),
]
_Release = Annotated[
    bool, typer.Option("--release", help="Make only the edition that may leave: small numbers withheld")
]
_Victim = Annotated[bool, typer.Option("--victim-reports", help="Count events that only a victim reported")]


@app.command()
def command(
    *,
    episodes: Annotated[Path, typer.Argument(help="One person a line: person, start, end, end_reason ...")],
    events: Annotated[Path, typer.Argument(help="One event a line: person, date, kind, source")],
    out: Annotated[Path, typer.Option(help="The folder for the annex; made if it is not there")],
    gaps: _Gaps = None,
    data_cut: Annotated[str | None, typer.Option(help="The day to which the files are complete")] = None,
    time_zero: Annotated[str, typer.Option(help="The day from which time counts")] = "start",
    horizon: Annotated[int, typer.Option(help="Days at risk to report to")] = 365,
    landmark: _Landmark = None,
    date_order: _DateOrder = None,
    lag_days: Annotated[int, typer.Option(help="Days by which events may be recorded late")] = 0,
    expected: Annotated[float, typer.Option(help="Share expected to offend again, for planning")] = EXPECTED,
    reference: Annotated[str | None, typer.Option(help="The arm the others are compared with")] = None,
    design: _Design = None,
    adjust: _Adjust = None,
    leave_out_later: _Later = False,
    release: _Release = False,
    victim_reports: _Victim = False,
) -> None:
    """Make an evaluation annex: an accessible page, CSV tables and JSON results."""
    columns = None if adjust is None else tuple(name.strip() for name in adjust.split(","))
    times = (time_zero, horizon, landmark, lag_days, expected)
    groups = (reference, design, columns, leave_out_later, victim_reports)
    try:
        written = study(
            files=(episodes, events, gaps),
            out=out,
            data_cut=data_cut,
            date_order=date_order,
            release=release,
            settings=dict(zip(SETTINGS, (*times, *groups), strict=True)),
        )
    except ValueError as error:
        typer.echo(f"desist: {error}", err=True)
        raise SystemExit(1) from None
    typer.echo(f"{written[0]} and {len(written) - 1} files beside it.")
    try:
        typer.echo(f"{print_page(written[0])} is the same on paper.")
    except ValueError as error:
        typer.echo(f"There is no PDF: {error}.")
