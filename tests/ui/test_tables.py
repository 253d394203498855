"""A list is sorted only as it may be, and its pages hang on references, never on values."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from desist.ui import tables
from desist.ui.jinja import query
from desist.ui.tables import Cursor, Paging, Sort

ALLOWED = ("received", "name")


@pytest.mark.parametrize(
    ("asked", "sort"),
    [
        ("sort=name", Sort("name")),
        ("sort=-name", Sort("name", descending=True)),
        ("", Sort("received", descending=True)),
        ("sort=password", Sort("received", descending=True)),
        ("sort=--name", Sort("received", descending=True)),
    ],
)
def test_a_list_is_sorted_only_by_what_it_allows(asked: str, sort: Sort) -> None:
    assert Sort.read(QueryDict(asked), allowed=ALLOWED, default="-received") == sort


def test_a_heading_chosen_again_turns_the_order_round() -> None:
    assert [Sort("name").toggled("name"), Sort("name").toggled("received")] == ["-name", "received"]
    assert Sort("name", descending=True).toggled("name") == "name"


def test_a_cursor_is_read_and_cut() -> None:
    assert Cursor.read(QueryDict("after=k7f2m9")) == Cursor(after="k7f2m9")
    assert len(Cursor.read(QueryDict(f"before={'x' * 5000}")).before) == 64


@pytest.mark.parametrize(
    ("paging", "told"),
    [
        (Paging(shown=0), "No referrals to show"),
        (Paging(shown=3), "Showing 3 referrals"),
        (Paging(shown=25, next="k7f2m9"), "Showing 25 referrals; there are more"),
    ],
)
def test_a_list_says_how_much_it_shows(paging: Paging, told: str) -> None:
    assert paging.sentence("referrals") == told


def test_an_address_keeps_what_was_chosen_and_drops_what_is_taken_away() -> None:
    current = QueryDict("area=n&sort=name&after=k7f2m9")

    assert query(current, sort="-name", after=None) == "?area=n&sort=-name"


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), st.uuids()), min_size=1, max_size=30, unique_by=lambda row: row[1]
    ),
    place=st.integers(0, 29),
    descending=st.booleans(),
    backwards=st.booleans(),
)
def test_what_lies_beyond_a_row_is_what_follows_it_in_the_order(
    rows: list[tuple[int, object]], place: int, *, descending: bool, backwards: bool
) -> None:
    ordered = sorted(((key, str(ref)) for key, ref in rows), reverse=descending)
    at, ref = ordered[place % len(ordered)]

    condition = tables.beyond(Sort("key", descending), at=at, ref=ref, tie="ref", backwards=backwards)

    found = [row for row in ordered if holds(condition, key=row[0], ref=row[1])]
    index = ordered.index((at, ref))
    assert found == (ordered[:index] if backwards else ordered[index + 1 :])


def holds(condition: object, *, key: int, ref: str) -> bool:
    """Whether a row meets a condition made of gt, lt and equality."""
    row = {"key": key, "ref": ref}
    if isinstance(condition, tuple):
        name, _, compare = condition[0].partition("__")
        value, wanted = row[name], condition[1]
        return bool({"": value == wanted, "gt": value > wanted, "lt": value < wanted}[compare])
    parts = [holds(child, key=key, ref=ref) for child in condition.children]  # type: ignore[attr-defined]  # a Q
    return any(parts) if condition.connector == "OR" else all(parts)  # type: ignore[attr-defined]  # a Q
