"""Letters: fixed words to an address that was checked, looked at again when they are printed."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from tests import staff
from tests.advocacy import factories

from desist import letters, locators
from desist.accounts.models import Account
from desist.advocacy.clients import commands as victims
from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.models import Arrangement
from desist.advocacy.contacts.words import FIELD, Words
from desist.advocacy.letters import commands, templates
from desist.advocacy.letters.models import Letter
from desist.advocacy.letters.templates import Template
from desist.advocacy.updates.models import Update
from desist.advocacy.updates.states import Event
from desist.advocacy.vault import boxes, limits
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, Purpose
from desist.letters import Variant
from desist.refusals import Refused
from desist.ui.words import ANSWER
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW


@pytest.fixture
def reachable(actor: Actor, robin: Victim) -> Victim:
    """Robin, whose home was checked for letters."""
    victims.consent(
        actor=actor,
        ref=robin.ref,
        purposes=[Purpose.CONTACT],
        on=date(2026, 3, 1),
        how=How.PHONE,
        at=NOW,
    )
    factories.safe_time(victim=robin.ref)
    robin.safe_times.update(channel="letter")
    said = Words(say="Sam from the library")
    contacts.arrange(actor=actor, ref=robin.ref, words=said, version=0, at=NOW)
    home = factories.locator(victim=robin.ref, kind=Kind.HOME)
    vault.check_for_post(actor=actor, locator=home.ref, safe=True, at=NOW)
    return Victim.objects.get(pk=robin.pk)


def write(actor: Actor, victim: Victim, template: Template = Template.IN_TOUCH) -> Letter:
    home = factories.locator(victim=victim.ref, kind=Kind.HOME)
    commands.write(actor=actor, ref=victim.ref, template=template, address=home.ref, submission="one", at=NOW)
    return Letter.objects.get()


def test_only_the_address_holds_where_they_live(actor: Actor, reachable: Victim) -> None:
    Update.objects.create(victim=reachable, event="order_made", on=date(2026, 3, 2), received_at=NOW)

    printed = commands.print_out(actor=actor, letter=write(actor, reachable, Template.NEWS).ref, at=NOW)

    text = " ".join((*printed.paragraphs, printed.signed))
    assert printed.address == ("12 Quayside Steps", "Northmere", "NM1 2AB")
    assert "A Stalking Protection Order was made on 2 March 2026." in text
    assert printed.signed == "Sam from the library"
    assert "Quayside" not in text
    assert "advocacy" not in text.casefold()


def test_a_letter_of_the_first_hour_of_a_day_bears_that_day(actor: Actor, reachable: Victim) -> None:
    """In summer the day begins in London an hour before it does by universal time."""
    letter = write(actor, reachable)

    printed = commands.print_out(actor=actor, letter=letter.ref, at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))

    assert printed.on == date(2026, 7, 1)


def test_a_printed_letter_shows_one_address_and_counts_as_a_reveal_of_it(
    actor: Actor, reachable: Victim, browser_of_fable: Client
) -> None:
    letter = write(actor, reachable)
    for number in range(limits.BUDGET):
        commands.print_out(actor=actor, letter=letter.ref, at=NOW + timedelta(minutes=number))
    home, now = factories.locator(victim=reachable.ref, kind=Kind.HOME), timezone.now()
    for _ in range(limits.BUDGET):
        factories.reveal(locator=home, by=actor.who, at=now)

    with pytest.raises(vault.TooManyReveals, match=r"^Not printed: you have revealed as much today"):
        commands.print_out(actor=actor, letter=letter.ref, at=NOW + timedelta(hours=1))
    page = browser_of_fable.post(reverse("letters:print-out", args=[letter.ref]))

    assert vault.revealed_today(at=NOW) == {actor.who: 2 * limits.BUDGET}
    assert page.status_code == 422
    assert "Not printed: you have revealed as much today as one person may" in page.content.decode()
    assert "Quayside" not in page.content.decode()


def news(victim: Victim, event: Event = Event.ORDER_MADE) -> Update:
    return Update.objects.create(victim=victim, event=event, on=date(2026, 3, 2), received_at=NOW)


def test_what_a_posted_letter_says_is_told_by_one_press(
    actor: Actor, reachable: Victim, browser_of_fable: Client
) -> None:
    """Printed and posted in a browser, whose clock is today's."""
    update = news(reachable)
    letter = write(actor, reachable, Template.NEWS)
    address = reverse("letters:letters", args=[reachable.ref])
    before = browser_of_fable.get(address).content.decode()
    browser_of_fable.post(reverse("letters:print-out", args=[letter.ref]))
    later = news(reachable, Event.ORDER_BREACH)
    printed = browser_of_fable.get(address).content.decode()

    done = browser_of_fable.post(reverse("letters:posted", args=[letter.ref]), follow=True).content.decode()
    again = browser_of_fable.post(reverse("letters:posted", args=[letter.ref]))
    print_again = browser_of_fable.post(reverse("letters:print-out", args=[letter.ref]))

    update.refresh_from_db()
    later.refresh_from_db()
    told = browser_of_fable.get(reverse("updates:updates", args=[reachable.ref])).content.decode()
    assert ("Posted today" in before, "Posted today" in printed) == (False, True)
    assert "Told by this letter: 1." in done
    assert (update.state, later.state) == ("told", "due")
    assert "Told: letter," in told
    assert again.status_code == 422
    assert "already recorded that this letter was posted" in again.content.decode()
    assert "This letter has already been posted" in print_again.content.decode()


