"""A manager counts and signs a quarter, the executive sends it, the commissioner reads and asks, the manager answers."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.steps import SignIn, eventually, follow, menu

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "Why did fewer people start than before?"
ANSWER = "A room was shut until the middle of the quarter."


def count_and_sign(manager: Page, to_do: str = "To do") -> str:
    """Count the last quarter from To do, sign it, and return the quarter in words."""
    menu(manager, to_do)
    follow(manager.locator("main").get_by_role("link", name=re.compile("Count the return of")))
    quarter = manager.get_by_role("heading", level=1).inner_text().removeprefix("Count ")
    manager.get_by_label("Yes", exact=True).check()
    follow(manager.get_by_role("button", name="Count the quarter now"))
    expect(manager.locator("main")).to_contain_text("What was counted, and what leaves")
    follow(manager.get_by_role("button", name="Sign the return"))
    expect(manager.locator("main")).to_contain_text("A second person sends it")
    expect(manager.get_by_role("button", name="Send the return")).to_have_count(0)
    return quarter


def send_as_the_second(executive: Page, quarter: str) -> None:
    """Find the signed return among the quarters and send it."""
    follow(executive.locator("main").get_by_role("link", name=quarter, exact=True))
    follow(executive.get_by_role("button", name="Send the return"))
    executive.get_by_label("Which commissioner is it for?").select_option("Northmere Commissioner")
    follow(executive.get_by_role("button", name="Send the return"))
    expect(executive.locator("main")).to_contain_text("Sent to Northmere Commissioner")


def read(commissioner: Page, sender: str, quarter: str, picture: str) -> None:
    """Find the return of a sender that came, and read it."""
    name = re.compile(f"[Cc]ame on.*{sender}, {re.escape(quarter)}")
    came = commissioner.locator("main").get_by_role("link", name=name)
    eventually(commissioner, came)
    follow(came)
    expect(commissioner.locator("main")).to_contain_text(picture)


def enter_a_grant(commissioner: Page) -> None:
    """Enter what paid for the service over all of its days."""
    menu(commissioner, "Grants")
    follow(commissioner.get_by_role("button", name="Enter a grant"))
    commissioner.get_by_label("Who gave it?").fill("Home Office (invented)")
    commissioner.get_by_label("Service").select_option("Northmere service")
    commissioner.get_by_label("Pounds").fill("120000")
    commissioner.get_by_label("First day").fill("1 April 2024")
    commissioner.get_by_label("Last day").fill("31 March 2028")
    follow(commissioner.get_by_role("button", name="Enter the grant"))
    expect(commissioner.locator("main")).to_contain_text("The grant is in the table")
    menu(commissioner, "Returns")


def ask(commissioner: Page, quarter: str) -> None:
    """Look at four quarters, and ask."""
    follow(commissioner.get_by_role("link", name="Four quarters side by side"))
    expect(commissioner.get_by_role("columnheader", name=quarter).first).to_be_visible()
    commissioner.locator("summary", has_text="Starts: how it is counted").click()
    expect(commissioner.get_by_text("Of those accepted, people who attended session 1")).to_be_visible()
    commissioner.go_back()
    follow(commissioner.get_by_role("button", name="Ask about this return"))
    commissioner.get_by_label("Your question").fill(QUESTION)
    follow(commissioner.get_by_role("button", name="Send the question"))
    expect(commissioner.locator("main")).to_contain_text("Waiting for an answer")


def answer(manager: Page) -> None:
    """Answer from To do; a small number is refused, and the words stay."""
    menu(manager, "To do")
    task = manager.locator("main").get_by_role("link", name=re.compile("Answer the commissioner’s question"))
    eventually(manager, task)
    follow(task)
    expect(manager.locator("main")).to_contain_text(QUESTION)
    manager.get_by_label("Your answer").fill("Only 3 could come.")
    follow(manager.get_by_role("button", name="Send the answer"))
    expect(manager.locator("main")).to_contain_text("without numbers below ten")
    expect(manager.get_by_label("Your answer")).to_have_value("Only 3 could come.")
    manager.get_by_label("Your answer").fill(ANSWER)
    follow(manager.get_by_role("button", name="Send the answer"))
    expect(manager.locator("main")).to_contain_text(ANSWER)


def test_a_return_is_signed_sent_read_asked_about_and_answered(somebody: SignIn) -> None:
    manager = somebody("programme", "Morgan Fernwell")
    quarter = count_and_sign(manager)
    executive = somebody("programme", "Perrin Stowmarch")
    menu(executive, "Returns")
    follow(executive.locator("main").get_by_role("link", name="Quarterly returns to the commissioner"))
    send_as_the_second(executive, quarter)
    commissioner = somebody("commission", "Sorrel Highclere")
    enter_a_grant(commissioner)
    read(commissioner, "Northmere service", quarter, "From referral to end")
    costs = commissioner.get_by_role("region", name="Cost of a start and of a completion")
    expect(costs.get_by_role("row").nth(1)).to_contain_text("£")
    ask(commissioner, quarter)
    answer(manager)
    eventually(commissioner, commissioner.locator("main").get_by_text(ANSWER))


def enter_and_recall(commissioner: Page) -> None:
    """Enter by hand what was told of a quarter that has not come, and recall it."""
    menu(commissioner, "Returns")
    follow(commissioner.get_by_role("link", name=re.compile("Enter by hand.*Northmere Police")))
    commissioner.get_by_label("Who told you?").fill("Hollis Varnavides, Northmere Police")
    commissioner.get_by_label("Breaches reported, quarter").fill("31")
    commissioner.get_by_label("Arrest, quarter").fill("4")
    commissioner.get_by_label("Arrest, quarter").press("Enter")
    expect(commissioner.get_by_label("Arrest, four quarters")).to_be_focused()
    follow(commissioner.get_by_role("button", name="Save the return"))
    expect(commissioner.locator("main")).to_contain_text("4 is a small number")
    commissioner.get_by_label("Arrest, quarter").fill("")
    follow(commissioner.get_by_role("button", name="Save the return"))
    expect(commissioner.locator("main")).to_contain_text("told by Hollis Varnavides, Northmere Police")
    follow(commissioner.get_by_role("link", name="Recall the return"))
    commissioner.get_by_label("It was entered by mistake, or what was told is wrong").check()
    follow(commissioner.get_by_role("button", name="Recall the return"))
    expect(commissioner.locator("main")).to_contain_text("This return was recalled here")


def test_a_return_that_was_told_is_entered_by_hand_and_the_police_return_their_quarter(
    somebody: SignIn,
) -> None:
    commissioner = somebody("commission", "Sorrel Highclere")
    enter_and_recall(commissioner)
    quarter = count_and_sign(somebody("partnership", "Hollis Varnavides"))
    coordinator = somebody("partnership", "Emrys Kettlewick")
    menu(coordinator, "Returns")
    send_as_the_second(coordinator, quarter)
    menu(commissioner, "Returns")
    read(commissioner, "Northmere Police", quarter, "Orders, breaches and referrals")


def test_an_advocacy_service_returns_its_quarter_too(somebody: SignIn) -> None:
    quarter = count_and_sign(somebody("advocacy", "Noor Quenington"), "Calls to make")
    advocate = somebody("advocacy", "Fable Trelissick")
    menu(advocate, "Returns")
    send_as_the_second(advocate, quarter)
    commissioner = somebody("commission", "Sorrel Highclere")
    read(commissioner, "Harbour Advocacy", quarter, "Clients and what was done with them")
    expect(commissioner.locator("main")).not_to_contain_text("The police were told")


def test_a_commissioner_reads_the_need_of_an_area(somebody: SignIn) -> None:
    commissioner = somebody("commission", "Sorrel Highclere")
    menu(commissioner, "Need in each police area")
    follow(commissioner.locator("main").get_by_role("link", name="Kent", exact=True))
    expect(commissioner.get_by_role("heading", level=1)).to_have_text("Need in Kent")
    commissioner.locator("main summary").first.click()
    expect(commissioner.get_by_text("Source of the share: ")).to_be_visible()
    expect(commissioner.locator("main")).to_contain_text("go to its own commissioner and do not come here")


def test_a_manager_opens_the_people_behind_an_outcome(somebody: SignIn) -> None:
    manager = somebody("programme", "Morgan Fernwell")
    menu(manager, "Outcomes")
    figure = manager.get_by_role("link", name=re.compile("people: From referral to completion, Referred"))
    number = int(figure.inner_text().split()[0])
    follow(figure)
    expect(manager.locator("main")).to_contain_text(f": {number} people")
    expect(manager.locator("tbody tr")).to_have_count(number)
    follow(manager.locator("tbody th a").first)
    expect(manager.get_by_role("heading", level=1)).to_be_visible()
