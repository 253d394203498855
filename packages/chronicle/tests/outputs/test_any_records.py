"""Whatever a source holds, a bag is made of it and holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packages.chronicle.tests.casework import CASE, PEOPLE, noon, record
from packages.chronicle.tests.test_corpus import RECORDS

from desist_chronicle.analysis.findings import Questions
from desist_chronicle.analysis.orders import Order as ProtectionOrder
from desist_chronicle.corpus import Corpus
from desist_chronicle.course import chart
from desist_chronicle.masking import Mask, Masks
from desist_chronicle.outputs.package import Order, pack
from desist_chronicle.records import Record
from desist_chronicle.scope import Scope
from desist_chronicle.verification import verify

QUESTIONS = Questions(
    compare_at=date(2024, 3, 10),
    triggers={"court date": [date(2024, 3, 1)]},
    orders=(
        ProtectionOrder("Order", datetime.fromisoformat("2024-03-01"), served_time_known=False, until=None),
    ),
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(RECORDS, max_size=12), st.booleans())
@example(records=[record("\x1f", sender="U")], masked=True)
def test_any_records_make_a_bag_that_holds(records: Sequence[Record], masked: bool) -> None:
    corpus = Corpus()
    corpus.extend([record(), *records])
    course = chart(corpus=corpus, people=PEOPLE, scope=Scope())
    exhibits = tuple(replace(CASE.exhibits[0], name=source) for source in corpus.sources)
    order = Order(
        course=course,
        case=replace(CASE, exhibits=exhibits),
        questions=QUESTIONS,
        mask=Mask(Masks()) if masked else None,
    )

    with TemporaryDirectory() as folder:
        packed = pack(order=order, folder=Path(folder) / "bag", clock=noon)

        assert verify(folder=packed.folder, seal=packed.seal).faults == ()
