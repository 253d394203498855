"""Terms: the police set them, an agency accepts them, and each of its accounts does before it reads anything."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests import staff
from tests.partnership import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.partnership.agencies.models import Agency, AgencyTerms, TermsAccepted
from desist.partnership.support.models import SupportReferral
from desist.post.models import Partner
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

TERMS = "Only the person who helps reads it. Delete your notes after a year."
DAY = {"on-day": "3", "on-month": "3", "on-year": "2026"}


@pytest.fixture
def colleague(db: None) -> Account:
    return staff.account(name="Noor Hale")


@pytest.fixture
def referred(colleague: Account, programme: Partner) -> SupportReferral:
    """A person referred to an agency for which Noor works."""
    agency = factories.agency(name="Harbour Debt Advice")
    factories.member(account=colleague.ref, agency=agency)
    return factories.support(agency=agency)


@pytest.fixture
def lead(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.FORCE_LEAD)


@pytest.fixture
def noor(signed_in: Callable[..., Client], colleague: Account) -> Client:
    return signed_in(role=Role.PARTNER, account=colleague)


def sets(lead: Client, words: str = TERMS, submission: str = "terms-1") -> str:
    return text(lead.post("/terms/set/", {"words": words, "form_submission": submission}, follow=True))


def accepts(noor: Client, **changes: str) -> str:
    form = {"terms": AgencyTerms.objects.latest("set_at").ref, "agree": "on", "form_submission": "x"}
    return text(noor.post("/terms/accept/", {**form, **changes}, follow=True))


def test_before_terms_are_set_there_is_nothing_to_accept(referred: SupportReferral, noor: Client) -> None:
    assert "Robin Outerwood" in text(noor.get("/support/"))
    assert "No terms are set" in text(noor.get("/terms/accept/"))


def test_an_account_reads_nothing_before_it_accepts_the_present_terms_and_again_when_they_change(
    referred: SupportReferral, lead: Client, noor: Client
) -> None:
    for words, number in ((TERMS, "1"), ("New words.", "2")):
        sets(lead, words, f"terms-{number}")

        first = noor.get("/support/", follow=True)
        row = noor.get(f"/support/{referred.ref}/")
        answer = noor.post(f"/support/{referred.ref}/answer/", {"said": "accepted"})

        assert words in text(first)
        assert "Robin Outerwood" not in text(first)
        assert (row.status_code, answer.status_code) == (404, 404)
        assert "Robin Outerwood" in accepts(noor)
        assert noor.get(f"/support/{referred.ref}/").status_code == 200
    assert TermsAccepted.objects.count() == 2


def test_an_acceptance_of_one_account_is_none_of_another(
    referred: SupportReferral, lead: Client, noor: Client, signed_in: Callable[..., Client]
) -> None:
    other = staff.account(name="Sam Tern")
    factories.member(account=other.ref, agency=referred.agency)
    sets(lead)
    accepts(noor)

    page = signed_in(role=Role.PARTNER, account=other).get("/support/", follow=True)

    assert TERMS in text(page)
    assert "Robin Outerwood" not in text(page)


def test_terms_that_changed_while_they_were_read_are_read_again(
    referred: SupportReferral, lead: Client, noor: Client
) -> None:
    sets(lead)
    before = AgencyTerms.objects.get().ref
    sets(lead, "New words.", "terms-2")

    page = accepts(noor, terms=before)
    unticked = accepts(noor, agree="")

    assert "The terms have changed since you opened this page" in page
    assert "New words." in page
    assert "Tick that you accept the terms" in unticked
    assert not TermsAccepted.objects.exists()


def test_the_same_words_and_a_form_sent_twice_ask_nobody_again(
    referred: SupportReferral, lead: Client, noor: Client
) -> None:
    sets(lead)
    accepts(noor)
    sets(lead)
    sets(lead, submission="terms-3")
    accepts(noor)

    assert AgencyTerms.objects.count() == 1
    assert TermsAccepted.objects.count() == 1
    assert "Robin Outerwood" in text(noor.get("/support/"))


def test_an_agency_accepts_with_its_agreement_as_the_police_record_once(
    referred: SupportReferral, lead: Client
) -> None:
    Agency.objects.update(agreement="none")
    path = f"/terms/{referred.agency.ref}/record/"
    without = lead.post(path, {**DAY, "signed_by": "Ada Brook", "form_submission": "a"})
    assert "Not yet" in sets(lead)

    for name in ("Ada Brook", "Another"):
        page = lead.post(path, {**DAY, "signed_by": name, "form_submission": name}, follow=True)

    assert "no terms are set yet" in text(without)
    assert "Ada Brook, 3 March 2026" in text(page) or "Ada Brook, Tuesday 3 March" in text(page)
    row = TermsAccepted.objects.get()
    assert (row.account, row.signed_by, row.agreement) == ("", "Ada Brook", "none")
    assert "It is recorded already" in text(lead.get(path))


def test_an_account_that_works_for_no_agency_is_told_whom_to_ask(lead: Client, noor: Client) -> None:
    sets(lead)

    page = noor.get("/terms/accept/")

    assert "Your account works for no agency here" in text(page)
    assert noor.post("/terms/accept/", {"terms": "x", "agree": "on"}).status_code == 404


def test_an_agency_that_has_not_accepted_stands_in_to_do_until_it_is_recorded_and_again_when_terms_change(
    lead: Client, referred: SupportReferral
) -> None:
    line = "Ask Harbour Debt Advice to accept the terms for agencies"
    before = text(lead.get("/"))
    sets(lead)
    owed = text(lead.get("/"))
    form = {"signed_by": "Wren Copplestick", "form_submission": "x", **DAY}
    lead.post(f"/terms/{referred.agency.ref}/record/", form)
    recorded = text(lead.get("/"))
    sets(lead, f"{TERMS} Changed.", "terms-2")

    assert line not in before
    assert line in owed
    assert line not in recorded
    assert line in text(lead.get("/"))


def test_an_account_that_accepted_for_itself_leaves_the_agency_owing_and_one_off_the_list_owes_nothing(
    lead: Client, noor: Client, referred: SupportReferral
) -> None:
    sets(lead)
    accepts(noor)
    owed = text(lead.get("/"))
    Agency.objects.update(ended_by="carol", ended_at=factories.NOW)

    assert "Ask Harbour Debt Advice to accept" in owed
    assert "to accept the terms" not in text(lead.get("/"))
