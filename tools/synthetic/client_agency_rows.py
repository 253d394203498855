"""What the advocacy service of the synthetic area knows of agencies, and a client who was referred to one."""

from datetime import datetime, timedelta

from desist.advocacy.safety import texts as safety
from desist.advocacy.safety.models import Need
from desist.advocacy.support.models import Agency, SupportReferral
from desist.advocacy.support.texts import NEWS, REFERRED, Referred
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.agencies import Answers, Said
from desist.references import reference
from desist.sites import Zone
from tools.synthetic import agencies, names
from tools.synthetic.area import TITLES
from tools.synthetic.cases import Block
from tools.synthetic.staff import AREAS

POLICE = TITLES[Zone.PARTNERSHIP][0]
#: the agency of the client's referral, by its place among names.AGENCIES
ASKED = 1
REFERRED_AFTER, ANSWERED_AFTER = timedelta(days=12), timedelta(days=15)


def write(block: Block) -> None:
    """Write the directory with the first cases, and the referral of one client to one of its agencies."""
    checked_on = agencies.checked_on(block.cases)
    known = Victim.objects.filter(state="open", area=AREAS[0], received_at__date__lt=checked_on)
    victim = known.order_by("-received_at", "pk").first()
    if Agency.objects.exists() or victim is None:
        return
    for area in AREAS:
        for number, (name, needs) in enumerate(names.AGENCIES):
            if number != agencies.SIGNED_IN:
                Agency.objects.create(
                    area=area,
                    partner=POLICE,
                    listing=agencies.listing(area, number),
                    name=name,
                    needs=needs,
                    helps=agencies.HELPS,
                    phone=agencies.phone(number),
                    hours=agencies.HOURS,
                    how=agencies.HOW,
                    capacity=agencies.capacity(number),
                    answers=agencies.answers(number),
                    checked_on=agencies.checked(number, checked_on),
                    listed_at="2025-09-01T09:00:00+01:00",
                )
    _referred(victim, Agency.objects.get(area=AREAS[0], listing=agencies.listing(AREAS[0], ASKED)))


def _referred(victim: Victim, agency: Agency) -> None:
    box, advocate = vault.box(person=victim.ref), victim.allocations.first()
    by = advocate.advocate.ref if advocate else "staffa02"
    at = victim.received_at + REFERRED_AFTER
    victim.consents.create(
        purpose="partners", given_on=at.date(), how="phone", recorded_by=by, recorded_at=at
    )
    need, own = _need(victim, box, by=by, at=at), reference()
    row = SupportReferral.objects.create(
        ref=own,
        need=need,
        agency=agency,
        help="mental_health",
        basis="consent",
        words=boxes.lock(
            box, REFERRED, own, Referred("Through her advocate", "Wants to talk. Sleeps badly since March.")
        ),
        thread=f"client-{victim.ref}",
        by_post=agency.answers == Answers.ACCOUNT,
        unread_since=victim.received_at + ANSWERED_AFTER,
        submission=f"support-{victim.ref}",
        referred_on=at.date(),
        referred_by=by,
        referred_at=at,
    )
    said = reference()
    row.news.create(
        ref=said,
        need=need,
        said=Said.ASKED,
        on=(victim.received_at + ANSWERED_AFTER).date(),
        words=box.lock(field=NEWS, row=said, text="Is a talk by telephone safe for her?"),
        at=victim.received_at + ANSWERED_AFTER,
    )


def _need(victim: Victim, box: Box, *, by: str, at: datetime) -> Need:
    own = reference()
    return Need.objects.create(
        ref=own,
        victim=victim,
        domain="mental_health",
        words=box.lock(field=safety.NEED, row=own, text="To talk with a person who is not a friend."),
        raised_by=by,
        raised_at=at,
        submission=f"need-{victim.ref}",
    )
