"""What clients fill in: kept once, locked, shown with its course, and known to no door."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.instruments import files

from desist.advocacy.measures import commands, load, queries
from desist.advocacy.measures.models import Measure, Wording
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.instruments import fhir, library, scoring
from desist.post.doors import DOORS
from desist.questionnaires.codes import Source
from desist.questionnaires.sheets import Taken
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
PCL = Taken("pcl-5", "start", date(2026, 1, 5), Source.PAPER, (2,) * 20)
SAFETY = Taken("own-safety", "start", date(2026, 1, 5), Source.PAPER, (3,))
DAY = {"taken_on-day": "2", "taken_on-month": "3", "taken_on-year": "2026"}


def record(actor: Actor, victim: Victim, taken: Taken, submission: str = "one") -> None:
    commands.record(actor=actor, victim=victim.ref, taken=taken, submission=submission, at=NOW)


def page(client: Client, name: str, *args: str) -> str:
    return client.get(reverse(f"measures:{name}", args=args)).content.decode()


def test_a_form_is_kept_once_and_its_answers_are_locked(actor: Actor, robin: Victim) -> None:
    record(actor, robin, PCL)
    record(actor, robin, PCL)

    (course,) = queries.measures(actor=actor, victim=robin.ref, at=NOW).courses
    assert [(row.total, row.case) for row in course.rows] == [(40.0, True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM advocacy_measure")
        names = [one.name for one in cursor.description]
    assert not {"answers", "total"} & set(names)
    assert b"40" not in bytes(Measure.objects.get().filled)


def test_the_change_since_the_start_is_told_as_the_form_can_tell_it(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    record(actor, robin, PCL)
    record(actor, robin, replace(PCL, occasion="review", taken_on=date(2026, 3, 1), answers=(1,) * 20), "two")
    record(actor, robin, SAFETY, "three")
    record(actor, robin, replace(SAFETY, occasion="between", taken_on=date(2026, 3, 1), answers=(7,)), "four")

    shown = page(browser_of_fable, "measures", robin.ref)

    assert "Improved" in shown
    assert "-20 points" in shown
    assert "+4 points" in shown
    assert "PCL-5 over time, 0 to 80" in shown
    assert "Own view of safety over time, 0 to 10" in shown
    assert "A change of 18 points or more is reliable" in shown


def test_answers_are_typed_from_paper_and_a_gap_is_asked_about(
    robin: Victim, browser_of_fable: Client
) -> None:
    address = reverse("measures:take", args=[robin.ref, "own-safety"])
    assert "0 is “not safe at all”" in browser_of_fable.get(address).content.decode()

    gap = browser_of_fable.post(address, {"occasion": "start", **DAY, "item_1": ""})
    kept = browser_of_fable.post(address, {"occasion": "start", **DAY, "item_1": "4"})

    assert (gap.status_code, kept.status_code) == (422, 302)
    assert "4 of 10" in page(browser_of_fable, "measures", robin.ref)


def test_a_total_alone_can_be_typed(actor: Actor, robin: Victim, browser_of_fable: Client) -> None:
    address = reverse("measures:total", args=[robin.ref, "pcl-5"])
    assert "A mistake in adding up cannot be seen" in browser_of_fable.get(address).content.decode()

    browser_of_fable.post(address, {"occasion": "start", **DAY, "total": "33"})

    detail = queries.measure(actor=actor, ref=Measure.objects.get().ref, at=NOW)
    assert detail.row is not None
    assert (detail.row.total, detail.answers, detail.source) == (
        33.0,
        (),
        "Only the total entered from the paper form",
    )


def test_a_form_entered_by_mistake_is_struck_out_once(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    record(actor, robin, PCL)
    ref = Measure.objects.get().ref
    assert "1. Memories" in page(browser_of_fable, "measure", ref)
    address = reverse("measures:measure", args=[ref])

    first = browser_of_fable.post(address, {"reason": "Another person’s form"})
    second = browser_of_fable.post(address, {"reason": "Again"})

    assert (first.status_code, second.status_code) == (302, 422)
    assert "This form has already been marked as entered in error" in second.content.decode()
    assert "entered in error" in page(browser_of_fable, "measures", robin.ref)
    assert "Another person’s form" in page(browser_of_fable, "measure", ref)


def test_why_it_was_struck_out_is_locked_and_holds_nothing_that_leads_to_them(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    record(actor, robin, PCL)
    address = reverse("measures:measure", args=[Measure.objects.get().ref])

    refused = browser_of_fable.post(address, {"reason": f"Ring {factories.PHONE}"})
    browser_of_fable.post(address, {"reason": "Another person’s form"})

    assert refused.status_code == 422
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM advocacy_measure t")
        assert "Another person" not in str(cursor.fetchall())


def test_what_asks_for_a_safety_check_is_not_filled_in_here(
    actor: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    with pytest.raises(Refused):
        record(actor, robin, replace(PCL, instrument="phq-9", answers=(0,) * 9))
    with pytest.raises(scoring.NotAnAnswer):
        record(actor, robin, replace(SAFETY, answers=(11,)))

    assert browser_of_fable.get(reverse("measures:take", args=[robin.ref, "phq-9"])).status_code == 404
    assert not Measure.objects.exists()


def test_after_the_key_is_destroyed_nothing_of_it_can_be_read(
    actor: Actor, manager: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    record(actor, robin, PCL)
    Victim.objects.filter(pk=robin.pk).update(state="closed", closed_at=NOW)
    vault.destroy(actor=manager, victim=robin.ref, at=NOW)

    found = queries.measures(actor=actor, victim=robin.ref, at=NOW)
    assert (found.courses, found.erased) == ((), True)
    assert "Erased" in page(browser_of_fable, "measures", robin.ref)
    assert "Erased" in page(browser_of_fable, "measure", Measure.objects.get().ref)
    struck = browser_of_fable.post(
        reverse("measures:measure", args=[Measure.objects.get().ref]), {"reason": "Another"}
    )
    assert "The key of this client was destroyed" in struck.content.decode()


def test_why_it_was_struck_out_goes_with_the_key(
    actor: Actor, manager: Actor, robin: Victim, browser_of_fable: Client
) -> None:
    record(actor, robin, PCL)
    ref = Measure.objects.get().ref
    commands.strike(actor=actor, ref=ref, reason="Another", at=NOW)
    Victim.objects.filter(pk=robin.pk).update(state="closed", closed_at=NOW)
    vault.destroy(actor=manager, victim=robin.ref, at=NOW)

    assert queries.measure(actor=actor, ref=ref, at=NOW).struck_reason == "Erased"


def test_no_door_has_a_place_for_a_measure() -> None:
    fields = {name for door in DOORS for name in door.payload.__dataclass_fields__}

    assert not {"answers", "total", "score", "instrument", "measure"} & fields


@pytest.fixture
def wording() -> fhir.Wording:
    """Invented words for PCL-5, as a site would load the official ones."""
    return fhir.read(files.sealed(files.questionnaire(library.instrument(name="pcl-5"))), instrument="pcl-5")


def test_a_wording_that_the_site_loaded_is_asked_in_its_own_words(
    actor: Actor, robin: Victim, browser_of_fable: Client, wording: fhir.Wording
) -> None:
    commands.load_wording(actor=actors.clock(), wording=wording, at=NOW)
    commands.load_wording(actor=actors.clock(), wording=wording, at=NOW)

    shown = page(browser_of_fable, "take", robin.ref, "pcl-5")
    assert wording.questions[0].text in shown
    assert wording.licence in shown
    typed: dict[str, Any] = {f"item_{number}": "1" for number in range(1, 21)}
    browser_of_fable.post(
        reverse("measures:take", args=[robin.ref, "pcl-5"]), {"occasion": "start", **DAY, **typed}
    )
    row = Measure.objects.get()
    assert (row.source, row.wording) == ("screen", Wording.objects.get(ended_at=None))
    assert wording.questions[0].text in page(browser_of_fable, "measure", row.ref)


def test_an_order_of_the_command_line_makes_a_wording_current(
    db: None, wording: fhir.Wording, own_keys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = own_keys / "instruments"
    folder.mkdir()
    order = {"at": NOW.isoformat(), "wording": wording.to_json()}
    (folder / "order.json").write_text(json.dumps(order), "utf-8")
    monkeypatch.setattr("django.setup", lambda: None)

    load.main()

    assert Wording.objects.get().instrument == "pcl-5"
    assert not (folder / "order.json").exists()


def test_a_client_of_somebody_else_is_not_found(
    actor: Actor, robin: Victim, signed_in: Callable[..., Client]
) -> None:
    record(actor, robin, PCL)
    other = signed_in(account=factories.account(name="Sefa Windermark"))

    assert other.get(reverse("measures:measures", args=[robin.ref])).status_code == 404
