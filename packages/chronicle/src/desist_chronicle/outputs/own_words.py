"""The words that the report itself writes: a name that is one of them can be masked, and cannot be looked for."""

from collections.abc import Iterator
from functools import lru_cache
from inspect import isclass, isfunction
from types import CodeType, ModuleType

from desist_chronicle import chronology, clocks, masking, scope
from desist_chronicle.analysis import (
    before_after,
    counts,
    coverage,
    findings,
    over_time,
    rates,
    saturation,
    trend,
)
from desist_chronicle.outputs import (
    candidates,
    charts,
    cover,
    notes,
    opening,
    pages,
    rows,
    summary,
    tables,
    thing_pages,
    typesetting,
    volumes,
)

_MODULES = (
    *(chronology, clocks, masking, scope, before_after, counts, coverage, findings, over_time, rates),
    *(saturation, trend, cover, notes, rows, tables, volumes),
    *(candidates, charts, opening, pages, summary, thing_pages, typesetting),
)


@lru_cache(maxsize=1)
def own_words() -> str:
    """Return every text that stands in the modules which write a report."""
    return "\n".join(text for module in _MODULES for text in _texts(module))


def _texts(module: ModuleType) -> Iterator[str]:
    for value in vars(module).values():
        if isclass(value) and value.__module__ == module.__name__:
            for one in vars(value).values():
                yield from _of_value(getattr(one, "fget", one))
        else:
            yield from _of_value(value)


def _of_value(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isfunction(value):
        yield from _of_code(value.__code__, value.__doc__)
    elif isinstance(value, dict):
        yield from _of_value(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _of_value(one)


def _of_code(code: CodeType, doc: str | None) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _of_code(constant, None)
        elif constant != doc:
            yield from _of_value(constant)
