"""A return that was told is entered by hand: once, without small numbers, and never beside one that came by the post."""

import csv
import io
import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from tests import staff
from tests.commission import factories
from tests.commission.returns.test_returns import SENT, arrived
from tests.programme.reading import text

from desist.commission.returns import commands
from desist.commission.returns.models import ServiceReturn
from desist.post import payloads
from desist.post.handlers import CannotHandle
from desist.refusals import Refused
from desist.returns.figures import Span
from desist.returns.quarters import Quarter
from desist.wall import gate
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

PAGE = f"/returns/by-hand/{factories.SERVICE}/2026-07-01/"
TOLD = {
    "told_by": "R. Fenwick, Northmere service",
    "quarter.received": "60",
    "quarter.source.police": "48",
    "quarter.accepted": "40",
    "four.received": "231",
    "form_version": "0",
    "form_submission": "first",
}


@pytest.fixture
def commissioner(settings: Any) -> Client:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    factories.service()
    return staff.browser(account=staff.account(name="Carol Fennimore"), role=Role.COMMISSIONER)


def states() -> list[tuple[int, bool, str]]:
    rows = ServiceReturn.objects.order_by("arrived_at", "pk")
    return [(row.number, bool(row.entered_by), row.state) for row in rows]


def test_a_return_that_was_told_is_entered_from_the_list_and_says_so(commissioner: Client) -> None:
    assert f'href="{PAGE}"' in commissioner.get("/").content.decode()

    answer = commissioner.post(PAGE, TOLD, follow=True)

    page = text(answer)
    said = "Entered by hand by Carol Fennimore on 24 November 2026, told by R. Fenwick, Northmere service"
    assert f"{said}, by definitions 2026-12-3." in page
    assert "Accepted 40 67% (54% to 77%), n = 60" in page
    assert "numbers of the quarter are withheld or were not told" in page
    assert "Declined withheld or not told" in page
    assert "Entered by hand on 24 November 2026" in text(commissioner.get("/"))


def test_its_files_say_that_it_was_told(commissioner: Client) -> None:
    ref = factories.entered().ref

    rows = list(
        csv.DictReader(commissioner.get(f"/returns/{ref}/file/").content.decode("utf-8-sig").splitlines())
    )
    paper = PdfReader(io.BytesIO(commissioner.get(f"/returns/{ref}/file/?as=pdf").content))
    printed = " ".join(" ".join(page.extract_text() for page in paper.pages).split())

    said = "Entered by hand by a colleague on 12 October 2026, told by R. Fenwick, Northmere service"
    assert {one["how_it_came"] for one in rows} == {said}
    assert {one["quarter"] for one in rows} == {"60", "40", "withheld or not told"}
    assert said in printed
    assert "Withheld or not told: nobody told the number" in printed


def test_a_return_of_the_post_says_so_in_its_file(commissioner: Client) -> None:
    content = commissioner.get(f"/returns/{factories.came().ref}/file/").content.decode("utf-8-sig")

    assert {one["how_it_came"] for one in csv.DictReader(content.splitlines())} == {"By the post"}


def test_the_need_of_the_area_says_that_it_was_told(commissioner: Client) -> None:
    factories.entered()

    page = text(commissioner.get("/needs/own/"))

    assert "entered by hand by a colleague on 12 October 2026, told by R. Fenwick, Northmere service" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"quarter.accepted": "4"}, "4 is a small number, which can lead to one person"),
        ({"four.received": "9"}, "9 is a small number"),
        ({"quarter.received": "many"}, "must be a whole number"),
        ({"quarter.received": "-60"}, "must be between 0 and 999,999"),
        ({"quarter.source.police": "61"}, "The parts are 61 together, and “Referrals received” is 60"),
        ({"told_by": ""}, "who told you"),
        ({"told_by": "R\u0000. Fenwick"}, "told"),
    ],
)
def test_what_is_wrong_is_said_and_every_word_is_kept(
    commissioner: Client, change: dict[str, str], sentence: str
) -> None:
    answer = commissioner.post(PAGE, TOLD | change)

    assert answer.status_code == 422
    assert sentence.casefold() in text(answer).casefold()
    kept = answer.content.decode()
    assert [one for one in (TOLD | change).values() if "\u0000" not in one and one not in kept] == []
    assert not ServiceReturn.objects.exists()


