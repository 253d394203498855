"""A manager agrees to an evaluation, counts and signs an extract, the executive sends it, the evaluator makes the study."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.steps import SignIn, eventually, follow, menu

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AGREEMENT = "Second evaluation of the service"
EVALUATOR = "University of Southvale"


def extracts(page: Page) -> None:
    """Go to the extracts of the service."""
    menu(page, "Returns")
    follow(page.locator("main").get_by_role("link", name="Extracts for an evaluator"))


def agree(manager: Page) -> None:
    """Enter an agreement to evaluate; without who evaluates and a last day it is refused, and the words stay."""
    extracts(manager)
    follow(manager.locator("main").get_by_role("link", name="Sharing agreements"))
    follow(manager.get_by_role("button", name="Enter an agreement"))
    manager.get_by_label("What is it called?").fill(AGREEMENT)
    manager.get_by_label("Northmere Commissioner").check()
    manager.get_by_label("To evaluate the service").check()
    manager.get_by_label("On what lawful basis?").fill("Public task")
    manager.get_by_role("textbox", name="When does it start?").fill("1 january 2026")
    manager.get_by_role("textbox", name="When is its next review?").fill("1 january 2030")
    follow(manager.get_by_role("button", name="Save"))
    expect(manager.locator("main")).to_contain_text("Enter who evaluates")
    expect(manager.get_by_label("What is it called?")).to_have_value(AGREEMENT)
    manager.get_by_label("Other parties").fill(EVALUATOR)
    manager.get_by_role("textbox", name="When does it end?").fill("31 december 2030")
    follow(manager.get_by_role("button", name="Save"))
    expect(manager.locator("main")).to_contain_text(EVALUATOR)


def count_and_sign(manager: Page) -> str:
    """Count an extract under the agreement, sign it, and return its number in words."""
    extracts(manager)
    follow(manager.get_by_role("button", name="Count an extract"))
    manager.get_by_label("Under which agreement?").select_option(AGREEMENT)
    follow(manager.get_by_role("button", name="Count the extract now"))
    expect(manager.locator("main")).to_contain_text("Smallest group")
    name = manager.get_by_role("heading", level=1).inner_text()
    follow(manager.get_by_role("button", name="Sign the extract"))
    expect(manager.locator("main")).to_contain_text("A second person sends it")
    expect(manager.get_by_role("button", name="Send the extract")).to_have_count(0)
    return name


def send(executive: Page, name: str) -> None:
    """Find the signed extract and send it as the second person."""
    extracts(executive)
    follow(executive.locator("main").get_by_role("link", name=name, exact=True))
    follow(executive.get_by_role("button", name="Send the extract"))
    executive.get_by_label("Whose evaluator is it for?").select_option("Northmere Commissioner")
    follow(executive.get_by_role("button", name="Send the extract"))
    expect(executive.locator("main")).to_contain_text("Sent to Northmere Commissioner")


def settle(
    evaluator: Page,
    counts: str = "Also what people told of themselves",
    zero: str = "The day of acceptance: everyone, whether they started or not",
) -> None:
    """Settle the plan of a study and press its one button."""
    follow(evaluator.get_by_role("button", name="Make the study"))
    evaluator.get_by_label(zero).check()
    evaluator.get_by_label("A year", exact=True).check()
    evaluator.get_by_label(counts).check()
    evaluator.get_by_label("At once").check()
    follow(evaluator.get_by_role("button", name="Make the study"))


def read(evaluator: Page, name: str) -> None:
    """Open the extract that came. The demo's own people are too few for a study, and a sentence says so."""
    menu(evaluator, "Extracts")
    came = evaluator.locator("main").get_by_role("link", name=re.compile(f", {name.lower()}$"))
    eventually(evaluator, came)
    follow(came)
    expect(evaluator.locator("main")).to_contain_text(EVALUATOR)
    expect(evaluator.locator("main")).to_contain_text("Data dictionary")
    settle(evaluator)
    expect(evaluator.locator("main")).to_contain_text("a study needs at least 10")
    expect(evaluator.get_by_label("A year", exact=True)).to_be_checked()


