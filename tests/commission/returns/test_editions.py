"""Returns by two editions of the definitions: the commissioner's pages add up and compare those of one alone."""

import csv
from datetime import date

import pytest
from django.test import Client
from tests.commission import factories
from tests.commission.returns.test_returns import commissioner  # noqa: F401 -- a fixture
from tests.programme.reading import text

pytestmark = pytest.mark.django_db

WHY = "Counted by other definitions: April to June 2026. A sum over it is “–”."
APRIL, JULY, OCTOBER = date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)


def year(client: Client, ref: str) -> str:
    """The year to date of the referrals received, as the table has it."""
    lines = client.get(f"/returns/{ref}/file/").content.decode("utf-8-sig").splitlines()
    return next(one["year_to_date"] for one in csv.DictReader(lines) if one["figure"] == "Referrals received")


@pytest.mark.parametrize(("april", "said", "shown"), [("2026-12-3", "100", "100"), ("2026-12-2", "–", "")])
def test_the_year_to_date_adds_up_one_edition_alone(
    commissioner: Client,  # noqa: F811
    april: str,
    said: str,
    shown: str,
) -> None:
    factories.came(quarter=APRIL, definitions=april, figures=["quarter received 40"], days=[])
    ref = factories.came(definitions="2026-12-3", figures=["quarter received 60"], days=[]).ref

    page = text(commissioner.get(f"/returns/{ref}/"))
    assert f"Referrals received, all 60 – {said} " in page
    assert (WHY in page) == (said == "–")
    assert year(commissioner, ref) == shown


def test_four_quarters_side_by_side_name_the_one_of_another_edition(commissioner: Client) -> None:  # noqa: F811
    factories.came(quarter=APRIL, definitions="2026-12-3", figures=["quarter received 40"], days=[])
    factories.came(quarter=JULY, definitions="2026-12-2", figures=["quarter received 77"], days=[])
    ref = factories.came(
        quarter=OCTOBER, definitions="2026-12-3", figures=["quarter received 60"], days=[]
    ).ref

    page = text(commissioner.get(f"/returns/{ref}/four/"))

    assert "Referrals received, all – 40 – 60" in page
    assert "77" not in page
    assert (
        "No return by the same definitions stands for January to March 2026, July to September 2026" in page
    )
