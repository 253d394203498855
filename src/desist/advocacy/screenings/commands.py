"""Everything that can happen to a screening: recorded, received from the police, struck out."""

from dataclasses import astuple, dataclass
from datetime import date, datetime

from desist.advocacy.incidents.models import Incident
from desist.advocacy.screenings.models import Screening
from desist.advocacy.screenings.policy import Action
from desist.advocacy.screenings.states import Source
from desist.advocacy.screenings.words import SCREENING, STRUCK, Words
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.references import reference
from desist.refusals import Refused
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Screened:
    """A tool's result. `review_on` is None for a screening of the police, which is reviewed at once."""

    tool: str
    words: Words
    rater_trained: bool
    rated_on: date
    review_on: date | None


def record(
    *,
    actor: Actor,
    ref: str,
    screened: Screened,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Record a screening of a client; a form that is sent twice records one. Raises HoldsLocator, NotRead."""
    with gate.change(actor, Action.RECORD_SCREENING, Victim, ref, at=at) as victim:
        _record(victim, None, screened, submission, actor=actor, at=at, why=why)


def record_after(
    *,
    actor: Actor,
    incident: str,
    screened: Screened,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Record the screening after an incident; returns the client's reference. Raises HoldsLocator, NotRead."""
    with gate.change(actor, Action.SCREEN_AFTER_INCIDENT, Incident, incident, at=at) as row:
        victim = Victim.objects.select_for_update().get(pk=row.victim_id)
        _record(victim, row, screened, submission, actor=actor, at=at, why=why)
        return victim.ref


def receive(*, actor: Actor, ref: str, screened: Screened, at: datetime) -> None:
    """Keep the screening that came along with a client whom the police refer."""
    with gate.change(actor, Action.RECEIVE_SCREENING, Victim, ref, at=at) as victim:
        _keep(victim, None, screened, Source.POLICE, submission=reference(), by=actor.who, at=at)


def strike(*, actor: Actor, ref: str, reason: str, at: datetime, why: FalseAlarm | None = None) -> str:
    """Strike out a screening that was entered by mistake; returns the client's reference. Raises HoldsLocator, Refused."""
    with gate.change(actor, Action.STRIKE_SCREENING, Screening, ref, at=at) as row:
        if row.struck_at:
            raise Refused("This screening has already been marked as entered in error")
        box = vault.box(person=row.victim.ref)
        vault.check(actor=actor, victim=row.victim, texts=[reason], at=at, of=box, why=why)
        row.struck_words = box.lock(field=STRUCK, row=ref, text=reason)
        row.struck_by, row.struck_at = actor.who, at
        row.save(update_fields=["struck_words", "struck_by", "struck_at"])
        return row.victim.ref


def _record(
    victim: Victim,
    incident: Incident | None,
    screened: Screened,
    submission: str,
    *,
    actor: Actor,
    at: datetime,
    why: FalseAlarm | None,
) -> None:
    if Screening.objects.filter(submission=submission).exists():
        return
    vault.check(actor=actor, victim=victim, texts=astuple(screened.words), at=at, why=why)
    _keep(victim, incident, screened, Source.HERE, submission=submission, by=actor.who, at=at)


def _keep(
    victim: Victim,
    incident: Incident | None,
    screened: Screened,
    source: Source,
    *,
    submission: str,
    by: str,
    at: datetime,
) -> None:
    own, box = reference(), vault.box(person=victim.ref)
    Screening.objects.create(
        ref=own,
        victim=victim,
        incident=incident,
        source=source,
        tool=screened.tool,
        words=boxes.lock(box, SCREENING, own, screened.words),
        rater_trained=screened.rater_trained,
        rated_on=screened.rated_on,
        review_on=screened.review_on,
        submission=submission,
        recorded_by=by,
        recorded_at=at,
    )
