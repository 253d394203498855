"""The disclosures, requests and drafts of the demo's police."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from desist.partnership.disclosures.commands import copy
from desist.partnership.disclosures.models import Disclosure, DisclosureRequest
from desist.partnership.referrals.models import Referral
from desist.post import approvals
from desist.post.models import Agreement, Approval
from desist.references import reference
from tools.synthetic.cases import Case
from tools.synthetic.disclosed import ASKED, DRAFT, TOLD, Asked, people

ROWAN, DARCY = "staffq01", "staffq02"


def write(cases: Sequence[Case], *, at: datetime) -> None:
    """Write requests, disclosures, and a draft that one of two officers approved."""
    listed = people(cases)
    agreement = Agreement.objects.get(area="North", ends_on=None).ref
    asked = {(one.person, one.answer): _request(listed[one.person], one, at) for one in ASKED}
    for told in TOLD:
        sent_at = at - timedelta(days=told.days)
        row = _row(listed[told.person], agreement, sent_at)
        row.token, row.request = told.token(listed[told.person]), asked.get((told.person, str(told.days)))
        for name, value in asdict(told.content(at)).items():
            setattr(row, name, value)
        row.state, row.sent_at, row.received_at = "received", sent_at, sent_at
        if told.recalled:
            row.state, row.reason, row.closed_by = "recalled", "wrong", ROWAN
            row.closed_at = row.stopped_at = sent_at + timedelta(days=1)
        row.save()
        _approve(row, sent_at, (ROWAN, DARCY), used=True)
    draft = _row(listed[2], agreement, at - timedelta(hours=3))
    for name, value in asdict(replace(TOLD[0].content(at), words=DRAFT)).items():
        setattr(draft, name, value)
    draft.save()
    _approve(draft, at - timedelta(hours=2), (DARCY,), used=False)


def _request(case: Case, asked: Asked, at: datetime) -> DisclosureRequest:
    asked_at = at - timedelta(days=asked.days)
    row = DisclosureRequest(
        referral=Referral.objects.get(ref=case.police_ref),
        area=case.story.area,
        token=asked.token(case),
        purpose="sessions",
        question=asked.question,
        necessity=asked.necessity,
        asked_at=asked_at,
        received_at=asked_at,
    )
    if asked.answer:
        row.state = "answered" if asked.answer.isdigit() else "refused"
        row.reason = "" if asked.answer.isdigit() else asked.answer
        row.settled_by, row.settled_at = ROWAN, asked_at + timedelta(days=1)
    row.save()
    return row


def _row(case: Case, agreement: str, at: datetime) -> Disclosure:
    return Disclosure(
        referral=Referral.objects.get(ref=case.police_ref),
        area=case.story.area,
        state="draft",
        basis="agreement",
        agreement=agreement,
        necessity="The programme cannot judge the risk of the coming weeks without it.",
        proportionality="Neither place nor day, and nothing about anyone else.",
        submission=reference(),
        started_by=ROWAN,
        started_at=at,
    )


def _approve(row: Disclosure, at: datetime, who: tuple[str, ...], *, used: bool) -> None:
    case, programme = row.referral.ref, row.referral.programme  # type: ignore[union-attr]  # every row here has one
    bound = approvals.digest(copy(row), to=programme, case=case)
    for by in who:
        Approval.objects.create(
            digest=bound,
            kind="disclosure",
            case=case,
            by=by,
            at=at,
            until=at + approvals.HOLDS,
            ended_at=row.sent_at if used else None,
        )
