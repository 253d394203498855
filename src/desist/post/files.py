"""The file transport: envelopes as files, for a partner without a connection.

A file is one JSON object. Its content is sealed, so its carrier can read only the address. Files appear whole or not at
all; they may be carried, exported and imported any number of times.
"""

import base64
import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from desist.post import own, partners
from desist.post.models import Inbox, Outbox, Partner
from desist.post.transports import Transport
from desist.privatefile import write_private

SUFFIX = ".envelope"
VERSION = 1
LARGEST = 64 * 1024 * 1024  # bytes
ARRIVED, REFUSED = "arrived", "refused"


class NotAnEnvelope(Exception):
    """The file cannot be imported; the sentence gives the reason."""


@dataclass(frozen=True)
class Import:
    """The result of importing a folder: how many files are in the inbox, and each refused file with the reason."""

    arrived: int
    refused: tuple[str, ...]


def export_waiting(*, folder: Path, at: datetime) -> int:
    """Write the waiting envelopes of file partners to FOLDER/out/PARTNER/ID.envelope; return how many."""
    names = Partner.objects.filter(transport=Transport.FILE).values("name")
    with transaction.atomic(durable=True):
        waiting = (
            Outbox.objects.filter(receiver__in=names, sent_at=None).exclude(next_at__gt=at).order_by("id")
        )
        exported = list(waiting.select_for_update(skip_locked=True))
        for envelope in exported:
            place = folder / "out" / envelope.receiver / f"{envelope.ref}{SUFFIX}"
            place.parent.mkdir(parents=True, exist_ok=True)
            write_private(place, _to_text(envelope).encode())
        sent = [envelope.pk for envelope in exported]
        Outbox.objects.filter(pk__in=sent).update(sent_at=at, error="")
    return len(exported)


def import_arrived(*, folder: Path) -> Import:
    """Put every file of FOLDER/in into the inbox, then move it to FOLDER/arrived or FOLDER/refused."""
    arrived, refused = 0, []
    for path in sorted((folder / "in").glob(f"*{SUFFIX}")):
        try:
            import_file(path=path)
        except NotAnEnvelope as reason:
            refused.append(str(reason))
            _move(path, folder / REFUSED)
        else:
            arrived += 1
            _move(path, folder / ARRIVED)
    return Import(arrived, tuple(refused))


def import_file(*, path: Path) -> None:
    """Put one file's envelope into the inbox, which ignores one that it has already. Raises NotAnEnvelope."""
    envelope, receiver = _from_file(path)
    here = own.site().name
    if receiver != here:
        raise NotAnEnvelope(f"{path.name} is addressed to {receiver}, and this is {here}.")
    try:
        partners.find(name=envelope.sender)
    except partners.NoSuchPartner as reason:
        raise NotAnEnvelope(f"{path.name}: {reason}") from None
    Inbox.objects.bulk_create([envelope], ignore_conflicts=True)


def _move(path: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    path.replace(folder / path.name)


def _to_text(envelope: Outbox) -> str:
    parts: dict[str, Any] = {
        "desist_envelope": VERSION,
        "id": str(envelope.ref),
        "from": own.site().name,
        "to": envelope.receiver,
        "at": envelope.at.isoformat(),
        "sealed": base64.b64encode(envelope.sealed).decode(),
    }
    return json.dumps(parts, indent=1) + "\n"


def _from_file(path: Path) -> tuple[Inbox, str]:
    """The envelope in a file, and its receiver."""
    if path.stat().st_size > LARGEST:
        raise NotAnEnvelope(f"{path.name} is too large to be an envelope.")
    try:
        parts = json.loads(path.read_bytes())
        if parts["desist_envelope"] != VERSION:
            raise NotAnEnvelope(
                f"{path.name} was written by a newer Desist. Update this one, then import it again."
            )
        envelope = Inbox(
            ref=uuid.UUID(parts["id"]),
            sender=str(parts["from"]),
            sealed=base64.b64decode(parts["sealed"], validate=True),
            at=_moment(parts["at"]),
        )
        return envelope, str(parts["to"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotAnEnvelope(
            f"{path.name} is not an envelope, or is damaged. Ask for it to be exported again."
        ) from None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
