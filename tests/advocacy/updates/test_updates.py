"""News for a client: told in time, when it is safe, and kept with how each try ended."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.clients import commands as victims
from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.states import Channel
from desist.advocacy.contacts.states import Outcome as Ended
from desist.advocacy.contacts.windows import Window
from desist.advocacy.letters import commands as letters
from desist.advocacy.pages.updates import queries
from desist.advocacy.police.commands import UnknownThread
from desist.advocacy.team.models import Advocate
from desist.advocacy.updates import commands, forms
from desist.advocacy.updates.models import Update
from desist.advocacy.updates.states import TRANSITIONS, State
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.policy import Action as VictimsAction
from desist.desk.alerts.models import Alert
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW  # Tuesday 3 March 2026, 2:30pm
DAY = timedelta(days=1)
THREAD = "the-thread"
TODAY = {"day": "3", "month": "3", "year": "2026"}
HANDLERS = {
    payloads.OrderUpdate: commands.hear_of_order,
    payloads.ProgrammeUpdate: commands.hear_of_programme,
    payloads.Alert: commands.hear_alert,
}


@pytest.fixture
def client_of_fable(advocate: Advocate) -> Victim:
    """Robin, whom the police know, and whom one may call all day."""
    factories.partner()
    victim = factories.victim(advocate=advocate, thread=THREAD, partner=factories.POLICE, way_in="police")
    factories.safe_time(victim=victim.ref)
    victim.safe_times.update(channel="call", days=list(range(7)), start=time(0), end=time(23, 59))
    return victim


def hear(payload: payloads.Payload, *, at: datetime = NOW, thread: str = THREAD) -> None:
    with transaction.atomic():
        HANDLERS[type(payload)](Received(payload, thread, factories.POLICE, at, actors.post()))


def made(event: str = "made") -> payloads.OrderUpdate:
    return payloads.OrderUpdate(event=event, on=date(2026, 3, 2))


def programme(event: str, quiet: str = "") -> payloads.ProgrammeUpdate:
    return payloads.ProgrammeUpdate(event=event, on=date(2026, 3, 2), quiet_until=quiet)


def states() -> list[tuple[str, str]]:
    return list(Update.objects.order_by("pk").values_list("event", "state"))


def page(actor: Actor, victim: Victim, at: datetime = NOW) -> queries.Page:
    return queries.updates(actor=actor, ref=victim.ref, action=VictimsAction.SEE_VICTIM, at=at)


def begin(actor: Actor, victim: Victim, at: datetime = NOW) -> str:
    return contacts.begin(actor=actor, ref=victim.ref, channel=Channel.CALL, submission=at.isoformat(), at=at)


def finish(actor: Actor, attempt: str, ended: Ended, at: datetime = NOW, **chosen: Any) -> str:
    known: dict[str, Any] = {"note": "", "next_on": None, "told": (), "unwanted": ()}
    contact = commands.Contact(ended=ended, **known | chosen)
    return commands.finish(actor=actor, attempt=attempt, contact=contact, at=at)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("made", "A Stalking Protection Order was made"),
        ("breach", "A breach of the Stalking Protection Order was recorded"),
        ("a later kind", "The Stalking Protection Order changed"),
    ],
)
def test_the_advocate_reads_what_happened_and_by_when_to_tell_it(
    client_of_fable: Victim, fable: Account, event: str, words: str
) -> None:
    browser: Client = staff.browser(account=fable, role=Role.ADVOCATE)

    hear(made(event))

    shown = browser.get(reverse("updates:updates", args=[client_of_fable.ref])).content.decode()
    assert words in shown
    assert f"tell them: {words[0].lower()}{words[1:]}" in browser.get("/").content.decode()


def test_the_enhanced_clock_is_one_working_day_and_the_other_five(
    actor: Actor, client_of_fable: Victim
) -> None:
    hear(made())

    (first,) = page(actor, client_of_fable).due
    commands.entitle(actor=actor, ref=client_of_fable.ref, enhanced=False, at=NOW)
    (second,) = page(actor, client_of_fable).due

    assert first.clock is not None
    assert second.clock is not None
    assert (first.clock.due_on, second.clock.due_on) == (date(2026, 3, 4), date(2026, 3, 10))


def test_told_in_a_safe_call_it_is_settled_with_how_and_when(actor: Actor, client_of_fable: Victim) -> None:
    hear(made())
    hear(programme("started"))
    first, second = page(actor, client_of_fable).due
    attempt = begin(actor, client_of_fable)

    ref = finish(actor, attempt, Ended.REACHED, told=[first.ref], unwanted=[second.ref])

    shown = page(actor, client_of_fable)
    assert ref == client_of_fable.ref
    assert shown.due == ()
    assert {(one.words, one.state_label) for one in shown.past} == {
        ("A Stalking Protection Order was made", "Told"),
        ("The person began a programme", "They did not want to know"),
    }
    assert [one.tries[0].channel for one in shown.past] == ["Call", "Call"]


def test_what_one_did_not_get_to_stays_due(actor: Actor, client_of_fable: Victim) -> None:
    hear(made())

    finish(actor, begin(actor, client_of_fable), Ended.REACHED)

    (one,) = page(actor, client_of_fable).due
    assert one.tries == ()


def test_a_try_that_did_not_reach_them_is_kept_and_the_clock_runs(
    actor: Actor, client_of_fable: Victim
) -> None:
    hear(made())

    finish(actor, begin(actor, client_of_fable), Ended.NO_ANSWER)

    (one,) = page(actor, client_of_fable, NOW + 3 * DAY).due
    assert [try_.outcome for try_ in one.tries] == ["Not reached"]
    assert one.clock is not None
    assert (one.clock.urgency, one.clock.words) == ("late", "2 working days late")


def test_after_the_code_word_every_clock_stands_still_and_is_counted_apart(
    actor: Actor, client_of_fable: Victim
) -> None:
    hear(made())

    finish(actor, begin(actor, client_of_fable), Ended.CODE_WORD)
    (still,) = page(actor, client_of_fable, NOW + 6 * DAY).due
    contacts.mark_safe(actor=actor, ref=client_of_fable.ref, at=NOW + 6 * DAY)
    (runs,) = page(actor, client_of_fable, NOW + 7 * DAY).due

    assert [try_.outcome for try_ in still.tries] == ["Not safe"]
    assert still.clock is not None
    assert (still.clock.urgency, still.clock.words) == ("calm", "on hold: 1 of 1 working day left")
    assert runs.clock is not None
    assert (runs.clock.counted, runs.clock.paused, runs.clock.late) == (1, 4, False)
    assert "not counting 4 working days on hold" in runs.clock.words


def test_somebody_already_supported_is_not_called_for_a_clock(actor: Actor, client_of_fable: Victim) -> None:
    """The clock to first contact is over; the mark stops the clocks of news all the same."""
    Victim.objects.filter(pk=client_of_fable.pk).update(state="open", first_contact_at=NOW)
    hear(made())

    contacts.mark_not_safe(actor=actor, ref=client_of_fable.ref, at=NOW)

    assert page(actor, client_of_fable).stands_still == "Contact is not safe now"
    (line,) = queries.due(actor=actor, at=NOW + 9 * DAY)
    assert (line.clock.standing, line.safe) == (True, False)


def test_a_clock_that_somebody_resumes_stands_still_while_contact_is_not_safe(
    actor: Actor, client_of_fable: Victim
) -> None:
    hear(made())
    contacts.mark_not_safe(actor=actor, ref=client_of_fable.ref, at=NOW)
    contacts.mark_not_safe(actor=actor, ref=client_of_fable.ref, at=NOW + DAY)

    victims.resume(actor=actor, ref=client_of_fable.ref, at=NOW + DAY)

    (one,) = page(actor, client_of_fable, NOW + 9 * DAY).due
    assert one.clock is not None
    assert (one.clock.standing, one.clock.urgency) == (True, "calm")


def test_reaching_them_does_not_undo_what_a_colleague_marked_meanwhile(
    actor: Actor, client_of_fable: Victim
) -> None:
    hear(made())
    attempt = begin(actor, client_of_fable)
    contacts.mark_not_safe(actor=actor, ref=client_of_fable.ref, at=NOW)

    finish(actor, attempt, Ended.REACHED)

    assert client_of_fable.pauses.filter(ended_at=None).exists()
    assert page(actor, client_of_fable).stands_still == "Contact is not safe now"


def test_marking_a_closed_case_starts_no_pause(actor: Actor, client_of_fable: Victim) -> None:
    Victim.objects.filter(pk=client_of_fable.pk).update(state="closed", closed_at=NOW)

    contacts.mark_not_safe(actor=actor, ref=client_of_fable.ref, at=NOW)

    assert not client_of_fable.pauses.exists()


def test_what_became_unsafe_meanwhile_is_not_begun(client_of_fable: Victim, fable: Account) -> None:
    hear(made())
    browser = staff.browser(account=fable, role=Role.ADVOCATE)
    address = reverse("updates:begin", args=[client_of_fable.ref])
    browser.post(reverse("contacts:not-safe", args=[client_of_fable.ref]))

    answer = browser.post(address, {"channel": "call", "form_submission": "x"}, follow=True)
    wrong = browser.post(address, {"channel": "", "form_submission": "x"})

    assert "Not started. Not safe now" in answer.content.decode()
    assert not client_of_fable.attempts.exists()
    assert wrong.status_code == 422


def test_a_form_that_was_drawn_for_another_client_begins_nothing(
    client_of_fable: Victim, advocate: Advocate, fable: Account
) -> None:
    other = factories.victim(advocate=advocate)
    factories.safe_time(victim=other.ref)
    other.safe_times.update(channel="call", days=list(range(7)), start=time(0), end=time(23, 59))
    browser = staff.browser(account=fable, role=Role.ADVOCATE)
    browser.raise_request_exception = False
    sent = {"channel": "call", "form_submission": "x"}
    browser.post(reverse("updates:begin", args=[client_of_fable.ref]), sent)

    answer = browser.post(reverse("updates:begin", args=[other.ref]), sent)

    assert answer.status_code == 404
    assert not other.attempts.exists()


def test_the_pages_from_the_button_to_the_news_that_was_told(client_of_fable: Victim, fable: Account) -> None:
    hear(made())
    (update,) = Update.objects.all()
    browser = staff.browser(account=fable, role=Role.ADVOCATE)
    address = reverse("updates:begin", args=[client_of_fable.ref])

    onward = browser.post(address, {"channel": "call", "form_submission": "x"})
    again = browser.post(address, {"channel": "call", "form_submission": "x"})
    shown = browser.get(onward["Location"]).content.decode()
    both = browser.post(
        onward["Location"], {"outcome": "reached", "told": [update.ref], "unwanted": [update.ref]}
    )
    locator = browser.post(
        onward["Location"], {"outcome": "reached", "told": [update.ref], "note": f"Ring {factories.PHONE}"}
    )
    done = browser.post(onward["Location"], {"outcome": "reached", "told": [update.ref]})
    late = browser.post(onward["Location"], {"outcome": "reached"})

    assert again["Location"] == onward["Location"]
    assert factories.PHONE in shown
    assert both.status_code == locator.status_code == late.status_code == 422
    assert "choose one" in both.content.decode()
    assert "How this contact ended has already been recorded" in late.content.decode()
    assert done["Location"] == reverse("updates:updates", args=[client_of_fable.ref])
    assert states() == [("order_made", "told")]


def test_a_note_with_a_locator_settles_nothing(actor: Actor, client_of_fable: Victim) -> None:
    hear(made())
    attempt = begin(actor, client_of_fable)

    with pytest.raises(HoldsLocator):
        finish(actor, attempt, Ended.REACHED, told=[Update.objects.get().ref], note=factories.PHONE)

    assert states() == [("order_made", "due")]


def test_the_same_news_is_told_once_although_it_comes_twice(client_of_fable: Victim) -> None:
    hear(made())
    hear(made(), at=NOW + DAY)

    assert states() == [("order_made", "due")]


def test_a_place_about_to_end_says_that_the_person_does_not_know_yet(
    client_of_fable: Victim, fable: Account
) -> None:
    until = datetime.now(tz=NOW.tzinfo) + DAY
    browser = staff.browser(account=fable, role=Role.ADVOCATE)

    hear(programme("ending", until.isoformat()))

    shown = browser.get(reverse("updates:updates", args=[client_of_fable.ref])).content.decode()
    assert "The person does not know yet" in shown


@pytest.mark.parametrize(
    ("news", "left"),
    [
        ([("ending", 1), ("stays", 2)], [("ending", "overtaken"), ("stays", "overtaken")]),
        ([("stays", 2), ("ending", 1)], [("stays", "overtaken"), ("ending", "overtaken")]),
        ([("ending", 1), ("left", 2)], [("ending", "overtaken"), ("left", "due")]),
        ([("stays", 2), ("left", 1)], [("stays", "overtaken"), ("left", "overtaken")]),
        (
            [("ending", 1), ("stays", 2), ("ending", 3)],
            [("ending", "overtaken"), ("stays", "overtaken"), ("ending", "due")],
        ),
    ],
)
def test_later_news_overtakes_in_whatever_order_it_arrives(
    client_of_fable: Victim, news: list[tuple[str, int]], left: list[tuple[str, str]]
) -> None:
    for event, minute in news:
        hear(programme(event), at=NOW + timedelta(minutes=minute))

    assert states() == left


def test_who_was_told_that_it_ends_is_told_that_it_does_not(actor: Actor, client_of_fable: Victim) -> None:
    hear(programme("ending"))
    finish(actor, begin(actor, client_of_fable), Ended.REACHED, told=[Update.objects.get().ref])

    hear(programme("stays"), at=NOW + DAY)

    assert states() == [("ending", "told"), ("stays", "due")]


def test_an_alert_is_a_task_with_a_clock_and_news(client_of_fable: Victim, fable: Account) -> None:
    browser = staff.browser(account=fable, role=Role.ADVOCATE)

    hear(payloads.Alert("concern", "", NOW))

    shown = browser.get(reverse("alerts:alerts")).content.decode()
    assert Alert.objects.get().case == client_of_fable.ref
    assert "01632 960 005" in shown  # the desk gave no number: that of the partner register
    assert "Robin" not in shown
    assert states() == [("alert", "due")]


def test_news_that_comes_before_the_referral_is_tried_again_later(client_of_fable: Victim) -> None:
    with pytest.raises(UnknownThread):
        hear(made(), thread="another")

    assert states() == []


def test_news_in_an_unknown_code_is_kept_for_an_administrator(
    client_of_fable: Victim,
) -> None:
    for payload in (programme("vanished"), programme("ending", "soon")):
        with pytest.raises(CannotHandle, match="ring the sender"):
            hear(payload)

    assert states() == []


def test_what_the_police_told_by_telephone_has_its_clock_from_when_they_told_it(
    client_of_fable: Victim, fable: Account
) -> None:
    browser = staff.browser(account=fable, role=Role.ADVOCATE)
    address = reverse("updates:add", args=[client_of_fable.ref])
    yesterday = datetime.now(tz=NOW.tzinfo) - 2 * DAY
    day = {
        f"{name}-{part}": str(getattr(yesterday, part))
        for name in ("on", "heard_on")
        for part in ("day", "month", "year")
    }
    told = {**day, "event": "order_made", "heard_time": "9am", "form_submission": "one"}

    browser.post(address, told)
    browser.post(address, told)
    tomorrow = datetime.now(tz=NOW.tzinfo) + DAY
    ahead = {f"heard_on-{part}": str(getattr(tomorrow, part)) for part in ("day", "month", "year")}
    refused = browser.post(address, {**told, **ahead, "form_submission": "two"})

    update = Update.objects.get()
    assert (update.recorded_by, update.received_at.date()) == (fable.ref, yesterday.date())
    assert refused.status_code == 422


def test_a_moment_of_today_that_is_still_ahead_was_not_told_yet(
    client_of_fable: Victim, fable: Account
) -> None:
    at = datetime(2026, 3, 3, 9, 0, tzinfo=NOW.tzinfo)
    day = {f"{name}-{part}": value for name in ("on", "heard_on") for part, value in TODAY.items()}

    form = forms.News({**day, "event": "order_made", "heard_time": "11:30am"}, at=at)

    assert not form.is_valid()
    assert "in the future" in str(form.errors)


def test_entitlement_is_changed_on_its_page(client_of_fable: Victim, fable: Account) -> None:
    browser = staff.browser(account=fable, role=Role.ADVOCATE)
    address = reverse("updates:entitlement", args=[client_of_fable.ref])

    shown = browser.get(address).content.decode()
    empty = browser.post(address, {"form_submission": "x"})
    browser.post(address, {"enhanced": "no"})

    client_of_fable.refresh_from_db()
    assert "Code of Practice for Victims" in shown
    assert empty.status_code == 422
    assert not client_of_fable.enhanced


def test_a_closed_case_asks_for_nothing(actor: Actor, client_of_fable: Victim) -> None:
    hear(made())
    Victim.objects.filter(pk=client_of_fable.pk).update(state="closed", closed_at=NOW)

    assert queries.due(actor=actor, at=NOW) == ()


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(State)


def test_windows_are_hours_on_the_wall(actor: Actor, client_of_fable: Victim) -> None:
    """The clocks go forward on 29 March 2026: half past nine stays half past nine."""
    client_of_fable.safe_times.update(start=time(9, 30), end=time(10))
    hear(made())
    before = datetime.fromisoformat("2026-03-27T09:45:00+00:00")
    after = datetime.fromisoformat("2026-03-30T09:45:00+01:00")

    assert begin(actor, client_of_fable, at=before)
    assert begin(actor, client_of_fable, at=after)
    with pytest.raises(Refused):
        begin(actor, client_of_fable, at=datetime.fromisoformat("2026-03-30T09:45:00+00:00"))
    assert Window(Channel.CALL, (4,), time(9, 30), time(10)).holds(before)


@pytest.mark.parametrize(
    ("told", "later", "left"),
    [
        ([], ["left", "stays"], [("left", "overtaken"), ("stays", "overtaken")]),
        (["left"], ["stays"], [("left", "told"), ("stays", "due")]),
        (["ending"], ["left", "stays"], [("ending", "told"), ("left", "overtaken"), ("stays", "due")]),
        (
            ["ending", "stays"],
            ["left", "stays"],
            [("ending", "told"), ("stays", "told"), ("left", "overtaken"), ("stays", "overtaken")],
        ),
        ([], ["started", "not_started"], [("started", "overtaken"), ("not_started", "overtaken")]),
        (["started"], ["not_started"], [("started", "told"), ("not_started", "due")]),
    ],
)
def test_what_a_client_was_told_by_mistake_is_put_right_and_nothing_else(
    actor: Actor, client_of_fable: Victim, told: list[str], later: list[str], left: list[tuple[str, str]]
) -> None:
    for day, event in enumerate(told):
        at = NOW + day * DAY
        hear(programme(event), at=at)
        said = [Update.objects.get(event=event, state=State.DUE).ref]
        finish(actor, begin(actor, client_of_fable, at), Ended.REACHED, at, told=said)
    for minute, event in enumerate(later):
        hear(programme(event), at=NOW + 3 * DAY + timedelta(minutes=minute))

    assert states() == left


@pytest.mark.parametrize(
    ("ended", "left"),
    [
        (Ended.REACHED, [("ending", "told"), ("stays", "due")]),
        (Ended.NO_ANSWER, [("ending", "overtaken"), ("stays", "overtaken")]),
    ],
)
def test_what_is_being_told_on_the_telephone_while_it_is_undone_is_put_right(
    actor: Actor, client_of_fable: Victim, ended: Ended, left: list[tuple[str, str]]
) -> None:
    hear(programme("ending"))
    ending = Update.objects.get().ref
    call = begin(actor, client_of_fable)
    hear(programme("stays"), at=NOW + timedelta(minutes=1))

    finish(actor, call, ended, NOW + timedelta(minutes=2), told=[ending])

    assert states() == left


def test_what_a_letter_on_its_way_to_the_post_says_is_put_right(
    actor: Actor, client_of_fable: Victim
) -> None:
    hear(programme("ending"))
    letter = factories.letter(victim=client_of_fable.ref)
    letter.printed_by, letter.printed_at, letter.tells = "carol", NOW, [Update.objects.get().ref]
    letter.save()

    hear(programme("stays"), at=NOW + timedelta(minutes=1))
    posted = letters.note_posted(actor=actor, letter=letter.ref, on=NOW.date(), at=NOW + timedelta(hours=1))

    assert posted == 1
    assert states() == [("ending", "told"), ("stays", "due")]


@pytest.mark.parametrize("event", list(payloads.OrderEvent))
def test_every_kind_of_news_about_an_order_has_words_of_its_own(
    client_of_fable: Victim, event: payloads.OrderEvent
) -> None:
    hear(made(event))

    assert states() == [(f"order_{event}", "due")]


def test_only_a_court_date_that_was_told_by_telephone_may_lie_ahead() -> None:
    heard = {f"heard_on-{part}": value for part, value in TODAY.items()}
    ahead = {"on-day": "4", "on-month": "3", "on-year": "2026", "heard_time": "9am"}

    court = forms.News({**heard, **ahead, "event": "order_court"}, at=NOW)
    charged = forms.News({**heard, **ahead, "event": "order_charged"}, at=NOW)

    assert court.is_valid()
    assert not charged.is_valid()
    assert "only a court date can lie ahead" in str(charged.errors)
