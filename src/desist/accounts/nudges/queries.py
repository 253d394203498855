"""Questions about e-mails to staff: which account gets one, what each reader chose, and what does not go out."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Q

from desist.accounts import mail
from desist.accounts import queries as accounts
from desist.accounts.mailing import queries as mailing
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.mailing.queries import Stuck, Texts
from desist.accounts.nudges.models import EmailChoice
from desist.accounts.nudges.sources import Source, kinds, of_zone
from desist.accounts.policy import Action
from desist.accounts.queries import AtWork
from desist.wall import gate, policy
from desist.wall.actors import Actor

PAGE = 20
State = OutgoingEmail.State
#: a failure's name -> what an administrator does about it; the mail server is silent or refuses in any other case
FAILURES = {
    "KeyRefused": "GOV.UK Notify refuses the key, or this machine’s clock is wrong",
    "RequestRefused": "GOV.UK Notify refuses the request: look at the template and the account there",
    "Busy": "GOV.UK Notify takes no more just now",
    "Fault": "GOV.UK Notify has a fault",
    "AddressRefused": "GOV.UK Notify refuses the address",
    "SMTPRecipientsRefused": "The mail server refuses the address",
    "SMTPAuthenticationError": "The mail server refuses the login",
    "SSLCertVerificationError": "The mail server’s certificate does not hold",
    "CannotOpen": "It was sealed with a key that this site no longer has",
}
SILENT, NO_LINE = "The mail server does not answer", "GOV.UK Notify does not answer"


@dataclass(frozen=True)
class Due:
    """An account that is to be told that something waits, and why."""

    account: str
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class EmailRow:
    """One message; `state` and `failure` in words."""

    name: str
    state: str
    failure: str
    made_at: datetime
    tries: int
    next_try_at: datetime | None  # while it waits


@dataclass(frozen=True)
class EmailsPage:
    """The e-mails of an account, and its choices."""

    email: str
    kinds: tuple[tuple[str, str], ...]
    wanted: tuple[str, ...]
    rows: tuple[EmailRow, ...]
    as_files: bool


@dataclass(frozen=True)
class FailingPage:
    """The newest e-mails that were not sent at once, and what waits where a server did not take it."""

    rows: tuple[EmailRow, ...]
    stuck: Stuck | None
    texts: Texts | None
    texts_failure: str


def due(*, at: datetime) -> tuple[Due, ...]:
    """Return every account with something waiting since its last sign-in, of a kind not told since then.

    No actor looks at a row here: the result says only that something waits, and so there is no event.
    """
    people = accounts.everybody_at_work()
    told, without = _told(people), unwanted()
    found: dict[str, set[str]] = {}
    offered = {role: kinds(role) for role in {one.role for one in people}}
    for source in of_zone():
        kind = source.kind.value
        readers = [
            one
            for one in people
            if kind in offered[one.role]
            and kind not in told.get(one.account, frozenset())
            and kind not in without.get(one.account, frozenset())
        ]
        for reader in _with_news(source, readers, at):
            found.setdefault(reader.account, set()).add(kind)
    return tuple(Due(account, tuple(sorted(those))) for account, those in sorted(found.items()))


def own(*, actor: Actor, at: datetime) -> EmailsPage:
    """Return the account's own choices and last messages."""
    rows = gate.see(actor, Action.SEE_EMAILS, OutgoingEmail, at=at).order_by("-made_at", "-pk")[:PAGE]
    contact, offered = accounts.contact(ref=actor.who), kinds(actor.role)
    without = unwanted().get(actor.who, frozenset())
    return EmailsPage(
        email=contact.email,
        kinds=tuple(offered.items()),
        wanted=tuple(kind for kind in offered if kind not in without),
        rows=tuple(_row(row, contact.name) for row in rows),
        as_files=mail.as_files(),
    )


def failing(*, actor: Actor, at: datetime) -> FailingPage:
    """Return the newest messages that were not sent at once, refused or tried again."""
    rows = gate.see(actor, Action.SEE_FAILING_EMAILS, OutgoingEmail, at=at)
    unsent = rows.exclude(failure="").exclude(state=State.SENT).order_by("-made_at", "-pk")[:PAGE]
    names = accounts.names(refs={row.account for row in unsent})
    found = tuple(_row(row, names.get(row.account, "Another message")) for row in unsent)
    texts = mailing.texts()
    failure = FAILURES.get(texts.failure, NO_LINE) if texts and texts.failure else ""
    return FailingPage(found, mailing.stuck(), texts if texts and texts.waiting else None, failure)


def _with_news(source: Source, readers: Sequence[AtWork], at: datetime) -> list[AtWork]:
    """Return the readers for whom a source has something newer than their last sign-in."""
    if not readers:
        return []
    rows = source.model._default_manager
    earliest = min(one.since for one in readers)
    newest = rows.filter(source.between(earliest, at)).aggregate(last=Max(F(source.field)))["last"]
    if newest is None:
        return []
    late = [one for one in readers if one.since < source.counts_from(newest)]
    return [one for one in late if rows.filter(_theirs(source, one, at)).exists()]


def _theirs(source: Source, reader: AtWork, at: datetime) -> Q:
    actor = Actor(who=reader.account, role=reader.role, area=reader.area, correlation=uuid.uuid4())
    scope = policy.rule(source.action).scope(actor)
    return scope & source.between(reader.since, at) & source.own(actor)


def _told(people: Sequence[AtWork]) -> Mapping[str, frozenset[str]]:
    """Return account -> the kinds it was told of since it last signed in."""
    since = {one.account: one.since for one in people}
    if not since:
        return {}
    rows = OutgoingEmail.objects.exclude(account="").filter(made_at__gte=min(since.values()))
    found: dict[str, frozenset[str]] = {}
    for account, made_at, those in rows.values_list("account", "made_at", "kinds"):
        if account in since and made_at >= since[account]:
            found[account] = found.get(account, frozenset()) | {*those}
    return found


def unwanted() -> Mapping[str, frozenset[str]]:
    """Return account -> the kinds it does not want."""
    rows = EmailChoice.objects.values_list("account", "unwanted")
    return {account: frozenset(those) for account, those in rows}


def _row(row: OutgoingEmail, name: str) -> EmailRow:
    failed = row.failure and row.state != State.SENT
    return EmailRow(
        name=name,
        state=str(State(row.state).label),
        failure=FAILURES.get(row.failure, SILENT) if failed else "",
        made_at=row.made_at,
        tries=row.tries,
        next_try_at=row.next_try_at if row.state == State.WAITING else None,
    )
