"""A client is referred to an agency of the police's directory with their consent; what it says comes back, locked."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests import listings, staff
from tests.advocacy import factories
from tests.partnership.disclosures.reading import crossed
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.advocacy.clients import commands as victims
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.models import Need
from desist.advocacy.safety.states import Domain
from desist.advocacy.support import commands
from desist.advocacy.support.models import Agency, SupportNews, SupportReferral
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, Purpose
from desist.agencies.states import State
from desist.keys import sitekeys
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Outbox, Partner
from desist.post.transports import Transport
from desist.refusals import Changed
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture(scope="session")
def police_keys() -> sitekeys.SiteKeys:
    return sitekeys.generate(site=factories.POLICE, on=NOW.date())


@pytest.fixture
def police(police_keys: sitekeys.SiteKeys) -> Partner:
    """The police, by courier."""
    return factories.partner(
        transport=Transport.COURIER, keys=police_keys.public.to_json(), area=factories.AREA
    )


def listing(**changes: Any) -> payloads.AgencyListing:
    return listings.listing(
        area=factories.AREA, **{"name": "Harbour Housing Desk", "needs": ("housing",), **changes}
    )


def arrived(payload: payloads.Payload, thread: str = "listing", at: Any = None) -> Received:
    return listings.arrived(payload, sender=factories.POLICE, thread=thread, at=at)


def said(row: SupportReferral, what: str, words: str = "") -> None:
    commands.note_answer(arrived(listings.answer(what, words), row.thread))


@pytest.fixture
def agency(police: Partner) -> Agency:
    """An agency that the police's directory lists."""
    commands.note_listing(arrived(listing()))
    return Agency.objects.get()


@pytest.fixture
def need(actor: Actor, robin: Victim) -> Need:
    """A client's need of a home."""
    safety.raise_need(
        actor=actor, ref=robin.ref, domain=Domain.HOUSING, words="A new lock", submission="one", at=NOW
    )
    return Need.objects.get()


@pytest.fixture
def consent(actor: Actor, robin: Victim) -> None:
    """The client consents to asking agencies."""
    victims.consent(
        actor=actor, ref=robin.ref, purposes=[Purpose.PARTNERS], on=NOW.date(), how=How.PHONE, at=NOW
    )


def form(agency: Agency, **changes: str) -> dict[str, str]:
    return {
        "agency": agency.ref,
        "help": "housing",
        "basis": "consent",
        "reach": "Text in the morning",
        "told": "Needs a new lock on the door.",
        "form_submission": "one-referral",
        **changes,
    }


@pytest.fixture
def row(agency: Agency, need: Need, consent: None, browser_of_fable: Client) -> SupportReferral:
    """A client referred to the agency."""
    browser_of_fable.post(f"/support/needs/{need.ref}/refer/", form(agency))
    return SupportReferral.objects.get()


def test_an_entry_is_listed_with_who_keeps_it(agency: Agency, browser_of_fable: Client) -> None:
    page = text(browser_of_fable.get("/support/"))

    for words in (
        "Harbour Housing Desk",
        "Kept by Northmere Police",
        "Welsh",
        "Has a waiting list",
        "Housing",
    ):
        assert words in page


def test_an_entry_changes_ends_and_comes_back_and_an_older_one_changes_nothing(police: Partner) -> None:
    now = timezone.now()
    commands.note_listing(arrived(listing(stands=False), at=now))
    assert not Agency.objects.exists()
    commands.note_listing(arrived(listing(agreement_ends_on="2030-01-31"), at=now))
    commands.note_listing(arrived(listing(how="Newer"), at=now + timedelta(hours=2)))
    commands.note_listing(arrived(listing(how="Older"), at=now + timedelta(hours=1)))
    assert Agency.objects.get().how == "Newer"
    commands.note_listing(arrived(listing(stands=False), at=now + timedelta(hours=3)))
    assert Agency.objects.get().ended_at is not None
    commands.note_listing(arrived(listing(), at=now + timedelta(hours=4)))
    assert Agency.objects.get().ended_at is None


