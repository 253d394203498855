"""Commands that change a chain."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from desist.programme.chains import contact, links
from desist.programme.chains.links import Link, Links, Part, Undoing
from desist.programme.chains.models import Chain, ChainLink, ChainStep
from desist.programme.chains.policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.programme.sessions.policy import Action as SessionsAction
from desist.references import reference
from desist.refusals import Changed, Refused
from desist.ui.words import Override, Reader
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

#: a second reader for words of an analysis: a repair is never contact
BESIDES: Mapping[str, Reader] = {"repair": contact.read}
#: the columns of a link, in the order in which `Link` has them
LINK = ("ref", "part", "kind", "words", "intensity", "skill", "skill_code", "same_as")


NOTHING_TO_UNDO = "There is nothing to undo"


@dataclass(frozen=True)
class Behaviour:
    """The behaviour as a camera could have filmed it, whether it was an urge resisted, and the day."""

    behaviour: str
    resisted: bool
    happened_on: date | None
    hour: int | None = None


@dataclass(frozen=True)
class Analysis:
    """The behaviour and its solution analysis, apart from the skills, which stand at their links."""

    behaviour: Behaviour
    reduce_vulnerability: str
    prevent_prompt: str
    repair: str


def start(
    *,
    actor: Actor,
    session: str,
    behaviour: Behaviour,
    submission: str,
    override: Override | None = None,
    at: datetime,
) -> str:
    """Begin a chain in a session and return its reference; a form sent twice begins one. Raises words.Unclear."""
    with gate.change(actor, SessionsAction.RECORD_SESSION, Session, session, at=at) as row:
        begun = row.chains.filter(submission=submission).first()
        if begun is None:
            texts = {"behaviour": behaviour.behaviour}
            clearances.hold(named=named(row.pk), texts=texts, override=override, actor=actor, at=at)
            begun = Chain.objects.create(
                session=row,
                behaviour=behaviour.behaviour,
                resisted=behaviour.resisted,
                happened_on=behaviour.happened_on,
                hour=behaviour.hour,
                submission=submission,
                started_by=actor.who,
                started_at=at,
                changed_by=actor.who,
                changed_at=at,
            )
        return begun.ref


def add(
    *,
    actor: Actor,
    ref: str,
    link: Link,
    after: str,
    version: int | None,
    override: Override | None = None,
    at: datetime,
    shared: bool = False,
) -> None:
    """Add a link behind `after`, or last in its part. Raises Changed, Refused and words.Unclear."""
    new = _with_reference(link)
    _relink(
        actor,
        ref,
        version,
        at,
        says=link,
        override=override,
        said=f"{link.part.label} added",
        shared=shared,
        operation=lambda before: links.add(before, new, after=after),
    )


def change(
    *,
    actor: Actor,
    ref: str,
    link: Link,
    version: int | None,
    override: Override | None = None,
    at: datetime,
    shared: bool = False,
) -> None:
    """Put other words, kind, intensity, part or skill in a link's place. Raises the errors of `add`."""
    _relink(
        actor,
        ref,
        version,
        at,
        says=link,
        override=override,
        said=f"{link.part.label} changed",
        shared=shared,
        operation=lambda before: links.change(before, link),
    )


def move(
    *, actor: Actor, ref: str, link: str, up: bool, version: int | None, at: datetime, shared: bool = False
) -> None:
    """Swap a link with its neighbour, or move it into the next part."""
    _relink(
        actor,
        ref,
        version,
        at,
        said="Moved up" if up else "Moved down",
        shared=shared,
        operation=lambda before: links.move(before, link, up=up),
    )


def place(
    *,
    actor: Actor,
    ref: str,
    link: str,
    part: Part,
    after: str,
    version: int | None,
    at: datetime,
    shared: bool = False,
) -> None:
    """Put a link behind another one, or first in a part."""
    _relink(
        actor,
        ref,
        version,
        at,
        said="Moved",
        shared=shared,
        operation=lambda before: links.place(before, link, part=part, after=after),
    )


def remove(
    *, actor: Actor, ref: str, link: str, version: int | None, at: datetime, shared: bool = False
) -> None:
    """Take a link out; undo brings it back."""
    _relink(
        actor,
        ref,
        version,
        at,
        said="Link removed",
        shared=shared,
        operation=lambda before: links.remove(before, link),
    )


def undo(*, actor: Actor, ref: str, version: int | None, at: datetime, shared: bool = False) -> None:
    """Undo the newest change of the links. Raises Changed, and Refused where there is none.

    On the participant's screen (`shared`), undo only changes made there: links that the practitioner removed alone stay
    out.
    """
    with _changed(actor, ref, version, at) as chain:
        _take_back(chain, shared=shared)


def analyse(*, actor: Actor, ref: str, analysis: Analysis, version: int | None, at: datetime) -> int:
    """Keep the behaviour and the solution analysis and return the new version; `show` releases them for display."""
    with _changed(actor, ref, version, at, unless=lambda chain: analysis_of(chain) == analysis) as chain:
        chain.behaviour = analysis.behaviour.behaviour
        chain.resisted = analysis.behaviour.resisted
        chain.happened_on = analysis.behaviour.happened_on
        chain.hour = analysis.behaviour.hour
        chain.reduce_vulnerability = analysis.reduce_vulnerability
        chain.prevent_prompt = analysis.prevent_prompt
        chain.repair = analysis.repair
    return chain.version


