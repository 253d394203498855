"""An exhibit between two sites with real keys: late, twice, out of order, lost, refused by a full disk, and recalled."""

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from django.db import OperationalError
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.advocacy import factories as advocates
from tests.partnership import factories as officers
from tests.post.two_sites import AT, Site, schemas_of

from desist import custody
from desist.advocacy.exhibits import keeping as kept
from desist.advocacy.packs.models import BreachPack
from desist.advocacy.sent_exhibits import commands as sending
from desist.advocacy.sent_exhibits.commands import Agreed
from desist.advocacy.sent_exhibits.models import SentExhibit
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import How
from desist.disclosure.codes import Recall
from desist.embedded import Cluster
from desist.partnership.exhibits import chores, keeping
from desist.partnership.exhibits.models import Exhibit
from desist.partnership.pairs.models import Side
from desist.partnership.reports.models import Report
from desist.post import doors, payloads, payloads_exhibits
from desist.post.door import Door
from desist.post.models import Inbox, Outbox, Partner
from desist.sites import Zone
from desist.wall.actors import Actor, Role

ADVOCACY, POLICE = "harbour-advocacy", "northmere-police"
PIECES = (*(bytes([number]) * 100 for number in range(6)), b"the last one")
CROSSING = 35  # bytes of a piece on its way: three of a kept one
_numbers = itertools.count(1)


class Sent(NamedTuple):
    """An exhibit on its way, the two sites, and the advocate who sent it."""

    advocacy: Site
    police: Site
    row: SentExhibit
    actor: Actor

    def recall(self) -> None:
        """Recall it, as the advocate."""
        with self.advocacy.at_work():
            sending.recall(actor=self.actor, ref=self.row.ref, reason=Recall.WRONG, at=AT)

    def lose(self) -> None:
        """Lose what the police have not handled of its pieces, as when people set envelopes aside."""
        with self.advocacy.at_work():
            pieces = list(Outbox.objects.filter(kind="exhibit-piece").values_list("ref", flat=True))
        with self.police.at_work():
            Inbox.objects.filter(ref__in=pieces, handled_at=None).delete()

    def settle(self) -> Exhibit:
        """Let both sites carry, handle and ask again until nothing moves; return it as the police have it."""
        for hours in range(0, 80, 8):
            at = AT + timedelta(hours=hours)
            for one, another in ((self.advocacy, self.police), (self.police, self.advocacy)) * 4:
                one.carry(another, at=at)
                another.handle(at=at)
            with self.police.at_work():
                chores.go_on(at=at)
        self.row.refresh_from_db()
        return Exhibit.objects.get(token=self.row.token)


@pytest.fixture(scope="module")
def schemas(django_db_setup: None, server: Cluster) -> Iterator[None]:
    with schemas_of(server, (ADVOCACY, POLICE)):
        yield


@pytest.fixture(autouse=True)
def _small(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "PIECE", 100)
    monkeypatch.setattr(payloads_exhibits, "PIECE", CROSSING)
    slices = ("partnership.exhibits", "advocacy.sent_exhibits")
    settings.DESIST_HANDLERS = [f"desist.{name}.handlers" for name in slices]


def sent(folder: Path) -> Sent:
    """An exhibit that an advocate has just sent with a report."""
    advocacy = Site(ADVOCACY, Zone.ADVOCACY, folder / ADVOCACY)
    police = Site(POLICE, Zone.PARTNERSHIP, folder / POLICE)
    for one, another in ((advocacy, police), (police, advocacy)):
        with one.at_work():
            for model in (Partner, Inbox, Outbox):
                model._default_manager.all().delete()
        one.know(another)
    thread = f"client-{next(_numbers)}"
    with advocacy.at_work():
        account = advocates.account(name=f"Fable {thread}")
        robin = advocates.victim(advocate=advocates.advocate(account=account))
        Victim.objects.filter(pk=robin.pk).update(partner=POLICE, thread=thread)
        advocates.choice(victim=robin.ref, whom="police")
        pack = advocates.pack(incident=advocates.incident(victim=robin.ref).ref)
        BreachPack.objects.filter(pk=pack.pk).update(police=POLICE)
        exhibit = advocates.finished_exhibit(victim=robin.ref, pieces=PIECES)
    with police.at_work():
        report = officers.report()
        Side.objects.filter(pk=report.side.pk).update(advocacy=ADVOCACY, thread=thread)
        Report.objects.filter(pk=report.pk).update(token=pack.token)
    actor = Actor(who=account.ref, role=Role.ADVOCATE, area=advocates.AREA, correlation=uuid.uuid4())
    with advocacy.at_work():
        ref = sending.send(
            actor=actor,
            exhibit=exhibit.ref,
            report=pack.ref,
            agreed=Agreed(AT.date(), How.PHONE, "Send it"),
            submission=thread,
            at=AT,
        )
    return Sent(advocacy, police, SentExhibit.objects.get(ref=ref), actor)


