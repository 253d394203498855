"""Meta's pages of every layout: each message with its sender, and none lost in another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Precision, Record

Read = Callable[[str], tuple[list[Record], Outcome]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(body: str) -> tuple[list[Record], Outcome]:
        path = tmp_path / "page"
        path.write_text(f"<!DOCTYPE html><html><head></head><body>{body}</body></html>", "utf-8")
        made = Reading(paths=[path], options=Options())
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


FACEBOOK = (
    '<section class="_a6-g"><h2 class="_3-95 _2pim _a6-h _a6-i">{}</h2><div class="_2ph_ _a6-p"><div>{}</div></div>'
    '<footer class="_3-94 _a6-o"><div class="_a72d">{}</div></footer></section>'
)
INSTAGRAM = (
    '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_3-95 _2pim _a6-h _a6-i">{}</h2>'
    '<div class="_3-95 _a6-p"><div>{}</div></div><div class="_3-94 _a6-o">{}</div></div>'
)
MESSAGES = [
    ("Sam", "hello", "12 March 2024 at 21:05"),
    ("Robin", "stop", "12 Mar 2024, 9:06 pm"),
    ("Sam", "no", "13 March 2024"),
]


@pytest.mark.parametrize("layout", [FACEBOOK, INSTAGRAM])
def test_present_layouts_are_read_with_senders_and_british_dates(layout: str, read: Read) -> None:
    records, outcome = read("<h1>Sam</h1>" + "".join(layout.format(*one) for one in MESSAGES))

    assert [(one.sender, one.text) for one in records] == [one[:2] for one in MESSAGES]
    assert [str(one.sent_local) for one in records] == [
        *("2024-03-12 21:05:00", "2024-03-12 21:06:00", "2024-03-13 00:00:00")
    ]
    assert records[2].precision == Precision.DAY
    assert not outcome.partial


def test_messages_nested_in_one_box_are_all_read(read: Read) -> None:
    inner = "".join(INSTAGRAM.format(*one).replace("_a6-g", "") for one in MESSAGES)

    records, _ = read(f'<div class="_a6-g">{inner}</div>')

    assert [one.text for one in records] == ["hello", "stop", "no"]


def test_pieces_without_a_time_or_inside_one_another_make_no_message_too_many(read: Read) -> None:
    records, _ = read(
        '<h2 class="_a6-h">Heading</h2>'
        '<h2 class="_a6-h">Sam</h2><div class="_a6-p">one <div class="_a6-p">more</div></div>'
        '<h2 class="_a6-h">Sam</h2><div class="_a6-p">two</div>'
    )

    assert [(one.sender, one.text) for one in records] == [("Sam", "one more"), ("Sam", "two")]


def test_messages_without_a_sender_are_said(read: Read) -> None:
    records, outcome = read(
        '<div class="_a6-g"><div class="_a6-p">one</div><div class="_a6-p">two</div></div>'
    )

    assert [one.text for one in records] == ["one", "two"]
    assert outcome.partial
    assert "2 messages of page have no sender that could be read" in " ".join(outcome.warnings)


def test_a_layout_that_is_not_known_is_refused(read: Read) -> None:
    records, outcome = read('<div class="_a6-g">hello</div>')

    assert (records, outcome.refused) == ([], True)
    assert "in a layout that is not known" in outcome.warnings[-1]
