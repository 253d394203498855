"""From her phone to an exhibit that the officer can use, and to an arrest that she hears of."""

import io
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect
from tests.e2e.advocacy_steps import allocate, ask_for_news, choose, client_page, reach, tell_her
from tests.e2e.order_steps import apply, breach, enter, forbid, make, next_in_the_case, serve
from tests.e2e.steps import (
    SignIn,
    eventually,
    every,
    fill_date,
    follow,
    menu,
    refer,
    refer_the_victim,
    tab,
    today,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HER_NAME, HIS_FAMILY_NAME, CRIME = "Rosamund Quillfeather", "Kept-Evidence", "45/77125/26"
HIM, HER = "Robin Kept-Evidence", "Rosamund Quillfeather"
PICTURES = ("door.png", "car.png")


def picture(colour: str) -> bytes:
    """A screenshot, as a telephone makes one."""
    file = io.BytesIO()
    Image.new("RGB", (540, 960), colour).save(file, "PNG")
    return file.getvalue()


def whatsapp(now: date) -> bytes:
    """Messages of two days while the order is in force, as the application exports them."""
    days = [f"{now - timedelta(days=ago):%d/%m/%Y}" for ago in (4, 3)]
    lines = [
        f"{days[0]}, 21:05 - {HIM}: I only want to talk",
        f"{days[0]}, 21:09 - {HER}: Stop writing to me",
        f"{days[1]}, 23:41 - {HIM}: I saw your light",
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def sms(now: date) -> bytes:
    """One message of the second day, as SMS Backup & Restore exports it."""
    sent = datetime(now.year, now.month, now.day, 23, 50, tzinfo=ZoneInfo("Europe/London")) - timedelta(
        days=3
    )
    told = (
        f'address="+441632960999" date="{round(sent.timestamp()) * 1000}" type="1" body="Answer me" read="1"'
    )
    return (
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"
        f'<smses count="1"><sms protocol="0" {told} status="-1" locked="0" contact_name="{HIM}" /></smses>\n'
    ).encode()


def make_a_link(page: Page, client: str) -> str:
    """The client agreed to send things by a link, and gets one; return it."""
    client_page(page, client)
    tab(page, "Incidents and evidence", "From the client")
    follow(page.get_by_role("link", name="Record that they agree"))
    page.get_by_label("Call", exact=True).check()
    page.get_by_label("They know that anyone with their telephone").check()
    page.get_by_role("button", name="Record the agreement").click()
    follow(page.get_by_role("button", name="Make a link"))
    page.get_by_label("1 hour").check()
    page.get_by_role("button", name="Make the link").click()
    return (
        page.locator("main .govuk-summary-list__row, main dl > div", has_text="To send")
        .locator("dd")
        .inner_text()
    )


def send_two_pictures(browser: Browser, link: str) -> None:
    """On her own telephone, without a script: two pictures, and no more."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    phone = context.new_page()
    phone.goto(link)
    phone.get_by_role("button", name="Go on").click()
    files: list[FilePayload] = [
        {"name": name, "mimeType": "image/png", "buffer": picture(colour)}
        for name, colour in zip(PICTURES, ("#334455", "#aa5533"), strict=True)
    ]
    phone.get_by_label("Pictures, sound or files").set_input_files(files)
    phone.get_by_role("button", name="Send", exact=True).click()
    expect(phone.get_by_role("status").first).to_contain_text("It has arrived")
    phone.get_by_role("button", name="I have finished").click()
    expect(phone.locator("main")).to_contain_text("Nothing more can be sent")
    context.close()


def accept_the_pictures(page: Page) -> None:
    """From Calls to make: look at what she sent, and accept it."""
    for name in PICTURES:
        menu(page, "Calls to make")
        follow(page.get_by_role("link", name=f"{HER_NAME}: look at what they sent"))
        follow(page.get_by_role("link", name=name))
        page.get_by_text("Show the picture").click()
        expect(page.get_by_alt_text("The picture that they sent")).to_have_js_property("naturalWidth", 540)
        page.get_by_role("button", name="Accept: it becomes one of their files").click()
        expect(page.get_by_role("heading", name=name)).to_be_visible()


def bring_in(page: Page, client: str, name: str, content: bytes) -> None:
    """Bring an export in, say who is who, and keep it all."""
    client_page(page, client)
    tab(page, "Incidents and evidence", "Files")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content}
    )
    page.get_by_label("They sent it").check()
    page.get_by_role("button", name="Bring the file in").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    questions = page.get_by_role("button", name="Answer the questions")
    eventually(page, questions)
    follow(questions)
    for kept in every(page.locator("[name=conversations]")):
        kept.check()
    his = page.get_by_role("group", name="Which names are the person who stalks them?")
    his.get_by_label(HIM).or_(his.get_by_label("960999")).first.check()
    hers = page.get_by_role("group", name="Which names are the client?").get_by_label(HER)
    if hers.count():
        hers.check()
    follow(page.get_by_role("button", name="Keep what is chosen"))
    eventually(page, re.compile("What was read"))


def report_what_may_be_a_breach(page: Page, client: str) -> None:
    """Confirm the first possible breach that waits, and report it to the police."""
    client_page(page, client)
    tab(page, "Incidents and evidence", "May be a breach")
    waiting = page.get_by_role("row").filter(has_text="Not looked at yet")
    eventually(page, waiting.first)
    follow(waiting.first.get_by_role("link").first)
    page.get_by_label("It may be a breach").check()
    page.get_by_label("Why?").fill("He may not contact them.")
    page.get_by_label("What happened, for the report?").fill("He wrote in the evening although he may not.")
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_label("Which number should the police ring?").fill("01632 960773")
    page.get_by_label("Your client has read it").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator("main")).to_contain_text("No crime reference yet")


def build_an_exhibit(page: Page, client: str) -> None:
    """All records and both pictures, finished and made."""
    client_page(page, client)
    tab(page, "Incidents and evidence", "Chronology")
    follow(page.get_by_role("link", name="See it in pictures"))
    expect(page.locator("main")).to_contain_text("Contacts by weekday and hour")
    follow(page.get_by_role("link", name="Back", exact=True))
    page.get_by_role("button", name="Put all these records on an exhibit").click()
    page.get_by_label("Caption").fill("Messages while the order was in force")
    page.get_by_role("button", name="Put the records on the exhibit").click()
    follow(page.get_by_role("link", name="Choose files"))
    for name in PICTURES:
        page.get_by_role("group", name="Which files are on it?").get_by_label(name).check()
    page.get_by_role("button", name="Save the choice").click()
    follow(page.get_by_role("button", name="Finish the exhibit"))
    page.get_by_label("I have looked at every row").check()
    follow(page.get_by_role("button", name="Finish the exhibit"))
    eventually(page, page.get_by_role("link", name="Send it to the police with a report"))


def send_it(page: Page) -> None:
    """The client wants it to go with the report, and the police have it whole."""
    follow(page.get_by_role("link", name="Send it to the police with a report"))
    page.get_by_role("radio").first.check()
    fill_date(page, today())
    page.get_by_label("By telephone").check()
    page.get_by_label("In their own words").fill("Yes, all of it.")
    page.get_by_label("Your client has seen what is on the exhibit").check()
    follow(page.get_by_role("button", name="Send the exhibit"))
    eventually(page, "The police have it whole")


def save_a_copy(page: Page) -> None:
    """An officer opens the exhibit from its report, and saves a copy."""
    menu(page, "Reports")
    rows = page.locator("main tbody a")
    for number in range(rows.count()):
        follow(rows.nth(number))
        if page.get_by_role("link", name=re.compile("^Exhibit")).count():
            break
        menu(page, "Reports")
    follow(page.get_by_role("link", name=re.compile("^Exhibit")))
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a copy").click()
    assert saved.value.path().read_bytes().startswith(b"PK")


def test_from_her_phone_to_an_exhibit_and_an_arrest_that_she_hears_of(
    somebody: SignIn, browser: Browser
) -> None:
    officer, now = somebody("partnership", "Rowan Thistlewood"), today()
    refer(officer, HIS_FAMILY_NAME)
    refer_the_victim(officer, HER_NAME, CRIME)
    coordinator = somebody("partnership", "Emrys Kettlewick")
    enter(coordinator, HIS_FAMILY_NAME, CRIME)
    forbid(coordinator)
    apply(coordinator, now - timedelta(days=12))
    make(coordinator, now - timedelta(days=10), until=now + timedelta(days=800))
    serve(coordinator, now - timedelta(days=9))
    client = allocate(somebody("advocacy", "Noor Quenington"), HER_NAME)
    advocate = somebody("advocacy", "Fable Trelissick")
    reach(advocate, client)
    ask_for_news(advocate, client)
    choose(advocate, client)

    send_two_pictures(browser, make_a_link(advocate, client))
    accept_the_pictures(advocate)
    bring_in(advocate, client, "Chat.txt", whatsapp(now))
    bring_in(advocate, client, "sms.xml", sms(now))
    for _ in range(2):
        report_what_may_be_a_breach(advocate, client)
    build_an_exhibit(advocate, client)
    send_it(advocate)
    save_a_copy(officer)

    coordinator.reload()
    breach(coordinator, now)
    next_in_the_case(coordinator, "Charged", now, "Breach of the order (section 8)")
    tell_her(
        advocate,
        client,
        "The person was arrested for breach of the order",
        "The person was charged with breach of the order",
    )
    programme = somebody("programme", "Morgan Fernwell")
    assert "Quillfeather" not in programme.content()
