"""Questions about measures, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Subquery

from desist.accounts import queries as accounts
from desist.instruments import fhir, library
from desist.instruments.model import Instrument
from desist.programme.episodes.models import Episode
from desist.programme.measures import comparing
from desist.programme.measures.comparing import Comparison, Count
from desist.programme.measures.models import Measure, Wording
from desist.programme.measures.policy import Action
from desist.programme.measures.states import Occasion, SafetyOutcome
from desist.programme.sessions.models import OF_THE_COURSE, Session
from desist.programme.sessions.states import State
from desist.questionnaires import courses
from desist.questionnaires.codes import Source
from desist.questionnaires.courses import Answer, Course, Kept, Row
from desist.references import spoken
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor

#: who recorded a form that the person filled in on their own phone, as it is kept (migration 0032), and in words
PHONE, ON_PHONE = "phone", "the person, on their phone"


@dataclass(frozen=True)
class Person:
    """The person whose measures they are."""

    episode: str
    spoken: str
    name: str


@dataclass(frozen=True)
class MeasuresPage:
    """A person's measures."""

    person: Person
    courses: tuple[Course, ...]
    instruments: tuple[Instrument, ...]
    waiting: str  # the form that waits for its safety check, usually empty
    may_check: bool
    may_take: bool


@dataclass(frozen=True)
class Compared:
    """Baseline, mid and closing of a person, and the verdicts of the closings."""

    person: Person
    comparisons: tuple[Comparison, ...]
    count: Count
    may_take: bool


@dataclass(frozen=True)
class Blank:
    """An instrument to be filled in, in the site's wording where it has one."""

    person: Person
    instrument: Instrument
    wording: fhir.Wording | None
    waiting: str


@dataclass(frozen=True)
class Loaded:
    """An instrument and the wording that is in use here, `loaded_at` None where there is none."""

    instrument: Instrument
    edition: str
    licence: str
    loaded_by: str
    loaded_at: datetime | None


@dataclass(frozen=True)
class Detail:
    """One form, whole."""

    person: Person
    ref: str
    instrument: Instrument
    row: Row
    source: str
    answers: tuple[Answer, ...]
    licence: str
    recorded_by: str
    recorded_at: datetime
    asks_safety: bool
    alerts: bool  # whether a partner organisation, which an alert reaches, is linked to the referral
    may_check: bool
    safety_said: str
    safety_outcome: str
    safety_plan: str
    safety_by: str
    safety_at: datetime | None
    struck_reason: str


def begun(episode: OuterRef) -> Exists:
    """Return whether there is a baseline, in the statement about an episode with this key."""
    return Exists(Measure.objects.filter(episode=episode, occasion=Occasion.BASELINE, struck_at=None))


def since(*, episode: Episode, first: date) -> tuple[tuple[str, str, date], ...]:
    """Return what was filled in from a day on, the newest first: its name, what it came to, and the day."""
    rows = Measure.objects.filter(episode=episode, struck_at=None, taken_on__gte=first)
    return tuple(
        (
            library.instrument(name=row.instrument).title,
            "no total" if row.total is None else f"{row.total:g}",
            row.taken_on,
        )
        for row in rows.order_by("-taken_on", "-pk")
    )


def measures(*, actor: Actor, episode: str, at: datetime) -> MeasuresPage:
    """A person's forms, an instrument at a time."""
    row = gate.open(actor, Action.SEE_MEASURES, Episode, episode, at=at).select_related("referral").get()
    found = list(row.measures.order_by("taken_on", "pk").select_related("safety_check"))
    taken = {one.instrument for one in found}
    return MeasuresPage(
        person=_person(row),
        courses=tuple(
            courses.course(known, map(_kept, found)) for known in library.current() if known.name in taken
        ),
        instruments=tuple(known for known in library.current() if known.is_offered("programme")),
        waiting=next((one.ref for one in found if _waits(one)), ""),
        may_check=actor.role in policy.rule(Action.CHECK_SAFETY).roles,
        may_take=actor.role in policy.rule(Action.TAKE_MEASURE).roles,
    )


def compared(*, actor: Actor, episode: str, at: datetime) -> Compared:
    """A person's baseline, mid and closing, an instrument at a time."""
    rows = gate.open(actor, Action.SEE_MEASURES, Episode, episode, at=at).select_related("referral")
    attended = Session.objects.filter(OF_THE_COURSE, episode=OuterRef("pk"), state=State.ATTENDED).order_by(
        "period"
    )
    row = rows.annotate(began=Subquery(attended.values("period__startswith")[:1])).get()
    comparisons = comparing.compare(row.measures.all(), began=dates.day_of(row.began) if row.began else None)
    return Compared(
        person=_person(row),
        comparisons=comparisons,
        count=comparing.count(comparisons),
        may_take=actor.role in policy.rule(Action.TAKE_MEASURE).roles,
    )


