"""An extract is kept once every cell fits, an evaluator alone opens it, and a study is made by a plan settled before."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.commission import factories
from tests.commission.factories import AT, SERVICE
from tests.programme.reading import text

from desist.commission.extracts import chores, commands
from desist.commission.extracts.models import OutcomeExtract, Study
from desist.post import payloads
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

PLAN = {"time_zero": "eligible", "horizon": "365", "sources": "police", "lag_days": "30"}
SENT = factories.extract_sent()
RECALL = payloads.ExtractRecalled(1, "mistake", AT)


@pytest.fixture(autouse=True)
def _service(db: None) -> None:
    """The service is in the register: the post takes nothing from others."""
    factories.service()
    factories.force()


@pytest.fixture
def evaluator(settings: Any) -> Client:
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-commission", "commission"
    return staff.browser(account=staff.account(), role=Role.EVALUATOR)


@pytest.fixture
def extract() -> OutcomeExtract:
    commands.receive(arrived(SENT))
    return OutcomeExtract.objects.get()


def arrived(payload: payloads.Payload, thread: str = "thread", sender: str = SERVICE) -> Received:
    return Received(payload=payload, thread=thread, sender=sender, at=AT, actor=actors.post(), arrived_at=AT)


def study(evaluator: Client, extract: OutcomeExtract, **plan: str) -> Any:
    sent = {**PLAN, "form_submission": "once", **plan}
    return evaluator.post(f"/extracts/{extract.ref}/study/", sent)


def test_an_extract_that_came_is_listed_with_its_agreement(
    evaluator: Client, extract: OutcomeExtract
) -> None:
    page = text(evaluator.get("/extracts/"))

    assert "Northmere service, extract 1" in page
    assert "University of Northmere" in page
    assert "40" in text(evaluator.get(f"/extracts/{extract.ref}/"))


def test_a_commissioner_sees_that_it_came_and_never_its_rows(
    evaluator: Client, extract: OutcomeExtract
) -> None:
    study(evaluator, extract)
    commissioner = staff.browser(account=staff.account(ref="carol"), role=Role.COMMISSIONER)

    page = commissioner.get("/extracts/").content.decode()

    assert "Northmere service, extract 1" in page
    assert extract.ref not in page
    for address in (
        *(f"/extracts/{extract.ref}/", f"/extracts/{extract.ref}/file/events/"),
        *(f"/extracts/{extract.ref}/study/", f"/extracts/studies/{Study.objects.get().ref}/annex.html"),
    ):
        assert commissioner.get(address).status_code == 403


def test_the_same_envelope_twice_is_one_extract(extract: OutcomeExtract) -> None:
    commands.receive(arrived(SENT))

    assert OutcomeExtract.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"episodes": ("0000000000000001,Robin Example,,,,,Northmere,programme,",) * 5},
        {"episodes": SENT.episodes[:4]},  # a group of four
        {"episodes": (*SENT.episodes, SENT.episodes[0])},  # a person twice
        {"episodes": ()},
        {"events": ("00000000000000aa,2026-03-02,stalking,victim",)},
        {"events": ("ffffffffffffffff,2026-03-02,stalking,police",)},  # of nobody
        {"gaps": ("00000000000000aa,2026-03-02,2026-03-01,custody",)},
        {"left_out": ("Robin 1",)},
        {"left_out": (f"again {'1' * 4301}",)},
        {"left_out": (f"again {'0' * 40}",)},
        {"edition": "1999-01"},
        {"evaluator": ""},
        {"number": 0},
    ],
)
def test_what_is_not_by_the_dictionary_is_refused_and_its_sentence_repeats_no_cell(
    fields: dict[str, Any],
) -> None:
    with pytest.raises(CannotHandle) as refused:
        commands.receive(arrived(replace(SENT, **fields)))

    assert "Robin" not in str(refused.value)
    assert not OutcomeExtract.objects.exists()


def test_an_extract_comes_from_a_programme_alone() -> None:
    with pytest.raises(CannotHandle, match="from a programme alone"):
        commands.receive(arrived(SENT, sender="northmere-police"))


def test_the_files_are_those_of_the_dictionary_and_an_opened_outcome_is_noted(
    evaluator: Client, extract: OutcomeExtract
) -> None:
    lines = evaluator.get(f"/extracts/{extract.ref}/file/episodes/").content.decode().splitlines()

    assert lines[0] == "person,referral,eligible,start,end,end_reason,area,arm,age_band"
    assert len(lines) == 41
    extract.refresh_from_db()
    assert extract.events_read_at is None
    evaluator.get(f"/extracts/{extract.ref}/file/events/")
    study(evaluator, extract)
    assert Study.objects.get().after_events
    assert "settled after an outcome" in text(
        evaluator.get(f"/extracts/studies/{Study.objects.get().ref}/made/")
    )
    assert evaluator.get(f"/extracts/{extract.ref}/file/names/").status_code == 404


def test_a_study_is_made_by_the_plan_and_its_annex_may_load_nothing(
    evaluator: Client, extract: OutcomeExtract
) -> None:
    answer = study(evaluator, extract)

    made = Study.objects.get()
    assert answer.url == f"/extracts/studies/{made.ref}/made/"
    page = text(evaluator.get(answer.url))
    assert "The plan was settled before an outcome of this extract was seen" in page
    annex = evaluator.get(f"/extracts/studies/{made.ref}/annex.html")
    assert "Evaluation annex" in text(annex)
    assert "waiting list" in text(annex)
    policy = annex.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "style=" not in annex.content.decode()


def test_every_file_of_a_study_opens_also_as_pdf(evaluator: Client, extract: OutcomeExtract) -> None:
    study(evaluator, extract)
    ref = Study.objects.get().ref

    names = json.loads(Study.objects.get().files)
    answers = {name: evaluator.get(f"/extracts/studies/{ref}/{name}") for name in (*names, "annex.pdf")}

    assert len(names) > 5
    assert {one.status_code for one in answers.values()} == {200}
    assert answers["annex.pdf"].content.startswith(b"%PDF")
    assert "attachment" in answers["results.json"].headers["Content-Disposition"]
    assert evaluator.get(f"/extracts/studies/{ref}/other.csv").status_code == 404


def test_no_pseudonym_is_in_a_study(evaluator: Client, extract: OutcomeExtract) -> None:
    study(evaluator, extract)

    files = Study.objects.get().files

    assert [line for line in SENT.episodes if line.split(",")[0] in files] == []


@pytest.mark.parametrize(("sources", "events"), [("court", 0), ("police", 8), ("all", 12)])
def test_the_plan_says_whose_reports_count(
    evaluator: Client, extract: OutcomeExtract, sources: str, events: int
) -> None:
    study(evaluator, extract, sources=sources)

    (first, *_) = json.loads(json.loads(Study.objects.get().files)["results.json"])
    assert first["events"] == events


def test_a_second_plan_is_a_second_study_and_says_so(evaluator: Client, extract: OutcomeExtract) -> None:
    study(evaluator, extract)
    study(evaluator, extract, sources="all", form_submission="twice")

    assert list(Study.objects.order_by("number").values_list("number", "after_events")) == [
        (1, False),
        (2, True),
    ]


def test_too_few_people_are_refused_with_a_plain_sentence(evaluator: Client, extract: OutcomeExtract) -> None:
    extract.episode_lines = "\n".join(SENT.episodes[:6])
    extract.event_lines = extract.gap_lines = ""
    extract.save()

    answer = study(evaluator, extract)

    assert answer.status_code == 422
    assert "6 people of the extract have this day, and a study needs at least 10" in text(answer)
    assert not Study.objects.exists()


def test_a_plan_without_an_answer_is_asked_again(evaluator: Client, extract: OutcomeExtract) -> None:
    answer = study(evaluator, extract, horizon="")

    assert answer.status_code == 422
    assert not Study.objects.exists()


def test_once_the_agreement_is_over_nobody_opens_it(evaluator: Client, extract: OutcomeExtract) -> None:
    study(evaluator, extract)
    made = Study.objects.get()
    OutcomeExtract.objects.update(until=AT.date() - timedelta(days=400))

    answer = study(evaluator, extract, form_submission="later")

    assert answer.status_code == 422
    assert "nobody may open it any more" in text(answer)
    assert "The agreement ended on" in text(evaluator.get(f"/extracts/{extract.ref}/"))
    assert evaluator.get(f"/extracts/{extract.ref}/file/episodes/").status_code == 404
    assert evaluator.get(f"/extracts/studies/{made.ref}/annex.html").status_code == 404


def test_the_clock_deletes_rows_and_studies_once_the_agreement_is_over(
    evaluator: Client, extract: OutcomeExtract
) -> None:
    study(evaluator, extract)
    last = datetime.combine(extract.until, time(12), tzinfo=UTC)

    chores.empty(at=last)
    extract.refresh_from_db()
    assert extract.episode_lines

    chores.empty(at=last + timedelta(days=1))
    extract.refresh_from_db()
    assert (extract.episode_lines, extract.event_lines, extract.gap_lines) == ("", "", "")
    assert Study.objects.get().files == ""
    assert "are deleted here" in text(later(evaluator, extract))


def later(evaluator: Client, extract: OutcomeExtract) -> Any:
    """The page of an extract after its agreement."""
    OutcomeExtract.objects.update(until=AT.date() - timedelta(days=400))
    return evaluator.get(f"/extracts/{extract.ref}/")


def test_the_clock_keeps_an_agreement_that_goes_on(extract: OutcomeExtract) -> None:
    commands.empty(actor=actors.clock(), ref=extract.ref, at=AT)

    extract.refresh_from_db()
    assert extract.episode_lines


def test_a_recalled_extract_loses_its_rows_and_its_studies(
    evaluator: Client, extract: OutcomeExtract
) -> None:
    study(evaluator, extract)

    commands.note_recall(arrived(RECALL))
    commands.note_recall(arrived(RECALL))

    extract.refresh_from_db()
    assert (extract.state, extract.episode_lines, extract.event_lines) == ("recalled", "", "")
    assert Study.objects.get().files == ""
    page = text(evaluator.get(f"/extracts/{extract.ref}/"))
    assert "The service recalled this extract" in page
    assert study(evaluator, extract, form_submission="later").status_code == 422
    assert "can no longer be read" in text(
        evaluator.get(f"/extracts/studies/{Study.objects.get().ref}/made/")
    )


def test_a_recall_that_overtakes_its_extract_waits_for_it(db: None) -> None:
    with pytest.raises(NotYet):
        commands.note_recall(arrived(RECALL))


def test_another_partner_recalls_nothing(extract: OutcomeExtract) -> None:
    with pytest.raises(NotYet):
        commands.note_recall(arrived(RECALL, sender="northmere-police"))

    extract.refresh_from_db()
    assert extract.episode_lines


def test_an_extract_of_another_area_is_not_there(evaluator: Client, extract: OutcomeExtract) -> None:
    OutcomeExtract.objects.update(area="elsewhere")

    assert evaluator.get(f"/extracts/{extract.ref}/").status_code == 404
    assert "No extract came" in text(evaluator.get("/extracts/"))