def test_a_letter_that_was_posted_earlier_told_it_on_that_day(actor: Actor, reachable: Victim) -> None:
    update = news(reachable)
    letter = write(actor, reachable, Template.NEWS)
    commands.print_out(actor=actor, letter=letter.ref, at=NOW)

    commands.note_posted(actor=actor, letter=letter.ref, on=NOW.date(), at=NOW + timedelta(days=2))

    update.refresh_from_db()
    assert update.settled_at == datetime(2026, 3, 3, 23, 59, tzinfo=UTC)
    assert update.tellings.get().letter == letter


def test_what_was_told_on_the_telephone_meanwhile_is_not_told_twice(actor: Actor, reachable: Victim) -> None:
    update = news(reachable)
    letter = write(actor, reachable, Template.NEWS)
    commands.print_out(actor=actor, letter=letter.ref, at=NOW)
    Update.objects.filter(pk=update.pk).update(state="told", settled_at=NOW)

    assert commands.note_posted(actor=actor, letter=letter.ref, on=NOW.date(), at=NOW) == 0
    assert not update.tellings.exists()


def test_a_letter_that_says_nothing_of_why_tells_nothing(actor: Actor, reachable: Victim) -> None:
    update = news(reachable)
    letter = write(actor, reachable)
    commands.print_out(actor=actor, letter=letter.ref, at=NOW)

    assert commands.note_posted(actor=actor, letter=letter.ref, on=NOW.date(), at=NOW) == 0
    update.refresh_from_db()
    assert update.state == "due"


def test_what_was_not_printed_by_that_day_was_not_posted(
    actor: Actor, reachable: Victim, browser_of_fable: Client
) -> None:
    letter = write(actor, reachable)
    page = browser_of_fable.get(reverse("letters:posted", args=[letter.ref])).content.decode()

    with pytest.raises(Refused, match="not been printed"):
        commands.note_posted(actor=actor, letter=letter.ref, on=NOW.date(), at=NOW)
    commands.print_out(actor=actor, letter=letter.ref, at=NOW)
    with pytest.raises(Refused, match="not been printed"):
        commands.note_posted(actor=actor, letter=letter.ref, on=date(2026, 3, 2), at=NOW)

    assert "Leave it empty for today" in page


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("template", list(Template))
def test_no_letter_can_hold_a_locator_of_anybody(template: Template, variant: Variant) -> None:
    news = [(event, date(2026, 3, 2)) for event in Event]
    words = templates.paragraphs(template, news=news, variant=variant)

    assert [one for text in words for one in locators.find(text)] == []


