"""Questions for the sheets of a person, each with a frozen answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from desist.accounts import queries as accounts
from desist.circumstances.states import Kind as Need
from desist.letters import EASY
from desist.programme.agreement.commands import current_words
from desist.programme.chains import queries as chains
from desist.programme.circumstances import known as circumstances
from desist.programme.episodes.models import Episode
from desist.programme.orders import queries as orders
from desist.programme.pages.paper import sheets
from desist.programme.pages.paper.sheets import Appointment, Facts, Sheet
from desist.programme.plans.between import queries as between
from desist.programme.plans.between.commands import Setting
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.between.policy import Action
from desist.programme.plans.between.states import Because, Edition
from desist.programme.plans.coping import queries as coping
from desist.programme.sessions import commands as sessions
from desist.programme.sessions.diary.models import DiaryTarget
from desist.programme.sessions.models import Session
from desist.programme.sessions.states import State
from desist.references import spoken
from desist.skills import texts
from desist.ui import dates
from desist.wall import audit, clearances, gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Page:
    """The sheets of a person: how they work between the sessions, and what may be printed."""

    episode: str
    spoken: str
    name: str
    setting: Setting
    because: str  # why they work on paper alone, in words; "" where they do not
    order: bool  # whether an order is in force: it may ban or limit devices
    withheld: Mapping[str, str]  # words that no sheet prints -> why
    edition: str  # the one that the links lead to: the chosen one, or the person's own
    editions: tuple[tuple[str, str], ...]
    sheets: tuple[tuple[str, str], ...]
    skills: tuple[tuple[str, str], ...]
    chains: tuple[tuple[str, str], ...]  # newest first
    may_choose: bool
    may_chain: bool


def paper(*, actor: Actor, ref: str, edition: str = "", at: datetime) -> Page:
    """Return what can be printed for a person, in an edition or in their own."""
    row = gate.open(actor, Action.SEE_BETWEEN, Episode, ref, at=at).select_related("referral").get()
    setting = between.of_episode(episode=row)
    _, withheld = _facts(row, setting, at)
    found = chains.of_episode(episode=row)[::-1]
    return Page(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=row.referral.name,
        setting=setting,
        because=str(Because(setting.because).label) if setting.because else "",
        order=bool(orders.of(referral=row.referral_id, today=dates.day_of(at))),
        withheld=withheld,
        edition=edition if edition in Edition else _usual(row, setting),
        editions=tuple((one.value, str(one.label)) for one in Edition),
        sheets=tuple((one.value, str(one.label)) for one in Sheet),
        skills=texts.choices(),
        chains=tuple((one.ref, one.behaviour) for one in found),
        may_choose=actor.role in policy.rule(Action.SET_BETWEEN).roles,
        may_chain=policy.opens(actor.role, "paper:chain"),
    )


def _usual(row: Episode, setting: Setting) -> str:
    """The person's own edition; until a colleague chose one, what a need that holds asks for."""
    if BetweenSessions.objects.filter(episode=row).exists():
        return setting.edition
    kinds = circumstances.needs_of(row, circumstances.of(row)).kinds
    if kinds & EASY - {Need.LARGE_PRINT}:
        return Edition.EASY
    return Edition.LARGE if Need.LARGE_PRINT in kinds else setting.edition


def sheet(
    *, actor: Actor, ref: str, which: str, edition: str, first: date | None, at: datetime
) -> dict[str, Any]:
    """Return one sheet for the layout; a diary card begins `first`, or today. Raises gate.NotFound."""
    row = gate.open(actor, Action.SEE_BETWEEN, Episode, ref, at=at).select_related("referral").get()
    if which not in Sheet:
        raise gate.NotFound(which)
    facts, _ = _facts(row, between.of_episode(episode=row), at)
    return sheets.sheet(Sheet(which), facts=facts, edition=_edition(edition), first=first or dates.day_of(at))


def skill(*, actor: Actor, ref: str, key: str, edition: str, at: datetime) -> dict[str, Any]:
    """Return the sheet of a skill for the layout. Raises gate.NotFound."""
    gate.open(actor, Action.SEE_BETWEEN, Episode, ref, at=at)
    if key not in texts.library():
        raise gate.NotFound(key)
    return sheets.skill(texts.library()[key], edition=_edition(edition))


def chain(*, actor: Actor, ref: str, edition: str, at: datetime) -> dict[str, Any]:
    """Return the sheet of a chain for the layout, as the person may see it. Raises gate.NotFound."""
    page, chosen = chains.chain(actor=actor, ref=ref, at=at, shared=True), _edition(edition)
    return sheets.chain(
        links=page.links,
        behaviour=page.analysis.behaviour.behaviour,
        resisted=page.analysis.behaviour.resisted,
        edition=chosen,
        names=sheets.skills_in(chosen, texts.library()),
    )


def _edition(edition: str) -> Edition:
    if edition not in Edition:
        raise gate.NotFound(edition)
    return Edition(edition)


def _facts(row: Episode, setting: Setting, at: datetime) -> tuple[Facts, dict[str, str]]:
    """What the sheets say of a person, without what they may not see; and that, with the reason."""
    named, plan = audit.row_name(Episode, row.ref), coping.current(episode=row)
    targets = DiaryTarget.objects.filter(episode=row, ended_at=None).order_by("pk")
    own = dict.fromkeys(targets.values_list("name", flat=True))
    said = {f"Target “{name}”": name for name in own}
    texts_of_person = {**plan.texts, **said, "place": setting.place}
    withheld = clearances.withheld(named=named, texts=texts_of_person)
    agreed = row.sessions.filter(state__in=[State.PLANNED, State.ATTENDED], period__startswith__lte=at)
    last = agreed.exclude(homework_set="").order_by("-period").first()
    homework = last.homework_set if last else ""
    if last and (hidden := clearances.withheld(named=sessions.named(last), texts={"homework": homework})):
        withheld, homework = {**withheld, **hidden}, ""
    appointment = _appointment(row, at)
    return Facts(
        own_targets=tuple(name for name in own if f"Target “{name}”" not in withheld),
        homework=homework,
        appointment=replace(appointment, place="" if "place" in withheld else setting.place),
        plan=coping.as_shown(plan, withheld),
    ), {_label(place): why for place, why in withheld.items()}


def _label(place: str) -> str:
    said = place.replace("_", " ")
    return said[:1].upper() + said[1:]


def _appointment(row: Episode, at: datetime) -> Appointment:
    ahead = row.sessions.filter(state=State.PLANNED, period__startswith__gt=at)
    following: Session | None = ahead.order_by("period").select_related("practitioner").first()
    words = current_words(row.area)
    telephone = words.telephone if words else ""
    if following is None:
        return Appointment(telephone=telephone)
    name = accounts.name(ref=following.practitioner.ref)
    return Appointment(
        at=following.period.lower,
        first_name=name.split()[0] if name else "",
        remote=following.room_id is None,
        telephone=telephone,
    )
