"""The header at the start of a chat's line, in every style that phones write it.

A header is date, clock and sender; `[12/03/2024, 21:05:07] Ann: ` on an iPhone, `12/03/2024, 9:05 pm - Ann: ` on
Android. Language and region decide digits, order, separators and the words for morning and evening. A style is
found by vote over a file's first lines and compiled to one pattern over bytes, so that a file is split by the
regular expression engine and not line by line.
"""

import re
from collections import Counter
from typing import NamedTuple

from desist_chronicle.options import DateOrder
from desist_chronicle.records import Precision

#: ASCII, Arabic-Indic, Persian and Devanagari digits in UTF-8
DIGIT = rb"(?:[0-9]|\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|\xe0\xa5[\xa6-\xaf])"
#: space, no-break space, thin space, narrow no-break space
SPACE = rb"(?: |\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf)"
#: byte order mark and the invisible marks of writing direction
MARKS = rb"(?:\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c|\xef\xbb\xbf)*"

MORNING = (
    *("a. m.", "a.m.", "am", "AM", "ص", "ق.ظ.", "上午", "凌晨", "早上", "清晨", "오전", "午前", "पूर्वाह्न"),
    *("π.μ.", "ÖÖ", "öö", "SA", "de.", "fm", "dop.", "\u043f\u0440.\u043e\u0431."),
)
EVENING = (
    *("p. m.", "p.m.", "pm", "PM", "م", "ب.ظ.", "下午", "中午", "晚上", "오후", "午後", "अपराह्न"),
    *("μ.μ.", "ÖS", "ös", "CH", "du.", "em", "odp.", "\u0441\u043b.\u043e\u0431."),
)
HALVES = {
    word.replace(" ", "").casefold(): half for half, words in ((0, MORNING), (12, EVENING)) for word in words
}


def _any(words: tuple[str, ...]) -> bytes:
    """A pattern for any of the words, longest first, with any kind of space where they have one."""
    ordered = sorted(
        {*words, *(word.capitalize() for word in words), *map(str.upper, words)}, key=len, reverse=True
    )
    return b"(?:" + b"|".join(re.escape(word.encode()).replace(rb"\ ", SPACE) for word in ordered) + b")"


HALF = _any((*MORNING, *EVENING))
WORD = rb"(?:klo|kl\.|um|\xc3\xa0|at)"
SEPARATOR = rb"(?:" + MARKS + rb"[/.-]" + MARKS + SPACE + rb"?|\xe5\xb9\xb4|\xe6\x9c\x88)"
YEAR_CHARACTER, MONTH_CHARACTER = "年".encode(), "月".encode()
#: any header, as far as its sender; the named groups are what a style is made of
ANY_HEADER = re.compile(
    MARKS
    + rb"(?P<open>\[?)"
    + MARKS
    + rb"(?P<first>"
    + DIGIT
    + rb"{1,4})(?P<separator>"
    + SEPARATOR
    + rb")"
    + DIGIT
    + rb"{1,2}"
    + SEPARATOR
    + rb"(?P<last>"
    + DIGIT
    + rb"{1,4})(?P<after>(?:\.|\xe6\x97\xa5)?(?:,|\xd8\x8c)?"
    + SPACE
    + rb"{1,2}(?:"
    + WORD
    + SPACE
    + rb")?)"
    + MARKS
    + rb"(?P<early_half>(?:"
    + HALF
    + SPACE
    + rb"?)?)"
    + DIGIT
    + rb"{1,2}(?P<colon>[:.])"
    + DIGIT
    + rb"{2}(?P<seconds>(?:[:.]"
    + DIGIT
    + rb"{2})?)(?P<late_half>(?:"
    + SPACE
    + rb"{0,2}"
    + HALF
    + rb")?)"
    + MARKS
    + rb"(?P<close>\] ?| [-\xe2\x80\x93]{1,3} )"
)
#: how a phone writes copied messages into another one: without the year
COPIED_HEADER = re.compile(
    rb"\["
    + DIGIT
    + rb"{1,2}[/.]"
    + DIGIT
    + rb"{1,2}\.?, "
    + DIGIT
    + rb"{1,2}[:.]"
    + DIGIT
    + rb"{2}.{0,12}?\] [^:\n]{1,120}: "
)
#: a date and a clock close together, whatever stands between them
DATE_LIKE = re.compile(
    MARKS
    + rb"\[?"
    + MARKS
    + DIGIT
    + rb"{1,4}"
    + SEPARATOR
    + DIGIT
    + rb"{1,2}"
    + SEPARATOR
    + DIGIT
    + rb"{1,4}"
    rb".{0,24}?" + DIGIT + rb"{1,2}[:.]" + DIGIT + rb"{2}"
)
SENDER = rb"[^:\n]{1,120}(?::[^ \n\r.:][^:\n]{0,60}){0,3}"


