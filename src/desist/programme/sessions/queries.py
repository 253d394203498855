"""Questions about one session, each with a frozen answer."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.programme.chains.models import Chain as ChainRow
from desist.programme.policy import Action
from desist.programme.sessions import commands, states
from desist.programme.sessions.models import Session
from desist.programme.sessions.records import Record
from desist.references import spoken
from desist.wall import gate, policy
from desist.wall.actors import Actor

YOU = "you"
#: How many earlier chains the preparation shows.
CHAINS = 12


@dataclass(frozen=True)
class Chain:
    """A chain as a session's pages name it."""

    ref: str
    behaviour: str
    resisted: bool
    happened_on: date | None
    session: int


@dataclass(frozen=True)
class Page:
    """One session: whose, when, and its record."""

    ref: str
    spoken: str
    episode: str
    name: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    state: str
    version: int
    record: Record
    saved_by: str
    saved_at: datetime | None
    recorded_by: str
    recorded_at: datetime | None
    chains: tuple[Chain, ...]
    concerns: int
    may_record: bool
    missing: tuple[str, ...]

    @property
    def said(self) -> dict[str, str]:
        """The record's codes in words."""
        record = self.record
        codes = {
            "attendance": (states.Attendance, record.attendance),
            "missed_reason": (states.MissedReason, record.missed_reason),
            "risk_check": (states.Risk, record.risk_check),
            "compliance": (states.Compliance, record.compliance),
        }
        return {name: kind(code).label if code else "" for name, (kind, code) in codes.items()}


@dataclass(frozen=True)
class Before:
    """What is worth knowing before a session; nothing here is for the participant's eyes."""

    homework: str
    next_steps: str
    last_title: str
    last_at: datetime | None
    concerns: tuple[tuple[datetime, str, str], ...]  # raised when, what, who was told
    chains: tuple[Chain, ...]


def session(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One session's page."""
    return _page(_open(actor, Action.SEE_SESSION, ref, at), actor)


def to_record(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One session's page for whoever records it."""
    return _page(_open(actor, Action.RECORD_SESSION, ref, at), actor)


def prepare(*, actor: Actor, ref: str, at: datetime) -> tuple[Page, Before]:
    """A session's page, and what came before it."""
    row = _open(actor, Action.SEE_SESSION, ref, at)
    earlier = row.episode.sessions.filter(state=states.State.ATTENDED, period__lt=row.period)
    last = earlier.order_by("-period").first()
    concerns = row.episode.concerns.filter(closed_at=None).order_by("-raised_at")
    return _page(row, actor), Before(
        homework=last.homework_set if last else "",
        next_steps=last.next_steps if last else "",
        last_title=title(last) if last else "",
        last_at=last.period.lower if last else None,
        concerns=tuple(concerns.values_list("raised_at", "what", "told_whom")),
        chains=_chains(session__episode=row.episode_id),
    )


def title(row: Session) -> str:
    """ "Session 3", "Catch-up session 3"."""
    return f"{states.Kind(row.kind).label} {row.number}"


def _open(actor: Actor, action: Action, ref: str, at: datetime) -> Session:
    rows = gate.open(actor, action, Session, ref, at=at)
    return rows.select_related("episode__referral", "room").get()


def _page(row: Session, actor: Actor) -> Page:
    planned = row.state == states.State.PLANNED
    referral = row.episode.referral
    may = actor.role in policy.rule(Action.RECORD_SESSION).roles
    return Page(
        ref=row.ref,
        spoken=spoken(row.episode.ref),
        episode=row.episode.ref,
        name=f"{referral.given_names} {referral.family_name}",
        title=title(row),
        starts_at=row.period.lower,
        ends_at=row.period.upper,
        place=row.room.name if row.room else "Remote",
        state=states.State(row.state).label,
        version=row.version,
        record=commands.saved(row),
        saved_by=_who(row.saved_by, actor),
        saved_at=row.saved_at,
        recorded_by=_who(row.recorded_by, actor),
        recorded_at=row.recorded_at,
        chains=_chains(session=row.pk),
        concerns=row.concerns.count(),
        may_record=may and planned,
        missing=commands.missing(row) if planned else (),
    )


def _chains(**of: int) -> tuple[Chain, ...]:
    found = ChainRow.objects.filter(**of).order_by("-started_at")[:CHAINS]
    values = found.values_list("ref", "behaviour", "resisted", "happened_on", "session__number")
    return tuple(Chain(*row) for row in values)


def _who(ref: str, actor: Actor) -> str:
    """Who it was, as the actor reads it."""
    return YOU if ref == actor.who else accounts.name(ref=ref)
