"""Questions about measures, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from desist.accounts import queries as accounts
from desist.desk.duty import queries as duty
from desist.instruments import changing, fhir, library, scoring
from desist.instruments.changing import Change
from desist.instruments.model import Instrument
from desist.programme.episodes.models import Episode
from desist.programme.measures import comparing
from desist.programme.measures.comparing import VERDICTS, Comparison, Count
from desist.programme.measures.models import Measure, Wording
from desist.programme.measures.states import Occasion, SafetyOutcome, Source
from desist.programme.policy import Action
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Person:
    """Whose measures they are."""

    episode: str
    spoken: str
    name: str


@dataclass(frozen=True)
class Row:
    """One form and what it came to."""

    ref: str
    occasion: str
    taken_on: date
    total: float | None
    band: str
    case: bool | None
    left_out: tuple[int, ...]
    prorated: bool
    change: Change | None
    verdict: str
    struck: bool


@dataclass(frozen=True)
class Course:
    """All forms of one instrument, oldest first; `counted` leaves out what was struck or has no total."""

    instrument: Instrument
    rows: tuple[Row, ...]
    norms: str

    @property
    def counted(self) -> tuple[Row, ...]:
        """What the chart draws."""
        return tuple(row for row in self.rows if row.total is not None and not row.struck)


@dataclass(frozen=True)
class Page:
    """A person's measures."""

    person: Person
    courses: tuple[Course, ...]
    instruments: tuple[Instrument, ...]
    waiting: str  # the form that waits for its safety check, empty mostly
    may_take: bool


@dataclass(frozen=True)
class Compared:
    """Baseline, mid and closing of a person, and what the closings came to."""

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
class Answer:
    """One answer, as the page shows it."""

    number: int
    topic: str
    said: str


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
    may_check: bool
    safety_said: str
    safety_outcome: str
    safety_plan: str
    safety_by: str
    safety_at: datetime | None
    struck_reason: str


def measures(*, actor: Actor, episode: str, at: datetime) -> Page:
    """A person's forms, an instrument at a time."""
    row = gate.open(actor, Action.SEE_MEASURES, Episode, episode, at=at).select_related("referral").get()
    found = list(row.measures.order_by("taken_on", "pk").select_related("safety_check"))
    taken = {one.instrument for one in found}
    return Page(
        person=_person(row),
        courses=tuple(_course(known, found) for known in library.current() if known.name in taken),
        instruments=tuple(known for known in library.current() if known.name != "goal"),
        waiting=next((one.ref for one in found if _waits(one)), ""),
        may_take=actor.role in policy.rule(Action.TAKE_MEASURE).roles,
    )


def compared(*, actor: Actor, episode: str, at: datetime) -> Compared:
    """A person's baseline, mid and closing, an instrument at a time."""
    row = gate.open(actor, Action.SEE_MEASURES, Episode, episode, at=at).select_related("referral").get()
    comparisons = comparing.compare(row.measures.all())
    return Compared(
        person=_person(row),
        comparisons=comparisons,
        count=comparing.count(comparisons),
        may_take=actor.role in policy.rule(Action.TAKE_MEASURE).roles,
    )


def blank(*, actor: Actor, episode: str, instrument: str, at: datetime) -> Blank:
    """An instrument for somebody to fill in. Raises library.UnknownInstrument."""
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


def measure(*, actor: Actor, ref: str, at: datetime) -> Detail:
    """One form and its safety check."""
    return _detail(
        gate.open(actor, Action.SEE_MEASURE, Measure, ref, at=at).select_related(*JOINED).get(), actor
    )


def duty_numbers(*, actor: Actor, at: datetime) -> tuple[duty.Number, ...]:
    """The numbers that always reach somebody, for the page of a safety check."""
    return duty.current(actor=actor, at=at)


def to_check(*, actor: Actor, ref: str, at: datetime) -> Detail:
    """One form for whoever records its safety check."""
    return _detail(
        gate.open(actor, Action.CHECK_SAFETY, Measure, ref, at=at).select_related(*JOINED).get(), actor
    )


