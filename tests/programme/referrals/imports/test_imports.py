"""A table of referrals brought into a programme that works alone."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.programme import factories
from tests.programme.reading import text
from tests.referral.test_table import ROW, written
from tests.waiting import somebody_has

from desist.post.models import ByHandTask, Partner
from desist.post.transports import Transport
from desist.programme.clocks import LONDON
from desist.programme.episodes.models import Episode
from desist.programme.referrals.imports import commands
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import State
from desist.programme.triage import commands as triage
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent
from desist.wall.turns import turn

pytestmark = pytest.mark.django_db

RIGHT = {**ROW, "complete_on": "2026-03-01"}
WRONG = {**ROW, "complete_on": "2026-03-01", "family_name": "Wrong", "pnc": "", "route": "telepathy"}


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER)


def bring(manager: Client, what: str, *rows: dict[str, str], partner: str = "nobody") -> str:
    file = SimpleUploadedFile("referrals.csv", written(*rows, alone=True))
    return text(manager.post(reverse("imports:table"), {"table": file, "what": what, "partner": partner}))


def test_looking_through_keeps_nothing_and_lists_every_problem(manager: Client) -> None:
    page = bring(manager, "look", RIGHT, WRONG)

    assert "Nothing was saved. 1 row is correct, 1 has a problem." in page
    assert "3 route Choose one of the answers shown" in page
    assert not Referral.objects.exists()


def test_the_second_time_what_is_right_is_brought_in_and_who_is_here_already_is_left_out(
    manager: Client,
) -> None:
    first = bring(manager, "bring", RIGHT, WRONG)
    again = bring(manager, "bring", RIGHT, {**WRONG, "route": "self"})

    assert "1 referral was imported" in first
    assert "1 referral was imported" in again
    assert "This person is already here" in again
    rows = Referral.objects.order_by("family_name")
    assert [row.family_name for row in rows] == ["Example", "Wrong"]
    assert rows[0].completed_at.astimezone(LONDON).date() == date(2026, 3, 1)
    assert rows[0].happenings.get().what == "imported"


def test_a_column_of_reasons_that_is_filled_down_silences_no_finding(manager: Client) -> None:
    words = {"behaviour_account": "Waited at 14 Otterfell Road", "false_alarm": "agency"}
    quiet = {**RIGHT, "family_name": "Quiet", "pnc": "", "false_alarm": "agency"}

    page = bring(manager, "look", RIGHT | words, quiet)

    assert "Words that are kept, by row and column" in page
    assert (
        "2 behaviour_account “14 Otterfell Road” looks like an address. Why it stays: It belongs to" in page
    )
    assert "3 behaviour_account" not in page
    assert "Words that are kept" not in bring(manager, "look", quiet)
    bring(manager, "bring", RIGHT | words)
    assert "Words that are kept" not in bring(
        manager, "look", RIGHT | words
    )  # who is here already is left out


def test_the_reason_why_words_may_stay_reaches_the_data_protection_officer(manager: Client) -> None:
    words = {"behaviour_account": "Waited at 14 Otterfell Road", "false_alarm": "agency"}

    bring(manager, "bring", RIGHT | words)

    told = AuditEvent.objects.get(action="programme.answer_for_words")
    assert told.reason == "behaviour account: address: It belongs to a police station, court or service"
    assert Referral.objects.get().ref in told.row
    assert "Otterfell" not in f"{told.reason}{told.row}"


def test_a_word_that_may_be_the_name_of_the_victim_is_asked_about_before_a_row_is_kept(
    manager: Client,
) -> None:
    named = RIGHT | {"behaviour_account": "Waited for Xanthe. Wrote to Velmorrith on three days."}

    refused = bring(manager, "bring", named)
    half = bring(manager, "bring", named | {"no_name": "Velmorrith"})

    assert (
        "2 behaviour_account “Xanthe” may be a name. If it is the name of the victim, or of anyone near them, take it out. "
        "If not, write it in the column no_name" in refused
    )
    assert "“Velmorrith” may be a name" in refused
    assert "“Xanthe” may be a name" in half
    assert "“Velmorrith”" not in half
    assert not Referral.objects.exists()
    assert "1 referral was imported" in bring(manager, "bring", named | {"no_name": "Velmorrith; Xanthe"})


def test_whoever_is_told_is_asked_once_and_hears_of_every_row(
    manager: Client, police: Partner, episode: Episode
) -> None:
    Partner.objects.update(transport=Transport.BY_HAND)

    assert "Who is to be told the decision?” Northmere Police" in bring(manager, "bring", RIGHT, partner="")
    assert not Referral.objects.exclude(pk=episode.referral.pk).exists()
    bring(manager, "bring", {**RIGHT, "family_name": "Imported", "pnc": ""}, partner=police.name)

    row = Referral.objects.get(family_name="Imported")
    assert row.partner == police.name
    triage.decide(
        actor=Actor("carol", Role.MANAGER, factories.AREA, uuid.uuid4()),
        ref=row.ref,
        decided=triage.Decided(State.DECLINED, "capacity", "", ""),
        version=row.version,
        at=factories.NOW,
    )
    assert ByHandTask.objects.get().partner == police


def test_a_partner_of_another_area_is_no_choice(manager: Client, police: Partner) -> None:
    Partner.objects.update(transport=Transport.BY_HAND, area="Elsewhere")

    bring(manager, "bring", RIGHT, partner=police.name)

    assert not Referral.objects.exists()


def test_who_is_here_already_is_known_by_number_and_never_from_another_area(manager: Client) -> None:
    factories.referral(area="Elsewhere")
    assert "1 row is correct" in bring(manager, "look", RIGHT)

    factories.referral(given_names="X", family_name="Y", born=date(1970, 1, 1), pnc="03/0062845E")

    assert "already here" in bring(manager, "look", RIGHT)


def test_what_is_no_table_is_refused_in_words(manager: Client) -> None:
    file = SimpleUploadedFile("referrals.xlsx", b"PK\x03\x04")

    response = manager.post(reverse("imports:table"), {"table": file, "what": "look", "partner": "nobody"})

    assert response.status_code == 422
    assert "CSV UTF-8" in text(response)


def test_the_template_and_the_list_of_columns_are_files_to_save(manager: Client) -> None:
    for route in ("imports:template", "imports:columns"):
        response = manager.get(reverse(route))

        assert response["Content-Disposition"].startswith("attachment")
        assert response.content.startswith(b"\xef\xbb\xbf")


def test_whoever_waits_too_long_for_another_table_is_told_to_send_theirs_again(
    manager: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "turn", partial(turn, patience=0.05))

    with somebody_has(f"referrals of {factories.AREA}"):
        page = bring(manager, "bring", RIGHT)

    assert "Someone else is importing a table. Wait a minute, then try again" in page
    assert not Referral.objects.exists()
