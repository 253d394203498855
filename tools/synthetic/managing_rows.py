"""The demo programme's rows of managing the service: supervision, debriefs, rated sessions, a changed setting."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from desist.programme.curriculum import outline
from desist.programme.episodes.models import Episode
from desist.programme.practitioners.models import Practitioner, SupervisionArrangement
from desist.programme.service.settings.models import SettingChange
from desist.programme.sessions.models import Session
from desist.programme.supervision.models import Supervision, SupervisionCase
from desist.programme.supervision.quality import checklists, sampling
from desist.programme.supervision.quality.models import FidelityRating, QualitySample, SampledSession
from desist.programme.supervision.reflections.models import Reflection
from desist.programme.supervision.training.models import TrainingEntry
from desist.programme.supervision.training.states import Course, Kind, Level, Step
from desist.ui.dates import LONDON

SUPERVISOR, OBSERVER, MANAGER = "staffp05", "staffp06", "staffp01"
#: weeks since the last supervision of each practitioner of the North, in order: the last one is overdue
SINCE = (1, 3, 6)
EVERY = 4
TOPICS = (["risk", "chains"], ["strain", "caseload"], ["model", "bias"])
AGREED = (
    "Slow down after the prompting event; two chains to the supervisor by the next meeting.",
    "No new person before the two endings in May. A debrief after every session that weighs.",
    "Read the section on collusion, and bring one recording.",
)
LEVELS = (Level.ALONE, Level.SUPPORTED, Level.ALONE, Level.TEACHES, Level.NOT_YET)
REFLECTIONS = (
    "I filled the silences. Next time I count to five before I speak.",
    "I noticed that I was pleased when I was praised, and asked no more questions after it.",
)


def write(*, at: datetime) -> None:
    """Write them for the North, which has a supervisor and an observer who also cover the South."""
    team = list(Practitioner.objects.filter(area="North", ref__startswith="staffp").order_by("ref"))
    for number, (person, weeks) in enumerate(zip(team, SINCE, strict=False)):
        _supervision(person, number, at=at, weeks=weeks)
    for person in Practitioner.objects.filter(area="South", ref__startswith="staffp"):
        _arrange(person, began=at - timedelta(weeks=1), last=at - timedelta(weeks=1))
    for number, person in enumerate(team):
        _learnt(person, number, at)
    _reflections(team, at)
    _debrief(team)
    _sample(at)
    _change(team, at)


def _supervision(person: Practitioner, number: int, *, at: datetime, weeks: int) -> None:
    last = (at - timedelta(weeks=weeks)).replace(hour=13, minute=0, second=0, microsecond=0)
    _arrange(person, began=last - timedelta(weeks=2 * EVERY), last=last)
    people = list(Episode.objects.filter(allocations__practitioner=person, ended_at=None).order_by("pk")[:2])
    for back in (EVERY, 0):
        held = Supervision.objects.create(
            practitioner=person,
            supervisor=SUPERVISOR,
            starts_at=last - timedelta(weeks=back),
            state="held",
            version=2,
            form="alone",
            minutes=60,
            topics=TOPICS[number % len(TOPICS)],
            agreed=AGREED[number % len(AGREED)],
            submission=f"supervision-{person.ref}-{back}",
            planned_by=SUPERVISOR,
            planned_at=last - timedelta(weeks=back + 1),
            recorded_by=SUPERVISOR,
            recorded_at=last - timedelta(weeks=back) + timedelta(hours=2),
        )
        SupervisionCase.objects.bulk_create(SupervisionCase(supervision=held, episode=one) for one in people)
    if weeks < EVERY:
        Supervision.objects.create(
            practitioner=person,
            supervisor=SUPERVISOR,
            starts_at=last + timedelta(weeks=EVERY),
            submission=f"supervision-{person.ref}-next",
            planned_by=SUPERVISOR,
            planned_at=last,
        )


def _arrange(person: Practitioner, *, began: datetime, last: datetime) -> None:
    SupervisionArrangement.objects.create(
        practitioner=person,
        supervisor=SUPERVISOR,
        every_weeks=EVERY,
        begins_on=began.astimezone(LONDON).date(),
        due_on=last.astimezone(LONDON).date() + timedelta(weeks=EVERY),
        made_by=MANAGER,
        made_at=began,
    )


def _learnt(person: Practitioner, number: int, at: datetime) -> None:
    """Give a practitioner courses, the first induction steps, and judgements; a refresher of the first is due."""
    today = at.astimezone(LONDON).date()
    known: dict[str, Any] = {
        "practitioner": person,
        "recorded_by": SUPERVISOR,
        "recorded_at": at - timedelta(days=40),
    }
    entries: list[tuple[str, str, dict[str, Any]]] = [
        (Kind.COURSE, Course.MODEL, {"note": "Two days with the developers"}),
        (Kind.COURSE, Course.STALKING, {"until": today + timedelta(days=300)}),
        (Kind.COURSE, Course.CHILDREN, {"until": today + timedelta(days=12 + 60 * number)}),
        (Kind.COURSE, Course.DATA, {"until": today + timedelta(days=150), "note": "Online"}),
        *((Kind.INDUCTION, step, {}) for step in list(Step)[: len(Step) - 2 * number]),
        *(
            (
                Kind.COMPETENCE,
                module.name,
                {"level": level, "note": "One recording, and a chain in supervision"},
            )
            for module, level in zip(outline.shipped().modules, LEVELS[number % len(LEVELS) :], strict=False)
        ),
    ]
    for place, (kind, about, more) in enumerate(entries):
        submission = f"learnt-{person.ref}-{place}"
        on = today - timedelta(days=200 - place)
        TrainingEntry.objects.create(kind=kind, about=about, on=on, submission=submission, **known, **more)


def _reflections(team: list[Practitioner], at: datetime) -> None:
    """Write two entries of the first practitioner's log: one is shared with the supervisor."""
    for person in team[:1]:
        for number, words in enumerate(REFLECTIONS):
            shared = {"shared_with": SUPERVISOR, "shared_at": at - timedelta(days=2)} if number else {}
            Reflection.objects.create(
                practitioner=person,
                on=(at - timedelta(days=5 + number)).astimezone(LONDON).date(),
                words=words,
                submission=f"reflection-{person.ref}-{number}",
                written_at=at - timedelta(days=4),
                **shared,
            )