def test_an_entry_with_an_unknown_kind_of_help_is_kept_out(police: Partner) -> None:
    with pytest.raises(CannotHandle, match="in no list here"):
        commands.note_listing(arrived(listing(needs=("spells",))))


def test_a_referral_is_sealed_to_the_partner_and_says_what_was_typed(
    row: SupportReferral, police_keys: sitekeys.SiteKeys, browser_of_fable: Client, need: Need
) -> None:
    browser_of_fable.post(f"/support/needs/{need.ref}/refer/", form(row.agency))

    (told,) = crossed(police_keys, "support-request")
    assert (told["given_names"], told["family_name"]) == ("Robin", "Hollow")
    assert (told["reach"], told["told"]) == ("Text in the morning", "Needs a new lock on the door.")
    assert not {factories.PHONE, factories.EMAIL, factories.HOME} & {str(one) for one in told.values()}


def test_words_lie_locked_with_the_clients_key(row: SupportReferral) -> None:
    said(row, "asked", "Which day suits?")

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(encode(words, 'escape'), ' ') FROM advocacy_supportnews")
        stored = cursor.fetchone()[0] + str(bytes(SupportReferral.objects.get().words))
    assert "Which day" not in stored
    assert "lock on the door" not in stored


def test_nothing_is_passed_on_without_consent(agency: Agency, need: Need, browser_of_fable: Client) -> None:
    page = browser_of_fable.post(f"/support/needs/{need.ref}/refer/", form(agency))

    assert page.status_code == 422
    assert "has not consented to asking partner agencies" in text(page)
    assert "Needs a new lock on the door." in text(page)
    assert not Outbox.objects.exists()


@pytest.mark.usefixtures("consent")
def test_nothing_is_passed_on_under_an_agreement_that_ended_or_to_an_agency_that_is_gone(
    police: Partner, need: Need, browser_of_fable: Client
) -> None:
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    commands.note_listing(arrived(listing(agreement_ends_on=yesterday)))
    agency, path = Agency.objects.get(), f"/support/needs/{need.ref}/refer/"

    ended = browser_of_fable.post(path, form(agency))
    listed = text(browser_of_fable.get("/support/"))
    Agency.objects.update(ended_at=timezone.now())
    gone = browser_of_fable.post(path, form(agency))
    empty = text(browser_of_fable.get(path))

    assert "The sharing agreement with this agency ended on" in text(ended)
    assert "Agreement ended" in listed
    assert gone.status_code == 422
    assert "No agency of the area takes referrals from you" in empty
    assert not Outbox.objects.exists()


@pytest.mark.usefixtures("consent")
def test_an_agency_that_went_while_the_page_was_open_is_refused(
    actor: Actor, agency: Agency, need: Need
) -> None:
    from desist.refusals import Refused

    asked = commands.Request("unknown", "housing", "consent", "Text", "A lock")
    with pytest.raises(Refused, match="taken off the list"):
        commands.refer(actor=actor, need=need.ref, request=asked, submission="x", at=NOW)


@pytest.mark.usefixtures("consent")
def test_an_address_in_the_words_is_refused_and_kept(
    agency: Agency, need: Need, browser_of_fable: Client
) -> None:
    sent = form(agency, told=f"Lives at {factories.HOME}")

    page = browser_of_fable.post(f"/support/needs/{need.ref}/refer/", sent)

    assert page.status_code == 422
    assert not Outbox.objects.exists()


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("accepted", "Harbour Housing Desk answered: read it"),
        ("asked", "Harbour Housing Desk asks a question: answer it"),
        ("concern", "Harbour Housing Desk raised a concern: read it and ring them"),
    ],
)
def test_what_an_agency_says_is_a_line_until_it_is_read(
    row: SupportReferral, browser_of_fable: Client, what: str, line: str
) -> None:
    said(row, what, "In their words.")

    to_do, page = text(browser_of_fable.get("/")), text(browser_of_fable.get(f"/support/{row.ref}/"))
    browser_of_fable.post(f"/support/{row.ref}/read/")

    assert line in to_do
    assert "In their words." in page
    assert "Harbour Housing Desk" not in text(browser_of_fable.get("/"))


