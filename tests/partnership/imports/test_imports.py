"""A table of referrals brought in by the police: complete drafts, for an officer to check and send."""

import html
import re
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.partnership import factories
from tests.referral.test_table import ROW, written
from tests.waiting import somebody_has

from desist.partnership.imports import commands
from desist.partnership.referrals.models import Referral
from desist.post.models import Outbox, Partner
from desist.wall.models import AuditEvent
from desist.wall.turns import turn

pytestmark = pytest.mark.django_db


def bring(officer: Client, what: str, *rows: dict[str, str]) -> str:
    file = SimpleUploadedFile("referrals.csv", written(*rows))
    sent = {"table": file, "what": what, "programme": factories.PROGRAMME}
    response = officer.post(reverse("imports:table"), sent)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def test_looking_through_keeps_nothing(officer: Client, programme: Partner) -> None:
    page = bring(officer, "look", ROW, {**ROW, "family_name": "Wrong", "born": "tomorrow"})

    assert "Nothing was saved. 1 row is correct, 1 has a problem." in page
    assert "3 born" in page
    assert not Referral.objects.exists()


def test_what_is_right_becomes_a_draft_that_can_be_sent(officer: Client, programme: Partner) -> None:
    bring(officer, "bring", ROW)
    row = Referral.objects.get()
    assert not Outbox.objects.exists()

    officer.post(reverse("referrals:check", args=[row.ref]), {"form_version": "1"})

    row.refresh_from_db()
    assert row.state == "sent"
    assert set(row.happenings.values_list("what", flat=True)) == {"imported", "sent"}
    assert "already here" in bring(officer, "bring", ROW)
    assert Referral.objects.count() == 1


def test_a_column_of_reasons_that_is_filled_down_silences_no_finding(
    officer: Client, programme: Partner
) -> None:
    words = {"behaviour_account": "Waited at 14 Otterfell Road", "false_alarm": "agency"}
    quiet = {**ROW, "family_name": "Quiet", "pnc": "", "false_alarm": "agency"}

    page = bring(officer, "look", ROW | words, quiet)

    assert "Words that are kept, by row and column" in page
    assert (
        "2 behaviour_account “14 Otterfell Road” looks like an address. Why it stays: It belongs to" in page
    )
    assert "3 behaviour_account" not in page
    assert "Words that are kept" not in bring(officer, "look", quiet)
    bring(officer, "bring", ROW | words)
    assert "Words that are kept" not in bring(officer, "look", ROW | words)  # who is here already is left out


def test_the_reason_why_words_may_stay_reaches_the_data_protection_officer(
    officer: Client, programme: Partner
) -> None:
    words = {"behaviour_account": "Waited at 14 Otterfell Road", "false_alarm": "agency"}

    bring(officer, "bring", ROW | words)

    told = AuditEvent.objects.get(action="partnership.answer_for_words")
    assert told.reason == "behaviour account: address: It belongs to a police station, court or service"
    assert Referral.objects.get().happenings.filter(what="alarm_answered").count() == 1


def test_whoever_waits_too_long_for_another_table_is_told_to_send_theirs_again(
    officer: Client, programme: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "turn", partial(turn, patience=0.05))

    with somebody_has(f"referrals of {factories.AREA}"):
        page = bring(officer, "bring", ROW)

    assert "Someone else is importing a table. Wait a minute, then try again" in page
    assert not Referral.objects.exists()
