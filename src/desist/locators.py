"""Words in a text that may reveal where a person is or how to reach them. Pure.

The search finds postcodes, e-mail addresses, positions, telephone numbers, registrations of vehicles, accounts, pages,
the beginnings of postal addresses of the United Kingdom, and named streets and places: "Mill Park" reveals a new home
as well as an address does. It also finds disguised ones: digits in words, letters for digits, gaps between letters,
"at" and "dot". It errs towards finding: a false alarm costs one choice or another wording, a missed address may cost
much more. It reads forms, not meaning, and cannot know "the bakery where she works".
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

AREAS = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUYS]?|H[ADGPRSUX]|I[GMPV]|J?E|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
INWARD = "[0-9][ABD-HJLNP-UW-Z]{2}"
#: an existing postcode area, for a field that asks for one
POSTCODE = rf"\b(?:(?:{AREAS})[0-9][0-9A-Z]?[\s.-]{{0,3}}{INWARD}|GIR ?0AA)\b"
#: one with a slip in its area still leads close by
ANY_POSTCODE = (
    rf"\b(?=[A-Za-z]{{1,2}}[0-9]|GIR|gir)(?i:{POSTCODE}|\b[A-Z]{{1,2}}[0-9][0-9A-Z]?[\s.-]{{0,3}}{INWARD}\b)"
)
#: the text after "@" in "we met @ 5.30pm", or on a day of figures
CLOCK = r"[0-9.:]+(?:\s?[ap]m)?(?!\w|[.-][a-z])"
#: the signs of an e-mail address, also in words: "(at)", "[dot]", "lark at harbour dot example"; "met at work. He" is none
_DOT = r"(?:\.|\s\.\s|\s?[\[({]\s?dot\s?[\])}]\s?|\sdot\s)"
_DOT_SAID = re.compile(r"\bdot\b", re.IGNORECASE)
_AT_IN_WORDS = rf"\bat\s(?=[\w-]{{1,63}}{_DOT}[\w-])"
AT = re.compile(rf"@\s?(?!{CLOCK})|[\[({{]\s?at\s?[\])}}]\s?|{_AT_IN_WORDS}", re.IGNORECASE)
_NAME_OF_MAIL = r"[\w!#$%&'*+/=?^`{|}~-]{1,64}"
MAILBOX = re.compile(rf"(?<!\w){_NAME_OF_MAIL}(?:{_DOT}{_NAME_OF_MAIL}){{0,4}}\s?\Z", re.IGNORECASE)
LONGEST_MAILBOX = 120
HOST = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,4}}", re.IGNORECASE)
POSITION = r"[+-]?[0-9]{1,3}\.[0-9]{3,}\s{0,3}[,;/]\s{0,3}[+-]?[0-9]{1,3}\.[0-9]{3,}"
THREE_WORDS = r"///\w+\.\w+\.\w+"
#: 9 to 15 digits that begin as a number in the United Kingdom or abroad; a lone nought within figures begins none
PHONE = r"(?<![0-9])(?<![0-9]/)\(?(?:\+\s?\(?[0-9]|(?<![0-9]\s)0|0(?=[0-9]{2}))(?:[\s().-]{0,3}[0-9]){8,14}(?![0-9]|/(?:[0-9]{2}|[0-9]{4})(?![0-9]))"
#: as it is issued now, or with a letter of its year before
VEHICLE = (
    r"\b(?:[A-Z]{2}[0-9]{2}\s?[A-Z]{3}|[A-Za-z]{2}[0-9]{2}[A-Za-z]{3}|[A-HJ-NPR-TV-Y][0-9]{1,3} ?[A-Z]{3})\b"
)
ACCOUNT = rf"(?<![\w.@])@(?!{CLOCK})[^\W\d_][\w.]+"
PAGE = r"\b(?:https?://|www\.|(?:[\w-]{1,63}\.){1,4}(?:app|com|io|me|net|org|tv|uk)/(?=@|\w))(?=\w|@)[^\s<>\"”’)]*[\w/]"
STREETS = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|crescent|cres|court|ct|place|pl|gardens|gdns|terrace|way|grove"
    "|walk|row|rise|hill|mews|square|sq|parade|green|park|view|fields?|hollow|lock|gate|wharf|quay|yard|croft|mount"
)
#: words before such a word that is no street's name: "12 sessions in a row", "3 days in court"
NO_NAME = (
    "(?:a|an|any|at|by|each|every|for|from|her|his|in|no|of|on|or|other|own|per|same|that|the|their|this|to"
    r"|minutes?|mins?|hours?|miles?)\s|(?:county|crown|family|magistrates['’]?|youth)\s+court\b"
)
#: words after a number that counts: "went to the house 3 times"
COUNTED = r"(?:(?:or|to)\s+(?:[0-9]+|more)\s+)?(?:more\s+)?(?:times?|minutes?|hours?|days?|nights?|evenings?|mornings?|weeks?|months?|years?)"
WORD = r"(?:(?:dr|gt|lt|mt|st)\.|[a-z'’-]+)"
ADDRESS = (
    rf"\b(?:[0-9]{{1,4}}[a-z]?,?\s+(?:(?:the|(?-i:County|Crown|Family|Youth))\s+|(?:{WORD}\s+){{0,2}}(?!{NO_NAME}){WORD}\s+)(?:{STREETS})\b"
    rf"|(?:flat|apartment|apt|unit|house|room)\s+(?:no\.?\s*)?[0-9]{{1,4}}[a-z]?\b(?!\s+{COUNTED}\b))"
)

#: "12 Quarry Steps", but no "3 small steps" and no "2 steps back"
STEPS = (
    r"\b[0-9]{1,4}[a-z]?,? (?:[a-z'’-]+ ){0,2}(?!(?:a|an|and|baby|basic|big|clear|concrete|easy|extra|final|first|following"
    r"|for|further|good|in|key|last|little|main|more|new|next|of|or|other|positive|practical|safety|separate|simple|single|small"
    r"|such|the|these|to|with) )[a-z'’-]+ steps\b"
)

# Disguised locators

TIMES = {"double": 2, "treble": 3, "triple": 3}
DIGITS = {
    "zero": "0", "oh": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
#: digits one by one, in words or not
SPELLED = re.compile(
    rf"\b(?:({'|'.join(TIMES)})[\s-]+)?({'|'.join([*DIGITS, '[0-9]'])})\b", re.ASCII | re.IGNORECASE
)
#: a run of digits in which the letter O stands for nought
NOUGHTS = re.compile(r"(?<![a-z0-9])(?=[o0-9]*[0-9])[o0-9]+(?![a-z])", re.IGNORECASE)
#: letters that are written for digits
LETTERS = str.maketrans("oOiIlL", "001111")
_DIGIT = rf"(?:(?:(?:{'|'.join(TIMES)})[\s-]+)?(?:(?:{'|'.join(DIGITS)})\b|[0-9oil]))"
_BETWEEN = r"(?:(?<=[a-z]),?[\s-]{1,3}|(?<=[0-9oil]{3})\s?/\s?(?=[0-9oil]{3})|[\s().-]{0,3})"
#: digits in words, letters for them, or strokes between them
SPOKEN = re.compile(
    rf"(?<!\w)(?<![0-9]/)(?:\+\s?)?\(?{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{5,}}(?!\w|/[0-9])", re.IGNORECASE
)
#: digits that ring in the United Kingdom, or that begin as a number abroad does
RINGS = re.compile(r"0[1-9][0-9]{8,9}|44[1-9][0-9]{9}|0044[1-9][0-9]{8,9}|00[1-9][0-9]{8,12}")
#: a number without its nought, in the groups in which numbers are written
NO_NOUGHT = (
    r"(?<![\w.,/+-])(?<![0-9]\s)(?:7[1-9][0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|7[1-9][0-9]{3}[ -][0-9]{5}"
    r"|1[1-9][0-9]{2}[ -](?:[0-9]{6}|[0-9]{3}[ -][0-9]{3})|2[0-9][ -][0-9]{4}[ -][0-9]{4})(?!\w|[.,/-][0-9]|\s[0-9])"
)
#: the end of a crime reference
_REFERENCE = re.compile(r"/(?:20)?[0-9]{2}$")
DATE = re.compile(r"\b(?:0?[1-9]|[12][0-9]|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:[0-9]{2}){1,2}\b")
#: letters and digits one by one, with gaps between them
APART = re.compile(r"(?<!\w)(?:\w[^\w\n]{1,3}){4,}\w(?!\w)")
_TWO = "[ABD-HJLNP-UW-Z]{2}"
#: a postcode with letters for its digits; "M25 off" and "so 3ft" are none
LETTERS_IN_POSTCODE = (
    r"\b(?=[A-Za-z]{1,2}[0-9OILoil])(?i:[A-Z]{1,2}(?:[0-9][0-9A-Z]?|[OIL][0-9])[\s.-]{0,3}"
    rf"(?!(?:ian|ill|inn|its|lab|lad|lap|law|lay|lbs|led|lee|leg|let|ltd|odd|off|old|one|org|our|out|own)\b)[OIL]{_TWO}\b"
    rf"|(?:{AREAS}|[A-Z]{{1,2}}(?=[OIL][0-9]))[OIL][0-9A-Z]?[\s.-]{{0,3}}"
    rf"(?!1st|2nd|3rd|[0-9](?:ft|gb|hr|ln|lb|px|st|tb|th|wd|yr)\b)[0-9]{_TWO}\b)"
)
#: the words before and behind a number of two digits in any text
_BEFORE = "am|an|as|at|be|by|do|ex|go|he|hi|if|in|is|it|me|mg|my|no|of|ok|on|or|pm|so|to|up|us|vs|we|wk"
_BEHIND = (
    "and|any|apr|are|aug|big|bit|but|can|day|dec|did|due|far|feb|few|for|get|got|had|has|her|him|his|how|hrs|its|jan|jul|jun|let"
    "|man|mar|may|men|met|min|new|not|nov|now|oct|off|old|one|our|out|per|put|ran|sat|saw|say|see|sep|set|she|six|ten|the|too|two"
    "|use|via|was|way|who|yes|yet|you"
)
GAPS_IN_VEHICLE = (
    rf"\b(?=[A-Za-z]{{2}}[\s-]?[0-9])(?i:(?!(?:{_BEFORE})[\s-]?[0-9])[a-z]{{2}}[\s-]?[0-9]{{2}}[\s-]?"
    rf"(?!(?:{_BEHIND})\b)[a-z]{{3}})\b"
)

#: (kind, its name in words)
Shape = tuple[str, re.Pattern[str]]
EMAIL, NUMBER = "e-mail address", "telephone number"
SHAPES: tuple[Shape, ...] = (
    ("postcode", re.compile(ANY_POSTCODE)),
    ("position", re.compile(POSITION)),
    ("three-word address", re.compile(THREE_WORDS)),
    (NUMBER, re.compile(PHONE)),
    ("vehicle registration", re.compile(VEHICLE)),
    ("address", re.compile(ADDRESS, re.IGNORECASE)),
    ("address of a page", re.compile(PAGE, re.IGNORECASE)),
    ("account", re.compile(ACCOUNT)),
    (NUMBER, re.compile(NO_NOUGHT)),
    ("postcode", re.compile(LETTERS_IN_POSTCODE)),
    ("vehicle registration", re.compile(GAPS_IN_VEHICLE)),
    ("address", re.compile(STEPS, re.IGNORECASE)),
)

#: shape -> signs of which it has at least one; every other has a figure
SIGNS = {"three-word address": ("///",), "address of a page": ("/", "www."), "account": ("@",)}

_STREET = "road|street|avenue|lane|close|crescent|drive|gardens|grove|terrace|way|court|place|square|hill|mews|row|walk|parade"
_PLACE = (
    "school|academy|college|nursery|university|gym|surgery|hospital|clinic|church|mosque|temple|synagogue|library"
    "|station|supermarket|shop|salon|caf[eé]|pub|office|offices|park|estate|village|town centre|retail park|house"
)
_NAME = r"\b(?:[A-Z][\w’'-]+\s+){1,3}"
PLACES: tuple[Shape, ...] = (
    ("street", re.compile(rf"{_NAME}(?:{_STREET.title()})\b")),
    ("named place", re.compile(rf"{_NAME}(?i:{_PLACE})\b")),
)
#: words that begin a sentence and are no place's name
_PLAIN = re.compile(
    r"^(?:The|A|An|Any|Her|His|Their|Not|No|Never|At|In|To|Within|Near|Every|This|That)\s", re.IGNORECASE
)
#: the seat of a court, the police or probation is no secret
_PUBLIC = re.compile(
    r"(?:(?:County|Crown|Family|Magistrates[’']?|Youth) Court|^(?:Police|Railway|Train|Bus) (?i:station)|^Probation (?i:offices?))$"
)


@dataclass(frozen=True)
class Finding:
    """One place in a text: its kind, the words found, and where they begin in the text as it is read."""

    kind: str
    words: str
    start: int

    @property
    def like(self) -> str:
        """The kind with its article: "an address"."""
        return f"an {self.kind}" if self.kind[0] in "ae" else f"a {self.kind}"

    @property
    def end(self) -> int:
        """The end of the words."""
        return self.start + len(self.words)


#: Cyrillic and Greek letters that look like Latin ones: a postcode that is written with them reads the same to people
ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԜԝһΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυχϳ",
    "ABESIJKMHOPCTYXaesijopcyxdqWwhABEZHIKMNOPTYXavopuxj",
)


def find(text: str) -> tuple[Finding, ...]:
    """Everything in a text that may be a locator, in the order of the text."""
    read = legible(text)
    return apart(chain(_shaped(read), _places(read)))


def kinds(text: str) -> tuple[str, ...]:
    """The kinds of locator in a text, each once; a place's name alone does not count."""
    return tuple(dict.fromkeys(one.kind for one in _shaped(legible(text))))


