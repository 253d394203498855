"""What a force without software tells by telephone or on paper is typed in, read in one place, and can go again."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.programme import factories

from desist.disclosure.codes import Recall, Refusal
from desist.disclosure.copies import Content
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.programme.disclosures import commands
from desist.programme.disclosures.models import Disclosure, DisclosureRequest
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SECRET = "Stopped near a station twice in May"
CONTENT = Content(SECRET, "fact", date(2026, 3, 1), may_be_raised=False, told_on=None, purpose="sessions")
TOLD = commands.TypedIn(CONTENT, "", "Insp. Vale and Sgt. Moor", "Sgt. Moor", NOW - timedelta(hours=2))
HEARD = {
    "heard_from": "Sgt. Moor",
    **{f"heard_on-{part}": value for part, value in (("day", "3"), ("month", "3"), ("year", "2026"))},
    "heard_time": "00:30",
}


@pytest.fixture(autouse=True)
def _by_hand(police: Partner) -> None:
    Partner.objects.filter(pk=police.pk).update(transport=Transport.BY_HAND)


def typed(**changed: Any) -> dict[str, Any]:
    return {
        **HEARD,
        "words": SECRET,
        "nature": "fact",
        **{f"as_of-{part}": value for part, value in (("day", "1"), ("month", "3"), ("year", "2026"))},
        "purpose": "sessions",
        "may_be_raised": "no",
        "request": "",
        "decided_by": "Insp. Vale and Sgt. Moor",
        "form_submission": "one",
    } | changed


def ask(actor: Actor, episode: Episode) -> DisclosureRequest:
    question = commands.Question("sessions", "Is he in breach?", "To plan", None)
    commands.ask(actor=actor, episode=episode.ref, question=question, submission="q", at=NOW)
    return DisclosureRequest.objects.get()


def type_in(actor: Actor, episode: Episode, told: commands.TypedIn = TOLD) -> Disclosure:
    commands.type_in(actor=actor, episode=episode.ref, told=told, submission="one", at=NOW)
    return Disclosure.objects.get()


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_it_is_typed_in_once_and_read_on_the_page_that_prepares_a_session_alone(
    actor: Actor, session: Session, episode: Episode, kit_browser: Client
) -> None:
    request = ask(actor, episode)
    address = reverse("disclosures:type-in", args=[episode.ref])
    offered = words(kit_browser.get(address))

    first = kit_browser.post(address, typed(request=request.ref))
    kit_browser.post(address, typed(request=request.ref))

    request.refresh_from_db()
    row = Disclosure.objects.get()
    listed = words(kit_browser.get(first["Location"]))
    assert "Is he in breach?" in offered
    assert (request.state, row.fingerprint, row.typed_by) == ("answered", CONTENT.fingerprint, actor.who)
    assert SECRET in words(kit_browser.get(reverse("sessions:prepare", args=[session.ref])))
    assert SECRET not in listed
    assert "Told by Sgt. Moor" in listed
    assert "Decided by Insp. Vale and Sgt. Moor" in listed


def test_a_second_click_changes_nothing_and_other_words_in_it_are_not_taken_for_kept(
    actor: Actor, episode: Episode
) -> None:
    request = ask(actor, episode)
    told = replace(TOLD, request=request.ref)
    first = type_in(actor, episode, told)
    before = (Disclosure.objects.values().get(), DisclosureRequest.objects.values().get())

    assert type_in(actor, episode, told) == first
    for other in (
        replace(told, content=replace(CONTENT, words="Something else")),
        replace(told, told_at=NOW),
        replace(told, request=""),
    ):
        with pytest.raises(Refused, match="kept before with other words"):
            type_in(actor, episode, other)

    assert (Disclosure.objects.values().get(), DisclosureRequest.objects.values().get()) == before


def test_words_that_lead_to_somebody_are_not_kept(episode: Episode, kit_browser: Client) -> None:
    answer = kit_browser.post(
        reverse("disclosures:type-in", args=[episode.ref]), typed(words="She lives at 12 Mill Lane, ME1 2AB")
    )

    assert answer.status_code == 422
    assert "Reword it, or ask the police to reword it" in words(answer)
    assert not Disclosure.objects.exists()


def test_a_question_that_was_answered_is_not_refused_and_one_refused_may_be_answered(
    actor: Actor, episode: Episode, kit_browser: Client
) -> None:
    request = ask(actor, episode)
    address = reverse("disclosures:type-in-refusal", args=[episode.ref])
    kit_browser.post(address, HEARD | {"request": request.ref, "reason": "nothing"})
    request.refresh_from_db()
    assert (request.state, request.reason, request.told_by) == ("refused", "nothing", "Sgt. Moor")

    type_in(actor, episode, replace(TOLD, request=request.ref))
    with pytest.raises(Refused, match="already been answered"):
        commands.type_in_refusal(
            actor=actor,
            episode=episode.ref,
            request=request.ref,
            reason=Refusal.UNCLEAR,
            told_by="Sgt. Moor",
            told_at=NOW,
            at=NOW,
        )

    request.refresh_from_db()
    assert request.state == "answered"


def test_a_recall_takes_the_words_out_at_once(actor: Actor, episode: Episode, kit_browser: Client) -> None:
    row = type_in(actor, episode)
    address = reverse("disclosures:type-in-recall", args=[episode.ref])

    answer = kit_browser.post(address, HEARD | {"disclosure": row.ref, "reason": "wrong"})
    again = kit_browser.post(address, HEARD | {"disclosure": row.ref, "reason": "wrong"})

    listed = words(kit_browser.get(answer["Location"]))
    assert "Recalled by Sgt. Moor" in listed
    assert again.status_code == 422
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM programme_disclosure t")
        assert SECRET not in str(cursor.fetchall())
    with pytest.raises(Refused, match="already been recalled"):
        commands.type_in_recall(
            actor=actor,
            episode=episode.ref,
            disclosure=row.ref,
            reason=Recall.STOP,
            told_by="Sgt. Moor",
            at=NOW,
        )


def test_where_the_police_have_desist_nothing_is_typed_in(
    actor: Actor, episode: Episode, police: Partner, kit_browser: Client
) -> None:
    Partner.objects.filter(pk=police.pk).update(transport=Transport.COURIER)

    answer = kit_browser.post(reverse("disclosures:type-in", args=[episode.ref]), typed())

    assert "arrives automatically" in words(answer)
    assert "Enter what" not in words(kit_browser.get(reverse("disclosures:disclosures", args=[episode.ref])))


def test_where_no_police_are_in_the_register_it_is_typed_in_all_the_same(
    actor: Actor, episode: Episode, kit_browser: Client
) -> None:
    episode.referral.partner = ""
    episode.referral.save()

    assert type_in(actor, episode).told_by == "Sgt. Moor"
    assert "Enter what" in words(kit_browser.get(reverse("disclosures:disclosures", args=[episode.ref])))


def test_a_question_about_somebody_else_is_none(actor: Actor, episode: Episode) -> None:
    with pytest.raises(gate.NotFound):
        type_in(actor, episode, replace(TOLD, request="another"))


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("type-in", {"decided_by": ""}),
        ("type-in", {"heard_from": ""}),
        ("type-in", {"heard_on-year": "2999"}),
        ("type-in-refusal", {"request": "another", "reason": "nothing"}),
        ("type-in-recall", {"disclosure": "another", "reason": "wrong"}),
    ],
)
def test_what_lacks_who_decided_or_told_it_and_when_is_asked_again(
    episode: Episode, kit_browser: Client, name: str, changed: dict[str, str]
) -> None:
    answer = kit_browser.post(reverse(f"disclosures:{name}", args=[episode.ref]), typed(**changed))

    assert answer.status_code == 422
    assert not Disclosure.objects.exists()