def show(*, actor: Actor, ref: str, override: Override | None, at: datetime) -> None:
    """Release the behaviour and the solution analysis for display. Raises words.Unclear, and leaves them saved then."""
    with gate.change(actor, Action.WORK_ON_CHAIN, Chain, ref, at=at) as chain:
        clearances.hold(
            named=named(chain.session_id),
            texts=seen(analysis_of(chain)),
            override=override,
            actor=actor,
            at=at,
            besides=BESIDES,
        )


def named(session: int) -> str:
    """Return the audit's name for the words of a session's chain."""
    return audit.row_name(Episode, Episode.objects.values_list("ref", flat=True).get(sessions=session))


def seen(analysis: Analysis) -> dict[str, str]:
    """Return the words of an analysis that the person sees."""
    return {
        "behaviour": analysis.behaviour.behaviour,
        "reduce_vulnerability": analysis.reduce_vulnerability,
        "prevent_prompt": analysis.prevent_prompt,
        "repair": analysis.repair,
    }


def read(chain: Chain) -> Links:
    """The links of a chain in their order."""
    return _in_order(chain.links.order_by("position").values_list(*LINK))


def read_at(chain: Chain, *, version: int) -> Links:
    """Return the links of a chain as this version left them, from the history of all its links."""
    history = ChainLink.pgh_event_model.objects.filter(chain=chain, written_in__lte=version)  # type: ignore[attr-defined]  # pghistory adds it
    rows = history.order_by("pgh_id").values_list("pgh_label", "position", *LINK)
    last = {ref: (label, position, (ref, *rest)) for label, position, ref, *rest in rows}
    there = [(position, link) for label, position, link in last.values() if label != "delete"]
    return _in_order(link for _, link in sorted(there, key=lambda one: one[0]))


def _in_order(rows: Iterable[tuple[Any, ...]]) -> Links:
    """Return rows of LINK, by position, as links by part."""
    return links.in_order(Link(ref, Part(part), links.Kind(kind), *said) for ref, part, kind, *said in rows)


def analysis_of(chain: Chain) -> Analysis:
    """Return the behaviour and the solution analysis as they are kept."""
    return Analysis(
        behaviour=Behaviour(chain.behaviour, chain.resisted, chain.happened_on, chain.hour),
        reduce_vulnerability=chain.reduce_vulnerability,
        prevent_prompt=chain.prevent_prompt,
        repair=chain.repair,
    )


@contextmanager
def _changed(
    actor: Actor,
    ref: str,
    version: int | None,
    at: datetime,
    *,
    unless: Callable[[Chain], bool] = lambda _: False,
) -> Iterator[Chain]:
    """The chain, locked, once it is known that the page was drawn from it as it stands; then one version further.

    `unless` says that the chain holds the wanted words already: then a stale page does no harm, and nothing is saved.
    """
    with gate.change(actor, Action.WORK_ON_CHAIN, Chain, ref, at=at) as chain:
        try:
            gate.next_version(chain, version)
        except Changed:
            if not unless(chain):
                raise
            yield chain
            return
        yield chain
        chain.changed_by, chain.changed_at = actor.who, at
        chain.save()


def _relink(
    actor: Actor,
    ref: str,
    version: int | None,
    at: datetime,
    *,
    said: str,
    shared: bool,
    operation: Callable[[Links], Links],
    says: Link | None = None,
    override: Override | None = None,
) -> None:
    """Let one operation change the links, and keep its undoing; `says` is the link whose words are new."""
    with _changed(actor, ref, version, at) as chain:
        if says:
            texts = {"words": says.words, "skill": says.skill}
            clearances.hold(named=named(chain.session_id), texts=texts, override=override, actor=actor, at=at)
        before = read(chain)
        after = operation(before)
        undoing = links.undoing(before=before, after=after)
        ChainStep.objects.create(
            chain=chain,
            said=said,
            undoing=undoing.plain(),
            shared=shared,
            made_by=actor.who,
            made_at=at,
        )
        _write(chain, before=before, after=after)


def _write(chain: Chain, *, before: Links, after: Links) -> None:
    """Write the difference between the links before and after, in at most four statements."""
    change = links.undoing(before=after, after=before)  # what leads from before to after
    known = {link.ref for link in before}
    rows = [
        ChainLink(
            ref=link.ref,
            chain=chain,
            part=link.part,
            position=place,
            kind=link.kind,
            words=link.words,
            intensity=link.intensity,
            skill=link.skill,
            skill_code=link.skill_code,
            same_as=link.same_as,
            written_in=chain.version,
        )
        for place, link in change.back
    ]
    if change.gone:
        gone = chain.links.filter(ref__in=change.gone)
        gone.update(written_in=chain.version)  # so that the history says which version took them out
        gone.delete()
    ids = dict(chain.links.filter(ref__in=known).values_list("ref", "pk"))
    for row in rows:
        row.pk = ids.get(row.ref)
    fields = [*LINK[1:], "position", "written_in"]
    ChainLink.objects.bulk_update([row for row in rows if row.pk], fields, batch_size=200)
    ChainLink.objects.bulk_create([row for row in rows if not row.pk])


def _take_back(chain: Chain, *, shared: bool) -> None:
    """Lead the links back to where they were before the newest step, and drop that step."""
    step = chain.steps.order_by("-pk").first()
    if step is None or (shared and not step.shared):
        raise Refused(NOTHING_TO_UNDO)
    before = read(chain)
    _write(chain, before=before, after=links.undo(before, Undoing.read(step.undoing)))
    step.delete()


def _with_reference(link: Link) -> Link:
    return replace(link, ref=reference())
