"""Questions about coping plans, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.plans.coping import commands
from desist.programme.plans.coping.commands import Plan, Step
from desist.programme.plans.coping.models import CopingPlan
from desist.programme.plans.coping.policy import Action
from desist.references import spoken
from desist.wall import clearances, gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Version:
    """One version of a plan: what it says, who wrote it down and when."""

    number: int
    plan: Plan
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class Page:
    """A person's coping plan, the newest version first; `shown` is what the person sees of it."""

    episode: str
    spoken: str
    name: str
    versions: tuple[Version, ...]
    shown: Plan
    withheld: Mapping[str, str]  # the words that the person does not see -> why
    may_write: bool

    @property
    def newest(self) -> Version | None:
        """The version that holds."""
        return self.versions[0] if self.versions else None

    @property
    def number(self) -> int:
        """The number of the version that holds; 0 before there is one."""
        return self.versions[0].number if self.versions else 0


def plan(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's coping plan."""
    return _page(gate.open(actor, Action.SEE_COPING_PLAN, Episode, episode, at=at), actor)


def to_write(*, actor: Actor, episode: str, at: datetime) -> Page:
    """Return a person's coping plan for the colleague who writes it with them."""
    return _page(gate.open(actor, Action.WRITE_COPING_PLAN, Episode, episode, at=at), actor)


def current(*, episode: Episode) -> Plan:
    """Return the plan that holds, as it was written; empty before there is one."""
    newest = episode.coping_plans.order_by("-number").prefetch_related("lines").first()
    return commands.plan_of(newest) if newest else Plan()


def as_shown(plan: Plan, withheld: Mapping[str, str]) -> Plan:
    """Return a plan without the words that are withheld, named as in its texts."""
    steps = tuple(
        Step("" if f"cue_{number}" in withheld else one.cue, "" if f"act_{number}" in withheld else one.words)
        for number, one in enumerate(plan.steps, start=1)
    )
    kept = replace(plan, steps=tuple(one for one in steps if one.cue and one.words))
    return replace(kept, **{name: () for name in ("signs", "ring", "helps") if name in withheld})


def _page(rows: QuerySet[Episode], actor: Actor) -> Page:
    row = rows.select_related("referral").get()
    found = list(row.coping_plans.order_by("-number").prefetch_related("lines"))
    names = accounts.names(refs={one.written_by for one in found})
    versions = tuple(_version(one, names, actor) for one in found)
    newest = versions[0].plan if versions else Plan()
    withheld = clearances.withheld(named=commands.named(row), texts=newest.texts)
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        versions=versions,
        shown=as_shown(newest, withheld),
        withheld=withheld,
        may_write=actor.role in policy.rule(Action.WRITE_COPING_PLAN).roles,
    )


def _version(row: CopingPlan, names: Mapping[str, str], actor: Actor) -> Version:
    by = "you" if row.written_by == actor.who else names.get(row.written_by, "a colleague")
    return Version(row.number, commands.plan_of(row), by, row.written_at)
