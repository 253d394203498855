"""A list is sorted only as it may be, and its pages hang on references, never on values."""

from datetime import UTC, datetime
from typing import Any

import lxml.html
import pytest
from django.http import QueryDict
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from desist.accounts.models import Account
from desist.ui import tables
from desist.ui.jinja import query
from desist.ui.tables import Cursor, Paging, Sort

NUMERIC = "govuk-table__header--numeric"
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


def test_one_row_is_told_in_the_singular() -> None:
    one = Paging(shown=1)

    assert (one.sentence("concerns"), one.sentence("agencies")) == ("Showing 1 concern", "Showing 1 agency")


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


INVITED = datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def people(db: None) -> list[tuple[str, str]]:
    """Sixty people of four names, as (name, reference)."""
    accounts = [
        Account(name=f"Name {n % 4}", email=f"{n}@example.org", invited_at=INVITED) for n in range(60)
    ]
    return [(account.name, account.ref) for account in Account.objects.bulk_create(accounts)]


@pytest.mark.parametrize("descending", [False, True])
def test_the_pages_of_a_list_hold_every_row_once_in_order_there_and_back(
    people: list[tuple[str, str]], *, descending: bool
) -> None:
    sort = Sort("name", descending)
    ahead, forth, back = Cursor(), [], []
    while True:
        rows, paging = tables.page(Account.objects.all(), sort=sort, cursor=ahead, size=25)
        forth.append(references(rows))
        if not paging.next:
            break
        ahead = Cursor(after=paging.next)
    while paging.previous:
        rows, paging = tables.page(
            Account.objects.all(), sort=sort, cursor=Cursor(before=paging.previous), size=25
        )
        back.append(references(rows))

    assert [len(page) for page in forth] == [25, 25, 10]
    assert [ref for page in forth for ref in page] == [ref for _, ref in sorted(people, reverse=descending)]
    assert back == forth[1::-1]


def references(rows: list[Any]) -> list[str]:
    """The references of a page's rows."""
    return [row.ref for row in rows]


def test_a_page_of_plain_values_is_as_good(people: list[tuple[str, str]]) -> None:
    rows, paging = tables.page(
        Account.objects.values("ref", "name"), sort=Sort("name"), cursor=Cursor(), size=2
    )

    assert paging == Paging(shown=2, next=rows[1]["ref"])


def test_a_cursor_whose_row_is_gone_leads_to_the_first_page(people: list[tuple[str, str]]) -> None:
    first = tables.page(Account.objects.all(), sort=Sort("name"), cursor=Cursor())
    lost = tables.page(Account.objects.all(), sort=Sort("name"), cursor=Cursor(after="gone"))

    assert references(lost[0]) == references(first[0])
    assert lost[1] == first[1]


def test_rows_that_are_known_already_stand_on_pages_in_their_own_order() -> None:
    rows = [{"ref": ref} for ref in "dacbe"]

    def asked(**cursor: str) -> tuple[str, str, str]:
        shown, paging = tables.part(rows, cursor=Cursor(**cursor), size=2)
        return "".join(one["ref"] for one in shown), paging.previous, paging.next

    assert asked() == ("da", "", "a")
    assert asked(after="a") == ("cb", "c", "b")
    assert asked(after="b") == ("e", "e", "")
    assert asked(before="e") == ("cb", "c", "b")
    assert asked(before="c") == ("da", "", "a")
    assert asked(after="gone") == asked()


def test_an_empty_list_has_no_pages(db: None) -> None:
    assert tables.page(Account.objects.none(), sort=Sort("name"), cursor=Cursor()) == ([], Paging(shown=0))


def test_a_page_far_in_costs_two_queries(
    people: list[tuple[str, str]], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    middle = sorted(people)[40][1]

    with django_assert_num_queries(2):
        tables.page(Account.objects.all(), sort=Sort("name"), cursor=Cursor(after=middle), size=5)


def test_the_heading_of_a_column_of_numbers_stands_over_them() -> None:
    page = engines["jinja2"].from_string(
        '{% call tables.table("Returns", [("Figure", none), ("Counted", none)]) %}'
        '{% call tables.row() %}{{ tables.name("Probation") }}{{ tables.cell(6, number=true) }}{% endcall %}'
        "{% endcall %}"
    )

    headings = lxml.html.fromstring(page.render()).findall(".//thead//th")

    assert [NUMERIC in heading.get("class", "") for heading in headings] == [False, True]
