"""Commands of triage."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError

from desist import codes
from desist.post import payloads
from desist.programme import clocks
from desist.programme.episodes.models import Episode
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.models import Referral
from desist.programme.referrals.policy import Action as ReferralsAction
from desist.programme.referrals.states import TRANSITIONS, DeclineReason, Happened, State
from desist.programme.team import commands as places
from desist.programme.triage import findings
from desist.programme.triage.models import Advice, Criteria, Decision, Delay
from desist.programme.triage.policy import Action
from desist.programme.triage.states import Likeness
from desist.referral import alike as similar
from desist.referral.police_areas import lived_in
from desist.refusals import Changed, Refused
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: the criteria before a manager has set any: adults, at every stage of proceedings
USUAL_YOUNGEST = 18
NEEDS_LIKENESS = "Say whether this is one of the people who are like them, and why"
HERE_ALREADY = "This person is on the programme already: decline the referral as a duplicate, or merge the two records first"
NEEDS_REASON = "Say why it is accepted although a criterion is not met or not known"


@dataclass(frozen=True)
class Decided:
    """The decision of a manager. Codes, empty where they do not apply; `note` stays in the service."""

    outcome: State
    decline_reason: str
    override: str
    note: str
    likeness: str = ""
    likeness_reason: str = ""


@dataclass(frozen=True)
class Advised:
    """The advice to a referrer: its words, its author, the day and the way."""

    given_to: str
    how: str
    given_on: date
    words: str


def decide(*, actor: Actor, ref: str, decided: Decided, version: int | None, at: datetime) -> None:
    """Accept, take as consultation only, or decline a referral, with what the criteria said; the referrer is told.

    Raises Changed, and Refused where a person is accepted against a criterion without a reason.
    """
    with gate.change(actor, Action.DECIDE_REFERRAL, Referral, ref, at=at, version=version) as referral:
        # A referral that was only advised on may be accepted later: the state alone does not show which came first.
        if decided.outcome not in outcomes(State(referral.state)):
            raise Changed
        criteria = current(referral.area)
        found = found_for(referral, criteria, actor=actor, at=at)
        met = findings.all_met(found)
        if decided.outcome == State.ACCEPTED and not met and not decided.override:
            raise Refused(NEEDS_REASON, field="override")
        Decision.objects.create(
            referral=referral,
            outcome=decided.outcome,
            decline_reason=decided.decline_reason,
            criteria=criteria,
            findings=[[one.criterion, one.met, one.signed] for one in found],
            all_met=met,
            override="" if met else decided.override,
            **_compared(referral, decided, actor),
            note=decided.note,
            signed_by=actor.who,
            signed_at=at,
        )
        _settle(referral, decided, actor, at)


def _compared(referral: Referral, decided: Decided, actor: Actor) -> dict[str, Any]:
    """Return what the manager said of the people who are like this one, where the person is accepted. Raises Refused."""
    if decided.outcome != State.ACCEPTED:
        return {}
    rows = Referral.objects.filter(policy.rule(ReferralsAction.SEE_REFERRALS).scope(actor))
    person = similar.Person(referral.given_names, referral.family_name, referral.born, referral.pnc)
    rows = rows.exclude(pk=referral.pk).filter(similar.condition(person))
    alike = list(rows.order_by("-received_at", "ref").values_list("ref", flat=True)[: similar.MOST])
    if not alike:
        return {}
    if not (decided.likeness and decided.likeness_reason):
        raise Refused(NEEDS_LIKENESS)
    here = Episode.objects.filter(referral__ref__in=alike, ended_at=None).exists()
    if decided.likeness == Likeness.SAME and here:
        raise Refused(HERE_ALREADY, field="likeness")
    return {"likeness": decided.likeness, "likeness_reason": decided.likeness_reason, "compared": alike}


def _settle(referral: Referral, decided: Decided, actor: Actor, at: datetime) -> None:
    """Write the decision to the referral, open its episode where it is accepted, and answer the referrer."""
    referral.state = decided.outcome
    referral.decline_reason = decided.decline_reason
    referral.decision_note = decided.note
    referral.decided_by, referral.decided_at = actor.who, at
    referral.save()
    if decided.outcome == State.ACCEPTED:
        Episode.objects.create(referral=referral, area=referral.area, opened_at=at)
    reason = str(DeclineReason(decided.decline_reason).label) if decided.decline_reason else ""
    answer = payloads.ReferralDecision(
        outcome=payloads.Outcome(decided.outcome.value), reason=reason, decided_at=at
    )
    said = f"{decided.outcome.label}. {reason}" if reason else str(decided.outcome.label)
    referral.happened(Happened.DECIDED, by=actor.who, at=at, detail=said)
    referrals.tell(referral, answer, at=at)


def advise(*, actor: Actor, ref: str, advised: Advised, submission: str, at: datetime) -> None:
    """Record advice to a referrer. A submission that comes twice is kept once."""
    with gate.change(actor, Action.ADVISE, Referral, ref, at=at) as referral:
        if not Advice.objects.filter(submission=submission).exists():
            Advice.objects.create(
                referral=referral,
                given_to=advised.given_to,
                how=advised.how,
                given_on=advised.given_on,
                words=advised.words,
                submission=submission,
                given_by=actor.who,
                recorded_at=at,
            )


def explain_delay(*, actor: Actor, ref: str, reason: str, note: str, submission: str, at: datetime) -> None:
    """Record why allocation is late; the clock runs on. A submission that comes twice is kept once."""
    with gate.change(actor, Action.EXPLAIN_DELAY, Referral, ref, at=at) as referral:
        if not Delay.objects.filter(submission=submission).exists():
            Delay.objects.create(
                referral=referral,
                reason=reason,
                note=note,
                submission=submission,
                recorded_by=actor.who,
                recorded_at=at,
            )


def change_criteria(
    *, actor: Actor, settings: findings.Settings, reason: str, replaces: str, at: datetime
) -> None:
    """Set what the service asks from now on; `replaces` is the reference of what the page showed, "" for the usual.

    Raises Changed.
    """
    row = Criteria(
        area=actor.area,
        proceedings=sorted(settings.proceedings),
        youngest=settings.youngest,
        other_areas=sorted(settings.other_areas),
        reason=reason,
        made_by=actor.who,
        made_at=at,
        ended_at=at,
    )
    try:
        with gate.create(actor, Action.CHANGE_CRITERIA, row, at=at):
            before = Criteria.objects.select_for_update().filter(area=actor.area, ended_at=None).first()
            if (before.ref if before else "") != replaces:
                raise Changed
            if before:
                before.ended_at = at
                before.save(update_fields=["ended_at"])
            row.ended_at = None
            row.save(update_fields=["ended_at"])
    except IntegrityError:  # two managers set the first criteria at one moment, and one won
        raise Changed from None


def outcomes(state: State) -> tuple[State, ...]:
    """Return what a manager may decide of a referral in this state."""
    return tuple(one for one in TRANSITIONS[state] if one is not State.WITHDRAWN)


def current(area: str) -> Criteria | None:
    """Return the criteria of an area; None while a manager has set none."""
    return Criteria.objects.filter(area=area, ended_at=None).first()


def settings_of(criteria: Criteria | None, area: str) -> findings.Settings:
    """Return the settings in a row, or the usual ones."""
    if criteria is None:
        every = frozenset(map(str, codes.Proceedings.values))
        return findings.Settings(area, every, USUAL_YOUNGEST, frozenset())
    return findings.Settings(
        area=area,
        proceedings=frozenset(criteria.proceedings),
        youngest=criteria.youngest,
        other_areas=frozenset(criteria.other_areas),
    )


def found_for(
    referral: Referral, criteria: Criteria | None, *, actor: Actor, at: datetime
) -> tuple[findings.Finding, ...]:
    """Return the criteria's findings on a referral now; capacity counts the people whom the actor may see."""
    now = places.places(actor=actor, at=at)
    home = lived_in(answer=referral.known("lives_in"), area=referral.area)
    facts = findings.Facts(referral.proceedings, referral.born, home, now.free, now.words)
    settings = settings_of(criteria, referral.area)
    return findings.findings(settings=settings, facts=facts, today=at.astimezone(clocks.LONDON).date())
