"""The changes when a site gets new keys: it announces or withdraws, the partner takes over and answers.

A partner is written to with a key that it confirmed, until it confirms a newer one; so nothing waits for a rotation.
Where the keys of before may be known to others, nobody's announcement is believed until people compared the digits, and
nothing but what is about keys leaves for a partner before it has confirmed a key that no stranger can know.
"""

from datetime import datetime, timedelta

from desist.keys.public import PublicKey, PublicKeys
from desist.keys.sitekeys import SiteKeys
from desist.post import doors, outbox, own, partners, payloads
from desist.post.models import Inbox, Partner
from desist.post.policy import Action
from desist.post.transports import Transport
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor

#: A partner that does not confirm what it was told is told again after this time: it may have been restored, or a file lost.
AGAIN = timedelta(days=7)


def tell(*, actor: Actor, ref: str, at: datetime) -> bool:
    """Tell a partner of this site's keys, where it does not know the newest; return whether it was told now."""
    keys = own.keys()
    with gate.change(actor, Action.TELL_KEYS, Partner, ref, at=at) as partner:
        if not needs_telling(partner, keys, at=at):
            return False
        text = keys.public.to_json()
        if partners.is_unread(partner, keys):
            outbox.hold(partner)
            by = keys.withdrawing_for(partner.knows_key)
            outbox.withdraw_keys(payloads.KeysWithdrawn(text), partner, by=by, at=at)
        else:
            announced = payloads.KeysAnnounced(text)
            outbox.send(announced, to=partner.name, thread=outbox.new_thread(), at=at)
        partner.told_key, partner.told_at = keys.current.id, at
        partner.save(update_fields=["told_key", "told_at"])
        return True


def needs_telling(partner: Partner, keys: SiteKeys, *, at: datetime) -> bool:
    """Whether a partner is to be told of the newest keys: at once, and again until it confirms them."""
    if len(keys.sets) == 1 or partner.knows_key == keys.current.id or not _is_written_to(partner, at=at):
        return False
    return partner.told_key != keys.current.id or partner.told_at is None or partner.told_at <= at - AGAIN


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

    A partner that has withdrawn its keys since announces nothing: a stranger may have. Raises PublicKeysError.
    """
    with gate.change(actor, Action.TAKE_OVER_KEYS, Partner, partners.find(name=sender).ref, at=at) as partner:
        if partner.withdrawn_at is not None:
            return
        known, announced = partners.public_keys(partner), PublicKeys.from_json(text)
        partner.keys = known.led_by(announced, at=at).to_json()
        partner.save(update_fields=["keys"])
        look_again(sender=sender)
        if _is_written_to(partner, at=at):
            _confirm(partner, announced.current, at=at)


def withdraw(
    *, actor: Actor, sender: str, text: str, by: PublicKey | None, at: datetime, now: datetime
) -> None:
    """Trust none of a partner's keys from when the withdrawal arrived (`at`) until people compared the digits of new ones.

    Where the key that signed it, `by`, is not accepted after `now` anyway, it withdraws nothing. It is answered then, if
    digits were compared since and one of the keys that it offers is accepted here. Raises PublicKeysError.
    """
    with gate.change(actor, Action.TAKE_OVER_KEYS, Partner, partners.find(name=sender).ref, at=at) as partner:
        known, offered = partners.public_keys(partner), PublicKeys.from_json(text)
        if known.will_accept(by, after=now):
            partner.keys, partner.offered_keys = known.ended(at=at).to_json(), text
            partner.withdrawn_at = partner.withdrawn_at or at
            partner.save(update_fields=["keys", "offered_keys", "withdrawn_at"])
        elif partner.withdrawn_at is None:
            accepted = (key for key in offered.keys if known.accepts(key, at=at))
            if newest := next(accepted, None):
                _confirm(partner, newest, at=at)


def note_known(*, actor: Actor, sender: str, key: str, at: datetime) -> None:
    """Sign with this key of ours for a partner that confirmed it, and let go what waited for that.

    An older one, or one of no set, changes nothing.
    """
    with gate.change(actor, Action.TAKE_OVER_KEYS, Partner, partners.find(name=sender).ref, at=at) as partner:
        trusted = [one.id for one in own.keys().trusted]
        newer = trusted[: trusted.index(partner.knows_key)] if partner.knows_key in trusted else trusted
        if key in newer:
            partner.knows_key = key
            partner.save(update_fields=["knows_key"])
            outbox.release(partner)


def compared(partner: Partner, *, was_withdrawn: bool, at: datetime) -> None:
    """Save a partner whose digits people compared; handle all that waits from it again, and send what waits for it.

    A partner that withdrew its keys is told that the new ones are known. It may have confirmed ours with a key that was
    not accepted here yet, which came to nothing; so it is told of ours again, and answers again.
    """
    if partners.is_unread(partner, own.keys()):
        partner.told_key = ""
    partner.save()
    look_again(sender=partner.name)
    outbox.release(partner)
    if was_withdrawn:
        _confirm(partner, partners.public_keys(partner).current, at=at)


def look_again(*, sender: str) -> None:
    """Handle all that waits from a partner again, at once."""
    Inbox.objects.filter(sender=sender, handled_at=None, dead_at=None).update(next_at=None, tries=0)


def is_kept_waiting(partner: Partner, *, at: datetime) -> bool:
    """Whether nothing may leave for this partner, which is told about keys, before people there compared digits."""
    return partners.is_unread(partner, own.keys()) and _is_written_to(partner, at=at)


def _is_written_to(partner: Partner, *, at: datetime) -> bool:
    """Whether envelopes go to this partner: not by hand, not ended, and through some door."""
    return _is_reached(partner) and (partner.ended_at is None or partner.ended_at > at)


def _is_reached(partner: Partner) -> bool:
    if partner.transport == Transport.BY_HAND:
        return False
    return doors.are_between(own.site().zone, partners.zone(partner))


def _confirm(partner: Partner, key: PublicKey, *, at: datetime) -> None:
    """Tell a partner, also one that is written to no more, which of its keys is known here."""
    if _is_reached(partner):
        outbox.confirm_key(key, partner, at=at)
