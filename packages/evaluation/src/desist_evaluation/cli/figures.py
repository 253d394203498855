"""`desist-evaluation figures KEY`: one published figure as it may be quoted, with what it counts, out of what, and its interval."""

import json
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Annotated

import typer

from desist_evaluation import figures
from desist_evaluation.figures import Figure, Topic
from desist_evaluation.result import plain

app = typer.Typer(add_completion=False)
NOT_READ = "not read"


def found(key: str, *, newest: bool) -> Figure:
    """Return the figure of a key, or its successor. Raises `ValueError` with the keys that are nearest."""
    if key not in figures.load():
        near = get_close_matches(key, figures.load(), n=3)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise ValueError(f"there is no figure {key!r:.60}.{hint} `figures` without a key lists them.")
    return figures.newest(key=key) if newest else figures.figure(key=key)


def number(value: float | None) -> str:
    """Return a part of a fraction in words."""
    return NOT_READ if value is None else f"{value:,.15g}"


def interval(figure: Figure) -> str:
    """Return the limits with their kind, or a note that there are none."""
    if figure.limits is None:
        return "none published"
    kind = (
        "from rounding alone: no sampling interval was published"
        if figure.interval == "rounding"
        else figure.interval
    )
    return f"{figure.limits} ({kind})"


def quoted(figure: Figure) -> Iterator[str]:
    """Return the figure line by line; the first line that is not a warning can be copied into a letter."""
    if figure.superseded_by:
        yield f"Do not quote this as the newest: {figures.newest(key=figure.key).key} superseded it."
    limits = "" if figure.limits is None else f", limits {interval(figure)}"
    yield f"{figure.claim}: {figure.written}{limits}; {figure.population}; {figure.area}; {figure.period}."
    yield ""
    yield f"Definition   {figure.claim}"
    yield f"Counted in   {figure.population}"
    yield f"Value        {figure.written}"
    yield f"Numerator    {number(figure.numerator)}"
    yield f"Denominator  {number(figure.denominator)}"
    yield f"Interval     {interval(figure)}"
    yield f"Period       {figure.period}{f', {figure.days} days' if figure.days else ''}"
    yield f"Area         {figure.area}"
    yield f"Source       {figure.source} ({figure.basis}), {figure.source_url}"
    yield f"Licence      {figure.licence}"
    if figure.verdict:
        yield f"Verdict      {figure.verdict}"
    if figure.note:
        yield f"Note         {figure.note}"


def as_object(figure: Figure) -> dict[str, object]:
    """Return the figure as JSON: every column of the table, and value, limits and period length in writing."""
    columns = {name: plain(getattr(figure, name)) for name in Figure.__dataclass_fields__}
    return {**columns, "written": figure.written, "limits": figure.limits, "days": figure.days}


def listed(topic: Topic | None) -> list[Figure]:
    """Return the figures of a topic, or all."""
    return [figure for figure in figures.load().values() if topic in {None, figure.topic}]


@app.command()
def command(
    *,
    key: Annotated[
        str | None, typer.Argument(help="The figure's key; without one every figure is listed")
    ] = None,
    topic: Annotated[Topic | None, typer.Option(help="List the figures of one topic")] = None,
    newest: Annotated[
        bool, typer.Option("--newest", help="The figure that superseded it, if one did")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, or a list of them")] = False,
) -> None:
    """Print one published figure with its definition, numerator, denominator and interval; exit 1 if there is none."""
    if key is None:
        chosen = listed(topic)
        rows = [f"{figure.key:<40} {figure.written:>14}  {figure.claim}" for figure in chosen]
        typer.echo(written([as_object(figure) for figure in chosen]) if as_json else "\n".join(rows))
        return
    try:
        figure = found(key, newest=newest)
    except ValueError as error:
        typer.echo(f"desist: {error}", err=True)
        raise SystemExit(1) from None
    typer.echo(written(as_object(figure)) if as_json else "\n".join(quoted(figure)))


def written(value: object) -> str:
    """Return JSON that a person and a program can read."""
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
