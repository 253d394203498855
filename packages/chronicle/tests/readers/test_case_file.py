"""CASE/UCO files: another program's, and our own read back."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from packages.chronicle.tests.casework import CASE, charted, record
from packages.chronicle.tests.made_up.phone_samples import BOB, case_file
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.outputs.case_file import write_case
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.records import Direction, Kind


def test_messages_calls_and_mails_are_read_with_their_people(read_one: ReadOne) -> None:
    records, outcome = read_one(case_file(), "Ann Example")

    assert [(one.kind, one.sender, one.recipients, one.direction, one.text) for one in records] == [
        (Kind.MESSAGE, BOB, ("Ann Example",), Direction.RECEIVED, 'I see you "@graph": [\nagain é'),
        (Kind.MESSAGE, "Ann Example", (BOB,), Direction.SENT, "Stop"),
        (Kind.CALL, "kb:unknown", ("Ann Example",), Direction.RECEIVED, "[duration 63]"),
        (Kind.EMAIL, "bob@example.org", (), Direction.RECEIVED, "you\nhello"),
    ]
    assert [one.sent_utc for one in records] == [
        datetime(2024, 7, 31, 21, 5, second, tzinfo=UTC) for second in range(1, 5)
    ]
    assert "3 nodes of export are accounts, files, tools or acts, and no messages." in outcome.warnings
    # counted without the reader
    kinds = [one["@type"] for one in json.loads(case_file())["@graph"]]
    assert len(records) == sum(kind.endswith(("Message", "Call")) for kind in kinds)


def test_what_we_write_is_read_back(read_one: ReadOne) -> None:
    told = [
        record("I see you é\nagain", sender="Sam Sample", recipients=("Robin Example",)),
        record("Stop", at="2024-03-02 09:00", sender="Robin Example", recipients=("Sam Sample",)),
        record("no time", at=None, sender="Sam Sample"),
    ]
    course = charted(told)
    written = StringIO()
    write_case(
        course=course,
        case=CASE,
        wording=Wording(course=course, exhibits={"a.txt": "EX/1"}),
        to=written,
    )

    records, outcome = read_one(written.getvalue().encode(), "Robin Example")

    assert [(one.sender, one.recipients, one.sent_utc, one.text) for one in records] == [
        (one.sender, one.recipients, one.sent_utc, one.text) for one in told
    ]
    assert not outcome.refused


def test_other_forms_of_names_and_values_are_read(read_one: ReadOne) -> None:
    iri = "https://ontology.unifiedcyberontology.org/uco/observable/"
    message = {
        "@type": [f"{iri}Message", 5],
        f"{iri}from": {"@id": "kb:1", f"{iri}displayName": "Bob"},
        f"{iri}to": [{"@id": "kb:2"}, {}],
        f"{iri}messageText": [{"@value": "a"}, "b", True],
        f"{iri}sentTime": "soon",
        f"{iri}contentRecoveredStatus": "recovered",
        f"{iri}hasFacet": {"@type": f"{iri}ApplicationFacet", f"{iri}messageText": "not this"},
    }

    (one,), _ = read_one(json.dumps({"@context": {}, "@graph": [message]}).encode())

    assert (one.sender, one.recipients, one.text, one.sent_utc) == ("Bob", ("kb:2",), "a, b", None)


def test_a_file_without_its_nodes_is_refused_and_one_cut_short_is_told(read_one: ReadOne) -> None:
    _, outcome = read_one(b'{"@context": {"uco-observable:": "unifiedcyberontology"}, "x": []}')
    assert outcome.refused
    assert "Ask the program that wrote it" in outcome.warnings[-1]

    records, outcome = read_one(case_file()[:900])

    assert [one.kind for one in records] == [Kind.MESSAGE, Kind.UNREAD]
    assert outcome.partial


@pytest.mark.parametrize("depth", [3, 40])
def test_facets_in_facets_end(depth: int, read_one: ReadOne) -> None:
    node: dict[str, object] = {"name": "Bob"}
    for _ in range(depth):
        node = {"hasFacet": [node]}
    message = {"@type": "uco-observable:Message", "uco-observable:from": node}

    (one,), _ = read_one(json.dumps({"@context": {"uco-core": "x"}, "@graph": [message]}).encode())

    assert one.sender == ("Bob" if depth == 3 else "")
