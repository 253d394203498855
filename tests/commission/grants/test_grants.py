"""Grants: entered once, removed where they were wrong, and the cost of a start and a completion on the quarter's page."""

from datetime import date
from typing import Any

import lxml.html
import pytest
from django.test import Client
from tests import staff
from tests.commission import factories
from tests.commission.factories import SERVICE
from tests.programme.reading import text

from desist.commission.grants.models import Grant
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

FORM = {
    "giver": "Home Office",
    "service": SERVICE,
    "pounds": "365,000",
    "first_day-day": "1",
    "first_day-month": "4",
    "first_day-year": "2026",
    "last_day-day": "31",
    "last_day-month": "3",
    "last_day-year": "2027",
    "form_submission": "grant",
}


@pytest.fixture
def commissioner(settings: Any) -> Client:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    factories.service()
    return staff.browser(account=staff.account(), role=Role.COMMISSIONER)


def test_a_grant_that_was_entered_stands_in_the_table(commissioner: Client) -> None:
    commissioner.post("/grants/enter/", FORM)

    page = text(commissioner.get("/grants/"))
    assert "Home Office Northmere service 1 April 2026 31 March 2027 £365,000" in page


def test_the_same_grant_typed_twice_is_refused_with_the_words_kept(commissioner: Client) -> None:
    commissioner.post("/grants/enter/", FORM)

    answer = commissioner.post("/grants/enter/", {**FORM, "form_submission": "another"})

    assert answer.status_code == 422
    assert "This grant is in the table already" in text(answer)
    assert 'value="365,000"' in answer.content.decode()
    assert Grant.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"last_day-year": "2025"}, "The last day must be the first day or a later one"),
        ({"last_day-year": "2099"}, "ten years at most"),
        ({"pounds": "0"}, "between 1 and"),
        ({"pounds": "lots"}, "must be a whole number"),
        ({"giver": ""}, "Who gave it?"),
        ({"service": "elsewhere"}, "Service"),
        ({"first_day-day": "31", "first_day-month": "2"}, "First day"),
    ],
)
def test_a_wrong_answer_gets_a_sentence_and_nothing_is_kept(
    commissioner: Client, change: dict[str, str], words: str
) -> None:
    answer = commissioner.post("/grants/enter/", {**FORM, **change})

    assert answer.status_code == 422
    assert words in text(answer)
    assert not Grant.objects.exists()


def test_a_removed_grant_stays_readable_and_counts_in_no_cost(commissioner: Client) -> None:
    grant = factories.grant()
    ref = factories.came(figures=["quarter started 30"]).ref

    commissioner.post(f"/grants/{grant.ref}/remove/")

    assert "Removed grants" in text(commissioner.get("/grants/"))
    assert "The quarter, 1 July 2026 to 30 September 2026 no grant 30" in text(
        commissioner.get(f"/returns/{ref}/")
    )


def test_a_grant_is_removed_once(commissioner: Client) -> None:
    grant = factories.grant()
    commissioner.post(f"/grants/{grant.ref}/remove/")
    first = Grant.objects.get().removed_at

    again = commissioner.post(f"/grants/{grant.ref}/remove/", follow=True)

    assert "removed this grant first" in text(again)
    assert Grant.objects.get().removed_at == first


def test_an_evaluator_reads_grants_and_changes_none(commissioner: Client) -> None:
    grant = factories.grant()
    evaluator = staff.browser(account=staff.account(name="Ellis"), role=Role.EVALUATOR)

    assert evaluator.get("/grants/").status_code == 200
    assert evaluator.get("/grants/enter/").status_code == 403
    assert evaluator.post(f"/grants/{grant.ref}/remove/").status_code == 403


def test_a_quarter_has_the_cost_of_a_start_and_of_a_completion(commissioner: Client) -> None:
    factories.grant()
    ref = factories.came().ref

    page = text(commissioner.get(f"/returns/{ref}/"))

    # by hand: £1,000 a day for 92 days, over 30 starts and 12 completions
    assert "The quarter, 1 July 2026 to 30 September 2026 £92,000 30 £3,067 12 £7,667" in page
    # half of the four quarters lies before the grant, and the starts of four quarters are withheld
    assert "£183,000 not shown not shown 44 not worked out: no grant on 182 of 365 days" in page


def test_the_grants_of_another_service_are_not_its_cost(commissioner: Client) -> None:
    factories.grant(service="other-service")
    ref = factories.came().ref

    assert "no grant 30 not worked out" in text(commissioner.get(f"/returns/{ref}/"))


def test_a_return_of_the_police_has_no_cost(commissioner: Client) -> None:
    factories.grant(service=factories.force().name)
    ref = factories.came_from_the_police().ref

    assert "Cost of a start" not in text(commissioner.get(f"/returns/{ref}/"))


def test_a_cost_leads_back_to_a_number_that_stands_beside_it_and_to_no_other(commissioner: Client) -> None:
    """The attack: divide the money of each line by its costs, over a year in which some numbers are withheld."""
    factories.grant(first_day=date(2025, 1, 1), last_day=date(2026, 12, 31), pounds=900_001)
    year = {
        date(2025, 10, 1): ["quarter started 20", "quarter completed 11"],
        date(2026, 1, 1): ["quarter started 22", "four started 61"],
        date(2026, 4, 1): ["quarter completed 13", "four completed 31"],
        date(2026, 7, 1): ["quarter started 12", "quarter completed 0", "four started 60"],
    }
    seen, hidden = set[str](), 0
    for quarter, released in year.items():
        row = factories.came(quarter=quarter, figures=released)
        shown = {f"{int(one.rsplit(' ', 1)[1])}" for one in released}
        for _, money, *pairs in costs_of(commissioner, row.ref):
            for people, each in (pairs[:2], pairs[2:]):
                if each.startswith("£"):
                    assert f"{round(pounds(money) / pounds(each))}" == people, quarter
                    seen.add(people)
                else:
                    assert each in {"not shown", "nobody"}, quarter
                    hidden += each == "not shown"
                    assert (people == "not shown") == (each == "not shown"), quarter
        assert shown - {"0"} <= seen, quarter
    assert not seen & {f"{number}" for number in range(1, 10)}
    assert hidden >= 8


def pounds(text: str) -> int:
    return int(text.removeprefix("£").replace(",", ""))


def costs_of(browser: Client, ref: str) -> list[list[str]]:
    """The lines of the table of costs, as texts of their cells."""
    page: Any = lxml.html.document_fromstring(browser.get(f"/returns/{ref}/").content.decode())
    (table,) = page.xpath('//table[caption[starts-with(., "Cost of a start")]]')
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.xpath("./tbody/tr")]
