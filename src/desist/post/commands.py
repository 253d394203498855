"""The commands of the post that people give."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError

from desist.keys.public import PublicKeys
from desist.post import by_hand, outbox, own
from desist.post.models import ByHandTask, Inbox, Outbox, Partner
from desist.post.policy import Action
from desist.post.rotation import commands as rotation
from desist.post.states import SetAsideReason
from desist.post.transports import Transport
from desist.refusals import Refused
from desist.sites import Zone
from desist.wall import gate
from desist.wall.actors import Actor

CLOCKS_DIFFER = timedelta(hours=1)


@dataclass(frozen=True)
class Reach:
    """How this site reaches a partner. `keys` is the text of its public keys, empty only for a partner by hand.

    `compared`: its digits were compared by telephone just now. `confirmed`: a person there read out the digits of this
    site's newest keys.
    """

    title: str
    transport: Transport
    keys: str
    phone: str
    area: str
    compared: bool = False
    confirmed: bool = False


@dataclass(frozen=True)
class Telling:
    """The person who was told, and their answer."""

    whom: str
    answer: str


def retry(*, actor: Actor, ref: str, at: datetime) -> None:
    """Let an envelope that is dead or was set aside be handled again, with its tries counted from one."""
    with gate.change(actor, Action.RETRY_ENVELOPE, Inbox, ref, at=at) as envelope:
        if envelope.dead_at is None and not envelope.set_aside_why:
            raise Refused("This envelope is already on its way again")
        if not envelope.sealed:
            raise Refused("What was in this envelope is no longer kept. Ask the partner to send it once more")
        envelope.dead_at = envelope.handled_at = envelope.next_at = None
        envelope.set_aside_why, envelope.tries = "", 0
        envelope.save(update_fields=["dead_at", "handled_at", "next_at", "set_aside_why", "tries"])


def set_aside(*, actor: Actor, ref: str, why: SetAsideReason, at: datetime) -> None:
    """Give an envelope up that failed and can never be handled; it can be taken up again for a while. Raises Refused."""
    with gate.change(actor, Action.SET_ASIDE_ENVELOPE, Inbox, ref, at=at) as envelope:
        if envelope.set_aside_why:
            raise Refused("This envelope was set aside in the meantime")
        if envelope.handled_at is not None:
            raise Refused("This envelope was handled in the meantime")
        if not envelope.tries:
            raise Refused("This envelope has not been tried yet")
        envelope.handled_at, envelope.set_aside_why = at, why
        envelope.dead_at = envelope.next_at = None
        envelope.save(update_fields=["handled_at", "set_aside_why", "dead_at", "next_at"])


def retry_all(*, actor: Actor, ref: str, at: datetime) -> int:
    """Let every dead envelope of a partner be handled again; return how many there were."""
    with gate.change(actor, Action.RETRY_ENVELOPES, Partner, ref, at=at) as partner:
        dead = Inbox.objects.filter(sender=partner.name, handled_at=None).exclude(dead_at=None)
        return dead.update(dead_at=None, next_at=None, tries=0)


def reoffer(*, actor: Actor, to: str, since: datetime, at: datetime) -> int:
    """Offer again every envelope sent to a site since a moment: the site was restored from a backup of that moment.

    The site's inbox ignores envelopes that it still has, so the command offers one hour more, since two clocks may
    differ. The site may not know this one's newest keys any more, so it is told again. Returns how many it offers: none,
    without an event, for a site that is in no register and so was sent nothing.
    """
    partner = Partner.objects.filter(name=to).first()
    if partner is None:
        return 0
    with gate.change(actor, Action.REOFFER_ENVELOPES, Partner, partner.ref, at=at) as partner:
        rotation.tell_again(partner)
        partner.save(update_fields=["knows_key", "told_key"])
        sent = Outbox.objects.filter(receiver=to, sent_at__gte=since - CLOCKS_DIFFER)
        count = sent.update(sent_at=None, next_at=None, error="")
        if rotation.is_kept_waiting(partner, at=at):
            outbox.hold(partner)
        return count


def add_partner(*, actor: Actor, name: str, zone: Zone, reach: Reach, at: datetime) -> str:
    """Enter another site into the register; return the reference of its line."""
    known = rotation.known_at_first(own.keys())
    partner = Partner(name=name, zone=zone, added_at=at, knows_key=known, **_columns(reach))
    partner.keys = _compared("", reach.keys, at) if reach.keys else ""
    try:
        with gate.create(actor, Action.ADD_PARTNER, partner, at=at):
            rotation.look_again(sender=name)
    except IntegrityError:
        raise Refused(f"The register already lists a site named {name}") from None
    return partner.ref


def change_partner(*, actor: Actor, ref: str, reach: Reach, ended: bool, at: datetime) -> None:
    """Change how this site reaches a partner; `ended` stops writing to it, while its own envelopes are still read."""
    with gate.change(actor, Action.CHANGE_PARTNER, Partner, ref, at=at) as partner:
        known = partner.keys
        for column, value in _columns(reach).items():
            setattr(partner, column, value)
        partner.ended_at = (partner.ended_at or at) if ended else None
        if reach.confirmed:
            partner.knows_key = own.keys().current.id
        if not reach.compared:
            partner.keys = known if reach.keys else ""
            partner.save()
            if reach.confirmed and partner.keys:
                outbox.release(partner)
            return
        was_withdrawn = partner.withdrawn_at is not None
        partner.keys = _compared(known, reach.keys, at)
        partner.offered_keys, partner.withdrawn_at = "", None
        rotation.compared(partner, was_withdrawn=was_withdrawn, at=at)


def tell(*, actor: Actor, ref: str, telling: Telling, at: datetime) -> None:
    """Record once that a partner was told. Raises Refused."""
    with gate.change(actor, Action.TELL_BY_HAND, ByHandTask, ref, at=at) as task:
        if task.told_at is not None:
            raise Refused("A colleague has already told the partner and recorded it")
        if task.overtaken_at is not None:
            raise Refused(
                "There is later news of the same kind: read that out, and record there who you told"
            )
        if task.dropped_at is not None:
            raise Refused(
                "This no longer needs to be passed on. If you have already told someone, let them know"
            )
        task.told_whom, task.answer, task.told_at, task.by = telling.whom, telling.answer, at, actor.who
        task.text = by_hand.kept(task)
        task.save(update_fields=["told_whom", "sealed_answer", "told_at", "by", "text"])


def _compared(known: str, text: str, at: datetime) -> str:
    """The text of a partner's keys for the register, after people compared the digits of the newest."""
    compared = PublicKeys.from_json(text)
    before = PublicKeys.from_json(known) if known else PublicKeys(compared.site, ())
    return before.replaced_by(compared, at=at).to_json()


def _columns(reach: Reach) -> dict[str, str]:
    return {
        "title": reach.title,
        "transport": reach.transport.value,
        "keys": reach.keys,
        "phone": reach.phone,
        "area": reach.area,
    }
