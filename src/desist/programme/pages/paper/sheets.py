"""What stands on each sheet, pure: from what a person may see and the words of an edition to the layout's parts.

A sheet names nobody: neither the person nor the service nor a surname. It ends with the notice of what is recorded and
who may read it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from babel.dates import format_date, format_datetime
from django.db.models import TextChoices

from desist.letters import Variant, shipped
from desist.programme.chains.drawing import CONSEQUENCES
from desist.programme.chains.links import Kind, Link, Links
from desist.programme.plans.between.states import Edition
from desist.programme.plans.coping.commands import Plan, Step
from desist.programme.sessions.diary import grid
from desist.skills import catalogue
from desist.skills.texts import InDepth
from desist.ui import dates

#: a part of a sheet, as the layout draws it
Part: TypeAlias = Mapping[str, Any]
WORDS: Mapping[Edition, Variant] = {
    Edition.STANDARD: Variant.PLAIN,
    Edition.LARGE: Variant.PLAIN,
    Edition.EASY: Variant.EASY,
    Edition.WELSH: Variant.WELSH,
}
#: editions in large letters
LARGE = frozenset({Edition.LARGE, Edition.EASY})
WEEK = 7


class Sheet(TextChoices):
    """The sheets that a person has without choosing a skill or a chain."""

    DIARY = "diary", "Diary card, a week"
    HOMEWORK = "homework", "Homework, with a practice log"
    APPOINTMENT = "appointment", "Appointment card"
    COPING = "coping", "Coping plan"


@dataclass(frozen=True)
class Appointment:
    """The next session: when, with whom by first name, and the words agreed for the place; `remote` where it has none."""

    at: datetime | None = None
    first_name: str = ""
    place: str = ""
    remote: bool = False
    telephone: str = ""


@dataclass(frozen=True)
class Facts:
    """What the sheets of a person say of them, as they may see it."""

    own_targets: tuple[str, ...] = ()
    homework: str = ""
    appointment: Appointment = field(default_factory=Appointment)
    plan: Plan = field(default_factory=Plan)


def sheet(which: Sheet, *, facts: Facts, edition: Edition, first: date) -> dict[str, Any]:
    """Return one sheet for the layout; `first` is the first day of a diary card."""
    words = _words(edition)[which.value]
    if which is Sheet.DIARY:
        return _made(
            words["title"], _diary(words, facts.own_targets, edition, first), edition, wide=edition in LARGE
        )
    if which is Sheet.HOMEWORK:
        return _made(words["title"], _homework(words, facts.homework), edition)
    if which is Sheet.APPOINTMENT:
        return _made(words["title"], _appointment(words, facts.appointment, edition), edition)
    return _made(words["title"], _coping(words, facts.plan), edition)


def skill(known: InDepth, *, edition: Edition) -> dict[str, Any]:
    """Return the sheet of a skill for the layout."""
    words, said = _words(edition)["skill"], known.texts[WORDS[edition]]
    parts = [
        _heading(words["why"]),
        _said(said.why),
        _heading(words["steps"]),
        {"kind": "steps", "lines": said.steps},
        _heading(words["examples"]),
        {"kind": "list", "lines": [one.words for one in said.examples]},
        _heading(words["worksheet"]),
        *(_ask(one, 1) for one in said.worksheet),
        *([_heading(words["script"]), _said(said.script)] if said.script else []),
        _heading(words["tried"]),
        _grid(
            [words["day"], words["before"], words["after"], words["helped"]], [[""] * 4] * 4, widths=[1] * 4
        ),
    ]
    return _made(said.name, parts, edition)


def chain(
    *, links: Links, behaviour: str, resisted: bool, edition: Edition, names: Mapping[str, str]
) -> dict[str, Any]:
    """Return the sheet of a chain for the layout; `names` are the skills of the edition by key."""
    words = _words(edition)["chain"]
    act = {"act": True, "label": words["resisted" if resisted else "behaviour"], "words": behaviour}
    boxes = [
        *(_box(one, words, names, used=resisted) for one in links if one.part not in CONSEQUENCES),
        {**act, "strength": "", "skill": ""},
        *(_box(one, words, names, used=resisted) for one in links if one.part in CONSEQUENCES),
    ]
    parts = [*map(_said, words["words"]), {"kind": "links", "links": boxes}, _ask(words["next"], 3)]
    return _made(words["title"], parts, edition)


def skills_in(edition: Edition, library: Mapping[str, InDepth]) -> dict[str, str]:
    """Return the names of the skills by key, in the words of an edition where they have some."""
    known = {key: one.texts[WORDS[edition]].name for key, one in library.items()}
    return {key: known.get(key, catalogue.name(key)) for key in catalogue.BY_KEY}


def printed(made: Mapping[str, Any]) -> list[str]:
    """Return every text of a sheet, as the layout draws it."""
    return list(_texts([made["title"], made["parts"], made["notice"]]))


def headings(edition: Edition) -> Iterable[str]:
    """Return every text of an edition that comes with Desist."""
    return _texts(_words(edition))


def step(one: Step, edition: Edition) -> str:
    """Return a step of a coping plan as an edition says it."""
    return _step(_words(edition)["coping"], one)


def when(at: datetime, edition: Edition) -> str:
    """Return the moment of a session as an edition says it."""
    local = dates.local(at)
    if edition is Edition.WELSH:
        return format_datetime(local, "EEEE d MMMM, HH:mm", locale="cy")
    return dates.at(local)


def _texts(value: Any) -> Iterable[str]:  # noqa: ANN401 -- JSON of any depth
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if name != "kind":
                yield from _texts(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _texts(one)


def _words(edition: Edition) -> Any:  # noqa: ANN401 -- a table of shipped.toml
    return shipped("desist.programme.pages.paper")[WORDS[edition].value]


def _made(title: str, parts: Sequence[Part], edition: Edition, *, wide: bool = False) -> dict[str, Any]:
    return {
        "title": title,
        "parts": parts,
        "notice": _words(edition)["notice"],
        "lang": "cy" if edition is Edition.WELSH else "en",
        "large": edition in LARGE,
        "wide": wide,
    }


def _diary(words: Any, own: Sequence[str], edition: Edition, first: date) -> list[Part]:  # noqa: ANN401
    locale = "cy" if edition is Edition.WELSH else "en_GB"
    days = [format_date(first + timedelta(days=number), "E d", locale=locale) for number in range(WEEK)]
    figures = [one for one in grid.TARGETS if one.key not in {"sleep_hours", "substances"}]
    others = [one for one in grid.TARGETS if one not in figures]
    names = [
        words["urge"],
        *own,
        words["act"],
        *(words[one.key] for one in figures if one.key not in {"urge", "act"}),
        *(words[one.key] for one in others),
        words["skill"],
    ]
    return [
        *map(_said, words["words"]),
        _grid([words["row"], *days], [[name, *[""] * WEEK] for name in names], widths=[4] + [1] * WEEK),
        _heading(words["legend"]),
        {"kind": "rows", "lines": words["acts"]},
        _ask(words["note"], 2),
    ]


def _homework(words: Any, homework: str) -> list[Part]:  # noqa: ANN401 -- a table of shipped.toml
    agreed: list[Part] = [_strong(line) for line in homework.splitlines() if line.strip()]
    return [
        *map(_said, words["words"]),
        *(agreed or [_ask("", 3)]),
        _grid([words["day"], words["tried"], words["helped"]], [[""] * 3] * 7, widths=[2, 5, 4]),
        _ask(words["way"], 2),
    ]


def _appointment(words: Any, known: Appointment, edition: Edition) -> list[Part]:  # noqa: ANN401
    place = known.place or (words["remote"] if known.remote and known.at else "")
    parts: list[Part] = []
    if known.at:
        parts += [_heading(words["when"]), _strong(when(known.at, edition))]
    else:
        parts.append(_ask(words["none"], 1))
    if known.first_name:
        parts += [_heading(words["with"]), _strong(known.first_name)]
    parts += [_heading(words["place"]), _strong(place)] if place else [_ask(words["room"], 1)]
    return [
        *parts,
        _heading(words["ring"]),
        *([_strong(known.telephone)] if known.telephone else [_ask("", 1)]),
    ]


def _coping(words: Any, plan: Plan) -> list[Part]:  # noqa: ANN401 -- a table of shipped.toml
    steps = [_said(_step(words, one)) for one in plan.steps]
    return [
        *_listed(words, "signs", plan.signs),
        _heading(words["steps"]),
        *steps,
        _ask("", 1 if steps else 4),
        *_listed(words, "ring", plan.ring),
        _said(words["never"]),
        *_listed(words, "helps", plan.helps),
    ]


def _listed(words: Any, part: str, lines: Sequence[str]) -> list[Part]:  # noqa: ANN401
    return [
        _heading(words[part]),
        *([{"kind": "list", "lines": lines}] if lines else []),
        _ask(words["line"], 1) if lines else _ask("", 3),
    ]


def _box(link: Link, words: Any, names: Mapping[str, str], *, used: bool) -> Part:  # noqa: ANN401
    kind = words[link.kind.value]
    label = words[link.part.value] if link.kind is Kind.EVENT else f"{words[link.part.value]}: {kind}"
    skills = filter(None, (names.get(link.skill_code, ""), link.skill))
    said = ": ".join(skills)
    return {
        "act": False,
        "label": label,
        "words": link.words,
        "strength": "" if link.intensity is None else f"{words['strength']}: {link.intensity} / 5",
        "skill": f"{words['used' if used else 'skill']}: {said}" if said else "",
    }


def _step(words: Any, one: Step) -> str:  # noqa: ANN401 -- a table of shipped.toml
    return str(words["step"].format(one.cue, one.words))


def _said(words: str) -> Part:
    return {"kind": "words", "words": words}


def _strong(words: str) -> Part:
    return {"kind": "strong", "words": words}


def _heading(words: str) -> Part:
    return {"kind": "heading", "words": words}


def _ask(words: str, lines: int) -> Part:
    return {"kind": "ask", "words": words, "lines": lines}


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int]) -> Part:
    return {"kind": "grid", "head": head, "rows": rows, "widths": widths}
