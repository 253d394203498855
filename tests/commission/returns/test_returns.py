"""Returns that came: by service, what has not come, a page a quarter, a question and its answer."""

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests import staff
from tests.commission import factories
from tests.commission.factories import AT, SERVICE
from tests.programme.reading import text

from desist.commission.returns import commands
from desist.commission.returns.models import Question, ServiceReturn
from desist.post import payloads
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.post.models import ByHandTask
from desist.returns import definitions
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

SENT = payloads.ServiceReturn(
    area=staff.AREA,
    quarter=date(2026, 7, 1),
    number=1,
    why="",
    definitions="2026-12",
    counted_at=AT,
    figures=("quarter received 60", "quarter accepted 40", "quarter started 30"),
    days=("assessed 9 4 13",),
    moved="same",
)


@pytest.fixture
def commissioner(settings: Any) -> Client:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    factories.service()
    return staff.browser(account=staff.account(), role=Role.COMMISSIONER)


@pytest.fixture(autouse=True)
def _service(db: None) -> None:
    """The service is in the register: the post takes nothing from others."""
    factories.service()


def arrived(payload: payloads.Payload, thread: str = "thread", sender: str = SERVICE) -> Received:
    return Received(payload=payload, thread=thread, sender=sender, at=AT, actor=actors.post(), arrived_at=AT)


def test_a_return_that_came_stands_beside_its_service(commissioner: Client) -> None:
    commands.receive(arrived(SENT))

    page = text(commissioner.get("/"))

    assert "Northmere service" in page
    assert "Came on 12 October 2026" in page


def test_a_quarter_that_has_not_come_names_its_day(commissioner: Client) -> None:
    page = text(commissioner.get("/"))

    assert "Not here yet. It was due on 31 October 2026" in page


def test_a_share_has_its_interval_and_n(commissioner: Client) -> None:
    commands.receive(arrived(SENT))

    page = text(commissioner.get(f"/returns/{ServiceReturn.objects.get().ref}/"))

    # by hand: Wilson's interval of 30 of 40
    assert "75% (60% to 86%), n = 40" in page
    assert "withheld" in page


def test_the_year_to_date_is_the_sum_of_quarters_that_came(commissioner: Client) -> None:
    commands.receive(arrived(replace(SENT, quarter=date(2026, 4, 1)), "before"))
    commands.receive(arrived(SENT))
    row = ServiceReturn.objects.get(quarter=date(2026, 7, 1))

    page = text(commissioner.get(f"/returns/{row.ref}/"))

    assert "Referrals received, all 60 – 120" in page


#: how many were accepted is withheld, so nothing is told as a share of them; two reasons for declining are not nought
DECLINED = [one for one in definitions.edition("2026-12").leaving if one.partition(".")[0] == "declined"]
NOUGHTS = (
    *(f"{span} received 10" for span in ("quarter", "four")),
    *(f"{span} {name} 0" for span in ("quarter", "four") for name in ("assessed.in_time", "assessed.later")),
    *(f"{span} {name} 0" for span in ("quarter", "four") for name in DECLINED[3:]),
    "quarter consultation 0",
)


def test_what_is_nought_throughout_takes_one_line_below_its_table(commissioner: Client) -> None:
    row = factories.came(quarter=date(2026, 4, 1), figures=list(NOUGHTS), days=[])

    page = text(commissioner.get(f"/returns/{row.ref}/"))

    assert "Under the age from which this service takes people withheld – –" in page
    assert "0 in each column: Outside the area; The behaviour is not stalking; " in page
    assert "The behaviour is not stalking 0" not in page
    # of those who were referred: a share, and its interval
    assert "Consultation only 0 0% (0% to 28%), n = 10 – 0 0% (0% to 28%), n = 10" in page


def test_two_noughts_stay_in_their_table(commissioner: Client) -> None:
    row = factories.came(quarter=date(2026, 4, 1), figures=list(NOUGHTS), days=[])

    page = text(commissioner.get(f"/returns/{row.ref}/"))

    assert "Assessed, all withheld – – Within 14 days 0 0 0 Later 0 0 0" in page


def test_a_table_of_noughts_is_one_line(commissioner: Client) -> None:
    noughts = [f"{span} {name} 0" for span in ("quarter", "four") for name in DECLINED]
    row = factories.came(quarter=date(2026, 4, 1), figures=noughts, days=[])

    page = text(commissioner.get(f"/returns/{row.ref}/"))

    assert "Why they were declined: 0 in the quarter, in four quarters and in the year to date." in page
    assert "No capacity" not in page


def test_the_same_return_arrives_twice_and_counts_once() -> None:
    commands.receive(arrived(SENT))
    commands.receive(arrived(SENT, "another"))

    assert ServiceReturn.objects.count() == 1


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_correction_stands_in_whichever_order_both_arrive(order: tuple[int, int]) -> None:
    for number in order:
        commands.receive(
            arrived(replace(SENT, number=number, why="late" if number > 1 else ""), f"t{number}")
        )

    states = dict(ServiceReturn.objects.values_list("number", "state"))
    assert states == {1: "replaced", 2: "stands"}


