"""The events of a person's referral up to the plan: where it came from, who took it on, what was agreed."""

from collections.abc import Iterator

from desist.desk.alerts import queries as alerts
from desist.programme.agreement import states as agreement
from desist.programme.assessments.states import State as AssessmentState
from desist.programme.disclosures.states import State as AskedState
from desist.programme.episodes.models import Episode
from desist.programme.pages.history.lines import OUTSIDE, Line, Place, acknowledged, midnight
from desist.programme.practitioners.states import Ended
from desist.programme.referrals.states import Happened
from desist.programme.triage.states import DelayReason, How
from desist.ui import dates


def referral(episode: Episode) -> Iterator[Line]:
    """Return the timeline that commands write, and with it late allocations and advice."""
    row = episode.referral
    for one in row.happenings.all():
        yield Line(one.at, str(Happened(one.what).label), one.by, one.detail)
    for late in row.delays.all():
        yield Line(
            late.recorded_at,
            "Reason for the late allocation recorded",
            late.recorded_by,
            str(DelayReason(late.reason).label),
        )
    for advice in row.advice.all():
        given = midnight(advice.given_on)
        yield Line(given, "Advice given", advice.given_by, str(How(advice.how).label), whole_day=True)


def calls(episode: Episode) -> Iterator[Line]:
    """Return when a colleague was asked to ring, and who took the alert up. The reason stays out."""
    for one in alerts.received(case=episode.referral.ref):
        yield Line(one.received_at, "A colleague was asked to ring", OUTSIDE)
        if one.acknowledged_at:
            yield Line(one.acknowledged_at, "Acknowledged: the request to ring", one.acknowledged_by)


def allocations(episode: Episode) -> Iterator[Line]:
    """Return the practitioners of the person with the reason for each change, and the cover with its days."""
    rows = list(episode.allocations.order_by("made_at", "pk").select_related("practitioner"))
    mine = [one for one in rows if one.leave_id is None]
    made = {one.made_at for one in mine}
    why = {one.ended_at: _because(one.reason) for one in mine}
    for number, one in enumerate(mine):
        words = f"Allocated to {one.practitioner.name}"
        yield Line(one.made_at, words, one.made_by, why.get(one.made_at, "") if number else "")
        if one.ended_at and one.ended_at not in made:
            gone = f"{one.practitioner.name} stopped working with the person"
            yield Line(one.ended_at, gone, OUTSIDE, _because(one.reason))
    for one in rows:
        if one.leave_id is None:
            continue
        yield Line(one.made_at, f"Cover by {one.practitioner.name} started", one.made_by)
        if one.ended_at:
            yield Line(one.ended_at, f"Cover by {one.practitioner.name} ended", "clock")


def _because(reason: str) -> str:
    return str(Ended(reason).label).lower() if reason else ""


def agreements(episode: Episode) -> Iterator[Line]:
    """Return the notice, the answer, a withdrawal and its consequences."""
    to = Place("agreement:agreement", episode.ref)
    for notice in episode.notices.all():
        how = f"{agreement.How(notice.how).label}, version {notice.notice}"
        yield Line(notice.recorded_at, "Information notice given", notice.given_by, how, to=to)
    row = getattr(episode, "agreement", None)
    if row is not None:
        answer = agreement.State(row.state)
        if answer is agreement.State.WITHDRAWN:
            answer = agreement.State.REQUIRED if row.requirement else agreement.State.AGREED
        answered = midnight(row.answered_on)
        said = str(answer.label)
        yield Line(answered, "Answer about taking part", row.answered_by, said, whole_day=True, to=to)
        if row.withdrawn_at:
            why = str(agreement.WithdrawalReason(row.withdrawal_reason).label)
            yield Line(row.withdrawn_at, "Withdrew from taking part", row.withdrawn_by, why, to=to)
        yield from acknowledged(row.alert, to=to)
    for task in episode.follow_ups.all():
        if task.done_at is None:
            continue
        yield Line(
            task.done_at,
            "Done after a withdrawal",
            task.done_by,
            str(agreement.FollowUp(task.kind).label),
            to=to,
        )


def disclosures(episode: Episode) -> Iterator[Line]:
    """Return the events of disclosures: what the police were asked, disclosed and recalled, without a word of it."""
    to = Place("disclosures:disclosures", episode.ref)
    for asked in episode.referral.disclosure_requests.all():
        yield Line(asked.asked_at, "Question to the police sent", asked.asked_by, to=to)
        if asked.settled_at:
            said = str(AskedState(asked.state).label)
            yield Line(asked.settled_at, "The police answered", OUTSIDE, said, to=to)
    for one in episode.referral.disclosures.all():
        if one.received_at:
            yield Line(one.received_at, "Disclosure received", OUTSIDE, to=to)
        if one.recalled_at:
            yield Line(one.recalled_at, "Disclosure recalled", OUTSIDE, to=to)


def assessments(episode: Episode) -> Iterator[Line]:
    """Return appointments, and how they finished or were cancelled."""
    for one in episode.assessments.all():
        to = Place("assessments:assessment", one.ref)
        yield Line(
            one.appointed_at,
            "Assessment booked",
            one.appointed_by,
            f"for {dates.at(one.period.lower)}",
            to=to,
        )
        if one.ended_at:
            ended = f"Assessment {AssessmentState(one.state).label.lower()}"
            yield Line(one.ended_at, ended, one.ended_by, to=to)
