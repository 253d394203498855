"""Measures in real requests: filled in, scored, changed since the baseline, and never saved past a safety check."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.instruments.files import questionnaire, sealed
from tests.programme import factories
from tests.programme.reading import text

from desist.desk.duty.commands import NotANumber
from desist.instruments import fhir, library
from desist.post.models import Outbox
from desist.programme.concerns.models import Concern
from desist.programme.concerns.raising import Raised
from desist.programme.episodes.models import Episode
from desist.programme.measures import commands
from desist.programme.measures.models import Measure, SafetyCheck, Wording
from desist.programme.measures.states import SafetyOutcome
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

SHEET = {
    "occasion": "baseline",
    "taken_on-day": "3",
    "taken_on-month": "3",
    "taken_on-year": "2026",
    "form_submission": "one-form",
}
CHECK = {"said": "Asked. No plans.", "outcome": "nothing"}
CONCERN = {
    "said": "Spoke of pills.",
    "outcome": "concern",
    "told_whom": "Sol Arden, duty supervisor",
    "told_on-day": "3",
    "told_on-month": "3",
    "told_on-year": "2026",
    "told_time": "9:00am",
    "answer": "Will ring the crisis team now.",
    "contact": "01632 960 009",
    "form_submission": "one-check",
}


def figures(*answers: int | str) -> dict[str, str]:
    return {f"item_{number}": str(answer) for number, answer in enumerate(answers, 1)}


def phq9(last: int | str = 0, **changes: str) -> dict[str, str]:
    return {**SHEET, **figures(2, 2, 2, 1, 1, 1, 1, 0, last), **changes}


def test_a_paper_form_is_typed_in_and_scored(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(f"/measures/of/{episode.ref}/phq-9/", phq9(), follow=True)

    assert "10 of 27, moderate" in text(answer)
    assert "At or above the cut-off of 10 for depression" in text(answer)
    kept = Measure.objects.get()
    assert kept.answers == [2, 2, 2, 1, 1, 1, 1, 0, 0]
    assert (kept.source, kept.wording, kept.flagged) == ("paper", None, False)


def test_a_form_sent_twice_is_kept_once(kit_browser: Client, episode: Episode) -> None:
    for _ in range(2):
        answer = kit_browser.post(f"/measures/of/{episode.ref}/phq-9/", phq9())
        assert answer.status_code == 302

    assert Measure.objects.count() == 1


def test_a_slip_is_told_and_what_was_typed_stays(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(f"/measures/of/{episode.ref}/phq-9/", phq9(item_3="7", item_5=""))

    assert answer.status_code == 422
    assert "Choose one of the answers shown" in text(answer)
    assert "No answer for item 5: choose one, or a dash where it was left out on the form" in text(answer)
    assert 'name="item_1" value="2" aria-label="1. Interest: 2 More than half the days" checked' in (
        answer.content.decode()
    )
    assert not Measure.objects.exists()


def test_a_gap_that_is_meant_gives_no_total_where_no_rule_allows_it(
    kit_browser: Client, episode: Episode
) -> None:
    answer = kit_browser.post(f"/measures/of/{episode.ref}/phq-9/", phq9(item_5="-"), follow=True)

    assert "No total: item 5 left out" in text(answer)
    assert Measure.objects.get().total is None


def test_one_gap_in_core_10_is_worked_out_by_its_rule(kit_browser: Client, episode: Episode) -> None:
    sent = {**SHEET, **figures(2, 2, 2, 2, 2, 0, 2, 2, 2, "-")}

    answer = kit_browser.post(f"/measures/of/{episode.ref}/core-10/", sent, follow=True)

    assert "17.8 of 40, moderate" in text(answer)
    assert "worked out without item 10, by the form’s rule" in text(answer)


def test_a_day_that_lies_ahead_is_refused(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(f"/measures/of/{episode.ref}/phq-9/", phq9(**{"taken_on-year": "2199"}))

    assert answer.status_code == 422
    assert "must be on or before" in text(answer)


@pytest.mark.parametrize("last", [1, 2, 3])
def test_any_answer_to_item_nine_leads_to_the_safety_check_at_once(
    kit_browser: Client, episode: Episode, last: int
) -> None:
    answer = kit_browser.post(f"/measures/of/{episode.ref}/phq-9/", phq9(last), follow=True)

    assert answer.redirect_chain[-1][0].endswith("/safety/")
    assert "Ask about this now" in text(answer)
    assert "Thoughts of death or self-harm: " + str(last) in text(answer)


def test_item_nine_left_out_leads_there_too(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(f"/measures/of/{episode.ref}/phq-9/", phq9("-"), follow=True)

    assert answer.redirect_chain[-1][0].endswith("/safety/")


def test_the_total_alone_asks_for_item_nine(kit_browser: Client, episode: Episode) -> None:
    path = f"/measures/of/{episode.ref}/phq-9/total/"

    without = kit_browser.post(path, {**SHEET, "total": "12"})
    answered = kit_browser.post(path, {**SHEET, "total": "12", "item_9": "1"}, follow=True)

    assert without.status_code == 422
    assert "Nobody can check individual answers later" in text(without)
    assert answered.redirect_chain[-1][0].endswith("/safety/")
    assert Measure.objects.filter(total=12, source="total").count() == 1


def test_a_total_the_form_cannot_come_to_is_refused(kit_browser: Client, episode: Episode) -> None:
    answer = kit_browser.post(f"/measures/of/{episode.ref}/gad-7/total/", {**SHEET, "total": "22"})

    assert answer.status_code == 422
    assert "The total must be between 0 and 21" in text(answer)


def test_nothing_else_is_saved_while_a_safety_check_is_open(kit_browser: Client, episode: Episode) -> None:
    waiting = factories.measure(episode=episode, instrument="phq-9", flagged=True)

    refused = kit_browser.post(
        f"/measures/of/{episode.ref}/gad-7/", {**SHEET, **figures(1, 1, 1, 1, 1, 1, 1)}
    )
    opened = kit_browser.get(f"/measures/{waiting.ref}/")
    shown = text(kit_browser.get(f"/measures/of/{episode.ref}/"))

    assert refused.status_code == 422
    assert "Record that first" in text(refused)
    assert opened["Location"].endswith("/safety/")
    assert "A safety check is open" in shown
    assert "Fill in a form" not in shown
    assert Measure.objects.count() == 1


def test_who_may_not_make_a_safety_check_reads_of_it_without_a_button(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    factories.measure(episode=episode, instrument="phq-9", flagged=True)
    supervisor = signed_in(role=Role.SUPERVISOR, account=factories.account(name="Sol"))

    shown = text(supervisor.get(f"/measures/of/{episode.ref}/"))

    assert "A safety check is open" in shown
    assert "Record the safety check" not in shown


def test_an_open_safety_check_stands_on_my_day_and_on_the_overview(
    kit_browser: Client, episode: Episode
) -> None:
    factories.measure(episode=episode, instrument="phq-9", flagged=True)

    assert "do the safety check" in text(kit_browser.get("/"))
    assert "A safety check is open" in text(kit_browser.get(f"/episodes/{episode.ref}/"))


def test_an_open_safety_check_cannot_be_struck_away(kit_browser: Client, episode: Episode) -> None:
    waiting = factories.measure(episode=episode, instrument="phq-9", flagged=True)

    answer = kit_browser.post(f"/measures/{waiting.ref}/strike/", {"reason": "Wrong person"})

    assert answer.status_code == 422
    assert "record that first" in text(answer)


def test_a_safety_check_closes_it(kit_browser: Client, episode: Episode) -> None:
    waiting = factories.measure(episode=episode, instrument="phq-9", flagged=True)

    answer = kit_browser.post(f"/measures/{waiting.ref}/safety/", CHECK, follow=True)
    again = kit_browser.post(f"/measures/{waiting.ref}/safety/", CHECK)

    assert "No intention to act" in text(answer)
    assert again.status_code == 302
    assert SafetyCheck.objects.count() == 1
    assert not Concern.objects.exists()


def test_of_two_safety_checks_of_one_form_the_second_keeps_its_words(
    kit_browser: Client, episode: Episode
) -> None:
    waiting = factories.measure(episode=episode, instrument="phq-9", flagged=True)
    kit_browser.post(f"/measures/{waiting.ref}/safety/", CHECK)

    second = kit_browser.post(f"/measures/{waiting.ref}/safety/", {**CHECK, "said": "Spoke of a bridge."})

    assert second.status_code == 422
    assert "no safety check of this form is waiting" in text(second)
    assert "Spoke of a bridge." in text(second)


def test_a_plan_needs_its_words(kit_browser: Client, episode: Episode) -> None:
    waiting = factories.measure(episode=episode, instrument="phq-9", flagged=True)

    answer = kit_browser.post(f"/measures/{waiting.ref}/safety/", {**CHECK, "outcome": "plan"})

    assert answer.status_code == 422
    assert "Asked. No plans." in text(answer)


def test_a_safety_concern_leads_to_a_person_and_alerts_without_a_word(
    kit_browser: Client, episode: Episode
) -> None:
    waiting = factories.measure(episode=episode, instrument="phq-9", flagged=True)

    for _ in range(2):
        answer = kit_browser.post(f"/measures/{waiting.ref}/safety/", CONCERN)
        assert answer.status_code == 302

    concern = Concern.objects.get()
    assert (concern.told_whom, concern.session) == ("Sol Arden, duty supervisor", None)
    assert SafetyCheck.objects.get().concern == concern
    assert [envelope.kind for envelope in Outbox.objects.all()] == ["alert"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"contact": "ring Sol at home"}, "Enter a telephone number in digits"),
        ({"told_on-year": "2099"}, "must not be in the future"),
        ({"told_whom": ""}, "Who did you tell?"),
    ],
)
def test_a_concern_that_told_nobody_is_refused(
    kit_browser: Client, episode: Episode, changes: dict[str, str], sentence: str
) -> None:
    waiting = factories.measure(episode=episode, instrument="phq-9", flagged=True)

    answer = kit_browser.post(f"/measures/{waiting.ref}/safety/", {**CONCERN, **changes})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "Spoke of pills." in text(answer)
    assert not SafetyCheck.objects.exists()


@pytest.mark.parametrize("contact", ["", "ring Sol at home", "01632 960 009 she has pills"])
def test_no_safety_check_is_kept_whose_alert_would_carry_more_or_less_than_a_number(
    actor: Actor, episode: Episode, contact: str
) -> None:
    waiting = factories.measure(episode=episode, instrument="phq-9", flagged=True)
    raised = Raised("Spoke of pills.", "Sol Arden", factories.NOW, "Will ring now.", contact)
    checked = commands.CheckedSafety("Spoke of pills.", SafetyOutcome.CONCERN, "", raised)

    with pytest.raises(NotANumber):
        commands.check_safety(
            actor=actor, ref=waiting.ref, checked=checked, submission="one-check", at=factories.NOW
        )

    assert not SafetyCheck.objects.exists()
    assert not Concern.objects.exists()
    assert not Outbox.objects.exists()


def test_change_is_told_since_the_baseline_with_its_norms(kit_browser: Client, episode: Episode) -> None:
    first = factories.NOW.date() - timedelta(weeks=12)
    scores = (("baseline", [2] * 7), ("mid", [2, 2, 2, 2, 2, 1, 1]), ("closing", [1] * 7))
    for weeks, (occasion, answers) in enumerate(scores):
        factories.measure(
            episode=episode, answers=answers, occasion=occasion, taken_on=first + timedelta(weeks=weeks)
        )
    factories.measure(episode=episode, answers=[3] * 7, occasion="six_months", taken_on=factories.NOW.date())

    page = text(kit_browser.get(f"/measures/of/{episode.ref}/"))

    assert "No reliable change: no more than the form’s own error -2 points" in page
    assert "Improved -7 points" in page
    assert "Worse +7 points" in page
    assert "A change of 4 points or more is reliable, as published" in page
    assert "It does not measure stalking or risk" in page


def test_without_a_baseline_no_change_is_told(kit_browser: Client, episode: Episode) -> None:
    factories.measure(episode=episode, occasion="mid")

    assert "No baseline to compare" in text(kit_browser.get(f"/measures/of/{episode.ref}/"))


def test_a_struck_form_counts_no_more_and_stays_readable(kit_browser: Client, episode: Episode) -> None:
    wrong = factories.measure(episode=episode)

    kit_browser.post(f"/measures/{wrong.ref}/strike/", {"reason": "Another person’s form"})
    again = kit_browser.post(f"/measures/{wrong.ref}/strike/", {"reason": "Another person’s form"})

    assert again.status_code == 422
    assert "Another person’s form" in text(kit_browser.get(f"/measures/{wrong.ref}/"))
    assert "entered in error" in text(kit_browser.get(f"/measures/of/{episode.ref}/"))


def test_the_sites_wording_is_shown_unaltered_with_its_licence(kit_browser: Client, episode: Episode) -> None:
    for edition in ("2025", "2026"):
        wording = fhir.read(sealed(questionnaire(library.instrument(name="core-10"), version=edition)))
        commands.load_wording(actor=actors.clock(), wording=wording, at=factories.NOW)

    page = text(kit_browser.get(f"/measures/of/{episode.ref}/core-10/"))
    sent = {**SHEET, **figures(*[1] * 5, 0, *[1] * 4)}
    answer = kit_browser.post(f"/measures/of/{episode.ref}/core-10/", sent, follow=True)

    assert "1. Invented question 1" in page
    assert "Invented for tests: anybody may use it" in page
    assert "Invented question 2" in text(answer)
    assert Measure.objects.get().wording == Wording.objects.get(edition="2026")
    assert Wording.objects.filter(ended_at=None).count() == 1


def test_a_manager_loads_the_publishers_file_on_a_page(
    signed_in: Callable[..., Client], kit_browser: Client, episode: Episode
) -> None:
    manager = signed_in(role=Role.MANAGER)
    content = sealed(questionnaire(library.instrument(name="core-10")))

    for _ in range(2):
        sent = {"instrument": "", "file": SimpleUploadedFile("core-10.json", content)}
        answer = manager.post("/measures/wordings/", sent, follow=True)

    assert "is now asked in its own words: 10 questions." in text(answer)
    assert "Invented for tests: anybody may use it" in text(answer)
    assert Wording.objects.count() == 1
    assert "1. Invented question 1" in text(kit_browser.get(f"/measures/of/{episode.ref}/core-10/"))
    assert kit_browser.get("/measures/wordings/").status_code == 403


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not json", "The file is not JSON"),
        (b"{}", "not a FHIR Questionnaire"),
        (b"x" * 1_000_001, "larger than 1 MB"),
        (b"", "The file is empty"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_reason(
    signed_in: Callable[..., Client], content: bytes, sentence: str
) -> None:
    sent = {"instrument": "phq-9", "file": SimpleUploadedFile("phq-9.json", content)}

    answer = signed_in(role=Role.MANAGER).post("/measures/wordings/", sent)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Wording.objects.exists()


def test_an_instrument_that_is_none_is_absent(kit_browser: Client, episode: Episode) -> None:
    assert kit_browser.get(f"/measures/of/{episode.ref}/mood/").status_code == 404


def test_the_page_costs_a_constant_number_of_queries(kit_browser: Client, episode: Episode) -> None:
    counts = []
    for number in range(1, 4):
        for instrument in ("phq-9", "gad-7", "core-10"):
            factories.measure(
                episode=episode,
                instrument=instrument,
                occasion="between",
                taken_on=factories.NOW.date() - timedelta(days=number),
            )
        with CaptureQueriesContext(connection) as asked:
            assert kit_browser.get(f"/measures/of/{episode.ref}/").status_code == 200
        counts.append(len(asked))

    assert len(set(counts)) == 1


def test_a_form_that_came_from_a_phone_says_so(kit_browser: Client, episode: Episode) -> None:
    one = factories.measure(episode=episode, recorded_by="phone", source="screen")

    assert "the person, on their phone" in text(kit_browser.get(f"/measures/{one.ref}/"))
    history = text(kit_browser.get(f"/history/{episode.ref}/"))
    assert "GAD-7 filled in" in history
    assert "a colleague" not in history
