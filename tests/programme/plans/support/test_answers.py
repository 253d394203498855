"""An agency of the area's directory reads a referral at its own site, and what it says comes back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import listings
from tests.partnership.disclosures.reading import crossed
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.agencies.states import State
from desist.keys import sitekeys
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Outbox, Partner
from desist.programme.episodes.models import Episode
from desist.programme.plans.support import commands
from desist.programme.plans.support.models import Agency, SupportReferral
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

REFERRED = {
    "need": "money",
    "agreed": "yes",
    "told": "Owes three months of rent.",
    "reach": "us",
    "basis": "consent",
    "form_submission": "one-referral",
    "referred_on-day": "3",
    "referred_on-month": "3",
    "referred_on-year": "2026",
}


def listing(**changes: Any) -> payloads.AgencyListing:
    return listings.listing(area=factories.AREA, **changes)


def arrived(payload: payloads.Payload, thread: str = "listing", at: Any = None) -> Received:
    return listings.arrived(payload, sender=factories.POLICE, thread=thread, at=at)


def said(row: SupportReferral, what: str, words: str = "") -> None:
    commands.note_answer(arrived(listings.answer(what, words), row.thread))


@pytest.fixture
def agency(police: Partner) -> Agency:
    """An agency whose entry the police keep."""
    commands.note_listing(arrived(listing()))
    return Agency.objects.get()


@pytest.fixture
def row(agency: Agency, episode: Episode, kit_browser: Client) -> SupportReferral:
    """A person referred to it."""
    kit_browser.post(f"/support/of/{episode.ref}/refer/", {**REFERRED, "agency": agency.ref})
    SupportReferral.objects.update(referred_on=timezone.localdate())
    return SupportReferral.objects.get()


def test_an_entry_is_listed_with_who_keeps_it(
    agency: Agency, signed_in: Callable[..., Client], kit: Account
) -> None:
    manager = signed_in(role=Role.MANAGER)
    page = text(manager.get("/support/"))
    ended = manager.post(f"/support/agency/{agency.ref}/end/", {"form_submission": "x"})

    for words in ("Kept by Northmere Police", "Adults.", "Welsh", "Has a waiting list", "Weekdays"):
        assert words in page
    assert "Remove from the list" not in page
    assert "Northmere Police keeps this entry" in text(ended)


def test_an_agency_that_the_service_had_listed_becomes_the_entry(police: Partner, episode: Episode) -> None:
    own = factories.agency(name="harbour debt advice", how="Old words")
    factories.support(episode=episode, agency=own)

    commands.note_listing(arrived(listing()))

    own.refresh_from_db()
    assert Agency.objects.count() == 1
    assert (own.partner, own.how, own.listing) == (factories.POLICE, "Ring first.", "theirs1")


def test_an_entry_changes_and_ends_and_an_older_one_that_comes_late_changes_nothing(police: Partner) -> None:
    now = timezone.now()
    commands.note_listing(arrived(listing(), at=now))
    commands.note_listing(arrived(listing(how="Newer"), at=now + timedelta(hours=2)))
    commands.note_listing(arrived(listing(how="Older"), at=now + timedelta(hours=1)))
    changed = Agency.objects.get()
    commands.note_listing(arrived(listing(stands=False), at=now + timedelta(hours=3)))

    assert changed.how == "Newer"
    assert Agency.objects.get().ended_at is not None


def test_an_entry_that_ends_before_it_came_makes_no_row_and_ends_no_agency_of_ones_own(
    police: Partner,
) -> None:
    commands.note_listing(arrived(listing(stands=False)))
    assert not Agency.objects.exists()
    own = factories.agency(name="Harbour Debt Advice")

    commands.note_listing(arrived(listing(stands=False)))

    own.refresh_from_db()
    assert own.ended_at is None


def test_an_entry_with_an_unknown_kind_of_help_is_kept_out(police: Partner) -> None:
    with pytest.raises(CannotHandle, match="in no list here"):
        commands.note_listing(arrived(listing(needs=("spells",))))


def test_a_referral_is_sealed_to_the_partner_and_says_no_more_than_was_typed(
    row: SupportReferral, police_keys: sitekeys.SiteKeys, episode: Episode
) -> None:
    (told,) = crossed(police_keys, "support-request")

    person = episode.referral
    assert (told["given_names"], told["family_name"]) == (person.given_names, person.family_name)
    assert told["told"] == "Owes three months of rent."
    assert told["reach"] == "Through the service that refers: ring it first"
    assert told["agency"] == "theirs1"
    assert person.own_address not in str(told) or not person.own_address


def test_the_persons_own_telephone_is_offered_and_no_other_number(
    agency: Agency, episode: Episode, kit_browser: Client, police_keys: sitekeys.SiteKeys
) -> None:
    type(episode.referral).objects.update(own_phone="01632 960 777", own_email="robin@example.org")
    page = text(kit_browser.get(f"/support/of/{episode.ref}/refer/"))

    form = {**REFERRED, "agency": agency.ref, "reach": "phone"}
    kit_browser.post(f"/support/of/{episode.ref}/refer/", form)

    assert "Telephone 01632 960 777" in page
    assert "E-mail robin@example.org" in page
    assert crossed(police_keys, "support-request")[0]["reach"] == "Telephone 01632 960 777"


def test_nothing_is_passed_on_under_an_agreement_that_ended(
    police: Partner, episode: Episode, kit_browser: Client
) -> None:
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    commands.note_listing(arrived(listing(agreement_ends_on=yesterday)))
    agency = Agency.objects.get()

    page = kit_browser.post(f"/support/of/{episode.ref}/refer/", {**REFERRED, "agency": agency.ref})

    assert page.status_code == 422
    assert "The sharing agreement with this agency ended on" in text(page)
    assert not Outbox.objects.exists()


def test_an_agency_without_desist_is_told_by_hand_as_before(
    episode: Episode, kit_browser: Client, police: Partner
) -> None:
    own = factories.agency()

    kit_browser.post(f"/support/of/{episode.ref}/refer/", {**REFERRED, "agency": own.ref})

    assert SupportReferral.objects.get().thread == ""
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    ("what", "state", "line"),
    [
        ("accepted", "Accepted", "Harbour Debt Advice answered: read it"),
        ("declined", "Not accepted", "Harbour Debt Advice answered: read it"),
        ("asked", "Referred, waiting for an answer", "Harbour Debt Advice asks a question: answer it"),
        (
            "concern",
            "Referred, waiting for an answer",
            "Harbour Debt Advice raised a concern: read it and ring them",
        ),
    ],
)
def test_what_an_agency_says_is_a_line_until_it_is_read(
    row: SupportReferral, kit_browser: Client, what: str, state: str, line: str
) -> None:
    said(row, what, "In their words.")

    to_do, page = text(kit_browser.get("/")), text(kit_browser.get(f"/support/of/{row.episode.ref}/"))
    sent = {"form_submission": "read", **({"words": "Monday."} if what == "asked" else {})}
    kit_browser.post(f"/support/{row.ref}/news/", sent)

    assert line in to_do
    assert state in page
    assert "In their words." in page
    assert "Harbour Debt Advice" not in text(kit_browser.get("/"))


def test_an_answer_that_contradicts_an_earlier_one_asks_to_ring(
    row: SupportReferral, kit_browser: Client
) -> None:
    said(row, "accepted")
    said(row, "declined", "No place after all.")

    line = "Harbour Debt Advice now says “Not accepted”, but it stands at “Accepted”: ring them"
    assert line in text(kit_browser.get("/"))


def test_a_course_of_support_ends(row: SupportReferral, episode: Episode, kit_browser: Client) -> None:
    for what in ("accepted", "attended", "missed", "ended", "accepted"):
        said(row, what)

    row.refresh_from_db()
    assert row.state == State.ENDED
    assert row.news.count() == 5


def test_a_question_is_answered_once(
    row: SupportReferral, kit_browser: Client, police_keys: sitekeys.SiteKeys
) -> None:
    said(row, "asked", "Which day suits?")
    page = text(kit_browser.get(f"/support/{row.ref}/news/"))

    for _ in range(2):
        kit_browser.post(f"/support/{row.ref}/news/", {"words": "Any Monday.", "form_submission": "reply-1"})

    assert "Which day suits?" in page
    assert [one["words"] for one in crossed(police_keys, "support-reply")] == ["Any Monday."]


def test_an_answer_is_read_for_words_that_lead_to_someone(row: SupportReferral, kit_browser: Client) -> None:
    said(row, "asked")

    page = kit_browser.post(f"/support/{row.ref}/news/", {"words": "At 12 Elm Street, NR1 2AB."})

    assert page.status_code == 422
    assert not Outbox.objects.filter(kind="support-reply").exists()


def test_nothing_is_answered_to_an_agency_that_is_told_by_hand(actor: Any, episode: Episode) -> None:
    from desist.refusals import Changed

    own = factories.support(episode=episode)
    with pytest.raises(Changed):
        commands.reply(actor=actor, ref=own.ref, words="Monday", submission="x", at=factories.NOW)


def test_a_withdrawal_reaches_the_agency_and_what_it_says_after_is_not_kept(
    row: SupportReferral, kit_browser: Client, episode: Episode
) -> None:
    form = text(kit_browser.get(f"/support/{row.ref}/withdraw/"))
    for _ in range(2):
        kit_browser.post(f"/support/{row.ref}/withdraw/", {"form_submission": "withdrawn"})
    said(row, "accepted", "We look forward to it.")

    row.refresh_from_db()
    assert "what was passed on is deleted there" in form
    assert row.state == State.WITHDRAWN
    assert not row.news.exists()
    assert Outbox.objects.filter(kind="support-withdrawn").count() == 1
    assert "Withdrawn" in text(kit_browser.get(f"/support/of/{episode.ref}/"))


def test_what_is_over_is_not_withdrawn(episode: Episode, kit_browser: Client) -> None:
    over = factories.support(episode=episode, state="ended", answered_on=factories.NOW.date())
    own = factories.support(episode=episode)

    refused = kit_browser.post(f"/support/{over.ref}/withdraw/", {"form_submission": "x"})
    kit_browser.post(f"/support/{own.ref}/withdraw/", {"form_submission": "y"})

    own.refresh_from_db()
    assert "There is nothing to withdraw" in text(refused)
    assert own.state == State.WITHDRAWN
    assert not Outbox.objects.exists()


def test_an_answer_to_no_referral_or_in_no_list_is_refused(row: SupportReferral) -> None:
    for thread, what in (("unknown", "accepted"), (row.thread, "shouted")):
        told = payloads.SupportAnswer(what, timezone.localdate(), "", timezone.now())
        with pytest.raises(CannotHandle, match="answers no referral"):
            commands.note_answer(arrived(told, thread))


@pytest.mark.usefixtures("police")
def test_an_agency_that_does_not_answer_for_a_week_is_chased(kit_browser: Client, episode: Episode) -> None:
    today = timezone.localdate()
    late = factories.agency(name="Anchor")
    factories.support(episode=episode, agency=late, referred_on=today - timedelta(days=7))
    factories.support(episode=episode, agency=factories.agency(name="Bridge"), referred_on=today)

    page = text(kit_browser.get("/"))

    assert "ask Anchor for its answer to the referral of" in page
    assert "Bridge" not in page


def test_a_supervisor_reads_of_it_on_the_team_s_page_and_is_led_to_a_page_that_opens(
    row: SupportReferral, signed_in: Callable[..., Client]
) -> None:
    late = factories.support(
        episode=row.episode,
        agency=factories.agency(name="Anchor"),
        referred_on=timezone.localdate() - timedelta(days=9),
    )
    said(row, "asked")
    said(row, "concern")

    page = signed_in(role=Role.SUPERVISOR).get("/team-to-do/").content.decode()

    assert "raised a concern" in page
    assert "ask Anchor for its answer" in page
    assert page.count(f"/support/of/{row.episode.ref}/") >= 2
    assert f"/support/{row.ref}/" not in page
    assert f"/support/{late.ref}/" not in page
