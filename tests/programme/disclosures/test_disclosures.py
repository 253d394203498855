"""What the programme asks the police, and what happens to what they disclose: it is read in one place, and can go again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests.programme import factories

from desist.disclosure.copies import Content
from desist.keys.sitekeys import SiteKeys
from desist.post import disclosures, own, payloads, seal
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Outbox
from desist.programme.disclosures import commands, queries
from desist.programme.disclosures.models import Disclosure, DisclosureRequest
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SECRET = "Stopped near the station twice in May"
CONTENT = Content(SECRET, "fact", date(2026, 3, 1), may_be_raised=False, told_on=None, purpose="sessions")
QUESTION = commands.Question("sessions", "Is he in breach?", "To plan", date(2026, 3, 9))


def arrive(episode: Episode, payload: payloads.Payload, *, at: Any = NOW) -> None:
    """An envelope of the police about the person is handled."""
    handlers: dict[Any, Callable[[Received], None]] = {
        disclosures.Disclosure: commands.receive,
        disclosures.DisclosureRefused: commands.refused,
        disclosures.DisclosureRecall: commands.recall,
    }
    about = episode.referral
    with transaction.atomic():
        handlers[type(payload)](Received(payload, about.thread, about.partner, at, actors.post()))


def copy(content: Content = CONTENT, *, request: str = "", name: str = "one") -> disclosures.Disclosure:
    return disclosures.Disclosure(disclosure=name, request=request, **content.crossing)  # type: ignore[arg-type]


def recall(name: str = "one", reason: str = "wrong") -> disclosures.DisclosureRecall:
    return disclosures.DisclosureRecall(disclosure=name, reason=reason, recalled_at=NOW)


def told(keys: SiteKeys) -> list[tuple[str, dict[str, Any]]]:
    """What the police read, the first first."""
    return [
        (body.kind, body.values)
        for body in (
            seal.unseal(
                header=seal.Header(row.ref, own.site().name, row.receiver),
                sealed=bytes(row.sealed),
                keys=[keys.current.seal],
                by=[key.sign for key in own.keys().public.keys],
            )
            for row in Outbox.objects.order_by("id")
        )
    ]


def ask(actor: Actor, episode: Episode, **changed: Any) -> None:
    values: dict[str, Any] = {"question": QUESTION, "submission": "one"} | changed
    commands.ask(actor=actor, episode=episode.ref, at=NOW, **values)


def test_a_question_reaches_the_police_once(actor: Actor, episode: Episode, police_keys: SiteKeys) -> None:
    ask(actor, episode)
    ask(actor, episode)

    ((kind, values),) = told(police_keys)
    assert (kind, values["question"], values["needed_by"]) == (
        "disclosure-request",
        "Is he in breach?",
        "2026-03-09",
    )


def test_where_no_police_stand_behind_a_referral_nobody_is_asked(
    actor: Actor, episode: Episode, kit_browser: Client
) -> None:
    episode.referral.partner = ""
    episode.referral.save()

    with pytest.raises(Refused):
        ask(actor, episode)
    answer = kit_browser.post(
        reverse("disclosures:ask", args=[episode.ref]),
        {"question": "Q", "purpose": "safety", "necessity": "N"},
    )
    assert answer.status_code == 422
    assert "it was entered here. Telephone them" in answer.content.decode()


def test_the_practitioner_asks_on_a_page_and_sees_that_it_waits(
    episode: Episode, kit_browser: Client
) -> None:
    answer = kit_browser.post(
        reverse("disclosures:ask", args=[episode.ref]),
        {"question": "Any breach?", "purpose": "safety", "necessity": "To plan"},
    )

    page = kit_browser.get(answer["Location"]).content.decode()
    assert "Any breach?" in page
    assert "Asked" in page


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.PRACTITIONER, True), (Role.MANAGER, True), (Role.SUPERVISOR, False)]
)
def test_the_page_leads_whoever_may_read_it_to_the_register_of_sharing_agreements(
    episode: Episode, signed_in: Callable[..., Client], role: Role, *, shown: bool
) -> None:
    page = signed_in(role=role).get(reverse("disclosures:disclosures", args=[episode.ref]))

    assert page.status_code == 200
    assert ('href="/post/agreements/"' in page.content.decode()) is shown


def test_an_exact_copy_is_kept_and_its_receipt_sent(episode: Episode, police_keys: SiteKeys) -> None:
    arrive(episode, copy())
    arrive(episode, copy())

    ((kind, values),) = told(police_keys)
    assert (kind, values["event"], values["fingerprint"]) == (
        "disclosure-receipt",
        "received",
        CONTENT.fingerprint,
    )
    assert Disclosure.objects.get().words == SECRET


def test_it_is_read_on_the_page_that_prepares_a_session_and_nowhere_else(
    session: Session, episode: Episode, kit_browser: Client
) -> None:
    arrive(episode, copy())
    pages = {
        name: kit_browser.get(reverse(name, args=[ref])).content.decode()
        for name, ref in (
            ("sessions:prepare", session.ref),
            ("sessions:session", session.ref),
            ("sessions:record", session.ref),
            ("sessions:shared", session.ref),
            ("sessions:finish", session.ref),
            ("episodes:episode", episode.ref),
            ("disclosures:disclosures", episode.ref),
            ("chains:person", episode.ref),
            ("plans:plan", episode.ref),
        )
    }

    assert [name for name, page in pages.items() if SECRET in page] == ["sessions:prepare"]
    assert "Never raise it" in pages["sessions:prepare"]
    assert "Disclosed to you: 1" in pages["disclosures:disclosures"]


def test_what_may_be_raised_says_when_the_police_told_the_person(
    session: Session, episode: Episode, kit_browser: Client
) -> None:
    arrive(episode, copy(replace(CONTENT, may_be_raised=True, told_on=date(2026, 3, 2))))

    page = kit_browser.get(reverse("sessions:prepare", args=[session.ref])).content.decode()

    assert "May be raised" in page
    assert "the police told the person on 2 March 2026" in page


def test_a_recall_takes_the_words_off_every_page_and_out_of_the_database(
    session: Session, episode: Episode, kit_browser: Client, police_keys: SiteKeys
) -> None:
    arrive(episode, copy())
    arrive(episode, recall())
    arrive(episode, recall())

    page = kit_browser.get(reverse("sessions:prepare", args=[session.ref])).content.decode()
    listed = kit_browser.get(reverse("disclosures:disclosures", args=[episode.ref])).content.decode()
    assert "Recalled 3 March 2026" in page
    assert "Recalled: 1. Do not use what was recalled" in listed
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM programme_disclosure t")
        assert SECRET not in page + listed + str(cursor.fetchall())
    assert [values["event"] for _, values in told(police_keys)] == ["received", "stopped"]


def test_a_recall_that_overtakes_its_disclosure_stands(episode: Episode, police_keys: SiteKeys) -> None:
    arrive(episode, recall(reason="of another edition"))
    arrive(episode, copy())

    row = Disclosure.objects.get()
    assert (row.words, row.reason, row.received_at) == ("", "stop", None)
    assert [values["event"] for _, values in told(police_keys)] == ["stopped"]


def test_a_question_is_answered_or_refused(actor: Actor, episode: Episode) -> None:
    ask(actor, episode)
    request = DisclosureRequest.objects.get()
    refused = disclosures.DisclosureRefused(subject=request.token, reason="nothing", decided_at=NOW)

    arrive(episode, refused)
    (first,) = queries.disclosures(actor=actor, episode=episode.ref, at=NOW).asked
    arrive(episode, copy(request=request.token))
    arrive(episode, refused)
    (second,) = queries.disclosures(actor=actor, episode=episode.ref, at=NOW).asked

    assert (first.state, first.reason) == ("refused", "There is nothing to share")
    assert (second.state, second.reason) == ("answered", "")


def test_a_refusal_with_a_code_of_another_edition_is_a_refusal(actor: Actor, episode: Episode) -> None:
    ask(actor, episode)
    token = DisclosureRequest.objects.get().token

    arrive(episode, disclosures.DisclosureRefused(subject=token, reason="new", decided_at=NOW))

    assert DisclosureRequest.objects.get().state == "refused"


@pytest.mark.parametrize(
    "payload",
    [
        copy(replace(CONTENT, nature="rumour")),
        copy(replace(CONTENT, purpose="gossip")),
        copy(replace(CONTENT, may_be_raised=True)),
        replace(copy(), told_on="yesterday"),
        disclosures.DisclosureRefused(subject="unknown", reason="nothing", decided_at=NOW),
    ],
)
def test_what_does_not_say_what_it_is_is_not_kept(episode: Episode, payload: payloads.Payload) -> None:
    with pytest.raises(CannotHandle, match=r"ask|asked"):
        arrive(episode, payload)

    assert not Disclosure.objects.exists()
