"""Sending a victim's referral to an advocacy service."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from desist.partnership.pairs import commands as pairs
from desist.partnership.pairs import naming
from desist.partnership.pairs.models import Side
from desist.partnership.pairs.states import How, State
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.partnership.victims.models import VictimReferral
from desist.partnership.victims.policy import Action
from desist.post import outbox, payloads
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Victim:
    """The facts that are sent and not kept. A way to reach the victim that they did not agree to share is empty."""

    given_names: str
    family_name: str
    phone: str = field(repr=False)
    email: str = field(repr=False)
    address: str = field(repr=False)
    safety: str
    account: str
    behaviours: tuple[str, ...]
    relationship: str
    officer_name: str
    officer_phone: str
    risk_tool: str = ""
    risk_tool_version: str = ""
    risk_result: str = ""
    risk_rater: str = ""
    risk_rater_trained: str = ""
    risk_rated_on: str = ""

    @property
    def shared(self) -> list[str]:
        """The ways to reach the victim that are sent."""
        return [name for name in ("phone", "email", "address") if getattr(self, name)]


@dataclass(frozen=True)
class Agreement:
    """The service, the crime and the agreement; `referral` is that of the person who stalks them, or empty."""

    advocacy: str
    crime_reference: str
    agreed_on: date
    referral: str


def send(
    *,
    actor: Actor,
    victim: Victim,
    agreement: Agreement,
    submission: str,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Send what a victim agreed to share; this side keeps that it was sent, and nothing that leads to them.

    A form sent twice crosses once. Raises words.Unclear if the account may hold what they did not agree to share.
    """
    row = VictimReferral(
        area=actor.area,
        advocacy=agreement.advocacy,
        thread=outbox.new_thread(),
        referral=_referral(actor, agreement.referral, at),
        crime_reference=agreement.crime_reference,
        shared=victim.shared,
        agreed_on=agreement.agreed_on,
        sent_by=actor.who,
        sent_at=at,
        submission=submission,
    )
    with suppress(gate.Twice), gate.create(actor, Action.REFER_VICTIM, row, at=at):
        named = audit.row_name(VictimReferral, row.ref)
        texts = {name: getattr(victim, name) for name in ("account", "risk_tool_version", "risk_result")}
        clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
        payload = payloads.VictimReferral(
            **{name: getattr(victim, name) for name in victim.__dataclass_fields__},
            crime_reference=agreement.crime_reference,
            agreed_on=agreement.agreed_on,
            area=actor.area,
        )
        side = _side(row, victim)
        outbox.send(payload, to=side.advocacy, thread=side.thread, at=at, case=side.ref, about=side.called)
        pairs.referred(side, actor=actor)


def _side(row: VictimReferral, victim: Victim) -> Side:
    """Return the case under its reference, so that one exclusion covers both. The case keeps no name."""
    pair = {"pair": row.referral.pair} if row.referral else {}
    return Side(
        ref=row.ref,
        area=row.area,
        state=State.STANDS,
        how=How.POLICE,
        advocacy=row.advocacy,
        thread=row.thread,
        crime_reference=row.crime_reference,
        made_by=row.sent_by,
        made_at=row.sent_at,
        name_digests=naming.digests(victim.given_names, victim.family_name),
        **pair,
    )


def _referral(actor: Actor, ref: str, at: datetime) -> Referral | None:
    return gate.open(actor, ReferralsAction.SEE_REFERRAL, Referral, ref, at=at).get() if ref else None
