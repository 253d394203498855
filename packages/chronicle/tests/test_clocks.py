"""A clock's offset is proposed, and nothing is changed."""

from packages.chronicle.tests.casework import PEOPLE, corpus, record

from desist_chronicle.clocks import propose_offsets
from desist_chronicle.duplicates import fingerprints
from desist_chronicle.people import identify
from desist_chronicle.records import Record


def told(source: str, minutes: list[int]) -> list[Record]:
    texts = [f"a long message that both devices hold, {number}" for number in range(len(minutes))]
    return [
        record(text, source=source, at=f"2024-03-01 {8 + minute // 60:02d}:{minute % 60:02d}")
        for text, minute in zip(texts, minutes, strict=True)
    ]


def proposals(*records: Record) -> list[str]:
    held = corpus(records)
    found = propose_offsets(
        corpus=held, identities=identify(corpus=held, people=PEOPLE), prints=fingerprints(corpus=held)
    )
    return [proposal.sentence() for proposal in found]


def test_one_source_has_nothing_to_compare() -> None:
    assert proposals(*told("a.txt", [0, 10, 20, 30, 40])) == []


def test_a_constant_offset_is_proposed_with_what_agrees() -> None:
    ahead = told("a.txt", [5, 15, 25, 35, 45, 59])

    said = proposals(*ahead, *told("b.txt", [0, 10, 20, 30, 40, 50]))

    expected = (
        "The clock of \u201ca.txt\u201d seems to be 300 seconds ahead of that of \u201cb.txt\u201d: "
        "5 of 6 messages that both hold agree. Nothing was changed."
    )
    assert said == [expected]


def test_a_clock_that_is_behind_is_said_so() -> None:
    said = proposals(*told("a.txt", [0, 10, 20, 30, 40]), *told("b.txt", [5, 15, 25, 35, 45]))

    assert "300 seconds behind" in said[0]


def test_equal_clocks_few_messages_and_scattered_differences_propose_nothing() -> None:
    minutes = [0, 10, 20, 30, 40]

    assert proposals(*told("a.txt", minutes), *told("b.txt", minutes)) == []
    assert proposals(*told("a.txt", minutes[:4]), *told("b.txt", [5, 15, 25, 35])) == []
    assert proposals(*told("a.txt", minutes), *told("b.txt", [1, 13, 27, 34, 49])) == []


def test_a_message_said_twice_proves_nothing() -> None:
    twice = [
        record("a long message that was said twice", source=name) for name in ("a.txt", "a.txt", "b.txt")
    ]

    assert proposals(*twice * 5) == []
