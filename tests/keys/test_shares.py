"""Any two of three printed sheets rebuild the keys; a slip of the hand is found on its line."""

from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.keys.shares import LETTERS, SharesError, Sheet, combine, read_sheet, split
from desist.keys.sitekeys import KeySet, SiteKeys, generate, rotate

DAY = date(2026, 3, 2)
KEYS = rotate(keys=generate(site="north", on=DAY), on=date(2027, 3, 1))
SHEETS = split(keys=KEYS)


@pytest.mark.parametrize("pair", [*combinations(SHEETS, 2), *combinations(reversed(SHEETS), 2)])
def test_any_two_sheets_rebuild_every_key_set(pair: tuple[Sheet, ...]) -> None:
    typed = tuple(read_sheet(text=sheet.text()) for sheet in pair)

    assert combine(site="north", sheets=typed) == KEYS


def test_all_three_sheets_do_too() -> None:
    assert combine(site="north", sheets=SHEETS) == KEYS


def test_a_sheet_given_twice_with_another_is_enough() -> None:
    assert combine(site="north", sheets=(SHEETS[0], SHEETS[0], SHEETS[2])) == KEYS


@given(root=st.binary(min_size=32, max_size=32), made=st.dates(date(2000, 1, 1), date(2089, 1, 1)))
@settings(max_examples=20)
def test_every_root_and_day_survive_paper(root: bytes, made: date) -> None:
    keys = SiteKeys("north", (KeySet("north", made, root),))

    sheets = split(keys=keys)

    assert combine(site="north", sheets=(sheets[2], sheets[0])) == keys


def test_a_set_that_may_be_known_to_others_is_still_one_after_paper() -> None:
    first = KeySet("north", date(2026, 1, 1), bytes(32))
    keys = rotate(keys=SiteKeys("north", (first,)), on=date(2027, 1, 1), exposed=True)

    rebuilt = combine(site="north", sheets=split(keys=keys)[:2])

    assert rebuilt == keys
    assert [row.exposed for row in rebuilt.sets] == [False, True]


def test_one_sheet_is_not_enough() -> None:
    for sheets in ((), (SHEETS[1],), (SHEETS[1], SHEETS[1])):
        with pytest.raises(SharesError, match="Two different sheets are needed"):
            combine(site="north", sheets=sheets)


def test_one_sheet_holds_nothing_of_the_root() -> None:
    again = split(keys=KEYS)

    assert all(one.lines[1] != two.lines[1] for one, two in zip(SHEETS, again, strict=True))
    assert all(half not in sheet.lines for sheet in SHEETS for half in (KEYS.current.root[:16],))


def test_sheets_of_two_printings_do_not_mix() -> None:
    with pytest.raises(SharesError, match="printed at different times"):
        combine(site="north", sheets=(SHEETS[0], split(keys=KEYS)[1]))


def test_sheets_of_another_site_are_refused() -> None:
    with pytest.raises(SharesError, match="do not rebuild the keys of south"):
        combine(site="south", sheets=SHEETS)


def test_typing_is_forgiven_what_paper_confuses() -> None:
    lines = [line.split(" ", 1) for line in SHEETS[0].text().splitlines()]
    typed = [
        f"  {prefix.replace('-', ' - ')}  {letters.lower().replace('0', 'o')}-" for prefix, letters in lines
    ]

    assert read_sheet(text="\n".join(["Recovery share of north", "", *typed, "Keep it safe."])) == SHEETS[0]


@given(data=st.data())
@settings(max_examples=60)
def test_a_wrong_letter_is_found_on_its_line(data: st.DataObject) -> None:
    lines = SHEETS[1].text().splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    spots = [spot for spot in range(8, len(lines[at])) if lines[at][spot] != " "]
    spot = data.draw(st.sampled_from(spots))
    wrong = data.draw(st.sampled_from([letter for letter in LETTERS if letter != lines[at][spot]]))
    lines[at] = lines[at][:spot] + wrong + lines[at][spot + 1 :]

    with pytest.raises(SharesError, match=rf"Line 2-0{at + 1}/06 is mistyped"):
        read_sheet(text="\n".join(lines))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _: ["hello"], "No line of a share was found"),
        (lambda lines: lines[:-1], "not complete: 1-06/06 missing"),
        (lambda lines: [lines[0]], "1-02/06, 1-03/06, 1-04/06, 1-05/06, 1-06/06 missing"),
        (lambda lines: [*lines, SHEETS[1].text().splitlines()[0]], "different sheets"),
        (lambda lines: [lines[0][:-1], *lines[1:]], "Line 1-01/06 should have 32 letters"),
        (lambda lines: [lines[0][:-1] + "U", *lines[1:]], "Line 1-01/06 should have 32 letters"),
        (lambda lines: [lines[1].replace("1-02", "1-01"), *lines[1:]], "Line 1-01/06 is mistyped"),
    ],
)
def test_every_other_slip_says_where_to_look(change: object, words: str) -> None:
    assert callable(change)
    with pytest.raises(SharesError, match=words):
        read_sheet(text="\n".join(change(SHEETS[0].text().splitlines())))


def test_a_sheet_of_a_strange_length_is_refused() -> None:
    text = Sheet(1, SHEETS[0].lines[:2]).text()

    with pytest.raises(SharesError, match="not complete: lines missing"):
        read_sheet(text=text)


def test_a_printed_sheet_object_shows_no_secret() -> None:
    assert str(SHEETS[0].lines[1]) not in repr(SHEETS[0])
