"""The demo programme's requests to the police, and the police's disclosures to it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from desist.programme.disclosures.models import Disclosure, DisclosureRequest
from desist.programme.referrals.models import Referral
from desist.references import reference
from tools.synthetic.cases import Case
from tools.synthetic.disclosed import ASKED, TOLD, Asked, Told, people


def write(cases: Sequence[Case], *, at: datetime) -> None:
    """Write questions, and exact copies; recalled ones without their words."""
    listed = people(cases)
    asked = {(one.person, one.answer): _request(listed[one.person], one, at) for one in ASKED}
    for told in TOLD:
        _told(listed[told.person], told, asked.get((told.person, str(told.days))), at)


def _request(case: Case, asked: Asked, at: datetime) -> DisclosureRequest:
    asked_at = at - timedelta(days=asked.days)
    state = "asked" if not asked.answer else "answered" if asked.answer.isdigit() else "refused"
    return DisclosureRequest.objects.create(
        referral=Referral.objects.get(ref=case.programme_ref),
        area=case.story.area,
        token=asked.token(case),
        purpose="sessions",
        question=asked.question,
        necessity=asked.necessity,
        state=state,
        reason=asked.answer if state == "refused" else "",
        asked_by=case.story.practitioner,
        asked_at=asked_at,
        settled_at=asked_at + timedelta(days=1) if asked.answer else None,
        submission=reference(),
    )


def _told(case: Case, told: Told, request: DisclosureRequest | None, at: datetime) -> None:
    content, received_at = told.content(at), at - timedelta(days=told.days)
    row = Disclosure(
        referral=Referral.objects.get(ref=case.programme_ref),
        request=request,
        area=case.story.area,
        token=told.token(case),
        **asdict(content),
        fingerprint=content.fingerprint,
        received_at=received_at,
    )
    if told.recalled:
        row.words, row.may_be_raised, row.told_on = "", False, None
        row.recalled_at, row.reason = received_at + timedelta(days=1), "wrong"
    row.save()
