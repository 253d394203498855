"""An exhibit goes to the force that has the report, once, as the client chose; the police ask for its pieces."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories

from desist.advocacy.exhibits import keeping
from desist.advocacy.exhibits.keeping import CAPTION
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.sent_exhibits import commands, queries
from desist.advocacy.sent_exhibits.commands import Agreed
from desist.advocacy.sent_exhibits.models import SentExhibit
from desist.advocacy.sent_exhibits.policy import Action
from desist.advocacy.sent_exhibits.states import TRANSITIONS, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How
from desist.disclosure.codes import Recall
from desist.post import outbox, payloads, payloads_exhibits
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Partner
from desist.post.payloads_exhibits import MOST_BYTES, joined
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
KEPT = (b"PK one of t", b"wo and thre", b"e")
PIECES = (b"PK one", b" of t", b"wo and", b" thre", b"e")
TYPED = {
    "agreed_on-day": str(NOW.day),
    "agreed_on-month": str(NOW.month),
    "agreed_on-year": str(NOW.year),
    "agreed_how": "phone",
    "words": "PLANTED-CHOICE, only this one",
    "sure": "on",
}
AGREED = Agreed(NOW.date(), How.PHONE, "Only this one")


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[payloads.Payload]:
    """What this site sends, in its order: the payload alone."""
    kept: list[payloads.Payload] = []
    monkeypatch.setattr(outbox, "send", lambda payload, **_: kept.append(payload))
    return kept


@pytest.fixture
def client_of_police(robin: Victim) -> Victim:
    """Robin, about whom this service speaks with the police, by courier, as Robin chose."""
    factories.partner()
    Partner.objects.filter(name=factories.POLICE).update(transport="courier", keys="{}")
    Victim.objects.filter(pk=robin.pk).update(partner=factories.POLICE, thread="thread-of-robin")
    factories.choice(victim=robin.ref, whom="police")
    robin.refresh_from_db()
    return robin


@pytest.fixture
def pack(client_of_police: Victim) -> BreachPack:
    return factories.pack(incident=factories.incident(victim=client_of_police.ref).ref)


@pytest.fixture
def exhibit(client_of_police: Victim, monkeypatch: pytest.MonkeyPatch) -> Exhibit:
    monkeypatch.setattr(keeping, "PIECE", 11)
    monkeypatch.setattr(payloads_exhibits, "PIECE", 6)
    return factories.finished_exhibit(victim=client_of_police.ref, pieces=KEPT)


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def send(actor: Actor, exhibit: Exhibit, pack: BreachPack, **fields: Any) -> SentExhibit:
    values: dict[str, Any] = {
        "actor": actor,
        "exhibit": exhibit.ref,
        "report": pack.ref,
        "agreed": AGREED,
        "submission": "a-form",
        "at": NOW,
    }
    return SentExhibit.objects.get(ref=commands.send(**values | fields))


def arrive(row: SentExhibit, payload: payloads.Payload, *, thread: str = "thread-of-robin") -> None:
    handle = commands.answer if isinstance(payload, payloads.ExhibitReceipt) else commands.note_recalled
    with transaction.atomic():
        handle(Received(payload, thread, row.pack.police, NOW, actors.post()))
    row.refresh_from_db()


def receipt(row: SentExhibit, outcome: str, here: int = 0, *places: object) -> payloads.ExhibitReceipt:
    return payloads.ExhibitReceipt(row.token, outcome, here, tuple(map(str, places)), NOW)


def pieces(said: list[payloads.Payload]) -> dict[int, bytes | None]:
    return {one.place: joined(one.content) for one in said if isinstance(one, payloads.ExhibitPiece)}


def test_an_advocate_sends_it_once_from_the_page_of_the_report(
    pack: BreachPack, exhibit: Exhibit, browser_of_fable: Client, said: list[payloads.Payload]
) -> None:
    page = reverse("sent_exhibits:send", args=[exhibit.ref])

    link = words(browser_of_fable.get(reverse("packs:pack", args=[pack.ref])))
    shown = words(browser_of_fable.get(page))
    unsure = browser_of_fable.post(page, {**TYPED, "report": pack.ref, "sure": ""})
    first = browser_of_fable.post(page, {**TYPED, "report": pack.ref}, follow=True)
    again = browser_of_fable.post(page, {**TYPED, "report": pack.ref}, follow=True)

    row = SentExhibit.objects.get()
    assert page in link
    assert "Messages of March" in shown
    assert "never passed on to the programme" in shown
    assert unsure.status_code == 422
    assert "The police have 0 of 5 pieces" in words(first)
    assert "PLANTED-CHOICE, only this one" in words(first)
    assert first.redirect_chain == again.redirect_chain
    assert said == [
        payloads.EvidenceExhibit(
            report=pack.token,
            exhibit=row.token,
            number="FT/1",
            caption="Messages of March",
            digest=sha256(b"".join(PIECES)).hexdigest(),
            size=23,
            pieces=5,
            formats=commands.FORMATS,
            sent_at=row.sent_at,
        )
    ]
    assert f"Exhibit FT/1</a>: {row.get_state_display().lower()}" in words(
        browser_of_fable.get(reverse("packs:pack", args=[pack.ref]))
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM advocacy_sentexhibit t")
        assert "PLANTED-CHOICE" not in str(cursor.fetchall())


def test_two_clicks_at_once_send_it_once(
    pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload]
) -> None:
    assert send(actor, exhibit, pack) == send(actor, exhibit, pack, submission="another-form")
    assert len(said) == 1


def test_the_police_get_what_they_ask_for_as_often_as_they_ask(
    pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload], browser_of_fable: Client
) -> None:
    row = send(actor, exhibit, pack)

    arrive(row, receipt(row, "missing", 0, 4, 0, 2, 3))
    arrive(row, receipt(row, "missing", 4, 1))
    arrive(row, receipt(row, "missing", 1, 1, "x"))

    assert pieces(said) == dict(enumerate(PIECES))
    assert [one.place for one in said if isinstance(one, payloads.ExhibitPiece)] == [0, 2, 3, 4, 1, 1]
    assert (row.state, row.here) == (State.SENT, 4)
    page = reverse("sent_exhibits:sent", args=[row.ref])
    assert "The police have 4 of 5 pieces" in words(browser_of_fable.get(page))

    arrive(row, receipt(row, "whole", 5))
    arrive(row, receipt(row, "missing", 0, 0))
    arrive(row, receipt(row, "differs", 3))

    assert (row.state, row.here, row.answered_at) == (State.WHOLE, 5, NOW)
    assert len(said) == 7
    assert "The police have it whole" in words(browser_of_fable.get(page))


@pytest.mark.parametrize(
    "said_there",
    [("differs", "What arrived is not what was sent"), ("too_large", "did not take it in")],
)
@pytest.mark.usefixtures("said")
def test_what_is_wrong_at_the_police_is_said(
    said_there: tuple[str, str],
    pack: BreachPack,
    exhibit: Exhibit,
    actor: Actor,
    browser_of_fable: Client,
) -> None:
    row = send(actor, exhibit, pack)

    arrive(row, receipt(row, said_there[0], 3))

    assert said_there[1] in words(browser_of_fable.get(reverse("sent_exhibits:sent", args=[row.ref])))


def test_nothing_is_recalled_that_was_not_taken_in(
    pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload]
) -> None:
    row = send(actor, exhibit, pack)
    arrive(row, receipt(row, "too_large"))

    with pytest.raises(Refused, match="nothing to recall"):
        commands.recall(actor=actor, ref=row.ref, reason=Recall.WRONG, at=NOW)


def test_a_recall_goes_once_and_its_page_says_when_it_was_deleted(
    pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload], browser_of_fable: Client
) -> None:
    row = send(actor, exhibit, pack)
    page = reverse("sent_exhibits:recall", args=[row.ref])

    without = browser_of_fable.post(page, {"reason": ""})
    for _ in range(2):
        after = browser_of_fable.post(page, {"reason": "wrong"}, follow=True)
    arrive(row, receipt(row, "missing", 0, 0))

    recalls = [one for one in said if isinstance(one, payloads.ExhibitRecall)]
    assert without.status_code == 422
    assert [(one.report, one.exhibit, one.reason) for one in recalls] == [(pack.token, row.token, "wrong")]
    assert "Recalled, and not known to be deleted yet" in words(after)
    assert pieces(said) == {}

    for saved in (1, 5):
        arrive(row, payloads.ExhibitRecalled(row.token, saved, NOW))
    shown = words(browser_of_fable.get(reverse("sent_exhibits:sent", args=[row.ref])))
    assert (row.state, row.stopped_at, row.saved) == (State.RECALLED, NOW, 1)
    assert "Officers had saved 1 copy before" in shown


@pytest.mark.parametrize("what", ["choice", "erased", "key", "piece", "altered"])
def test_what_must_not_or_cannot_be_sent_any_more_is_recalled(
    what: str, pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload]
) -> None:
    row = send(actor, exhibit, pack)
    if what == "choice":
        exhibit.victim.choices.update(until=NOW.date() - timedelta(days=1))
    elif what == "erased":
        Exhibit.objects.update(state="ended")
    elif what == "key":
        PersonKey.objects.update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")
    elif what == "piece":
        exhibit.pieces.filter(number=1).delete()
    else:
        exhibit.pieces.filter(number=1).update(sealed=b"x" * 60)

    arrive(row, receipt(row, "missing", 0, 2))

    assert pieces(said) == {}
    assert (row.state, row.recall_reason, row.recalled_by) == (State.RECALLED, "stop", actors.post().who)
    assert isinstance(said[-1], payloads.ExhibitRecall)


def test_answers_that_fit_nothing_are_refused(
    pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload]
) -> None:
    row = send(actor, exhibit, pack)

    with pytest.raises(CannotHandle, match="in no list here"):
        arrive(row, receipt(row, "perhaps"))
    with pytest.raises(CannotHandle, match="not sent from here"):
        arrive(row, replace(receipt(row, "whole"), exhibit="another"))
    with pytest.raises(CannotHandle, match="not sent from here"):
        arrive(row, receipt(row, "whole"), thread="of another client")
    with pytest.raises(CannotHandle, match="not recalled from here"):
        arrive(row, payloads.ExhibitRecalled(row.token, 0, NOW))


def test_each_thing_in_the_way_is_said_and_nothing_leaves(
    pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload], browser_of_fable: Client
) -> None:
    page = reverse("sent_exhibits:send", args=[exhibit.ref])
    other = factories.victim(advocate=exhibit.victim.allocations.get().advocate)
    elsewhere = factories.pack(incident=factories.incident(victim=other.ref).ref)

    def refused(match: str, **fields: Any) -> None:
        with pytest.raises(Refused, match=match):
            send(actor, exhibit, pack, **fields)

    refused("choose a report", report=elsewhere.ref)
    refused("in the future", agreed=replace(AGREED, on=NOW.date() + timedelta(days=1)))
    Exhibit.objects.update(state="open")
    refused("finish the exhibit first")
    assert "Only a finished exhibit can be sent" in words(browser_of_fable.get(page))
    Exhibit.objects.update(state="made", size=MOST_BYTES + 1)
    refused("more than 2 GB")
    Partner.objects.update(transport="by_hand")
    refused("no Desist")
    assert "hand it over yourself" in words(browser_of_fable.get(page))
    exhibit.victim.choices.all().update(ended_at=NOW)
    refused("has not agreed")
    assert "has not agreed" in words(browser_of_fable.get(page))
    BreachPack.objects.update(police="another-force")
    refused("choose a report")
    assert "No report of this client was sent" in words(browser_of_fable.get(page))
    assert said == []
    assert not SentExhibit.objects.exists()


def test_a_caption_that_may_lead_to_a_person_stays_here_until_someone_answers_for_it(
    pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload], browser_of_fable: Client
) -> None:
    box = vault.box(person=exhibit.victim.ref)
    led = box.lock(field=CAPTION, row=exhibit.ref, text="Seen at 12 Quayside Steps, BN1 4QQ")
    Exhibit.objects.filter(pk=exhibit.pk).update(caption=led)

    with pytest.raises(HoldsLocator):
        send(actor, exhibit, pack)
    asked = browser_of_fable.post(
        reverse("sent_exhibits:send", args=[exhibit.ref]), {**TYPED, "report": pack.ref}
    )

    assert asked.status_code == 422
    assert "PLANTED-CHOICE, only this one" in words(asked)
    assert said == []


def test_after_the_key_was_destroyed_the_page_says_erased(
    pack: BreachPack, exhibit: Exhibit, actor: Actor, said: list[payloads.Payload]
) -> None:
    row = send(actor, exhibit, pack)
    PersonKey.objects.update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")

    page = queries.sent(actor=actor, ref=row.ref, action=Action.SEE_SENT_EXHIBIT, at=NOW)

    assert (page.words, page.about.caption) == (queries.ERASED, queries.ERASED)


def test_every_state_can_only_go_on() -> None:
    assert TRANSITIONS[State.RECALLED] == TRANSITIONS[State.TOO_LARGE] == ()
