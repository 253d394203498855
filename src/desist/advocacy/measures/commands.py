"""Everything that can happen to a form that a client filled in."""

from datetime import datetime

from desist.advocacy.measures.models import Measure, Wording
from desist.advocacy.measures.policy import Action
from desist.advocacy.measures.texts import FIELD, STRUCK, Filled
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.instruments import fhir, library, scoring
from desist.questionnaires.codes import Source
from desist.questionnaires.sheets import Taken
from desist.references import reference
from desist.refusals import Refused
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor

#: the client's own view first, then the effects of trauma; no instrument that obliges staff to ask at once
OWN_SAFETY = "own-safety"
HERE = (OWN_SAFETY, "pcl-5")


def record(*, actor: Actor, victim: str, taken: Taken, submission: str, at: datetime) -> None:
    """Keep a filled-in form, locked. A form sent twice is kept once. Raises Refused, scoring.NotAnAnswer."""
    if taken.instrument not in HERE:
        raise Refused("Clients of an advocacy service do not fill in this form")
    known = library.instrument(name=taken.instrument)
    score = (
        scoring.of_answers(instrument=known, answers=taken.answers)
        if taken.total is None
        else scoring.of_total(instrument=known, total=taken.total)
    )
    wording = Wording.objects.filter(instrument=known.name, ended_at=None).first()
    with gate.change(actor, Action.TAKE_MEASURE, Victim, victim, at=at) as client:
        if client.measures.filter(submission=submission).exists():
            return
        own, box = reference(), vault.box(person=victim)
        filled = Filled(list(taken.answers), score.total, score.prorated)
        Measure.objects.create(
            ref=own,
            victim=client,
            instrument=known.name,
            instrument_version=known.version,
            wording=wording if taken.source is Source.SCREEN else None,
            occasion=taken.occasion,
            taken_on=taken.taken_on,
            source=taken.source,
            filled=boxes.lock(box, FIELD, own, filled),
            submission=submission,
            recorded_by=actor.who,
            recorded_at=at,
        )


def strike(*, actor: Actor, ref: str, reason: str, why: FalseAlarm | None = None, at: datetime) -> str:
    """Take a form out of the scores because it was entered by mistake; returns the client's reference.

    Raises HoldsLocator, and Refused also if the client's key was destroyed.
    """
    with gate.change(actor, Action.STRIKE_MEASURE, Measure, ref, at=at) as row:
        if row.struck_at:
            raise Refused("This form has already been marked as entered in error")
        box = vault.box(person=row.victim.ref)
        vault.check(actor=actor, victim=row.victim, texts=[reason], at=at, of=box, why=why)
        row.struck_words = box.lock(field=STRUCK, row=ref, text=reason)
        row.struck_by, row.struck_at = actor.who, at
        row.save(update_fields=["struck_words", "struck_by", "struck_at"])
        return row.victim.ref


def load_wording(*, actor: Actor, wording: fhir.Wording, at: datetime) -> None:
    """Make a wording the current one of its instrument. The earlier wording stays with the forms that used it."""
    row = Wording(
        instrument=wording.instrument,
        edition=wording.edition[:60],
        language=wording.language[:20],
        licence=wording.licence,
        content=wording.to_json(),
        loaded_by=actor.who,
        loaded_at=at,
        ended_at=at,
    )
    with gate.create(actor, Action.LOAD_WORDING, row, at=at):
        Wording.objects.filter(instrument=wording.instrument, ended_at=None).update(ended_at=at)
        row.ended_at = None
        row.save(update_fields=["ended_at"])
