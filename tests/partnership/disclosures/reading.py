"""What a partner reads in the envelopes that left."""

from typing import Any

from desist.keys.sitekeys import SiteKeys
from desist.post import own, seal
from desist.post.models import Outbox


def crossed(keys: SiteKeys, kind: str) -> list[dict[str, Any]]:
    """Return the values of every envelope of a kind, in order, as the partner with these keys opens them."""
    return [
        seal.unseal(
            header=seal.Header(row.ref, own.site().name, row.receiver),
            sealed=bytes(row.sealed),
            keys=[keys.current.seal],
            by=[key.sign for key in own.keys().public.keys],
        ).values
        for row in Outbox.objects.filter(kind=kind).order_by("id")
    ]
