"""The demo shows the end and after: a report to sign, one being written, and follow-ups, one of them due."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.synthetic.conftest import NOW

from desist.keys import keyfile, sitekeys
from desist.post import own
from desist.post.models import Outbox, Partner
from desist.post.transports import Transport
from desist.programme.episodes.models import Episode
from desist.programme.leaving.certificates.models import Certificate
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.reports import checking
from desist.programme.leaving.reports.models import Report, ReportDocument
from desist.referral import files
from tools.synthetic import assessment_rows, closing, closing_rows, programme_rows
from tools.synthetic.cases import Block

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


@pytest.fixture
def police(db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The police of the area by courier, and the programme's own keys."""
    settings.DESIST_SITE, settings.DESIST_ZONE = "northmere-programme", "programme"
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    keyfile.create(folder=tmp_path, site="northmere-programme", on=NOW.date())
    Partner.objects.create(
        name=programme_rows.POLICE,
        zone="partnership",
        title="The police of the area",
        transport=Transport.COURIER,
        keys=sitekeys.generate(site=programme_rows.POLICE, on=NOW.date()).public.to_json(),
        added_at=NOW,
    )


@pytest.fixture
def finished(closed: Block, police: None) -> Block:
    assessment_rows.write(closed.cases)
    closing.write(at=NOW)
    return closed


def test_the_demo_has_one_of_each_that_was_finished(finished: Block) -> None:
    signed = Report.objects.get(state="signed")
    certificate = Certificate.objects.get()

    assert Report.objects.filter(state="offered").exists()
    assert (signed.sent, certificate.sent) == ("sent", "sent")
    assert signed.episode == certificate.episode
    assert ReportDocument.objects.get().report == signed
    assert set(Outbox.objects.values_list("kind", flat=True)) == {"exit-report", "attendance-certificate"}


def test_one_follow_up_was_recorded(finished: Block) -> None:
    due = FollowUp.objects.filter(due_on__lt=NOW.date())

    assert FollowUp.objects.exclude(outcome="").count() == min(1, due.count())


def test_one_written_person_has_a_report_a_certificate_and_a_follow_up(finished: Block) -> None:
    refs = {case.episode_ref for case in finished.cases if case.told and case.story.stage == "completed"}

    assert {Report.objects.get(state="signed").episode.ref, Certificate.objects.get().episode.ref} == refs
    assert FollowUp.objects.exclude(outcome="").get().episode.ref in refs


def test_no_planted_secret_leaves_with_what_was_signed(finished: Block) -> None:
    kept = ReportDocument.objects.get()
    content = files.unlock(keys=own.keys(), key=kept.key, ref=kept.ref, sealed=bytes(kept.sealed))
    said = checking.printed(content)

    planted = [case.secret(kind) for case in finished.cases for kind in ("session_note", "concern")]
    assert not [one for one in planted if one and one in said]
