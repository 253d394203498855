"""One chronology per client: records, incidents, reports and orders in order of time, with gaps, filters and a search."""

from collections.abc import Callable
from datetime import date
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.advocacy.evidence.test_reading import CHAT, ROBIN, SAM, bring, choose
from tests.advocacy.exhibits.test_making import begun, brought, finished, picture

from desist.advocacy.evidence.lines import Line
from desist.advocacy.evidence.models import Original, Record
from desist.advocacy.exhibits import commands as exhibits
from desist.advocacy.pages.chronology import queries
from desist.advocacy.pages.chronology.narrowing import Asked, Span
from desist.advocacy.pages.chronology.queries import Page
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.ui.tables import Cursor
from desist.wall.actors import Actor

__all__ = ["bring"]

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LATER = f"20/04/2024, 09:00 - {SAM}: Élan. I SAW YOUR LIGHT ON again\n"


@pytest.fixture
def kept(actor: Actor, bring: Callable[..., Original]) -> Original:
    return choose(actor, bring(CHAT + LATER))


def page(actor: Actor, victim: Victim, *, after: str = "", before: str = "", **asked: object) -> Page:
    return queries.chronology(
        actor=actor,
        ref=victim.ref,
        asked=Asked(**asked),  # type: ignore[arg-type]  # named facts
        cursor=Cursor(after=after, before=before),
        at=NOW,
    )


def records(shown: Page) -> list[Line]:
    return [one.record for part in shown.parts for one in part.entries if one.record]


def texts(shown: Page) -> list[str]:
    return [one.record.text if one.record else one.title for part in shown.parts for one in part.entries]


@pytest.mark.usefixtures("kept")
def test_occasions_follow_one_another_with_the_quiet_days_between_them(actor: Actor, robin: Victim) -> None:
    shown = page(actor, robin)

    assert [len(part.entries) for part in shown.parts] == [10, 10, 10, 10, 1]
    assert [part.quiet_days for part in shown.parts] == [0, 0, 0, 0, 34]
    assert shown.parts[-1].quiet == (date(2024, 3, 17), date(2024, 4, 19))
    assert shown.months == (("2024-03", "March 2024"), ("2024-04", "April 2024"))


@pytest.mark.usefixtures("kept")
def test_what_the_service_knows_beside_stands_between_the_records(actor: Actor, robin: Victim) -> None:
    incident = factories.incident(victim=robin.ref)
    factories.pack(incident=incident.ref)
    factories.order(victim=robin.ref)

    titles = texts(page(actor, robin))[-5:]

    assert sum(title.startswith("Incident: ") for title in titles) == 1
    assert "Reported to the police" in titles
    assert any(title.endswith(": served") for title in titles)
    assert not [
        title for title in texts(page(actor, robin, channel="messages")) if title.startswith("Incident")
    ]


@pytest.mark.usefixtures("kept")
def test_a_person_a_channel_a_month_and_words_narrow_it(actor: Actor, robin: Victim) -> None:
    assert len(texts(page(actor, robin, side="client"))) == 16
    assert len(texts(page(actor, robin, side="person"))) == 25
    assert texts(page(actor, robin, side="other")) == []
    assert len(texts(page(actor, robin, channel="messages"))) == 41
    assert texts(page(actor, robin, channel="calls")) == []
    assert len(texts(page(actor, robin, span=Span.read("2024-04-01/9000-01-01")))) == 1
    assert len(texts(page(actor, robin, words="saw your LIGHT"))) == 41
    assert len(texts(page(actor, robin, words="élan"))) == 1
    assert texts(page(actor, robin, words="nowhere")) == []
    assert texts(page(actor, robin, words="14/03/2024")) == []  # the time as written is no text
    assert len(texts(page(actor, robin, words="time 14-"))) == 10


