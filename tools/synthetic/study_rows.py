"""The extract that came to the demo's commissioner, and the study that its evaluator made of it."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction

from desist.commission.extracts import commands
from desist.commission.extracts.models import OutcomeExtract
from desist.commission.extracts.states import Sources, TimeZero
from desist.commission.grants import queries as grants
from desist.extracts import dictionary
from desist.post import payloads
from desist.post.handlers import Received
from desist.ui import dates
from desist.wall import actors
from desist.wall.actors import Actor, Role
from tools.synthetic import extracted
from tools.synthetic.staff import STAFF


def write(*, at: datetime) -> None:
    """Receive the extract at the commissioner's site, and make a study of it as the evaluator."""
    evaluator, moment = _somebody(Role.EVALUATOR), at - extracted.SENT
    services, today = grants.services(actor=_somebody(Role.COMMISSIONER)), dates.day_of(moment)
    if not services:
        return
    arrived = moment + timedelta(hours=2)
    received = Received(
        payload=_told(evaluator.area, today),
        thread=extracted.THREAD,
        sender=services[0][0],
        at=arrived,
        actor=actors.post(),
        arrived_at=arrived,
    )
    with transaction.atomic():
        commands.receive(received)
    ref = OutcomeExtract.objects.get(thread=extracted.THREAD).ref
    commands.make(
        actor=evaluator,
        ref=ref,
        time_zero=TimeZero.ELIGIBLE,
        horizon=365,
        lag_days=30,
        sources=Sources.POLICE,
        submission="study-1",
        at=moment + timedelta(days=7),
    )


def _told(area: str, today: date) -> payloads.OutcomeExtract:
    """Return the extract as the programme says that it sent it."""
    cut = extracted.cut(today)
    found = extracted.rows(area, cut)
    return payloads.OutcomeExtract(
        area=area,
        number=1,
        agreement=extracted.TITLE,
        evaluator=extracted.EVALUATOR,
        until=extracted.until(today),
        joins=False,
        edition=dictionary.EDITION,
        data_cut=cut,
        left_out=tuple(f"{code} {number}" for code, number in extracted.LEFT_OUT.items()),
        episodes=found.episodes,
        events=found.events,
        gaps=found.gaps,
    )


def _somebody(role: Role) -> Actor:
    person = next(one for one in STAFF if one.role is role)
    return Actor(who=person.ref, role=role, area=person.area, correlation=uuid.uuid4())