def make_the_study(evaluator: Page) -> None:
    """Make a study of the larger extract that came before, and read its annex."""
    menu(evaluator, "Extracts")
    follow(evaluator.locator("main").get_by_role("link", name="Northmere service, extract 1", exact=True))
    settle(evaluator)
    expect(evaluator.locator("main")).to_contain_text(
        "settled after an outcome of this extract could be seen"
    )
    follow(evaluator.get_by_role("link", name="Read the annex"))
    expect(evaluator.get_by_role("heading", level=1, name="Evaluation annex")).to_be_visible()
    evaluator.go_back()
    expect(evaluator.get_by_role("link", name="results.json")).to_be_visible()


def count_what_was_recorded(lead: Page) -> None:
    """Count what the force recorded for the programme's second extract, and sign it; the signer cannot send it."""
    follow(lead.locator("main").get_by_role("link", name="Count what the police recorded for extract 2"))
    expect(lead.locator("main")).to_contain_text("Asked, to be counted")
    follow(lead.get_by_role("button", name="Count the records"))
    follow(lead.get_by_role("button", name="Count the records now"))
    expect(lead.locator("main")).to_contain_text("Smallest group")
    follow(lead.get_by_role("button", name="Sign the extract"))
    expect(lead.locator("main")).to_contain_text("A second person sends it")
    expect(lead.get_by_role("button", name="Send the extract")).to_have_count(0)


def send_what_was_recorded(coordinator: Page) -> None:
    """Send it as the second person, from To do."""
    follow(
        coordinator.locator("main").get_by_role("link", name="Send what the police recorded for extract 2")
    )
    follow(coordinator.get_by_role("button", name="Send the extract"))
    follow(coordinator.get_by_role("button", name="Send the extract"))
    expect(coordinator.locator("main")).to_contain_text("Sent to Northmere Commissioner")


def study_what_was_recorded(evaluator: Page) -> None:
    """Wait until it came: too few people have an order, so nothing of one is told, and no study counts that as nothing."""
    menu(evaluator, "Extracts")
    follow(evaluator.locator("main").get_by_role("link", name="Northmere service, extract 2", exact=True))
    eventually(evaluator, evaluator.locator("main").get_by_role("link", name="RECORDED.csv"))
    settle(
        evaluator,
        "What was proven: convictions that the police recorded",
        "The day of the referral: everyone",
    )
    expect(evaluator.locator("main")).to_contain_text("it had to leave it out")
    evaluator.get_by_label("Also what people told of themselves").check()
    follow(evaluator.get_by_role("button", name="Make the study"))
    follow(evaluator.get_by_role("link", name="Read the annex"))
    expect(evaluator.get_by_role("heading", level=1, name="Evaluation annex")).to_be_visible()


def test_the_police_tell_the_evaluator_what_they_recorded(somebody: SignIn) -> None:
    lead = somebody("partnership", "Hollis Varnavides")
    count_what_was_recorded(lead)
    send_what_was_recorded(somebody("partnership", "Emrys Kettlewick"))
    study_what_was_recorded(somebody("commission", "Ellis Farthingdale"))
    menu(lead, "Extracts")
    follow(lead.locator("main").get_by_role("link", name=re.compile("^Extract 2 of")))
    follow(lead.locator("main").get_by_role("link", name="Recall the extract"))
    lead.get_by_label("It was sent by mistake").check()
    follow(lead.get_by_role("button", name="Recall the extract"))
    expect(lead.locator("main")).to_contain_text("Recalled by Hollis Varnavides")


def test_an_extract_is_agreed_signed_sent_and_studied(somebody: SignIn) -> None:
    manager = somebody("programme", "Morgan Fernwell")
    agree(manager)
    name = count_and_sign(manager)
    send(somebody("programme", "Perrin Stowmarch"), name)
    evaluator = somebody("commission", "Ellis Farthingdale")
    read(evaluator, name)
    make_the_study(evaluator)
    commissioner = somebody("commission", "Sorrel Highclere")
    menu(commissioner, "Extracts")
    expect(commissioner.locator("main")).to_contain_text(AGREEMENT)
    expect(commissioner.locator("main").get_by_role("link", name=re.compile("extract"))).to_have_count(0)
