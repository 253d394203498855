"""Sending: sealed to the partner, with the change that causes it, and only where a door is."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from tests.post.conftest import AT, POLICE, PROGRAMME, THREAD

from desist.keys import sitekeys
from desist.keys.sitekeys import SiteKeys
from desist.post import approvals, commands, doors, outbox, own, payloads, seal
from desist.post.models import Outbox, Partner
from desist.post.partners import NoSuchPartner
from desist.wall import actors
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.usefixtures("own_keys")

DECISION = payloads.ReferralDecision("accepted", "PLANTED-REASON", AT)


def send(payload: payloads.Payload = DECISION, to: str = POLICE) -> None:
    outbox.send(payload, to=to, thread=THREAD, at=AT)


def test_only_the_partner_can_read_what_is_sent(
    police: Partner, police_keys: SiteKeys, own_keys: SiteKeys
) -> None:
    send()

    (envelope,) = Outbox.objects.all()
    body = seal.unseal(
        header=seal.Header(envelope.ref, PROGRAMME, POLICE),
        sealed=bytes(envelope.sealed),
        keys=[police_keys.current.seal],
        by=[own_keys.public.current.sign],
    )
    assert doors.from_json(body.kind, body.version, body.values) == DECISION
    assert (body.thread, body.at) == (THREAD, AT)
    assert b"PLANTED-REASON" not in bytes(envelope.sealed)


def test_what_has_no_door_cannot_be_sent(police: Partner) -> None:
    with pytest.raises(doors.Refusal, match="No door"):
        send(payloads.OrderUpdate("made", AT.date()))

    assert not Outbox.objects.exists()


def test_nothing_is_sent_to_a_stranger(db: None) -> None:
    with pytest.raises(NoSuchPartner, match="lists no site named 'nobody'"):
        send(to="nobody")


def test_nothing_is_sent_to_a_partner_that_has_ended(police: Partner) -> None:
    Partner.objects.update(ended_at=AT)

    with pytest.raises(NoSuchPartner, match="has ended"):
        send()


def test_a_partner_may_be_written_to_until_it_ends(police: Partner) -> None:
    Partner.objects.update(ended_at=AT + timedelta(days=1))

    send()

    assert Outbox.objects.count() == 1


def test_an_envelope_is_undone_with_its_change(police: Partner) -> None:
    class FailureError(Exception):
        pass

    def change() -> None:
        with transaction.atomic():
            send()
            raise FailureError

    with pytest.raises(FailureError):
        change()

    assert not Outbox.objects.exists()


def test_sending_outside_a_change_is_refused(committed: object) -> None:
    with pytest.raises(outbox.OutsideTransaction, match="referral-decision"):
        send()


def test_approving_outside_a_change_is_refused(committed: object) -> None:
    payload = payloads.ReferralDecision("accepted", "", AT)

    with pytest.raises(approvals.OutsideTransaction):
        approvals.record(payload, actor=actors.post(), to=POLICE, case="", until=AT, at=AT)


def test_threads_are_random_and_long() -> None:
    threads = {outbox.new_thread() for _ in range(100)}

    assert len(threads) == 100
    assert all(len(thread) == 22 for thread in threads)


def test_a_restored_site_is_offered_again_what_was_sent_since(police: Partner) -> None:
    for day in (1, 2, 3):
        send()
        sent_at = datetime(2026, 4, day, tzinfo=UTC)
        Outbox.objects.filter(sent_at=None).update(sent_at=sent_at, error="x")

    offered = reoffer(since=datetime(2026, 4, 2, tzinfo=UTC))

    assert offered == 2
    assert Outbox.objects.filter(sent_at=None, error="").count() == 2


def test_clocks_that_differ_lose_nothing(police: Partner) -> None:
    send()
    Outbox.objects.update(sent_at=AT - timedelta(minutes=59))

    assert reoffer(since=AT) == 1


def test_offering_again_leaves_an_event_with_the_partner_it_was_for(police: Partner) -> None:
    reoffer(since=AT)

    event = AuditEvent.objects.latest("id")
    assert (event.who, event.action, event.row, event.allowed) == (
        "console",
        "post.reoffer_envelopes",
        f"post.partner:{police.ref}",
        True,
    )


def test_a_site_that_is_in_no_register_is_offered_nothing(police: Partner) -> None:
    assert reoffer(to="stranger", since=AT) == 0


def reoffer(*, since: datetime, to: str = POLICE) -> int:
    return commands.reoffer(actor=actors.console(), to=to, since=since, at=AT)


def test_only_envelopes_older_than_every_backup_are_forgotten(police: Partner) -> None:
    for sent_at in (AT - timedelta(days=1), AT, None):
        send()
        Outbox.objects.filter(sent_at=None).update(sent_at=sent_at)

    forgotten = outbox.forget(sent_before=AT)

    assert forgotten == 1
    assert set(Outbox.objects.values_list("sent_at", flat=True)) == {AT, None}


def ids_of_two(cause: uuid.UUID) -> list[uuid.UUID]:
    with transaction.atomic(), outbox.caused_by(cause):
        send()
        send()
        refs = list(Outbox.objects.order_by("id").values_list("ref", flat=True))
        transaction.set_rollback(True)
    return refs


def test_what_a_handler_sends_has_ids_that_follow_from_its_envelope(police: Partner) -> None:
    cause = uuid.uuid4()

    first, again = ids_of_two(cause), ids_of_two(cause)

    assert first == again
    assert len(set(first)) == 2


def test_envelopes_with_different_causes_have_different_ids(police: Partner) -> None:
    refs = {*ids_of_two(uuid.uuid4()), *ids_of_two(uuid.uuid4())}

    assert len(refs) == 4
    assert all(ref.version == 4 for ref in refs)


def test_an_id_cannot_be_worked_out_without_the_keys_of_the_site(
    police: Partner, own_keys: SiteKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    cause = uuid.uuid4()
    ours = ids_of_two(cause)
    stranger = sitekeys.generate(site=PROGRAMME, on=AT.date())
    monkeypatch.setattr(own, "keys", lambda: stranger)

    theirs = ids_of_two(cause)

    assert not set(ours) & set(theirs)
