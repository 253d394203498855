"""The demo's evidence: a client with a chat that was kept and a picture, one whose chat waits for answers; all of it locked."""

import pytest
from tests.synthetic.conftest import NOW
from tests.synthetic.test_rows import found_in, secrets, tables

from desist.advocacy.evidence.models import Original, Record, Transcript
from desist.advocacy.evidence.states import State
from desist.advocacy.exhibits.models import Exhibit
from desist.advocacy.tags.models import Tagged
from tools.synthetic import advocacy_rows, evidence
from tools.synthetic.cases import Block
from tools.synthetic.facts import Side


@pytest.fixture
def kept(db: None, demo: Block) -> Block:
    advocacy_rows.team()
    advocacy_rows.write(demo)
    evidence.write(demo.cases, at=NOW)
    return demo


@pytest.mark.slow
def test_a_chat_is_kept_another_waits_and_nothing_of_them_lies_open(kept: Block) -> None:
    states = list(Original.objects.order_by("pk").values_list("state", flat=True))

    assert states == [State.KEPT, State.KEPT, State.KEPT, State.ASKING]
    assert list(Exhibit.objects.order_by("pk").values_list("state", flat=True)) == ["open", "made"]
    assert Tagged.objects.count() == 7
    assert Transcript.objects.count() == 1
    assert Record.objects.count() == len(evidence.SAID)
    assert not found_in(tables("advocacy"), secrets(kept, Side.ADVOCACY))