def to_strike(*, actor: Actor, ref: str, at: datetime) -> Detail:
    """One form for whoever strikes it."""
    return _detail(
        gate.open(actor, Action.STRIKE_MEASURE, Measure, ref, at=at).select_related(*JOINED).get(), actor
    )


JOINED = ("episode__referral", "wording", "safety_check")


def _person(row: Episode) -> Person:
    name = f"{row.referral.given_names} {row.referral.family_name}"
    return Person(episode=row.ref, spoken=spoken(row.ref), name=name)


def _waits(row: Measure) -> bool:
    return row.flagged and not hasattr(row, "safety_check") and row.struck_at is None


def _course(known: Instrument, found: Iterable[Measure]) -> Course:
    """The forms of one instrument, each against the first baseline that has a total."""
    rows = [one for one in found if one.instrument == known.name]
    counted = [one for one in rows if one.total is not None and one.struck_at is None]
    baseline = next((one for one in counted if one.occasion == Occasion.BASELINE), None)
    return Course(
        instrument=known,
        rows=tuple(_row(known, one, baseline) for one in rows),
        norms=changing.told(known.norms) if known.norms else "",
    )


def _row(known: Instrument, row: Measure, baseline: Measure | None) -> Row:
    total = _number(row.total)
    against = baseline is not None and baseline.pk != row.pk and total is not None and row.struck_at is None
    first = _number(baseline.total) if baseline else None
    moved = (
        changing.change(instrument=known, baseline=first, score=total)
        if against and first is not None and total is not None
        else None
    )
    return Row(
        ref=row.ref,
        occasion=Occasion(row.occasion).label,
        taken_on=row.taken_on,
        total=total,
        band=scoring.band(instrument=known, total=total),
        case=scoring.case(instrument=known, total=total),
        left_out=()
        if row.source == Source.TOTAL
        else tuple(item.number for item, said in zip(known.items, row.answers, strict=True) if said is None),
        prorated=row.prorated,
        change=moved,
        verdict=VERDICTS[moved.verdict] if moved and moved.verdict else "",
        struck=row.struck_at is not None,
    )


def _number(total: Decimal | None) -> float | None:
    return None if total is None else float(total)


def _detail(row: Measure, actor: Actor) -> Detail:
    known = library.instrument(name=row.instrument, version=row.instrument_version)
    wording = fhir.kept(row.wording.content) if row.wording else None
    check = getattr(row, "safety_check", None)
    return Detail(
        person=_person(row.episode),
        ref=row.ref,
        instrument=known,
        row=_row(known, row, None),
        source=Source(row.source).label,
        answers=_answers(known, row, wording),
        licence=(wording.licence if wording else ""),
        recorded_by=_who(row.recorded_by, actor),
        recorded_at=row.recorded_at,
        asks_safety=_waits(row),
        may_check=actor.role in policy.rule(Action.CHECK_SAFETY).roles,
        safety_said=check.said if check else "",
        safety_outcome=SafetyOutcome(check.outcome).label if check else "",
        safety_plan=check.plan if check else "",
        safety_by=_who(check.made_by, actor) if check else "",
        safety_at=check.made_at if check else None,
        struck_reason=row.struck_reason,
    )


def _answers(known: Instrument, row: Measure, wording: fhir.Wording | None) -> tuple[Answer, ...]:
    """Every answer by its topic, or by the words it was given to."""
    labels = {point.figure: point.label for point in known.scale}
    found = []
    for place, (item, said) in enumerate(zip(known.items, row.answers, strict=True)):
        topic, words = item.topic, labels
        if wording:
            topic, words = wording.questions[place].text, dict(wording.questions[place].answers)
        if said is not None:
            label = words[said]
            found.append(Answer(item.number, topic, label if label == str(said) else f"{said}: {label}"))
        elif row.source != Source.TOTAL:
            found.append(Answer(item.number, topic, "Left out"))
    return tuple(found)


def _who(ref: str, actor: Actor) -> str:
    return "you" if ref == actor.who else accounts.name(ref=ref)
