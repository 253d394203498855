"""Pictures show each contact once, at its place, and say in words what they show."""

from datetime import date, datetime

import numpy as np
import pytest
from packages.chronicle.tests.casework import charted, record

from desist_chronicle.analysis.findings import Questions
from desist_chronicle.analysis.orders import Order
from desist_chronicle.outputs.charts import (
    PALETTE,
    SHADE,
    Box,
    Channel,
    KeyDay,
    Span,
    Stroke,
    Words,
    heat_map,
    timeline,
    weekly_bars,
)
from desist_chronicle.outputs.summary import Summary, summarise
from desist_chronicle.records import Kind, Precision, Record
from desist_chronicle.scope import Scope

FIRST = date(2024, 1, 1)


def channel(*counts: int, name: str = "chat") -> Channel:
    return Channel(name, np.array(counts))


def boxes(shapes: tuple[object, ...], colour: str) -> list[Box]:
    """The bars of a colour, without the sign of the legend."""
    return [one for one in shapes if isinstance(one, Box) and one.colour == colour and one.height != 7]


def labels(shapes: tuple[object, ...]) -> list[str]:
    return [one.text for one in shapes if isinstance(one, Words)]


def test_a_bar_is_as_tall_as_its_week_and_channels_stand_on_one_another() -> None:
    chart = weekly_bars(
        channels=[channel(*[1] * 7, *[2] * 7, 0), channel(*[0] * 7, *[2] * 7, 0, name="calls")], first=FIRST
    )

    chat, calls = (boxes(chart.shapes, colour) for colour in PALETTE[:2])
    assert [round(one.height, 3) for one in chat] == [29.5, 59.0]
    assert [round(one.height, 3) for one in calls] == [59.0]
    assert calls[0].y + calls[0].height == pytest.approx(chat[1].y)
    assert chart.words == (
        "3 bars, from 1 Jan 2024, each of one week and the last of 1 day. The most is 28 contacts, in the week from "
        "8 Jan 2024."
    )
    assert {"chat: 21", "calls: 14", "Jan 24", "20"} <= set(labels(chart.shapes))


def test_a_long_period_has_fewer_and_wider_bars() -> None:
    chart = weekly_bars(channels=[channel(*[1] * 2000)], first=date(2020, 1, 5))

    assert len(boxes(chart.shapes, PALETTE[0])) <= 110
    assert "stretch of 4 weeks and the last of 12 days" in chart.words
    assert len([one for one in labels(chart.shapes) if one[:3].isalpha() and one[3:4] == " "]) > 9


def test_the_first_day_is_named_where_no_month_begins_near_it() -> None:
    assert "2 Jan 2024" in labels(weekly_bars(channels=[channel(*[1] * 40)], first=date(2024, 1, 2)).shapes)
    assert "2 Jan 2024" in labels(weekly_bars(channels=[channel(*[1] * 9)], first=date(2024, 1, 2)).shapes)


def test_orders_are_shaded_and_named_days_are_marked_where_there_is_room() -> None:
    days = [KeyDay(f"hearing number {number} of the case at the court", 50 + number) for number in range(3)]

    chart = weekly_bars(
        channels=[channel(*[1] * 100)], first=FIRST, orders=[Span("Order", 70, 100)], key_days=days
    )

    (shade,) = boxes(chart.shapes, SHADE)
    assert shade.x + shade.width == pytest.approx(770 - 6)
    named = [one for one in labels(chart.shapes) if one.startswith("hearing")]
    # two rows of names, and a third has no room
    assert len(named) == 2
    assert all(one.endswith("\u2026") for one in named)
    upright = [one for one in chart.shapes if isinstance(one, Stroke) and one.x1 == one.x2 and one.y2 > 130]
    assert len(upright) >= 4
    assert "an order in force" in labels(chart.shapes)


def test_the_map_of_hours_shows_each_count() -> None:
    counts = np.zeros((7, 24), dtype=np.int64)
    counts[2, 23], counts[0, 5] = 9, 1

    chart = heat_map(counts=counts)

    assert [one for one in labels(chart.shapes) if one in {"9", "1"}] == ["1", "9"]
    assert chart.words == "The most is 9, on Wednesdays between 23:00 and 24:00."
    assert heat_map(counts=np.zeros((7, 24), dtype=np.int64)).words == "No contact states an hour."


