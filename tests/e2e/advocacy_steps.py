"""What an advocate does for one client, one function for each step."""

from datetime import timedelta

from playwright.sync_api import Page, expect
from tests.e2e.steps import PHONE, eventually, every, fill_date, follow, menu, on, reference, tab, today

from desist.references import spoken


def come(page: Page) -> str:
    """Register a client who comes to the service without a referral; return her reference."""
    menu(page, "Clients")
    page.get_by_role("button", name="Record a new client").click()
    page.get_by_label("Referred themselves").check()
    page.get_by_label("Given names").fill("Saskia")
    page.get_by_label("Telephone number").fill(PHONE)
    for consent in ("Being supported by this service", "Being contacted in the ways", "Telling the police"):
        page.get_by_label(consent).check()
    page.get_by_label("By telephone").check()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Record the client").click()
    overview, nobody = (
        page.get_by_role("heading", name="Overview"),
        page.get_by_role("button", name="None of these"),
    )
    expect(overview.or_(nobody)).to_be_visible()
    if nobody.is_visible():  # another journey registered a client with this name
        nobody.click()
    expect(overview).to_be_visible()
    return reference(page.url)


def client_page(page: Page, client: str) -> None:
    """Open the page of a client."""
    menu(page, "Clients")
    follow(page.get_by_role("row", name=spoken(client)).get_by_role("link").first)


def reach(page: Page, client: str) -> None:
    """Call the client at a time that she said is safe, with her number in sight for the length of the call."""
    client_page(page, client)
    tab(page, "Contact")
    follow(page.get_by_role("link", name="Add a safe time"))
    page.get_by_label("Call", exact=True).check()
    for day in every(page.locator("[name=days]")):
        day.check()
    page.get_by_label("From").fill("12:00am")
    page.get_by_label("Until").fill("11:59pm")
    page.get_by_role("button", name="Add this safe time").click()
    begin(page, "Start the call")
    expect(page.locator("main")).to_contain_text(PHONE)
    page.get_by_label("Reached them").check()
    follow(page.get_by_role("button", name="Save", exact=True))


def begin(page: Page, button: str) -> None:
    """Begin a call; an advocate who signed in more than five minutes ago confirms first that it is her."""
    page.get_by_role("button", name=button).click()
    confirm = page.get_by_role("button", name="Continue as")
    expect(confirm.or_(page.get_by_label("Reached them"))).to_be_visible()
    if confirm.is_visible():
        confirm.click()


def allocate(page: Page, name: str) -> str:
    """Allocate the new client to an advocate, as the manager; return the client's reference."""
    eventually(page, name, "Clients")
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Allocate an advocate").click()
    page.get_by_label("Fable Trelissick").check()
    page.get_by_role("button", name="Allocate").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Fable Trelissick")
    return reference(page.url)


def ask_for_news(page: Page, client: str) -> None:
    """Record that the client wants to hear of orders and the programme."""
    client_page(page, client)
    tab(page, "Disclosures and choices", "Consents")
    page.get_by_label("Being told about orders and the programme").check()
    fill_date(page, today())
    page.get_by_label("By telephone").check()
    page.get_by_role("button", name="Record the consent").click()
    expect(page.locator("main")).to_contain_text("Given on")


def tell_her(page: Page, client: str, *news: str) -> None:
    """Wait for the news, tell the client at a safe time, and see that no news is due any more."""
    client_page(page, client)
    tab(page, "Orders and updates", "Updates")
    for one in news:
        eventually(page, one)
    begin(page, "Tell them by call")
    expect(page.locator("main")).to_contain_text(PHONE)
    page.get_by_label("Reached them").check()
    for one in news:
        page.get_by_role("group", name="Which news did you tell them?").get_by_label(one).check()
    page.get_by_role("button", name="Save", exact=True).click()
    for one in news:
        told = page.locator("main .moj-timeline__item", has_text=one)
        expect(told).to_contain_text("Told: call")


def report(page: Page, client: str, ring: str) -> None:
    """Send the police what happened yesterday, with the client's agreement and a number of its own to ring."""
    client_page(page, client)
    tab(page, "Incidents and evidence")
    follow(page.get_by_role("button", name="Record an incident"))
    on(page, "happened_on", today() - timedelta(days=1))
    page.get_by_label("Following a person").check()
    page.get_by_label("How?").select_option(label="In person")
    page.get_by_label("Where?").select_option(label="At or near their home")
    page.get_by_label("What happened?").fill("He waited by the gate.")
    page.get_by_role("button", name="Record the incident").click()
    page.get_by_role("link", name="Send this incident to the police").click()
    page.get_by_label("Which number should the police ring?").fill(ring)
    page.get_by_label("Your client has read it").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("main")).to_contain_text("No crime reference yet")


def choose(page: Page, client: str) -> None:
    """Record the client's choice that the police may be told what she reported."""
    client_page(page, client)
    tab(page, "Disclosures and choices", "Choices")
    page.get_by_label("The police", exact=True).check()
    page.get_by_label("What they reported", exact=True).check()
    page.get_by_label("Yes", exact=True).check()
    follow(page.get_by_role("button", name="Record the choice"))
