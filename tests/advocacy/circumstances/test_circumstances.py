"""Risks to staff, needs and self-harm of a client: locked, in force until ended, reviewed by their day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.circumstances import commands, queries
from desist.advocacy.circumstances.models import Circumstance, SelfHarm
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.circumstances import texts
from desist.circumstances.states import Over
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
REVIEW = {"review_on-day": "3", "review_on-month": "6", "review_on-year": "2099"}
DOG = {
    "kind": "animals",
    "words": "A loose dog at their home: ring before you knock.",
    "said_by": "The client",
    **REVIEW,
    "form_submission": "a-dog",
}
HARM = {
    "thoughts": "Some nights.",
    "ring": "Her sister, then the crisis line.",
    **REVIEW,
    "form_version": "0",
}
SAID = texts.Circumstance("animals", "A loose dog.", "The client", None, date(2099, 1, 1))


@pytest.fixture
def dog(actor: Actor, robin: Victim) -> Circumstance:
    commands.note(actor=actor, ref=robin.ref, said=SAID, submission="dog", at=NOW)
    return Circumstance.objects.get()


def test_a_risk_is_locked_and_stands_on_the_overview_and_on_safe_contact(
    browser_of_fable: Client, robin: Victim
) -> None:
    for kind, name in (("animals", "risk"), ("large_print", "need")):
        form = {**DOG, "kind": kind, "form_submission": kind}
        browser_of_fable.post(reverse(f"circumstances:{name}", args=[robin.ref]), form)

    for route in ("victims:victim", "contacts:contact", "circumstances:client"):
        page = text(browser_of_fable.get(reverse(route, args=[robin.ref])))
        assert "A loose dog at their home: ring before you knock." in page, route
        assert "Large print" in page, route
    assert all(b"dog" not in bytes(one.words) for one in Circumstance.objects.all())


def test_a_call_under_way_shows_the_risk(browser_of_fable: Client, robin: Victim, dog: Circumstance) -> None:
    attempt = factories.attempt(victim=robin.ref)

    assert "Animals at home: A loose dog." in text(
        browser_of_fable.get(reverse("contacts:finish", args=[attempt.ref]))
    )


def test_a_review_replaces_what_was_said_and_keeps_it_readable(
    browser_of_fable: Client, robin: Victim, dog: Circumstance
) -> None:
    form = {**DOG, "words": "The dog is tied up.", "form_submission": "reviewed"}
    for _ in range(2):
        answer = browser_of_fable.post(reverse("circumstances:review", args=[dog.ref]), form, follow=True)

    page = text(answer)
    assert page.index("The dog is tied up.") < page.index("A loose dog.")
    assert Circumstance.objects.count() == 2


def test_an_ended_risk_stays_readable_and_is_ended_once(browser_of_fable: Client, dog: Circumstance) -> None:
    address = reverse("circumstances:end", args=[dog.ref])
    page = text(browser_of_fable.post(address, {"over": "over"}, follow=True))
    again = browser_of_fable.post(address, {"over": "error"})

    assert "It no longer holds" in page
    assert again.status_code == 422
    assert "A colleague has since reviewed or ended this" in text(again)


def test_the_same_note_is_kept_once(actor: Actor, robin: Victim, dog: Circumstance) -> None:
    commands.note(actor=actor, ref=robin.ref, said=SAID, submission="dog", at=NOW)
    for _ in range(2):
        commands.end(actor=actor, ref=dog.ref, over=Over.OVER, at=NOW)
    with pytest.raises(Refused):
        commands.review(actor=actor, ref=dog.ref, said=SAID, submission="late", at=NOW)
    assert Circumstance.objects.count() == 1


WRITERS: list[Callable[[Actor, Victim, str], object]] = [
    lambda actor, victim, said: commands.note(
        actor=actor,
        ref=victim.ref,
        said=texts.Circumstance("animals", said, "The client", None, date(2099, 1, 1)),
        submission="x",
        at=NOW,
    ),
    lambda actor, victim, said: commands.save_self_harm(
        actor=actor,
        ref=victim.ref,
        said=texts.SelfHarm(ring=said),
        review_on=date(2099, 1, 1),
        version=0,
        at=NOW,
    ),
]


@pytest.mark.parametrize("write", WRITERS)
def test_no_words_may_give_their_number_away(
    write: Callable[[Actor, Victim, str], object], actor: Actor, robin: Victim
) -> None:
    with pytest.raises(HoldsLocator):
        write(actor, robin, f"Call {factories.PHONE}")

    write(actor, robin, "Call their telephone")


def test_self_harm_is_kept_by_version(browser_of_fable: Client, robin: Victim) -> None:
    address = reverse("circumstances:self-harm", args=[robin.ref])
    browser_of_fable.post(address, HARM)
    browser_of_fable.post(address, {**HARM, "thoughts": "None this week.", "form_version": "1"})

    page = text(browser_of_fable.get(address))
    assert "Version 2, saved by" in page
    assert page.index("None this week.") < page.index("Some nights.")


def test_two_advocates_who_write_of_self_harm_at_once_lose_no_word(
    browser_of_fable: Client, robin: Victim
) -> None:
    address = reverse("circumstances:self-harm", args=[robin.ref])
    browser_of_fable.post(address, HARM)

    answer = browser_of_fable.post(address, {**HARM, "thoughts": "None known."})

    assert answer.status_code == 422
    assert "Both are shown: bring them together" in text(answer)
    assert "Some nights." in text(answer)
    assert "None known." in text(answer)


def test_the_same_words_of_self_harm_are_saved_once(actor: Actor, robin: Victim) -> None:
    once: dict[str, Any] = {"actor": actor, "ref": robin.ref, "at": NOW, "review_on": date(2099, 1, 1)}
    for _ in range(2):
        commands.save_self_harm(version=0, said=texts.SelfHarm(history="None."), **once)
    with pytest.raises(Changed):
        commands.save_self_harm(version=0, said=texts.SelfHarm(history="One."), **once)
    commands.save_self_harm(version=1, said=texts.SelfHarm(history="One."), **once)
    assert SelfHarm.objects.count() == 2


def test_a_review_that_is_due_is_among_the_calls_and_the_next_steps(
    actor: Actor, browser_of_fable: Client, robin: Victim, dog: Circumstance
) -> None:
    due = timezone.localdate() - timedelta(days=3)
    Circumstance.objects.update(review_on=due)
    commands.save_self_harm(
        actor=actor, ref=robin.ref, said=texts.SelfHarm(history="One."), review_on=due, version=0, at=NOW
    )

    home = text(browser_of_fable.get(reverse("home:home")))
    client = text(browser_of_fable.get(reverse("victims:victim", args=[robin.ref])))

    for words in ("animals at home", "self-harm and the crisis plan"):
        assert f"review {words}" in home
        assert words in client.lower()


def test_words_under_a_destroyed_key_read_erased(
    signed_in: Callable[..., Client], actor: Actor, robin: Victim, dog: Circumstance
) -> None:
    commands.save_self_harm(
        actor=actor,
        ref=robin.ref,
        said=texts.SelfHarm(history="One."),
        review_on=date(2099, 1, 1),
        version=0,
        at=NOW,
    )
    Victim.objects.update(state="closed", closed_at=NOW)
    manager = Actor(actor.who, Role.ADVOCACY_MANAGER, actor.area, actor.correlation)
    vault.destroy(actor=manager, victim=robin.ref, at=NOW)

    page = queries.circumstances(actor=actor, ref=robin.ref, at=NOW)
    harm = queries.to_write(actor=actor, ref=robin.ref, at=NOW)

    assert [one.words for one in page.risks] == ["Erased"]
    assert harm.versions[0].said.history == "Erased"
