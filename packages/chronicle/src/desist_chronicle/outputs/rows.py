"""A chronology's entries as the words that every output shows, masked where the edition asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from desist_chronicle.analysis.counts import WORDS
from desist_chronicle.chronology import Entry, when
from desist_chronicle.course import Course
from desist_chronicle.masking import Mask
from desist_chronicle.people import Role
from desist_chronicle.records import Flag, Kind, Record

#: the meaning of the flags, for a reader of the chronology
FLAG_WORDS = {
    Flag.EDITED: "edited",
    Flag.DELETED: "deleted",
    Flag.MEDIA_OMITTED: "media not in the export",
    Flag.ATTACHMENT: "attachment",
    Flag.STICKER: "sticker",
    Flag.REACTION: "reaction",
    Flag.DRAFT: "draft, not sent",
    Flag.FAILED: "failed, not sent",
    Flag.QUEUED: "waiting to be sent",
    Flag.REJECTED: "rejected",
    Flag.QUOTED_HEADER: "quotes a line that looks like another message",
    Flag.POSSIBLY_FORGED: "may be typed into another message: check the device",
    Flag.TIME_BACKWARDS: "earlier than the record before it",
    Flag.CLOCK_FOLD: "clock change: first or second pass unknown",
    Flag.CLOCK_GAP: "clock change: this time did not exist in the assumed zone",
    Flag.TIME_UNREADABLE: "time unreadable",
    Flag.SENDER_AMBIGUOUS: "sender ambiguous",
    Flag.MOJIBAKE_REPAIRED: "characters repaired",
    Flag.SURROGATE_REPAIRED: "characters repaired",
    Flag.MALFORMED: "malformed",
    Flag.PARTIAL: "cut short",
    Flag.REACTED_TO: "others reacted to it",
    Flag.NULL_AS_CALL: "the phone wrote “null”, which is taken for a missed call",
}
_KIND_WORDS = {
    Kind.SYSTEM: "system line",
    Kind.CONTINUATION: "continuation",
    Kind.UNREAD: "unread",
    Kind.INCIDENT: "written down by a person",
    Kind.HEADING: "row of headings",
    Kind.LOCATION: "place reported by a telephone",
    **{kind: one for kind, (one, _) in WORDS.items()},
}


@dataclass(frozen=True)
class Row:
    """One entry in words."""

    number: int
    occasion: int
    when: str
    kind: str
    sender: str
    recipients: str
    what: str
    notes: tuple[str, ...]
    exhibit: str


def folded(text: str, most: int) -> str:
    """Return a text on one line, cut where it is longer than so many characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}\u2026"


class Wording:
    """The wording of entries. `exhibits` gives each source its exhibit reference, `things` each record its pictures'."""

    def __init__(
        self,
        *,
        course: Course,
        exhibits: Mapping[str, str],
        mask: Mask | None = None,
        in_force: Mapping[int, str] | None = None,
        things: Mapping[int, str] | None = None,
    ) -> None:
        self._reader = course.corpus.reader()
        self._course = course
        self._exhibits = exhibits
        self._mask = mask
        self._in_force = in_force or {}
        self._things = things or {}
        self._senders = course.identities.sender
        self._roles = course.identities.role
        self._others: dict[int, str] = {}

    def record(self, entry: Entry) -> Record:
        """The record behind an entry, exactly as read."""
        return self._reader[entry.record]

    def say(self, text: str) -> str:
        """A text as this edition shows it."""
        return self._mask.text(text) if self._mask else text

    def row(self, entry: Entry) -> Row:
        """An entry in words."""
        record = self.record(entry)
        return Row(
            number=entry.number,
            occasion=entry.occasion,
            when=when(record) if record.sent_local else self.say(when(record)),
            kind=_KIND_WORDS[record.kind],
            sender=self._sender(entry.record, record),
            recipients=self._recipients(entry.record, record),
            what=self._what(record),
            notes=self._notes(entry, record),
            exhibit=self._place(record),
        )

    def _what(self, record: Record) -> str:
        """Return the words of a record; the defendant sees neither what a person wrote down for herself, nor a place."""
        if self._mask and record.kind in (Kind.INCIDENT, Kind.LOCATION):
            return f"[{_KIND_WORDS[record.kind]}: not in this edition]"
        return self.say(record.text)

    def _sender(self, position: int, record: Record) -> str:
        if not record.sender and Role(self._roles[position]) is Role.OTHER:
            return ""
        return self._named(int(self._senders[position]), record.sender)

    def _recipients(self, position: int, record: Record) -> str:
        # an incident names the person it is about and has no recipient
        if not record.recipients or record.kind is Kind.INCIDENT:
            return ""
        return self._people_in(position)

    def _people_in(self, position: int) -> str:
        group = self._course.corpus.rows["recipients"][position]
        people = sorted(self._course.identities.recipients[group])
        return "; ".join(self._named(person, self._course.identities.names[person]) for person in people)

    def _named(self, person: int, written: str) -> str:
        """Return a person by name, with the handle as the source writes it where that differs."""
        if self._mask and person > 1:
            return self._others.setdefault(person, f"another person ({len(self._others) + 1})")
        name = self._course.identities.names[person]
        shown = name if written in {name, ""} else f"{name} (“{written}”)"
        return self.say(shown)

    def _notes(self, entry: Entry, record: Record) -> tuple[str, ...]:
        notes = list(dict.fromkeys(FLAG_WORDS[flag] for flag in record.flags))
        if record.kind is Kind.INCIDENT and record.recipients:
            notes.append(f"about {self._people_in(entry.record)}")
        if entry.record in self._things:
            notes.append(f"exhibit {self._things[entry.record]}")
        if entry.copies:
            notes.append(f"also in {entry.copies} other source{'s' if entry.copies > 1 else ''}")
        if entry.record in self._in_force:
            notes.append(self.say(f"candidate: {self._in_force[entry.record]} in force"))
        return tuple(notes)

    def _place(self, record: Record) -> str:
        """Return the exhibit of a record and its place in it."""
        exhibit = self._exhibits[record.source]
        if record.line:
            return f"{exhibit} line {record.line:,}"
        return f"{exhibit} record {record.seq:,}"