@pytest.mark.parametrize("variant", [Variant.EASY, Variant.WELSH])
def test_every_kind_of_news_has_its_words_in_each_form(variant: Variant) -> None:
    for event in Event:
        _, told, _ = templates.paragraphs(Template.NEWS, news=[(event, date(2026, 3, 2))], variant=variant)
        assert not told.startswith(f"{event.label} on")
        assert ("2 Mawrth 2026" if variant is Variant.WELSH else "2 March 2026") in told
    assert set(letters.shipped("desist.advocacy.letters")[variant]["news"]) == set(Event.values)


@pytest.mark.parametrize(
    ("variant", "said"), [(Variant.EASY, "Please talk to us"), (Variant.WELSH, "Cysylltwch pan fydd")]
)
def test_a_letter_is_printed_in_its_form(
    actor: Actor, reachable: Victim, browser_of_fable: Client, variant: Variant, said: str
) -> None:
    page = reverse("letters:letters", args=[reachable.ref])
    home = factories.locator(victim=reachable.ref, kind=Kind.HOME)
    shown = browser_of_fable.get(page).content.decode()
    browser_of_fable.post(
        page, {"template": "in_touch", "variant": variant, "address": home.ref, "form_submission": "one"}
    )

    answer = browser_of_fable.post(reverse("letters:print-out", args=[Letter.objects.get().ref]))

    assert "have a reader of Welsh on your staff read it" in shown
    assert said in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert f"Please get in touch ({variant.label})" in browser_of_fable.get(page).content.decode()


def test_easy_read_is_offered_first_to_a_client_who_needs_large_print(
    reachable: Victim, browser_of_fable: Client
) -> None:
    page = reverse("letters:letters", args=[reachable.ref])
    before = re.findall(r'value="(\w+)" checked', browser_of_fable.get(page).content.decode())
    factories.circumstance(victim=reachable.ref, kind="large_print")

    after = re.findall(r'value="(\w+)" checked', browser_of_fable.get(page).content.decode())

    assert ("plain" in before, "easy" in after) == (True, True)


def test_a_letter_is_printed_and_its_file_names_nobody(
    actor: Actor, reachable: Victim, fable: Account
) -> None:
    browser: Client = staff.browser(account=fable, role=Role.ADVOCATE)
    page = reverse("letters:letters", args=[reachable.ref])
    home = factories.locator(victim=reachable.ref, kind=Kind.HOME)
    typed = {"template": "in_touch", "variant": "plain", "address": home.ref, "form_submission": "one"}

    shown = browser.get(page).content.decode()
    browser.post(page, typed)
    browser.post(page, typed)
    answer = browser.post(reverse("letters:print-out", args=[Letter.objects.get().ref]))

    document = PdfReader(io.BytesIO(answer.content))
    text = document.pages[0].extract_text()
    assert "Their home" in shown
    assert "Quayside" not in shown
    assert answer["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert "12 Quayside Steps" in text
    assert "Please get in touch" in text
    assert "Advocacy" not in text + str(document.metadata)
    assert Letter.objects.get().printed_at is not None


def test_what_became_unsafe_between_writing_and_printing_is_not_printed(
    actor: Actor, reachable: Victim, fable: Account
) -> None:
    letter = write(actor, reachable)
    contacts.mark_not_safe(actor=actor, ref=reachable.ref, at=NOW)
    browser = staff.browser(account=fable, role=Role.ADVOCATE)

    answer = browser.post(reverse("letters:print-out", args=[letter.ref]))

    assert answer.status_code == 422
    assert "Contact is marked as not safe now. Nothing is sent" in answer.content.decode()
    assert Letter.objects.get().printed_at is None


def _unchecked(actor: Actor, victim: Victim) -> None:
    home = factories.locator(victim=victim.ref, kind=Kind.HOME)
    vault.check_for_post(actor=actor, locator=home.ref, safe=False, at=NOW)


def _moved(actor: Actor, victim: Victim) -> None:
    vault.end(actor=actor, locator=factories.locator(victim=victim.ref, kind=Kind.HOME).ref, at=NOW)


def _no_window(actor: Actor, victim: Victim) -> None:
    victim.safe_times.update(ended_at=NOW)


def _no_consent(actor: Actor, victim: Victim) -> None:
    victims.withdraw(actor=actor, ref=victim.ref, purpose=Purpose.CONTACT, at=NOW)


def _closed(actor: Actor, victim: Victim) -> None:
    Victim.objects.filter(pk=victim.pk).update(state="closed", closed_at=NOW)


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (_unchecked, "not checked with them"),
        (_moved, "no longer use this address"),
        (_no_window, "No safe time for letters"),
        (_no_consent, "not consented"),
        (_closed, "closed"),
    ],
)
def test_each_reason_not_to_write_is_said(
    actor: Actor, reachable: Victim, meanwhile: object, said: str
) -> None:
    meanwhile(actor, reachable)  # type: ignore[operator]

    with pytest.raises(Refused, match=said):
        write(actor, reachable)

    assert not Letter.objects.exists()