def test_parts_that_are_all_told_must_be_the_whole(commissioner: Client) -> None:
    answer = commissioner.post(
        PAGE,
        TOLD | {"quarter.started": "20", "quarter.started.not_yet": "10", "quarter.started.not_known": "0"},
    )

    assert "Every part is told and they are 30 together, but “Accepted” is 40" in text(answer)


def test_a_small_number_that_the_others_give_away_is_refused(commissioner: Client) -> None:
    answer = commissioner.post(PAGE, TOLD | {"quarter.assessed": "36"})

    assert answer.status_code == 422
    assert "“Not assessed yet, or the day is not known” is the only part that is not told" in text(answer)


def test_nothing_at_all_is_no_return(commissioner: Client) -> None:
    answer = commissioner.post(
        PAGE, {"told_by": "R. Fenwick", "form_version": "0", "form_submission": "first"}
    )

    assert answer.status_code == 422
    assert "Enter at least one number" in text(answer)


def test_nought_tells_of_clients_and_is_refused_of_advocates(commissioner: Client) -> None:
    page = f"/returns/by-hand/{factories.advocates().name}/2026-07-01/"

    answer = commissioner.post(
        page, {"told_by": "N. Quill", "quarter.received": "0", "form_version": "0", "form_submission": "a"}
    )

    assert "0 is a small number" in text(answer)
    assert "The police were told" not in text(answer)


@pytest.mark.parametrize("told", [{}, {"quarter received": 4}])
def test_the_command_refuses_what_the_page_would(told: dict[str, int]) -> None:
    numbers = {(Span.QUARTER, name.split()[1]): number for name, number in told.items()}
    with pytest.raises(Refused):
        commands.enter(
            actor=Actor(who="carol", role=Role.COMMISSIONER, area=staff.AREA, correlation=uuid.uuid4()),
            sender=factories.SERVICE,
            quarter=Quarter(date(2026, 7, 1)),
            version="2026-12",
            told=numbers,
            told_by="R. Fenwick",
            why="",
            after=0,
            submission="a",
            at=factories.AT,
        )


def test_another_edition_is_one_click_away(commissioner: Client) -> None:
    assert 'href="?by=2026-12"' in commissioner.get(PAGE).content.decode()

    page = commissioner.get(f"{PAGE}?by=2026-12")
    commissioner.post(f"{PAGE}?by=2026-12", TOLD)

    assert "Goals reached" not in text(page)
    assert ServiceReturn.objects.get().definitions == "2026-12"


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}?by=police-2026-12",
        f"{PAGE}?by=1999",
        f"/returns/by-hand/{factories.SERVICE}/2026-10-01/",
        "/returns/by-hand/nobody/2026-07-01/",
    ],
)
def test_there_is_no_page_for_what_cannot_be_entered(commissioner: Client, address: str) -> None:
    assert commissioner.get(address).status_code == 404


def test_entering_again_corrects_and_needs_a_reason(commissioner: Client) -> None:
    commissioner.post(PAGE, TOLD)
    drawn = commissioner.get(PAGE).content.decode()
    again = TOLD | {"quarter.accepted": "44", "form_version": "1", "form_submission": "second"}

    assert 'value="48"' in drawn
    assert "Why is it corrected?" in drawn
    assert commissioner.post(PAGE, again).status_code == 422
    page = text(commissioner.post(PAGE, again | {"why": "mistake"}, follow=True))

    assert "It corrects the return before: records were wrong" in page
    assert states() == [(1, True, "replaced"), (2, True, "stands")]


def test_the_same_form_twice_makes_one_row(commissioner: Client) -> None:
    first = commissioner.post(PAGE, TOLD)
    second = commissioner.post(PAGE, TOLD)

    assert first["Location"] == second["Location"]
    assert states() == [(1, True, "stands")]


def test_a_colleague_who_entered_meanwhile_is_not_overwritten(commissioner: Client) -> None:
    commissioner.post(PAGE, TOLD)

    answer = commissioner.post(PAGE, TOLD | {"form_submission": "other", "quarter.accepted": "41"})

    assert answer.status_code == 422
    assert 'value="41"' in answer.content.decode()
    assert states() == [(1, True, "stands")]


