"""The instruments that come with Desist."""

import pytest

from desist.instruments import library
from desist.instruments.model import Instrument

EVERY = library.current()


def test_the_instruments_are_these() -> None:
    assert [one.name for one in EVERY] == ["core-10", "gad-7", "goal", "own-safety", "pcl-5", "phq-9"]


@pytest.mark.parametrize("known", EVERY, ids=lambda known: known.name)
def test_an_instruments_data_fit_together(known: Instrument) -> None:
    assert [item.number for item in known.items] == list(range(1, len(known.items) + 1))
    assert list(known.figures) == sorted(set(known.figures))
    starts = [band.start for band in known.bands]
    assert starts == sorted(starts)
    assert all(known.least <= start <= known.most for start in starts)
    assert known.licence.terms
    assert known.licence.source
    assert known.sources
    assert known.missing.source


@pytest.mark.parametrize("known", EVERY, ids=lambda known: known.name)
def test_items_are_named_by_a_topic_not_by_their_wording(known: Instrument) -> None:
    assert max(len(item.topic) for item in known.items) <= 30
    assert not [item.topic for item in known.items if item.topic.endswith((".", "?"))]


def test_an_unknown_instrument_or_version_is_told_with_those_there_are() -> None:
    with pytest.raises(library.UnknownInstrument, match=r"phq-9 \(version 1\)"):
        library.instrument(name="phq-9", version=99)
