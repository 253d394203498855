"""What the demo shows of panels: a meeting held and one to come, and each state of a paper and of an action."""

import pytest
from tests.synthetic.conftest import NOW

from desist.partnership.panels.models import PanelAction, PanelItem, PanelMeeting, PanelPaper
from tools.synthetic import disclosure_agreements, panel_rows
from tools.synthetic.cases import Block


@pytest.fixture
def met(loaded: Block) -> Block:
    disclosure_agreements.write(at=NOW)
    panel_rows.write(loaded.cases, at=NOW)
    return loaded


def test_one_meeting_was_held_and_one_is_to_come(met: Block) -> None:
    days = PanelMeeting.objects.order_by("on").values_list("on", flat=True)

    assert [day < NOW.date() for day in days] == [True, False]
    assert PanelItem.objects.filter(consultation=True).count() == 1


def test_papers_wait_are_released_and_were_replaced_and_one_is_for_a_guest(met: Block) -> None:
    assert {one.state for one in PanelPaper.objects.all()} == {"written", "released", "replaced"}
    assert PanelPaper.objects.filter(agency=None).count() == 1
    assert PanelPaper.objects.get(state="written").words


def test_a_late_action_waits_for_one_of_the_police(met: Block) -> None:
    late = PanelAction.objects.get(due_on__lt=NOW.date())

    assert late.agency is not None
    assert late.waits_for
    assert late.waits_for.account == panel_rows.ROWAN
