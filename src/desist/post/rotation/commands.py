"""The changes when a site gets new keys: it announces or withdraws, the partner takes over and answers.

A partner is written to with a key that it confirmed, until it confirms a newer one; so nothing waits for a rotation.
Where the keys of before may be known to others, nobody's announcement is believed until people compared the digits.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from desist.keys.public import PublicKeys
from desist.keys.sitekeys import SiteKeys
from desist.post import doors, outbox, own, partners, payloads, seal
from desist.post.models import Inbox, Outbox, Partner
from desist.post.policy import Action
from desist.post.transports import Transport
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

#: A partner that does not confirm an announcement is told again after this time: it may have been restored.
AGAIN = timedelta(days=7)


def tell(*, actor: Actor, ref: str, at: datetime) -> bool:
    """Tell a partner of this site's keys, where it does not know the newest; return whether it was told now."""
    keys = own.keys()
    with gate.change(actor, Action.TELL_KEYS, Partner, ref, at=at) as partner:
        if not needs_telling(partner, keys, at=at):
            return False
        text = keys.public.to_json()
        if is_unread(partner, keys):
            _sign_again(Outbox.objects.filter(receiver=partner.name, sent_at=None), partner, keys)
            for before in keys.withdrawing_for(partner.knows_key):
                outbox.withdraw_keys(payloads.KeysWithdrawn(text), partner, by=before, at=at)
        else:
            _send(payloads.KeysAnnounced(text), partner, at=at)
        partner.told_key, partner.told_at = keys.current.id, at
        partner.save(update_fields=["told_key", "told_at"])
        return True


def needs_telling(partner: Partner, keys: SiteKeys, *, at: datetime) -> bool:
    """Whether a partner is to be told of the newest keys: once, and an announcement again until it is confirmed."""
    if len(keys.sets) == 1 or not _is_written_to(partner, at=at):
        return False
    if partner.told_key != keys.current.id:
        return partner.knows_key != keys.current.id
    unanswered = partner.knows_key != keys.current.id and not is_unread(partner, keys)
    return unanswered and partner.told_at is not None and partner.told_at <= at - AGAIN


def is_unread(partner: Partner, keys: SiteKeys) -> bool:
    """Whether the partner still has to compare digits before it reads what this site signs now."""
    return keys.was_exposed and partner.knows_key not in {one.id for one in keys.trusted}


def known_at_first(keys: SiteKeys) -> str:
    """The id of the set that a new partner is known to have: after an exposure people gave it the keys of now."""
    return keys.trusted[-1].id if keys.was_exposed else ""


def tell_again(partner: Partner) -> None:
    """Take it that a partner, restored from a backup, has forgotten what it was told; the caller saves the row."""
    keys = own.keys()
    came_later = keys.was_exposed and dates.local(partner.added_at).date() > keys.trusted[-1].made
    partner.knows_key, partner.told_key = known_at_first(keys) if came_later else "", ""


def take_over(*, actor: Actor, sender: str, text: str, at: datetime) -> None:
    """Take over keys that a partner announced, where those known here vouch for them; confirm them to it.

    Raises PublicKeysError.
    """
    with gate.change(actor, Action.TAKE_OVER_KEYS, Partner, partners.find(name=sender).ref, at=at) as partner:
        known, announced = partners.public_keys(partner), PublicKeys.from_json(text)
        partner.keys = known.led_by(announced, at=at).to_json()
        partner.save(update_fields=["keys"])
        look_again(sender=sender)
        confirm(partner, announced.current.id, at=at)


def withdraw(*, actor: Actor, sender: str, text: str, stale: bool, at: datetime) -> None:
    """Trust none of a partner's keys until people compared the digits of those that it offers.

    `stale`: its signature is not accepted, so that it withdraws nothing. Raises PublicKeysError.
    """
    with gate.change(actor, Action.TAKE_OVER_KEYS, Partner, partners.find(name=sender).ref, at=at) as partner:
        known, offered = partners.public_keys(partner), PublicKeys.from_json(text)
        # Digits were compared since: the withdrawal comes late, and what it offers is accepted here already.
        if partner.withdrawn_at is None and known.accepts(offered.current, at=at):
            confirm(partner, offered.current.id, at=at)
        elif not stale:
            partner.keys, partner.offered_keys = known.ended(at=at).to_json(), text
            partner.withdrawn_at = partner.withdrawn_at or at
            partner.save(update_fields=["keys", "offered_keys", "withdrawn_at"])


def note_known(*, actor: Actor, sender: str, key: str, at: datetime) -> None:
    """Sign with this key of ours for a partner that confirmed it. An older one, or one of no set, changes nothing."""
    with gate.change(actor, Action.TAKE_OVER_KEYS, Partner, partners.find(name=sender).ref, at=at) as partner:
        trusted = [one.id for one in own.keys().trusted]
        newer = trusted[: trusted.index(partner.knows_key)] if partner.knows_key in trusted else trusted
        if key in newer:
            partner.knows_key = key
            partner.save(update_fields=["knows_key"])


def compared(partner: Partner, *, was_withdrawn: bool, at: datetime) -> None:
    """Handle all that waits from a partner again, and send all that waits for it: people compared its digits.

    A partner that withdrew its keys is told that the new ones are known.
    """
    look_again(sender=partner.name)
    outbox.release(partner)
    if was_withdrawn:
        confirm(partner, partners.public_keys(partner).current.id, at=at)


def look_again(*, sender: str) -> None:
    """Handle all that waits from a partner again, at once."""
    Inbox.objects.filter(sender=sender, handled_at=None, dead_at=None).update(next_at=None, tries=0)


def confirm(partner: Partner, key: str, *, at: datetime) -> None:
    """Tell a partner which of its keys is known here, unless this site writes to it no more."""
    if _is_written_to(partner, at=at):
        _send(payloads.KeysKnown(key), partner, at=at)


def _is_written_to(partner: Partner, *, at: datetime) -> bool:
    """Whether envelopes go to this partner: not by hand, not ended, and through some door."""
    if partner.transport == Transport.BY_HAND or (partner.ended_at is not None and partner.ended_at <= at):
        return False
    return doors.are_between(own.site().zone, partners.zone(partner))


def _send(payload: payloads.Payload, partner: Partner, *, at: datetime) -> None:
    outbox.send(payload, to=partner.name, thread=outbox.new_thread(), at=at)


def _sign_again(waiting: QuerySet[Outbox], partner: Partner, keys: SiteKeys) -> None:
    """Sign what waits with a key that is trusted: the partner believes no older one from now on."""
    by = keys.signing_for(partner.knows_key).sign
    for row in waiting.select_for_update():
        header = seal.Header(row.ref, keys.site, partner.name)
        row.sealed = seal.signed_again(header=header, sealed=bytes(row.sealed), by=by)
        row.save(update_fields=["sealed"])
