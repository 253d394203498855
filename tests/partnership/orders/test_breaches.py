"""Breaches by condition, attendance that the programme certifies, certified copies."""

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories

from desist.partnership.breaches import commands
from desist.partnership.copies import sealing
from desist.partnership.orders.writing import Impossible
from desist.post import own, payloads
from desist.post.handlers import CannotHandle, Received
from desist.wall import actors
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

pytestmark = pytest.mark.django_db

AT = staff.NOW
REPORT = commands.Report(
    (1,), date(2026, 2, 20), date(2026, 2, 21), "protected", "contact", True, "Two calls", "", "", None
)


def record(actor: Actor, ref: str, report: commands.Report, version: int = 1) -> None:
    commands.record(actor=actor, ref=ref, report=report, submission=uuid.uuid4().hex, version=version, at=AT)


def test_a_breach_names_its_conditions_and_waits_for_a_decision(coordinator: Actor) -> None:
    order = factories.in_force(conditions=2)

    record(coordinator, order.ref, replace(REPORT, conditions=(2, 1)))

    breach = order.breaches.get()
    assert (breach.conditions, breach.victim_contact, breach.decision) == ([1, 2], True, "")


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (replace(REPORT, happened_on=date(2026, 2, 1)), "was not in force on 1 February 2026"),
        (replace(REPORT, conditions=(7,)), "Condition 7 was not in force"),
        (replace(REPORT, reported_on=date(2026, 2, 19)), "before it happened"),
    ],
)
def test_a_condition_that_did_not_hold_cannot_be_breached(
    coordinator: Actor, report: commands.Report, sentence: str
) -> None:
    order = factories.in_force()

    with pytest.raises(Impossible, match=sentence):
        record(coordinator, order.ref, report)

    assert not order.breaches.exists()


def test_a_condition_that_lapsed_within_a_live_order_cannot_be_breached(coordinator: Actor) -> None:
    order = factories.in_force(conditions=0)
    factories.condition(order=order, ends_on=date(2026, 2, 19))

    with pytest.raises(Impossible, match="check its dates"):
        record(coordinator, order.ref, REPORT)


def test_an_order_that_was_not_made_cannot_be_breached(coordinator: Actor) -> None:
    order = factories.applied()

    with pytest.raises(Impossible, match="not made"):
        record(coordinator, order.ref, REPORT)


def test_the_police_decide_once(coordinator: Actor) -> None:
    order = factories.in_force()
    breach = factories.breach(order=order)
    decision = commands.Decision("charge", "Evidence is clear", "45/07777/26", True)

    commands.decide(actor=coordinator, ref=order.ref, breach=breach.ref, decision=decision, version=1, at=AT)

    breach.refresh_from_db()
    assert (breach.decision, breach.also_stalking, breach.crime_reference) == ("charge", True, "45/07777/26")
    with pytest.raises(commands.AlreadyDecided):
        commands.decide(
            actor=coordinator, ref=order.ref, breach=breach.ref, decision=decision, version=2, at=AT
        )


def test_a_breach_of_another_order_is_not_there_and_stays_undecided(coordinator: Actor) -> None:
    order, other = factories.in_force(), factories.in_force()
    breach = factories.breach(order=other)
    decision = commands.Decision("charge", "Evidence is clear", "45/07777/26", True)

    with pytest.raises(NotFound):
        commands.decide(
            actor=coordinator, ref=order.ref, breach=breach.ref, decision=decision, version=1, at=AT
        )

    for row in (order, other, breach):
        row.refresh_from_db()
    assert (breach.decision, breach.crime_reference, breach.decided_at) == ("", "", None)
    assert (order.version, other.version, breach.version) == (1, 1, 1)
    assert not order.happenings.exists()
    assert not other.happenings.exists()


