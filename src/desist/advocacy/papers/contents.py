"""The words of a paper, before it is drawn. Pure.

Titles and names of files are neutral on purpose: a paper, a file or a list of recent files must not tell whose it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

#: the title in a file's properties and in a browser's tab, and the name of the file
TITLE, FILE = "Notes", "notes"
#: the headings of the log's entries, in order
COLUMNS = (
    *(
        "When",
        "How many times",
        "Where",
        "Where exactly",
        "What was done",
        "How it was done",
        "What happened",
    ),
    *("Also involved", "Effect", "Witnesses", "Kept", "Where it is kept", "Reported to", "Crime reference"),
    *("How it was told", "Written down", "Added later"),
)
LEFT_OUT = "Left out: these words may lead to them"


@dataclass(frozen=True)
class Section:
    """A part of a paper: facts with their headings, then sentences."""

    heading: str
    facts: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contents:
    """A whole paper; `before` are the sentences above its sections."""

    heading: str
    before: tuple[str, ...]
    sections: tuple[Section, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The headings of its table: those that an entry has, and a column for what is left out."""
        used = {name for one in self.sections for name, _ in one.facts}
        return ("Entry", *(name for name in COLUMNS if name in used), "About this table")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Its table, a row for each entry. Each row says what the table leaves out, however the rows are sorted."""
        told, names = " ".join(self.before), self.header[1:-1]
        return tuple(
            (str(one.heading.split(".")[0]), *(dict(one.facts).get(name, "") for name in names), told)
            for one in self.sections
        )


#: the parts of a safety plan, by their field
PLAN = {
    "now": "If I am in danger",
    "home": "At home",
    "work": "At work or college",
    "travel": "On the way, and in public",
    "online": "My devices and accounts",
    "children": "Children",
    "people": "Who knows, and who helps",
}
DANGER = "In danger: ring 999. If you cannot speak on a mobile, ring 999 and press 55 when you hear it."
KEEP_IT = "Keep this paper where only you find it."

LEAFLET = Contents(
    heading="What to keep and write down",
    before=(DANGER, KEEP_IT),
    sections=(
        Section(
            "Keep it as it is",
            words=(
                "Keep messages, calls, letters and gifts. Do not answer them, and do not delete them.",
                "Put things in a bag and touch them as little as you can.",
                "Ask before you block an account or take a tracker off a car: the telephone or the tracker may be evidence.",
                "Copy pictures of screens to a place that only you open.",
            ),
        ),
        Section(
            "Write it down the same day",
            words=(
                "The day and the time, and when it ended. If you are not sure, say so: “about 5pm”, “that week”.",
                "How many times, and whether you counted.",
                "Where it was: “home”, “work”, “the bus”.",
                "What was done, and the words that were said, as exactly as you can.",
                "Who else saw or heard it.",
                "What you have kept, and where.",
                "What it did to you: sleep, work, what you no longer do.",
            ),
        ),
        Section(
            "It counts even if it looks small",
            words=(
                "Two or more things that look harmless one by one can be a course of conduct.",
                "What you write down may be read in court, also by the person it is about. Keep private thoughts apart.",
            ),
        ),
        Section(
            "Your telephone and accounts",
            words=(
                "Change passwords from a device that the other person has never had in their hands.",
                "See which devices are signed in to your accounts, and who shares your location.",
            ),
        ),
    ),
)


def plan(parts: Sequence[tuple[str, str]], review: str) -> Contents:
    """A safety plan for the client: field -> words, and the day of the next review."""
    told = tuple(Section(PLAN[name], words=tuple(words.split("\n"))) for name, words in parts if words)
    return Contents("My plan", (DANGER, KEEP_IT, f"We look at it again by {review}."), told)


def ring(numbers: Sequence[str], *, say: str, crime_reference: str, people: str) -> Contents:
    """Who to ring: the emergency numbers, the service under the words agreed with the client, and their own people."""
    police = f"101. Crime reference: {crime_reference}" if crime_reference else "101"
    facts = [("In danger", "999"), ("In danger, if you cannot speak", "999, then 55 on a mobile")]
    facts += [("Police, if it is not urgent", police), *((say or "Your advocate", one) for one in numbers)]
    sections = [Section("Numbers", tuple(facts))]
    if people:
        sections.append(Section("Who knows, and who helps", words=tuple(people.split("\n"))))
    return Contents("Who to ring", (KEEP_IT,), tuple(sections))
