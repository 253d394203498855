"""Counts by source and kind."""

from packages.chronicle.tests.casework import charted, record

from desist_chronicle.analysis.counts import Count, by_channel, kinds_sentence
from desist_chronicle.corpus import KINDS
from desist_chronicle.records import Kind


def test_each_source_and_kind_with_any_contact_has_a_row() -> None:
    told = [
        record(),
        record(sender="Robin Example"),
        record(kind=Kind.MISSED_CALL),
        record(source="b.txt", kind=Kind.EMAIL),
        record(source="b.txt", kind=Kind.SYSTEM),
    ]

    assert by_channel(course=charted(told)) == [
        Count("a.txt", Kind.MESSAGE, 1, 1, 0),
        Count("a.txt", Kind.MISSED_CALL, 1, 0, 0),
        Count("b.txt", Kind.EMAIL, 1, 0, 0),
    ]


def test_kinds_are_said_with_their_number() -> None:
    kinds = charted([record(), record(), record(kind=Kind.MISSED_CALL)]).corpus.rows["kind"]

    assert kinds_sentence(kinds) == "2 messages, 1 missed call"
    assert len(KINDS) == len(Kind)
