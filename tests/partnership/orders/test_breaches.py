"""Breaches by condition, attendance that the programme certifies, certified copies."""

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories as police
from tests.partnership.orders import factories
from tests.programme.reading import text

from desist.partnership.breaches import attendance, commands
from desist.partnership.order_copies import sealing
from desist.partnership.referrals.models import Referral
from desist.post import own, payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Refused
from desist.ui import dates
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

    with pytest.raises(Refused, match=sentence):
        record(coordinator, order.ref, report)

    assert not order.breaches.exists()


def test_a_condition_that_lapsed_within_a_live_order_cannot_be_breached(coordinator: Actor) -> None:
    order = factories.in_force(conditions=0)
    factories.condition(order=order, ends_on=date(2026, 2, 19))

    with pytest.raises(Refused, match="check its dates"):
        record(coordinator, order.ref, REPORT)


def test_an_order_that_was_not_made_cannot_be_breached(coordinator: Actor) -> None:
    order = factories.applied()

    with pytest.raises(Refused, match="not made"):
        record(coordinator, order.ref, REPORT)


def test_the_police_decide_once(coordinator: Actor) -> None:
    order = factories.in_force()
    breach = factories.breach(order=order)
    decision = commands.Decision("charge", "Evidence is clear", "45/07777/26", True)

    commands.decide(actor=coordinator, ref=order.ref, breach=breach.ref, decision=decision, version=1, at=AT)

    breach.refresh_from_db()
    assert (breach.decision, breach.also_stalking, breach.crime_reference) == ("charge", True, "45/07777/26")
    with pytest.raises(Refused):
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


def certificate(**changed: object) -> payloads.AttendanceCertificate:
    values: dict[str, Any] = {
        "number": 1,
        "requirement": "Attend the programme weekly",
        "sessions": ("Session 3", "Catch-up session 4"),
        "days": ("2026-02-20", "2026-02-27"),
        "since": "2026-02-01",
        "entered": ("at the time", "at the time"),
        "minutes": ("as planned", "as planned"),
        "certified_at": AT,
    }
    return payloads.AttendanceCertificate(**values | changed)


def receive(**changed: object) -> None:
    sent = certificate(**changed)
    commands.note_attendance(Received(sent, "the-thread", police.PROGRAMME, AT, actors.post()))


def naming(*lines: tuple[str, str], number: int = 1, **changed: object) -> dict[str, Any]:
    """A certificate that names these sessions on these days, issued so many days after the first."""
    return {
        "number": number,
        "sessions": tuple(session for session, _ in lines),
        "days": tuple(day for _, day in lines),
        "entered": ("at the time",) * len(lines),
        "minutes": ("as planned",) * len(lines),
        "certified_at": AT + timedelta(days=number),
        **changed,
    }


THIRD, FOURTH = ("Session 3", "2026-02-20"), ("Catch-up session 4", "2026-02-27")
NO_LONGER = "No longer certified"


def certified(referral: Referral) -> list[tuple[str, int | None]]:
    """Each session of the order’s table, and the number of the certificate that no longer names it."""
    return [(row.session, row.dropped_by) for row in attendance.certified(referral.certificates.all())]


def test_the_programme_certifies_a_session_once(own_keys: None, desk: Client) -> None:
    referral = police.referral(thread="the-thread")
    order = factories.in_force(referral=referral)

    for number in (1, 2):
        receive(**naming(THIRD, FOURTH, number=number))

    assert certified(referral) == [("Catch-up session 4", None), ("Session 3", None)]
    page = text(desk.get(reverse("orders:order", args=[order.ref])))
    assert "Sessions certified by the programme" in page
    assert "Catch-up session 4 27 February 2026 Attend the programme weekly" in page
    assert "Attendance certificate 2 received: 2 sessions" in page
    assert NO_LONGER not in page


def test_the_same_certificate_twice_is_kept_once(own_keys: None) -> None:
    referral = police.referral(thread="the-thread")
    order = factories.in_force(referral=referral)

    for _ in range(2):
        receive()

    assert (referral.certificates.count(), order.happenings.count()) == (1, 1)


