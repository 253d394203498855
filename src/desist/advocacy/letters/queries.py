"""Questions about letters, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.advocacy.clients import queries as victims
from desist.advocacy.letters import commands
from desist.advocacy.letters.models import Letter
from desist.advocacy.letters.policy import Action
from desist.advocacy.letters.templates import Template
from desist.advocacy.vault.states import WORDS, Kind
from desist.advocacy.victims.models import Victim
from desist.letters import EASY, Variant
from desist.wall import gate
from desist.wall.actors import Actor

PAGE = 30


@dataclass(frozen=True)
class Row:
    """One letter. Its destination is a word, never an address."""

    ref: str
    template: str
    variant: str
    place: str
    written_at: datetime
    printed_at: datetime | None
    posted_on: date | None
    tells: int


@dataclass(frozen=True)
class ToPost:
    """One letter to be noted as posted, and its client."""

    victim: victims.Page
    row: Row


@dataclass(frozen=True)
class Page:
    """A client's letters, whether a letter may go now, and the safe addresses."""

    victim: victims.Page
    rows: tuple[Row, ...]
    obstacle: str
    addresses: tuple[tuple[str, str], ...]
    first: str  # the form that is offered first


def letters(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One client's letters, the newest first; at most PAGE."""
    rows = gate.open(actor, Action.WRITE_LETTER, Victim, ref, at=at)
    victim = rows.get()
    found = victim.letters.select_related("locator").order_by("-written_at", "-pk")[:PAGE]
    easy = victim.circumstances.filter(kind__in=EASY, over="").exists()
    return Page(
        victim=victims.page_of(rows, actor=actor, at=at),
        rows=tuple(_row(one) for one in found),
        obstacle=commands.obstacle(victim=victim),
        addresses=tuple(
            (one.ref, WORDS[Kind(one.kind)].capitalize()) for one in commands.safe_addresses(victim=victim)
        ),
        first=(Variant.EASY if easy else Variant.PLAIN).value,
    )


def letter(*, actor: Actor, ref: str, at: datetime) -> ToPost:
    """One letter."""
    one = gate.open(actor, Action.POST_LETTER, Letter, ref, at=at).select_related("locator", "victim").get()
    whose = gate.open(actor, Action.WRITE_LETTER, Victim, one.victim.ref, at=at)
    return ToPost(victims.page_of(whose, actor=actor, at=at), _row(one))


def _row(one: Letter) -> Row:
    return Row(
        ref=one.ref,
        template=Template(one.template).label,
        variant=str(Variant(one.variant).label),
        place=WORDS[Kind(one.locator.kind)],
        written_at=one.written_at,
        printed_at=one.printed_at,
        posted_on=one.posted_on,
        tells=len(one.tells),
    )
