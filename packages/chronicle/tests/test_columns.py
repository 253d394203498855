"""Records held as columns are the same records, and count the same."""

from pathlib import Path

import pytest
from packages.chronicle.tests.made_up.export_samples import chat_text

from desist_chronicle.columns import Columns
from desist_chronicle.corpus import Corpus, TooManyRecordsError
from desist_chronicle.ledger import Tally
from desist_chronicle.options import DateOrder, Options
from desist_chronicle.reading import Reading
from desist_chronicle.records import Record


@pytest.fixture
def columns(tmp_path: Path) -> Columns:
    path = tmp_path / "chat.txt"
    path.write_bytes(b"31/02/2020, 21:05 - Bob: when?\nagain\n" + chat_text(style=0))
    found, *_ = Reading(
        paths=[path], options=Options(date_order=DateOrder.DMY, owners=("Bob Sample",))
    ).blocks()
    assert isinstance(found, Columns)
    return found


def test_columns_have_the_digest_and_the_sums_of_their_records(columns: Columns) -> None:
    whole, one_by_one = Tally(), Tally()

    whole.add(columns)
    for record in columns:
        one_by_one.add([record])

    assert whole.digest.hexdigest() == one_by_one.digest.hexdigest()
    assert (whole.counts, whole.bytes, whole.flags) == (one_by_one.counts, one_by_one.bytes, one_by_one.flags)
    assert (whole.end, whole.gaps) == (one_by_one.end, 0)


def test_columns_are_held_in_a_corpus_as_their_records_are(columns: Columns) -> None:
    whole, one_by_one = Corpus(), Corpus()

    whole.extend(columns)
    one_by_one.extend(list(columns))

    records: list[Record] = list(whole.reader())
    assert records == list(one_by_one.reader()) == list(columns)
    assert len(records) > 100


def test_columns_beyond_the_limit_of_a_corpus_are_refused_whole(columns: Columns) -> None:
    corpus = Corpus(most=100)

    with pytest.raises(TooManyRecordsError):
        corpus.extend(columns)

    assert len(corpus) == 0
