"""Names of people in a text: capitalised words without another explanation, and given names. Pure.

No list of names is complete, so the search goes the other way: it lists a capitalised word that is no name of the
person, no place, month or weekday, no frequent beginning of a sentence, and no word of an organisation. A script
without capitals has no such sign: each of its words is listed. Names are compared without accents, hyphens and case, in
short forms, and with one letter more, less or other. It errs towards listing: a false alarm costs a tick.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from desist.locators import legible

#: a letter with the marks that stand above, below or in it
_LETTER = r"[^\W\d_][\u0300-\u036f\u0640\u064b-\u065f\u0670]*"
WORD = re.compile(rf"(?:{_LETTER})+(?:['’\-‐](?:{_LETTER})+)*")
#: the end of a sentence, or the beginning of a line of a list
ENDS = re.compile(r"(?:^|[.!?:;\n•“\"(]|[-–]\s)\s*$")
#: words that name no person, at any place in a sentence
_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december christmas easter ramadan eid diwali"
)
_ORGANISATIONS = (
    "police constabulary probation service court courts crown county magistrates magistrate’s magistrates’ family youth prison "
    "council nhs hospital university college school academy cps home office ministry justice act section protection harassment "
    "stalking order orders restraining injunction domestic violence abuse officer sergeant constable detective inspector dc ds di "
    "pc ps sgt mr mrs ms miss dr sir judge recorder"
)
_BRANDS = (
    "facebook instagram whatsapp snapchat tiktok twitter telegram signal google gmail icloud apple iphone android airtag amazon "
    "linkedin youtube messenger tinder hinge bumble paypal spotify netflix uber ebay outlook hotmail strava discord reddit"
)
_PLACES = (
    "england wales scotland ireland britain london kent surrey sussex essex northmere english welsh scottish irish british polish "
    "romanian arabic urdu punjabi kurdish farsi somali spanish portuguese french german italian turkish ukrainian russian"
)
#: words that often begin a sentence of a referral
_OPENINGS = (
    "a about account accused admitted after again all allegedly also although an and another any apologised appeared approached "
    "argued arrested arrived as asked at attended bail banned because been before began behaviour between blocked both breach "
    "breached broke brought but by called came caused challenged changed charged child children client complained conduct "
    "confronted contact contacted continued convicted cover created damaged daily date dead denied despite details did does "
    "drove due during each emailed emails ended entered even every evidence ex few first followed following for former found "
    "four five six seven eight nine ten from further gained gave gifts given got had has have he held her here him his history hit "
    "however i if immediately in including initially installed instead interviewed is it items its journeys kept knocked known later "
    "last left letters living lived lives located logged made male many messaged messages met monitored more moved multiple must "
    "neighbours never new next nine no nobody none not note nothing now number numerous observed of offence often on once one only "
    "or other over owing parked part partner perpetrator person phoned photographs photos place placed posted posts pretended previous "
    "prior pursued put rang reached received recorded refused regular regularly relationship repeated repeatedly reported required "
    "returned risk said sat saw searched seen sends sent sentenced set several shared she shouted showed since six sleeping so some "
    "sometimes spoke standing started stated stayed stole stood stopped subject such suspect switched takes telephoned ten texted texts "
    "that the their them then there these they this those threatened threats three through told took towards tracked travelled tried "
    "turned two under unknown until unwanted up upon used uses using various victim visited visits waited waits walked wanted warned was "
    "watched watches we went were what when where which while who why will with within without witness witnesses work worked works would "
    "wrote yes yet you your years high medium moderate low standard alcohol drink drugs employment rejection separation support weekends"
)
EXPLAINED = frozenset(f"{_CALENDAR} {_ORGANISATIONS} {_BRANDS} {_PLACES} i".split())
OPENINGS = frozenset(_OPENINGS.split())
_ACRONYMS = (
    "ab ai cctv cj cps cro dash dasa dv dvpn dvpo gbh gps idva iom isva it ksu mappa marac mash mg nfa nmo oasys ok pc "
    "pnc pncb pip rjo sash sdash sfo sim sms spo spoa sos tv uk usa vpn vru wifi"
)
ACRONYMS = frozenset(_ACRONYMS.split())
#: names that are words as well: in small letters they are only words
_WORDS_AS_WELL = (
    "amber art autumn banks bell best bill bird black brown butler carol case chance child christian church cook crystal "
    "daisy dawn day dean drew east faith field fox frank gene good grace grant green guy heather hill holly hope house "
    "iris ivy jack jade king knight lane law lee lily little long love man mark max may miles mike moor north olive page "
    "park pat patience pearl penny pierce power price ray rich river rivers rob robin rock rose ruby rusty sharp short "
    "skip sky small south star stone street sue summer sunny tanner taylor tom trip victor violet walker ward west white "
    "will winter wolf wood woods young"
)
WORDS_AS_WELL = frozenset(_WORDS_AS_WELL.split())
#: short form -> its full forms
_SHORT = (
    "abby=abigail al=alan,albert,alexander alex=alexander,alexandra,alexandria andy=andrew,andrea becky=rebecca "
    "becca=rebecca ben=benjamin beth=elizabeth,bethany bob=robert cath=catherine cathy=catherine charlie=charles,charlotte "
    "chris=christopher,christine,christina dan=daniel,danielle dave=david deb=deborah debbie=deborah ed=edward,edwin "
    "ellie=eleanor,ellen fran=frances,francesca gill=gillian gwen=gwendolen hattie=harriet jackie=jacqueline "
    "jan=janet,janice jen=jennifer jenny=jennifer jess=jessica jim=james jo=joanna,joanne,josephine joe=joseph "
    "jon=jonathan kate=katherine,catherine kath=katherine katie=katherine kim=kimberley liz=elizabeth lizzie=elizabeth "
    "lou=louise maddy=madeleine mags=margaret maggie=margaret mandy=amanda matt=matthew meg=megan,margaret mick=michael "
    "mike=michael mo=mohammed,maureen nat=natalie,natasha nick=nicholas,nicola nicky=nicola pam=pamela pete=peter "
    "phil=philip,philippa rach=rachel rob=robert ron=ronald sam=samantha,samuel sandy=sandra steph=stephanie "
    "steve=stephen,steven sue=susan,suzanne tash=natasha tess=theresa tina=christina tom=thomas tony=antony,anthony "
    "val=valerie vicky=victoria will=william zoe=zoë"
)
SHORT = {short: names.split(",") for short, names in (one.split("=") for one in _SHORT.split())}
#: letters that do not come apart into a plain one and a mark
PLAIN = str.maketrans(
    dict(zip("łøđðıأإآةى", "loddiاااهي", strict=True)) | {"þ": "th", "æ": "ae", "œ": "oe", "ـ": ""}
)
CLOSE = 5  # letters from which one other letter may make another name


@dataclass(frozen=True)
class _Word:
    """One word of a text: its written form without a genitive, and whether a sentence begins with it."""

    written: str
    first: bool

    @property
    def folded(self) -> str:
        return fold(self.written)


def unexplained(texts: Iterable[str], *, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of texts that may be a person's name, each once, in their order. `known` names are explained."""
    explained = {part for name in known for part in _parts(name)}
    found: dict[str, str] = {}
    for text in texts:
        for word in _words(text):
            if _may_be_a_name(word) and not set(_parts(word.written)) <= explained:
                found.setdefault(word.folded, word.written)
    return tuple(found.values())