def test_a_session_that_the_newest_certificate_does_not_name_stays_and_is_marked(
    own_keys: None, desk: Client
) -> None:
    referral = police.referral(thread="the-thread")
    order = factories.in_force(referral=referral)
    receive(**naming(THIRD, FOURTH))

    receive(**naming(FOURTH, number=2))

    page = text(desk.get(reverse("orders:order", args=[order.ref])))
    assert certified(referral) == [("Catch-up session 4", None), ("Session 3", 2)]
    day = dates.on(AT + timedelta(days=2))
    assert f"{NO_LONGER}: certificate 2 of {day} does not name it" in page
    assert page.count(NO_LONGER) == 1
    assert "Attendance certificate 2 received: 1 session" in page


def test_a_certificate_that_names_none_is_accepted_and_marks_all(own_keys: None) -> None:
    referral = police.referral(thread="the-thread")
    receive(**naming(THIRD, FOURTH))

    receive(**naming(number=2))

    assert certified(referral) == [("Catch-up session 4", 2), ("Session 3", 2)]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 1)])
def test_certificates_may_come_in_any_order_and_a_day_may_be_certified_again(
    own_keys: None, order: tuple[int, ...]
) -> None:
    referral = police.referral(thread="the-thread")
    sent = {1: (THIRD, FOURTH), 2: (), 3: (FOURTH,)}

    for number in order:
        receive(**naming(*sent[number], number=number))

    assert certified(referral) == [("Catch-up session 4", None), ("Session 3", 2)]


def test_what_counts_against_a_later_order_says_nothing_of_earlier_days(own_keys: None) -> None:
    referral = police.referral(thread="the-thread")
    receive(**naming(THIRD, FOURTH, since="the beginning"))

    receive(**naming(FOURTH, number=2, since="2026-02-21", requirement="Another order"))
    assert certified(referral) == [("Catch-up session 4", None), ("Session 3", None)]

    receive(**naming(FOURTH, number=3, since="the beginning"))
    assert certified(referral) == [("Catch-up session 4", None), ("Session 3", 3)]


def test_what_was_entered_afterwards_or_ended_early_is_told_apart(own_keys: None, desk: Client) -> None:
    referral = police.referral(thread="the-thread")
    order = factories.in_force(referral=referral)

    receive(entered=("2026-03-20", "at the time"), minutes=("as planned", "20 of 90"))

    page = text(desk.get(reverse("orders:order", args=[order.ref])))
    assert "Session 3 20 February 2026, entered afterwards on 20 March 2026" in page
    assert "Catch-up session 4 27 February 2026, ended early, 20 of 90 minutes held" in page


@pytest.mark.parametrize(
    "changed",
    [
        {"days": ("2026-02-30", "2026-02-27")},
        {"sessions": ("Session 3", "x")},
        {"days": ("2026-02-20",)},
        {"since": "then"},
        {"entered": ("at the time", "some day")},
        {"minutes": ("as planned", "half")},
        {"minutes": ("as planned",)},
    ],
)
def test_a_certificate_that_cannot_be_read_is_refused(own_keys: None, changed: dict[str, object]) -> None:
    referral = police.referral(thread="the-thread")
    received = Received(certificate(**changed), "the-thread", police.PROGRAMME, AT, actors.post())

    with pytest.raises(CannotHandle):
        commands.note_attendance(received)

    assert not referral.certificates.exists()


def test_a_certified_copy_comes_back_as_it_was_and_is_kept_once(desk: Client) -> None:
    order = factories.in_force()
    content = b"%PDF-1.7 the certified copy"

    def store(version: int) -> int:
        file = SimpleUploadedFile("robin example.pdf", content)
        sent = {"form_version": str(version), "title": "Certified copy of the order", "file": file}
        return desk.post(reverse("order_copies:store", args=[order.ref]), sent).status_code

    assert [store(1), store(2)] == [302, 422]

    copy = order.copies.get()
    assert content not in bytes(copy.sealed)
    answer = desk.get(reverse("order_copies:copy", args=[order.ref, copy.ref]))
    assert answer.content == content
    assert answer["Content-Disposition"] == 'attachment; filename="copy.pdf"'


@pytest.mark.parametrize(("content", "said"), [(b"MZ", "must be a PDF"), (b"", "The file is empty")])
def test_what_is_no_pdf_is_refused(desk: Client, content: bytes, said: str) -> None:
    order = factories.in_force()
    sent = {"form_version": "1", "title": "x", "file": SimpleUploadedFile("a.pdf", content)}

    answer = desk.post(reverse("order_copies:store", args=[order.ref]), sent)

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
