"""Sorting and paging by key, so that the thousandth page costs what the first does and rows never slip between pages.

    sort = tables.Sort.read(request.GET, allowed=("received", "name"), default="-received")
    rows, paging = tables.page(queryset, sort=sort, cursor=tables.Cursor.read(request.GET), size=25)

A cursor is the public reference of a row, never its name or any other value: addresses end up in logs.
The field that is sorted by must not be NULL (coalesce it in an annotation of that name).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row")


@dataclass(frozen=True)
class Sort:
    """One column, up or down."""

    key: str
    descending: bool = False

    @classmethod
    def read(cls, current: QueryDict, *, allowed: tuple[str, ...], default: str) -> "Sort":
        """The order in `?sort=-key`; the default when it is not among those allowed."""
        asked = current.get("sort", "")
        chosen = asked if asked.removeprefix("-") in allowed else default
        return cls(key=chosen.removeprefix("-"), descending=chosen.startswith("-"))

    def toggled(self, key: str) -> str:
        """The sort key of a heading's link: the other way round where the table is sorted by it already."""
        return f"-{key}" if key == self.key and not self.descending else key


@dataclass(frozen=True)
class Cursor:
    """The start of a page: after one row or before one; neither is the first page."""

    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, current: QueryDict) -> "Cursor":
        """From `?after=REF` or `?before=REF`."""
        return cls(after=current.get("after", "")[:64], before=current.get("before", "")[:64])


@dataclass(frozen=True)
class Paging:
    """The references that the previous and the next page start from, and how many rows are shown."""

    shown: int
    previous: str = ""
    next: str = ""

    def sentence(self, things: str) -> str:
        """The page's sentence about its rows: "Showing 25 referrals; there are more"."""
        if not self.shown:
            return f"No {things} to show"
        more = "; there are more" if self.next or self.previous else ""
        one = f"{things[:-3]}y" if things.endswith("ies") else things.removesuffix("s")
        shown = one if self.shown == 1 else things
        return f"Showing {self.shown} {shown}{more}"


def page(
    rows: QuerySet[Any], *, sort: Sort, cursor: Cursor, size: int = 25, tie: str = "ref"
) -> tuple[list[Any], Paging]:
    """One page in order, and the links to its neighbours. `tie` is the unique public reference of a row.

    A cursor without its row leads to the first page.
    """
    anchor = cursor.before or cursor.after
    backwards = bool(cursor.before)
    stretch = rows
    if anchor:
        at = rows.filter(**{tie: anchor}).values_list(sort.key, flat=True).first()
        if at is None:
            anchor, backwards = "", False
        else:
            stretch = rows.filter(beyond(sort, at=at, ref=anchor, tie=tie, backwards=backwards))
    sign = "-" if sort.descending != backwards else ""
    found = list(stretch.order_by(f"{sign}{sort.key}", f"{sign}{tie}")[: size + 1])
    return _framed(found, size=size, tie=tie, backwards=backwards, anchored=bool(anchor))


def part(
    rows: Sequence[Row], *, cursor: Cursor, size: int = 25, tie: str = "ref"
) -> tuple[list[Row], Paging]:
    """One page of rows that are known already, in their own order, and the links to its neighbours."""
    anchor, backwards = cursor.before or cursor.after, bool(cursor.before)
    place = next((place for place, row in enumerate(rows) if anchor and _reference(row, tie) == anchor), None)
    if place is None:
        stretch, backwards = list(rows), False
    else:
        stretch = list(rows[:place][::-1] if backwards else rows[place + 1 :])
    return _framed(stretch[: size + 1], size=size, tie=tie, backwards=backwards, anchored=place is not None)


def beyond(sort: Sort, *, at: object, ref: str, tie: str, backwards: bool) -> Q:
    """The rows on the far side of one row in the order of `sort`, ties broken by reference."""
    compare = "lt" if sort.descending != backwards else "gt"
    return Q(**{f"{sort.key}__{compare}": at}) | Q(**{sort.key: at, f"{tie}__{compare}": ref})


def _framed(
    found: list[Any], *, size: int, tie: str, backwards: bool, anchored: bool
) -> tuple[list[Any], Paging]:
    more = len(found) > size
    shown = found[:size][::-1] if backwards else found[:size]
    if not shown:
        return [], Paging(shown=0)
    first, last = (_reference(row, tie) for row in (shown[0], shown[-1]))
    earlier, later = (more, True) if backwards else (anchored, more)
    return shown, Paging(shown=len(shown), previous=first if earlier else "", next=last if later else "")


def _reference(row: Any, tie: str) -> str:  # noqa: ANN401 - a model or a row of values()
    return str(row[tie] if isinstance(row, dict) else getattr(row, tie))
