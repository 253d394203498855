"""Whatever people do in whatever order: nothing leaves that two people did not approve, to the letter and in time."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests import staff
from tests.partnership import factories
from tests.partnership.disclosures.reading import crossed
from tests.partnership.disclosures.test_commands import CONTENT, FOOTING

from desist.disclosure.codes import Recall, Refusal
from desist.keys.sitekeys import SiteKeys
from desist.partnership.disclosures import commands
from desist.partnership.disclosures.models import Disclosure
from desist.post.approvals import HOLDS
from desist.post.models import Partner
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys", "programme")]

WORDS = ("Stopped in May.", "Stopped in June.", "Stopped twice.")
SPANS = (timedelta(minutes=1), timedelta(hours=30), HOLDS)
PEOPLE = st.integers(0, 2)


class Desk(RuleBasedStateMachine):
    """Three officers at one draft; `approved` is who approved what it says now, and when."""

    keys: SiteKeys
    officers: tuple[Actor, ...]

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = factories.NOW
        self.approved: dict[int, datetime] = {}
        self.read = [1, 1, 1]  # the version that each of them has before their eyes
        self.left: list[str] = []  # what should have left

    @initialize(words=st.sampled_from(WORDS))
    def begin(self, words: str) -> None:
        self.words = words
        self.ref = commands.start(
            actor=self.officers[0],
            referral=factories.referral().ref,
            request="",
            content=replace(CONTENT, words=words),
            footing=FOOTING,
            submission=uuid.uuid4().hex,
            at=self.now,
        )

    @rule(who=PEOPLE)
    def look(self, who: int) -> None:
        self.read[who] = Disclosure.objects.get(ref=self.ref).version

    @rule(span=st.sampled_from(SPANS))
    def wait(self, span: timedelta) -> None:
        self.now += span

    @rule(who=PEOPLE, words=st.sampled_from(WORDS))
    def write(self, who: int, words: str) -> None:
        content = replace(CONTENT, words=words)
        if self.done(who, commands.write, content=content, footing=FOOTING, version=self.read[who]):
            self.words, self.approved = words, {}

    @rule(who=PEOPLE)
    def approve(self, who: int) -> None:
        read = self.read[who]
        current = Disclosure.objects.get(ref=self.ref).version
        before = Disclosure.objects.get(ref=self.ref).state
        sent = self.done(who, commands.approve, version=read)
        if sent is None:
            return
        assert (before, read) == ("draft", current), "an approval of what was read before an edit counted"
        self.approved[who] = self.now
        standing = [one for one, at in self.approved.items() if at + HOLDS > self.now]
        assert sent[0] == (len(standing) >= 2)
        if sent[0]:
            self.left.append(self.words)

    @rule(who=PEOPLE)
    def drop(self, who: int) -> None:
        if self.done(who, commands.drop, version=self.read[who]):
            self.approved = {}

    @rule(who=PEOPLE)
    def recall(self, who: int) -> None:
        self.done(who, commands.recall, reason=Recall.STOP)

    @rule(who=PEOPLE)
    def act_as_if_it_were_an_offer(self, who: int) -> None:
        assert not self.done(who, commands.pass_on, footing=FOOTING, version=self.read[who])
        assert not self.done(who, commands.refuse_offer, reason=Refusal.NOTHING, version=self.read[who])

    @invariant()
    def only_what_was_approved_has_left(self) -> None:
        tokens = [row.token for row in Disclosure.objects.filter(ref=getattr(self, "ref", ""))]
        told = [one["words"] for one in crossed(self.keys, "disclosure") if one["disclosure"] in tokens]
        assert told == self.left

    def done(self, who: int, command: Callable[..., Any], **values: Any) -> list[Any] | None:
        """What the command answered, in a list; None where it was refused."""
        try:
            return [command(actor=self.officers[who], ref=self.ref, at=self.now, **values)]
        except Refused:
            return None


def test_no_sequence_of_actions_lets_anything_out_that_two_people_did_not_approve(
    programme: Partner, programme_keys: SiteKeys
) -> None:
    Desk.keys = programme_keys
    Desk.officers = tuple(
        Actor(
            who=staff.account(name=f"Officer {number}").ref,
            role=Role.OFFICER,
            area=factories.AREA,
            correlation=uuid.uuid4(),
        )
        for number in range(3)
    )

    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=30,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