def test_a_recalled_return_keeps_no_number(commissioner: Client) -> None:
    commands.receive(arrived(SENT))

    commands.note_recall(arrived(payloads.ReturnRecalled(SENT.quarter, 1, "mistake", AT)))

    row = ServiceReturn.objects.get()
    page = text(commissioner.get(f"/returns/{row.ref}/"))
    assert (row.state, row.figures, row.days) == ("recalled", [], [])
    assert "Its sender recalled this return" in page


def test_a_recall_that_overtook_its_return_waits() -> None:
    with pytest.raises(NotYet):
        commands.note_recall(arrived(payloads.ReturnRecalled(SENT.quarter, 1, "mistake", AT)))


@pytest.mark.parametrize(
    "change",
    [
        {"definitions": "1999-01"},
        {"figures": ("quarter nobody 12",)},
        {"figures": ("quarter received -3",)},
        {"figures": ("quarter received 12", "quarter received 13")},
        {"figures": ("month received 12",)},
        {"days": ("assessed nine 4 13",)},
        {"quarter": date(2026, 7, 2)},
        {"number": 0},
        {"moved": "somewhat"},
        {"why": "because"},
    ],
)
def test_a_return_that_cannot_be_read_is_refused_with_a_sentence(change: dict[str, Any]) -> None:
    with pytest.raises(CannotHandle):
        commands.receive(arrived(replace(SENT, **change)))

    assert not ServiceReturn.objects.exists()


def test_a_question_goes_to_the_service_and_its_answer_is_shown(commissioner: Client) -> None:
    commands.receive(arrived(SENT))
    ref = ServiceReturn.objects.get().ref

    commissioner.post(f"/returns/{ref}/ask/", {"words": "Why did fewer start?", "form_submission": "q"})
    asked = Question.objects.get()
    commands.note_answer(arrived(payloads.ReturnAnswer(asked.token, "A room was shut.", AT)))

    assert "Why did fewer start?" in ByHandTask.objects.get().text
    assert "A room was shut." in text(commissioner.get(f"/returns/{ref}/"))


def test_a_question_with_a_small_number_is_refused_with_its_words_kept(commissioner: Client) -> None:
    ref = factories.came().ref

    answer = commissioner.post(f"/returns/{ref}/ask/", {"words": "Who are the 4?", "form_submission": "q"})

    assert answer.status_code == 422
    assert "Who are the 4?" in answer.content.decode()
    assert not Question.objects.exists()


def test_an_answer_of_another_service_is_refused() -> None:
    asked = factories.question(of=factories.came())

    with pytest.raises(CannotHandle):
        commands.note_answer(arrived(payloads.ReturnAnswer(asked.token, "No.", AT), sender="other-service"))


def test_an_evaluator_reads_and_does_not_ask(commissioner: Client) -> None:
    ref = factories.came().ref
    evaluator = staff.browser(account=staff.account(name="Ellis"), role=Role.EVALUATOR)

    assert evaluator.get(f"/returns/{ref}/").status_code == 200
    assert evaluator.get(f"/returns/{ref}/ask/").status_code == 403


def test_four_quarters_stand_side_by_side(commissioner: Client) -> None:
    factories.came(quarter=date(2026, 4, 1), figures=["quarter received 40"])
    ref = factories.came(figures=["quarter received 60"]).ref

    page = text(commissioner.get(f"/returns/{ref}/four/"))

    assert "Referrals received, all – – 40 60" in page
    assert "No return by the same definitions stands for October to December 2025" in page


def test_what_is_nought_in_each_of_four_quarters_takes_one_line(commissioner: Client) -> None:
    for first in (date(2025, 10, 1), date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)):
        row = factories.came(quarter=first, figures=list(NOUGHTS), days=[])

    page = text(commissioner.get(f"/returns/{row.ref}/four/"))

    assert "Referrals received, all 10 10 10 10" in page
    assert "0 in each column: Outside the area; The behaviour is not stalking; " in page
    assert "Consultation only 0 0 0 0" in page


def test_a_return_of_the_police_stands_beside_the_services_with_its_own_figures(commissioner: Client) -> None:
    told = replace(
        SENT, definitions="police-2026-12", figures=("quarter full 20", "quarter full.served 15"), days=()
    )
    commands.receive(arrived(told, sender=factories.force().name))

    home = text(commissioner.get("/"))
    page = text(commissioner.get(f"/returns/{ServiceReturn.objects.get().ref}/"))

    assert "Northmere Police Police, " in home
    assert "Orders, breaches and referrals" in page
    assert "Full orders served 15 75% (53% to 89%), n = 20" in page
    assert "Sessions of the twelve" not in page


