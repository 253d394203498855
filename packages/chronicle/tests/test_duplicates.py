"""Merging copies loses no message and invents none."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from packages.chronicle.tests.casework import PEOPLE, corpus, record

from desist_chronicle.conversations import converse
from desist_chronicle.corpus import Corpus
from desist_chronicle.duplicates import Duplicates, Merge, fingerprints, merge_copies, normal
from desist_chronicle.people import identify
from desist_chronicle.records import Flag, Kind, Precision, Record

#: enough to show that two sources hold one conversation
BASE = [f"the distinctive message number {number}" for number in range(4)]


def merge(held: Corpus) -> Duplicates:
    identities = identify(corpus=held, people=PEOPLE)
    conversations = converse(corpus=held, identities=identities)
    prints = fingerprints(corpus=held)
    return merge_copies(corpus=held, identities=identities, conversations=conversations, prints=prints)


def base(source: str) -> list[Record]:
    return [record(text, source=source) for text in BASE]


def test_one_source_has_no_copies_however_often_it_repeats() -> None:
    found = merge(corpus([record("?") for _ in range(5)]))

    assert found.kept.all()
    assert found.merges == ()


def test_two_devices_keep_as_many_as_the_one_that_holds_most() -> None:
    first = [*base("a.txt"), record("?"), record("?")]
    second = [*base("b.txt"), *(record("?", source="b.txt") for _ in range(3))]
    held = corpus([*first, *second])

    found = merge(held)

    kept = Counter(held.reader()[place].text for place in range(len(held)) if found.kept[place])
    assert kept == Counter({**dict.fromkeys(BASE, 1), "?": 3})
    assert found.merges == (Merge(first=0, second=1, matched=4, comparable=4),)


def test_each_copy_points_at_an_equal_record_that_is_kept() -> None:
    held = corpus([*base("a.txt"), *base("b.txt")])

    found = merge(held)

    for place in (4, 5, 6, 7):
        original = int(found.copy_of[place])
        assert found.kept[original]
        assert held.reader()[original].text == held.reader()[place].text


def test_at_a_tie_the_finer_clock_is_kept() -> None:
    fine = [record(text, source="b.txt", precision=Precision.SECOND) for text in BASE]

    found = merge(corpus([*base("a.txt"), *fine]))

    assert found.kept.tolist() == [False] * 4 + [True] * 4


def test_the_same_words_in_two_conversations_of_one_minute_are_two_messages() -> None:
    elsewhere = [record(f"something quite different {number}", source="b.txt") for number in range(4)]

    found = merge(
        corpus(
            [
                *base("a.txt"),
                record("Good morning all"),
                *elsewhere,
                record("Good morning all", source="b.txt"),
            ]
        )
    )

    assert found.kept.all()


def test_two_conversations_of_one_source_are_never_copies() -> None:
    to_robin = [record(text, recipients=("Robin Example",)) for text in BASE]
    to_kit = [record(text, recipients=("Kit",)) for text in BASE]

    found = merge(corpus([*to_robin, *to_kit, record(source="b.txt")]))

    assert found.kept.all()


def test_media_are_matched_by_number_for_devices_name_them_differently() -> None:
    with_media = [*base("a.txt"), record("IMG-1.jpg (file attached)", flags=(Flag.ATTACHMENT,))]
    without = [*base("b.txt"), record("<Media omitted>", source="b.txt", flags=(Flag.MEDIA_OMITTED,))]

    found = merge(corpus([*with_media, *without]))

    assert int(found.kept.sum()) == 5


def test_system_lines_and_records_without_a_time_are_left_alone() -> None:
    first = [*base("a.txt"), record("x", kind=Kind.SYSTEM), record("y" * 12, at=None)]
    second = [
        *base("b.txt"),
        record("x", kind=Kind.SYSTEM, source="b.txt"),
        record("y" * 12, at=None, source="b.txt"),
    ]

    found = merge(corpus([*first, *second]))

    assert int(found.kept.sum()) == 8


def test_three_copies_become_one() -> None:
    found = merge(corpus([*base("a.txt"), *base("b.txt"), *base("c.txt")]))

    assert found.kept.tolist() == [True] * 4 + [False] * 8


def test_sources_that_hold_nothing_to_compare_are_left_alone() -> None:
    found = merge(corpus([record("?"), record("?", source="b.txt")]))

    assert found.kept.all()


def test_a_text_is_compared_without_what_devices_add() -> None:
    assert normal(" plain \r\nline ") == "plain \nline"
    assert normal("\u200eZoe\u0308 ") == "Zo\u00eb"


TEXTS = st.lists(
    st.tuples(st.sampled_from(["?", "ok", "call me now please"]), st.integers(0, 2)), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_what_is_kept_is_exactly_the_multiset_maximum(
    first: list[tuple[str, int]], second: list[tuple[str, int]]
) -> None:
    def on(source: str, said: list[tuple[str, int]]) -> list[Record]:
        return base(source) + [
            record(text, source=source, at=f"2024-03-01 09:0{minute}") for text, minute in said
        ]

    held = corpus([*on("a.txt", first), *on("b.txt", second)])

    found = merge(held)

    reader = held.reader()
    kept = Counter(
        (reader[place].text, reader[place].sent_local) for place in range(len(held)) if found.kept[place]
    )
    whole = [
        Counter((one.text, one.sent_local) for one in reader if one.source == source)
        for source in ("a.txt", "b.txt")
    ]
    assert kept == whole[0] | whole[1]