def blank(*, actor: Actor, episode: str, instrument: str, at: datetime) -> Blank:
    """An instrument, to fill in. Raises library.UnknownInstrument."""
    row = gate.open(actor, Action.TAKE_MEASURE, Episode, episode, at=at).select_related("referral").get()
    known = library.instrument(name=instrument)
    wording = Wording.objects.filter(instrument=known.name, ended_at=None).first()
    waiting = row.measures.filter(flagged=True, safety_check=None, struck_at=None).first()
    return Blank(
        person=_person(row),
        instrument=known,
        wording=fhir.kept(wording.content) if wording else None,
        waiting=waiting.ref if waiting else "",
    )


def wordings(*, actor: Actor, at: datetime) -> tuple[Loaded, ...]:
    """Every instrument that is filled in here, with the wording in use."""
    rows = {
        one.instrument: one
        for one in gate.see(actor, Action.LOAD_WORDING, Wording, at=at).filter(ended_at=None)
    }
    names = accounts.names(refs={one.loaded_by for one in rows.values()})
    return tuple(
        Loaded(
            instrument=known,
            edition=f"{row.edition} {row.language}".strip() if row else "",
            licence=row.licence if row else "",
            loaded_by=names.get(row.loaded_by, "an administrator on the server") if row else "",
            loaded_at=row.loaded_at if row else None,
        )
        for known in library.current()
        if known.is_offered("programme")
        for row in (rows.get(known.name),)
    )


def measure(*, actor: Actor, ref: str, at: datetime) -> Detail:
    """One form and its safety check."""
    return _detail(
        gate.open(actor, Action.SEE_MEASURE, Measure, ref, at=at).select_related(*JOINED).get(), actor
    )


def to_check(*, actor: Actor, ref: str, at: datetime) -> Detail:
    """One form, to record its safety check."""
    return _detail(
        gate.open(actor, Action.CHECK_SAFETY, Measure, ref, at=at).select_related(*JOINED).get(), actor
    )


def to_strike(*, actor: Actor, ref: str, at: datetime) -> Detail:
    """One form, to strike out."""
    return _detail(
        gate.open(actor, Action.STRIKE_MEASURE, Measure, ref, at=at).select_related(*JOINED).get(), actor
    )


JOINED = ("episode__referral", "wording", "safety_check")


def _person(row: Episode) -> Person:
    name = row.referral.name
    return Person(episode=row.ref, spoken=spoken(row.ref), name=name)


def _waits(row: Measure) -> bool:
    return row.flagged and not hasattr(row, "safety_check") and row.struck_at is None


def _kept(row: Measure) -> Kept:
    return Kept(
        ref=row.ref,
        instrument=row.instrument,
        occasion=Occasion(row.occasion).label,
        baseline=row.occasion == Occasion.BASELINE,
        taken_on=row.taken_on,
        source=row.source,
        answers=tuple(row.answers),
        total=None if row.total is None else float(row.total),
        prorated=row.prorated,
        struck=row.struck_at is not None,
    )


def _detail(row: Measure, actor: Actor) -> Detail:
    known = library.instrument(name=row.instrument, version=row.instrument_version)
    wording = fhir.kept(row.wording.content) if row.wording else None
    check = getattr(row, "safety_check", None)
    return Detail(
        person=_person(row.episode),
        ref=row.ref,
        instrument=known,
        row=courses.row(known, _kept(row), None),
        source=Source(row.source).label,
        answers=courses.answers(known, _kept(row), wording),
        licence=(wording.licence if wording else ""),
        recorded_by=ON_PHONE if row.recorded_by == PHONE else accounts.as_read_by(actor, row.recorded_by),
        recorded_at=row.recorded_at,
        asks_safety=_waits(row),
        alerts=bool(row.episode.referral.partner),
        may_check=actor.role in policy.rule(Action.CHECK_SAFETY).roles,
        safety_said=check.said if check else "",
        safety_outcome=SafetyOutcome(check.outcome).label if check else "",
        safety_plan=check.plan if check else "",
        safety_by=accounts.as_read_by(actor, check.made_by) if check else "",
        safety_at=check.made_at if check else None,
        struck_reason=row.struck_reason,
    )
