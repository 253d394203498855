"""Recovery by printed shares: three sheets of paper, any two of which rebuild a site's key file.

Shamir's secret sharing over GF(2^128) (pycryptodome), each 32-byte root in two halves. A sheet holds three
lines a key set: its day and whether it is exposed, the printing's number and a fingerprint; then the two halves. Every
line carries a check of four bytes, so that a slip of the typing hand is found on the line where it happened.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from Crypto.Protocol.SecretSharing import Shamir

from desist.keys.sitekeys import KeysError, KeySet, SiteKeys

SHARES, NEEDED = 3, 2
LINES_A_SET = 3
PRINTING_BYTES, FINGERPRINT_BYTES = 6, 8
EPOCH = date(2000, 1, 1)
EXPOSED = 1 << 15  # beside the days since EPOCH, which need the other 15 bits until 2089
#: Crockford's letters: none looks like another.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011", " -\t")
LINE = re.compile(r"^\s*([123])\s*-\s*(\d\d)\s*/\s*(\d\d)\s+(.*\S)\s*$")


class SharesError(KeysError):
    """The sheets cannot rebuild the keys; the message says which line or sheet to look at."""


@dataclass(frozen=True)
class Line:
    """One typed line: line `at` of `total` on sheet `number`."""

    number: int
    at: int
    total: int
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Sheet:
    """One share: its number (1 to 3) and its lines of 16 bytes."""

    number: int
    lines: tuple[bytes, ...] = field(repr=False)

    def text(self) -> str:
        """The lines as they are printed and typed, each "2-01/03 XXXX XXXX ..."."""
        prefixes = [_prefix(self.number, at, len(self.lines)) for at in range(1, len(self.lines) + 1)]
        return "\n".join(
            f"{prefix} {_spell(prefix, line)}" for prefix, line in zip(prefixes, self.lines, strict=True)
        )

    @property
    def printing(self) -> bytes:
        """The number that the three sheets of one printing share."""
        return self.lines[0][2 : 2 + PRINTING_BYTES]


def split(*, keys: SiteKeys) -> tuple[Sheet, ...]:
    """Three fresh sheets for all key sets of a site."""
    printing = secrets.token_bytes(PRINTING_BYTES)
    lines: dict[int, list[bytes]] = {number: [] for number in range(1, SHARES + 1)}
    for key_set in keys.sets:
        day = ((key_set.made - EPOCH).days | (EXPOSED if key_set.exposed else 0)).to_bytes(2)
        halves = [Shamir.split(NEEDED, SHARES, half) for half in (key_set.root[:16], key_set.root[16:])]
        for number, rows in lines.items():
            rows.append(day + printing + _fingerprint(key_set))
            rows.extend(dict(half)[number] for half in halves)
    return tuple(Sheet(number, tuple(rows)) for number, rows in lines.items())


def read_line(*, text: str) -> Line | None:
    """The line of a sheet in `text`, None where it is other text; raises SharesError when it is mistyped."""
    match = LINE.match(text)
    if match is None:
        return None
    number, at, total = (int(match[group]) for group in (1, 2, 3))
    return Line(number, at, total, _unspell(_prefix(number, at, total), match[4]))


def check_same_sheet(*, lines: Iterable[Line]) -> tuple[int, int]:
    """The number and the length of the sheet that has all these lines; raises SharesError."""
    sheets = {(line.number, line.total) for line in lines}
    if len(sheets) > 1:
        raise SharesError("These lines come from different sheets. Type one sheet at a time.")
    return sheets.pop()


def assemble(*, lines: Iterable[Line]) -> Sheet:
    """Return the sheet made of these lines, in any order; raises SharesError with the missing ones."""
    found = {line.at: line for line in lines}
    if not found:
        raise SharesError(
            "No line of a share was found. Each begins like 2-01/03: type them as they are printed."
        )
    number, total = check_same_sheet(lines=found.values())
    missing = [_prefix(number, at, total) for at in range(1, total + 1) if at not in found]
    if missing or total % LINES_A_SET:
        raise SharesError(
            f"The sheet is not complete: {', '.join(missing) or 'lines'} missing. Type every line."
        )
    return Sheet(number, tuple(found[at].content for at in range(1, total + 1)))


def read_sheet(*, text: str) -> Sheet:
    """The sheet in a typed or scanned text; other text around its lines is passed over. Raises SharesError."""
    lines = [read_line(text=row) for row in text.splitlines()]
    return assemble(lines=[line for line in lines if line is not None])


def combine(*, site: str, sheets: tuple[Sheet, ...]) -> SiteKeys:
    """The keys of a site from two or more of its sheets; raises SharesError."""
    if len({sheet.number for sheet in sheets}) < NEEDED:
        raise SharesError("Two different sheets are needed, such as share 1 and share 3.")
    if len({(sheet.printing, len(sheet.lines)) for sheet in sheets}) > 1:
        raise SharesError("These sheets were printed at different times. Use two of the same printing.")
    chosen = sheets[:NEEDED] if sheets[0].number != sheets[1].number else sheets[1 : 1 + NEEDED]
    starts = range(0, len(chosen[0].lines), LINES_A_SET)
    return SiteKeys(site, tuple(_key_set(site, chosen, start) for start in starts))


def _key_set(site: str, sheets: tuple[Sheet, ...], start: int) -> KeySet:
    head = sheets[0].lines[start]
    root = b"".join(
        Shamir.combine([(sheet.number, sheet.lines[start + half]) for sheet in sheets]) for half in (1, 2)
    )
    day = int.from_bytes(head[:2])
    made = EPOCH + timedelta(days=day & ~EXPOSED)
    key_set = KeySet(site, made, root, exposed=bool(day & EXPOSED))
    if any(sheet.lines[start][2 + PRINTING_BYTES :] != _fingerprint(key_set) for sheet in sheets):
        raise SharesError(
            f"These sheets do not rebuild the keys of {site}. Are they the sheets of another site?"
        )
    return key_set


def _fingerprint(key_set: KeySet) -> bytes:
    return key_set.derive("fingerprint")[:FINGERPRINT_BYTES]


def _prefix(number: int, at: int, total: int) -> str:
    return f"{number}-{at:02d}/{total:02d}"


def _check(prefix: str, line: bytes) -> bytes:
    return sha256(b"desist share 1|" + prefix.encode() + b"|" + line).digest()[:4]


def _spell(prefix: str, line: bytes) -> str:
    value = int.from_bytes(line + _check(prefix, line))
    letters = "".join(LETTERS[(value >> shift) & 31] for shift in range(155, -1, -5))
    return " ".join(letters[start : start + 4] for start in range(0, 32, 4))


def _unspell(prefix: str, typed: str) -> bytes:
    letters = typed.upper().translate(LOOKALIKES)
    if len(letters) != 32 or set(letters) - set(LETTERS):
        raise SharesError(f"Line {prefix} should have 32 letters and digits. Compare it with the sheet.")
    value = 0
    for letter in letters:
        value = value << 5 | LETTERS.index(letter)
    raw = value.to_bytes(20)
    if _check(prefix, raw[:16]) != raw[16:]:
        raise SharesError(f"Line {prefix} is mistyped. Compare it with the sheet, letter by letter.")
    return raw[:16]
