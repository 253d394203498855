"""The support around two people, clicks alone: an alcohol service, a housing service, and a panel that hears the case."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e import agency_steps as steps
from tests.e2e.advocacy_steps import come
from tests.e2e.agency_steps import BRIDGE
from tests.e2e.steps import SignIn, follow, menu, refer, today

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUAYSIDE, HARBOUR = "Quayside Housing Trust", "Harbour Debt Advice"
FAMILY, PLACE = "Kept-Clinic", "Glass room of the town hall"
ASKED = "Ask him how he pays his fines."
FOR_THE_GUEST = "Tell us what his curfew is."
EXPLAINED = "Debts keep it going, and the hearing may make it worse."
MINUTES = "Agreed: the debt adviser sees him on Monday."
TASK = "See him about his council tax."
MOVED = "Wants a ground floor with a second door."


class Police(NamedTuple):
    """The windows of the chair and of the second person."""

    chair: Page
    second: Page


def visitor(browser: Browser) -> Page:
    """A browser in which nobody signed in, without JavaScript."""
    return browser.new_context(java_script_enabled=False).new_page()


def hear_the_case(police: Police, officer: Page) -> str:
    """A case goes on the agenda, with papers that a second person releases. Returns the person's name."""
    steps.add_a_meeting(police.chair, PLACE, HARBOUR, BRIDGE, QUAYSIDE)
    refer(officer, FAMILY)
    name = steps.put_on_the_agenda(officer, PLACE)
    steps.open_the_case(police.chair, PLACE, name)
    steps.write_for(police.chair, ASKED, HARBOUR, BRIDGE, QUAYSIDE)
    steps.write_for(police.chair, FOR_THE_GUEST, guest="Sorrel Vane, Northmere probation")
    steps.open_the_case(police.second, PLACE, name)
    steps.release_all(police.second)
    return name


def let_the_guest_read(chair: Page, guest: Page) -> None:
    """A guest reads one paper with the link and the code, and nothing with the link alone."""
    chair.reload()
    for folded in chair.locator("main summary").filter(has_text="guest").all():
        folded.click()
    chair.get_by_role("link", name="Make a link for the guest").click()
    follow(chair.get_by_role("button", name="Make the link"))
    link, code = (one.inner_text() for one in chair.locator("main code").all())
    guest.goto(link)
    expect(guest.locator("main")).not_to_contain_text(FOR_THE_GUEST)
    guest.get_by_label("The code that you were told").fill(code)
    guest.get_by_role("button", name="Open the paper").click()
    expect(guest.locator("main")).to_contain_text(FOR_THE_GUEST)
    expect(guest.locator("main")).not_to_contain_text(ASKED)


def send_the_minutes(police: Police, name: str) -> None:
    """Who came is recorded; the chair signs minutes and formulation, and a second person releases them."""
    menu(police.chair, "Panels")
    follow(police.chair.get_by_role("row", name=PLACE).get_by_role("link").first)
    police.chair.get_by_role("link", name="Record who came").click()
    for agency in (HARBOUR, BRIDGE, QUAYSIDE):
        police.chair.get_by_role("combobox", name=agency).select_option("Came")
    follow(police.chair.get_by_role("button", name="Save who came"))
    steps.open_the_case(police.chair, PLACE, name)
    steps.write_for(police.chair, MINUTES, HARBOUR, BRIDGE, QUAYSIDE, sort="Minutes")
    steps.write_for(police.chair, EXPLAINED, HARBOUR, sort="Formulation")
    follow(police.chair.get_by_role("button", name="Sign what the meeting agreed"))
    steps.open_the_case(police.second, PLACE, name)
    steps.release_all(police.second)


def chase_and_do(chair: Page, agency: Page, name: str) -> None:
    """The chair asks after an action; the agency says that it is done; the chair reads it."""
    steps.open_the_case(chair, PLACE, name)
    steps.give_an_action(chair, HARBOUR, TASK, today())
    follow(chair.get_by_role("link", name=TASK))
    follow(chair.get_by_role("button", name="I asked them today"))
    expect(chair.locator("main")).to_contain_text("Chased")
    menu(agency, "Our panels")
    follow(agency.get_by_role("link", name=TASK).first)
    follow(agency.get_by_role("button", name="Say how far it is"))
    agency.get_by_label("It is done").check()
    agency.get_by_label("In words").fill("He came on Monday.")
    follow(agency.get_by_role("button", name="Tell the chair"))
    chair.reload()
    expect(chair.locator("main")).to_contain_text("He came on Monday.")
    expect(chair.locator("main")).to_contain_text("Done")


def reads_its_part(agency: Page, name: str) -> None:
    """The agency reads minutes and formulation of the meeting, and nothing that was for the guest."""
    menu(agency, "Our panels")
    follow(agency.get_by_role("row", name=PLACE).get_by_role("link").first)
    follow(agency.get_by_role("link", name=f"Minutes: {name}"))
    expect(agency.locator("main")).to_contain_text(MINUTES)
    agency.go_back()
    follow(agency.get_by_role("link", name=f"Formulation: {name}"))
    expect(agency.locator("main")).to_contain_text(EXPLAINED)
    expect(agency.locator("main")).not_to_contain_text(FOR_THE_GUEST)


def answer_about_the_client(advocate: Page, guest: Page) -> None:
    """The advocate refers a client to the housing service, which answers by a link; she reads the answer."""
    come(advocate)
    steps.refer_the_client(advocate, QUAYSIDE, MOVED)
    link, code = steps.make_a_link(advocate)
    guest.goto(link)
    steps.answer_by_the_link(guest, "Saskia", code, told=MOVED)
    advocate.reload()
    expect(advocate.locator("main")).to_contain_text("A first talk on Monday.")
    follow(advocate.get_by_role("button", name="I have read it"))


def answer_about_the_person(practitioner: Page, guest: Page) -> None:
    """The practitioner refers a person who agrees to the alcohol service, which answers by a link."""
    about = steps.refer_with_agreement(practitioner)
    link, code = steps.make_a_link(practitioner)
    guest.goto(link)
    steps.answer_by_the_link(guest, about, code)


def test_two_services_answer_and_a_panel_of_three_agencies_and_a_guest_hears_a_case(
    somebody: SignIn, browser: Browser
) -> None:
    police = Police(somebody("partnership", "Merle Ashdonbury"), somebody("partnership", "Hollis Varnavides"))
    steps.list_an_agency(police.chair, QUAYSIDE)
    steps.agree_with(police.chair, BRIDGE)
    guest = visitor(browser)
    answer_about_the_client(somebody("advocacy", "Fable Trelissick"), guest)
    answer_about_the_person(somebody("programme", "Ashby Quillon"), guest)

    name = hear_the_case(police, somebody("partnership", "Rowan Thistlewood"))
    let_the_guest_read(police.chair, guest)
    guest.context.close()
    agency = somebody("partnership", "Wren Copplestick")
    chase_and_do(police.chair, agency, name)
    send_the_minutes(police, name)
    reads_its_part(agency, name)
