"""Made-up chats as phones of many languages would export them, with the truth beside them.

For tests and benchmarks. The people are invented; every trap in here was met in a real export's description.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

NNBSP, NBSP, LRM, RLM = "\u202f", "\u00a0", "\u200e", "\u200f"
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WORDS = [
    *(
        "please",
        "stop",
        "writing",
        "to",
        "me",
        "I",
        "know",
        "where",
        "you",
        "park",
        "your",
        "hair",
        "looks",
        "nice",
    ),
    *(
        "today",
        "call",
        "me",
        "back",
        "now",
        "why",
        "did",
        "you",
        "do",
        "that",
        "see",
        "you",
        "soon",
        "are",
        "there",
    ),
    *("😀", "½", "²", "\ufb01ne", "שלום", "مرحبا", "…"),
]
#: what parsers trip over inside a line
TRAPS = ("at 10:30", "Ann's: ok - maybe", "https://example.org/a:b", "[10:30] yes: no", "x - y: z")
NAMES = ("Ann Example", "Bob Sample", "+44 7700 900123", "Zoë 👩‍👧", "Dr: Smith")
#: seconds between messages: a month's turn comes soon, and shows the order of day and month
STEPS = (0, 7, 61, 2000, 30_000)
SYSTEM_LINES = (
    "Messages and calls are end-to-end encrypted. No one outside of this chat can read or listen to them.",
    "Bob Sample changed the group name",
    "Ann Example left",
)


def _hour12(moment: datetime) -> int:
    return moment.hour % 12 or 12


def _half(moment: datetime, morning: str, evening: str) -> str:
    return morning if moment.hour < 12 else evening


def _clock12(moment: datetime, morning: str, evening: str, *, seconds: bool = False) -> str:
    tail = f":{moment:%S}" if seconds else ""
    return f"{_hour12(moment)}:{moment:%M}{tail}{_half(moment, morning, evening)}"


@dataclass(frozen=True, slots=True)
class ExportStyle:
    """How one language and system writes the header before a sender."""

    name: str
    header: Callable[[datetime], str]
    seconds: bool = False


def _date(moment: datetime, order: str, mark: str) -> str:
    parts = {"d": str(moment.day), "m": str(moment.month), "y": f"{moment:%y}", "Y": str(moment.year)}
    parts |= {"D": f"{moment:%d}", "M": f"{moment:%m}"}
    return mark.join(parts[letter] for letter in order)


STYLES = (
    ExportStyle("android_gb", lambda t: f"{_date(t, 'DMY', '/')}, {t:%H:%M} - "),
    ExportStyle(
        "android_us", lambda t: f"{_date(t, 'mdy', '/')}, {_clock12(t, NNBSP + 'AM', NNBSP + 'PM')} - "
    ),
    ExportStyle("android_us_old", lambda t: f"{_date(t, 'mdy', '/')}, {_clock12(t, ' AM', ' PM')} - "),
    ExportStyle(
        "android_es", lambda t: f"{_date(t, 'dmY', '/')} {_clock12(t, f' a.{NBSP}m.', f' p.{NBSP}m.')} - "
    ),
    ExportStyle("android_au", lambda t: f"{_date(t, 'dmY', '/')}, {_clock12(t, ' a.m.', ' p.m.')} - "),
    ExportStyle("android_gb_12", lambda t: f"{_date(t, 'DMY', '/')}, {_clock12(t, ' am', ' pm')} - "),
    ExportStyle("android_de", lambda t: f"{_date(t, 'DMy', '.')}, {t:%H:%M} - "),
    ExportStyle("android_nl", lambda t: f"{_date(t, 'DMY', '-')} {t:%H:%M} - "),
    ExportStyle("android_id", lambda t: f"{_date(t, 'DMy', '/')} {t:%H.%M} - "),
    ExportStyle("android_ca", lambda t: f"{_date(t, 'YMD', '-')}, {_clock12(t, ' a.m.', ' p.m.')} - "),
    ExportStyle("android_za", lambda t: f"{_date(t, 'YMD', '/')}, {t:%H:%M} - "),
    ExportStyle(
        "android_zh", lambda t: f"{_date(t, 'Ymd', '/')} {_half(t, '上午', '下午')}{_clock12(t, '', '')} - "
    ),
    ExportStyle(
        "android_ko",
        lambda t: f"{_date(t, 'Ymd', '. ')}. {_half(t, '오전', '오후')} {_clock12(t, '', '')} - ",
    ),
    ExportStyle(
        "android_ar",
        lambda t: f"{_date(t, 'dmY', RLM + '/')}، {_clock12(t, ' ص', ' م')} - ".translate(ARABIC),
    ),
    ExportStyle("ios_gb", lambda t: f"[{_date(t, 'DMY', '/')}, {t:%H:%M:%S}] ", seconds=True),
    ExportStyle(
        "ios_us",
        lambda t: f"[{_date(t, 'mdy', '/')}, {_clock12(t, NNBSP + 'AM', NNBSP + 'PM', seconds=True)}] ",
        seconds=True,
    ),
    ExportStyle("ios_de", lambda t: f"[{_date(t, 'DMy', '.')}, {t:%H:%M:%S}] ", seconds=True),
    ExportStyle("ios_fi", lambda t: f"[{_date(t, 'dmY', '.')} klo {t:%H.%M.%S}] ", seconds=True),
    ExportStyle(
        "ios_zh",
        lambda t: f"[{_date(t, 'Ymd', '/')} {_half(t, '上午', '下午')}{_clock12(t, '', '', seconds=True)}] ",
        seconds=True,
    ),
    ExportStyle("ios_ja", lambda t: f"[{_date(t, 'YMD', '/')} {t.hour}:{t:%M:%S}] ", seconds=True),
    ExportStyle("ios_se", lambda t: f"[{_date(t, 'YMD', '-')} {t:%H:%M:%S}] ", seconds=True),
    ExportStyle("signal", lambda t: f"[{_date(t, 'YMD', '-')}, {t:%H:%M}] "),
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a record must say; no sender for a system line."""

    local: datetime
    sender: str
    text: str


