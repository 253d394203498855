"""Envelopes about people offered to another service, opened as that service opens them."""

from datetime import date

from django.conf import settings
from django.db import transaction

from desist.advocacy.moving_on import handlers as of_clients
from desist.keys import sitekeys
from desist.post import doors, own, payloads, seal
from desist.post.handlers import Received
from desist.post.models import Outbox, Partner
from desist.post.transports import Transport
from desist.programme.moving_on import handlers as of_people
from desist.wall import actors
from tests import staff

OTHER = "other-service"
KEYS = sitekeys.generate(site=OTHER, on=date(2026, 1, 1))
AT = staff.NOW


def other(zone: str) -> Partner:
    """Another service in the partner register."""
    return Partner.objects.create(
        name=OTHER,
        zone=zone,
        title="Other Service",
        transport=Transport.COURIER,
        keys=KEYS.public.to_json(),
        phone="01632 960 007",
        added_at=AT,
    )


def sent() -> tuple[payloads.Payload, str]:
    """The newest envelope, opened with the keys of the other service; and its thread."""
    row = Outbox.objects.latest("at", "pk")
    header = seal.Header(row.ref, own.site().name, OTHER)
    by = [one.sign.public_key() for one in own.keys().sets]
    body = seal.unseal(header=header, sealed=bytes(row.sealed), keys=[one.seal for one in KEYS.sets], by=by)
    return doors.from_json(body.kind, body.version, body.values), body.thread


def arrives(payload: payloads.Payload, thread: str) -> None:
    """Handle an envelope of the other service."""
    with transaction.atomic():
        handlers = of_people if settings.DESIST_ZONE == "programme" else of_clients
        handlers.HANDLERS[type(payload)](Received(payload, thread, OTHER, AT, actors.post()))
