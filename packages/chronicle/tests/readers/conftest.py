"""One export read from a file of any name."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from desist_chronicle.options import DateOrder, Options
from desist_chronicle.reading import Outcome, Reading
from desist_chronicle.records import Record

ReadOne: TypeAlias = Callable[..., tuple[list[Record], Outcome]]


@pytest.fixture
def read_one(tmp_path: Path) -> ReadOne:
    """Read an export; `owners` are the names of the phone's owner."""

    def reading(data: bytes, *owners: str, name: str = "export") -> tuple[list[Record], Outcome]:
        path = tmp_path / name
        path.write_bytes(data)
        made = Reading(paths=[path], options=Options(owners=owners, date_order=DateOrder.DMY))
        return [one for block in made.blocks() for one in block], made.outcomes[-1]

    return reading


@pytest.fixture
def read_chat(tmp_path: Path) -> ReadOne:
    """Read a chat's text, whose bytes are all in records or were never counted."""

    def reading(
        data: str | bytes,
        options: Options = Options(date_order=DateOrder.DMY),  # noqa: B008  frozen
    ) -> tuple[list[Record], Outcome]:
        path = tmp_path / "chat.txt"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        made = Reading(paths=[path], options=options)
        records = [record for block in made.blocks() for record in block]
        (outcome,) = made.outcomes
        assert outcome.accounted in {True, None}
        return records, outcome

    return reading
