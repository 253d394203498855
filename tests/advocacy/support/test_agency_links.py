"""A client's agency without Desist reads by a link and a code that came apart; or the advocate records what it said."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests import listings
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.clients import commands as victims
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.models import Need
from desist.advocacy.safety.states import Domain
from desist.advocacy.support import commands
from desist.advocacy.support.models import Agency, SupportLink, SupportReferral
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, Purpose
from desist.post.models import Outbox, Partner
from desist.post.transports import Transport
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
TOLD = "Needs a new lock on the door."


@pytest.fixture
def police(db: None) -> Partner:
    """The police, whose directory it is."""
    return factories.partner(transport=Transport.BY_HAND, area=factories.AREA)


def arrives(**changes: object) -> Agency:
    told = listings.listing(area=factories.AREA, needs=("housing",), name="Harbour Housing Desk", **changes)
    commands.note_listing(listings.arrived(told, sender=factories.POLICE))
    return Agency.objects.get()


@pytest.fixture
def refer(
    police: Partner, actor: Actor, robin: Victim, browser_of_fable: Client
) -> Callable[..., SupportReferral]:
    """Refer the client to an agency that answers in some way."""

    def refer(answers: str) -> SupportReferral:
        agency = arrives(way=answers)
        safety.raise_need(
            actor=actor, ref=robin.ref, domain=Domain.HOUSING, words="A new lock", submission="one", at=NOW
        )
        victims.consent(
            actor=actor, ref=robin.ref, purposes=[Purpose.PARTNERS], on=NOW.date(), how=How.PHONE, at=NOW
        )
        form = {
            "agency": agency.ref,
            "help": "housing",
            "basis": "consent",
            "reach": "Text in the morning",
            "told": TOLD,
            "form_submission": "one-referral",
        }
        browser_of_fable.post(f"/support/needs/{Need.objects.get().ref}/refer/", form)
        return SupportReferral.objects.get()

    return refer


def made(browser: Client, row: SupportReferral) -> dict[str, str]:
    """Make a link on the page, and return what the agency types."""
    form = {"until": "14", "form_submission": "make"}
    page = text(browser.post(f"/agency-links/{row.ref}/make/", form, follow=True))
    own = re.search(r"/answers/(\w{12})/", page)
    code = re.search(r"to tell by telephone ((?:\w{4} ){2}\w{4})", page)
    assert own
    assert code
    return {"link": own[1], "code": code[1]}


def said(what: str, version: int = 1, **changes: str) -> dict[str, str]:
    today = timezone.localdate()
    day = {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year)}
    return {
        "said": what,
        "words": "",
        "form_version": str(version),
        "form_submission": f"said-{what}",
        **day,
        **changes,
    }


def test_an_agency_answers_by_a_link_and_nothing_goes_to_the_police(
    refer: Callable[..., SupportReferral], browser_of_fable: Client, robin: Victim
) -> None:
    row, agency = refer("link"), Client()
    keys = made(browser_of_fable, row)

    alone = text(agency.post("/answers/", {**keys, "code": ""}))
    shown = text(agency.post("/answers/", keys))
    sent = agency.post("/answers/say/", {**keys, **said("asked", words="Which day suits?")})
    browser_of_fable.post(f"/support/{row.ref}/reply/", {"words": "Any morning.", "form_submission": "reply"})
    replied = text(agency.post("/answers/", keys))

    assert not Outbox.objects.exists()
    assert TOLD not in alone
    assert TOLD in shown
    assert "Text in the morning" in shown
    assert "Your answer was sent" in text(sent)
    assert not agency.cookies
    assert "Any morning." in replied
    assert "Which day suits?" in text(browser_of_fable.get(f"/support/{row.ref}/"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(words::text, ' ') FROM advocacy_supportnews")
        assert b"Which day".hex() not in str(cursor.fetchone())


def test_what_is_said_by_the_link_is_due_until_it_is_read(
    refer: Callable[..., SupportReferral], browser_of_fable: Client
) -> None:
    row, agency = refer("link"), Client()
    keys = made(browser_of_fable, row)
    for _ in range(2):
        agency.post("/answers/say/", {**keys, **said("accepted", words="Monday at ten.")})

    assert "Harbour Housing Desk answered: read it" in text(browser_of_fable.get("/"))
    row.refresh_from_db()
    assert (row.state, row.news.count()) == ("accepted", 1)


@pytest.mark.parametrize("how", ["revoked", "withdrawn", "left", "shredded"])
def test_a_link_that_ended_shows_nothing_and_answers_as_any_other(
    refer: Callable[..., SupportReferral], browser_of_fable: Client, how: str
) -> None:
    row, agency = refer("link"), Client()
    keys = made(browser_of_fable, row)
    if how == "revoked":
        browser_of_fable.post(f"/agency-links/{SupportLink.objects.get().ref}/revoke/")
    elif how == "withdrawn":
        browser_of_fable.post(f"/support/{row.ref}/withdraw/", {"form_submission": "withdrawn"})
    elif how == "left":
        arrives(way="link", stands=False)
    else:
        PersonKey.objects.update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")

    page = agency.post("/answers/", keys)

    assert page.status_code == 422
    assert "This link and code do not work" in text(page)
    assert TOLD not in text(page)


def test_an_agency_that_leaves_in_the_middle_ends_the_referral_in_a_sentence(
    refer: Callable[..., SupportReferral], browser_of_fable: Client
) -> None:
    row = refer("hand")

    arrives(way="hand", stands=False)

    row.refresh_from_db()
    assert row.state == "not_accepted"
    assert "has left the list" in text(browser_of_fable.get(f"/support/{row.ref}/"))


def test_what_an_agency_said_by_telephone_is_recorded_once_with_who_recorded_it(
    refer: Callable[..., SupportReferral], browser_of_fable: Client
) -> None:
    row = refer("hand")

    for _ in range(2):
        browser_of_fable.post(f"/support/{row.ref}/record/", said("accepted", words="Monday at ten."))
    late = browser_of_fable.post(f"/support/{row.ref}/record/", said("declined", words="Mine"))
    page = text(browser_of_fable.get(f"/support/{row.ref}/"))

    row.refresh_from_db()
    assert (row.state, row.news.count(), row.unread_since) == ("accepted", 1, None)
    assert "You ring it" in page
    assert "Monday at ten." in page
    assert "Make a link" not in page
    assert late.status_code == 422
    assert "by now this referral is: Accepted" in text(late)
    assert "Mine" in text(late)


def test_no_link_is_made_where_the_agency_reads_in_desist(
    refer: Callable[..., SupportReferral], browser_of_fable: Client
) -> None:
    row = refer("hand")

    page = browser_of_fable.post(f"/agency-links/{row.ref}/make/", {"until": "7", "form_submission": "make"})

    assert "does not answer by a link" in text(page)
    assert not SupportLink.objects.exists()


def test_an_agency_without_desist_answers_by_a_form_that_names_nobody(
    refer: Callable[..., SupportReferral], robin: Victim, browser_of_fable: Client
) -> None:
    row = refer("hand")
    blank = browser_of_fable.get(f"/answer-files/{row.ref}/form/").content.decode("utf-8-sig")
    written = blank.replace("[ ] We accept the referral", "[x] We accept the referral")
    written = written.replace("Words:\r\n", "Words:\r\nThe lock comes on Monday.\r\n")

    shown = text(browser_of_fable.get(f"/support/{row.ref}/"))
    read = browser_of_fable.post(
        f"/answer-files/{row.ref}/",
        {"file": SimpleUploadedFile("form.txt", written.encode()), "form_submission": "read"},
    )
    day = NOW.date()
    said = {"said": "accepted", "on-day": day.day, "on-month": day.month, "on-year": day.year}
    said |= {"words": "The lock comes on Monday.", "form_version": row.version, "form_submission": "keep"}
    kept = text(browser_of_fable.post(f"/answer-files/{row.ref}/keep/", said, follow=True))

    assert "Answer by a file" in shown
    assert "The lock comes on Monday." in text(read)
    assert "The agency’s answer is kept." in kept
    assert "The lock comes on Monday." in kept
    assert b"Monday" not in bytes(row.news.get().words)
    for secret in (row.ref, robin.ref, TOLD):
        assert secret not in blank


def test_the_form_of_an_earlier_state_is_refused(
    refer: Callable[..., SupportReferral], browser_of_fable: Client
) -> None:
    row = refer("hand")
    blank = browser_of_fable.get(f"/answer-files/{row.ref}/form/").content.decode("utf-8-sig")
    browser_of_fable.post(f"/support/{row.ref}/withdraw/", {"form_submission": "withdraw"})
    file = SimpleUploadedFile("form.txt", blank.replace("[ ] We accept", "[x] We accept").encode())

    page = browser_of_fable.post(f"/answer-files/{row.ref}/", {"file": file, "form_submission": "read"})

    assert "This form is old" in text(page)
    assert "Withdrawn" in text(page)