def test_a_return_of_advocates_shows_nothing_that_stays_with_them(commissioner: Client) -> None:
    row = factories.came_from_advocates()

    home = text(commissioner.get("/"))
    page = text(commissioner.get(f"/returns/{row.ref}/"))
    file = commissioner.get(f"/returns/{row.ref}/file/").content.decode()
    four = text(commissioner.get(f"/returns/{row.ref}/four/"))

    assert "Harbour Advocacy Advocacy, " in home
    assert "those from 0 to 9, and others with them" in page
    assert "No figure of the quarter before has moved by 10 or more since" in page
    assert "The first plan was made in the quarter 18 60% (42% to 75%), n = 30" in page
    assert not [one for one in (page, four, file) if "The police were told" in one or "News passed on" in one]


def test_a_return_with_a_number_that_stays_with_the_advocates_is_refused() -> None:
    told = replace(SENT, definitions="advocacy-2026-12", figures=("quarter open.told 20",), days=())

    with pytest.raises(CannotHandle):
        commands.receive(arrived(told, sender=factories.advocates().name))

    assert not ServiceReturn.objects.exists()


def test_a_return_by_definitions_of_another_kind_of_site_is_refused() -> None:
    with pytest.raises(CannotHandle):
        commands.receive(arrived(replace(SENT, definitions="police-2026-12", figures=(), days=())))

    assert not ServiceReturn.objects.exists()


def test_a_return_is_a_table_with_its_definitions_and_what_is_withheld(commissioner: Client) -> None:
    ref = factories.came(figures=["quarter received 60", "four received 231"]).ref

    answer = commissioner.get(f"/returns/{ref}/file/")

    rows = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))
    received = next(one for one in rows if one["figure"] == "Referrals received")
    accepted = next(one for one in rows if one["figure"] == "Accepted")
    assert (received["quarter"], received["four_quarters"], received["sent_by"]) == (
        "60",
        "231",
        "Northmere service",
    )
    assert (accepted["quarter"], accepted["four_quarters"]) == ("withheld", "")
    assert "by the day on which their referral was complete" in received["what_is_counted"]
    assert answer["Content-Disposition"] == 'attachment; filename="return-2026-07-01-1.csv"'


def test_a_spreadsheet_holds_what_the_table_holds_with_numbers_as_numbers(commissioner: Client) -> None:
    ref = factories.came(figures=["quarter received 60", "four received 231"]).ref
    plain = list(
        csv.reader(commissioner.get(f"/returns/{ref}/file/").content.decode("utf-8-sig").splitlines())
    )

    answer = commissioner.get(f"/returns/{ref}/file/?as=ods")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    as_text = [[f"{one:g}" if isinstance(one, float) else str(one) for one in row] for row in rows]
    assert as_text == plain
    received = next(row for row in rows if row[3] == "Referrals received")
    assert received[4:6] == [60.0, 231.0]
    assert answer["Content-Disposition"] == 'attachment; filename="return-2026-07-01-1.ods"'
    assert commissioner.get(f"/returns/{ref}/file/?as=ods").content == answer.content


def test_a_return_on_paper_can_be_heard_and_says_what_its_page_says(commissioner: Client) -> None:
    ref = factories.came(figures=["quarter received 60", "quarter accepted 40", "four received 231"]).ref

    answer = commissioner.get(f"/returns/{ref}/file/?as=pdf")

    assert b"pdfuaid" in answer.content
    paper = PdfReader(io.BytesIO(answer.content))
    said = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    for words in ("Referrals received, all 60 231", "Accepted 40 67% (54% to 77%), n = 60", "Counted: "):
        assert words in said
    assert "Every number is withheld." in said
    assert paper.metadata is not None
    assert paper.metadata.title == "Northmere service, July to September 2026"
    assert answer["Content-Disposition"] == 'attachment; filename="return-2026-07-01-1.pdf"'
    assert commissioner.get(f"/returns/{ref}/file/?as=pdf").content == answer.content


def test_there_is_no_file_of_another_kind(commissioner: Client) -> None:
    assert commissioner.get(f"/returns/{factories.came().ref}/file/?as=exe").status_code == 404


@pytest.mark.parametrize("kind", ["ods", "pdf"])
def test_no_file_of_a_recalled_return_has_a_number(commissioner: Client, kind: str) -> None:
    ref = factories.came(state="recalled", ended_why="mistake", ended_at=AT, figures=[], days=[]).ref

    content = commissioner.get(f"/returns/{ref}/file/?as={kind}").content

    if kind == "ods":
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert {tuple(row[4:7]) for row in rows[1:]} == {("", "", "")}
    else:
        (page,) = PdfReader(io.BytesIO(content)).pages
        assert "It was recalled." in page.extract_text()
        assert "Referrals received" not in page.extract_text()


def test_the_table_of_a_recalled_return_has_no_number(commissioner: Client) -> None:
    ref = factories.came(state="recalled", ended_why="mistake", ended_at=AT, figures=[], days=[]).ref

    rows = list(
        csv.DictReader(commissioner.get(f"/returns/{ref}/file/").content.decode("utf-8-sig").splitlines())
    )

    assert {(one["quarter"], one["four_quarters"], one["year_to_date"], one["state"]) for one in rows} == {
        ("", "", "", "recalled")
    }
