"""The pages on which a client's advocate has something told: each refusal is a plain sentence, and what was typed stays."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories

from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.safety.models import Choice
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.post.models import Outbox
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

TYPED = {
    "recipient": "programme",
    "what": "incidents",
    "words": "The calls became more.",
    "nature": "fact",
    "as_of-day": "1",
    "as_of-month": "3",
    "as_of-year": "2026",
    "purpose": "sessions",
    "may_be_raised": "no",
    "basis": "emergency",
    "necessity": "The risk rose",
    "proportionality": "Counts alone",
}


@pytest.fixture
def manager_browser(signed_in: Callable[..., Client]) -> Client:
    """The manager, who may be the second person."""
    return signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))


def post(client: Client, name: str, ref: str, **typed: Any) -> Any:
    return client.post(reverse(f"disclosures:{name}", args=[ref]), typed)


def read(client: Client, name: str, ref: str) -> str:
    return client.get(reverse(f"disclosures:{name}", args=[ref])).content.decode()


def test_it_is_written_approved_by_two_and_recalled(
    robin: Victim, browser_of_fable: Client, manager_browser: Client
) -> None:
    factories.choice(victim=robin.ref)
    assert "Nothing has been told" in read(browser_of_fable, "disclosures", robin.ref)
    answer = post(browser_of_fable, "start", robin.ref, **TYPED)
    ref = Disclosure.objects.get().ref
    assert answer["Location"] == reverse("disclosures:disclosure", args=[ref])

    assert "decide about the disclosure" in browser_of_fable.get("/").content.decode()
    assert "Approve exactly this?" in read(browser_of_fable, "approve", ref)
    post(browser_of_fable, "approve", ref, form_version="1")
    page = read(browser_of_fable, "disclosure", ref)
    assert "A colleague has to approve it as well" in page
    assert "Fable Trelissick approved" in page
    assert "Used when it was sent" not in page
    same = post(browser_of_fable, "approve", ref, form_version="1")
    assert (same.status_code, "approved this already" in same.content.decode()) == (422, True)
    post(manager_browser, "approve", ref, form_version="1")
    assert Outbox.objects.count() == 1
    assert "Sent to the police" in read(browser_of_fable, "disclosures", robin.ref)
    assert read(browser_of_fable, "disclosure", ref).count("Used when it was sent") == 2

    assert "Ask them to stop using it" in read(browser_of_fable, "recall", ref)
    post(browser_of_fable, "recall", ref, reason="stop")
    twice = post(browser_of_fable, "recall", ref, reason="stop")
    assert "Not confirmed yet: telephone the police" in read(browser_of_fable, "disclosure", ref)
    assert twice.status_code == 422


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"words": "Call 01632 960 077"}, "could lead to a person"),
        ({"words": "Call 01632 960 077", "false_alarm": "agency"}, "could lead to a person"),
        ({"words": "Robin said so"}, "it contains a name of theirs"),
        ({"recipient": "police"}, "do not allow this to be told now"),
        ({"may_be_raised": "yes"}, "When did the police tell the person?"),
        ({"basis": "agreement"}, "Choose the sharing agreement"),
    ],
)
def test_a_refusal_is_a_sentence_and_keeps_what_was_typed(
    robin: Victim, browser_of_fable: Client, typed: dict[str, str], sentence: str
) -> None:
    factories.choice(victim=robin.ref)

    answer = post(browser_of_fable, "start", robin.ref, **TYPED | typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert (TYPED | typed)["words"] in page
    assert not Disclosure.objects.exists()


def test_a_draft_is_written_anew_and_dropped(robin: Victim, browser_of_fable: Client) -> None:
    factories.choice(victim=robin.ref)
    ref = factories.disclosure(victim=robin.ref).ref
    assert "The calls became more in spring." in read(browser_of_fable, "write", ref)
    post(browser_of_fable, "write", ref, **TYPED, form_version="1")
    stale = post(browser_of_fable, "write", ref, **TYPED, form_version="1")
    assert "A colleague has rewritten this since you opened it" in stale.content.decode()

    post(browser_of_fable, "drop", ref, form_version="2")
    twice = browser_of_fable.post(reverse("disclosures:drop", args=[ref]), {"form_version": "3"}, follow=True)

    assert Disclosure.objects.get().state == "dropped"
    assert "A colleague decided this first: not sent" in twice.content.decode()


def test_what_lives_on_after_the_choice_ended_stands_on_the_first_page(
    robin: Victim, browser_of_fable: Client
) -> None:
    ref = factories.disclosure(
        victim=robin.ref, state="passed_on", sent_at=factories.NOW, passed_on_at=factories.NOW
    ).ref
    assert not Choice.objects.exists()

    assert "the choice is over: recall what was told" in browser_of_fable.get("/").content.decode()
    assert "Recall the disclosure, unless they say that it can stay" in read(
        browser_of_fable, "disclosure", ref
    )


def test_of_a_client_whose_key_was_destroyed_nothing_is_told(
    robin: Victim, browser_of_fable: Client, manager: Actor
) -> None:
    factories.choice(victim=robin.ref)
    ref = factories.disclosure(victim=robin.ref).ref
    Victim.objects.filter(pk=robin.pk).update(state="closed", closed_at=factories.NOW)
    vault.destroy(actor=manager, victim=robin.ref, at=factories.NOW)

    answer = post(browser_of_fable, "approve", ref, form_version="1")
    dropped = browser_of_fable.post(reverse("disclosures:drop", args=[ref]), {"form_version": "1"})

    assert answer.status_code == 422
    assert "The key of this client was destroyed" in answer.content.decode()
    assert dropped.status_code == 302
    assert Disclosure.objects.get().state == "dropped"


A_LIFE = TYPED | {
    "recipient": "police",
    "purpose": "safety",
    "without_choice": "on",
    "without": "He left with a knife, and she does not pick up.",
}


def test_to_save_a_life_the_police_are_told_without_her_choice_by_two_people_and_the_register_says_so(
    robin: Victim, browser_of_fable: Client, manager_browser: Client
) -> None:
    post(browser_of_fable, "start", robin.ref, **A_LIFE)
    row = Disclosure.objects.get()
    listed = read(browser_of_fable, "disclosures", robin.ref)
    asked = read(manager_browser, "approve", row.ref)
    post(browser_of_fable, "approve", row.ref, form_version="1")
    alone = Outbox.objects.count()
    post(manager_browser, "approve", row.ref, form_version="1")
    page = read(browser_of_fable, "disclosure", row.ref)

    assert "Without their choice, to save a life" in listed
    assert "They have not chosen this." in asked
    assert "He left with a knife" in asked
    assert (alone, Outbox.objects.count()) == (0, 1)
    assert "He left with a knife" in page
    assert "Their choice is over" not in page
    assert b"knife" not in bytes(row.words)
    assert "knife" not in str(Outbox.objects.values())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"without": ""}, "Say why it cannot wait for their choice"),
        ({"recipient": "programme"}, "Without their choice only the police can be told"),
        ({"purpose": "sessions"}, "Without their choice only the police can be told"),
        ({"basis": "court"}, "Without their choice only the police can be told"),
        ({"without_choice": ""}, "do not allow this to be told now"),
        ({"words": "Robin is in danger"}, "it contains a name of theirs"),
    ],
)
def test_without_her_choice_nothing_else_is_told(
    robin: Victim, browser_of_fable: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = post(browser_of_fable, "start", robin.ref, **A_LIFE | typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "He left with a knife" in answer.content.decode() or not typed.get("without", "x")
    assert not Disclosure.objects.exists()


def test_what_was_told_to_save_a_life_can_be_recalled_and_rewritten_while_it_is_a_draft(
    robin: Victim, browser_of_fable: Client
) -> None:
    post(browser_of_fable, "start", robin.ref, **A_LIFE)
    row = Disclosure.objects.get()
    page = read(browser_of_fable, "write", row.ref)
    post(
        browser_of_fable, "write", row.ref, **A_LIFE | {"without": "She is not at work.", "form_version": "1"}
    )

    assert "He left with a knife" in page
    assert "She is not at work." in read(browser_of_fable, "disclosure", row.ref)
