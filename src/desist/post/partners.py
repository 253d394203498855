"""Partners of this site's register, looked up by their site's name."""

from datetime import datetime

from desist.keys.public import PublicKeys, PublicKeysError
from desist.keys.sitekeys import SiteKeys
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.refusals import Refused
from desist.sites import Zone


class NoSuchPartner(Refused):
    """The partner register lists no such site, or writing to it has ended."""


def find(*, name: str) -> Partner:
    """The partner of this name, ended or not."""
    partner = Partner.objects.filter(name=name).first()
    if partner is None:
        raise NoSuchPartner(
            f"The partner register lists no site named {name!r}. An administrator can add it."
        )
    return partner


def writable(*, name: str, at: datetime) -> Partner:
    """The partner of this name, if this site may write to it at this moment."""
    partner = find(name=name)
    if partner.ended_at is not None and partner.ended_at <= at:
        raise NoSuchPartner(f"Writing to {partner.title} has ended. An administrator can begin it again.")
    return partner


def zone(partner: Partner) -> Zone:
    """The zone of the partner."""
    return Zone(partner.zone)


def public_keys(partner: Partner) -> PublicKeys:
    """The keys to which envelopes to the partner are sealed, and which sign its own; raises PublicKeysError."""
    if not partner.keys:
        raise PublicKeysError(
            f"{partner.title} has no public keys in the partner register, so nothing it sends can be checked. An "
            "administrator can add them there and then let this be handled again."
        )
    return PublicKeys.from_json(partner.keys)


def is_unread(partner: Partner, keys: SiteKeys) -> bool:
    """Whether people there still have to compare the digits of this site's `keys` before they accept what it signs now."""
    return keys.was_exposed and partner.knows_key not in {one.id for one in keys.trusted}


def is_by_hand(*, name: str) -> bool:
    """Whether people telephone a partner, because it has no software."""
    return Partner.objects.filter(name=name, transport=Transport.BY_HAND).exists()


def title(*, name: str) -> str:
    """The partner's title on our pages; its name where the register does not have it."""
    return Partner.objects.filter(name=name).values_list("title", flat=True).first() or name
