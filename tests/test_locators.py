"""Words that may lead to someone are found, named places among them; ordinary sentences are left alone."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist import locators


def kinds(text: str) -> set[str]:
    return {one.kind for one in locators.find(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She moved to TN34 1EZ in May", "postcode"),
        ("near sw1a2aa, after work", "postcode"),
        ("at M1 1AE", "postcode"),
        ("BN1-1AA", "postcode"),
        ("Not to enter NM12 4QX", "postcode"),
        ("lives at tm34\n1ez now", "postcode"),
        ("Call 07700 900123 any time", "telephone number"),
        ("her number is +44 7700 900 123", "telephone number"),
        ("+44 (0)1632 960123", "telephone number"),
        ("0044 7700 900123", "telephone number"),
        ("(01632) 960-123", "telephone number"),
        ("01632\u2011960\u2011123", "telephone number"),
        ("01632\u2014960 123", "telephone number"),
        ("0\u200b7700900123", "telephone number"),
        ("\uff10\uff17\uff17\uff10\uff10\uff19\uff10\uff10\uff11\uff12\uff13", "telephone number"),
        ("0\ufe0f\u20e37700 900123", "telephone number"),
        ("Flat of 15 07700 900123", "telephone number"),
        ("tel07700 900123", "telephone number"),
        ("0 7 7 0 0 9 0 0 1 2 3", "telephone number"),
        ("wrote to lark@harbour.example", "e-mail address"),
        ("lark [at] harbour [dot] example", "e-mail address"),
        ("stood before 14 Otterfell Road again", "address"),
        ("14a, Silver Holt Lane", "address"),
        ("at 14 the avenue", "address"),
        ("in 14 Crown Court", "address"),
        ("waited at Flat 3 all night", "address"),
        ("seen at house no. 4", "address"),
        ("Not to go within 200 m of 51.50012, -0.12345", "position"),
        ("51.5001234;-0.1234567", "position"),
        ("Not to enter ///filled.count.soap", "three-word address"),
        ("Not to approach the car AB12 CDE", "vehicle registration"),
        ("a car, ab12cde", "vehicle registration"),
        ("Not to enter Flat 3 or any communal area", "address"),
        ("moved to flat 12 to get away", "address"),
        ("outside 12 St. John's Road", "address"),
        ("07700900123/07700900456", "telephone number"),
        ("mob/07700900123", "telephone number"),
        ("jane @ harbour.example", "e-mail address"),
        ("wrote to jane@163.com", "e-mail address"),
        ("wrote to info@123-harbour.example", "e-mail address"),
    ],
)
def test_a_locator_is_found_however_it_is_written(text: str, kind: str) -> None:
    assert kind in {one.kind for one in locators.find(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Waited outside on nine evenings between 3 March 2026 and 27 April 2026.",
        "Sent 240 messages in 3 weeks from 12 new accounts.",
        "Section 2A of the Protection from Harassment Act 1997",
        "He said “answer me” 40 times. 😀 שלום",
        "Crime reference 47240112233",
        "Crime reference 45/0123456789/26",
        "Sentenced to 26 weeks, suspended for 18 months",
        "He came to 12 sessions in a row and was 3 days in court.",
        "He drove 2 hours down the road and went to the house 3 times.",
        "He sent 5 letters, and their own view of it: 2 crown court hearings.",
        "He lives 10 minutes walk away; heard on 3 May 2026 at the crown court.",
        "Items 2 0 1 0 2 3 1 0 2 1 and a total of 12",
        "He went to the house 3 or 4 times, and to the flat 2 more times.",
        "Statement MG11 was taken; we met @ 5.30 and @ 17:00, then @ 5.30pm and @ 5.30-6.30.",
        "",
    ],
)
def test_an_ordinary_sentence_raises_no_alarm(text: str) -> None:
    assert [one.words for one in locators.find(text)] == []


def test_a_finding_says_what_it_looks_like_in_the_order_of_the_text() -> None:
    found = locators.find(
        "Ring 01632 960 123, write to sam@example.org, come to 14 Heron Mill Lane, NM12 4QX"
    )

    assert [(one.words, one.like) for one in found] == [
        ("01632 960 123", "a telephone number"),
        ("sam@example.org", "an e-mail address"),
        ("14 Heron Mill Lane", "an address"),
        ("NM12 4QX", "a postcode"),
    ]


POSTCODES = st.tuples(
    st.sampled_from(["TN", "BN", "M", "SW", "N", "EC", "GU", "ME"]),
    st.integers(1, 99).map(str),
    st.sampled_from(["", " ", "  "]),
    st.integers(0, 9).map(str),
    st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2),
).map("".join)


@given(POSTCODES, st.text(string.ascii_lowercase + " ,.", max_size=30))
def test_a_postcode_is_found_in_any_text(postcode: str, around: str) -> None:
    assert "postcode" in kinds(f"{around} {postcode} {around}")


@given(
    st.text("0123456789", min_size=9, max_size=9),
    st.lists(st.sampled_from(["", " ", "-", " - ", ".", ") "]), min_size=9, max_size=9),
)
def test_a_mobile_number_is_found_with_any_gaps(digits: str, gaps: list[str]) -> None:
    typed = "07" + "".join(gap + digit for gap, digit in zip(gaps, digits, strict=True))

    assert "telephone number" in kinds(f"ring {typed} now")


@given(st.text(max_size=400))
def test_any_text_is_read_and_its_findings_lie_apart(text: str) -> None:
    read, ended = locators.legible(text), 0
    for one in locators.find(text):
        assert one.words
        assert one.words == read[one.start : one.end]
        assert one.kind in {locators.EMAIL, *(kind for kind, _ in (*locators.SHAPES, *locators.PLACES))}
        assert one.start >= ended
        ended = one.end


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "1 a " * 5_000,
        "a.b" * 7_000,
        "0 " * 10_000,
        "12 street " * 2_000,
        "12 the mill " * 2_000,
        "M1 1AE " * 5_000,
        "+0" * 10_000,
        "a@" * 10_000,
        "at a.b " * 4_000,
        "one " * 5_000,
        "oil" * 7_000,
        "a " * 10_000,
        "double " * 4_000,
        "www." * 5_000,
        "a dot at b.c " * 2_000,
    ],
)
def test_a_long_text_takes_no_longer_than_it_should(text: str) -> None:
    began = time.monotonic()

    locators.find(text)

    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Not to enter 14 Heron Mill Lane", "address"),
        ("Not to go within 100 m of Heron Mill Lane", "street"),
        ("Not to enter Brackenfield Primary School", "named place"),
        ("Not to enter the Alder Road", "street"),
        ("Not to enter the \N{FULLWIDTH LATIN CAPITAL LETTER A}lder Road", "street"),
        ("Not to enter Brackenfield\u200b School", "named place"),
        ("Not to enter flat 4", "address"),
    ],
)
def test_what_leads_to_a_place_is_found(text: str, kind: str) -> None:
    assert [finding.kind for finding in locators.find(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Not to contact the protected person, directly or through anyone else",
        "To attend the Compulsive and Obsessive Behaviour Intervention for 12 sessions",
        "Not to enter any place where the protected person works",
        "Not to enter her home or her workplace",
        "To sign on at a police station every Monday at 10am",
        "Convicted at Northmere Magistrates’ Court on 3 May 2026 and at Lewes Crown Court",
        "The person must not own more than 2 telephones",
        "Not to enter the area shown on the map A held by the court",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert locators.find(text) == ()


def test_findings_do_not_overlap_and_keep_the_order_of_the_text() -> None:
    found = locators.find("Not to enter Flat 3, 14 Heron Mill Lane, NM12 4QX, nor Mill Park")

    assert [finding.words for finding in found] == ["Flat 3", "14 Heron Mill Lane", "NM12 4QX", "Mill Park"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("near NМ12 4QХ", "postcode"),  # Cyrillic М and Х
        ("near ΝΜ12 4QΧ", "postcode"),  # Greek Ν, Μ and Χ
        ("near ＮＭ１２ ４ＱＸ", "postcode"),  # full width
        ("near 𝐍𝐌12 4𝐐𝐗", "postcode"),  # mathematical
        ("ring ٠٧٧٠٠ ٩٠٠١٢٣", "telephone number"),  # Arabic digits
        ("ring ۰۷۷۰۰ ۹۰۰۱۲۳", "telephone number"),  # Persian digits
        ("12 Quаrry Lаne", "address"),  # Cyrillic а
        ("Brасkenfield Sсhооl", "named place"),  # Cyrillic а, с and о
    ],
)
def test_letters_and_digits_of_other_scripts_hide_nothing(text: str, kind: str) -> None:
    assert kinds(text) == {kind}


@pytest.mark.parametrize(
    "text", ["زينب الحسن", "Llŷr ap Gruffydd aeth adref", "Ольга говорит сама", "Η Μαρία", "חנה לוי"]
)
def test_names_of_other_scripts_are_read_and_raise_no_alarm(text: str) -> None:
    assert locators.find(text) == ()


#: written to escape a reader -> what it looks like, and the words of the text that say it
ESCAPING = {
    "Ring oh seven seven oh oh nine double oh one two three today": (
        "telephone number",
        "oh seven seven oh oh nine double oh one two three",
    ),
    "Oh seven, seven, double oh, nine hundred? No: zero one six three two, nine six oh, one two three": (
        "telephone number",
        "zero one six three two, nine six oh, one two three",
    ),
    "ring 0 seven 7 oh oh 9 double 0 one 2 three": (
        "telephone number",
        "0 seven 7 oh oh 9 double 0 one 2 three",
    ),
    "ring O77OO 9OOl23": ("telephone number", "O77OO 9OOl23"),
    "ring 01632/960/123 now": ("telephone number", "01632/960/123"),
    "ring 447700900123": ("telephone number", "447700900123"),
    "ring 7700 900123 now": ("telephone number", "7700 900123"),
    "ring 1632 960 123": ("telephone number", "1632 960 123"),
    "to lark dot quill at harbour dot example today": (
        "e-mail address",
        "lark dot quill at harbour dot example",
    ),
    "to lark {at} harbour {dot} example": ("e-mail address", "lark {at} harbour {dot} example"),
    "to lark at harbour dot example": ("e-mail address", "lark at harbour dot example"),
    "to lark . quill @ harbour . example": ("e-mail address", "lark . quill @ harbour . example"),
    "to l a r k @ h a r b o u r . e x": ("e-mail address", "l a r k @ h a r b o u r . e x"),
    "near N M 1 - 5 6 A G, he said": ("postcode", "N M 1 - 5 6 A G"),
    "near n.m.1.5.6.a.g now": ("postcode", "n.m.1.5.6.a.g"),
    "near NMl5 6AG": ("postcode", "NMl5 6AG"),
    "near TNI 2AB": ("postcode", "TNI 2AB"),
    "near TN3 IEZ": ("postcode", "TN3 IEZ"),
    "a car, AB-12-CDE": ("vehicle registration", "AB-12-CDE"),
    "a car, ab 12 cde": ("vehicle registration", "ab 12 cde"),
    "a car, A B 1 2 C D E": ("vehicle registration", "A B 1 2 C D E"),
    "a car, K123 ABD": ("vehicle registration", "K123 ABD"),
    "a car, T7 ABD": ("vehicle registration", "T7 ABD"),
    "posts as @lark_sings, daily": ("account", "@lark_sings"),
    "see https://harbour.example/lark. Then": ("address of a page", "https://harbour.example/lark"),
    "see www.harbour.example, he said": ("address of a page", "www.harbour.example"),
    "see instagram.com/lark_sings": ("address of a page", "instagram.com/lark_sings"),
    "at 12 Quarry Steps again": ("address", "12 Quarry Steps"),
    "at 12a, old quarry steps": ("address", "12a, old quarry steps"),
}


@pytest.mark.parametrize("text", ESCAPING)
def test_what_is_written_to_escape_a_reader_is_found_where_it_stands(text: str) -> None:
    found = locators.find(text)

    assert [(one.kind, one.words) for one in found] == [ESCAPING[text]]
    assert text[found[0].start : found[0].end] == found[0].words


@pytest.mark.parametrize(
    "text",
    [
        "Agreed 3 small steps, 4 next steps and 2 steps back; 10 minutes of steps.",
        "One or two, three at most; nought to nine, he said, ten out of ten.",
        "He works at harbour. Dot called at noon, at 5.30 and at no. 4.",
        "The M25 off Dover, the A27 out of town, an MG11 via post, the M20 one day.",
        "So 1st, to 2nd, no 3rd; so 3ft of snow, no 8GB, old 4th form.",
        "Crime reference 44240112233, custody reference 24/1234567, URN 2400123456, 01/123456/26.",
        "Scores: 7, 4, 5, 6, 12, 3, 2, 10; then 1, 2, 0, 3. From 10:15 to 11:40 on 01/02/2026, 12.03.2026.",
        "Statistics in Medicine 27:1693-1702, £378,967 and £178,000.",
        "a, b, c, d and e; 1 a 2 b 3 c; N.B. e.g. i.e. A B C D E",
        "ex 12 was, wk 10 and, vs 12 sit-ups, on 12 May at 14 deg",
        "either/or; and/or work/home; 50/50; @ work; he/she",
    ],
)
def test_ordinary_words_escape_nothing_and_raise_no_alarm(text: str) -> None:
    assert [one.words for one in locators.find(text)] == []


def test_a_place_by_its_name_alone_is_no_kind_of_words() -> None:
    assert locators.kinds("Mill Park, 12 Quarry Lane, then 14 Quarry Lane and NM12 4QX") == (
        "postcode",
        "address",
    )
