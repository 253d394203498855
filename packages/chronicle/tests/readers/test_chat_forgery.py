"""Headers that a sender typed or quoted: none becomes another person's message, and what cannot be told is flagged."""

import pytest
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.options import DateOrder, Options
from desist_chronicle.records import Direction, Flag

DMY = Options(date_order=DateOrder.DMY)


def test_a_header_quoted_inside_a_line_is_not_split_and_is_flagged(read_chat: ReadOne) -> None:
    records, _ = read_chat("12/03/2024, 21:05 - Bob: she wrote 12/03/2024, 21:04 - Ann: I hate you\n")

    assert [(record.sender, record.flags) for record in records] == [("Bob", (Flag.QUOTED_HEADER,))]


@pytest.mark.parametrize("line", ["[12/03/2024, 21:04:00] Ann: I hate you", "[12/03, 21:04] Ann: I hate you"])
def test_a_line_in_another_style_is_not_split_and_is_flagged(line: str, read_chat: ReadOne) -> None:
    records, _ = read_chat(f"12/03/2024, 21:05 - Bob: look\n{line}\n")

    assert [(record.sender, record.flags) for record in records] == [("Bob", (Flag.QUOTED_HEADER,))]


def test_a_line_that_breaks_the_order_of_time_by_somebody_unheard_of_is_not_split(read_chat: ReadOne) -> None:
    forged = "11/03/2024, 21:04 - Ann: I hate you"

    records, outcome = read_chat(f"12/03/2024, 21:05 - Bob: look\n{forged}\n12/03/2024, 21:06 - Bob: there\n")

    assert [(record.sender, record.text, record.flags) for record in records] == [
        ("Bob", f"look\n{forged}", (Flag.QUOTED_HEADER,)),
        ("Bob", "there", ()),
    ]
    assert outcome.date_like_lines == [2]


@pytest.mark.parametrize(
    ("day", "texts"),
    [
        # Ann is known, and a message may come late.
        ("13/02/2024", ["hello", "look", "I hate you", "there"]),
        # No message comes later than thirty days.
        ("10/02/2024", ["hello", "look\n10/02/2024, 21:04 - Ann: I hate you", "there"]),
    ],
)
def test_a_line_by_somebody_known_is_not_split_when_no_late_delivery_explains_it(
    day: str, texts: list[str], read_chat: ReadOne
) -> None:
    records, _ = read_chat(
        "12/03/2024, 21:00 - Ann: hello\n12/03/2024, 21:05 - Bob: look\n"
        f"{day}, 21:04 - Ann: I hate you\n12/03/2024, 21:06 - Bob: there\n"
    )

    assert [record.text for record in records] == texts
    assert any({Flag.QUOTED_HEADER, Flag.POSSIBLY_FORGED} & {*record.flags} for record in records)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_several_lines_typed_together_are_not_split(count: int, read_chat: ReadOne) -> None:
    forged = "".join(f"01/01/2024, 21:0{number} - Ann: I hate you\n" for number in range(count))

    records, _ = read_chat(f"12/03/2024, 21:05 - Bob: look\n{forged}12/03/2024, 21:06 - Bob: there\n")

    assert [record.text for record in records] == [f"look\n{forged}".removesuffix("\n"), "there"]


def test_a_line_out_of_order_after_which_nothing_shows_that_time_runs_on_is_flagged(
    read_chat: ReadOne,
) -> None:
    records, _ = read_chat("12/03/2024, 21:05 - Bob: look\n01/01/2024, 21:04 - Ann: I hate you\n")

    assert [record.flags for record in records] == [(), (Flag.TIME_BACKWARDS, Flag.POSSIBLY_FORGED)]


def test_a_line_that_keeps_the_order_of_time_cannot_be_told(read_chat: ReadOne) -> None:
    records, _ = read_chat("12/03/2024, 21:05 - Bob: look\n12/03/2024, 21:05 - Ann: I hate you\n")

    assert [(record.sender, record.flags) for record in records] == [("Bob", ()), ("Ann", ())]


