"""The extracts that the demo's programme sent under its agreement, as they were counted, signed and sent."""

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
    """Keep the agreement and the extracts in the programme, where the courier carries to the commissioner."""
    to = Partner.objects.filter(zone=Zone.COMMISSION).exclude(transport=Transport.BY_HAND).first()
    if to is None:
        return
    manager = _somebody(Role.MANAGER)
    agreement = _agreed(manager, to, at - extracted.SENT[1])
    for number, ago in extracted.SENT.items():
        _sent(number, manager, to, agreement, at - ago)


def _sent(number: int, manager: Actor, to: Partner, agreement: str, moment: datetime) -> None:
    """Keep one extract as it was counted, signed and sent."""
    cut = extracted.cut(dates.day_of(moment))
    found = extracted.rows(manager.area, cut, number)
    lines = {name: "\n".join(written) for name, written in found.of.items()}
    forces = _forces()
    OutcomeExtract.objects.create(
        area=manager.area,
        number=number,
        agreement=agreement,
        joins=False,
        key=sha256(f"key of the demo {number}".encode()).hexdigest(),
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
        asked=json.dumps([[force, extracted.ASKED[number], len(found.episodes)] for force in forces]),
        token=extracted.TOKENS[number] if forces else "",
        digest=sha256("\0".join(lines.values()).encode()).hexdigest(),
        submission=f"extract-{number}",
        counted_by=manager.who,
        counted_at=moment,
        signed_by=manager.who,
        signed_at=moment,
        sent_by=_somebody(Role.EXECUTIVE).who,
        sent_at=moment + timedelta(hours=2),
        partner=to.name,
        thread=extracted.THREADS[number],
    )


def _forces() -> list[str]:
    """Return the forces to which the courier carries."""
    found = Partner.objects.filter(zone=Zone.PARTNERSHIP).exclude(transport=Transport.BY_HAND)
    return list(found.order_by("name").values_list("name", flat=True)[:1])


def _agreed(manager: Actor, to: Partner, moment: datetime) -> str:
    """Enter the agreement, and return its reference."""
    today = dates.day_of(moment)
    terms = agreements.Terms(
        title=extracted.TITLE,
        parties=[to.name, *_forces()],
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