def test_the_timeline_has_a_mark_for_each_occasion() -> None:
    chart = timeline(
        began=np.array([0.5, 9.5]),
        hours=np.array([0.0, 12.0]),
        sizes=np.array([1, 9]),
        first=FIRST,
        days=10,
        orders=[Span("Order", 5, 10)],
    )

    small, large = boxes(chart.shapes, PALETTE[0])
    assert (round(small.width, 2), round(large.width, 2)) == (4.0, 8.0)
    assert large.y + large.height / 2 == pytest.approx(24 + 60)
    assert "2 occasions." in chart.words


TOLD = [
    record("one", at="2024-03-01 23:30"),
    record("two", at="2024-03-01 23:40"),
    record("call", at="2024-03-05 08:00", kind=Kind.MISSED_CALL),
    record("day only", at="2024-03-09", precision=Precision.DAY),
    record("no", at="2024-03-09 10:00", sender="Robin Example"),
]


def summary(records: list[Record], questions: Questions | None = None, scope: Scope | None = None) -> Summary:
    return summarise(
        course=charted(records, scope=scope),
        questions=questions or Questions(),
        formats={"a.txt": "WhatsApp"},
        say=str,
        missing=[("without a sender", 2)],
    )


def test_the_summary_says_first_last_days_busiest_gap_and_what_was_counted() -> None:
    order = Order("Order", datetime.fromisoformat("2024-03-04"), served_time_known=False, until=None)

    facts = dict(summary(TOLD, Questions(orders=(order,))).facts)

    assert facts["From"] == "Sam Sample"
    assert facts["Contacts"] == "4: 3 messages, 1 missed call"
    assert facts["First and last"] == "1 Mar 2024 23:30 and 9 Mar 2024"
    assert facts["Days with contact"] == "3 of 9"
    assert facts["Busiest day"] == "Friday 1 Mar 2024: 2 contacts"
    assert facts["Longest time without"].endswith("2 Mar 2024 to 4 Mar 2024 (3 days)")
    assert facts["Between 23:00 and 07:00"] == "2 of 3 contacts that state an hour"
    assert facts["Channels"] == "WhatsApp 3; calls 1"
    assert facts["While in force: Order"] == "2 candidates, served 4 Mar 2024"
    assert facts["Counted as a contact"].endswith("is counted once.")
    assert facts["Missing in the sources"] == "without a sender: 2"


def test_a_summary_of_contacts_without_hours_or_times_says_so() -> None:
    day = dict(summary([record(at="2024-03-09", precision=Precision.DAY)]).facts)
    none = summary([record(at=None)])

    assert "Between 23:00 and 07:00" not in day
    assert day["Longest time without"] == "No whole day between two occasions"
    assert none.charts == ()
    assert dict(none.facts)["Contacts"] == "None has a time, so nothing can be said of days."
    assert dict(summary([*TOLD, record(at=None)]).facts)["Counted as a contact"].endswith(
        "1 contact without a time that can be is not in these figures."
    )
    assert dict(summary([*TOLD, record(at=None), record(at=None)]).facts)["Counted as a contact"].endswith(
        "2 contacts without a time that can be are not in these figures."
    )


def test_channels_beyond_the_colours_are_one() -> None:
    told = [record(at=f"2024-03-0{number} 08:00", source=f"{number}.txt") for number in range(1, 9)]

    bars = summary(told).charts[0]

    assert "other channels: 3" in labels(bars.shapes)


def test_orders_and_days_outside_the_period_are_not_drawn() -> None:
    orders = (
        Order("Early", datetime.fromisoformat("2023-01-01"), False, datetime.fromisoformat("2023-02-01")),
        Order("Late", datetime.fromisoformat("2024-03-05"), False, datetime.fromisoformat("2024-03-07")),
    )
    triggers = {"court": [date(2024, 3, 2), date(2025, 1, 1)]}

    bars = summary(TOLD, Questions(orders=orders, triggers=triggers)).charts[0]

    assert [one for one in labels(bars.shapes) if one in {"Early", "Late", "court"}] == ["court", "Late"]
