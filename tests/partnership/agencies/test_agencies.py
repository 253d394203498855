"""The directory of agencies: kept once, told to the services that may refer, checked twice a year."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import staff
from tests.partnership import factories
from tests.partnership.disclosures.reading import crossed
from tests.programme.reading import text

from desist.keys import sitekeys
from desist.partnership.agencies.models import Agency, AgencyMember
from desist.post.models import Outbox, Partner
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

ENTRY = {
    "name": "Harbour Debt Advice",
    "phone": "01632 960 500",
    "needs": ["money", "housing"],
    "capacity": "free",
    "answers": "account",
    "referred_by": ["programme"],
    "helps": "Adults who live in the county.",
    "form_submission": "listed-1",
}


@pytest.fixture
def lead(signed_in: Callable[..., Client], programme: Partner) -> Client:
    """Kit, signed in as the force lead."""
    return signed_in(role=Role.FORCE_LEAD)


@pytest.fixture
def advocacy(programme: Partner) -> Partner:
    """An advocacy service in the force's partner register, with the programme's keys to open what it is sent."""
    return factories.partner(
        name=factories.ADVOCACY,
        zone="advocacy",
        transport="courier",
        keys=programme.keys,
        area=factories.AREA,
    )


def listings(keys: sitekeys.SiteKeys) -> list[tuple[str, str, bool]]:
    """Of each entry that left: to whom, the name, and whether it stands."""
    to = Outbox.objects.filter(kind="agency-listing").order_by("id").values_list("receiver", flat=True)
    return [
        (name, one["name"], one["stands"])
        for name, one in zip(to, crossed(keys, "agency-listing"), strict=True)
    ]


def test_an_entry_goes_to_the_services_that_may_refer_and_to_no_other(
    lead: Client, advocacy: Partner, programme_keys: sitekeys.SiteKeys
) -> None:
    page = lead.post("/agencies/add/", ENTRY, follow=True)

    assert "Adults who live in the county." in text(page)
    assert listings(programme_keys) == [(factories.PROGRAMME, "Harbour Debt Advice", True)]
    assert not any("carol" in str(one) for one in crossed(programme_keys, "agency-listing"))


def test_a_service_for_victims_never_reaches_the_programme(
    lead: Client, advocacy: Partner, programme_keys: sitekeys.SiteKeys
) -> None:
    lead.post("/agencies/add/", {**ENTRY, "name": "Safe House", "referred_by": ["advocacy"]})
    row = Agency.objects.get()
    before = timezone.now() - timedelta(days=9)
    for address in (f"/agencies/{row.ref}/checked/", "/agencies/send/"):
        Agency.objects.update(checked_on=before.date(), told_at=before)
        lead.post(address)
    lead.post(f"/support/agencies/{row.ref}/end/", {"form_submission": "gone"})

    assert {name for name, *_ in listings(programme_keys)} == {factories.ADVOCACY}
    assert [stands for *_, stands in listings(programme_keys)] == [True, True, True, False]


def test_a_service_that_may_no_longer_refer_is_told_the_name_alone(
    lead: Client, advocacy: Partner, programme_keys: sitekeys.SiteKeys
) -> None:
    row = factories.agency(name="Harbour Debt Advice", how="Ring first.")
    changed = {**ENTRY, "referred_by": ["advocacy"], "how": "Ring first.", "form_version": "1"}

    lead.post(f"/agencies/{row.ref}/change/", changed)

    told = {one["stands"]: one for one in crossed(programme_keys, "agency-listing")}
    assert told[True]["how"] == "Ring first."
    assert (told[False]["name"], told[False]["how"], told[False]["phone"], told[False]["needs"]) == (
        "Harbour Debt Advice",
        "",
        "",
        [],
    )


def test_nobody_is_telephoned_about_an_entry(lead: Client) -> None:
    Partner.objects.update(transport="by_hand")

    lead.post("/agencies/add/", ENTRY)

    assert Agency.objects.count() == 1
    assert not Outbox.objects.exists()


def test_words_that_may_lead_to_someone_are_asked_about_before_they_leave(lead: Client) -> None:
    sent = {**ENTRY, "how": "Come to 12 Elm Street, NR1 2AB."}

    refused = lead.post("/agencies/add/", sent)
    answered = lead.post("/agencies/add/", {**sent, "false_alarm": "agency"}, follow=True)

    assert refused.status_code == 422
    assert "12 Elm Street" in text(answered)


def test_an_agency_is_listed_once(lead: Client) -> None:
    lead.post("/agencies/add/", ENTRY)
    second = lead.post("/agencies/add/", {**ENTRY, "form_submission": "listed-2"})
    other = factories.agency(name="Anchor")
    renamed = lead.post(f"/agencies/{other.ref}/change/", {**ENTRY, "form_version": "1"})

    assert (second.status_code, renamed.status_code) == (422, 422)
    assert "An agency with this name is already on the list" in text(second)
    assert "An agency with this name is already on the list" in text(renamed)


def test_of_two_who_change_an_entry_the_second_keeps_what_was_typed(lead: Client) -> None:
    row = factories.agency()
    path = f"/agencies/{row.ref}/change/"
    lead.post(path, {**ENTRY, "form_version": "1"})

    second = lead.post(path, {**ENTRY, "helps": "Mine", "form_version": "1"})

    assert second.status_code == 422
    assert "a colleague has changed this entry" in text(second)
    assert "Mine" in text(second)


def test_an_old_entry_is_a_task_and_stands_first(lead: Client) -> None:
    old = factories.agency(name="Zinnia", checked_on=timezone.localdate() - timedelta(days=183))
    factories.agency(name="Anchor", checked_on=timezone.localdate())

    page, to_do = text(lead.get("/agencies/")), text(lead.get("/"))
    lead.post(f"/agencies/{old.ref}/checked/")

    assert page.index("Zinnia") < page.index("Anchor")
    assert "Entries to check with the agency: 1" in page
    assert "Check the directory’s entry of Zinnia, last checked on" in to_do
    assert "Zinnia" not in text(lead.get("/"))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Anchor", "Bridge"]),
        ("?need=housing", ["Anchor"]),
        ("?need=legal", []),
        ("?listed=past", ["Dock"]),
    ],
)
def test_the_directory_is_filtered(lead: Client, asked: str, shown: list[str]) -> None:
    factories.agency(name="Bridge")
    factories.agency(name="Anchor", needs=["housing"])
    factories.agency(name="Dock", ended_by="carol", ended_at=factories.NOW)

    page = text(lead.get(f"/agencies/{asked}"))

    assert [name for name in ("Anchor", "Bridge", "Dock") if name in page] == shown


def test_an_entry_under_an_agreement_says_when_it_ends(
    lead: Client, programme_keys: sitekeys.SiteKeys
) -> None:
    last = timezone.localdate() + timedelta(days=40)
    agreement = factories.agreement(ends_on=last)

    lead.post("/agencies/add/", {**ENTRY, "agreement": agreement.ref})

    (told,) = crossed(programme_keys, "agency-listing")
    assert told["agreement_ends_on"] == last.isoformat()


def test_an_agreement_that_ended_while_the_page_was_open_is_refused(lead: Client, actor: Any) -> None:
    agreement = factories.agreement()
    row = factories.agency(agreement=agreement.ref)
    type(agreement).objects.update(ended_on=factories.NOW.date() - timedelta(days=1))

    chosen = lead.post("/agencies/add/", {**ENTRY, "agreement": agreement.ref})
    page = text(lead.get(f"/agencies/{row.ref}/"))

    assert chosen.status_code == 422
    assert not Outbox.objects.exists()
    assert "Its sharing agreement has ended: the agency is told of nobody." in page


def test_accounts_of_an_agency_are_let_in_and_out(lead: Client) -> None:
    row, wren = factories.agency(), staff.account(name="Wren Copplestick")
    path = f"/agencies/{row.ref}/let-in/"
    nobody = text(lead.get(path))
    staff.grant(account=wren, role=Role.PARTNER)

    for _ in range(2):
        page = lead.post(path, {"account": wren.ref, "side": "programme"}, follow=True)
    member = AgencyMember.objects.get()
    out = lead.post(f"/agencies/{row.ref}/let-out/{member.ref}/", follow=True)

    assert "No other account has the role “Partner agency”" in nobody
    assert "Wren Copplestick" in text(page)
    assert "Wren Copplestick" not in text(out).split("Accounts that work there")[1]


def test_an_account_of_another_role_or_agency_is_not_let_in(lead: Client, actor: Any) -> None:
    from desist.agencies import Side
    from desist.partnership.agencies import commands
    from desist.refusals import Refused

    keeper = type(actor)(who="lead", role=Role.FORCE_LEAD, area=factories.AREA, correlation=actor.correlation)
    row, wren = factories.agency(), staff.account(name="Wren Copplestick")
    with pytest.raises(Refused, match="does not have the role"):
        commands.let_in(actor=keeper, ref=row.ref, account=wren.ref, side=Side.BOTH, at=factories.NOW)
    staff.grant(account=wren, role=Role.PARTNER)
    factories.member(account=wren.ref, agency=factories.agency())
    with pytest.raises(Refused, match="already works for an agency"):
        commands.let_in(actor=keeper, ref=row.ref, account=wren.ref, side=Side.BOTH, at=factories.NOW)


def test_an_agency_off_the_list_is_not_changed_any_more(lead: Client) -> None:
    row = factories.agency(ended_by="carol", ended_at=factories.NOW)

    changed = lead.post(f"/agencies/{row.ref}/change/", {**ENTRY, "form_version": "1"})
    checked = lead.post(f"/agencies/{row.ref}/checked/", follow=True)

    assert "This agency has been taken off the list" in text(changed)
    assert "This agency has been taken off the list" in text(checked)


def test_a_panel_chair_keeps_the_directory_and_an_officer_only_reads_it(
    signed_in: Callable[..., Client], programme: Partner
) -> None:
    factories.agency(name="Anchor")

    chair = signed_in(role=Role.PANEL_CHAIR).get("/agencies/")
    officer = signed_in().get("/agencies/")

    assert "Anchor" in text(chair)
    assert "Add an agency" in text(chair)
    assert "Anchor" in text(officer)
    assert "Add an agency" not in text(officer)
