"""The words of kept rows, in blocks."""

import json
from collections.abc import Sequence

import pytest
from tests.advocacy import factories

from desist.advocacy.evidence import blocks
from desist.advocacy.evidence.models import Original
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim

pytestmark = pytest.mark.django_db

WORDS: Sequence[tuple[bytes, int, Sequence[str]]] = (
    (b"I see you12/03/2024, 21:05", 9, ()),
    ("Ärger über DICH12/03".encode(), 17, ("edited", "deleted")),
    (b"12/04", 0, ()),
    ("I SEE \U0001f440 you".encode(), 14, ()),
)
SAID = [
    blocks.Said("I see you", "12/03/2024, 21:05", ()),
    blocks.Said("Ärger über DICH", "12/03", ("edited", "deleted")),
    blocks.Said("", "12/04", ()),
    blocks.Said("I SEE \U0001f440 you", "", ()),
]


def kept(row: Original, *, first_format: bool) -> None:
    box = vault.box(person=row.victim.ref)
    blocks.keep(row, blocks.locked(row, box, 0, WORDS))
    if first_format:
        head = json.dumps([(len(both), size, flags) for both, size, flags in WORDS]).encode()
        content = len(head).to_bytes(4) + head + b"".join(both for both, _, _ in WORDS)
        row.blocks.update(
            sealed=box.lock_bytes(field=blocks.FIELD, row=f"{row.ref} 0", content=content),
        )


@pytest.fixture(params=[False, True], ids=["as now", "as blocks were kept at first"])
def row(request: pytest.FixtureRequest, robin: Victim) -> Original:
    row = factories.original(victim=robin.ref)
    kept(row, first_format=request.param)
    return row


def test_words_come_back_with_their_times_and_warnings(row: Original) -> None:
    box, block = vault.box(person=row.victim.ref), row.blocks.get()

    opened = blocks.opened(box, row, 0, block.sealed)

    assert list(opened) == SAID
    assert [opened[place] for place in range(4)] == SAID


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("see", [0, 3]),
        ("SEE YOU", [0]),
        ("über", [1]),
        ("ÄRGER", [1]),
        ("dich", [1]),
        ("12/0", []),
        ("\U0001f440", [3]),
    ],
)
def test_a_search_finds_words_however_they_are_written_and_no_times(
    row: Original, words: str, places: list[int]
) -> None:
    assert list(blocks.holding(vault.box(person=row.victim.ref), row, words)) == places
