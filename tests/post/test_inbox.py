"""Receiving: handled once, in one transaction; what fails is kept; what cannot succeed is dead, what lacks a key waits."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings
from tests.post.conftest import AT, POLICE, REFERRAL, THREAD

from desist.keys.sitekeys import SiteKeys
from desist.post import inbox, payloads
from desist.post.handlers import Received
from desist.post.models import Inbox, Outbox, Partner
from desist.post.transports import Transport
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.usefixtures("own_keys", "police")

WITHDRAWN = payloads.ReferralWithdrawn("PLANTED-REASON")
Arrive = Callable[..., Inbox]


def only() -> Inbox:
    return Inbox.objects.get()


def test_an_envelope_is_opened_handled_and_answered(arrive: Arrive, kept: list[Received]) -> None:
    arrive(WITHDRAWN)

    assert inbox.handle_waiting(at=AT) == 1

    (received,) = kept
    assert (received.payload, received.thread, received.sender) == (WITHDRAWN, THREAD, POLICE)
    assert received.actor.is_system
    assert Outbox.objects.get().receiver == POLICE
    assert only().handled_at == AT


def test_a_handled_envelope_keeps_no_body_and_leaves_an_event(arrive: Arrive, kept: list[Received]) -> None:
    arrive(WITHDRAWN)

    inbox.handle_waiting(at=AT)

    assert bytes(only().sealed) == b""
    event = AuditEvent.objects.get(action="post.handle_envelope")
    assert event.allowed
    assert event.row == f"post.inbox:{only().ref}"
    assert event.correlation == kept[0].actor.correlation


def test_a_handled_envelope_is_not_handled_again(arrive: Arrive, kept: list[Received]) -> None:
    arrive(WITHDRAWN)
    inbox.handle_waiting(at=AT)

    assert inbox.handle_waiting(at=AT + timedelta(days=1)) == 0

    assert len(kept) == 1


def test_one_call_does_not_take_up_more_than_a_batch(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch, kept: list[Received]
) -> None:
    monkeypatch.setattr(inbox, "BATCH", 2)
    for _ in range(3):
        arrive(WITHDRAWN)

    assert [inbox.handle_waiting(at=AT), inbox.handle_waiting(at=AT)] == [2, 1]


def test_a_failed_handler_leaves_nothing_but_the_failures_name(arrive: Arrive) -> None:
    arrive(REFERRAL)

    inbox.handle_waiting(at=AT)

    envelope = only()
    assert not Outbox.objects.exists()
    assert envelope.error == "Handling it failed (ValueError), 1 times so far."
    assert (envelope.tries, envelope.handled_at, envelope.dead_at) == (1, None, None)
    assert envelope.next_at == AT + timedelta(seconds=2)
    event = AuditEvent.objects.get(action="post.handle_envelope")
    assert (event.allowed, event.reason) == (False, "ValueError")


def test_a_failed_envelope_rests_longer_each_time_and_lets_others_pass(
    arrive: Arrive, kept: list[Received]
) -> None:
    arrive(REFERRAL)
    inbox.handle_waiting(at=AT)
    arrive(WITHDRAWN)

    assert inbox.handle_waiting(at=AT + timedelta(seconds=1)) == 1
    assert inbox.handle_waiting(at=AT + timedelta(seconds=2)) == 1

    assert Inbox.objects.get(handled_at=None).next_at == AT + timedelta(seconds=2 + 4)


@pytest.mark.parametrize(("tries", "seconds"), [(1, 2), (2, 4), (11, 2048), (12, 3600), (10_000, 3600)])
def test_the_pause_doubles_up_to_an_hour(tries: int, seconds: int) -> None:
    assert inbox.pause_after(tries) == timedelta(seconds=seconds)


def test_what_failed_too_often_is_dead(arrive: Arrive) -> None:
    arrive(REFERRAL)

    for hour in range(inbox.TRIES + 3):
        inbox.handle_waiting(at=AT + timedelta(hours=hour))

    envelope = only()
    assert envelope.tries == inbox.TRIES
    assert envelope.dead_at == AT + timedelta(hours=inbox.TRIES - 1)
    assert bytes(envelope.sealed)


def dead_reason() -> str:
    inbox.handle_waiting(at=AT)
    envelope = only()
    assert envelope.dead_at == AT
    assert bytes(envelope.sealed)
    return str(envelope.error)


def waiting_reason() -> str:
    """Return why the envelope waits, after more tries than a fault has."""
    for hour in range(inbox.TRIES + 3):
        inbox.handle_waiting(at=AT + timedelta(hours=hour))
    envelope = only()
    assert (envelope.dead_at, envelope.handled_at) == (None, None)
    assert bytes(envelope.sealed)
    return str(envelope.error)


def test_a_handler_can_refuse_for_good(arrive: Arrive) -> None:
    arrive(payloads.AlertAcknowledged(AT, AT))

    assert dead_reason() == "There is no referral that this acknowledges."


def test_an_unknown_kind_is_dead_at_once(arrive: Arrive) -> None:
    arrive(WITHDRAWN, kind="telegram")

    assert dead_reason() == "This site does not know envelopes of kind 'telegram'."


def test_an_unknown_version_is_dead_at_once(arrive: Arrive) -> None:
    arrive(WITHDRAWN, version=2)

    assert "not version 2" in dead_reason()


def test_a_payload_without_a_handler_is_dead_at_once(arrive: Arrive, settings: Settings) -> None:
    settings.DESIST_HANDLERS = []
    arrive(WITHDRAWN)

    assert dead_reason() == "Nothing at this site handles envelopes of kind 'referral-withdrawn'."


def test_a_payload_from_the_wrong_side_is_dead_at_once(arrive: Arrive) -> None:
    arrive(payloads.ReferralDecision("accepted", "", AT))

    assert "No door" in dead_reason()


def test_an_unknown_sender_waits(arrive: Arrive) -> None:
    arrive(WITHDRAWN)
    Partner.objects.update(name="another-police")

    assert "lists no site named" in waiting_reason()


def test_a_sender_whose_keys_nobody_listed_waits_and_can_be_handled_later(
    arrive: Arrive, kept: list[Received], police_keys: SiteKeys
) -> None:
    arrive(WITHDRAWN)
    Partner.objects.update(transport=Transport.BY_HAND, keys="")

    assert "Northmere Police has no public keys in the partner register" in waiting_reason()

    Partner.objects.update(transport=Transport.COURIER, keys=police_keys.public.to_json())
    inbox.look_again()
    inbox.handle_waiting(at=AT)
    assert len(kept) == 1


def test_keys_that_nobody_can_read_are_said_at_once(arrive: Arrive) -> None:
    arrive(WITHDRAWN)
    Partner.objects.update(keys="{}")

    assert "This is not the public half of a site's keys" in waiting_reason()


def test_a_swapped_id_waits(arrive: Arrive) -> None:
    arrive(WITHDRAWN)
    Inbox.objects.update(ref=uuid.uuid4())

    assert "changed on its way" in waiting_reason()


def test_a_swapped_sender_waits(arrive: Arrive, police: Partner) -> None:
    arrive(WITHDRAWN)
    Partner.objects.create(
        name="other-police",
        zone="partnership",
        title="Other Police",
        transport="courier",
        keys=police.keys,
        added_at=AT,
    )
    Inbox.objects.update(sender="other-police")

    assert "changed on its way" in waiting_reason()


def test_a_changed_body_waits(arrive: Arrive) -> None:
    arrive(WITHDRAWN)
    changed = bytearray(only().sealed)
    changed[-1] ^= 1
    Inbox.objects.update(sealed=bytes(changed))

    assert "changed on its way" in waiting_reason()


def test_bytes_of_another_format_are_dead_at_once(arrive: Arrive) -> None:
    arrive(WITHDRAWN)
    Inbox.objects.update(sealed=b"\x02" + bytes(only().sealed)[1:])

    assert "another" in dead_reason()


def test_a_payload_whose_fields_are_wrong_is_dead_without_quoting_it(arrive: Arrive) -> None:
    arrive(WITHDRAWN, kind="alert")

    reason = dead_reason()

    assert "PLANTED" not in reason
    assert "fields" in reason


def test_after_a_restore_the_same_answer_goes_out_under_the_same_id(
    arrive: Arrive, kept: list[Received]
) -> None:
    envelope = arrive(WITHDRAWN)
    inbox.handle_waiting(at=AT)
    before = Outbox.objects.get().ref
    Outbox.objects.all().delete()
    Inbox.objects.update(handled_at=None, sealed=envelope.sealed)

    inbox.handle_waiting(at=AT)

    assert Outbox.objects.get().ref == before


def test_two_slices_cannot_handle_the_same_payload(arrive: Arrive, settings: Settings) -> None:
    settings.DESIST_HANDLERS = ["tests.post.handling", "tests.post.handling_again"]
    arrive(WITHDRAWN)

    inbox.handle_waiting(at=AT)

    assert "HandledTwice" in only().error


def test_a_failure_to_reach_the_inbox_is_the_workers_to_know(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class GoneError(Exception):
        pass

    def gone(at: object) -> None:
        raise GoneError

    monkeypatch.setattr(inbox, "_claim", gone)

    with pytest.raises(GoneError):
        inbox.handle_one(at=AT)
