"""Merges, new rows and splits in any order: no row is lost, none is in two places, and a split gives all of it back."""

import uuid
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.programme import factories

from desist.merges import commands, records
from desist.merges.models import Merge
from desist.merges.states import State
from desist.programme.referrals.models import Referral
from desist.programme.sessions.contacts.models import Contact
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

WHICH = st.integers(0, 2)
NAMES = ("Robin", "Robyn", "Rob")


def manager(who: str) -> Actor:
    return Actor(who=who, role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())


class Merges(RuleBasedStateMachine):
    """Three referrals; `owner` says to whom each row truly belongs, and `written` under which record it was written."""

    @initialize()
    def begin(self) -> None:
        self.numbers = count()
        self.people = [self._declined(name) for name in NAMES]
        self.owner: dict[str, str] = {}
        self.merged: list[Merge] = []

    def _declined(self, name: str) -> str:
        row = factories.referral(given_names=name, state="declined", decline_reason="duplicate")
        Referral.objects.filter(pk=row.pk).update(decided_by="carol", decided_at=factories.NOW)
        return row.ref

    @rule(which=WHICH, truly=WHICH)
    def write(self, which: int, truly: int) -> None:
        """Write a row about a person under the record at which the person is found."""
        place = records.leading(self.people[which])
        about = self.people[truly] if records.leading(self.people[truly]) == place else place
        row = factories.contact(referral=Referral.objects.get(ref=place))
        self.owner[row.ref] = about

    @rule(one=WHICH, other=WHICH, taken=st.booleans())
    def merge(self, one: int, other: int, taken: bool) -> None:
        first, second = self.people[one], self.people[other]
        if first == second:
            return
        try:
            ref = commands.ask(
                actor=manager("ola"),
                first=first,
                second=second,
                taken=["given_names"] if taken else [],
                reason="One person",
                submission=str(next(self.numbers)) + uuid.uuid4().hex,
                at=factories.NOW,
            )
        except Refused:
            assert {records.leading(first), records.leading(second)} != {first, second}
            return
        commands.confirm(actor=manager("noor"), ref=ref, version=1, at=factories.NOW)
        self.merged.append(Merge.objects.get(ref=ref))

    @rule(which=st.integers(0, 5))
    def split(self, which: int) -> None:
        standing = [one for one in self.merged if Merge.objects.get(pk=one.pk).state == State.STANDS]
        if not standing:
            return
        row = Merge.objects.get(pk=standing[which % len(standing)].pk)
        behind = self._behind(row.second)
        new = [one.ref for along in records.kind_of(row).along for one in commands.since(row, along)]
        seconds = [ref for ref in new if self.owner[ref] in behind]
        split: dict[str, Any] = {
            "actor": manager("ola"),
            "reason": "Two people",
            "version": row.version,
            "at": factories.NOW,
        }
        try:
            commands.split(ref=row.ref, seconds=seconds, **split)
        except Refused:
            assert records.leading(row.first) != row.first

    def _behind(self, ref: str) -> set[str]:
        """A record with all that lead to it."""
        below = Merge.objects.filter(first=ref, state=State.STANDS).values_list("second", flat=True)
        return {ref}.union(*(self._behind(one) for one in below))

    @invariant()
    def every_row_is_where_its_person_is_found(self) -> None:
        rows = {
            one.ref: one.referral.ref
            for one in Contact.objects.select_related("referral").filter(ref__in=self.owner)
        }
        assert rows == {ref: records.leading(person) for ref, person in self.owner.items()}

    @invariant()
    def a_record_apart_says_what_it_said(self) -> None:
        if not Merge.objects.filter(state=State.STANDS, second__in=self.people).exists():
            said = [Referral.objects.get(ref=ref).given_names for ref in self.people]
            assert said == list(NAMES)


def test_merges_new_rows_and_splits_in_any_order() -> None:
    run_state_machine_as_test(
        Merges,
        settings=settings(
            max_examples=20,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
        ),
    )
