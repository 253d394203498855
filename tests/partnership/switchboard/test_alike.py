"""What the programme can see of the switchboard is the same, byte for byte, whether or not anyone stands behind a referral."""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.partnership import factories

from desist.desk.alerts import commands as alerts
from desist.desk.alerts.models import Alert
from desist.keys import sitekeys
from desist.partnership.pairs import commands as pairs
from desist.partnership.referrals.models import Referral
from desist.partnership.switchboard import chores, commands
from desist.post import own, payloads, seal
from desist.post.handlers import Received
from desist.post.models import ByHandTask, Outbox, Partner
from desist.wall import actors
from desist.wall.actors import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("programme")]

NOW = factories.NOW
MINUTE = timedelta(minutes=1)


def alert(minute: int) -> payloads.Payload:
    return payloads.Alert("concern", "01632 960 009", NOW + minute * MINUTE)


def progress(minute: int) -> payloads.Payload:
    stage = ("waiting", "in_sessions", "completed", "left")[minute % 4]
    return payloads.ProgressNotice(stage, minute, 12, NOW.date())


def ending(minute: int) -> payloads.Payload:
    at = NOW + minute * MINUTE
    return payloads.PlaceEnding(at, at + timedelta(days=1), stands=minute % 2 == 0)


HANDLERS = {
    payloads.Alert: commands.receive_alert,
    payloads.ProgressNotice: commands.note_progress,
    payloads.PlaceEnding: commands.note_ending,
}
SENDINGS = st.lists(
    st.tuples(st.sampled_from((alert, progress, ending)), st.integers(0, 40)), min_size=1, max_size=6
)


def handle(payload: payloads.Payload, referral: Referral, minute: int) -> None:
    """As the inbox does: one envelope, one transaction."""
    with transaction.atomic():
        HANDLERS[type(payload)](
            Received(
                payload,
                referral.thread or "",
                factories.PROGRAMME,
                NOW + minute * MINUTE,
                actors.post(),
            )
        )


def noting(shapes: list[str]) -> Callable[..., Any]:
    """Notes every statement as it is sent."""

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        shapes.append(shape(sql))
        return execute(sql, params, many, context)

    return note


def shape(statement: str) -> str:
    """A statement without its values."""
    return re.sub(r"'(?:[^']|'')*'|\b\d+\b|\bs\d+_x\d+\b", "?", statement)


def seen(keys: sitekeys.SiteKeys, thread: str) -> list[tuple[Any, ...]]:
    """Every envelope to the programme about a referral: its kind, length, content and moment."""
    found = []
    for sent in Outbox.objects.filter(receiver=factories.PROGRAMME).order_by("pk"):
        body = seal.unseal(
            header=seal.Header(sent.ref, own.site().name, factories.PROGRAMME),
            sealed=bytes(sent.sealed),
            keys=[keys.current.seal],
            by=[key.sign for key in own.keys().public.keys],
        )
        if body.thread == thread:
            found.append((body.kind, len(bytes(sent.sealed)), body.values, body.at, sent.at))
    return found


def course(referral: Referral, sendings: Sequence[tuple[Any, int]], actor: Actor) -> list[str]:
    """Everything happens to one referral, and the desk takes its alerts up; the statements that the post sent."""
    shapes: list[str] = []
    for number, (make, minute) in enumerate(sendings):
        with connection.execute_wrapper(noting(shapes)):
            handle(make(minute), referral, number)
        chores.pass_on(at=NOW + number * MINUTE)
    for one in Alert.objects.filter(case=referral.ref, way="in").order_by("pk"):
        alerts.acknowledge(actor=actor, ref=one.ref, note="Rang.", at=one.raised_at + 5 * MINUTE)
    return shapes


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sendings=SENDINGS, stand=st.integers(1, 3))
def test_the_same_envelopes_go_back_in_the_same_bytes_and_by_the_same_statements(
    programme_keys: sitekeys.SiteKeys, actor: Actor, sendings: list[tuple[Any, int]], stand: int
) -> None:
    alone = factories.referral(thread="t" * 22)
    paired = factories.referral(thread="u" * 22)
    try:
        for _ in range(stand):
            factories.side(pair=paired.pair)

        first = course(alone, sendings, actor)
        second = course(paired, sendings, actor)

        assert first == second
        assert seen(programme_keys, alone.thread or "") == seen(programme_keys, paired.thread or "")
    finally:
        for one in (alone, paired):
            Referral.objects.filter(pk=one.pk).update(thread=f"gone-{one.ref}")


def test_whoever_ended_it_is_told_nothing_more_and_the_programme_sees_no_difference(
    programme_keys: sitekeys.SiteKeys, actor: Actor
) -> None:
    """What waited to be passed on when the client ended it is not passed on either."""
    sendings = [(alert, 0), (progress, 1), (ending, 2), (alert, 3)]
    alone, ended = factories.referral(thread="t" * 22), factories.referral(thread="u" * 22)
    side = factories.side(pair=ended.pair, thread="client-1")
    handle(progress(1), alone, 0)
    handle(progress(1), ended, 0)
    before = seen(programme_keys, ended.thread or "")

    with transaction.atomic():
        request = payloads.PairRequest(side.crime_reference, factories.AREA, stands=False, asked_at=NOW)
        pairs.ask(Received(request, "client-1", factories.ADVOCACY, NOW, actors.post()))

    assert seen(programme_keys, ended.thread or "") == before
    assert course(alone, sendings, actor) == course(ended, sendings, actor)
    assert seen(programme_keys, alone.thread or "") == seen(programme_keys, ended.thread or "")
    assert not ByHandTask.objects.filter(partner__name=factories.ADVOCACY).exists()


def test_the_other_side_is_told_all_the_same(programme: Partner) -> None:
    """The test above would hold for a switchboard that passes nothing on."""
    paired = factories.referral()
    factories.side(pair=paired.pair)

    handle(alert(0), paired, 0)
    assert not ByHandTask.objects.exists()
    chores.pass_on(at=NOW)

    assert ByHandTask.objects.get().partner.name == factories.ADVOCACY


@pytest.mark.slow
def test_handling_takes_the_same_time_whoever_stands_there(programme: Partner) -> None:
    """A permutation test over paired runs in mixed order: a difference as great is found often by chance alone."""
    runs, rng = 150, Random(4)
    waits: dict[bool, list[float]] = {False: [], True: []}
    order = [False, True] * runs
    rng.shuffle(order)
    for number, stands in enumerate(order):
        referral, other = factories.referral(), factories.referral()
        # Somebody is written down either way, so that the database has as much in hand before each run.
        factories.side(pair=(referral if stands else other).pair)
        began = time.perf_counter()
        handle(alert(number), referral, number)
        waits[stands].append(time.perf_counter() - began)

    pooled = waits[False] + waits[True]
    found = abs(statistics.median(waits[True]) - statistics.median(waits[False]))
    as_great = 0
    for _ in range(2000):
        rng.shuffle(pooled)
        as_great += abs(statistics.median(pooled[:runs]) - statistics.median(pooled[runs:])) >= found

    assert as_great / 2000 > 0.001, f"a difference of {found:.6f} s is no chance"
