"""What the referrer sends, in whatever order it arrives, and what the programme makes of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.programme import factories

from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Outbox, Partner
from desist.programme.referrals import commands
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import State
from desist.programme.triage import commands as triage
from desist.referral import answers
from desist.refusals import Changed
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

ANSWERS: dict[str, Any] = {
    **answers.empty(),
    "given_names": "Robin",
    "family_name": "Example",
    "born": date(1990, 2, 28),
    "route": "police_voluntary",
    "orders": ["restraining 2027-03-01"],
}


JUDGED: dict[str, Any] = {
    "risk_tool": "s_dash",
    "risk_result": "High",
    "risk_rater": "Ash Vale",
    "risk_rated_on": date(2026, 2, 1),
    "risk_to": ["victim", "self"],
    "risk_when": "On pay nights",
    "risk_increases": "Drink",
    "risk_reduces": "Work",
    "self_harm": "None known",
}


def arrived(payload: payloads.Payload, thread: str = "thread") -> Received:
    return Received(payload, thread, factories.POLICE, factories.NOW, actors.post())


def referral(**changed: Any) -> payloads.Referral:
    values = answers.crossing({**ANSWERS, **changed})
    return payloads.Referral(**values, area=factories.AREA, completed_at=factories.NOW)


def amendment(number: int, reason: str = "mistake", **changed: Any) -> payloads.ReferralAmended:
    values = answers.crossing({**ANSWERS, **changed})
    return payloads.ReferralAmended(
        **values, reason=reason, number=number, amended_at=factories.NOW + timedelta(hours=number)
    )


def manager(actor: Actor) -> Actor:
    return Actor(actor.who, Role.MANAGER, factories.AREA, actor.correlation)


def test_everything_that_was_written_arrives(police: Partner) -> None:
    commands.receive(arrived(referral(aliases=["Rob"], pnc="03/0062845E", lives_in="kent", **JUDGED)))

    row = Referral.objects.get()
    assert answers.of(row) == {
        **ANSWERS,
        "aliases": ["Rob"],
        "pnc": "03/0062845E",
        "lives_in": "kent",
        **JUDGED,
    }
    assert row.happenings.get().what == "received"


@pytest.mark.parametrize(
    "changed",
    [
        {"route": "telepathy"},
        {"lives_in": "atlantis"},
        {"behaviours": ["dancing"]},
        {"orders": ["restraining soon"]},
        {"risk_tool": "tarot"},
        {"risk_to": ["everyone"]},
    ],
)
def test_a_code_that_nobody_knows_is_no_referral(police: Partner, changed: dict[str, Any]) -> None:
    with pytest.raises(CannotHandle, match=f"The field {next(iter(changed))} of this referral"):
        commands.receive(arrived(referral(**changed)))


def test_an_amendment_changes_the_answers_and_keeps_what_was_said(police: Partner) -> None:
    commands.receive(arrived(referral()))

    commands.amend(arrived(amendment(1, given_names="Robyn", orders=["none"])))

    row = Referral.objects.get()
    assert (row.given_names, row.orders, row.amendment) == ("Robyn", ["none"], 1)
    assert set(row.changes.values_list("name", "before", "after")) == {
        ("given_names", "Robin", "Robyn"),
        ("orders", "Restraining order, until 1 March 2027", "None"),
    }


def test_amendments_that_overtake_each_other_end_with_the_newest(police: Partner) -> None:
    commands.receive(arrived(referral()))

    for number in (2, 1, 2):
        commands.amend(arrived(amendment(number, given_names=f"Number {number}")))

    row = Referral.objects.get()
    assert (row.given_names, row.amendment, row.changes.count()) == ("Number 2", 2, 1)


def test_an_amendment_before_its_referral_waits(police: Partner) -> None:
    with pytest.raises(commands.UnknownThread):
        commands.amend(arrived(amendment(1)))


def test_an_amendment_for_an_unknown_reason_is_refused(police: Partner) -> None:
    commands.receive(arrived(referral()))

    with pytest.raises(CannotHandle, match="reason"):
        commands.amend(arrived(amendment(1, reason="whim")))


def test_a_withdrawal_while_it_is_being_decided_wins_and_the_decision_says_so(
    police: Partner, actor: Actor
) -> None:
    commands.receive(arrived(referral()))
    commands.withdraw(arrived(payloads.ReferralWithdrawn("moved")))
    row = Referral.objects.get()

    with pytest.raises(Changed):
        triage.decide(
            actor=manager(actor),
            ref=row.ref,
            decided=triage.Decided(State.ACCEPTED, "", "", ""),
            version=row.version,
            at=factories.NOW,
        )

    assert (row.state, row.withdraw_reason) == ("withdrawn", "moved")
    assert not Outbox.objects.exists()


def test_a_withdrawal_for_a_reason_of_a_newer_police_still_withdraws(police: Partner) -> None:
    commands.receive(arrived(referral()))

    commands.withdraw(arrived(payloads.ReferralWithdrawn("whim")))

    assert Referral.objects.get().state == "withdrawn"


def test_a_decision_about_a_referral_that_nobody_sent_tells_nobody(police: Partner, actor: Actor) -> None:
    row = factories.referral(partner="")

    triage.decide(
        actor=manager(actor),
        ref=row.ref,
        decided=triage.Decided(State.DECLINED, "capacity", "", ""),
        version=row.version,
        at=factories.NOW,
    )

    assert not Outbox.objects.exists()
    assert row.happenings.get().detail == "Declined. No capacity"
