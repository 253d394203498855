"""A conversation is a source and, where it says so, the people in it."""

from packages.chronicle.tests.casework import PEOPLE, corpus, record

from desist_chronicle.conversations import converse
from desist_chronicle.people import identify
from desist_chronicle.records import Direction, Kind, Record


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

    assert found.of.tolist() == [found.of[0], found.of[0], found.of[2], found.of[2]]
    assert found.of[0] != found.of[2]
    assert {one.name for one in found.all} == {
        "a.txt: Sam Sample",
        "a.txt: Kit",
    }


def conversations(*records: Record) -> list[int]:
    held = corpus(records)
    found = converse(corpus=held, identities=identify(corpus=held, people=PEOPLE))
    return list(map(int, found.of))


def test_what_a_phone_received_and_sent_is_one_conversation_though_it_names_no_owner() -> None:
    received = record(direction=Direction.RECEIVED)
    sent = record(sender="", recipients=("Sam Sample",), direction=Direction.SENT)
    from_kit = record(sender="Kit", direction=Direction.RECEIVED)

    first, second, third = conversations(received, sent, from_kit)

    assert first == second != third


def test_what_goes_to_a_room_is_one_conversation_whoever_writes() -> None:
    told = [record(sender=name, recipients=("Family",)) for name in ("Sam Sample", "Robin Example", "Kit")]

    first, second, third, alone = conversations(*told, record(sender="Kit", recipients=("Sam Sample",)))

    assert first == second == third != alone


def test_mail_to_somebody_who_never_answers_is_told_by_who_wrote_it() -> None:
    told = [record(sender=name, recipients=("Lee",), kind=Kind.EMAIL) for name in ("Sam Sample", "Kit")]

    first, second = conversations(*told)

    assert first != second


def test_what_the_owner_wrote_to_the_owner_is_told_by_nobody() -> None:
    first, second = conversations(
        record(sender="Kit", recipients=("Robin Example",)), record(recipients=("Robin Example",))
    )

    assert first != second
