"""The demo shows the end and after: a report to sign, one being written, and follow-ups, one of them due."""

from datetime import timedelta

import pytest

from desist.programme.episodes.models import Episode
from desist.programme.followups.models import FollowUp
from desist.programme.reports.models import Report
from desist.synthetic import closing_rows
from desist.synthetic.cases import Block

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(loaded: Block) -> Block:
    closing_rows.write(loaded.cases)
    return loaded


def test_a_report_waits_for_a_signature_and_another_is_being_written(closed: Block) -> None:
    states = set(Report.objects.values_list("state", flat=True))

    assert states == {"draft", "offered"}
    assert not Report.objects.filter(state="offered", recommendations="").exists()


def test_no_planted_secret_is_in_a_report(closed: Block) -> None:
    written = " ".join(str(row) for row in Report.objects.values_list())

    planted = [case.secret(kind) for case in closed.cases for kind in ("session_note", "concern")]
    assert any(planted)
    assert not [one for one in planted if one and one in written]


def test_everybody_who_left_has_two_follow_ups_and_one_is_due_now(closed: Block) -> None:
    ended = Episode.objects.filter(ended_at__isnull=False)

    assert FollowUp.objects.count() == 2 * ended.count()
    moment = max(row.ended_at for row in ended if row.ended_at)
    assert FollowUp.objects.filter(due_on__lte=moment.date() + timedelta(days=90)).exists()
