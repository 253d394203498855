"""Published tables: pasted as they are, refused with a sentence, on the sheets of their areas until they are removed."""

from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.commission import factories
from tests.programme.reading import text

from desist.commission.force_tables.models import ForceTable
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

TABLE = "Police force,2023-24,2024-25\nKent,2900,3100\nSurrey,n/a,1200\n"
FORM = {
    "counts": "recorded",
    "source": "Home Office, January 2026",
    "table": TABLE,
    "form_submission": "table",
}


@pytest.fixture
def commissioner(settings: Any) -> Client:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    return staff.browser(account=staff.account(), role=Role.COMMISSIONER)


def test_a_pasted_table_stands_on_the_sheet_of_its_area_with_its_source(commissioner: Client) -> None:
    commissioner.post("/force-tables/enter/", FORM)

    kent = text(commissioner.get("/needs/kent/"))

    assert "Recorded: 3,100" in kent
    assert "recorded by the police 3,100 – 1 April 2024 to 31 March 2025" in kent
    assert "Home Office, January 2026" in kent
    assert "recorded by the police 882" in kent
    # by hand: 100 x 3,100 / 43,700
    assert "7.1 recorded offences" in kent


def test_cells_that_come_from_a_spreadsheet_are_read_too(commissioner: Client) -> None:
    commissioner.post(
        "/force-tables/enter/", {**FORM, "table": 'Force\t2024-25\nKent\t"3,100"\nSurrey\t1,200'}
    )

    assert "Recorded: 3,100" in text(commissioner.get("/needs/kent/"))


def test_a_cell_without_a_number_is_missing_with_its_reason(commissioner: Client) -> None:
    commissioner.post("/force-tables/enter/", {**FORM, "table": "Force,2024-25\nKent,[c]\n"})

    assert "recorded by the police – suppressed" in text(commissioner.get("/needs/kent/"))


def test_an_area_that_the_table_leaves_out_keeps_what_is_published(commissioner: Client) -> None:
    commissioner.post("/force-tables/enter/", FORM)

    assert "Recorded: 1,987" in text(commissioner.get("/needs/sussex/"))


def test_counted_adults_take_the_place_of_the_assumption(commissioner: Client) -> None:
    table = "Area,2024-25\nKent,1500000\nnorthmere,400000\n"
    commissioner.post("/force-tables/enter/", {**FORM, "counts": "adults", "table": table})

    kent = text(commissioner.get("/needs/kent/"))

    # by hand: 2.9% of 1,500,000, from 2.85% to 3.75%
    assert "Stalked, 42,800 to 56,200: 43,500" in kent
    assert "Counted: 2.9% of 1,500,000 adults" in kent
    assert "an estimate 11,600 11,400 to 15,000" in text(commissioner.get("/needs/own/"))


def test_the_newest_table_of_a_kind_counts_until_it_is_removed(commissioner: Client) -> None:
    commissioner.post("/force-tables/enter/", FORM)
    commissioner.post(
        "/force-tables/enter/", {**FORM, "table": "Force,2024-25\nKent,3200\n", "form_submission": "newer"}
    )
    newer = ForceTable.objects.get(submission="newer")
    assert "Recorded: 3,200" in text(commissioner.get("/needs/kent/"))

    commissioner.post(f"/force-tables/{newer.ref}/remove/")

    assert "Recorded: 3,100" in text(commissioner.get("/needs/kent/"))
    assert "Removed tables" in text(commissioner.get("/force-tables/"))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("Kent", "must have a header and at least one row"),
        ("Force,Number\nKent,3", "must have a column that names a period"),
        ("Force,2024-25\nKent,many", "must be a count or say that there is none"),
        ("Force,2024-25\nKent,-3", "line 2, 2024-25"),
        ("Force,2024-25\nKent,3\nKent,4", "must not name an area twice"),
        ("Force,2024-25,2024/25\nKent,3,4", "two columns of one period"),
        ("Force,2024-25\nKent,3,4,5", "must have 2 cells"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_its_place_and_kept_typed(
    commissioner: Client, table: str, words: str
) -> None:
    answer = commissioner.post("/force-tables/enter/", {**FORM, "table": table})

    assert answer.status_code == 422
    assert words in text(answer)
    assert table.split("\n", maxsplit=1)[0] in answer.content.decode()
    assert not ForceTable.objects.exists()


def test_columns_and_rows_that_are_not_read_are_named(commissioner: Client) -> None:
    factories.force_table()

    assert "Not read: column Rate: no counts of a period" in text(commissioner.get("/force-tables/"))


def test_a_table_of_another_area_is_on_no_sheet_here(commissioner: Client) -> None:
    factories.force_table(area="elsewhere")

    assert "Recorded: 882" in text(commissioner.get("/needs/kent/"))


def test_an_evaluator_reads_tables_and_pastes_none(commissioner: Client) -> None:
    table = factories.force_table()
    evaluator = staff.browser(account=staff.account(name="Ellis"), role=Role.EVALUATOR)

    assert evaluator.get("/force-tables/").status_code == 200
    assert evaluator.get("/force-tables/enter/").status_code == 403
    assert evaluator.post(f"/force-tables/{table.ref}/remove/").status_code == 403