def _debrief(team: list[Practitioner]) -> None:
    """Ask for a debrief, as the first practitioner, after their last session."""
    held = Session.objects.filter(practitioner__in=team[:1], state="attended").order_by("-period").first()
    if held:
        held.debrief_wanted = True
        held.save(update_fields=["debrief_wanted"])


def _sample(at: datetime) -> None:
    last = at.astimezone(LONDON).date()
    first = last - timedelta(days=60)
    rows = Session.objects.filter(
        episode__area="North", state="attended", period__startswith__gte=at - timedelta(days=60)
    )
    sessions: dict[str, list[str]] = {}
    for who, ref in rows.values_list("practitioner__ref", "ref"):
        sessions.setdefault(who, []).append(ref)
    if not sessions:
        return
    sample = QualitySample.objects.create(
        area="North",
        first=first,
        last=last,
        each=2,
        seed="k7f2m9px4c",
        drawn_from=sum(map(len, sessions.values())),
        submission="sample-of-the-demo",
        drawn_by=OBSERVER,
        drawn_at=at - timedelta(days=2),
    )
    drawn = sampling.draw(sessions, each=sample.each, seed=sample.seed)
    for place, session in enumerate(Session.objects.filter(ref__in=drawn).order_by("pk")):
        sampled = SampledSession.objects.create(sample=sample, session=session)
        if place % 2 == 0:
            _rate(session, sampled, OBSERVER, at)
        if place == 0:
            _rate(session, None, session.practitioner.ref, at)


def _rate(session: Session, sampled: SampledSession | None, by: str, at: datetime) -> None:
    rng = Random(f"rating {session.ref} {by}")  # noqa: S311 -- invented
    known = checklists.newest()
    FidelityRating.objects.create(
        session=session,
        sampled=sampled,
        checklist=known.version,
        answers={item.key: rng.choices(["yes", "no", "not_here"], [8, 2, 1])[0] for item in known.items},
        note="Clear agenda; the homework came late." if sampled else "",
        made_by=by,
        made_at=at - timedelta(days=1),
    )


def _change(team: list[Practitioner], at: datetime) -> None:
    if team:
        SettingChange.objects.create(
            area="North",
            kind="practitioner",
            row=team[0].ref,
            field="registration",
            before="NM (applied for)",
            after=team[0].registration,
            reason="Registration came through",
            by=MANAGER,
            at=at - timedelta(days=20),
        )
