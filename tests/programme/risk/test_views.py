"""Judgements of risk: recorded, never summed, and reviewed by their day."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import assembling
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.risk.models import RiskRating
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

#: a judgement whose review is years ahead
AHEAD = {"review_on": date(2199, 1, 1)}

JUDGEMENT = {
    "tool": "sam",
    "tool_version": "2008",
    "result": "High: case priority",
    "rationale": "Two orders broken in a month.",
    "rater": "Sol Arden",
    "rater_trained": "yes",
    "rated_on-day": "3",
    "rated_on-month": "3",
    "rated_on-year": "2026",
    "review_on-day": "3",
    "review_on-month": "6",
    "review_on-year": "2027",
    "form_submission": "one-judgement",
}


def test_a_judgement_is_kept_once_with_its_reasons(kit_browser: Client, episode: Episode) -> None:
    for _ in range(2):
        answer = kit_browser.post(f"/risk/{episode.ref}/record/", JUDGEMENT, follow=True)

    page = text(answer)
    assert "High: case priority" in page
    assert "Two orders broken in a month." in page
    assert "Sol Arden, trained in it" in page
    assert RiskRating.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"review_on-year": "2026", "review_on-month": "3"},
            "The review must come after the rating on 3 March 2026",
        ),
        ({"rated_on-year": "2199"}, "must be on or before"),
        ({"rationale": ""}, "Answer “Why?”"),
        ({"tool": ""}, "Answer “Which tool?”"),
    ],
)
def test_a_judgement_without_its_footing_is_refused(
    kit_browser: Client, episode: Episode, changes: dict[str, str], sentence: str
) -> None:
    answer = kit_browser.post(f"/risk/{episode.ref}/record/", {**JUDGEMENT, **changes})

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert "High: case priority" in answer.content.decode()
    assert not RiskRating.objects.exists()


def test_only_the_newest_of_a_tool_can_be_overdue(kit_browser: Client, episode: Episode) -> None:
    today = factories.NOW.date()
    old = {"rated_on": today - timedelta(days=400), "review_on": today - timedelta(days=300)}
    factories.rating(episode=episode, **old, result="The older one")
    factories.rating(
        episode=episode, rated_on=today - timedelta(days=200), review_on=today - timedelta(days=100)
    )
    factories.rating(episode=episode, tool="srp", **{**old, "review_on": today + timedelta(days=9000)})

    page = text(kit_browser.get("/risk/"))

    assert "Moderate: case priority" in page
    assert "The older one" not in page
    assert "Stalking Risk Profile" not in page
    assert "days overdue" in page


def test_the_review_of_somebody_who_left_is_not_due(kit_browser: Client, episode: Episode) -> None:
    today = factories.NOW.date()
    factories.rating(
        episode=episode, rated_on=today - timedelta(days=200), review_on=today - timedelta(days=100)
    )
    episode.state, episode.ended_at = "left", factories.NOW
    episode.save()

    assert "No review is overdue" in text(kit_browser.get("/risk/"))


def test_the_page_tells_the_overdue_one_and_the_replaced_one(kit_browser: Client, episode: Episode) -> None:
    today = factories.NOW.date()
    for days in (400, 200):
        factories.rating(
            episode=episode,
            rated_on=today - timedelta(days=days),
            review_on=today - timedelta(days=days - 90),
        )

    page = text(kit_browser.get(f"/risk/{episode.ref}/"))

    assert "Review overdue" in page
    assert "Replaced" in page
    assert "Judgements that were made using a tool." in page


def test_a_judgement_entered_by_mistake_stays_readable_and_holds_for_nothing(
    kit_browser: Client, episode: Episode
) -> None:
    today = factories.NOW.date()
    old = {"rated_on": today - timedelta(days=400), "review_on": today - timedelta(days=300)}
    factories.rating(episode=episode, **old, result="The one before")
    mistake = factories.rating(episode=episode, result="Somebody else’s")

    kit_browser.post(f"/risk/{mistake.ref}/strike/", {"reason": "Another person’s judgement"})

    page = text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert "Entered in error" in page
    assert "Another person’s judgement" in page
    assert "Replaced" not in page
    assert "The one before" in text(kit_browser.get("/risk/"))  # it holds again, and its review is due
    kept = RiskRating.objects.get(ref=mistake.ref)
    assert (kept.result, kept.struck_reason) == ("Somebody else’s", "Another person’s judgement")


def test_a_judgement_is_struck_out_once_and_the_second_reason_stays_on_the_page(
    kit_browser: Client, episode: Episode
) -> None:
    row = factories.rating(
        episode=episode, struck_at=factories.NOW, struck_by="carol", struck_reason="A mistake"
    )

    answer = kit_browser.post(f"/risk/{row.ref}/strike/", {"reason": "Not this person"})

    assert answer.status_code == 422
    assert "this judgement has already been marked as entered in error" in text(answer)
    assert "Not this person" in answer.content.decode()
    assert RiskRating.objects.get().struck_reason == "A mistake"


def test_what_was_struck_out_is_in_no_report_and_in_the_history(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode
) -> None:
    mistake = factories.rating(episode=episode, result="Somebody else’s")
    kit_browser.post(f"/risk/{mistake.ref}/strike/", {"reason": "Another person’s judgement"})

    history = text(signed_in(role=Role.MANAGER).get(f"/history/{episode.ref}/"))

    assert assembling.words(episode).risks == ""
    assert "Judgement of risk withdrawn, entered in error" in history


def test_that_no_judgement_holds_is_told_to_whoever_works_with_the_person_until_one_does(
    kit_browser: Client, signed_in: Callable[..., Client], episode: Episode
) -> None:
    manager = signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))
    said = "Robin Example : record a judgement of risk: none holds now"
    first, second = (factories.rating(episode=episode, tool=tool, **AHEAD) for tool in ("sam", "srp"))
    page = f"/risk/{first.ref}/strike/"

    kit_browser.post(page, {"reason": "Another person’s judgement"})
    one_holds = text(kit_browser.get("/"))
    assert "There will then be no current judgement of risk: record another." in text(
        kit_browser.get(f"/risk/{second.ref}/strike/")
    )
    kit_browser.post(f"/risk/{second.ref}/strike/", {"reason": "Another person’s judgement"})

    assert "none holds now" not in one_holds
    assert text(kit_browser.get("/")).count(said) == 1
    assert "People with no current judgement of risk 1 late 1" in text(manager.get("/service/"))
    reviews = text(kit_browser.get("/risk/"))
    assert "The last one was marked as entered in error on" in reviews
    assert "Moderate: case priority" not in reviews  # what was struck may be of somebody else
    assert "No current judgement of risk" in text(kit_browser.get(f"/risk/{episode.ref}/"))

    factories.rating(episode=episode, **AHEAD)

    assert "none holds now" not in text(kit_browser.get("/"))
    assert "No current judgement of risk" not in text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert "No review is overdue" in text(kit_browser.get("/risk/"))


def test_of_whom_nothing_was_ever_judged_or_who_left_nothing_is_said(
    kit_browser: Client, episode: Episode, practitioner: Practitioner
) -> None:
    other = factories.episode(referral=factories.referral(), practitioner=practitioner)
    struck = {"struck_at": factories.NOW, "struck_by": "carol", "struck_reason": "A mistake"}
    factories.rating(episode=other, **struck)
    factories.ended(episode=other, state="left")

    assert "none holds now" not in text(kit_browser.get("/"))
    assert "No review is overdue" in text(kit_browser.get("/risk/"))


def test_a_signed_report_that_may_repeat_a_judgement_is_named_before_it_is_struck_out(
    kit_browser: Client, episode: Episode
) -> None:
    rating = factories.rating(episode=episode)
    page = f"/risk/{rating.ref}/strike/"
    assert "may repeat this judgement" not in text(kit_browser.get(page))

    first = factories.signed(episode=episode)
    later = factories.rating(episode=episode, recorded_at=factories.NOW + timedelta(hours=1))

    assert "Exit report, version 1, signed 3 March 2026" in text(kit_browser.get(page))
    assert "Exit report" not in text(kit_browser.get(f"/risk/{later.ref}/strike/"))
    factories.signed(episode=episode, number=2, supersedes=first, correction="The mistake")
    again = text(kit_browser.get(page))
    assert "Exit report, version 1" not in again
    assert "Exit report, version 2, signed 3 March 2026" in again


def test_what_the_referrer_judged_stands_on_the_person_until_and_beside_the_services_own_judgement(
    kit_browser: Client, episode: Episode
) -> None:
    said = {
        "risk_tool": "s_dash",
        "risk_result": "High",
        "risk_when": "On pay nights",
        "self_harm": "None known",
    }
    Referral.objects.filter(pk=episode.referral_id).update(**said)

    assert "No judgement yet The referrer: High (S-DASH)" in text(
        kit_browser.get(f"/episodes/{episode.ref}/")
    )
    page = text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert "As the referrer judges it Which tool was used to judge risk? S-DASH" in page
    assert "When is the risk greatest? On pay nights" in page
    assert "What increases the risk?" not in page  # nothing was said of it

    factories.rating(episode=episode)

    assert "The referrer: High" not in text(kit_browser.get(f"/episodes/{episode.ref}/"))
    assert "As the referrer judges it" in text(kit_browser.get(f"/risk/{episode.ref}/"))
