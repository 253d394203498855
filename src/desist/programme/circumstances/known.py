"""What is in force of risks to staff and needs: what the referral brought, until it is ended, and what the service noted."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from desist.circumstances import texts
from desist.circumstances.states import NEEDS, RISKS, Kind, gravest_first, label
from desist.programme.circumstances.models import SelfHarm
from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral

#: the two codes that both lists of a referral hold, as a need has them here
AS_NEED = {"substances": Kind.SUBSTANCE_NEED, "other": Kind.OTHER_NEED}
#: all that a referral says of risks, and of needs
WHOLE = frozenset({Kind.OTHER, Kind.OTHER_NEED})
#: what counts: rows that are not ended, and those that end what the referral says
COUNTING = Q(over="") | Q(as_referred=True)


@dataclass(frozen=True)
class Held:
    """One row that counts."""

    kind: str
    words: str
    as_referred: bool


@dataclass(frozen=True)
class InForce:
    """The risks or the needs in force: what the referral says, then what the service noted, the gravest first."""

    codes: Collection[str]
    words: str  # the referrer's own
    noted: tuple[Held, ...]

    @property
    def kinds(self) -> frozenset[Kind]:
        """Their kinds."""
        return frozenset({*map(Kind, self.codes), *(Kind(one.kind) for one in self.noted)})

    @property
    def referred(self) -> str:
        """What the referral says and still holds, in a line; "" for nothing."""
        return _line(self.codes, self.words)

    @property
    def one_by_one(self) -> tuple[Kind, ...]:
        """What the referral says in codes and still holds, but for "another": each can be kept or ended alone."""
        return tuple(kind for kind in map(Kind, self.codes) if kind not in WHOLE)

    @property
    def lines(self) -> tuple[str, ...]:
        """Each in a line: the gravest for a visit first, then the referrer's words."""
        mine = {one.kind for one in self.noted}
        said = [(Kind(one), "") for one in self.codes if one not in mine]
        said += [(Kind(one.kind), one.words) for one in self.noted]
        ordered = gravest_first(kind for kind, _ in said)
        said.sort(key=lambda one: ordered.index(one[0]))
        return (*(label(kind, words) for kind, words in said), *self._referrers)

    @property
    def line(self) -> str:
        """All of them in one line."""
        own = self.lines[: len(self.lines) - len(self._referrers)]
        return ". ".join(filter(None, ("; ".join(one.rstrip(".") for one in own), self.words)))

    @property
    def _referrers(self) -> tuple[str, ...]:
        return tuple(one for one in self.words.splitlines() if one.strip())


def held(found: Iterable[Any]) -> tuple[Held, ...]:
    """The rows of such an answer: texts from a statement that is written once, else what the ORM read."""
    return tuple(Held(**(json.loads(one) if isinstance(one, str) else one)) for one in found)


def of(episode: Episode) -> tuple[Held, ...]:
    """The rows of an episode that count."""
    rows = episode.circumstances.filter(COUNTING).order_by("noted_at", "pk")
    return tuple(Held(*row) for row in rows.values_list("kind", "words", "as_referred"))


def risks(codes: Iterable[str], words: str, rows: Iterable[Held]) -> InForce:
    """The risks to staff in force."""
    return _in_force(_risks(codes), words.strip(), Kind.OTHER, RISKS, rows)


def needs(codes: Iterable[str], language: str, words: str, rows: Iterable[Held]) -> InForce:
    """The needs in force."""
    return _in_force(_needs(codes), _joined(language, words), Kind.OTHER_NEED, NEEDS, rows)


def risks_of(episode: Episode, rows: Iterable[Held]) -> InForce:
    """The risks in force of an episode."""
    return risks(episode.referral.risk_kinds, episode.referral.risks_to_staff, rows)


def needs_of(episode: Episode, rows: Iterable[Held]) -> InForce:
    """The needs in force of an episode."""
    referral = episode.referral
    return needs(referral.need_kinds, referral.language, referral.needs, rows)


def referred(referral: Referral) -> dict[Kind, str]:
    """What a referral says of risks (Kind.OTHER) and of needs (Kind.OTHER_NEED), each in a line; "" for nothing."""
    return {
        Kind.OTHER: _line(_risks(referral.risk_kinds), referral.risks_to_staff.strip()),
        Kind.OTHER_NEED: _line(_needs(referral.need_kinds), _joined(referral.language, referral.needs)),
    }


def part(episode: Episode, kind: Kind) -> str:
    """What the referral says in all of risks or of needs, where this part of it still holds; "" where it does not.

    The part is one kind, or everything that is left of the risks (Kind.OTHER) or needs (Kind.OTHER_NEED).
    """
    of_risks = kind in RISKS
    now = risks_of(episode, of(episode)) if of_risks else needs_of(episode, of(episode))
    if not (now.referred if kind in WHOLE else kind in now.one_by_one):
        return ""
    return referred(episode.referral)[Kind.OTHER if of_risks else Kind.OTHER_NEED]


def self_harm(row: SelfHarm) -> texts.SelfHarm:
    """A version in words."""
    return texts.SelfHarm(
        history=row.history,
        thoughts=row.thoughts,
        plans=row.plans,
        means=row.means,
        protects=row.protects,
        signs=row.signs,
        ring=row.ring,
        helps=row.helps,
    )


def _in_force(
    codes: list[str], words: str, kind: Kind, kinds: Collection[Kind], rows: Iterable[Held]
) -> InForce:
    rows = tuple(rows)
    line = _line(codes, words)
    ended = {one.kind for one in rows if one.as_referred and one.words == line}
    if kind in ended:
        codes, words = [], ""
    codes = [one for one in codes if one not in ended]
    return InForce(codes, words, tuple(one for one in rows if not one.as_referred and one.kind in kinds))


def _risks(codes: Iterable[str]) -> list[str]:
    return [one for one in codes if one in RISKS]


def _needs(codes: Iterable[str]) -> list[str]:
    said = [str(AS_NEED.get(one, one)) for one in codes]
    return [one for one in said if one in NEEDS]


def _joined(*words: str) -> str:
    return "\n".join(filter(None, (one.strip() for one in words)))


def _line(codes: Iterable[str], words: str) -> str:
    return ". ".join(filter(None, ("; ".join(str(Kind(one).label) for one in codes), words)))
