"""Questions about the service's own risk form, each with a frozen answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.programme.episodes.models import Episode
from desist.programme.policy import LEADING
from desist.programme.risk.scenarios.models import RiskForm, RiskScenario
from desist.programme.risk.scenarios.policy import Action
from desist.programme.risk.scenarios.states import Domain, Imminence, Likely, State
from desist.references import spoken
from desist.tasks import queries as tasks
from desist.tasks.queries import OnCase
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario in words, with its actions."""

    ref: str
    origin: str
    what: str
    whom: str
    likely: str
    imminence: str
    signs: str
    over: str
    actions: tuple[OnCase, ...]


@dataclass(frozen=True)
class VersionRow:
    """One version of the form, as the list of versions says it."""

    ref: str
    number: int
    state: str
    begun_at: datetime
    signed_at: datetime | None


@dataclass(frozen=True)
class FormPage:
    """One version: every domain with its scenarios, who wrote and signed it, and the other versions, the newest first."""

    episode: str
    spoken: str
    name: str
    ref: str  # "" where the person has no form yet
    number: int
    state: State | None
    version: int
    review_on: date | None
    overdue: bool
    newest: bool
    written_by: str
    offered_at: datetime | None
    signed_by: str
    signed_at: datetime | None
    returned_reason: str
    domains: tuple[tuple[str, tuple[ScenarioRow, ...]], ...]
    versions: tuple[VersionRow, ...]
    may_write: bool
    may_sign: bool


@dataclass(frozen=True)
class ToChange:
    """One scenario, to change it: its page, its version, and what it says by the form's names."""

    page: FormPage
    version: int
    said: dict[str, str]


@dataclass(frozen=True)
class ToOffer:
    """One version, and the colleagues who may sign it, by account and name."""

    page: FormPage
    colleagues: tuple[tuple[str, str], ...]


def person(*, actor: Actor, episode: str, at: datetime) -> FormPage:
    """The newest version of a person's form."""
    row = gate.open(actor, Action.SEE_RISK_FORMS, Episode, episode, at=at).select_related("referral").get()
    return _page(row, row.risk_forms.order_by("number").last(), actor, at)


def to_begin(*, actor: Actor, episode: str, at: datetime) -> FormPage:
    """The newest version of a person's form, to begin the next one."""
    row = gate.open(actor, Action.BEGIN_RISK_FORM, Episode, episode, at=at).select_related("referral").get()
    return _page(row, row.risk_forms.order_by("number").last(), actor, at)


def form(*, actor: Actor, ref: str, at: datetime) -> FormPage:
    """One version."""
    return _opened(actor, Action.SEE_RISK_FORM, ref, at)


def to_write(*, actor: Actor, ref: str, at: datetime) -> FormPage:
    """One version, to add a scenario."""
    return _opened(actor, Action.WRITE_RISK_FORM, ref, at)


def to_sign(*, actor: Actor, ref: str, at: datetime) -> FormPage:
    """One version, to sign it."""
    return _opened(actor, Action.SIGN_RISK_FORM, ref, at)


def to_change(*, actor: Actor, ref: str, at: datetime) -> ToChange:
    """One scenario, to change it."""
    rows = gate.open(actor, Action.WRITE_SCENARIO, RiskScenario, ref, at=at)
    row = rows.select_related("form__episode__referral").get()
    names = ("domain", "whom", "what", "likely", "imminence", "signs", "over")
    return ToChange(
        page=_page(row.form.episode, row.form, actor, at),
        version=row.version,
        said={name: getattr(row, name) for name in names},
    )


def of_scenario(*, actor: Actor, ref: str, at: datetime) -> FormPage:
    """The newest version that has a scenario, by any reference of the scenario."""
    rows = gate.open(actor, Action.SEE_SCENARIO, RiskScenario, ref, at=at)
    row = rows.select_related("form__episode__referral").get()
    newest = row.form.episode.risk_forms.filter(scenarios__origin=row.origin).order_by("number").last()
    return _page(row.form.episode, newest, actor, at)


def to_offer(*, actor: Actor, ref: str, at: datetime) -> ToOffer:
    """One version, to ask for the second signature: the colleagues who may sign it, the actor not among them."""
    page = _opened(actor, Action.WRITE_RISK_FORM, ref, at)
    leaders = dict(pair for role in LEADING for pair in accounts.holders(role=role, area=actor.area))
    leaders.pop(actor.who, None)
    return ToOffer(page, tuple(sorted(leaders.items(), key=lambda one: one[1])))


def _opened(actor: Actor, action: Action, ref: str, at: datetime) -> FormPage:
    row = gate.open(actor, action, RiskForm, ref, at=at).select_related("episode__referral").get()
    return _page(row.episode, row, actor, at)


def _page(episode: Episode, row: RiskForm | None, actor: Actor, at: datetime) -> FormPage:
    versions = list(episode.risk_forms.order_by("-number"))
    names = accounts.names(refs=[row.offered_by or row.begun_by, row.signed_by] if row else [])
    newest = row is not None and versions[0] == row
    overdue = row is not None and newest and row.state == State.SIGNED and row.review_on <= dates.day_of(at)
    return FormPage(
        episode=episode.ref,
        spoken=spoken(episode.ref),
        name=episode.referral.name,
        ref=row.ref if row else "",
        number=row.number if row else 0,
        state=State(row.state) if row else None,
        version=row.version if row else 0,
        review_on=row.review_on if row else None,
        overdue=overdue,
        newest=newest,
        written_by=names.get(row.offered_by or row.begun_by, "") if row else "",
        offered_at=row.offered_at if row else None,
        signed_by=names.get(row.signed_by, "") if row else "",
        signed_at=row.signed_at if row else None,
        returned_reason=row.returned_reason if row else "",
        domains=_domains(row, actor, at) if row else (),
        versions=tuple(
            VersionRow(one.ref, one.number, str(State(one.state).label), one.begun_at, one.signed_at)
            for one in versions
        ),
        may_write=policy.opens(actor.role, "scenarios:begin"),
        may_sign=policy.opens(actor.role, "scenarios:sign"),
    )


def _domains(row: RiskForm, actor: Actor, at: datetime) -> tuple[tuple[str, tuple[ScenarioRow, ...]], ...]:
    """Return every domain with its scenarios, those that no longer apply last; an empty one is said to be empty."""
    scenarios = list(row.scenarios.order_by("over", "pk"))
    actions = tasks.about(actor=actor, cases=[one.origin for one in scenarios], at=at) if scenarios else ()
    return tuple(
        (str(domain.label), tuple(_scenario(one, actions) for one in scenarios if one.domain == domain))
        for domain in Domain
    )


def _scenario(one: RiskScenario, actions: Iterable[OnCase]) -> ScenarioRow:
    return ScenarioRow(
        ref=one.ref,
        origin=one.origin,
        what=one.what,
        whom=one.whom,
        likely=str(Likely(one.likely).label),
        imminence=str(Imminence(one.imminence).label),
        signs=one.signs,
        over=one.over,
        actions=tuple(action for action in actions if action.case == one.origin),
    )
