"""What an order coordinator does with one order, one function for each step."""

import re
from datetime import date

from playwright.sync_api import Page, expect
from tests.e2e.steps import every, follow, menu, on


def enter(page: Page, family_name: str = "Orderly-Oak", crime_reference: str = "45/11111/26") -> None:
    """A draft, whose page comes."""
    menu(page, "Orders")
    follow(page.get_by_role("button", name="Enter an order"))
    page.get_by_label("Given names").fill("Odran")
    page.get_by_label("Family name").fill(family_name)
    on(page, "born", date(1980, 2, 29))
    page.get_by_label("On the chief officer’s application").check()
    page.get_by_label("Which force applies?").select_option("Sussex")
    page.get_by_label("The person lives in the police area").check()
    page.get_by_label("Crime reference of the protected person").fill(crime_reference)
    page.get_by_label("Victim of the acts", exact=True).check()
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("heading", name=f"Odran {family_name}")).to_be_visible()


def step(page: Page, name: str) -> None:
    """The next step of the order whose page is open."""
    follow(page.locator("main").get_by_role("button", name=name))


def forbid(page: Page) -> None:
    """Its one condition."""
    page.get_by_role("link", name="Add a condition").first.click()
    page.get_by_label("Prohibition", exact=True).check()
    page.get_by_label("The words of the condition").fill("Not to contact the protected person by any means.")
    page.get_by_label("Contact, directly or through others").check()
    page.get_by_label("Why is it necessary?").fill("Nine visits in a month.")
    for looked_at in every(page.locator("[name=checked]")):
        looked_at.check()
    follow(page.get_by_role("button", name="Add the condition"))


def apply(page: Page, day: date) -> None:
    step(page, "Record the application")
    on(page, "applied_on", day)
    page.get_by_label("Magistrates’ court").fill("Northmere Magistrates")
    page.get_by_role("button", name="Record the application").click()
    expect(page).not_to_have_url(re.compile("/apply/$"))


def make(page: Page, day: date, *, until: date) -> None:
    step(page, "Record that the order was made")
    on(page, "made_on", day)
    page.get_by_label("On the chief officer’s application").check()
    page.get_by_label("Court", exact=True).fill("Northmere Magistrates")
    if page.get_by_label("For a fixed period").count():
        page.get_by_label("For a fixed period").check()
    on(page, "ends_on", until)
    page.get_by_label("In all parts of the United Kingdom").check()
    page.get_by_role("button", name="Record the order").click()
    expect(page).not_to_have_url(re.compile("/make/$"))


def serve(page: Page, day: date) -> None:
    step(page, "Check it is ready to serve")
    page.get_by_role("button", name="It is ready to be served").click()
    step(page, "Record the service")
    on(page, "served_on", day)
    page.get_by_label("By an officer, in person").check()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Record the service").click()
    expect(page).not_to_have_url(re.compile("/serve/$"))


def notify(page: Page, day: date) -> None:
    """The person came to a police station within three days of the service."""
    page.get_by_role("button", name="Record: first notification").click()
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    page.get_by_label("At which police station?").fill("Northmere Central")
    page.get_by_label("Received by").fill("Constable Thistlewood")
    page.get_by_label("Number of the written acknowledgement").fill("NM-1")
    page.get_by_role("button", name="Record the notification").click()
    expect(page.locator("main")).to_contain_text("acknowledgement NM-1")


def breach(page: Page, day: date) -> None:
    """A breach of the one condition, and the arrest that followed it."""
    follow(page.get_by_role("link", name="Record a breach of condition 1"))
    for name in ("happened_on", "reported_on"):
        on(page, name, day)
    page.get_by_label("An officer", exact=True).check()
    page.get_by_label("Contact, directly or through others").check()
    page.locator("[name=victim_contact][value=no]").check()
    page.get_by_role("button", name="Record the breach").click()
    page.get_by_role("tab", name="Breaches").click()
    follow(page.get_by_role("table", name="Breaches reported").get_by_role("link").first)
    next_in_the_case(page, "Arrested", day)
    expect(page.locator("main")).to_contain_text("Officer: Emrys Kettlewick.")


def next_in_the_case(page: Page, what: str, day: date, *details: str) -> None:
    """What happened next in the case of the breach whose page is open."""
    follow(page.get_by_role("link", name="Record what happened next"))
    for chosen in (what, *details):
        page.get_by_label(chosen, exact=True).check()
    on(page, "on", day)
    page.get_by_role("button", name="Record what happened").click()
    expect(page.get_by_role("link", name="Record what happened next")).to_be_visible()
    expect(page.locator("main")).to_contain_text(what)
