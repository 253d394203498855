"""A conversation is a source and, where it says so, the people in it."""

from tests.chronicle.casework import PEOPLE, corpus, record

from desist.chronicle.conversations import converse
from desist.chronicle.people import identify
from desist.chronicle.records import Kind


def test_a_source_without_recipients_is_one_conversation() -> None:
    held = corpus([record(), record(sender="Robin Example"), record(sender="", kind=Kind.SYSTEM)])

    found = converse(corpus=held, identities=identify(corpus=held, people=PEOPLE))

    assert found.of.tolist() == [0, 0, 0]
    assert [one.name for one in found.all] == ["a.txt"]
    assert found.present == (frozenset({0, 1}),)


def test_recipients_tell_conversations_of_one_source_apart() -> None:
    held = corpus(
        [
            record(recipients=("Robin Example",)),
            record(sender="Robin Example", recipients=("Sam Sample",)),
            record(sender="Robin Example", recipients=("Kit",)),
            record(sender="", recipients=("Kit",), kind=Kind.SYSTEM),
        ]
    )

    found = converse(corpus=held, identities=identify(corpus=held, people=PEOPLE))

    assert found.of.tolist() == [found.of[0], found.of[0], found.of[2], found.of[3]]
    assert len({int(found.of[0]), int(found.of[2]), int(found.of[3])}) == 3
    assert {one.name for one in found.all} == {
        "a.txt: Sam Sample, Robin Example",
        "a.txt: Robin Example, Kit",
        "a.txt: Kit",
    }
