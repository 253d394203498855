"""Questions about the curriculum, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.instruments import library
from desist.programme.curriculum import commands, outline
from desist.programme.curriculum.models import Curriculum, CurriculumModule, CurriculumSession
from desist.programme.curriculum.policy import Action
from desist.programme.curriculum.states import State
from desist.skills import catalogue
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 50


@dataclass(frozen=True)
class SessionLine:
    """One of the twelve as the pages show it. `ref` leads to its form while the version is a draft."""

    ref: str
    number: int
    title: str
    minutes: int
    skills: tuple[str, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A module and its sessions."""

    ref: str
    name: str
    words: str
    lines: tuple[SessionLine, ...]


@dataclass(frozen=True)
class Version:
    """One version of the curriculum, who made it and why."""

    ref: str
    number: int | None
    state: str
    state_label: str
    version: int
    reason: str
    made_by: str
    made_at: datetime
    used_by: str
    used_at: datetime | None
    ended_at: datetime | None

    @property
    def draft(self) -> bool:
        """Whether it is still being written."""
        return self.state == State.DRAFT


@dataclass(frozen=True)
class CurriculumPage:
    """What is in use, the draft if there is one, and every version before."""

    current: Version | None  # none: the one that comes with Desist
    parts: tuple[Part, ...]
    draft: Version | None
    past: tuple[Version, ...]
    may_write: bool


def curriculum(*, actor: Actor, at: datetime) -> CurriculumPage:
    """Return what plans follow now."""
    rows = list(gate.see(actor, Action.SEE_CURRICULUM, Curriculum, at=at).order_by("-number", "-pk")[:PAGE])
    current = next((one for one in rows if one.state == State.CURRENT), None)
    draft = next((one for one in rows if one.state == State.DRAFT), None)
    may_write = actor.role in policy.rule(Action.WRITE_CURRICULUM).roles
    return CurriculumPage(
        current=_version(current) if current else None,
        parts=parts(commands.programme(current) if current else outline.shipped()),
        draft=_version(draft) if draft and may_write else None,
        past=tuple(_version(one) for one in rows if one.state == State.PAST),
        may_write=may_write,
    )


def version(*, actor: Actor, ref: str, at: datetime) -> tuple[Version, tuple[Part, ...]]:
    """One version, whole, with the references of its rows while it is a draft."""
    row = gate.open(actor, Action.SEE_CURRICULUM_VERSION, Curriculum, ref, at=at).get()
    return _version(row), _parts_of(row)


def to_write(*, actor: Actor, ref: str, at: datetime) -> Version:
    """A version, to write."""
    return _version(gate.open(actor, Action.WRITE_CURRICULUM, Curriculum, ref, at=at).get())


def module(*, actor: Actor, ref: str, at: datetime) -> tuple[Version, Part]:
    """One module of a version, to write."""
    rows = gate.open(actor, Action.WRITE_CURRICULUM_MODULE, CurriculumModule, ref, at=at)
    row = rows.select_related("curriculum").get()
    return _version(row.curriculum), Part(row.ref, row.name, row.words, ())


def session(
    *, actor: Actor, ref: str, at: datetime
) -> tuple[Version, outline.Outline, tuple[tuple[str, str], ...]]:
    """One session of a version, to write; `module` is a reference, and the modules are choices."""
    rows = gate.open(actor, Action.WRITE_CURRICULUM_SESSION, CurriculumSession, ref, at=at)
    row = rows.select_related("curriculum", "module").get()
    said = outline.Outline(
        row.number, row.module.ref, row.title, row.minutes, tuple(row.skills), tuple(row.measures)
    )
    modules = row.curriculum.modules.order_by("position").values_list("ref", "name")
    return _version(row.curriculum), said, tuple(modules)


def parts(programme: outline.Programme) -> tuple[Part, ...]:
    """A version by its modules, as it is read; a module without sessions is left out."""
    found = []
    for one in programme.modules:
        lines = tuple(_line("", row) for row in programme.sessions if row.module == one.name)
        if lines:
            found.append(Part("", one.name, one.words, lines))
    return tuple(found)


def instruments() -> tuple[tuple[str, str], ...]:
    """The measures a session can ask for, as choices."""
    return tuple((one.name, one.title) for one in library.current())


def measures(names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Return the names of instruments; one that is no longer known keeps its own."""
    known = dict(instruments())
    return tuple(known.get(one, one) for one in names)


def skills(keys: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Skills by what they are called."""
    return tuple(catalogue.name(key) for key in keys)


def _parts_of(row: Curriculum) -> tuple[Part, ...]:
    sessions = list(row.sessions.order_by("number"))
    return tuple(
        Part(
            one.ref,
            one.name,
            one.words,
            tuple(
                SessionLine(
                    said.ref,
                    said.number,
                    said.title,
                    said.minutes,
                    skills(said.skills),
                    measures(said.measures),
                )
                for said in sessions
                if said.module_id == one.pk
            ),
        )
        for one in row.modules.order_by("position")
    )


def _line(ref: str, row: outline.Outline) -> SessionLine:
    return SessionLine(ref, row.number, row.title, row.minutes, skills(row.skills), measures(row.measures))


def _version(row: Curriculum) -> Version:
    return Version(
        ref=row.ref,
        number=row.number,
        state=row.state,
        state_label=State(row.state).label,
        version=row.version,
        reason=row.reason,
        made_by=accounts.name(ref=row.made_by),
        made_at=row.made_at,
        used_by=accounts.name(ref=row.used_by) if row.used_by else "",
        used_at=row.used_at,
        ended_at=row.ended_at,
    )
