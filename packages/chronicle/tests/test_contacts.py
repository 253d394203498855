"""Only what was sent is a contact, and each is told by direction."""

from packages.chronicle.tests.casework import PEOPLE, charted, record

from desist_chronicle.records import Flag, Kind, Record


def sides(*records: Record) -> tuple[int, int, int, int]:
    contacts = charted(records).contacts
    return (
        int(contacts.attempted.sum()),
        int(contacts.answered.sum()),
        int(contacts.through_third_party.sum()),
        int(contacts.undated.sum()),
    )


def test_messages_and_calls_count_and_system_lines_do_not() -> None:
    assert sides(record(), record(kind=Kind.MISSED_CALL), record(kind=Kind.SYSTEM)) == (2, 0, 0, 0)


def test_what_was_never_sent_is_no_contact() -> None:
    unsent = [record(flags=(flag,)) for flag in (Flag.DRAFT, Flag.FAILED, Flag.QUEUED)]

    assert sides(record(), *unsent) == (1, 0, 0, 0)


def test_answers_are_told_apart() -> None:
    assert sides(record(), record(sender="Robin Example")) == (1, 1, 0, 0)


def test_a_contact_without_a_time_is_counted_and_named() -> None:
    assert sides(record(), record(at=None)) == (2, 0, 0, 1)


def test_somebody_who_acts_for_the_subject_is_told_apart() -> None:
    people = type(PEOPLE)(subject=PEOPLE.subject, owner=PEOPLE.owner, third_parties=("Lee",))

    contacts = charted([record(), record(sender="Lee")], people=people).contacts

    assert contacts.through_third_party.tolist() == [False, True]
