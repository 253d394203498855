"""Chats in every style are read exactly as they were written."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages.chronicle.tests.made_up.chat_exports import STYLES, ExportStyle, chat

from desist_chronicle.options import Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Record


def read(path: Path, options: Options | None = None) -> tuple[list[Record], list[Outcome]]:
    reading = Reading(paths=[path], options=options or Options(names=("Dr: Smith",)))
    records = [record for block in reading.blocks() for record in block]
    return records, reading.outcomes


def compare(path: Path, style: ExportStyle, seed: int, messages: int) -> None:
    lines = list(chat(style=style, seed=seed, messages=messages))
    path.write_bytes("".join(line for line, _ in lines).encode())

    records, (outcome,) = read(path)

    expected = [(truth.local, truth.sender, truth.text) for _, truth in lines]
    assert [(record.sent_local, record.sender, record.text) for record in records] == expected
    assert outcome.accounted
    assert outcome.bytes_accounted == path.stat().st_size
    assert not outcome.date_like_count
    raw = path.read_bytes()
    assert b"".join(raw[record.byte_start : record.byte_end] for record in records) == raw


@pytest.mark.parametrize("style", STYLES, ids=[style.name for style in STYLES])
def test_a_chat_of_six_hundred_messages_in_any_style_is_read_exactly(
    style: ExportStyle, tmp_path: Path
) -> None:
    compare(tmp_path / "chat.txt", style, seed=7, messages=600)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES, ids=[style.name for style in STYLES])
def test_a_chat_of_ten_thousand_messages_in_any_style_is_read_exactly(
    style: ExportStyle, tmp_path: Path
) -> None:
    compare(tmp_path / "chat.txt", style, seed=20261124, messages=10_000)


@settings(max_examples=40, deadline=None)
@given(style=st.sampled_from(STYLES), seed=st.integers(0, 2**32), messages=st.integers(120, 300))
def test_any_seed_is_read_exactly(
    style: ExportStyle, seed: int, messages: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    compare(tmp_path_factory.mktemp("chat") / "chat.txt", style, seed=seed, messages=messages)