def held(names: Iterable[str], texts: Iterable[str], *, besides: Iterable[str] = ()) -> tuple[str, ...]:
    """The words of texts that are one of these names, or close to one, in their written form, each once.

    `besides` are names that identify no one: the person of a text may have the same family name.
    """
    return held_as(forms(names), texts, besides=besides)


def forms(names: Iterable[str]) -> frozenset[str]:
    """The forms by which names are compared: with keyed digests of these, no name has to be kept."""
    parts = {part for name in names for part in (*_parts(name), fold(name)) if len(part) > 1}
    long = {long for part in parts for long in _long(part)}
    less = {
        form for part in parts for place, form in _one_less(part) for form in (f"-{form}", f"{place}{form}")
    }
    return frozenset({f"={name}" for name in parts | long} | less)


def held_as(
    known: Container[Hashable],
    texts: Iterable[str],
    *,
    besides: Iterable[str] = (),
    keyed: Callable[[str], Hashable] = str,
) -> tuple[str, ...]:
    """The words that match names known by their forms alone, or by the result of `keyed` for each form."""
    shared = {part for name in besides for part in _parts(name)}
    found: dict[str, str] = {}
    read: set[str] = set()
    for text in texts:
        words = list(_words(text))
        for word, behind in zip_longest(words, words[1:]):
            pair = fold(f"{word.written}{behind.written}") if behind else ""
            if f"{word.written} {pair}" in read or set(_parts(word.written)) <= shared:
                continue
            read.add(f"{word.written} {pair}")
            if any(keyed(form) in known for form in (*_compared(word), f"={pair}")):
                found.setdefault(word.folded, word.written)
    return tuple(found.values())


def fold(name: str) -> str:
    """A name for comparing: letters alone, plain and small."""
    apart = unicodedata.normalize("NFKD", legible(name.upper()).casefold()).translate(PLAIN)
    return "".join(letter for letter in apart if letter.isalpha())


def _words(text: str) -> Iterator[_Word]:
    for match in WORD.finditer(unicodedata.normalize("NFC", text)):
        written = re.sub(r"['’]s$|['’]$", "", match[0])
        if written:
            yield _Word(written, bool(ENDS.search(match.string[: match.start()][-4:] or "\n")))


def _may_be_a_name(word: _Word) -> bool:
    if not any(letter.isupper() or letter.istitle() for letter in word.written):
        # In a script without capitals, small letters are no sign.
        return any(unicodedata.category(letter) == "Lo" for letter in word.written)
    if (
        len(word.folded) < 2
        or word.folded in EXPLAINED
        or (word.written.isupper() and word.folded in ACRONYMS)
    ):
        return False
    capital = next(letter for letter in word.written if letter.isalpha()).isupper()
    return not (capital and word.first and word.folded in OPENINGS)


def _compared(word: _Word) -> Iterator[str]:
    """The forms of a word that an equal or close name shares."""
    small = word.written.islower()
    if small and (word.folded in WORDS_AS_WELL or word.folded in OPENINGS or len(word.folded) < 3):
        return
    for part in {word.folded, *_parts(word.written)}:
        yield from (f"={name}" for name in (part, *_long(part)))
        yield f"-{part}"
        for place, less in _one_less(part):
            yield from (f"={less}", f"{place}{less}")


def _one_less(part: str) -> list[tuple[int, str]]:
    """A name with one letter less, but not the first, and which; none for too short a name."""
    places = range(1, len(part)) if len(part) >= CLOSE else ()
    return [(place, part[:place] + part[place + 1 :]) for place in places]


def _parts(name: str) -> list[str]:
    """The words of a name, split at hyphens and spaces, and each whole."""
    words = [match[0] for match in WORD.finditer(unicodedata.normalize("NFC", name))]
    pieces = [piece for word in words for piece in re.split(r"['’\-‐]", word)]
    return [folded for one in (*words, *pieces) if (folded := fold(re.sub(r"['’]s$", "", one)))]


def _long(short: str) -> list[str]:
    return [fold(name) for name in SHORT.get(short, ())]
