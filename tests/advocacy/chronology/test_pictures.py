"""The pictures of a chronology: every number opens as many rows as it says, and the library says what may be said."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from html import unescape
from importlib import import_module

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.advocacy.evidence.test_reading import CHAT, SAM, SMS, bring, choose

from desist.advocacy.evidence import commands, lines
from desist.advocacy.evidence.models import HourCount, Original, Record
from desist.advocacy.incidents.models import Incident
from desist.advocacy.orders.models import ClientOrder
from desist.advocacy.pages.chronology import queries
from desist.advocacy.pages.chronology.narrowing import Hour, Span
from desist.advocacy.pages.chronology.pictures import Pictures, pictures
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor
from desist_chronicle import occasions
from desist_chronicle.corpus import instant

__all__ = ["bring"]

pytestmark = pytest.mark.django_db

NOW = factories.NOW
#: calls, a message at night, one with a clock that was never set, and the client's own
MORE = f"20/04/2024, 02:59 - {SAM}: Missed voice call\n20/04/2024, 03:00 - {SAM}: Answer\n01/01/1990, 10:00 - {SAM}: Old\n"


@pytest.fixture
def kept(actor: Actor, bring: Callable[..., Original]) -> Original:
    return choose(actor, bring(CHAT + MORE))


def drawn(actor: Actor, victim: Victim) -> Pictures:
    return pictures(actor=actor, ref=victim.ref, at=NOW)


def told(victim: Victim, day: date) -> Incident:
    """An incident of a day."""
    row = factories.incident(victim=victim.ref)
    Incident.objects.filter(pk=row.pk).update(happened_on=day)
    return row


def links(page: str) -> Iterator[tuple[str, int]]:
    """The addresses of the chronology on a page, with the number that leads there."""
    for address, number in re.findall(
        r'<a[^>]*href="([^"]*/chronology/[^"]*\?[^"]+)"[^>]*>([\d,]+)</a>', page
    ):
        yield unescape(address), int(number.replace(",", ""))


def drawn_links(page: str) -> Iterator[tuple[str, int]]:
    """The addresses that bars and dots lead to, with the number in the name of each."""
    for address, number in re.findall(r'<a href="([^"]*)" aria-label="[^"]*: ([\d,]+)"><title>', page):
        yield unescape(address), int(number.replace(",", ""))


@pytest.mark.usefixtures("kept")
def test_every_number_opens_as_many_rows(
    browser_of_fable: Client, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 1000)
    factories.incident(victim=robin.ref)
    Record.objects.filter(at__year=1990).update(at=None)
    HourCount.objects.filter(first__lt=instant(datetime.fromisoformat("1991-01-01"))).update(
        first=None, last=None
    )
    page = browser_of_fable.get(reverse("chronology:pictures", args=[robin.ref])).content.decode()

    found = list(links(page))

    shapes = list(drawn_links(page))
    assert len(found) > 20
    assert len(shapes) == page.count('<rect class="desist-chart__part') + page.count("<circle")
    assert set(shapes) <= set(found)
    for address, number in found:
        rows = browser_of_fable.get(address).content.decode().split('id="main-content"')[1]
        assert rows.count(">Source<") + rows.count(">Incident: ") == number, address


@pytest.mark.usefixtures("kept")
def test_bars_begin_on_a_monday_and_hold_every_day(actor: Actor, robin: Victim) -> None:
    told(robin, date(2024, 5, 1))

    shown = drawn(actor, robin)

    assert shown.weeks == 1
    assert shown.bars[0].span == Span.read("2024-03-11/2024-03-18")
    assert shown.bars[0].counts == (24, 0, 0, 0)
    assert shown.bars[-1].counts == (0, 0, 0, 1)
    assert [sum(column) for column in zip(*(one.counts for one in shown.bars), strict=True)] == [25, 1, 0, 1]


@pytest.mark.usefixtures("kept")
def test_occasions_of_hours_are_those_of_the_contacts_themselves(
    actor: Actor, robin: Victim, kept: Original
) -> None:
    person = Record.objects.filter(lines.of_side(lines.files(robin, vault.box(person=robin.ref)), "person"))
    moments = sorted(instant(one.at) for one in person.filter(at__year=2024) if one.at)
    rows = np.array(
        [(one, one, 0, place) for place, one in enumerate(moments)],
        dtype=[(name, "<i8") for name in ("utc", "local", "source", "seq")],
    )
    exact = occasions.group(rows=rows, chosen=np.ones(len(rows), dtype=np.bool_))

    shown = drawn(actor, robin)

    assert [one.count for one in shown.occasions] == (exact.ends - exact.starts).tolist()
    hours = {one.title: one.sentences for one in shown.findings}["Occasions"][0]
    assert all(f"{number} at {gap:g} h" in hours for gap, number in exact.sensitivity.items() if gap != 12)


@pytest.mark.usefixtures("kept")
def test_the_sentences_are_those_of_the_library(actor: Actor, robin: Victim) -> None:
    titles = [one.title for one in drawn(actor, robin).findings]
    said = " ".join(sentence for one in drawn(actor, robin).findings for sentence in one.sentences)

    assert titles == ["Occasions", "Night and weekend", "Over time"]
    assert "2 of 26 contacts came between 23:00 and 07:00" in said
    assert "There was contact on 5 of 39 days." in said


def test_a_source_that_begins_later_is_told(
    actor: Actor, robin: Victim, kept: Original, bring: Callable[..., Original]
) -> None:
    choose(actor, bring(f"20/06/2024, 21:00 - {SAM}: Still here, are you\n21/06/2024, 21:00 - {SAM}: Well\n"))

    said = drawn(actor, robin).findings[-1].sentences[-1]

    assert said.startswith("Not every source tells of the whole period: ")


def test_a_long_time_has_wider_bars(actor: Actor, robin: Victim) -> None:
    told(robin, date(2020, 1, 1))
    told(robin, date(2024, 1, 1))

    shown = drawn(actor, robin)

    assert shown.weeks == 2
    assert len(shown.bars) <= 110
    assert (shown.findings, shown.occasions, shown.channels) == ((), (), ())


def test_without_anything_there_is_nothing_to_draw(browser_of_fable: Client, robin: Victim) -> None:
    assert (
        "Nothing to draw yet"
        in browser_of_fable.get(reverse("chronology:pictures", args=[robin.ref])).content.decode()
    )


@pytest.mark.usefixtures("kept")
def test_orders_and_reports_are_marked(browser_of_fable: Client, robin: Victim) -> None:
    incident = told(robin, date(2024, 3, 12))
    factories.pack(incident=incident.ref)
    order = factories.order(victim=robin.ref)
    ClientOrder.objects.filter(pk=order.pk).update(made_on=date(2024, 3, 12), served_on=date(2024, 3, 13))

    page = browser_of_fable.get(reverse("chronology:pictures", args=[robin.ref])).content.decode()

    assert "desist-chart__shade" in page
    assert "12 March 2024: Stalking Protection Order: made" in page
    assert "Reported to the police" in page


def test_drafts_are_in_no_count(actor: Actor, robin: Victim, bring: Callable[..., Original]) -> None:
    draft = '<sms address="+447700900001" date="1710277500000" type="3" body="Unsent" contact_name="Sam"/>\n</smses>'
    row = bring(SMS.replace("</smses>", draft).replace('count="3"', 'count="4"'))
    row = choose(actor, row)

    assert Record.objects.filter(sent=False).count() == 1
    assert sum(HourCount.objects.values_list("count", flat=True)) == 3


def test_records_of_before_are_counted_as_new_ones_are(kept: Original) -> None:
    names = ("sender", "kind", "timed", "minutes_ahead", "first", "last", "count")
    made = sorted(HourCount.objects.values_list(*names))
    HourCount.objects.all().delete()
    count = import_module("desist.advocacy.migrations.0022_hours_of_earlier_records").COUNT

    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(count)

    assert sorted(HourCount.objects.values_list(*names)) == made


def test_an_export_of_which_nothing_is_kept_has_no_hours(
    actor: Actor, bring: Callable[..., Original]
) -> None:
    row = choose(actor, bring(CHAT), first="2025-01-01")

    assert (row.counts or {})["kept"] == 0
    assert not HourCount.objects.exists()


def test_the_hours_go_with_the_file(actor: Actor, kept: Original) -> None:
    commands.drop(actor=actor, ref=kept.ref, at=NOW)
    commands.remove(at=NOW)

    assert not HourCount.objects.exists()


@pytest.mark.parametrize("code", ["", "x/y", "2024-03-01", "2024-03-02/2024-03-01", "0001-01-01/2024-01-01"])
def test_an_address_without_a_span_has_none(code: str) -> None:
    assert Span.read(code) is None


@pytest.mark.parametrize("code", ["", "8-1", "1-24", "1-", "x-1", "1-001"])
def test_an_address_without_an_hour_has_none(code: str) -> None:
    assert Hour.read(code) is None


def test_spans_and_hours_are_said_in_words() -> None:
    assert Span.of_days(date(2024, 3, 4), date(2024, 3, 10)).words == "4 March 2024 to 10 March 2024"
    assert Span.of_days(date(2024, 3, 4), date(2024, 3, 4)).words == "4 March 2024"
    evening = Span.read("2024-03-04T21:05/2024-03-05")
    assert evening
    assert evening.words == "4 March 2024, 9:05pm to 5 March 2024, midnight"
    assert Hour(7, 23).words == "Sundays, 23:00 to 00:00"


@pytest.mark.usefixtures("kept")
def test_the_chronology_says_what_narrows_it(browser_of_fable: Client, robin: Victim, kept: Original) -> None:
    address = reverse("chronology:chronology", args=[robin.ref])

    page = browser_of_fable.get(
        f"{address}?span=2024-03-13/2024-03-14&hour=3-21&file={kept.ref}"
    ).content.decode()

    assert "13 March 2024" in page
    assert "Wednesdays, 21:00 to 22:00" in page
    assert page.count(">Source<") == 10
    assert browser_of_fable.get(f"{address}?act=watching&channel=rest").status_code == 200
    assert browser_of_fable.get(f"{address}?file=nothing").content.decode().count(">Source<") == 0
