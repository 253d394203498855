"""A quarter, counted by the newest definitions: pure arithmetic on facts, each count the sum of its parts."""

from collections.abc import Iterable, Mapping, Sequence

from desist.programme.plans.states import State as Goal
from desist.programme.referrals.states import State
from desist.programme.service.returns.counting import IN_TIME
from desist.programme.service.returns.facts import Case, Period, Sitting
from desist.programme.sessions.states import State as SessionState
from desist.referral.lists import Need
from desist.returns import counted
from desist.returns.counted import Counted
from desist.returns.definitions import Edition

SESSIONS = range(1, 13)
#: name -> the age below which it ends
AGES = {"under_25": 25, "25_to_34": 35, "35_to_44": 45, "45_to_54": 55, "from_55": 999}
DISABILITIES = {
    *(Need.AUTISM, Need.ADHD, Need.LEARNING, Need.MENTAL_HEALTH),
    *(Need.HEARING, Need.SIGHT, Need.MOBILITY),
}
DECISIONS = {
    State.ACCEPTED.value: "accepted",
    State.CONSULTATION.value: "consultation",
    State.DECLINED.value: "declined",
    State.WITHDRAWN.value: "withdrawn",
    State.RECEIVED.value: "undecided",
}


def count(
    *,
    cases: Sequence[Case],
    sittings: Sequence[Sitting],
    verdicts: Sequence[str],
    goals: Sequence[Sequence[str]],
    followed: Sequence[tuple[str, str]],
    concerns: Sequence[str],
    period: Period,
    edition: Edition,
) -> Counted:
    """Return every count of a quarter. `cases` are one a person, `sittings` those that are over.

    `verdicts` are names of the definitions, one for each person who left after session 1 and each form; `goals` the states of
    each of their goals. `followed` are outcome and knowledge of follow-ups, and `concerns` their kinds.
    """
    known = [case for case in cases if not case.void]
    received = [case for case in known if period.holds(case.received)]
    accepted = [case for case in received if case.accepted]
    days = {
        name: [
            day.days
            for case in accepted
            if (on := getattr(case, name)) and (day := on - case.received).days >= 0
        ]
        for name in ("assessed", "allocated")
    }
    found = [
        *_received(received),
        *_accepted(accepted, days),
        *_answers(known, period),
        *_there(known, period),
        *_sessions([one for one in sittings if one.of_the_twelve and period.holds(one.on)]),
        *_left([case for case in known if period.holds(case.ended)], edition),
        *verdicts,
        *(f"goals.{reached(states)}" for states in goals),
        *_followed(followed),
        *_concerns(concerns),
        *_characteristics(received),
    ]
    return counted.add_up(found, days=days, edition=edition)


def _received(received: Sequence[Case]) -> Iterable[str]:
    for case in received:
        decided = "accepted" if case.accepted else DECISIONS[case.state]
        yield from ("received", f"source.{case.source}", f"route.{case.route}", decided)
        if decided == "declined":
            yield f"declined.{case.decline_reason}"


def _accepted(accepted: Sequence[Case], days: Mapping[str, Sequence[int]]) -> Iterable[str]:
    for name, values in days.items():
        yield from (name for _ in values)
        yield from (f"{name}.{'in_time' if value <= IN_TIME else 'later'}" for value in values)
        yield from (f"{name}.not_known" for _ in range(len(accepted) - len(values)))
    for case in accepted:
        yield "started" if case.started else "started.not_known" if case.start_unknown else "started.not_yet"


def _answers(known: Sequence[Case], period: Period) -> Iterable[str]:
    for case in known:
        if case.answer and period.holds(case.answered):
            yield from ("answered", f"answer.{case.answer}")


def _there(known: Sequence[Case], period: Period) -> Iterable[str]:
    day = period.last
    for case in known:
        if case.opened and case.opened <= day and (case.ended is None or case.ended > day):
            waits = case.allocated is None or case.allocated > day
            yield from ("there", "there.waiting" if waits else "there.allocated")


def _sessions(held: Sequence[Sitting]) -> Iterable[str]:
    for one in held:
        if one.number not in SESSIONS:
            continue
        yield "sessions"
        if one.state == SessionState.PLANNED:
            yield "sessions.not_known"
        else:
            came = "attended" if one.state == SessionState.ATTENDED else "missed"
            yield from (came, f"{came}.{one.number}")


def _left(gone: Sequence[Case], edition: Edition) -> Iterable[str]:
    for case in gone:
        yield from ("left", "left.started" if case.started else "left.not_started")
        if case.completed:
            yield "completed"
            continue
        yield "left_early"
        yield from leaving(case, edition)


def leaving(case: Case, edition: Edition) -> tuple[str, str]:
    """Return the reason and the stage of a person who left before completing, as the definitions name them."""
    reason, stage = (
        f"{what}.{code}" if f"{what}.{code}" in edition.names else f"{what}.not_known"
        for what, code in (("reason", case.left_reason), ("stage", case.left_stage))
    )
    return reason, stage


def reached(states: Sequence[str]) -> str:
    """Return how many of a person's goals were reached; one that was dropped takes nothing from those that were."""
    if not states:
        return "not_set"
    if Goal.REACHED not in states:
        return "none"
    return "some" if Goal.OPEN in states else "all"


def _followed(followed: Sequence[tuple[str, str]]) -> Iterable[str]:
    for outcome, known in followed:
        yield from ("followed", f"followed.{outcome or 'not_recorded'}", f"known.{known or 'not_recorded'}")


def _concerns(kinds: Sequence[str]) -> Iterable[str]:
    for kind in kinds:
        yield from ("concerns", f"concern.{kind or 'not_asked'}")


def _characteristics(received: Sequence[Case]) -> Iterable[str]:
    for case in received:
        yield next(f"age.{name}" for name, below in AGES.items() if case.age < below)
        for name, kinds, known in (
            ("disability", DISABILITIES, "known"),
            ("language", {Need.INTERPRETER}, "interpreter"),
        ):
            said = known if kinds & set(case.needs) else "none"
            yield f"{name}.{said if case.needs else 'not_asked'}"
