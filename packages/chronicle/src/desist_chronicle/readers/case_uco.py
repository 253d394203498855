"""Messages in a CASE/UCO file (JSON-LD, https://caseontology.org), ours or another program's; accounts stand anywhere in it."""

import re
from collections.abc import Iterator
from typing import Any, Final

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import Found, JsonMessages, in_utc, words
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Flag, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "CASE/UCO (JSON-LD)"
GRAPH = re.compile(r'(?<!\\)"@graph"\s*:\s*\[')
HOLDS = (
    re.compile(rb'(?<!\\)"@(?:context|graph)"\s*:'),
    re.compile(rb"unifiedcyberontology|uco-observable:"),
)
#: the name of a message's node, and the facets in which it has its words
MESSAGES = {
    "Message": Kind.MESSAGE,
    "SMSMessage": Kind.MESSAGE,
    "EmailMessage": Kind.EMAIL,
    "Call": Kind.CALL,
}
FACETS = frozenset({"MessageFacet", "SMSMessageFacet", "EmailMessageFacet", "CallFacet"})
#: the fields in which an account has its name, the best first
NAMES = ("accountIdentifier", "phoneNumber", "addressValue", "displayName", "name")
SENT = ("sentTime", "startTime", "receivedTime")
ADVICE = "Ask the program that wrote it for messages as a table (CSV)."
#: how deep the facets of an account may lie in one another
DEEPEST: Final = 4


def recognises(head: bytes) -> bool:
    """Whether it is JSON-LD with the ontology's names."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and all(one.search(head) for one in HOLDS)


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The messages and calls in the file's order; other nodes (files, tools, actions) are counted."""
    people = _people(source)
    case = _Case(source, options, people)
    with source.open(ledger) as stream:
        nodes = JsonMessages(stream=stream, ledger=ledger, opening=GRAPH)
        yield from in_lists(case.records(nodes))
    if not nodes.lists:
        raise UnrecognisedSourceError(f"{source.name} has no list of nodes. Nothing was read. {ADVICE}")
    if case.others:
        ledger.note(
            f"{case.others:,} nodes of {source.name} are accounts, files, tools or acts, and no messages."
        )


def _people(source: Source) -> dict[str, str]:
    """Identifier to name of every node that has one; whatever is damaged is told when the messages are read."""
    found = {}
    with source.open(Ledger()) as stream:
        for node in JsonMessages(stream=stream, ledger=Ledger(), opening=GRAPH):
            name = _name(node.fields, DEEPEST)
            if name and not MESSAGES.keys() & _kinds(node.fields):
                found[words(node.fields.get("@id"))] = name
    return found


class _Case:
    """The records of one file."""

    def __init__(self, source: Source, options: Options, people: dict[str, str]) -> None:
        self._make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)
        self._people = people
        self.others = 0

    def records(self, nodes: JsonMessages) -> Iterator[Record]:
        """A record for each message, and the stretch that could not be read."""
        for node in nodes:
            kind = next((MESSAGES[name] for name in MESSAGES if name in _kinds(node.fields)), None)
            if kind is None:
                self.others += 1
            else:
                yield self._record(node, kind)
        if nodes.unread:
            yield self._make.unread(place=nodes.unread)

    def _record(self, node: Found, kind: Kind) -> Record:
        fields = dict(node.fields)
        for facet in _listed(_value(fields, "hasFacet")):
            if FACETS & _kinds(facet):
                fields |= facet
        written = next(filter(None, (_literal(_value(fields, name)) for name in SENT)), "")
        sender = next(iter(self._named(fields, "from")), "")
        to = (*self._named(fields, "to"), *self._named(fields, "cc"), *self._named(fields, "participant"))
        said = [_literal(_value(fields, name)) for name in ("subject", "messageText", "body")]
        if duration := _literal(_value(fields, "duration")):
            said.append(f"[duration {duration}]")
        return self._make.record(
            kind=kind,
            when=in_utc(self._clock, written.replace("Z", "+00:00")),
            found=written,
            sender=sender,
            recipients=tuple(dict.fromkeys(one for one in to if one != sender)),
            text="\n".join(filter(None, said)),
            flags=(Flag.DELETED,) if _literal(_value(fields, "contentRecoveredStatus")) else (),
            place=node.place,
        )

    def _named(self, fields: dict[str, Any], name: str) -> list[str]:
        """The people under a field: by name here, or under their identifier elsewhere in the file, or the identifier."""
        found = []
        for one in _listed(_value(fields, name)):
            identifier = words(one.get("@id"))
            found.append(_name(one, DEEPEST) or self._people.get(identifier, identifier))
        return [one for one in found if one]


def _kinds(node: dict[str, Any]) -> frozenset[str]:
    """The names of a node's types without their prefixes."""
    value = node.get("@type")
    return frozenset(
        words(one).rpartition(":")[2].rpartition("/")[2]
        for one in (value if isinstance(value, list) else [value])
    )


def _value(node: dict[str, Any], name: str) -> object:
    """The value of a field, whatever prefix its name has."""
    return next(
        (value for field, value in node.items() if field.rpartition(":")[2].rpartition("/")[2] == name), None
    )


def _listed(value: object) -> list[dict[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]


def _literal(value: object) -> str:
    """A text, a number, or either with its type beside it."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_literal, value)))
    if isinstance(value, dict):
        return _literal(value.get("@value"))
    return str(value) if isinstance(value, str | int | float) and value is not True else ""


def _name(node: dict[str, Any], depth: int) -> str:
    """The name of an account, in itself or in its facets; "" where it has none."""
    for name in NAMES:
        if found := _literal(_value(node, name)):
            return found
    if depth:
        for inner in _listed(_value(node, "hasFacet")):
            if found := _name(inner, depth - 1):
                return found
    return ""
