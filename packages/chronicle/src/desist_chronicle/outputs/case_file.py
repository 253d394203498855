"""The report for programs: CASE/UCO as JSON-LD, and a table for Timesketch.

The names are those of the Unified Cyber Ontology 1.x and of CASE (https://caseontology.org).
"""

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TextIO
from uuid import NAMESPACE_URL, uuid5

from desist_chronicle.chronology import Entry, lines
from desist_chronicle.course import Course
from desist_chronicle.outputs.cover import Case
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.outputs.tables import safe
from desist_chronicle.records import Kind, Record

#: so many messages are written; the table has all
MOST_MESSAGES = 5_000
_UCO = "https://ontology.unifiedcyberontology.org/uco/"
_CONTEXT = {
    "kb": "http://example.org/kb/",
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    **{
        f"uco-{part}": f"{_UCO}{part}/"
        for part in ("action", "core", "identity", "observable", "tool", "types")
    },
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_WRITTEN = (Kind.MESSAGE, Kind.EMAIL)
Node = dict[str, Any]


def write_case(*, course: Course, case: Case, wording: Wording, to: TextIO) -> None:
    """Write sources, exhibits, the reading of them, and the first messages of the chronology."""
    made = _Graph(case)
    files = [made.file(*one) for one in case.listed]
    made.reading(files)
    for entry in _first(course, wording):
        made.message(entry, wording.record(entry))
    json.dump({"@context": _CONTEXT, "@graph": made.nodes}, to, ensure_ascii=False, indent=1)


def _first(course: Course, wording: Wording) -> Iterator[Entry]:
    left = MOST_MESSAGES
    for line in lines(course=course):
        if isinstance(line, Entry) and wording.record(line).kind in _WRITTEN:
            if not left:
                return
            left -= 1
            yield line


class _Graph:
    """The nodes of one report; a name gives the same identifier whenever the report is made anew."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._accounts: dict[str, Node] = {}
        self.nodes: list[Node] = []

    def _node(self, kind: str, *named: object, **fields: object) -> Node:
        prefix, _, name = kind.partition(":")
        identifier = uuid5(NAMESPACE_URL, json.dumps([prefix, name, *map(str, named)]))
        node: Node = {"@id": f"kb:{name}-{identifier}", "@type": kind}
        node |= {field.replace("__", ":").replace("_", "-", 1): value for field, value in fields.items()}
        self.nodes.append(node)
        return {"@id": node["@id"]}

    def _facet(self, kind: str, *named: object, **fields: object) -> Node:
        """Return a node to stand inside another."""
        self._node(kind, *named, **fields)
        return self.nodes.pop()

    def file(self, reference: str, name: str, size: int, sha256: str) -> Node:
        hashed = self._facet(
            "uco-types:Hash",
            reference,
            uco_types__hashMethod="SHA256",
            uco_types__hashValue={"@type": "xsd:hexBinary", "@value": sha256.upper()},
        )
        facets = [
            self._facet(
                "uco-observable:FileFacet",
                reference,
                uco_observable__fileName=name,
                uco_observable__sizeInBytes={"@type": "xsd:integer", "@value": str(size)},
            ),
            self._facet("uco-observable:ContentDataFacet", reference, uco_observable__hash=[hashed]),
        ]
        file = self._node("uco-observable:File", reference, uco_core__name=name, uco_core__hasFacet=facets)
        self._node(
            "case-investigation:ProvenanceRecord",
            reference,
            uco_core__description=f"Exhibit {reference}",
            case_investigation__exhibitNumber=reference,
            uco_core__object=[file],
        )
        return file

    def reading(self, files: list[Node]) -> None:
        case = self._case
        name, _, version = case.program.rpartition(" ")
        tool = self._node("uco-tool:Tool", case.program, uco_core__name=name, uco_tool__version=version)
        person = self._node("uco-identity:Person", case.prepared_by, uco_core__name=case.prepared_by)
        self._node(
            "case-investigation:InvestigativeAction",
            case.prepared_at,
            uco_core__name="read",
            uco_core__description="Exports were read into records; methods.txt says how.",
            uco_action__startTime=_moment(case.prepared_at),
            uco_action__performer=person,
            uco_action__instrument=[tool],
            uco_action__object=files,
        )

    def message(self, entry: Entry, record: Record) -> None:
        fields: dict[str, object] = {"uco_observable__messageText": record.text}
        if record.sender:
            fields["uco_observable__from"] = self._account(record.sender)
        if record.recipients:
            fields["uco_observable__to"] = [
                self._account(one) for one in dict.fromkeys(record.recipients) if one
            ]
        if record.sent_utc is not None:
            fields["uco_observable__sentTime"] = _moment(record.sent_utc)
        facet = self._facet("uco-observable:MessageFacet", entry.number, **fields)
        self._node(
            "uco-observable:Message",
            entry.number,
            uco_core__description=f"Number {entry.number} of the chronology, times as fine as {record.precision.value}",
            uco_core__hasFacet=[facet],
        )

    def _account(self, handle: str) -> Node:
        if handle not in self._accounts:
            facet = self._facet(
                "uco-observable:AccountFacet", handle, uco_observable__accountIdentifier=handle
            )
            self._accounts[handle] = self._node("uco-observable:Account", handle, uco_core__hasFacet=[facet])
        return self._accounts[handle]


def _moment(at: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": at.isoformat()}


def write_timesketch(*, course: Course, wording: Wording, to: TextIO) -> None:
    """Write every dated entry in the columns that Timesketch asks for, and some of our own."""
    table = csv.writer(to)
    table.writerow(
        ("message", "datetime", "timestamp_desc", "kind", "from", "to", "precision", "occasion", "exhibit")
    )
    for line in lines(course=course):
        if not isinstance(line, Entry):
            continue
        record, row = wording.record(line), wording.row(line)
        if record.sent_utc is None:
            continue
        cells = (
            *(row.what, record.sent_utc.isoformat(), "Sent", row.kind, row.sender, row.recipients),
            *(record.precision.value, str(line.occasion or ""), row.exhibit),
        )
        table.writerow([safe(cell) for cell in cells])
