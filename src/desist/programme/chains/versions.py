"""A chain as it stood before: which versions there are, and one of them whole. Nothing here can be changed."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme import saves
from desist.programme.chains import commands
from desist.programme.chains.commands import Analysis
from desist.programme.chains.links import Link, Links, Part, by_part
from desist.programme.chains.models import Chain
from desist.programme.chains.policy import Action
from desist.programme.saves import Save, Version
from desist.programme.sessions.states import title
from desist.references import spoken
from desist.wall import gate
from desist.wall.actors import Actor


@dataclass(frozen=True)
class ChainHeader:
    """Which chain, and whose."""

    ref: str
    session_title: str
    session_at: datetime
    spoken: str
    name: str
    version: int  # the present one


@dataclass(frozen=True)
class Versions:
    """The versions of one chain."""

    of: ChainHeader
    page: saves.Page


@dataclass(frozen=True)
class Earlier:
    """One version, whole."""

    of: ChainHeader
    version: Version
    analysis: Analysis
    links: Links

    @property
    def parts(self) -> list[tuple[Part, list[Link]]]:
        """The links by part."""
        return by_part(self.links)


def versions(*, actor: Actor, ref: str, before: int | None, at: datetime) -> Versions:
    """The versions of a chain, those older than `before` where it is given."""
    row = _open(actor, ref, at)
    newest = row.version if before is None else before - 1
    return Versions(_of(row), saves.page(_saves(row, newest=newest), actor=actor))


def version(*, actor: Actor, ref: str, number: int, at: datetime) -> Earlier:
    """One version of a chain. Raises gate.NotFound where the chain has none of this number."""
    row = _open(actor, ref, at)
    stood = row.events.filter(version=number).first()  # type: ignore[attr-defined]  # pghistory adds it
    if stood is None:
        raise gate.NotFound(ref)
    saved = saves.page([Save(number, stood.changed_by, stood.changed_at)], actor=actor)
    return Earlier(
        of=_of(row),
        version=saved.versions[0],
        analysis=commands.analysis_of(stood),
        links=commands.read_at(row, version=number),
    )


def _open(actor: Actor, ref: str, at: datetime) -> Chain:
    rows = gate.open(actor, Action.SEE_CHAIN_VERSIONS, Chain, ref, at=at)
    return rows.select_related("session__episode__referral").get()


def _saves(row: Chain, *, newest: int) -> list[Save]:
    """The saves up to a version, the newest first."""
    history = row.events.filter(version__lte=newest).order_by("-pgh_id")  # type: ignore[attr-defined]  # pghistory adds it
    kept = history.values_list("version", "changed_by", "changed_at")
    return [Save(*one) for one in kept[: saves.READ]]


def _of(row: Chain) -> ChainHeader:
    session, referral = row.session, row.session.episode.referral
    return ChainHeader(
        ref=row.ref,
        session_title=title(session.kind, session.number),
        session_at=session.period.lower,
        spoken=spoken(session.episode.ref),
        name=referral.name,
        version=row.version,
    )