def test_an_address_of_somebody_else_is_not_drawn(actor: Actor, reachable: Victim) -> None:
    other = factories.victim()
    home = factories.locator(victim=other.ref, kind=Kind.HOME)

    with pytest.raises(Refused, match="not in the vault"):
        commands.write(
            actor=actor,
            ref=reachable.ref,
            template=Template.IN_TOUCH,
            address=home.ref,
            submission="x",
            at=NOW,
        )


def test_a_refused_letter_keeps_what_was_chosen(actor: Actor, reachable: Victim, fable: Account) -> None:
    browser = staff.browser(account=fable, role=Role.ADVOCATE)
    page = reverse("letters:letters", args=[reachable.ref])
    home = factories.locator(victim=reachable.ref, kind=Kind.HOME)
    _no_consent(actor, reachable)

    answer = browser.post(page, {"template": "news", "variant": "plain", "address": home.ref})

    assert answer.status_code == 422
    assert "not consented" in answer.content.decode()


def test_a_telephone_number_is_no_address(actor: Actor, robin: Victim, fable: Account) -> None:
    phone = factories.locator(victim=robin.ref, kind=Kind.PHONE)
    browser = staff.browser(account=fable, role=Role.ADVOCATE)

    browser.post(reverse("vault:post", args=[phone.ref]), {"safe": "yes"})

    phone.refresh_from_db()
    assert phone.post_safe_at is None


def test_on_a_days_page_it_is_checked_and_unchecked(robin: Victim, fable: Account) -> None:
    home = factories.locator(victim=robin.ref, kind=Kind.HOME)
    browser = staff.browser(account=fable, role=Role.ADVOCATE)
    address = reverse("vault:post", args=[home.ref])

    checked = browser.post(address, {"safe": "yes"}, follow=True).content.decode()
    unchecked = browser.post(address, {"safe": "no"}, follow=True).content.decode()

    assert "Letters are no longer safe here" in checked
    assert "I have checked with them" in unchecked


# Who a letter says it is from was agreed before such words were held, or since


def say(victim: Victim, words: str) -> None:
    locked = boxes.lock(vault.box(person=victim.ref), FIELD, victim.ref, Words(say=words))
    Arrangement.objects.filter(victim=victim).update(words=locked)


@pytest.mark.parametrize(
    "words", ["Sam of Saltmarsh College", "Sam, 01632 960 555", "Sam of Gullwing Marine Supplies"]
)
def test_a_letter_is_not_signed_with_words_that_may_lead_to_a_person(
    actor: Actor, reachable: Victim, words: str
) -> None:
    work = "Gullwing Marine Supplies"
    vault.keep(actor=actor, victim=reachable.ref, kind=Kind.WORK, value=work, submission="w", at=NOW)
    say(reachable, words)

    assert commands.print_out(actor=actor, letter=write(actor, reachable).ref, at=NOW).signed == ""


def test_a_letter_is_signed_with_words_that_an_advocate_answered_for(
    actor: Actor, reachable: Victim, browser_of_fable: Client
) -> None:
    sent = {
        "say": "Sam of Saltmarsh College",
        "form_version": "1",
        "form_submission": "one",
        ANSWER: "agency",
    }
    browser_of_fable.post(reverse("contacts:words", args=[reachable.ref]), sent)

    printed = commands.print_out(actor=actor, letter=write(actor, reachable).ref, at=NOW)

    assert printed.signed == "Sam of Saltmarsh College"