def body(dice: random.Random, quoted: str) -> str:
    """Return the body of a message, with the traps that parsers fall into."""
    text = " ".join(dice.choices(WORDS, k=dice.randint(1, 20)))
    chance = dice.random()
    if chance < 0.08:
        text += "\n" + "\n".join(" ".join(dice.choices(WORDS, k=5)) for _ in range(dice.randint(1, 3)))
    elif chance < 0.11:
        text = dice.choice(("<Media omitted>", "This message was deleted", "?", f"{LRM}image omitted"))
    elif chance < 0.12:
        text += f" {LRM}<This message was edited>"
    elif chance < 0.16:
        text += f" {dice.choice(TRAPS)} {dice.choice(WORDS)}"
    elif chance < 0.162:
        text = f"she wrote {quoted}Ann Example: I hate you"
    return text


def chat(
    *, style: ExportStyle, seed: int, messages: int, steps: tuple[int, ...] = STEPS
) -> Iterator[tuple[str, Truth]]:
    """Lines of an export and the truth about each, in order; times never run backwards."""
    dice = random.Random(seed)
    moment = datetime(2022, 11, 10, 9, 5, 7)  # noqa: DTZ001  a wall clock has no zone
    for _ in range(messages):
        moment += timedelta(seconds=dice.choice(steps))
        local = moment if style.seconds else moment.replace(second=0)
        header = style.header(moment)
        if dice.random() < 0.005:
            line = dice.choice(SYSTEM_LINES)
            yield f"{header}{line}\n", Truth(local, "", line)
        else:
            sender, text = dice.choice(NAMES), body(dice, header)
            yield f"{header}{sender}: {text}\n", Truth(local, sender, text)
