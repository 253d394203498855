"""What the police of the synthetic area hold: referrals in every state, and alerts."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from desist.partnership.alerts.commands import CLOCK
from desist.partnership.alerts.models import Alert
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.sections import BY_KEY
from desist.sites import Zone
from desist.synthetic import writing
from desist.synthetic.area import TITLES
from desist.synthetic.cases import Case
from desist.synthetic.staff import PHONE

PROGRAMME = TITLES[Zone.PROGRAMME][0]
#: what a draft says already
WRITTEN = (*BY_KEY["person"].names, *BY_KEY["route"].names, "behaviour_account")


def write(cases: Iterable[Case]) -> None:
    """Write the police's side of each case."""
    listed = tuple(cases)
    referrals = [_referral(case) for case in listed]
    writing.number(referrals)
    alerts = [_alert(case, row) for case, row in zip(listed, referrals, strict=True) if case.course.concern]
    writing.number(alerts)
    writing.copy(referrals)
    writing.copy(alerts)


def _referral(case: Case) -> Referral:
    answers = asdict(case.answers)
    row = Referral(
        ref=case.police_ref,
        area=case.story.area,
        programme=PROGRAMME,
        started_by=case.story.officer,
        started_at=case.started_at,
        state=case.story.state,
    )
    if case.story.state == "draft":
        for name in WRITTEN:
            setattr(row, name, answers[name])
        return row
    for name, answer in answers.items():
        setattr(row, name, answer)
    row.thread, row.sent_at, row.version = case.thread, case.sent_at, 2
    if case.decided:
        row.decided_at, row.decision_reason, row.version = case.decided_at, case.reason, 3
    if case.course.told_at:  # a person who waits for a practitioner has had no notice yet
        row.stage, row.progress_at = case.story.stage, case.course.told_at
        row.attended, row.planned = case.course.count("attended"), case.course.count("planned")
    return row


def _alert(case: Case, referral: Referral) -> Alert:
    concern = case.course.concern
    assert concern is not None  # noqa: S101 -- the caller asks for those with one
    row = Alert(
        ref=concern.alert_ref,
        referral_id=referral.pk,
        area=case.story.area,
        reason="concern",
        contact=PHONE,
        raised_at=concern.raised_at,
        received_at=concern.raised_at + timedelta(seconds=20),
        due_at=concern.raised_at + CLOCK,
    )
    if concern.acknowledged_at:
        row.acknowledged_by = case.story.officer
        row.acknowledged_at = concern.acknowledged_at
        row.note = f"Called the practitioner back, {case.secret('alert_note')}."
    return row
