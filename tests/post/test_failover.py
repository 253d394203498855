"""Envelopes that a primary took and lost when it died: their sender believes that they arrived, and offers them again."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.db.models import Max
from tests.post.conftest import AT, POLICE, PROGRAMME, THREAD

from desist.embedded import Cluster
from desist.embedded.cluster import SUPERUSER
from desist.post import commands, courier, outbox, payloads
from desist.post.models import Inbox, Outbox, Partner
from desist.post.routes import Route
from desist.wall import actors
from tools.bench.failover_nodes import Node
from tools.bench.pages_area import free_port

pytestmark = [pytest.mark.slow, pytest.mark.processes, pytest.mark.usefixtures("own_keys")]

DECISION = payloads.ReferralDecision("accepted", "A reason", AT)


@pytest.fixture
def pair(db: None, tmp_path: Path) -> Iterator[tuple[Node, Node]]:
    """The police's primary and its standby, which does not hold the primary up; each has an inbox."""
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o711)
    with connection.schema_editor(collect_sql=True) as editor:
        editor.create_model(Inbox)
    cluster = Cluster(tmp_path / "police")
    with cluster.serving(), cluster.connect() as superuser:
        for statement in editor.collected_sql:
            superuser.execute(statement.encode())
    word = cluster.login(SUPERUSER).password
    old = Node(tmp_path / "police", free_port(), word)
    new = Node(tmp_path / "standby", free_port(), word)
    try:
        old.start()
        new.copy(old)
        new.start()
        new.follows(old)
        yield old, new
    finally:
        old.stop()
        new.stop()


def send(count: int) -> None:
    for _ in range(count):
        outbox.send(DECISION, to=POLICE, thread=THREAD, at=AT)


def carry(to: Node) -> int:
    connection.ensure_connection()
    with to.connect() as target:
        return courier.carry(Route(PROGRAMME, POLICE), connection.connection, target)


def arrived(node: Node) -> set[UUID]:
    with node.connect() as reader:
        return {ref for (ref,) in reader.execute("SELECT ref FROM post_inbox")}


def wait_until_it_takes_writes(node: Node) -> None:
    end = time.monotonic() + 60
    while node.in_recovery:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_what_a_primary_took_and_lost_is_offered_again_and_arrives_once(
    police: Partner, pair: tuple[Node, Node]
) -> None:
    old, new = pair
    send(2)
    carry(old)
    while len(arrived(new)) < 2:
        time.sleep(0.05)
    new.cut()
    send(3)
    assert carry(old) == 3
    old.kill()
    new.promote()
    wait_until_it_takes_writes(new)
    assert len(arrived(new)) == 2
    assert not Outbox.objects.filter(sent_at=None).exists()

    failed_at = Outbox.objects.aggregate(last=Max("sent_at"))["last"]
    offered = commands.reoffer(
        actor=actors.console(), to=POLICE, since=failed_at - timedelta(minutes=1), at=failed_at
    )
    while carry(new):
        pass

    assert offered == 5
    assert arrived(new) == set(Outbox.objects.values_list("ref", flat=True))
    assert not Outbox.objects.filter(sent_at=None).exists()
    with pytest.raises(psycopg.OperationalError):
        old.connect()