def test_an_account_with_an_address_in_it_is_refused(desk: Client) -> None:
    order = factories.in_force()

    answer = desk.post(
        reverse("breaches:record", args=[order.ref]),
        {
            "form_version": "1",
            "conditions": ["1"],
            "account": "Stood in Heron Mill Lane",
            "victim_contact": "no",
        },
    )

    assert answer.status_code == 422
    assert "looks like a street: take it out" in answer.content.decode()


def certificate(**changed: object) -> payloads.AttendanceCertificate:
    values: dict[str, Any] = {
        "number": 1,
        "requirement": "Attend the programme weekly",
        "sessions": ("Session 3", "Catch-up session 4"),
        "days": ("2026-02-20", "2026-02-27"),
        "certified_at": AT,
    }
    return payloads.AttendanceCertificate(**values | changed)


def test_the_programme_certifies_a_session_once(own_keys: None, desk: Client) -> None:
    referral = police.referral(thread="the-thread")
    order = factories.in_force(referral=referral)

    for number in (1, 2):
        sent = certificate(number=number)
        commands.note_attendance(Received(sent, "the-thread", police.PROGRAMME, AT, actors.post()))

    assert list(referral.attendances.order_by("on").values_list("session", "on", "attendance")) == [
        ("Session 3", date(2026, 2, 20), "attended"),
        ("Catch-up session 4", date(2026, 2, 27), "attended"),
    ]
    page = desk.get(reverse("orders:order", args=[order.ref])).content.decode()
    assert "Sessions certified by the programme" in page
    assert "Catch-up session 4" in page
    assert "Attend the programme weekly" in page
    assert "Attendance certificate 2 received: 2 sessions" in page


@pytest.mark.parametrize(
    "changed",
    [{"days": ("2026-02-30", "2026-02-27")}, {"sessions": ("Session 3", "x")}, {"days": ("2026-02-20",)}],
)
def test_a_certificate_that_cannot_be_read_is_refused(own_keys: None, changed: dict[str, object]) -> None:
    referral = police.referral(thread="the-thread")
    received = Received(certificate(**changed), "the-thread", police.PROGRAMME, AT, actors.post())

    with pytest.raises(CannotHandle):
        commands.note_attendance(received)

    assert not referral.attendances.exists()


def test_a_certified_copy_comes_back_as_it_was_and_is_kept_once(desk: Client) -> None:
    order = factories.in_force()
    content = b"%PDF-1.7 the certified copy"

    def store(version: int) -> int:
        file = SimpleUploadedFile("robin example.pdf", content)
        sent = {"form_version": str(version), "title": "Certified copy of the order", "file": file}
        return desk.post(reverse("copies:store", args=[order.ref]), sent).status_code

    assert [store(1), store(2)] == [302, 422]

    copy = order.copies.get()
    assert content not in bytes(copy.sealed)
    answer = desk.get(reverse("copies:copy", args=[order.ref, copy.ref]))
    assert answer.content == content
    assert answer["Content-Disposition"] == 'attachment; filename="copy.pdf"'


@pytest.mark.parametrize(("content", "said"), [(b"MZ", "must be a PDF"), (b"", "The file is empty")])
def test_what_is_no_pdf_is_refused(desk: Client, content: bytes, said: str) -> None:
    order = factories.in_force()
    sent = {"form_version": "1", "title": "x", "file": SimpleUploadedFile("a.pdf", content)}

    answer = desk.post(reverse("copies:store", args=[order.ref]), sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_copy_opens_only_with_its_own_order_and_fingerprint(own_keys: None) -> None:
    keys = own.keys()
    sealed = sealing.lock(content=b"%PDF", order="one", keys=keys.current)
    sha256, key_id = sealing.fingerprint(b"%PDF"), keys.current.id

    assert sealing.unlock(sealed=sealed, order="one", sha256=sha256, key_id=key_id, keys=keys) == b"%PDF"
    for order, print_ in (("other", sha256), ("one", "0" * 64)):
        with pytest.raises(InvalidTag):
            sealing.unlock(sealed=sealed, order=order, sha256=print_, key_id=key_id, keys=keys)
