"""What the police of the synthetic area hold: referrals in every state, and alerts."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import timedelta

from desist.desk.alerts.models import Alert
from desist.desk.alerts.sending import CLOCK
from desist.partnership.referrals.models import Happening, Referral
from desist.partnership.referrals.states import State
from desist.referral.answers import BY_KEY
from desist.sites import Zone
from desist.ui.dates import LONDON
from tools.synthetic import agency_rows, order_rows, side_rows, writing
from tools.synthetic.area import TITLES
from tools.synthetic.cases import Case
from tools.synthetic.staff import PHONE

PROGRAMME = TITLES[Zone.PROGRAMME][0]
#: the text that a draft has already
WRITTEN = (*BY_KEY["person"].names, *BY_KEY["route"].names, "behaviour_account")


def write(cases: Iterable[Case]) -> None:
    """Write the police's side of each case."""
    writing.at_once()
    listed = tuple(cases)
    referrals = [_referral(case) for case in listed]
    writing.number(referrals)
    alerts = [_alert(case, row) for case, row in zip(listed, referrals, strict=True) if case.course.concern]
    writing.number(alerts)
    happenings = [line for pair in zip(listed, referrals, strict=True) for line in _happenings(*pair)]
    writing.number(happenings)
    writing.copy(referrals)
    writing.copy(alerts)
    writing.copy(happenings)
    side_rows.write(list(zip(listed, referrals, strict=True)))
    order_rows.write(listed)
    agency_rows.write(listed)


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
        days = [one.start.astimezone(LONDON).date() for one in case.course.meetings if one.state == "planned"]
        row.next_on, row.last_on = min(days, default=None), max(days, default=None)
    return row


def _happenings(case: Case, row: Referral) -> Iterator[Happening]:
    officer = case.story.officer
    yield Happening(referral_id=row.pk, what="started", by=officer, at=case.started_at)
    if row.sent_at:
        yield Happening(referral_id=row.pk, what="sent", by=officer, at=row.sent_at)
    if case.decided:
        label = State(case.decided).label
        detail = f"{label}. {case.reason}" if case.reason else str(label)
        yield Happening(referral_id=row.pk, what="decided", detail=detail, by="", at=case.decided_at)
    if row.state == State.WITHDRAWN:
        later = case.decided_at + timedelta(hours=2)
        yield Happening(referral_id=row.pk, what="withdrawn", by=officer, at=later)


def _alert(case: Case, referral: Referral) -> Alert:
    concern = case.course.concern
    assert concern is not None  # noqa: S101 -- the caller asks for those with one
    row = Alert(
        ref=concern.alert_ref,
        case=referral.ref,
        area=case.story.area,
        partner=PROGRAMME,
        thread=case.thread,
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