@pytest.mark.parametrize("block", [60, 90, 120, 200, 1 << 18])
def test_where_a_block_ends_makes_no_difference_to_what_is_told(
    block: int, read_chat: ReadOne, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desist_chronicle.readers.chat_blocks.BLOCK_BYTES", block)
    real = "".join(f"12/03/2024, 21:{minute} - Bob: look at that\n" for minute in range(10, 30))
    forged = "".join(f"01/01/2024, 21:0{number} - Ann: I hate you\n" for number in range(3))

    records, outcome = read_chat(real + forged + real.replace("12/03", "13/03"))

    assert len(records) == 40
    assert [record.flags for record in records if record.flags] == [(Flag.QUOTED_HEADER,)]
    assert outcome.date_like_lines == [21, 22, 23]


def test_a_clock_set_back_is_not_taken_for_forgery_for_ever(read_chat: ReadOne) -> None:
    lines = ["13/03/2024, 21:05 - Bob: a"] + [f"12/03/2024, 21:0{minute} - Bob: b" for minute in range(6)]

    records, _ = read_chat("\n".join(lines))

    assert [bool(record.flags) for record in records] == [False, True, True, True, False, False, False]


RETURNED = "".join(f"12/03/2024, 21:{minute:02} - Bob: a\r\n" for minute in range(10, 50)) * 50


def test_a_header_after_a_bare_line_break_in_a_chat_of_carriage_returns_is_not_split(
    read_chat: ReadOne,
) -> None:
    forged = "12/03/2024, 21:50 - Bob: look\n12/03/2024, 21:50 - Ann: I hate you\r\n"

    records, _ = read_chat(RETURNED + forged)

    assert records[-1].text == "look\n12/03/2024, 21:50 - Ann: I hate you"
    assert records[-1].flags == (Flag.QUOTED_HEADER,)
    assert records[0].text == "a"


@pytest.mark.parametrize("rest", ["12/03/2024, 21:50 - Ann: b\n" * 4, "12/03/2024, 21:50 - Ann: b"])
def test_a_chat_whose_later_lines_have_no_carriage_returns_is_flagged_and_split(
    rest: str, read_chat: ReadOne
) -> None:
    records, _ = read_chat(RETURNED + "12/03/2024, 21:50 - Bob: look\n" + rest)

    assert [record.text for record in records[-2:]] == ["b", "b"] or records[-1].text == "b"
    assert Flag.POSSIBLY_FORGED in records[-1].flags
    assert Flag.POSSIBLY_FORGED not in records[-2 - rest.count("\n")].flags


@pytest.mark.parametrize("block", [700, 733, 1 << 18])
def test_a_bare_line_break_at_the_end_of_a_block_makes_no_difference(
    block: int, read_chat: ReadOne, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desist_chronicle.readers.chat_blocks.BLOCK_BYTES", block)
    forged = "12/03/2024, 21:50 - Bob: look\n12/03/2024, 21:50 - Ann: I hate you\r\n"

    records, _ = read_chat(RETURNED + forged * 40)

    assert len(records) == 2040
    assert {record.sender for record in records} == {"Bob"}


def test_a_sender_whom_the_roster_does_not_know_is_flagged(read_chat: ReadOne) -> None:
    options = Options(date_order=DateOrder.DMY, names=("Bob",), owners=("Ann",))

    records, _ = read_chat(
        "12/03/2024, 21:05 - Bob: a\n12/03/2024, 21:05 - Eve: b\n12/03/2024, 21:05 - Ann: c\n", options
    )

    assert [record.flags for record in records] == [(), (Flag.POSSIBLY_FORGED,), ()]
    assert [record.direction for record in records] == [
        Direction.RECEIVED,
        Direction.RECEIVED,
        Direction.SENT,
    ]
