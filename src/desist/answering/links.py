"""Links by which an agency without an account reads one referral and answers it, in the zones that refer people.

A link alone shows nothing: its code goes another way, and only both together are looked up. A link or a code that never was,
ended, was revoked, or whose referral was withdrawn answers alike, by the same statements. What is right is looked for
first, so that wrong ones lock nobody out; wrong ones are counted by network address.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar, cast

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from desist.accounts.throttle.commands import Attempts
from desist.answering.answer_files.papers import Paper
from desist.post import codes
from desist.refusals import Refused
from desist.sites import Zone
from desist.ui.words import Override
from desist.wall import actors, audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.policy import BaseAction

Link = TypeVar("Link", bound=Model)

PURPOSE = "codes of agencies"
#: wrong codes that leave an event, within WINDOW: of an address, and of all addresses
WINDOW = timedelta(hours=1)
OF_AN_ADDRESS, IN_ALL = 20, 300
#: days for which a link works, as its form offers them
DAYS = (7, 14, 28, 84)
WRONG = "This link and code do not work. Check them, or ring the service that gave them to you"


class NotOpen(Refused):
    """The link and the code open nothing, for whatever reason."""

    def __init__(self) -> None:
        """Set the one sentence for all."""
        super().__init__(WRONG)


@dataclass(frozen=True)
class Keys:
    """What is typed: the link's own code, the code that came another way, and the network address."""

    link: str
    code: str
    address: str

    @property
    def together(self) -> str:
        """Both codes as one, as they are looked up."""
        return f"{self.link} {self.code}"


@dataclass(frozen=True)
class Said:
    """One thing that was said about the referral, the newest first."""

    what: str
    on: date
    words: str


@dataclass(frozen=True)
class Shown:
    """What an agency reads by a link: what was passed on, where it stands, and what it can say."""

    agency: str
    name: str
    need: str
    reach: str
    told: str
    agreed: bool
    basis: str
    state: str
    referred_on: date
    until: datetime
    version: int
    said: tuple[Said, ...]
    may_say: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Kind:
    """How a zone shows a referral by a link, and keeps what is said by it or by a file."""

    look: Callable[..., Shown]
    say: Callable[..., None]
    paper: Callable[..., Paper]
    bring: Callable[..., None]


def kind() -> Kind:
    """The zone's own."""
    return cast("Kind", import_string(settings.DESIST_ANSWERS[Zone(settings.DESIST_ZONE)]))


def fresh() -> tuple[str, str, str]:
    """The codes of a new link: its own, the one that goes another way, and the digest of both."""
    own, other = codes.fresh(), codes.fresh()
    return own, other, codes.digest(f"{own} {other}", purpose=PURPOSE)


@contextmanager
def opened(standing: QuerySet[Link], action: BaseAction, keys: Keys, *, at: datetime) -> Iterator[Link]:
    """Wrap a change with the link that two codes open, locked. Raises NotOpen alike, whatever is wrong with them."""
    found = standing.filter(digest__in=codes.digests(keys.together, purpose=PURPOSE))
    ref = found.values_list("ref", flat=True).first() or ""
    if not ref and not _counted(keys.address, at):
        raise NotOpen
    try:
        with gate.change(actors.entrance("link"), action, standing.model, ref, at=at) as row:
            if not standing.filter(pk=row.pk).exists():  # it ended a moment ago
                raise NotOpen
            yield row
    except gate.NotFound:
        raise NotOpen from None


def hold(
    row: Model,
    ref: str,
    words: str,
    *,
    override: Override | None,
    at: datetime,
    actor: Actor | None = None,
) -> None:
    """Read the words of an agency without an account, as those of an account are read. Raises words.Unclear.

    `actor` is the colleague who read them in from a file; without one they came by a link.
    """
    named, texts = audit.row_name(type(row), ref), {"words": words}
    by = actor or actors.entrance("link")
    clearances.hold(named=named, texts=texts, override=override, actor=by, at=at)


def _counted(address: str, at: datetime) -> bool:
    attempts = Attempts(at)
    return attempts.count("answer", address, OF_AN_ADDRESS, within=WINDOW) and attempts.count(
        "answer", "all", IN_ALL, within=WINDOW
    )
