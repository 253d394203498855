"""What a force recorded is kept beside its extract once nobody stands out in it, and is an outcome of its own in a study."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import staff
from tests.commission import factories
from tests.commission.extracts.test_studies import SENT, _service, arrived, evaluator, study  # noqa: F401 -- fixtures
from tests.commission.factories import AT
from tests.programme.reading import text

from desist.commission.extracts import chores, commands, outcomes
from desist.commission.extracts.models import OutcomeExtract, PoliceOutcomes, Study
from desist.extracts import police
from desist.post import doors, payloads
from desist.post.handlers import CannotHandle, NotYet, Received
from desist.post.models import Partner

pytestmark = pytest.mark.django_db

FORCE = "northmere-police"
WITH_TOKEN = replace(SENT, token="token-of-the-extract")
TOLD = factories.outcomes_sent()
NOTHING: dict[str, Any] = {"recorded": (), "orders": ()}
RECALL = payloads.ExtractRecalled(1, "mistake", AT)


@pytest.fixture
def extract() -> OutcomeExtract:
    commands.receive(arrived(WITH_TOKEN))
    return OutcomeExtract.objects.get()


def came(payload: payloads.Payload = TOLD, **fields: Any) -> Received:
    return replace(arrived(payload, thread="of the police", sender=FORCE), **fields)


def test_an_extract_of_the_version_before_is_kept_and_shown(evaluator: Client) -> None:  # noqa: F811
    values = doors.to_json(SENT)
    del values["token"]
    told = doors.from_json("outcome-extract", 1, values)

    commands.receive(arrived(told))

    row = OutcomeExtract.objects.get()
    assert row.token == ""
    page = text(evaluator.get(f"/extracts/{row.ref}/"))
    assert "EPISODES.csv" in page
    assert "RECORDED" not in page
    assert "police were asked" not in page
    assert study(evaluator, row).status_code == 302


def test_what_came_stands_beside_its_extract(evaluator: Client, extract: OutcomeExtract) -> None:  # noqa: F811
    assert "It has not come yet" in text(evaluator.get(f"/extracts/{extract.ref}/"))

    outcomes.receive(came())

    page = text(evaluator.get(f"/extracts/{extract.ref}/"))
    assert "Northmere Police" in page
    assert "RECORDED.csv" in page
    assert "recorded as a stalking offence" in page
    body = evaluator.get(f"/extracts/{extract.ref}/file/recorded/").content.decode()
    assert body.startswith("person,date,kind,decision\n")
    assert body.count("\n") == len(TOLD.recorded) + 1
    extract.refresh_from_db()
    assert extract.events_read_at is not None


def test_it_waits_for_its_extract_and_comes_once(extract: OutcomeExtract) -> None:
    with pytest.raises(NotYet):
        outcomes.receive(came(replace(TOLD, token="another")))
    outcomes.receive(came())
    outcomes.receive(came())

    assert PoliceOutcomes.objects.count() == 1
    with pytest.raises(CannotHandle):
        outcomes.receive(came(thread="more"))


@pytest.mark.parametrize(
    "fields",
    [
        {"people": TOLD.people[:4], "recorded": (), "orders": ()},
        {"people": TOLD.people[:-1]},  # one of a group was not looked up
        {"people": (*TOLD.people, "f" * 16)},  # not of the extract
        {"recorded": (f"{TOLD.people[0]},,stalking,",)},  # a null date
        {"recorded": (f"{TOLD.people[0]},2025-05-05,convicted,",)},  # a small cell
        {"recorded": (f"{TOLD.people[0]},2025-05-05,stalking,Robin",)},
        {"recorded": (*TOLD.recorded, f"{TOLD.people[0]},2024-12-31,stalking,")},  # before the referral
        {"left_out": ("Robin 1",)},
        {"left_out": (f"not_found {'1' * 4301}",)},
        {"left_out": (f"not_found {'0' * 40}",)},
        {"left_out": ("not_found",)},
        {"left_out": ("not_found \u0661",)},
        {"edition": "police-1999-01"},
    ],
)
def test_what_is_not_by_the_dictionary_or_stands_out_is_refused(
    extract: OutcomeExtract, fields: dict[str, Any]
) -> None:
    with pytest.raises(CannotHandle) as refused:
        outcomes.receive(came(replace(TOLD, **fields)))

    assert not PoliceOutcomes.objects.exists()
    assert "Robin" not in str(refused.value)
    assert TOLD.people[0] not in str(refused.value)


def test_the_police_alone_send_it(extract: OutcomeExtract) -> None:
    with pytest.raises(CannotHandle):
        outcomes.receive(came(sender=factories.SERVICE))


def events(made: Study) -> int:
    """Return of how many people an event is counted in a study."""
    found = json.loads(json.loads(made.files)["results.json"])
    return next(int(one["events"]) for one in found if one["function"] == "follow_up")


@pytest.mark.parametrize(("sources", "number"), [("recorded", 20), ("proven", 5)])
def test_a_study_counts_what_was_recorded_and_what_was_proven_apart(
    evaluator: Client,  # noqa: F811
    extract: OutcomeExtract,
    sources: str,
    number: int,
) -> None:
    outcomes.receive(came())

    answer = study(evaluator, extract, sources=sources, lag_days="0", time_zero="referral")

    assert answer.status_code == 302
    made = Study.objects.get()
    by_hand = {
        line.split(",")[0]
        for line in TOLD.recorded
        if line.split(",")[2] == police.CONVICTED or (sources == "recorded" and not line.endswith("inquiry"))
    }
    assert len(by_hand) == number
    assert events(made) == number


def test_without_outcomes_a_study_of_them_is_refused(evaluator: Client, extract: OutcomeExtract) -> None:  # noqa: F811
    answer = study(evaluator, extract, sources="recorded")

    assert answer.status_code == 422
    assert "no force has told what it recorded" in text(answer)
    assert not Study.objects.exists()


@pytest.mark.parametrize(
    ("left_out", "refused"),
    [
        ((), set()),
        (("not_found 5",), set()),
        (("no_convicted 0",), {"proven"}),
        (("no_orders 0",), {"recorded", "proven"}),
        (
            ("no_orders 0", "no_convicted 0", "no_charged 0"),
            {"recorded", "proven"},
        ),  # as it was written before
    ],
)
def test_what_was_left_out_is_not_counted_as_nothing(
    evaluator: Client,  # noqa: F811
    extract: OutcomeExtract,
    left_out: tuple[str, ...],
    refused: set[str],
) -> None:
    outcomes.receive(came(replace(TOLD, left_out=left_out, **NOTHING)))

    answers = {
        sources: study(evaluator, extract, sources=sources, form_submission=sources, time_zero="referral")
        for sources in ("recorded", "proven")
    }

    assert {sources for sources, answer in answers.items() if answer.status_code == 422} == refused
    for sources in refused:
        assert "had to leave it out" in text(answers[sources])


def test_what_the_service_was_told_is_counted_without_what_the_police_recorded(
    evaluator: Client,  # noqa: F811
    extract: OutcomeExtract,
) -> None:
    study(evaluator, extract, form_submission="before")
    outcomes.receive(came())
    study(evaluator, extract, form_submission="after")

    before, after = Study.objects.order_by("pk")
    assert events(before) == events(after)


def test_a_recall_of_the_force_deletes_its_rows_and_studies_of_them_alone(
    evaluator: Client,  # noqa: F811
    extract: OutcomeExtract,
) -> None:
    outcomes.receive(came())
    study(evaluator, extract, form_submission="told")
    study(evaluator, extract, form_submission="recorded", sources="recorded")

    commands.note_recall(came(RECALL))

    told, recorded = Study.objects.order_by("pk")
    assert told.files
    assert not recorded.files
    row = PoliceOutcomes.objects.get()
    assert (row.people_lines, row.recorded_lines, row.order_lines) == ("", "", "")
    page = text(evaluator.get(f"/extracts/{extract.ref}/"))
    assert "Recalled by the force" in page
    assert "RECORDED.csv" not in page
    assert evaluator.get(f"/extracts/{extract.ref}/file/recorded/").status_code == 404


def test_a_recall_of_the_extract_deletes_what_the_police_told(extract: OutcomeExtract) -> None:
    outcomes.receive(came())

    commands.note_recall(arrived(RECALL))

    row = PoliceOutcomes.objects.get()
    assert (row.people_lines, row.ended_at) == ("", AT)
    outcomes.receive(came(thread="later"))  # it was on its way: nothing of it is kept
    assert not PoliceOutcomes.objects.exclude(people_lines="").exists()


@pytest.mark.parametrize("text_of_it", ["Robin 1", f"not_found {'1' * 4301}", f"not_found {'0' * 40}"])
def test_what_comes_too_late_and_cannot_be_read_is_refused_and_breaks_no_page(
    evaluator: Client,  # noqa: F811
    extract: OutcomeExtract,
    text_of_it: str,
) -> None:
    commands.note_recall(arrived(RECALL))

    with pytest.raises(CannotHandle, match=r"^The envelope says no reason of the list"):
        outcomes.receive(came(replace(TOLD, left_out=(text_of_it,))))

    assert evaluator.get(f"/extracts/{extract.ref}/").status_code == 200


SOUTH = "southvale-police"


def from_the_south(**fields: Any) -> Received:
    """What a second force tells of people of the same extract."""
    Partner.objects.get_or_create(
        name=SOUTH,
        defaults={
            "zone": "partnership",
            "title": "Southvale Police",
            "transport": "by_hand",
            "phone": "01632 960 005",
            "area": staff.AREA,
            "added_at": AT,
        },
    )
    told = replace(TOLD, **{"recorded": (), "orders": (), **fields})
    return came(told, sender=SOUTH, thread="of the south")


def ordered(people: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{one},2025-04-20,,full" for one in people)


#: those of one group of the extract, in which nobody is told of apart
FIFTEEN = TOLD.people[:30:2]


def test_rows_of_two_forces_are_read_together(evaluator: Client, extract: OutcomeExtract) -> None:  # noqa: F811
    outcomes.receive(came())
    outcomes.receive(from_the_south())

    lines = outcomes.lines(extract, today=AT.date())

    assert lines == police.Recorded(TOLD.people, TOLD.recorded, TOLD.orders)


@pytest.mark.parametrize(
    ("north", "south"),
    [
        # each leaves five without an order, and together one person is left
        (
            {"people": TOLD.people, "orders": ordered(TOLD.people[:20])},
            {"people": TOLD.people, "orders": ordered(TOLD.people[19:39])},
        ),
        # each looks up five of a group of fifteen or more, and together one is left who was not
        ({"people": FIFTEEN[:7]}, {"people": FIFTEEN[7:14]}),
    ],
)
def test_a_force_beside_whose_rows_a_person_would_stand_out_is_refused_until_the_other_recalls(
    extract: OutcomeExtract, north: dict[str, Any], south: dict[str, Any]
) -> None:
    outcomes.receive(came(replace(TOLD, **{"recorded": (), "orders": (), **north})))

    with pytest.raises(CannotHandle, match=r"^Beside what another force told, fewer than 5 people"):
        outcomes.receive(from_the_south(**south))

    assert PoliceOutcomes.objects.count() == 1
    commands.note_recall(came(RECALL))
    outcomes.receive(from_the_south(**south))
    assert outcomes.lines(extract, today=AT.date()).people == south["people"]


def test_files_of_rows_that_nobody_may_open_any_more_are_not_offered(
    evaluator: Client,  # noqa: F811
    extract: OutcomeExtract,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    outcomes.receive(came(replace(TOLD, until=AT.date())))
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=1))

    page = text(evaluator.get(f"/extracts/{extract.ref}/"))

    assert "EPISODES.csv" in page
    assert "RECORDED" not in page
    assert evaluator.get(f"/extracts/{extract.ref}/file/recorded/").status_code == 404


@pytest.mark.parametrize("until", [date(2026, 12, 31), date(2030, 1, 1)])
def test_the_clock_deletes_it_after_the_earlier_of_two_agreements(
    extract: OutcomeExtract, until: date
) -> None:
    outcomes.receive(came(replace(TOLD, until=until)))
    last = min(until, extract.until)

    chores.empty(at=datetime.combine(last, datetime.min.time(), UTC) + timedelta(hours=12))
    assert PoliceOutcomes.objects.get().people_lines
    chores.empty(at=datetime.combine(last, datetime.min.time(), UTC) + timedelta(days=1, hours=12))

    row = PoliceOutcomes.objects.get()
    assert row.people_lines == ""
    assert row.ended_at is not None
