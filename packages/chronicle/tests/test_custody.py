"""No row of the custody log can be altered, removed or moved unseen."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist_chronicle.custody import BrokenChainError, Event, bind, read, write

AT = datetime(2024, 9, 1, 12, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8"), max_size=8)


def event(what: str = "a.txt") -> Event:
    return Event(at=AT, by="Dana Advocate", action="read", what=what, sha256="ab" * 32)


@given(st.lists(WORDS, max_size=5))
def test_a_log_reads_back_as_it_was_bound(names: list[str]) -> None:
    chain = bind(events=[event(name) for name in names])

    assert read(text=write(chain=chain)) == chain


def test_a_chain_goes_on_from_where_it_ended() -> None:
    whole = bind(events=[event("a"), event("b")])

    assert bind(events=[event("b")], after=bind(events=[event("a")])) == whole


@given(st.integers(0, 2), st.integers(0, 7), WORDS)
def test_any_altered_cell_breaks_the_chain(row: int, column: int, other: str) -> None:
    lines = write(chain=bind(events=[event("a"), event("b"), event("c")])).splitlines()
    cells = lines[row + 1].split('","')
    if cells[column].strip('"') == other or set(other) & set('",\r\n'):
        return
    cells[column] = f'"{other}' if column == 0 else f'{other}"' if column == 7 else other

    lines[row + 1] = '","'.join(cells)

    with pytest.raises(BrokenChainError, match=f"Row {row + 1} of the custody log"):
        read(text="\n".join(lines))


def test_a_removed_row_breaks_the_chain() -> None:
    lines = write(chain=bind(events=[event("a"), event("b"), event("c")])).splitlines()

    with pytest.raises(BrokenChainError, match=r"Row 2 .* was altered, or a row before it is missing"):
        read(text="\n".join([*lines[:2], lines[3]]))


def test_a_row_cut_short_is_said() -> None:
    lines = write(chain=bind(events=[event("a")])).splitlines()

    with pytest.raises(BrokenChainError, match="Row 1 of the custody log is cut short"):
        read(text="\n".join([lines[0], lines[1][:20]]))


@pytest.mark.parametrize("text", ["", "position,at\n"])
def test_what_is_no_custody_log_is_said(text: str) -> None:
    with pytest.raises(BrokenChainError, match="does not have the columns of one"):
        read(text=text)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        bind(events=[Event(at=AT.replace(tzinfo=None), by="", action="read", what="")])


def test_what_cannot_be_read_as_a_table_is_said() -> None:
    with pytest.raises(BrokenChainError, match="cannot be read"):
        read(text='"' + "x" * 200_000)
