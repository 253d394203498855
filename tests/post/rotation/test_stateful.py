"""Rotations among sends, delays, doubles and restarts in any order: nothing is lost, doubled, or dead by a rotation."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pytest_django.fixtures import Settings
from tests.post.rotation.conftest import NAMES
from tests.post.two_sites import AT, HANDLED, Site

from desist.post.models import Inbox, Outbox, Partner

FIRST = st.booleans()


class Rotations(RuleBasedStateMachine):
    """Two sites and everything that may happen between them."""

    folder: Path
    runs = 0

    @initialize()
    def found(self) -> None:
        Rotations.runs += 1
        HANDLED.clear()
        folder = self.folder / str(self.runs)
        one, other = (Site(name, zone, folder / name) for name, zone in NAMES.items())
        for site in (one, other):
            with site.at_work():
                for model in (Partner, Inbox, Outbox):
                    model._default_manager.all().delete()
        one.know(other)
        other.know(one)
        self.sites = {True: (one, other), False: (other, one)}
        self.at, self.sent = AT, 0

    @rule(first=FIRST)
    def send(self, first: bool) -> None:
        one, other = self.sites[first]
        one.alert(other, str(self.sent), at=self.at)
        self.sent += 1

    @rule(first=FIRST)
    def rotate(self, first: bool) -> None:
        self.sites[first][0].rotate()

    @rule(first=FIRST)
    def restart(self, first: bool) -> None:
        one, _ = self.sites[first]
        one.restart()
        one.look_again()

    @rule(first=FIRST)
    def rotate_as_keys_may_be_known(self, first: bool) -> None:
        one, _ = self.sites[first]
        one.rotate(exposed=True)
        one.restart()  # as documented: all processes stop first, and the worker does its chores when it starts
        one.look_again()
        one.do_chores(at=self.at)

    @rule(first=FIRST)
    def compare(self, first: bool) -> None:
        one, other = self.sites[first]
        one.compare(other, at=self.at)

    @rule(first=FIRST)
    def do_chores(self, first: bool) -> None:
        self.sites[first][0].do_chores(at=self.at)

    @rule(first=FIRST, delayed=st.integers(-1, 2))
    def carry(self, first: bool, delayed: int) -> None:
        one, other = self.sites[first]
        one.carry(other, at=self.at, delayed=delayed)

    @rule(first=FIRST)
    def carry_again(self, first: bool) -> None:
        one, other = self.sites[first]
        one.carry(other, at=self.at, twice=True)

    @rule(first=FIRST)
    def handle(self, first: bool) -> None:
        self.sites[first][0].handle(at=self.at)

    @rule(minutes=st.integers(1, 2000))
    def wait(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @invariant()
    def nothing_is_dead_or_doubled(self) -> None:
        if not hasattr(self, "sites"):
            return
        assert [site.dead() for site in self.sites[True]] == [[], []]
        assert set(Counter(contact for _, contact in HANDLED).values()) <= {1}

    @invariant()
    def what_left_is_signed_with_an_accepted_key(self) -> None:
        if not hasattr(self, "sites"):
            return
        for one, other in self.sites.values():
            with one.at_work():
                alerts = list(Outbox.objects.filter(kind="alert").values_list("ref", flat=True))
            with other.at_work():
                waiting = Inbox.objects.filter(ref__in=alerts, handled_at=None)
                reasons = set(waiting.values_list("error", flat=True))
            assert reasons <= {
                "",
                "It was sealed to a key that this site does not have.",
            }  # until the next start

    def teardown(self) -> None:
        """After it all: processes run with the keys of the file, people compare, everything arrives."""
        if not hasattr(self, "sites"):
            return
        one, other = self.sites[True]
        for _ in range(2):
            for site in (one, other):
                site.restart()
                site.look_again()
            one.settle(other, at=self.at)
            one.compare(other, at=self.at)
            other.compare(one, at=self.at)
            one.settle(other, at=self.at)
        self.nothing_is_dead_or_doubled()
        assert sorted(contact for _, contact in HANDLED) == sorted(map(str, range(self.sent)))
        assert (one.waiting(), other.waiting()) == ([], [])


def test_an_order_that_once_lost_an_envelope(
    schemas: None, db: None, with_handlers: Settings, tmp_path: Path
) -> None:
    """An envelope had left with a key that was exposed before anyone over there had compared its digits."""
    Rotations.folder, Rotations.runs = tmp_path, 0
    police = False
    state = Rotations()
    state.found()
    state.rotate_as_keys_may_be_known(first=police)
    state.compare(first=police)
    state.send(first=police)
    state.do_chores(first=police)
    state.carry(first=police, delayed=-1)
    state.send(first=police)
    state.handle(first=police)
    state.rotate_as_keys_may_be_known(first=police)
    state.do_chores(first=police)
    state.handle(first=police)
    state.what_left_is_signed_with_an_accepted_key()
    state.teardown()


def test_no_order_of_events_loses_doubles_or_kills(
    schemas: None, db: None, with_handlers: Settings, tmp_path: Path
) -> None:
    Rotations.folder, Rotations.runs = tmp_path, 0
    run_state_machine_as_test(
        Rotations,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