def figures(text: str) -> str:
    """A text with all its digits written as digits, also those in words or with the letter O for nought."""
    return SPELLED.sub(_digits, NOUGHTS.sub(lambda run: re.sub("[oO]", "0", run[0]), text))


def _shaped(read: str) -> Iterator[Finding]:
    yield from _mail(read)
    yield from _matching(read, _possible(read))
    yield from _spoken(read)
    yield from _with_gaps(read)


def _matching(read: str, shapes: Iterable[Shape]) -> Iterator[Finding]:
    for kind, shape in shapes:
        yield from (Finding(kind, hit.group(), hit.start()) for hit in shape.finditer(read))


def _mail(read: str) -> Iterator[Finding]:
    """E-mail addresses, from their "at" outwards: a search from their beginning takes as long as all others do."""
    for at in AT.finditer(read):
        mailbox = MAILBOX.search(read, max(0, at.start() - LONGEST_MAILBOX), at.start())
        host = HOST.match(read, at.end())
        if mailbox and host and (at[0][:2].lower() != "at" or _DOT_SAID.search(mailbox[0] + host[0])):
            yield Finding(EMAIL, read[mailbox.start() : host.end()], mailbox.start())


def _spoken(read: str) -> Iterator[Finding]:
    for run in SPOKEN.finditer(read):
        written = SPELLED.sub(_digits, run[0]).translate(LETTERS)
        digits = re.sub("[^0-9]", "", written)
        rings = RINGS.fullmatch(digits) and not _REFERENCE.search(written) and not DATE.search(run[0])
        if rings or re.search(PHONE, written):
            yield Finding(NUMBER, run[0], run.start())


