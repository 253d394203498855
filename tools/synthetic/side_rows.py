"""The victims in the synthetic area: the police referred one for every person whom they referred."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desist.partnership.pairs.models import PairHappening, Side
from desist.partnership.pairs.states import Happened, How, State
from desist.partnership.referrals.models import Referral
from desist.partnership.reports.models import Report
from desist.partnership.victims.models import VictimReferral
from desist.sites import Zone
from tools.synthetic import writing
from tools.synthetic.area import TITLES
from tools.synthetic.cases import Case
from tools.synthetic.shared_facts import WAITING, asking, crime_reference, incident
from tools.synthetic.staff import PHONE

ADVOCACY = TITLES[Zone.ADVOCACY][0]


def write(pairs: Sequence[tuple[Case, Referral]]) -> None:
    """Write a victim's referral and its side for every referral that was sent, and one request that waits."""
    sent = [(case, row) for case, row in pairs if case.story.state != "draft"]
    if not sent:
        return
    victims = [_victim(number, case, row) for number, (case, row) in enumerate(sent)]
    sides = [_side(victim, row) for victim, (_, row) in zip(victims, sent, strict=True)]
    sides.append(_asked(*asking(sent, lambda pair: pair[0].story.area)))
    now = max(case.sent_at for case, _ in sent)
    for made in (victims, sides):
        writing.number(made)
    reports = [_report(case, side, now) for (case, _), side in zip(sent, sides, strict=False) if case.reports]
    writing.number(reports)
    happenings = [_happening(side) for side in sides]
    writing.number(happenings)
    for rows in (victims, sides, happenings, reports):
        writing.copy(rows)


def _victim(number: int, case: Case, row: Referral) -> VictimReferral:
    return VictimReferral(
        ref=case.police_ref[::-1],  # a reference of its own: an envelope never names a row
        area=row.area,
        advocacy=ADVOCACY,
        thread=case.side_thread,
        referral_id=row.pk,
        crime_reference=crime_reference(number),
        shared=["phone", "email", "address"],
        agreed_on=case.sent_at.date(),
        sent_by=case.story.officer,
        sent_at=case.sent_at,
        submission=case.side_thread,
    )


def _side(victim: VictimReferral, row: Referral) -> Side:
    return Side(
        ref=victim.ref,
        area=victim.area,
        state=State.STANDS,
        how=How.POLICE,
        advocacy=ADVOCACY,
        thread=victim.thread,
        crime_reference=victim.crime_reference,
        pair=row.pair,
        made_by=victim.sent_by,
        made_at=victim.sent_at,
    )


def _asked(case: Case, row: Referral) -> Side:
    """The side of a client who came to the advocacy service by herself."""
    return Side(
        area=row.area,
        state=State.ASKED,
        how=How.REQUEST,
        advocacy=ADVOCACY,
        thread=f"{case.side_thread}-asked",
        crime_reference=WAITING,
        made_by="post",
        made_at=case.sent_at + timedelta(hours=5),
    )


def _report(case: Case, side: Side, now: datetime) -> Report:
    """The victim's report of the incident that her advocate recorded, which has no crime reference yet."""
    told = incident(case)
    return Report(
        side_id=side.pk,
        area=side.area,
        token=case.pack,
        told_reference=side.crime_reference,
        happened_on=now.date() - timedelta(days=2),
        happened_time="18:20",
        place=told.place,
        behaviours=told.behaviours,
        channel=told.channel,
        through=told.through,
        account=told.said,
        effect=told.effect,
        evidence=["pictures"],
        contact=PHONE,
        reported_at=now,
        due_at=now + timedelta(hours=4),
    )


def _happening(side: Side) -> PairHappening:
    what = Happened.ASKED if side.state == State.ASKED else Happened.REFERRED
    return PairHappening(side_id=side.pk, what=what, by=side.made_by, at=side.made_at)
