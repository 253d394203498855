"""Questions about the post, each with a frozen answer. None of them opens an envelope."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet

from desist.keys.public import PublicKeys
from desist.post import introductions, own
from desist.post.models import ByHandTask, Inbox, Outbox, Partner
from desist.post.policy import Action
from desist.post.rotation import commands as rotation
from desist.post.transports import Transport
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.places import rows_that_wait

PAGE = 50
#: what nobody was told yet
UNTOLD = Q(told_at=None, overtaken_at=None, dropped_at=None)
WAITING = rows_that_wait(ByHandTask, UNTOLD)


@dataclass(frozen=True)
class Outgoing:
    """The envelopes that wait to leave for one partner."""

    partner: str
    transport: str
    waiting: int
    oldest_at: datetime
    reason: str


@dataclass(frozen=True)
class Incoming:
    """An envelope that failed; `again_at` is empty once it is dead, `why` until a person sets it aside."""

    ref: uuid.UUID
    sender: str
    arrived_at: datetime
    reason: str
    tries: int
    again_at: datetime | None
    why: str


@dataclass(frozen=True)
class DeadOf:
    """How many envelopes of one partner are dead."""

    ref: str
    partner: str
    count: int


@dataclass(frozen=True)
class Envelopes:
    """The envelopes of one site that wait, are dead, or were set aside and can still be taken up."""

    outgoing: tuple[Outgoing, ...]
    unhandled: int
    failing: tuple[Incoming, ...]
    dead: tuple[Incoming, ...]
    dead_of: tuple[DeadOf, ...]
    set_aside: tuple[Incoming, ...]


@dataclass(frozen=True)
class PartnerRow:
    """One line of the partner register."""

    ref: str
    title: str
    name: str
    zone: str
    transport: str
    ended_at: datetime | None
    withdrawn: bool
    unread: bool


@dataclass(frozen=True)
class PartnerPage:
    """One partner, with the digits that identify its keys."""

    ref: str
    name: str
    title: str
    zone: str
    transport: str
    phone: str
    area: str
    keys: str
    fingerprint: str
    ended_at: datetime | None
    withdrawn_at: datetime | None
    offered_keys: str
    unread: bool  # it must compare the digits of this site's keys
    told_at: datetime | None  # set while it has not confirmed this site's newest keys


@dataclass(frozen=True)
class Task:
    """A task to tell a partner by telephone."""

    ref: str
    partner: str
    phone: str
    kind: str
    about: str
    lines: tuple[str, ...]
    due_at: datetime
    is_late: bool
    overtaken_at: datetime | None
    told_whom: str
    told_at: datetime | None
    answer: str


def envelopes(*, actor: Actor, at: datetime) -> Envelopes:
    """The envelopes that wait to leave, are unhandled, fail, are dead or were set aside; at most PAGE rows each."""
    unsent = gate.see(actor, Action.SEE_POST, Outbox, at=at).filter(sent_at=None)
    seen = gate.see(actor, Action.SEE_POST, Inbox, at=at)
    arrived, set_aside = seen.filter(handled_at=None), seen.exclude(set_aside_why="").exclude(sealed=b"")
    known = {partner.name: partner for partner in gate.see(actor, Action.SEE_PARTNERS, Partner, at=at)}
    living = arrived.filter(dead_at=None)
    return Envelopes(
        outgoing=_outgoing(unsent, known),
        unhandled=living.count(),
        failing=_incoming(living.filter(tries__gt=0).order_by("arrived_at"), known),
        dead=_incoming(arrived.exclude(dead_at=None).order_by("-dead_at"), known),
        dead_of=_dead_of(arrived.exclude(dead_at=None), known),
        set_aside=_incoming(set_aside.order_by("-handled_at"), known),
    )


def envelope(*, actor: Actor, ref: str, at: datetime) -> Incoming:
    """One envelope that an administrator may set aside."""
    row = gate.open(actor, Action.SET_ASIDE_ENVELOPE, Inbox, ref, at=at)
    known = {partner.name: partner for partner in gate.see(actor, Action.SEE_PARTNERS, Partner, at=at)}
    return _incoming(row, known)[0]


def partners(*, actor: Actor, at: datetime) -> tuple[PartnerRow, ...]:
    """The partner register by title, ended partners last."""
    rows = gate.see(actor, Action.SEE_PARTNERS, Partner, at=at)
    return tuple(
        PartnerRow(
            ref=row.ref,
            title=row.title,
            name=row.name,
            zone=row.get_zone_display(),
            transport=Transport(row.transport).label,
            ended_at=row.ended_at,
            withdrawn=row.withdrawn_at is not None,
            unread=rotation.is_kept_waiting(row, at=at),
        )
        for row in sorted(rows, key=lambda row: (row.ended_at is not None, row.title))
    )


def partner(*, actor: Actor, ref: str, at: datetime) -> PartnerPage:
    """One partner."""
    row = gate.open(actor, Action.CHANGE_PARTNER, Partner, ref, at=at).get()
    return PartnerPage(
        ref=row.ref,
        name=row.name,
        title=row.title,
        zone=row.get_zone_display(),
        transport=row.transport,
        phone=row.phone,
        area=row.area,
        keys=row.keys,
        fingerprint=PublicKeys.from_json(row.keys).fingerprint if row.keys else "",
        ended_at=row.ended_at,
        withdrawn_at=row.withdrawn_at,
        offered_keys=row.offered_keys,
        unread=rotation.is_kept_waiting(row, at=at),
        told_at=row.told_at if row.told_key != row.knows_key else None,
    )


def missing() -> Iterator[tuple[str, str]]:
    """What the post lacks before the first case: a partner, and the route that adds one."""
    if not Partner.objects.filter(ended_at=None).exists():
        yield ("A partner, to whom something can be sent", "post:add")


def introduction(*, actor: Actor, at: datetime) -> tuple[str, str]:
    """The name of this site, and the text of the file that introduces it to a partner."""
    gate.see(actor, Action.SEE_PARTNERS, Partner, at=at)
    site = own.site()
    text = introductions.write(site, keys=own.keys().public, host=str(settings.ALLOWED_HOSTS[0]))
    return site.name, text


def tasks(*, actor: Actor, at: datetime) -> tuple[Task, ...]:
    """The open tasks by telephone, the most urgent first; at most PAGE."""
    rows = gate.see(actor, Action.SEE_BY_HAND, ByHandTask, at=at).filter(UNTOLD)
    return tuple(_task(row, at) for row in rows.select_related("partner").order_by("due_at", "pk")[:PAGE])


def task(*, actor: Actor, ref: str, at: datetime) -> Task:
    """One task, open or told."""
    rows = gate.open(actor, Action.TELL_BY_HAND, ByHandTask, ref, at=at)
    return _task(rows.select_related("partner").get(), at)


def _outgoing(unsent: QuerySet[Outbox], known: dict[str, Partner]) -> tuple[Outgoing, ...]:
    groups = unsent.values("receiver").annotate(waiting=Count("pk"), oldest_at=Min("at"), oldest=Min("pk"))
    reasons = dict(unsent.filter(~Q(error="")).values_list("pk", "error")[:PAGE])
    return tuple(
        Outgoing(
            partner=known[group["receiver"]].title,
            transport=Transport(known[group["receiver"]].transport).label,
            waiting=group["waiting"],
            oldest_at=group["oldest_at"],
            reason=reasons.get(group["oldest"], ""),
        )
        for group in groups.order_by("oldest_at")
    )


def _dead_of(dead: QuerySet[Inbox], known: dict[str, Partner]) -> tuple[DeadOf, ...]:
    groups = dead.values("sender").annotate(count=Count("pk")).order_by("sender")
    return tuple(
        DeadOf(known[group["sender"]].ref, known[group["sender"]].title, group["count"])
        for group in groups
        if group["sender"] in known
    )


def _incoming(rows: QuerySet[Inbox], known: dict[str, Partner]) -> tuple[Incoming, ...]:
    return tuple(
        Incoming(
            ref=row.ref,
            sender=known[row.sender].title if row.sender in known else row.sender,
            arrived_at=row.arrived_at,
            reason=row.error,
            tries=row.tries,
            again_at=None if row.dead_at else row.next_at,
            why=row.get_set_aside_why_display(),
        )
        for row in rows[:PAGE]
    )


def _task(row: ByHandTask, at: datetime) -> Task:
    return Task(
        ref=row.ref,
        partner=row.partner.title,
        phone=row.partner.phone,
        kind=row.kind.replace("-", " ").capitalize(),
        about=row.about,
        lines=tuple(row.text.splitlines()),
        due_at=row.due_at,
        is_late=row.told_at is None and row.due_at < at,
        overtaken_at=row.overtaken_at,
        told_whom=row.told_whom,
        told_at=row.told_at,
        answer=row.answer,
    )
