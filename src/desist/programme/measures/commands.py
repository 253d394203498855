"""Commands that change a measure."""

from dataclasses import dataclass
from datetime import datetime

from desist.desk.duty.commands import NUMBER, NotANumber
from desist.instruments import fhir, library, scoring
from desist.programme.concerns import raising
from desist.programme.concerns.raising import Raised
from desist.programme.episodes.models import Episode
from desist.programme.measures.models import Measure, SafetyCheck, Wording
from desist.programme.measures.policy import Action
from desist.programme.measures.states import SafetyOutcome
from desist.questionnaires.codes import Source
from desist.questionnaires.sheets import Taken
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

WAITING = "Not saved: an earlier form for this person calls for a safety check. Record that first"
CHECK_FIRST = "This form calls for a safety check: record that first, even if the form was an error"
NONE_WAITING = (
    "Not saved: no safety check of this form is waiting. Open the form to read what was recorded, and raise what is "
    "new as a concern"
)
STRUCK_BEFORE = "This form has already been marked as entered in error"


@dataclass(frozen=True)
class CheckedSafety:
    """The result of a safety check. `raised` is who was told, where it ended in a concern."""

    said: str
    outcome: SafetyOutcome
    plan: str
    raised: Raised | None


def record(*, actor: Actor, episode: str, taken: Taken, submission: str, at: datetime) -> str:
    """Keep a filled-in form and return its reference; one that asks for a safety check stays open until there is one.

    A form that is sent twice is kept once. Raises Refused while an earlier one waits for its check, and
    scoring.NotAnAnswer.
    """
    known = library.instrument(name=taken.instrument)
    by_items = scoring.of_answers(instrument=known, answers=taken.answers)
    score = by_items if taken.total is None else scoring.of_total(instrument=known, total=taken.total)
    wording = Wording.objects.filter(instrument=known.name, ended_at=None).first()
    with gate.change(actor, Action.TAKE_MEASURE, Episode, episode, at=at) as row:
        if earlier := row.measures.filter(submission=submission).first():
            return earlier.ref
        if row.measures.filter(flagged=True, safety_check=None, struck_at=None).exists():
            raise Refused(WAITING)
        return Measure.objects.create(
            episode=row,
            instrument=known.name,
            instrument_version=known.version,
            wording=wording if taken.source is Source.SCREEN else None,
            occasion=taken.occasion,
            taken_on=taken.taken_on,
            source=taken.source,
            answers=list(taken.answers),
            total=score.total,
            prorated=score.prorated,
            flagged=scoring.asks_for_safety(by_items, instrument=known),
            submission=submission,
            recorded_by=actor.who,
            recorded_at=at,
        ).ref


def check_safety(*, actor: Actor, ref: str, checked: CheckedSafety, submission: str, at: datetime) -> None:
    """Record the safety check of a measure; raise its concern, and alert the other side without a word of it.

    A form that is sent twice is kept once. Raises Refused, and NotANumber where the text is no telephone number.
    """
    if checked.raised and not NUMBER.fullmatch(checked.raised.contact):
        raise NotANumber(ref)
    with gate.change(actor, Action.CHECK_SAFETY, Measure, ref, at=at) as measure:
        known = SafetyCheck.objects.filter(measure=measure).first()
        if known and _says(known, checked, actor):
            return
        if known or not measure.flagged:
            raise Refused(NONE_WAITING)
        concern = None
        if checked.raised:
            concern = raising.keep(
                referral=measure.episode.referral,
                raised=checked.raised,
                submission=submission,
                actor=actor,
                at=at,
            )
        SafetyCheck.objects.create(
            measure=measure,
            said=checked.said,
            outcome=checked.outcome,
            plan=checked.plan,
            concern=concern,
            made_by=actor.who,
            made_at=at,
        )


def _says(known: SafetyCheck, checked: CheckedSafety, actor: Actor) -> bool:
    """Return whether the actor recorded a safety check with these words before."""
    said = (known.made_by, known.said, known.outcome, known.plan)
    return said == (actor.who, checked.said, checked.outcome, checked.plan)


def strike(*, actor: Actor, ref: str, reason: str, at: datetime) -> None:
    """Take a measure out of the scores because it was entered by mistake; it stays readable, with the reason."""
    with gate.change(actor, Action.STRIKE_MEASURE, Measure, ref, at=at) as measure:
        if measure.struck_at:
            raise Refused(STRUCK_BEFORE)
        if measure.flagged and not SafetyCheck.objects.filter(measure=measure).exists():
            raise Refused(CHECK_FIRST)
        measure.struck_reason, measure.struck_by, measure.struck_at = reason, actor.who, at
        measure.save(update_fields=["struck_reason", "struck_by", "struck_at"])


def load_wording(*, actor: Actor, wording: fhir.Wording, at: datetime) -> None:
    """Make a wording the current one of its instrument; earlier forms keep theirs, and a file sent twice is kept once."""
    content = wording.to_json()
    if Wording.objects.filter(instrument=wording.instrument, content=content, ended_at=None).exists():
        return
    row = Wording(
        instrument=wording.instrument,
        edition=wording.edition[:60],
        language=wording.language[:20],
        licence=wording.licence,
        content=content,
        loaded_by=actor.who,
        loaded_at=at,
        ended_at=at,
    )
    with gate.create(actor, Action.LOAD_WORDING, row, at=at):
        Wording.objects.filter(instrument=wording.instrument, ended_at=None).update(ended_at=at)
        row.ended_at = None
        row.save(update_fields=["ended_at"])