def _with_gaps(read: str) -> Iterator[Finding]:
    """The locators that appear once the gaps between letters are closed, with the signs in them and without."""
    for run in APART.finditer(read):
        for kept in (str.isalnum, _is_no_space):
            places = [place for place in range(run.start(), run.end()) if kept(read[place])]
            closed = "".join(read[place] for place in places)
            for one in chain(_mail(closed), _matching(closed, SHAPES)):
                begins, ends = places[one.start], places[one.end - 1] + 1
                yield Finding(one.kind, read[begins:ends], begins)


def _is_no_space(letter: str) -> bool:
    return not letter.isspace()


def _digits(match: re.Match[str]) -> str:
    digit = match[2].lower()
    return DIGITS.get(digit, digit) * TIMES.get((match[1] or "").lower(), 1)


def _possible(read: str) -> Iterator[Shape]:
    """The shapes that a legible text can have, by the signs that each of them needs."""
    figures = re.search("[0-9]", read) is not None
    for kind, shape in SHAPES:
        signs = SIGNS.get(kind)
        if any(sign in read for sign in signs) if signs else figures:
            yield kind, shape


def _places(read: str) -> Iterator[Finding]:
    for one in _matching(read, PLACES):
        words = one.words
        # "The Park" or "Her office" names no place; "Not Mill Park" names Mill Park.
        while (begun := _PLAIN.match(words)) is not None:
            words = words[begun.end() :]
        if " " in words.strip() and not _PUBLIC.search(words):
            yield Finding(one.kind, words, one.end - len(words))


def apart(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that do not overlap, in the order of the text; of two that do, the first found."""
    kept: list[Finding] = []
    for one in found:
        place = bisect(kept, one.start, key=lambda other: other.start)
        if all(
            other.end <= one.start or one.end <= other.start for other in kept[max(0, place - 1) : place + 1]
        ):
            kept.insert(place, one)
    return tuple(kept)


def legible(text: str) -> str:
    """A text for the shapes: digits, dashes and letters of other scripts made plain, without invisible characters."""
    plain = (
        text if text.isascii() else "".join(map(_plain, unicodedata.normalize("NFKC", text))).translate(ALIKE)
    )
    return re.sub(r"[^\S\n]+", " ", plain)


def _plain(letter: str) -> str:
    match unicodedata.category(letter):
        case "Nd":
            return str(unicodedata.decimal(letter))
        case "Pd":
            return "-"
        case "Cf" | "Mn" | "Me":
            return ""
    return "-" if letter == "\N{MINUS SIGN}" else letter