def test_what_comes_by_the_post_counts_and_what_was_entered_does_not(commissioner: Client) -> None:
    commissioner.post(PAGE, TOLD)
    commands.receive(arrived(SENT))

    assert sorted(states()) == [(1, False, "stands"), (1, True, "replaced")]
    commands.receive(arrived(SENT, "again"))
    assert ServiceReturn.objects.count() == 2


def test_the_list_leads_to_the_return_that_counts(commissioner: Client) -> None:
    ended = {"state": "replaced", "ended_at": factories.AT}
    factories.entered(number=1, **ended)
    factories.entered(number=2, why="mistake", **ended)
    counts = factories.came()

    page = commissioner.get("/")

    assert "Came on 12 October 2026" in text(page)
    assert f"/returns/{counts.ref}/" in page.content.decode()


def test_nothing_is_entered_beside_a_return_of_the_post(commissioner: Client) -> None:
    commands.receive(arrived(SENT))

    page = commissioner.get(PAGE)
    answer = commissioner.post(PAGE, TOLD)

    assert "came by the post and counts" in text(page)
    assert "Save the return" not in text(page)
    assert answer.status_code == 422
    assert states() == [(1, False, "stands")]


def test_the_post_that_comes_at_the_same_moment_wins(
    commissioner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = gate.create

    def overtaken(*args: Any, **more: Any) -> Any:
        factories.came()
        return create(*args, **more)

    monkeypatch.setattr(gate, "create", overtaken)
    answer = commissioner.post(PAGE, TOLD)

    assert "came from its sender meanwhile" in text(answer)
    assert states() == [(1, False, "stands")]


def test_a_return_that_its_sender_recalled_can_be_entered_by_hand(commissioner: Client) -> None:
    commands.receive(arrived(SENT))
    commands.note_recall(arrived(payloads.ReturnRecalled(SENT.quarter, 1, "mistake", factories.AT)))

    assert (
        f'href="{PAGE}"' in commissioner.get(f"/returns/{ServiceReturn.objects.get().ref}/").content.decode()
    )
    commissioner.post(PAGE, TOLD)

    assert sorted(states()) == [(1, False, "recalled"), (1, True, "stands")]


def test_a_mistake_is_recalled_and_keeps_no_number(commissioner: Client) -> None:
    ref = factories.entered().ref

    page = text(
        commissioner.post(f"/returns/{ref}/recall/", {"why": "mistake", "form_submission": "r"}, follow=True)
    )

    row = ServiceReturn.objects.get()
    assert (row.state, row.figures) == ("recalled", [])
    assert "This return was recalled here" in page
    assert "It is recalled already" in text(commissioner.get(f"/returns/{ref}/recall/"))
    commissioner.post(PAGE, TOLD)
    assert states() == [(1, True, "recalled"), (2, True, "stands")]


def test_a_return_of_the_post_is_not_recalled_here(commissioner: Client) -> None:
    ref = factories.came().ref

    answer = commissioner.post(f"/returns/{ref}/recall/", {"why": "mistake", "form_submission": "r"})

    assert "its sender alone can recall it" in text(answer).casefold()
    assert ServiceReturn.objects.get().state == "stands"


def test_nobody_asks_the_post_about_a_return_that_was_told(commissioner: Client) -> None:
    ref = factories.entered().ref

    answer = commissioner.post(
        f"/returns/{ref}/ask/", {"words": "Why did fewer start?", "form_submission": "q"}
    )

    assert "Ask about this return" not in text(commissioner.get(f"/returns/{ref}/"))
    assert "telephone the person who told it" in text(answer)


def test_an_evaluator_reads_a_return_that_was_told_and_enters_none(commissioner: Client) -> None:
    ref = factories.entered().ref
    evaluator = staff.browser(account=staff.account(name="Ellis"), role=Role.EVALUATOR)

    page = text(evaluator.get(f"/returns/{ref}/"))

    assert "Correct the return" not in page
    assert "Enter by hand" not in text(evaluator.get("/"))
    assert evaluator.get(PAGE).status_code == 403


def test_a_return_whose_parts_are_more_than_their_whole_is_refused_from_the_post_too() -> None:
    factories.service()
    with pytest.raises(CannotHandle, match="do not add up"):
        commands.receive(arrived(replace(SENT, figures=("quarter received 60", "quarter accepted 61"))))
