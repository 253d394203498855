"""The extract that the demo's programme sent under its agreement, as it was counted, signed and sent."""

import json
import uuid
from datetime import datetime, timedelta
from hashlib import sha256

from desist.extracts import dictionary
from desist.extracts.rows import smallest
from desist.post.agreements import commands as agreements
from desist.post.models import Agreement, Partner
from desist.post.purposes import EVALUATION
from desist.post.transports import Transport
from desist.programme.service.extracts.models import OutcomeExtract
from desist.quarterly.states import State
from desist.sites import Zone
from desist.ui import dates
from desist.wall.actors import Actor, Role
from tools.synthetic import extracted
from tools.synthetic.staff import STAFF

SUBMISSION = "agreement-of-the-evaluation"


def write(*, at: datetime) -> None:
    """Keep the agreement and the extract in the programme, where the courier carries to the commissioner."""
    to = Partner.objects.filter(zone=Zone.COMMISSION).exclude(transport=Transport.BY_HAND).first()
    if to is None:
        return
    manager, executive, moment = _somebody(Role.MANAGER), _somebody(Role.EXECUTIVE), at - extracted.SENT
    today = dates.day_of(moment)
    agreement = _agreed(manager, to, moment)
    cut = extracted.cut(today)
    found = extracted.rows(manager.area, cut)
    lines = {name: "\n".join(written) for name, written in found.of.items()}
    OutcomeExtract.objects.create(
        area=manager.area,
        number=1,
        agreement=agreement,
        joins=False,
        key=sha256(b"key of the demo").hexdigest(),
        state=State.SENT,
        edition=dictionary.EDITION,
        data_cut=cut,
        smallest=smallest(found.episodes),
        people=len(found.episodes),
        left_out=json.dumps(extracted.LEFT_OUT),
        coarser=json.dumps({"year": 20}),
        episode_lines=lines["EPISODES"],
        event_lines=lines["EVENTS"],
        gap_lines=lines["GAPS"],
        digest=sha256("\0".join(lines.values()).encode()).hexdigest(),
        submission="extract-1",
        counted_by=manager.who,
        counted_at=moment,
        signed_by=manager.who,
        signed_at=moment,
        sent_by=executive.who,
        sent_at=moment + timedelta(hours=2),
        partner=to.name,
        thread=extracted.THREAD,
    )


def _agreed(manager: Actor, to: Partner, moment: datetime) -> str:
    """Enter the agreement, and return its reference."""
    today = dates.day_of(moment)
    terms = agreements.Terms(
        title=extracted.TITLE,
        parties=[to.name],
        others=extracted.EVALUATOR,
        purposes=[EVALUATION],
        lawful_basis="Public task (UK GDPR Article 6(1)(e)), with the safeguards of Article 89 for research",
        begins_on=today - timedelta(days=30),
        review_on=today + timedelta(days=365),
        ends_on=extracted.until(today),
        document="",
    )
    agreements.keep(actor=manager, terms=terms, submission=SUBMISSION, at=moment - timedelta(days=1))
    return Agreement.objects.get(submission=SUBMISSION).ref


def _somebody(role: Role) -> Actor:
    person = next(one for one in STAFF if one.role is role)
    return Actor(who=person.ref, role=role, area=person.area, correlation=uuid.uuid4())
