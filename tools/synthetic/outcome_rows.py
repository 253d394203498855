"""What the demo's programme asked the police for its extracts: the first was answered, the second waits to be counted."""

import json
import uuid
from datetime import datetime, timedelta
from hashlib import sha256

from desist.extracts import police
from desist.extracts.police import smallest
from desist.partnership.extracts.models import OutcomeExtract
from desist.partnership.extracts.states import State
from desist.partnership.referrals.models import Referral
from desist.post.agreements import commands as agreements
from desist.post.models import Agreement, Partner
from desist.post.purposes import EVALUATION
from desist.post.transports import Transport
from desist.sites import Zone
from desist.ui import dates
from desist.wall.actors import Actor, Role
from tools.synthetic import extracted
from tools.synthetic.staff import STAFF

SUBMISSION = "agreement-of-the-outcomes"


def write(*, at: datetime) -> None:
    """Keep the force's agreement and both extracts, where the courier carries to the commissioner."""
    to = Partner.objects.filter(zone=Zone.COMMISSION).exclude(transport=Transport.BY_HAND).first()
    programme = Partner.objects.filter(zone=Zone.PROGRAMME).order_by("name").first()
    if to is None or programme is None:
        return
    lead = _somebody(Role.FORCE_LEAD)
    agreement = _agreed(lead, to, at - extracted.SENT[1])
    _answered(lead, programme, to, agreement, at - extracted.SENT[1])
    _waits(lead, programme, to, at - extracted.SENT[2])


def _answered(lead: Actor, programme: Partner, to: Partner, agreement: str, asked: datetime) -> None:
    """Keep the first extract as it was counted, signed and sent."""
    cut, moment = extracted.cut(dates.day_of(asked)), asked + extracted.ANSWERED
    found, gone = extracted.outcomes(lead.area, cut)
    lines = ["\n".join(found.of[one.name]) for one in police.FILES]
    OutcomeExtract.objects.create(
        **_asked(1, lead.area, programme, to, asked),
        asked_people=len(found.people),
        state=State.SENT,
        agreement=agreement,
        edition=police.EDITION,
        people=len(found.people),
        smallest=smallest(found),
        left_out=json.dumps(dict.fromkeys(gone, 0)),
        people_lines=lines[0],
        recorded_lines=lines[1],
        order_lines=lines[2],
        digest=sha256("\0".join(lines).encode()).hexdigest(),
        counted_by=lead.who,
        counted_at=moment - timedelta(hours=3),
        signed_by=lead.who,
        signed_at=moment - timedelta(hours=2),
        sent_by=_somebody(Role.ORDER_COORDINATOR).who,
        sent_at=moment,
        partner=to.name,
        onward=extracted.ONWARD,
    )


def _waits(lead: Actor, programme: Partner, to: Partner, asked: datetime) -> None:
    """Keep the second extract as it was asked, of people whom the force referred, if there are enough."""
    cut = extracted.cut(dates.day_of(asked))
    referred = Referral.objects.filter(area=lead.area, programme=programme.name, sent_at__lt=asked)
    threads = [str(one) for one in referred.order_by("pk").values_list("thread", flat=True)]
    people = extracted.asked(lead.area, cut, threads)
    if people:
        OutcomeExtract.objects.create(
            **_asked(2, lead.area, programme, to, asked),
            asked_lines="\n".join(people),
            asked_people=len(people),
        )


def _asked(number: int, area: str, programme: Partner, to: Partner, asked: datetime) -> dict[str, object]:
    today = dates.day_of(asked)
    return {
        "area": area,
        "programme": programme.name,
        "thread": extracted.ASKED[number],
        "number": number,
        "token": extracted.TOKENS[number],
        "commission": to.name,
        "title": extracted.TITLE,
        "evaluator": extracted.EVALUATOR,
        "until": extracted.until(today),
        "data_cut": extracted.cut(today),
        "asked_at": asked + timedelta(hours=2),
    }


def _agreed(lead: Actor, to: Partner, moment: datetime) -> str:
    """Enter the force's agreement, and return its reference."""
    today = dates.day_of(moment)
    terms = agreements.Terms(
        title=extracted.OF_POLICE,
        parties=[to.name],
        others=extracted.EVALUATOR,
        purposes=[EVALUATION],
        lawful_basis="Data Protection Act 2018, Part 3, with the safeguards of section 41 for research",
        begins_on=today - timedelta(days=30),
        review_on=today + timedelta(days=365),
        ends_on=extracted.until(today),
        document="",
    )
    agreements.keep(actor=lead, terms=terms, submission=SUBMISSION, at=moment - timedelta(days=1))
    return Agreement.objects.get(submission=SUBMISSION).ref


def _somebody(role: Role) -> Actor:
    person = next(one for one in STAFF if one.role is role)
    return Actor(who=person.ref, role=role, area=person.area, correlation=uuid.uuid4())
