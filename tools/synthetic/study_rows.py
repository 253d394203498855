"""The extracts that came to the demo's commissioner, what the police recorded for one, and the studies of its evaluator."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction

from desist.commission.extracts import commands
from desist.commission.extracts.handlers import HANDLERS
from desist.commission.extracts.models import OutcomeExtract
from desist.commission.extracts.states import Sources, TimeZero
from desist.commission.grants import queries as grants
from desist.extracts import dictionary, police
from desist.post import payloads
from desist.post.handlers import Received
from desist.post.models import Partner
from desist.sites import Zone
from desist.ui import dates
from desist.wall import actors
from desist.wall.actors import Actor, Role
from tools.synthetic import extracted
from tools.synthetic.staff import STAFF


def write(*, at: datetime) -> None:
    """Receive the extracts at the commissioner's site, and make studies of the first as the evaluator."""
    evaluator = _somebody(Role.EVALUATOR)
    services = grants.services(actor=_somebody(Role.COMMISSIONER))
    if not services:
        return
    force = Partner.objects.filter(zone=Zone.PARTNERSHIP).order_by("name").first()
    for number, ago in extracted.SENT.items():
        arrived, today = at - ago + timedelta(hours=2), dates.day_of(at - ago)
        told = _told(number, evaluator.area, today, asked=force is not None)
        _arrive(told, extracted.THREADS[number], services[0][0], arrived)
    _study(evaluator, 1, Sources.POLICE, at - extracted.SENT[1] + timedelta(days=7))
    if force:
        moment = at - extracted.SENT[1] + extracted.ANSWERED
        found = _outcomes(evaluator.area, dates.day_of(at - extracted.SENT[1]))
        _arrive(found, extracted.ONWARD, force.name, moment)
        _study(evaluator, 2, Sources.RECORDED, moment + timedelta(days=3))


def _arrive(told: payloads.Payload, thread: str, sender: str, at: datetime) -> None:
    received = Received(payload=told, thread=thread, sender=sender, at=at, actor=actors.post(), arrived_at=at)
    with transaction.atomic():
        HANDLERS[type(told)](received)


def _study(evaluator: Actor, number: int, sources: Sources, at: datetime) -> None:
    """Make a study of the first extract as the evaluator."""
    commands.make(
        actor=evaluator,
        ref=OutcomeExtract.objects.get(thread=extracted.THREADS[1]).ref,
        time_zero=TimeZero.ELIGIBLE,
        horizon=365,
        lag_days=30,
        sources=sources,
        submission=f"study-{number}",
        at=at,
    )


def _outcomes(area: str, today: date) -> payloads.PoliceOutcomes:
    """Return what the police recorded of the first extract's people, as they say that they sent it."""
    found, gone = extracted.outcomes(area, extracted.cut(today))
    return payloads.PoliceOutcomes(
        area=area,
        number=1,
        token=extracted.TOKENS[1],
        agreement=extracted.OF_POLICE,
        evaluator=extracted.EVALUATOR,
        until=extracted.until(today),
        edition=police.EDITION,
        left_out=tuple(f"{code} 0" for code in gone),
        people=found.people,
        recorded=found.recorded,
        orders=found.orders,
    )


def _told(number: int, area: str, today: date, *, asked: bool) -> payloads.OutcomeExtract:
    """Return the extract as the programme says that it sent it."""
    cut = extracted.cut(today)
    found = extracted.rows(area, cut, number)
    return payloads.OutcomeExtract(
        area=area,
        number=number,
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
        token=extracted.TOKENS[number] if asked else "",
    )


def _somebody(role: Role) -> Actor:
    person = next(one for one in STAFF if one.role is role)
    return Actor(who=person.ref, role=role, area=person.area, correlation=uuid.uuid4())