class Style(NamedTuple):
    """The style that all headers of one file share."""

    bracket: bool
    year_first: bool
    long_year: bool
    separator: bytes
    after: bytes
    early_half: bool
    late_half: bool
    colon: bytes
    seconds: bool
    close: bytes
    ascii_digits: bool

    @property
    def precision(self) -> Precision:
        """The finest step that the style states."""
        return Precision.SECOND if self.seconds else Precision.MINUTE

    @property
    def date_orders(self) -> tuple[DateOrder, ...]:
        """The orders in which dates of this shape are written anywhere; none puts the month first with dots."""
        if self.year_first or self.separator == YEAR_CHARACTER or self.after.startswith(b"."):
            return (DateOrder.YMD,)
        if b"." in self.separator:
            return (DateOrder.DMY,)
        if b"-" in self.separator and not self.long_year:
            return (DateOrder.DMY, DateOrder.MDY, DateOrder.YMD)
        return (DateOrder.DMY, DateOrder.MDY)

    def example(self) -> str:
        """The style in letters, as the summary prints it."""
        year = "yyyy" if self.long_year else "yy"
        mark = self.separator.decode()
        day = mark.join((year, "n", "n") if self.year_first else ("n", "n", year))
        colon = self.colon.decode()
        clock = colon.join(("hh", "mm", "ss")[: 3 if self.seconds else 2])
        clock = f"{'am/pm ' * self.early_half}{clock}{' am/pm' * self.late_half}"
        return f"{'[' * self.bracket}{day}{self.after.decode()}{clock}{self.close.decode()}"


def style_of(header: re.Match[bytes]) -> Style:
    """Return the style of one header found by `ANY_HEADER`."""
    first, last = (_digits(header[name]) for name in ("first", "last"))
    return Style(
        bracket=bool(header["open"]),
        year_first=first > 2,
        long_year=max(first, last) > 2,
        separator=header["separator"],
        after=header["after"],
        early_half=bool(header["early_half"]),
        late_half=bool(header["late_half"]),
        colon=header["colon"],
        seconds=bool(header["seconds"]),
        close=header["close"],
        ascii_digits=header["first"].isdigit(),
    )


def _digits(number: bytes) -> int:
    return len(number.decode())


def vote(head: bytes) -> Style | None:
    """Return the commonest style among the lines of a file's beginning; None where no line has a header."""
    votes = Counter(
        style_of(found) for line in head.split(b"\n") if (found := ANY_HEADER.match(line)) is not None
    )
    return votes.most_common(1)[0][0] if votes else None


def grammar(*, style: Style, names: tuple[str, ...] = ()) -> re.Pattern[bytes]:
    """Compile a style; `names` holds senders whose names contain ": ".

    Groups: the head with the line break before it, the time as found, date, clock with morning or evening, sender with its colon.
    """
    digit = rb"[0-9]" if style.ascii_digits else DIGIT
    two = digit + rb"{1,2}"
    year = digit + rb"{4}" if style.long_year else two
    parts = (year, two, two) if style.year_first else (two, two, year)
    day = re.escape(style.separator).join(parts)
    if style.separator == YEAR_CHARACTER:
        day = year + YEAR_CHARACTER + two + MONTH_CHARACTER + two
    clock = two + re.escape(style.colon) + digit + rb"{2}"
    if style.seconds:
        clock += re.escape(style.colon) + digit + rb"{2}"
    if style.early_half:
        clock = HALF + SPACE + rb"?" + clock
    if style.late_half:
        clock += SPACE + rb"{0,2}" + HALF
    known = b"|".join(re.escape(name.encode()) for name in sorted(names, key=len, reverse=True))
    sender = rb"(?:" + known + rb"|" + SENDER + rb")" if known else SENDER
    bracket = rb"\[" + MARKS if style.bracket else b""
    stamp = rb"((" + day + rb")" + re.escape(style.after) + MARKS + rb"(" + clock + rb"))"
    close = MARKS + re.escape(style.close)
    said_by = rb"(" + MARKS + sender + rb":(?: |(?=[.\r\n])|\Z))?"
    return re.compile(rb"(\n" + MARKS + bracket + stamp + close + said_by + rb")")
