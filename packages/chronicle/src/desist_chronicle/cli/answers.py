"""The options that a person typed after `report`, as the library takes them; its exceptions as plain sentences."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time

import typer

from desist_chronicle.analysis.orders import Order
from desist_chronicle.bag import NotABagError
from desist_chronicle.corpus import TooManyRecordsError
from desist_chronicle.errors import ChronicleError
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.outputs.package import FolderInUseError
from desist_chronicle.outputs.searching import LeakError
from desist_chronicle.people import UnknownPersonError
from desist_chronicle.scope import EmptyScopeError

_WRONG, _LEAK = 2, 6


class WrongOptionError(Exception):
    """An option is written in a way that the command cannot read."""


@contextmanager
def plainly() -> Iterator[None]:
    """Turn an exception of the library into a sentence and an exit code."""
    try:
        yield
    except LeakError as leak:
        typer.echo(f"desist: {leak}", err=True)
        raise SystemExit(_LEAK) from leak
    except (
        ChronicleError,
        EmptyScopeError,
        FolderInUseError,
        NotABagError,
        OSError,
        TooManyRecordsError,
        UnknownPersonError,
        WrongOptionError,
    ) as error:
        typer.echo(f"desist: {error}", err=True)
        raise SystemExit(_WRONG) from error


def options(
    *,
    zone: str,
    date_order: DateOrder | None,
    owners: Sequence[str],
    names: Sequence[str],
    columns: Sequence[str],
) -> Options:
    """Return the options for the readers."""
    pairs = tuple(_pair(column, "--column", "sender=Called from") for column in columns)
    return Options(zone=zone, date_order=date_order, owners=tuple(owners), names=tuple(names), columns=pairs)


def triggers(written: Sequence[str]) -> dict[str, list[date]]:
    """Return dates by kind; a kind may be given more than once."""
    found: dict[str, list[date]] = {}
    for one in written:
        name, day = _pair(one, "--trigger", "court date=2024-03-12")
        found.setdefault(name, []).append(_moment(day, "--trigger")[0].date())
    return found


def orders(written: Sequence[str]) -> tuple[Order, ...]:
    """Return orders by name, service and end."""
    found = []
    for one in written:
        name, times = _pair(one, "--order", "Stalking Protection Order=2024-03-12T14:00/2026-03-12")
        begins, _, ends = times.partition("/")
        served, hour_known = _moment(begins, "--order")
        until = _moment(ends, "--order")[0] if ends else None
        if until is not None and until <= served:
            raise WrongOptionError(f"--order {one}: it ends before it was served.")
        found.append(Order(name=name, served=served, served_time_known=hour_known, until=until))
    return tuple(found)


def _pair(written: str, option: str, example: str) -> tuple[str, str]:
    before, _, after = written.partition("=")
    if not before.strip() or not after.strip():
        raise WrongOptionError(f'{option} is written NAME=VALUE, as in {option} "{example}".')
    return before.strip(), after.strip()


def _moment(written: str, option: str) -> tuple[datetime, bool]:
    """Return a day, or a day and an hour, and whether the hour was given."""
    try:
        if "T" not in written:
            return datetime.combine(date.fromisoformat(written), time()), False
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise WrongOptionError(
            f"{option}: “{written}” is no day. Write it as 2024-03-12, or with an hour as 2024-03-12T14:00."
        ) from error
    if moment.tzinfo is not None:
        raise WrongOptionError(f"{option}: write the hour by the local clock, without a zone.")
    return moment, True