STEP = st.one_of(
    st.sampled_from(["handle", "twice", "lose", "restart"]), st.integers(0, 2).map(lambda n: f"delay {n}")
)


@pytest.mark.usefixtures("schemas", "db")
@given(steps=st.lists(STEP, max_size=12), recall_at=st.none() | st.integers(0, 11))
@settings(max_examples=20, deadline=None)
def test_whatever_happens_on_the_way_it_is_whole_there_or_recalled_on_both_sides(
    steps: list[str], recall_at: int | None
) -> None:
    with TemporaryDirectory() as folder:
        it = sent(Path(folder))
        for number, step in enumerate(steps):
            at = AT + timedelta(minutes=number)
            if number == recall_at:
                it.recall()
            for one, another in ((it.advocacy, it.police), (it.police, it.advocacy)):
                delayed = int(step[-1]) if step.startswith("delay") else -1
                one.carry(another, at=at, twice=step == "twice", delayed=delayed)
                if step == "lose":
                    it.lose()
                if step == "restart":
                    another.look_again()
                another.handle(at=at)

        there = it.settle()

        assert custody.is_whole(there)
        if it.row.state == "recalled":
            assert (there.state, there.pieces.count(), bytes(there.caption)) == ("recalled", 0, b"")
            assert it.row.stopped_at is not None
        else:
            assert (there.state, it.row.state, it.row.here) == ("whole", "whole", 19)
            with it.police.at_work():
                assert b"".join(keeping.contents(there)) == b"".join(PIECES)
                assert keeping.caption(there) == "Messages of March"


@pytest.mark.usefixtures("schemas", "db")
def test_pieces_that_a_full_disk_refused_are_kept_in_the_post_and_taken_in_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = sent(tmp_path)
    it.advocacy.carry(it.police)
    it.police.handle()
    it.police.carry(it.advocacy)
    it.advocacy.handle()
    it.advocacy.carry(it.police)

    def full(*_: object) -> None:
        raise OperationalError("could not extend file: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "keep", full)
        it.police.handle()
    with it.police.at_work():
        waiting = list(Inbox.objects.filter(handled_at=None).values_list("error", "dead_at"))
    there = Exhibit.objects.get(token=it.row.token)

    assert (there.here, there.pieces.count()) == (0, 0)
    assert waiting == [("Handling it failed (OperationalError), 1 times so far.", None)] * 8
    assert it.settle().state == "whole"


@pytest.mark.usefixtures("schemas", "db")
def test_at_most_a_few_pieces_are_on_their_way_so_that_an_alert_waits_for_few(tmp_path: Path) -> None:
    it = sent(tmp_path)
    most = 0
    for minute in range(20):
        at = AT + timedelta(minutes=minute)
        for one, another in ((it.advocacy, it.police), (it.police, it.advocacy)):
            with one.at_work():
                most = max(most, Outbox.objects.filter(sent_at=None, kind="exhibit-piece").count())
            one.carry(another, at=at)
            another.handle(at=at)

    assert most == payloads_exhibits.AT_ONCE
    assert it.settle().state == "whole"


EXHIBITS = (
    payloads.EvidenceExhibit,
    payloads.ExhibitPiece,
    payloads.ExhibitReceipt,
    payloads.ExhibitRecall,
    payloads.ExhibitRecalled,
)


def beyond(table: tuple[Door, ...]) -> list[str]:
    """The doors of a table through which something of an exhibit goes to or comes from another side."""
    both = {Zone.ADVOCACY, Zone.PARTNERSHIP}
    return [
        f"{door.payload.KIND}: {door.sender} to {door.receiver}"
        for door in table
        if door.payload in EXHIBITS and {door.sender, door.receiver} != both
    ]


def test_an_exhibit_goes_between_the_advocates_and_the_police_alone() -> None:
    assert beyond(doors.DOORS) == []
    for receiver in (Zone.PROGRAMME, Zone.COMMISSION, Zone.PUBLIC, Zone.PARTICIPANT):
        for payload in EXHIBITS:
            assert not [
                door
                for door in doors.DOORS
                if door.payload is payload and receiver in {door.sender, door.receiver}
            ]


@pytest.mark.parametrize("payload", EXHIBITS)
def test_a_door_that_would_let_one_through_to_the_programme_is_found(
    payload: type[payloads.Payload],
) -> None:
    planted = Door(payload, Zone.PARTNERSHIP, Zone.PROGRAMME, "Planted.")

    assert beyond((*doors.DOORS, planted)) == [f"{payload.KIND}: partnership to programme"]


def test_no_way_leads_back_to_the_advocates_for_the_exhibit_itself() -> None:
    offer = next(door for door in doors.DOORS if door.payload is payloads.EvidenceExhibit)

    assert replace(offer, sender=Zone.PARTNERSHIP, receiver=Zone.ADVOCACY) not in doors.DOORS


@pytest.mark.parametrize("parts", [("!",), ("AAA",)])
def test_a_broken_piece_is_none(parts: tuple[str, ...]) -> None:
    assert payloads_exhibits.joined(parts) is None
