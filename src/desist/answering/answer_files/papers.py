"""A form as a plain text that an agency without Desist fills in, and what is read from it. Pure but for the site's key.

It names nobody. Its last line is bound to one referral and its version by a key of the site, so that the form of another
referral, of another service and of an earlier state are each known.
"""

import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desist.agencies import SAY, Said
from desist.post import own
from desist.refusals import Refused

PURPOSE = "files of agencies"
WORDS, END, STAMP = "Words:", "End of the form.", "Form:"
LAYOUT = """Answer to a referral that {service} made to {agency}

{service} told you by telephone or letter who the person is. Write no name, address or telephone number here.
In danger, ring 999 first.

1. Put an x between the brackets of one line.
{lines}

2. The day, for example 3/12/2026
Day:

3. In words, for the service to read: 1,000 characters at most
{words}


{end} Save it as plain text and give it back. Change nothing below.
{stamp} {mark}
"""
NO_FORM = "This file is not an answer form, or its last line is missing. Ask the agency for the form that you gave it"
FOREIGN = (
    "This form belongs to another referral or another service, or its last line was changed. Open the referral that it "
    "answers, and read it in there"
)
OLD = "This form is old: it was read in already, or more was recorded since you gave it. By now the referral stands at: {state}"
NO_CROSS = (
    "No line of the form has an x between its brackets. Ask the agency what it meant, and record that by hand"
)
CROSSES = (
    "More than one line of the form has an x. Ask the agency which one it meant, and record that by hand"
)
NOT_OFFERED = (
    "The line with the x is not one of this form. Ask the agency what it meant, and record that by hand"
)
NO_DAY = (
    "The day on the form cannot be read. Ask the agency which day it meant, and record the answer by hand"
)


@dataclass(frozen=True)
class Paper:
    """A referral for which a form is made or read. `back` is the route and reference of its own page."""

    ref: str
    agency: str
    state: str
    version: int
    may_say: tuple[tuple[str, str], ...]
    back: tuple[str, str]


@dataclass(frozen=True)
class Answered:
    """What a form says. `on` is None where the agency wrote no day."""

    said: Said
    on: date | None
    words: str


def form(paper: Paper) -> bytes:
    """The form of a referral as it stands, in UTF-8 with the mark by which editors know it."""
    written = LAYOUT.format(
        service=own.site().title,
        agency=paper.agency,
        lines="\n".join(f"[ ] {words}" for _, words in paper.may_say),
        words=WORDS,
        end=END,
        stamp=STAMP,
        mark=f"{paper.version}-{_marks(paper.ref, paper.version)[0]}",
    )
    return written.replace("\n", "\r\n").encode("utf-8-sig")


def read(text: str, paper: Paper) -> Answered:
    """What a filled-in form says of a referral. Raises Refused with the reason where it is wrong, old or foreign."""
    text = "\n".join(text.splitlines())
    stamp = re.search(rf"^{STAMP}[ \t]*(\d{{1,9}})-([0-9a-f]{{32}})\s*$", text, re.MULTILINE)
    if stamp is None:
        raise Refused(NO_FORM, field="file")
    version = int(stamp[1])
    if not any(hmac.compare_digest(one, stamp[2]) for one in _marks(paper.ref, version)):
        raise Refused(FOREIGN, field="file")
    if version != paper.version:
        raise Refused(OLD.format(state=paper.state), field="file")
    return Answered(_said(text, dict(paper.may_say)), _day(text), _words(text))


def _said(text: str, may_say: Mapping[str, str]) -> Said:
    crossed = re.findall(
        r"^[ \t]*\[[ \t]*[^\s\]][ \t]*\][ \t]*(.*?)[ \t]*$", text.partition(WORDS)[0], re.MULTILINE
    )
    if len(crossed) != 1:
        raise Refused(CROSSES if crossed else NO_CROSS, field="file")
    found = [one for one in may_say if SAY[Said(one)].casefold() == crossed[0].casefold()]
    if not found:
        raise Refused(NOT_OFFERED, field="file")
    return Said(found[0])


def _day(text: str) -> date | None:
    line = re.search(r"^Day:[ \t]*(.*?)[ \t]*$", text, re.MULTILINE)
    if line is None or not line[1]:
        return None
    parts: Sequence[str] = re.findall(r"\d+", line[1])
    try:
        day, month, year = (int(one) for one in parts)
        return date(year, month, day)
    except ValueError:
        raise Refused(NO_DAY, field="file") from None


def _words(text: str) -> str:
    return text.partition(WORDS)[2].partition(END)[0].strip()


def _marks(ref: str, version: int) -> list[str]:
    """The marks of a referral's form at a version, by every key set of the site, the present one first."""
    plain = f"{ref} {version}".encode()
    return [hmac.digest(keys.derive(PURPOSE), plain, "sha256").hex()[:32] for keys in own.keys().sets]
