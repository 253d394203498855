"""Judgements of risk: recorded, never summed, and reviewed by their day."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import RoleGrant
from desist.post import payloads
from desist.post.models import ByHandTask, Outbox, Partner
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import assembling
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.risk.models import AcuteFactor, RiskRating, Typology
from desist.programme.sessions.models import Session
from desist.ui import dates
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
    "compared": "first",
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


def test_a_judgement_of_a_practitioner_who_left_holds_and_is_reviewed_by_who_works_with_the_person_now(
    signed_in: Callable[..., Client], episode: Episode, practitioner: Practitioner
) -> None:
    today, noor = factories.NOW.date(), factories.account(name="Noor Hale")
    factories.rating(
        episode=episode,
        rater="Kit Marlow",
        recorded_by=practitioner.ref,
        rated_on=today - timedelta(days=200),
        review_on=today - timedelta(days=9),
    )
    episode.allocations.update(practitioner=factories.practitioner(account=noor))
    practitioner.left_on = today
    practitioner.save()
    RoleGrant.objects.filter(account__ref=practitioner.ref).update(ended_at=factories.NOW)

    browser = signed_in(account=noor)

    assert "Robin Example" in text(browser.get("/risk/"))
    page = text(browser.get(f"/risk/{episode.ref}/"))
    assert "Review overdue" in page
    assert "Kit Marlow" in page


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


def test_a_higher_judgement_asks_whom_to_alert_and_leads_to_the_alert(
    kit_browser: Client, episode: Episode
) -> None:
    higher = {**JUDGEMENT, "compared": "higher"}

    unasked = kit_browser.post(f"/risk/{episode.ref}/record/", {**JUDGEMENT, "compared": ""})
    asked = kit_browser.post(f"/risk/{episode.ref}/record/", higher)
    both = kit_browser.post(f"/risk/{episode.ref}/record/", {**higher, "alerting": ["nobody", "manager"]})
    kept = kit_browser.post(f"/risk/{episode.ref}/record/", {**higher, "alerting": ["referrer", "manager"]})

    assert {one.status_code for one in (unasked, asked, both)} == {422}
    assert "Say whom you alert: the judgement is higher than the one before" in text(asked)
    assert "Choose either “Nobody, for the reason given above” or the others" in text(both)
    assert kept["Location"] == f"/concerns/of/{episode.ref}/raise/"
    page = text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert "Beside the one before Higher" in page
    assert "Alerted The police or other referrer, by an alert; The programme manager" in page


def test_a_higher_judgement_that_alerts_nobody_outside_leads_back(
    kit_browser: Client, episode: Episode
) -> None:
    sent = {**JUDGEMENT, "compared": "higher", "alerting": ["supervisor"]}

    assert kit_browser.post(f"/risk/{episode.ref}/record/", sent)["Location"] == f"/risk/{episode.ref}/"
    lower = {**sent, "compared": "lower", "form_submission": "another"}  # what stands below another answer
    kit_browser.post(f"/risk/{episode.ref}/record/", lower)
    assert RiskRating.objects.get(compared="lower").alerting == []


def test_the_referrer_hears_that_the_risk_was_judged_and_never_what_was_concluded(
    kit_browser: Client, episode: Episode
) -> None:
    for _ in range(2):
        kit_browser.post(f"/risk/{episode.ref}/record/", JUDGEMENT)

    assert Outbox.objects.get().kind == "risk-judged"
    assert {one.name for one in fields(payloads.RiskJudged)} == {"judged_on"}


def test_a_referrer_without_desist_is_rung_about_the_day_alone(kit_browser: Client, episode: Episode) -> None:
    Partner.objects.update(transport="by_hand")

    kit_browser.post(f"/risk/{episode.ref}/record/", JUDGEMENT)

    assert (
        ByHandTask.objects.get().text
        == f"Risk judged.\nJudged on: {dates.on(RiskRating.objects.get().rated_on)}"
    )


def test_once_sharing_has_ended_the_referrer_hears_of_no_judgement(
    kit_browser: Client, episode: Episode
) -> None:
    said = {"withdrawn_at": factories.NOW, "withdrawn_by": "carol", "withdrawal_reason": "other"}
    factories.agreement(episode=episode, state="withdrawn", **said)

    kit_browser.post(f"/risk/{episode.ref}/record/", JUDGEMENT)

    assert RiskRating.objects.exists()
    assert not Outbox.objects.exists()


def acute(kind: str, since: date, until: date, **more: str) -> dict[str, str]:
    days = {"noticed_on": since, "until": until}
    parts = {f"{n}-{p}": str(getattr(d, p)) for n, d in days.items() for p in ("day", "month", "year")}
    return {"kind": kind, **parts, "form_submission": f"{kind}-{since}", **more}


def test_an_acute_factor_counts_from_its_day_to_its_last_and_is_seen_over_the_sessions(
    kit_browser: Client, session: Session
) -> None:
    episode, today = session.episode, dates.day_of(timezone.now())
    for number, days in ((2, 20), (3, 10), (4, 3)):
        start = timezone.now() - timedelta(days=days)
        period = TimestamptzRange(start, start + timedelta(minutes=90))
        factories.attended(episode=episode, number=number, period=period)
    address = f"/risk/{episode.ref}/note/"
    factor = acute("drink", today - timedelta(days=12), today - timedelta(days=5), words="Smelt of drink")

    kit_browser.post(address, factor)
    kit_browser.post(address, acute("court", today - timedelta(days=4), today + timedelta(days=9)))

    page = text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert "Acute now Court or other proceedings noticed" in page
    assert "2 " + dates.on(today - timedelta(days=20)) + " Nothing noted" in page
    assert "3 " + dates.on(today - timedelta(days=10)) + " Drink or drugs" in page
    assert "4 " + dates.on(today - timedelta(days=3)) + " Court or other proceedings" in page
    assert "Smelt of drink" in page
    prepare = text(kit_browser.get(f"/sessions/{session.ref}/prepare/"))
    assert "Acute now Court or other proceedings (until" in prepare


@pytest.mark.parametrize(("since", "until"), [(0, -1), (0, 93), (1, 5)])
def test_a_factor_without_a_last_day_or_for_ever_is_refused(
    kit_browser: Client, episode: Episode, since: int, until: int
) -> None:
    today = dates.day_of(timezone.now())
    typed = acute("drink", today + timedelta(days=since), today + timedelta(days=until), words="Kept words")

    answer = kit_browser.post(f"/risk/{episode.ref}/note/", typed)

    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not AcuteFactor.objects.exists()


@pytest.mark.parametrize(("over", "seen"), [("over", "Drink or drugs"), ("error", "Nothing noted")])
def test_a_factor_that_is_ended_counts_no_longer_and_one_entered_in_error_never_did(
    kit_browser: Client, signed_in: Callable[..., Client], session: Session, over: str, seen: str
) -> None:
    episode = session.episode
    start = timezone.now() - timedelta(days=3)
    factories.attended(
        episode=episode, number=2, period=TimestamptzRange(start, start + timedelta(minutes=90))
    )
    today = dates.day_of(timezone.now())
    kit_browser.post(
        f"/risk/{episode.ref}/note/", acute("drink", today - timedelta(days=5), today + timedelta(days=5))
    )
    row = AcuteFactor.objects.get()

    kit_browser.post(f"/risk/{row.ref}/end/", {"over": over})
    other = "error" if over == "over" else "over"
    again = kit_browser.post(f"/risk/{row.ref}/end/", {"over": other})

    assert again.status_code == 422
    assert "this factor has already been ended" in text(again)
    page = text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert "Nothing noted that still counts" in page
    assert f"2 {dates.on(today - timedelta(days=3))} {seen}" in page
    history = text(signed_in(role=Role.MANAGER).get(f"/history/{episode.ref}/"))
    assert "Acute factor noted" in history
    assert "Acute factor ended" in history


def test_the_newest_type_holds_and_the_one_before_stays(kit_browser: Client, episode: Episode) -> None:
    day = {"rated_on-day": "3", "rated_on-month": "3", "rated_on-year": "2026"}
    for motive in ("unclear", "rejected"):
        typed = {"motive": motive, "rationale": f"Because {motive}", "rater": "Sol Arden", **day}
        typed |= {"behaviours": "loitering"} if motive == "rejected" else {}
        kit_browser.post(f"/risk/{episode.ref}/type/", {**typed, "form_submission": motive})

    page = text(kit_browser.get(f"/risk/{episode.ref}/"))
    assert "Type of stalking Type Rejected Why Because rejected Judged 3 March 2026" in page
    assert "Acts learned of since the referral" in page
    assert "Not clear yet, 3 March 2026: replaced" in page
    assert Typology.objects.count() == 2
