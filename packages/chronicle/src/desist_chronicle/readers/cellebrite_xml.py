"""A report of Cellebrite's as XML (`report.xml`, also inside a .ufdr): messages, calls, mails and places, read as a stream."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError  # the names alone; defusedxml reads

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import in_utc
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "Cellebrite report (XML)"
KINDS = {
    "InstantMessage": Kind.MESSAGE,
    "SMS": Kind.MESSAGE,
    "MMS": Kind.MESSAGE,
    "Email": Kind.EMAIL,
    "Call": Kind.CALL,
    "Voicemail": Kind.VOICEMAIL,
    "Location": Kind.LOCATION,
}
SENT = frozenset({"Outgoing", "Sent", "Dialed"})
RECEIVED = frozenset({"Incoming", "Received", "Missed", "Inbox"})


def recognises(head: bytes) -> bool:
    """Whether the XML is Cellebrite's: its own namespace, or models of its kinds."""
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    return begins and (b"pa.cellebrite.com/report" in head or b'<model type="' in head)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages, calls and places in the report's order; models of other kinds are counted."""
    report = _Report(source, options)
    yield from in_lists(report.records(source, ledger))
    report.names.tell(ledger)
    if report.others:
        ledger.note(
            f"{sum(report.others.values()):,} other entries of {source.name} were not read: "
            f"{', '.join(f'{count:,} {name}' for name, count in sorted(report.others.items()))}."
        )


class _Report:
    """The records of one report, and how many entries of other kinds it has."""

    def __init__(self, source: Source, options: Options) -> None:
        self._make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)
        self.names = OtherNames()
        self.others: Counter[str] = Counter()

    def records(self, source: Source, ledger: Ledger) -> Iterator[Record]:
        """A record for each message, call or place as its element ends; then the element is let go."""
        above: list[Element] = []
        with source.open(ledger) as stream:
            try:
                for step, element in iterparse(stream, events=("start", "end")):
                    if step == "start":
                        above.append(element)
                        continue
                    above.pop()
                    models = [one for one in above if one.tag.endswith("model")]
                    if element.tag.endswith("model") and all(one.get("type") == "Chat" for one in models):
                        yield from self._ended(element, models)
                    if above and not models:
                        # what has been read is let go, or the whole report would be held
                        del above[-1][-1]
            except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
                ledger.stop(
                    f"Reading stopped after {self._make.made:,} entries of {source.name}: the XML is damaged or cut short "
                    f"there ({error}). What came before is kept."
                )

    def _ended(self, model: Element, chats: list[Element]) -> Iterator[Record]:
        name = model.get("type", "")
        if name in KINDS:
            yield self._record(model, KINDS[name], chats)
            model.clear()
        elif not chats and name != "Chat":
            self.others[name or "entry without a type"] += 1

    def _record(self, model: Element, kind: Kind, chats: list[Element]) -> Record:
        written = _value(model, "TimeStamp") or _value(model, "Timestamp") or _value(model, "Date")
        sender, others, direction = self._people(model, chats)
        state = f"{_value(model, 'Type')} {_value(model, 'Status')}"
        missed = kind is Kind.CALL and "Missed" in state
        files = [_value(one, "Filename") or "file" for one in _models(model, "Attachments")]
        return self._make.record(
            kind=Kind.MISSED_CALL if missed else kind,
            when=in_utc(self._clock, written.replace("Z", "+00:00")),
            found=written,
            sender=sender,
            recipients=tuple(dict.fromkeys(one for one in others if one and one != sender)),
            direction=direction,
            text="\n".join(filter(None, (*_words(model), *(f"[{one}]" for one in files)))),
            flags=_flags(model, files=bool(files)),
        )

    def _people(self, model: Element, chats: list[Element]) -> tuple[str, list[str], Direction]:
        """The sender, the others, and the direction, as the entry or its conversation says."""
        roles = [(_value(one, "Role"), one) for one in _models(model, "Parties")]
        senders = [*_models(model, "From"), *(one for role, one in roles if role == "From")]
        others = [*_models(model, "To"), *_models(model, "Cc"), *_models(model, "Bcc")]
        others += [one for role, one in roles if role != "From"]
        if not others and chats:
            others = _models(chats[-1], "Participants")
        said = {_value(model, name) for name in ("Direction", "Type", "Folder", "Status")}
        from_owner = any(_value(one, "IsPhoneOwner").casefold() == "true" for one in senders)
        direction = Direction.SENT if from_owner or SENT & said else Direction.UNKNOWN
        if direction is Direction.UNKNOWN and (senders or RECEIVED & said):
            direction = Direction.RECEIVED
        if not senders and direction is Direction.RECEIVED and len(others) == 1:
            # a call or text with one party, whose part is not said: it is the other person
            senders, others = others, []
        sender = self._person(senders[0]) if senders else ""
        if direction is Direction.SENT:
            sender = self._make.owner or sender
        return sender, [self._person(one) for one in others], direction

    def _person(self, party: Element) -> str:
        """The number or address of a person, or the name where there is none; the pair is kept."""
        identifier, name = _value(party, "Identifier"), _value(party, "Name")
        number, _, host = identifier.partition("@")
        known = f"+{number}" if host == "s.whatsapp.net" else identifier
        self.names.add(known, name)
        if self._make.owner and _value(party, "IsPhoneOwner").casefold() == "true":
            return self._make.owner
        return known or name


def _value(model: Element, name: str) -> str:
    """The words of a field; "" where there is none."""
    for one in model.iterfind("{*}field"):
        if one.get("name") == name:
            return one.findtext("{*}value") or ""
    return ""


def _models(model: Element, name: str) -> list[Element]:
    """The models in the fields of this name."""
    fields = (one for one in model if one.tag.endswith("odelField") and one.get("name") == name)
    return [inner for field in fields for inner in field.iterfind("{*}model")]


def _words(model: Element) -> Iterator[str]:
    """What an entry says: subject, words, how long a call was, and where a place is."""
    yield from (_value(model, name) for name in ("Subject", "Body", "Name"))
    if duration := _value(model, "Duration"):
        yield f"[duration {duration}]"
    for one in _models(model, "Position"):
        degrees = ", ".join(filter(None, (_value(one, "Latitude"), _value(one, "Longitude"))))
        near = _value(model, "Precision")
        yield f"{degrees} within {near} m" if near else degrees


def _flags(model: Element, *, files: bool) -> tuple[Flag, ...]:
    tests = {Flag.ATTACHMENT: files, Flag.DELETED: model.get("deleted_state") == "Deleted"}
    return tuple(flag for flag, holds in tests.items() if holds)
