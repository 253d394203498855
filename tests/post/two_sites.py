"""Two sites of real tables on one connection: each has its own schema, key file and processes, which restart at will.

The courier between them is a statement: it copies what waits, late, twice or not at all, as the test says.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from desist.keys import keyfile, sitekeys
from desist.keys.public import PublicKeys
from desist.post import inbox, outbox, payloads
from desist.post.handlers import Handlers, Received
from desist.post.models import Inbox, Outbox, Partner
from desist.post.transports import Transport
from desist.sites import Zone

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = date(2026, 3, 2)
TABLES = ("post_partner", "post_inbox", "post_outbox")
COLUMNS = "ref, sender, sealed, at, arrived_at"
HANDLED: list[tuple[str, str]] = []


def keep(received: Received) -> None:
    """Note what was handled, by its number to ring."""
    HANDLED.append((received.sender, received.payload.contact))


HANDLERS: Handlers = {payloads.Alert: keep}


class Site:
    """One of the two sites, with its clock."""

    def __init__(self, name: str, zone: Zone, folder: Path, settings: Settings) -> None:
        self.name, self.zone, self.folder, self.settings = name, zone, folder, settings
        self.schema = name.replace("-", "_")
        self.starts = 0
        keyfile.create(folder=folder, site=name, on=DAY)
        self.restart()

    def restart(self) -> None:
        """Start the site's processes again: they read the key file once."""
        self.starts += 1
        (self.folder / f"start-{self.starts}" / "keys").mkdir(parents=True)
        shutil.copy(keyfile.path(folder=self.folder, site=self.name), self.running / "keys")

    @property
    def running(self) -> Path:
        """The data folder as the running processes know it."""
        return self.folder / f"start-{self.starts}"

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Be this site's process."""
        with pytest.MonkeyPatch.context() as patch, connection.cursor() as cursor:
            patch.setenv("DESIST_DATA", str(self.running))
            self.settings.DESIST_SITE, self.settings.DESIST_ZONE = self.name, self.zone.value
            cursor.execute(f"SET search_path TO {self.schema}, public")
            yield
            cursor.execute("SET search_path TO public")

    def public(self) -> PublicKeys:
        """What `./desist keys public` prints there."""
        return keyfile.read(folder=self.folder, site=self.name).public

    def rotate(self) -> None:
        """Do what `./desist keys rotate` does; the processes know nothing of it until they start again."""
        keys = keyfile.read(folder=self.folder, site=self.name)
        keyfile.replace(folder=self.folder, keys=sitekeys.rotate(keys=keys, on=DAY))

    def know(self, other: "Site") -> None:
        """Enter the other site into the register."""
        with self.at_work():
            Partner.objects.create(
                name=other.name,
                zone=other.zone,
                title=other.name,
                transport=Transport.COURIER,
                keys=other.public().to_json(),
                phone="01632 960 001",
                added_at=AT,
            )

    def alert(self, other: "Site", contact: str, *, at: datetime = AT) -> None:
        """Send an alert, told apart by the number to ring."""
        payload = payloads.Alert(reason="concern", contact=contact, raised_at=at)
        with self.at_work(), transaction.atomic():
            outbox.send(payload, to=other.name, thread="a-thread", at=at)

    def carry(self, other: "Site", *, at: datetime = AT, twice: bool = False) -> int:
        """Carry what waits to the other site, as the courier does; `twice`: also what went before."""
        with self.at_work():
            rows = Outbox.objects.filter(receiver=other.name)
            if not twice:
                rows = rows.filter(sent_at=None, next_at=None)
            carried = list(rows.order_by("id"))
            Outbox.objects.filter(pk__in=[row.pk for row in carried]).update(sent_at=at)
        with other.at_work():
            Inbox.objects.bulk_create(
                [
                    Inbox(ref=row.ref, sender=self.name, sealed=row.sealed, at=row.at, arrived_at=at)
                    for row in carried
                ],
                ignore_conflicts=True,
            )
        return len(carried)

    def handle(self, *, at: datetime = AT) -> None:
        """Handle what arrived and is due."""
        with self.at_work():
            inbox.handle_waiting(at=at)

    def dead(self) -> list[str]:
        """Return why envelopes are dead here."""
        with self.at_work():
            return list(Inbox.objects.exclude(dead_at=None).values_list("error", flat=True))