def test_a_question_is_answered_once(
    row: SupportReferral, browser_of_fable: Client, police_keys: sitekeys.SiteKeys
) -> None:
    said(row, "asked", "Which day suits?")
    page = text(browser_of_fable.get(f"/support/{row.ref}/reply/"))
    refused = browser_of_fable.post(f"/support/{row.ref}/reply/", {"words": f"At {factories.HOME}"})

    for _ in range(2):
        sent = {"words": "Any Monday.", "form_submission": "reply-1"}
        browser_of_fable.post(f"/support/{row.ref}/reply/", sent)

    assert "Harbour Housing Desk asks: Which day suits?" in page
    assert refused.status_code == 422
    assert [one["words"] for one in crossed(police_keys, "support-reply")] == ["Any Monday."]
    assert "Your answer" in text(browser_of_fable.get(f"/support/{row.ref}/"))


def test_a_course_of_support_ends_and_the_need_says_so(
    row: SupportReferral, browser_of_fable: Client, robin: Victim
) -> None:
    for what in ("accepted", "attended", "ended", "accepted"):
        said(row, what)

    row.refresh_from_db()
    assert row.state == State.ENDED
    assert "Referred: Harbour Housing Desk" in text(browser_of_fable.get(f"/safety/{robin.ref}/needs/"))


def test_a_withdrawal_reaches_the_agency_and_what_it_says_after_is_not_kept(
    row: SupportReferral, browser_of_fable: Client, actor: Actor
) -> None:
    shown = text(browser_of_fable.get(f"/support/{row.ref}/withdraw/"))
    for _ in range(2):
        browser_of_fable.post(f"/support/{row.ref}/withdraw/", {"form_submission": "gone"})
    said(row, "accepted", "We look forward to it.")

    row.refresh_from_db()
    assert "what it was told is deleted there" in shown
    assert row.state == State.WITHDRAWN
    assert not SupportNews.objects.exists()
    assert Outbox.objects.filter(kind="support-withdrawn").count() == 1
    with pytest.raises(Changed):
        commands.reply(actor=actor, ref=row.ref, words="Monday", submission="late", at=NOW)


def test_what_is_over_is_not_withdrawn(row: SupportReferral, browser_of_fable: Client) -> None:
    said(row, "declined", "We are full.")

    page = browser_of_fable.post(f"/support/{row.ref}/withdraw/", {"form_submission": "x"})

    assert "There is nothing to withdraw" in text(page)


def test_an_answer_to_no_referral_or_in_no_list_is_refused(row: SupportReferral) -> None:
    for thread, what in (("unknown", "accepted"), (row.thread, "shouted")):
        told = payloads.SupportAnswer(what, timezone.localdate(), "", timezone.now())
        with pytest.raises(CannotHandle, match="answers no referral"):
            commands.note_answer(arrived(told, thread))


def test_of_a_client_whose_key_is_gone_nothing_is_kept_or_read(
    row: SupportReferral, robin: Victim, browser_of_fable: Client
) -> None:
    PersonKey.objects.filter(person=robin.ref).update(
        wrapped=b"", destroyed_at=timezone.now(), destroyed_by="carol"
    )
    said(row, "accepted", "We look forward to it.")

    page = text(browser_of_fable.get(f"/support/{row.ref}/"))

    assert bytes(SupportNews.objects.get().words) == b""
    assert "lock on the door" not in page


def test_a_late_answer_is_chased(row: SupportReferral, browser_of_fable: Client) -> None:
    assert "for its answer" not in text(browser_of_fable.get("/"))
    SupportReferral.objects.update(referred_on=timezone.localdate() - timedelta(days=7))

    assert "ask Harbour Housing Desk for its answer to the referral of" in text(browser_of_fable.get("/"))


def test_another_advocate_sees_nothing_of_it(row: SupportReferral) -> None:
    other: Account = staff.account(name="Noor Hale")
    Advocate.objects.create(ref=other.ref, name=other.name, area=factories.AREA)

    answer = staff.browser(account=other, role=Role.ADVOCATE, area=factories.AREA).get(f"/support/{row.ref}/")

    assert answer.status_code == 404
