"""Two sites of real tables on one connection: each has its own schema, key file and processes, which restart at will.

The courier between them is a statement: it copies what waits, late, twice or not at all, as the test says.
"""

import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import override_settings
from tests.database import APP

from desist.embedded import Cluster
from desist.keys import keyfile, sitekeys
from desist.keys.public import PublicKeys
from desist.keys.sitekeys import KeySet, SiteKeys
from desist.post import commands, doors, inbox, outbox, payloads, seal
from desist.post.commands import Reach
from desist.post.handlers import Handlers, Received
from desist.post.models import Inbox, Outbox, Partner
from desist.post.rotation import chores
from desist.post.transports import Transport
from desist.sites import Zone
from desist.wall import actors
from desist.wall.actors import Actor, Role

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = date(2026, 3, 2)
TABLES = ("post_partner", "post_inbox", "post_outbox")
COLUMNS = "ref, sender, sealed, at, arrived_at"
ADMINISTRATOR = Actor(
    who="an-administrator", role=Role.ADMINISTRATOR, area="northmere", correlation=uuid.UUID(int=1)
)
HANDLED: list[tuple[str, str]] = []


def keep(received: Received) -> None:
    """Note what was handled, by its number to ring."""
    HANDLED.append((received.sender, received.payload.contact))


HANDLERS: Handlers = {payloads.Alert: keep}


@contextmanager
def schemas_of(server: Cluster, names: Iterable[str]) -> Iterator[None]:
    """Make a schema with the post's tables for each site."""
    schemas = [name.replace("-", "_") for name in names]
    with server.connect(connections["default"].settings_dict["NAME"]) as superuser:
        for schema in schemas:
            superuser.execute(f"CREATE SCHEMA {schema}")
            for table in TABLES:
                superuser.execute(f"CREATE TABLE {schema}.{table} (LIKE public.{table} INCLUDING ALL)")
            superuser.execute(f"GRANT USAGE ON SCHEMA {schema} TO {APP}")
            superuser.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {APP}")
            superuser.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA {schema} TO {APP}")
        yield
        for schema in schemas:
            superuser.execute(f"DROP SCHEMA {schema} CASCADE")


class Site:
    """One of the two sites, with its clock."""

    def __init__(self, name: str, zone: Zone, folder: Path) -> None:
        self.name, self.zone, self.folder = name, zone, folder
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
        as_site = override_settings(DESIST_SITE=self.name, DESIST_ZONE=self.zone.value)
        with as_site, pytest.MonkeyPatch.context() as patch, connection.cursor() as cursor:
            patch.setenv("DESIST_DATA", str(self.running))
            cursor.execute(f"SET search_path TO {self.schema}, public")
            yield
            cursor.execute("SET search_path TO public")

    def public(self) -> PublicKeys:
        """What `./desist keys public` prints there."""
        return self.keys().public

    def keys(self) -> SiteKeys:
        """The key file as it is now."""
        return keyfile.read(folder=self.folder, site=self.name)

    def rotate(self, *, exposed: bool = False) -> None:
        """Do what `./desist keys rotate` does; the processes know nothing of it until they start again."""
        keys = sitekeys.rotate(keys=self.keys(), on=DAY, exposed=exposed)
        keyfile.replace(folder=self.folder, keys=keys)

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

    def carry(self, other: "Site", *, at: datetime = AT, twice: bool = False, delayed: int = -1) -> int:
        """Carry what waits to the other site, as the courier does.

        `twice`: also what went before. `delayed`: every third envelope, from this one on, stays for a later time.
        """
        with self.at_work():
            rows = Outbox.objects.filter(receiver=other.name, next_at=None)
            if not twice:
                rows = rows.filter(sent_at=None)
            carried = [row for n, row in enumerate(rows.order_by("id")) if delayed < 0 or n % 3 != delayed]
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

    def do_chores(self, *, at: datetime = AT) -> None:
        """Do what the clock does."""
        with self.at_work():
            chores.tell(at=at)

    def compare(self, other: "Site", *, at: datetime = AT) -> None:
        """Paste the other site's keys and compare the digits by telephone."""
        with self.at_work():
            partner = Partner.objects.get(name=other.name)
            reach = Reach(
                title=partner.title,
                transport=Transport(partner.transport),
                keys=other.public().to_json(),
                phone=partner.phone,
                area="",
                compared=True,
            )
            commands.change_partner(actor=ADMINISTRATOR, ref=partner.ref, reach=reach, ended=False, at=at)

    def enter(self, other: "Site") -> None:
        """Enter the other site into the register on its page."""
        reach = Reach(other.name, Transport.COURIER, other.public().to_json(), "", "")
        with self.at_work():
            commands.add_partner(actor=ADMINISTRATOR, name=other.name, zone=other.zone, reach=reach, at=AT)

    def reoffer(self, other: "Site") -> None:
        """Offer everything again: the other site was restored."""
        with self.at_work():
            commands.reoffer(actor=actors.console(), to=other.name, since=AT, at=AT)

    def partner(self, other: "Site") -> Partner:
        """The other site's line of the register."""
        with self.at_work():
            return Partner.objects.get(name=other.name)

    def receive(self, payload: payloads.Payload, *, sender: str, by: KeySet, at: datetime = AT) -> None:
        """Put an envelope into the inbox that a stranger made with a key of the sender."""
        header = seal.Header(uuid.uuid4(), sender, self.name)
        body = seal.Body(payload.KIND, payload.VERSION, "a-thread", at, doors.to_json(payload))
        sealed = seal.seal(header=header, body=body, to=self.public().current.seal, by=by.sign)
        with self.at_work():
            Inbox.objects.create(ref=header.id, sender=sender, sealed=sealed, at=at, arrived_at=at)

    def settle(self, other: "Site", *, at: datetime = AT) -> None:
        """Let both sites do their chores, carry and handle until nothing moves."""
        for _ in range(4):
            for one, another in ((self, other), (other, self)):
                one.do_chores(at=at)
                one.carry(another, at=at)
                another.handle(at=at)

    def look_again(self) -> None:
        """Do what a worker does when it starts."""
        with self.at_work():
            inbox.look_again()

    def dump(self) -> dict[str, list[Any]]:
        """Back the site's tables up."""
        with self.at_work():
            return {model.__name__: list(model._default_manager.all()) for model in (Partner, Inbox, Outbox)}

    def restore(self, backup: dict[str, list[Any]]) -> None:
        """Put a backup in the place of the site's tables; the key file is in none."""
        with self.at_work():
            for model in (Partner, Inbox, Outbox):
                model._default_manager.all().delete()
                model._default_manager.bulk_create(backup[model.__name__])

    def waiting(self) -> list[str]:
        """Return why envelopes wait here."""
        with self.at_work():
            return list(Inbox.objects.filter(handled_at=None, dead_at=None).values_list("error", flat=True))

    def dead(self) -> list[str]:
        """Return why envelopes are dead here."""
        with self.at_work():
            return list(Inbox.objects.exclude(dead_at=None).values_list("error", flat=True))