def test_a_row_names_the_exhibits_that_it_stands_on_and_the_unused_are_found(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    places = [(kept.ref, number) for number in (3, 4)]
    first = begun(actor, robin, rows=places)

    assert [one.number for one in records(page(actor, robin, used="on"))] == [3, 4]
    assert len(texts(page(actor, robin, used="none"))) == 39
    address = reverse("chronology:chronology", args=[robin.ref])
    shown = browser_of_fable.get(f"{address}?used=on").content.decode()
    assert shown.count(f'href="{reverse("exhibits:exhibit", args=[first])}">Exhibit FT/1</a>') == 2

    finished(actor, first)
    second = exhibits.renew(actor=actor, ref=first, at=NOW)
    assert page(actor, robin, used="on").exhibits[f"{kept.ref}.3"] == ((first, "FT/1"), (second, "FT/2"))
    finished(actor, second)
    assert page(actor, robin, used="on").exhibits[f"{kept.ref}.3"] == ((second, "FT/2"),)


def test_a_file_without_messages_stands_on_the_day_it_was_brought_in(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    brought(actor, robin, "Gate.jpg", picture())

    shown = page(actor, robin)

    (file,) = [one for part in shown.parts for one in part.entries if not one.record]
    assert (file.title, file.at) == ("File brought in: Gate.jpg", NOW)  # and no row for the export itself
    assert texts(page(actor, robin, side="other")) == []
    assert texts(page(actor, robin, act="any")) == []
    address = reverse("chronology:chronology", args=[robin.ref])
    assert reverse("evidence:file", args=[file.ref]) in browser_of_fable.get(address).content.decode()


@pytest.mark.usefixtures("kept")
def test_a_search_that_finds_too_much_shows_the_first_and_says_so(
    actor: Actor, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "MOST_FOUND", 3)

    shown = page(actor, robin, words="light")

    assert (len(texts(shown)), shown.more) == (3, True)


@pytest.mark.usefixtures("kept")
def test_it_pages_there_and_back_by_the_names_of_records(
    actor: Actor, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 15)
    factories.order(victim=robin.ref)

    first = page(actor, robin)
    second = page(actor, robin, after=first.paging.next)
    third = page(actor, robin, after=second.paging.next)
    back = page(actor, robin, before=second.paging.previous)

    assert [len(texts(one)) for one in (first, second, third)] == [
        15,
        15,
        13,
    ]  # the order was made and served
    assert (first.paging.previous, third.paging.next) == ("", "")
    assert texts(back) == texts(first)
    assert back.paging.next
    assert texts(page(actor, robin, after="nothing")) == texts(first)
    assert texts(page(actor, robin, after=f"{robin.ref}.1")) == texts(first)


def test_records_without_a_time_have_a_list_of_their_own(
    actor: Actor, browser_of_fable: Client, robin: Victim, kept: Original, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    Record.objects.filter(original=kept, number__lt=3).update(at=None)

    first = page(actor, robin, undated=True)
    second = page(actor, robin, undated=True, after=first.paging.next)

    assert [one.number for one in (*first.undated, *second.undated)] == [0, 1, 2]
    address = reverse("chronology:chronology", args=[robin.ref])
    assert "Records without a time" in browser_of_fable.get(address).content.decode()
    shown = browser_of_fable.get(f"{address}?time=none").content.decode()
    assert first.undated[0].found in shown


def test_each_row_opens_its_source(browser_of_fable: Client, robin: Victim, kept: Original) -> None:
    shown = browser_of_fable.get(reverse("chronology:chronology", args=[robin.ref])).content.decode()
    source = reverse("evidence:record", args=[kept.ref, 10])
    assert source in shown

    answer = browser_of_fable.get(source).content.decode()

    for words in (
        "I saw your light on, time 14-0",
        ROBIN,
        kept.digest,
        "Chat with Sam.txt",
        "14/03/2024, 21:00",
    ):
        assert words in answer
    assert browser_of_fable.get(reverse("evidence:record", args=[kept.ref, 99])).status_code == 404


@pytest.mark.usefixtures("kept")
def test_the_words_of_a_search_are_in_no_address(browser_of_fable: Client, robin: Victim) -> None:
    address = reverse("chronology:chronology", args=[robin.ref])

    answer = browser_of_fable.post(address, {"search": "élan"})

    assert "élan" not in unquote(answer["Location"])
    assert "Élan" in browser_of_fable.get(answer["Location"]).content.decode()
    assert browser_of_fable.post(address, {"search": ""}).status_code == 422
    assert browser_of_fable.get(f"{address}?since=2024-13&channel=no").status_code == 200


@pytest.mark.usefixtures("kept")
def test_of_a_client_whose_key_was_destroyed_no_words_are_left(
    browser_of_fable: Client, robin: Victim, kept: Original
) -> None:
    PersonKey.objects.update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")

    answer = browser_of_fable.get(reverse("chronology:chronology", args=[robin.ref]))

    assert answer.status_code == 200
    assert "light" not in answer.content.decode()
    assert browser_of_fable.get(reverse("evidence:record", args=[kept.ref, 1])).status_code == 404
