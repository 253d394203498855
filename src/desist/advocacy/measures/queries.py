"""Questions about filled-in questionnaires, each with a frozen answer. None of it leaves this zone."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.advocacy.clients import queries as victims
from desist.advocacy.measures.commands import HERE, OWN_SAFETY
from desist.advocacy.measures.models import Measure, Wording
from desist.advocacy.measures.policy import Action
from desist.advocacy.measures.states import Occasion
from desist.advocacy.measures.texts import FIELD, STRUCK, Filled
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.instruments import fhir, library
from desist.instruments.model import Instrument
from desist.questionnaires import courses
from desist.questionnaires.codes import Source
from desist.questionnaires.courses import Answer, Course, Kept, Row
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Page:
    """A client's forms by instrument, and the instruments on offer. Erased: the client's key was destroyed."""

    victim: victims.Page
    courses: tuple[Course, ...]
    instruments: tuple[Instrument, ...]
    erased: bool


@dataclass(frozen=True)
class Blank:
    """An instrument to be filled in, in the site's wording if it has one."""

    victim: victims.Page
    instrument: Instrument
    wording: fhir.Wording | None


@dataclass(frozen=True)
class Detail:
    """One form with everything that its page shows."""

    victim: victims.Page
    ref: str
    instrument: Instrument
    row: Row | None  # None: erased
    source: str
    answers: tuple[Answer, ...]
    licence: str
    recorded_by: str
    recorded_at: datetime
    struck_reason: str


def measures(*, actor: Actor, victim: str, at: datetime) -> Page:
    """A client's forms."""
    rows = gate.open(actor, Action.SEE_MEASURES, Victim, victim, at=at)
    client = rows.get()
    box = vault.box_if_kept(person=client.ref)
    kept = [_kept(one, box) for one in client.measures.order_by("taken_on", "pk")] if box else []
    taken = {one.instrument for one in kept}
    return Page(
        victim=victims.page_of(rows, actor=actor, at=at),
        courses=tuple(courses.course(known, kept) for known in library.current() if known.name in taken),
        instruments=offered(),
        erased=box is None,
    )


def rating(*, victim: Victim, box: Box | None) -> Kept | None:
    """The newest rating of their own safety by a client whom the gate opened; None without one, and if erased."""
    rows = victim.measures.filter(instrument=OWN_SAFETY, struck_at=None).order_by("-taken_on", "-pk")
    one = rows.first() if box else None
    return _kept(one, box) if one and box else None


def offered() -> tuple[Instrument, ...]:
    """The instruments for clients of an advocacy service."""
    return tuple(library.instrument(name=name) for name in HERE)


def blank(*, actor: Actor, victim: str, instrument: str, at: datetime) -> Blank:
    """An instrument for a client to fill in. Raises library.UnknownInstrument."""
    rows = gate.open(actor, Action.TAKE_MEASURE, Victim, victim, at=at)
    known = next((one for one in offered() if one.name == instrument), None)
    if known is None:
        raise library.UnknownInstrument(instrument)
    wording = Wording.objects.filter(instrument=known.name, ended_at=None).first()
    return Blank(
        victim=victims.page_of(rows, actor=actor, at=at),
        instrument=known,
        wording=fhir.kept(wording.content) if wording else None,
    )


def measure(*, actor: Actor, ref: str, at: datetime) -> Detail:
    """One form."""
    rows = gate.open(actor, Action.STRIKE_MEASURE, Measure, ref, at=at)
    one = rows.select_related("victim", "wording").get()
    box = vault.box_if_kept(person=one.victim.ref)
    known = library.instrument(name=one.instrument, version=one.instrument_version)
    wording = fhir.kept(one.wording.content) if one.wording else None
    kept = _kept(one, box) if box else None
    return Detail(
        victim=victims.page_of(Victim.objects.filter(pk=one.victim_id), actor=actor, at=at),
        ref=one.ref,
        instrument=known,
        row=courses.row(known, kept, None) if kept else None,
        source=Source(one.source).label,
        answers=courses.answers(known, kept, wording) if kept else (),
        licence=wording.licence if wording else "",
        recorded_by=accounts.name(ref=one.recorded_by),
        recorded_at=one.recorded_at,
        struck_reason=_why(one, box),
    )


def _kept(one: Measure, box: Box) -> Kept:
    filled = boxes.unlock(box, FIELD, one.ref, one.filled, Filled)
    return Kept(
        ref=one.ref,
        instrument=one.instrument,
        occasion=Occasion(one.occasion).label,
        baseline=one.occasion == Occasion.START,
        taken_on=one.taken_on,
        source=one.source,
        answers=tuple(filled.answers),
        total=filled.total,
        prorated=filled.prorated,
        struck=one.struck_at is not None,
    )


def _why(one: Measure, box: Box | None) -> str:
    if one.struck_at is None:
        return ""
    return box.open(field=STRUCK, row=one.ref, sealed=bytes(one.struck_words)) if box else "Erased"
