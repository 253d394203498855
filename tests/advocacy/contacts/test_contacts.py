"""Safe contact: checked at the moment of use, logged, and stopped by one word."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.clients import commands as victims
from desist.advocacy.contacts import bars, commands, sending
from desist.advocacy.contacts.models import Attempt, Message
from desist.advocacy.contacts.states import Channel, Outcome
from desist.advocacy.contacts.windows import Window
from desist.advocacy.contacts.words import Words
from desist.advocacy.pages.contacts import queries
from desist.advocacy.pages.vault import queries as vault_page
from desist.advocacy.vault.models import Locator
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How, Purpose, State
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW  # a Tuesday, 2:30pm
EVERY_DAY = tuple(range(7))
ALL_DAY = {way: Window(way, EVERY_DAY, time(0), time(23, 59)) for way in Channel}
SAID = Words(say="Sam from the library", if_other="Sorry, wrong number", code_word="the blue book")


def arrange(actor: Actor, victim: Victim, *windows: Window) -> None:
    commands.arrange(actor=actor, ref=victim.ref, words=SAID, version=0, at=NOW)
    for window in windows:
        commands.add_time(actor=actor, ref=victim.ref, window=window, at=NOW)
    purposes = [Purpose.SUPPORT, Purpose.CONTACT]
    victims.consent(
        actor=actor, ref=victim.ref, purposes=purposes, on=date(2026, 3, 1), how=How.PHONE, at=NOW
    )


def page(actor: Actor, victim: Victim) -> queries.Page:
    return queries.contact(actor=actor, ref=victim.ref, at=NOW)


def fresh(victim: Victim) -> Victim:
    return Victim.objects.get(pk=victim.pk)


def begin(actor: Actor, victim: Victim, channel: Channel = Channel.CALL, number: str = "one") -> str:
    return commands.begin(actor=actor, ref=victim.ref, channel=channel, submission=number, at=NOW)


def finish(actor: Actor, attempt: str, outcome: Outcome, note: str = "") -> None:
    commands.finish(actor=actor, attempt=attempt, outcome=outcome, note=note, next_on=None, at=NOW)


def queue(actor: Actor, victim: Victim, number: str = "one") -> Message:
    commands.queue(actor=actor, ref=victim.ref, submission=number, at=NOW)
    return Message.objects.get(submission=number)


def send(later: timedelta = timedelta()) -> int:
    return sending.send_due(actor=actors.clock(), at=NOW + later)


def test_the_bar_stands_on_every_page_of_a_client(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    arrange(actor, robin, ALL_DAY[Channel.TEXT])

    for route in ("victims:victim", "contacts:contact", "vault:locators", "safety:plan", "safety:notes"):
        shown = browser_of_fable.get(reverse(route, args=[robin.ref])).content.decode()
        assert "Safe now: text only" in shown, route
        assert "Say: Sam from the library" in shown, route


def test_a_call_opens_the_numbers_for_ten_minutes_to_the_advocate_alone(
    actor: Actor, manager: Actor, robin: Victim
) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])

    begin(actor, robin)

    def seen(who: Actor, minutes: int) -> dict[str, str]:
        _, lines = vault_page.locators(actor=who, ref=robin.ref, at=NOW + timedelta(minutes=minutes))
        return {line.kind: line.value for line in lines}

    assert seen(actor, 9) == {"phone": factories.PHONE, "email": factories.EMAIL, "home": ""}
    assert set(seen(actor, 10).values()) == {""}
    assert set(seen(manager, 1).values()) == {""}


def test_two_clicks_keep_one_safe_time_and_begin_one_call(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL], ALL_DAY[Channel.CALL])

    assert robin.safe_times.count() == 1
    assert begin(actor, robin) == begin(actor, robin)
    assert robin.attempts.count() == 1


def test_a_call_that_is_not_safe_at_this_moment_is_not_begun(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.TEXT], Window(Channel.CALL, EVERY_DAY, time(9), time(12)))

    with pytest.raises(Refused):
        begin(actor, robin)

    assert not Attempt.objects.exists()
    assert not robin.reveals.exists()


def test_a_page_that_was_drawn_before_it_became_unsafe_begins_nothing(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])
    address = reverse("contacts:contact", args=[robin.ref])
    assert "Start the call" in browser_of_fable.get(address).content.decode()
    commands.mark_not_safe(actor=actor, ref=robin.ref, at=NOW)

    answer = browser_of_fable.post(
        reverse("contacts:begin", args=[robin.ref]), {"channel": "call", "form_submission": "x"}, follow=True
    )

    assert "Not started. Not safe now." in answer.content.decode()
    assert "Start the call" not in answer.content.decode()


def test_reaching_them_ends_the_clock_to_first_contact(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])

    finish(actor, begin(actor, robin), Outcome.REACHED, "Glad that somebody called")

    row = fresh(robin)
    assert (row.state, row.first_contact_at) == (State.OPEN, NOW)
    (attempt,) = page(actor, robin).attempts
    assert (attempt.outcome, attempt.note) == ("Reached them", "Glad that somebody called")


def test_reaching_them_again_leaves_the_first_contact_as_it_was(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])
    finish(actor, begin(actor, robin), Outcome.REACHED)
    before = Victim.objects.values().get()

    later = NOW + timedelta(hours=3)
    again = commands.begin(actor=actor, ref=robin.ref, channel=Channel.CALL, submission="two", at=later)
    commands.finish(actor=actor, attempt=again, outcome=Outcome.REACHED, note="", next_on=None, at=later)

    assert Victim.objects.values().get() == before
    assert [one.outcome for one in robin.attempts.all()] == [Outcome.REACHED, Outcome.REACHED]


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.SOMEONE_ELSE, Outcome.WRONG])
def test_an_attempt_that_did_not_reach_them_is_logged_and_the_clock_runs(
    outcome: Outcome, actor: Actor, robin: Victim
) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])

    finish(actor, begin(actor, robin), outcome)

    assert fresh(robin).state == State.WAITING
    assert not robin.pauses.exists()


@pytest.mark.parametrize("outcome", [Outcome.CODE_WORD, Outcome.NOT_SAFE])
def test_the_code_word_stops_everything_and_the_clock_stands_still(
    outcome: Outcome, actor: Actor, robin: Victim
) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL], ALL_DAY[Channel.EMAIL])
    message = queue(actor, robin)

    finish(actor, begin(actor, robin), outcome)

    message.refresh_from_db()
    assert (message.state, message.stop_reason) == ("stopped", "not_safe")
    assert bars.flagged(victim=fresh(robin))
    assert robin.pauses.get(ended_at=None).reason == "not_safe"
    with pytest.raises(Refused):
        begin(actor, robin, number="two")


def test_a_stale_page_takes_no_danger_back(actor: Actor, robin: Victim, browser_of_fable: Client) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])
    attempt = begin(actor, robin)
    finish(actor, attempt, Outcome.CODE_WORD, "She said lavender")

    answer = browser_of_fable.post(
        f"/contacts/attempts/{attempt}/", {"outcome": Outcome.REACHED.value, "note": "All was well"}
    )

    assert answer.status_code == 422
    assert "How this contact ended has already been recorded" in answer.content.decode()
    assert "All was well" in answer.content.decode()
    (kept,) = page(actor, robin).attempts
    assert (kept.outcome, kept.note) == (Outcome.CODE_WORD.label, "She said lavender")
    assert (fresh(robin).state, bars.flagged(victim=fresh(robin))) == (State.WAITING, True)


def test_a_danger_that_is_heard_of_late_is_taken_beside_what_was_said(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])
    attempt = begin(actor, robin)
    finish(actor, attempt, Outcome.REACHED, "Glad that somebody called")

    finish(actor, attempt, Outcome.NOT_SAFE, "He stood in the room")

    (kept,) = page(actor, robin).attempts
    assert (kept.outcome, kept.note) == (
        Outcome.NOT_SAFE.label,
        "Glad that somebody called\nHe stood in the room",
    )
    assert bars.flagged(victim=fresh(robin))


def test_the_second_of_two_clicks_changes_nothing(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])
    attempt = begin(actor, robin)

    for _ in range(2):
        finish(actor, attempt, Outcome.CODE_WORD, "She said lavender")

    (kept,) = page(actor, robin).attempts
    assert kept.note == "She said lavender"
    assert robin.pauses.filter(ended_at=None).count() == 1


def test_when_it_is_safe_again_the_clock_runs_on_and_what_was_stopped_stays_stopped(
    actor: Actor, robin: Victim
) -> None:
    arrange(actor, robin, ALL_DAY[Channel.EMAIL])
    message = queue(actor, robin)
    commands.mark_not_safe(actor=actor, ref=robin.ref, at=NOW)

    commands.mark_safe(actor=actor, ref=robin.ref, at=NOW + timedelta(hours=5))

    message.refresh_from_db()
    assert message.state == "stopped"
    assert robin.pauses.get().ended_at == NOW + timedelta(hours=5)
    assert send() == 0


def test_a_message_is_sent_once_with_neutral_words(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.EMAIL])
    queue(actor, robin)

    assert (send(), send()) == (1, 0)

    (sent,) = mail.outbox
    assert sent.to == [factories.EMAIL]
    assert sent.subject == "Please get in touch"
    for secret in ("Robin", "stalk", "advoca", "Harbour", "http"):
        assert secret.casefold() not in f"{sent.subject} {sent.body}".casefold()


def test_a_message_that_is_queued_by_two_clicks_is_sent_once(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.EMAIL])
    queue(actor, robin)
    before = Message.objects.values().get()

    commands.queue(actor=actor, ref=robin.ref, submission="one", at=NOW + timedelta(seconds=1))

    assert Message.objects.values().get() == before
    assert (send(), len(mail.outbox)) == (1, 1)


def test_a_message_waits_for_its_safe_time(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, Window(Channel.EMAIL, EVERY_DAY, time(20), time(21)))
    queue(actor, robin)

    assert send() == 0
    assert send(timedelta(hours=6)) == 1


def test_what_was_marked_as_not_safe_between_queue_and_send_is_not_sent(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.EMAIL])
    message = queue(actor, robin)
    robin_now = fresh(robin)
    robin_now.arrangement.not_safe_since, robin_now.arrangement.not_safe_by = NOW, actor.who
    robin_now.arrangement.save()

    assert send() == 0

    message.refresh_from_db()
    assert (message.state, message.stop_reason) == ("stopped", "not_safe")
    assert mail.outbox == []


def test_an_address_that_is_no_longer_theirs_gets_nothing(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.EMAIL])
    message = queue(actor, robin)
    Locator.objects.filter(victim=robin, kind="email").update(ended_at=NOW)

    assert send() == 0
    message.refresh_from_db()
    assert message.stop_reason == "ended"


def test_who_took_their_consent_back_gets_nothing(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.EMAIL])
    message = queue(actor, robin)
    victims.withdraw(actor=actor, ref=robin.ref, purpose=Purpose.CONTACT, at=NOW)

    assert send() == 0
    message.refresh_from_db()
    assert message.stop_reason == "no_consent"


def test_when_no_time_for_email_is_left_nothing_is_sent(actor: Actor, robin: Victim) -> None:
    arrange(actor, robin, ALL_DAY[Channel.EMAIL])
    message = queue(actor, robin)
    commands.end_time(actor=actor, time=page(actor, robin).times[0].ref, at=NOW)

    assert send() == 0
    message.refresh_from_db()
    assert message.stop_reason == "no_time"


def test_a_stopped_message_is_told_until_somebody_has_seen_it(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    arrange(actor, robin, ALL_DAY[Channel.EMAIL])
    message = queue(actor, robin)
    commands.mark_not_safe(actor=actor, ref=robin.ref, at=NOW)
    assert "An e-mail was not sent" in browser_of_fable.get("/").content.decode()

    browser_of_fable.post(reverse("contacts:note-stopped", args=[message.ref]))

    assert "An e-mail was not sent" not in browser_of_fable.get("/").content.decode()


def test_nothing_is_queued_without_a_time_an_address_or_safety(actor: Actor, robin: Victim) -> None:
    with pytest.raises(Refused):
        queue(actor, robin)
    bare = factories.victim(advocate=robin.allocations.get().advocate, locators=())
    arrange(actor, bare, ALL_DAY[Channel.EMAIL])
    with pytest.raises(Refused):
        queue(actor, bare)


def test_the_words_refuse_what_is_in_the_vault(actor: Actor, robin: Victim, browser_of_fable: Client) -> None:
    with pytest.raises(HoldsLocator):
        words = Words(remarks=f"Ring {factories.PHONE}")
        commands.arrange(actor=actor, ref=robin.ref, words=words, version=0, at=NOW)

    typed = asdict(SAID) | {"remarks": "Lives at 12 Quayside Steps", "form_version": "0"}
    answer = browser_of_fable.post(reverse("contacts:words", args=[robin.ref]), typed)

    assert answer.status_code == 422
    assert "could lead to a person" in answer.content.decode()
    assert "Lives at 12 Quayside Steps" in answer.content.decode()


def test_two_advocates_at_the_same_words_lose_nothing(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    arrange(actor, robin)

    typed = {"say": "Kim from the gym", "form_version": "0"}
    answer = browser_of_fable.post(reverse("contacts:words", args=[robin.ref]), typed)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Kim from the gym" in shown
    assert "Sam from the library" in shown
    assert page(actor, robin).words == SAID


def test_a_manager_does_not_call_in_an_advocates_place(
    robin: Victim, signed_in: Callable[..., Client], fable: Account
) -> None:
    browser = signed_in(role=Role.ADVOCACY_MANAGER)

    answer = browser.post(reverse("contacts:begin", args=[robin.ref]), {"channel": "call"})

    assert answer.status_code == 403


def test_a_call_is_made_and_ended_on_its_pages(actor: Actor, robin: Victim, browser_of_fable: Client) -> None:
    arrange(actor, robin, ALL_DAY[Channel.CALL])
    typed = {"channel": "call", "form_submission": "x"}

    first = browser_of_fable.post(reverse("contacts:begin", args=[robin.ref]), typed, follow=True)
    again = browser_of_fable.post(reverse("contacts:begin", args=[robin.ref]), typed, follow=True)
    attempt = Attempt.objects.get()
    done = browser_of_fable.post(
        reverse("contacts:finish", args=[attempt.ref]), {"outcome": "reached", "note": ""}, follow=True
    )

    assert factories.PHONE in first.content.decode()
    assert again.redirect_chain == first.redirect_chain
    assert "Call: Reached them" in done.content.decode()


def test_a_time_that_ends_before_it_starts_is_asked_again(browser_of_fable: Client, robin: Victim) -> None:
    typed = {"channel": "call", "days": ["0"], "start": "5pm", "end": "9am"}

    answer = browser_of_fable.post(reverse("contacts:add-time", args=[robin.ref]), typed)

    assert answer.status_code == 422
    assert "It must end after it starts" in answer.content.decode()
