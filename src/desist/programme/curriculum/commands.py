"""Everything that can happen to the curriculum."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.db.models import F

from desist.programme.curriculum import outline
from desist.programme.curriculum.models import Curriculum, CurriculumModule, CurriculumSession
from desist.programme.curriculum.policy import Action
from desist.programme.curriculum.states import TRANSITIONS, State
from desist.refusals import Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.statements import Instances, Slot

CLOSED = "Not saved: this version is no longer a draft. Start a new draft"
TAKEN = "Not saved: another module has this name. Choose another name"
NO_DRAFT = "Nothing was discarded: this version is no longer a draft"


@dataclass(frozen=True)
class Written:
    """The words of a draft for one session; `module` is a reference."""

    module: str
    title: str
    minutes: int
    skills: Sequence[str]
    measures: Sequence[str]
    override: Override | None = None


def start(*, actor: Actor, at: datetime) -> str:
    """Begin a draft as a copy of the version in use, or keep the draft that exists. Return its reference."""
    row = Curriculum(area=actor.area, made_by=actor.who, made_at=at)
    try:
        with gate.create(actor, Action.WRITE_CURRICULUM, row, at=at):
            _copy(current(actor.area), row)
    except IntegrityError:
        return str(Curriculum.objects.values_list("ref", flat=True).get(area=actor.area, state=State.DRAFT))
    return row.ref


def write_module(
    *,
    actor: Actor,
    ref: str,
    name: str,
    words: str,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Rewrite the name of a draft's module and its purpose. Raises Changed, Refused and words.Unclear."""
    with gate.change(actor, Action.WRITE_CURRICULUM_MODULE, CurriculumModule, ref, at=at) as module:
        _touch(module.curriculum_id, version)
        _free(name, module.curriculum_id, besides=module.pk)
        _hold(module, {"name": name, "words": words}, override, actor, at)
        module.name, module.words = name, words
        module.save(update_fields=["name", "words"])


def add_module(
    *,
    actor: Actor,
    ref: str,
    name: str,
    words: str,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Add a module at the end of a draft; sessions choose it afterwards. Raises Changed, Refused and words.Unclear."""
    with gate.change(actor, Action.WRITE_CURRICULUM, Curriculum, ref, at=at) as draft:
        _touch(draft.pk, version)
        _free(name, draft.pk)
        _hold(draft, {"name": name, "words": words}, override, actor, at)
        last = draft.modules.order_by("-position").values_list("position", flat=True).first()
        CurriculumModule.objects.create(curriculum=draft, position=(last or 0) + 1, name=name, words=words)


def write_session(*, actor: Actor, ref: str, written: Written, version: int | None, at: datetime) -> None:
    """Rewrite one of the twelve sessions of a draft. Raises Changed, Refused and words.Unclear."""
    with gate.change(actor, Action.WRITE_CURRICULUM_SESSION, CurriculumSession, ref, at=at) as session:
        _touch(session.curriculum_id, version)
        _hold(session, {"title": written.title}, written.override, actor, at)
        session.module = CurriculumModule.objects.get(ref=written.module, curriculum=session.curriculum_id)
        session.title, session.minutes = written.title, written.minutes
        session.skills, session.measures = list(written.skills), list(written.measures)
        session.save(update_fields=["module", "title", "minutes", "skills", "measures"])


def _hold(
    row: Curriculum | CurriculumModule | CurriculumSession,
    texts: dict[str, str],
    override: Override | None,
    actor: Actor,
    at: datetime,
) -> None:
    named = audit.row_name(type(row), row.ref)
    clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)


def use(*, actor: Actor, ref: str, reason: str, version: int | None, at: datetime) -> None:
    """Put a draft into use: plans made from now on follow it, and existing plans stay as they are."""
    with gate.change(actor, Action.WRITE_CURRICULUM, Curriculum, ref, at=at) as draft:
        _check(draft)
        gate.next_version(draft, version)
        rows = Curriculum.objects.select_for_update().filter(area=draft.area)
        rows.filter(state=State.CURRENT).update(state=State.PAST, ended_at=at)
        last = rows.order_by(F("number").desc(nulls_last=True)).values_list("number", flat=True).first()
        draft.state, draft.number, draft.reason = State.CURRENT, (last or outline.SHIPPED) + 1, reason
        draft.used_by, draft.used_at = actor.who, at
        draft.save(update_fields=["state", "number", "reason", "used_by", "used_at", "version"])


def drop(*, actor: Actor, ref: str, at: datetime) -> None:
    """Give a draft up; its rows stay readable in the history."""
    with gate.change(actor, Action.WRITE_CURRICULUM, Curriculum, ref, at=at) as draft:
        if State.DROPPED not in TRANSITIONS[State(draft.state)]:
            raise Refused(NO_DRAFT)
        draft.state = State.DROPPED
        draft.save(update_fields=["state"])


def current(area: str) -> outline.Programme:
    """Return what a plan made now follows: the area's version in use, or the one that comes with Desist."""
    row: Curriculum | None = next(iter(CURRENT.rows(area=area)), None)
    return programme(row) if row else outline.shipped()


CURRENT = Instances(lambda: Curriculum.objects.filter(area=Slot("area"), state=State.CURRENT), "number")


def programme(row: Curriculum) -> outline.Programme:
    """Return a version from its rows."""
    modules = tuple(
        outline.Module(one.position, one.name, one.words) for one in row.modules.order_by("position")
    )
    sessions = tuple(
        outline.Outline(
            one.number, one.module.name, one.title, one.minutes, tuple(one.skills), tuple(one.measures)
        )
        for one in row.sessions.order_by("number").select_related("module")
    )
    return outline.Programme(row.number or outline.SHIPPED, modules, sessions)


def _copy(programme: outline.Programme, draft: Curriculum) -> None:
    modules = {
        one.name: CurriculumModule.objects.create(
            curriculum=draft, position=one.position, name=one.name, words=one.words
        )
        for one in programme.modules
    }
    CurriculumSession.objects.bulk_create(
        CurriculumSession(
            curriculum=draft,
            module=modules[one.module],
            number=one.number,
            title=one.title,
            minutes=one.minutes,
            skills=list(one.skills),
            measures=list(one.measures),
        )
        for one in programme.sessions
    )


def _touch(draft: int, version: int | None) -> None:
    """Lock the draft that a row belongs to and count the change."""
    row = Curriculum.objects.select_for_update().get(pk=draft)
    _check(row)
    gate.next_version(row, version)
    row.save(update_fields=["version"])


def _free(name: str, draft: int, *, besides: int = 0) -> None:
    # The draft is locked: no colleague takes the name between this question and the answer.
    if CurriculumModule.objects.filter(curriculum=draft, name=name).exclude(pk=besides).exists():
        raise Refused(TAKEN)


def _check(row: Curriculum) -> None:
    """Refuse a version that is not a draft: one that is or was in use, or was given up, is never changed."""
    if State.CURRENT not in TRANSITIONS[State(row.state)]:
        raise Refused(CLOSED)
