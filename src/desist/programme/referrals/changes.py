"""The changes of a referral since it came, with who made them and what is kept here: frozen answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from desist.accounts import queries as accounts
from desist.programme.referrals.commands import typed_here
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.referral import answers as asked
from desist.referral.answers import BY_KEY
from desist.referral.lists import AmendReason, WithdrawReason
from desist.wall import policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class Changed:
    """One corrected answer; `by` is the account that typed it, "" where it came from the referrer's software."""

    name: str
    before: str
    after: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Heard:
    """A statement of a referrer without software, by telephone or on paper: who said it and who typed it in."""

    what: str
    told_by: str
    told_at: datetime
    typed_by: str


@dataclass(frozen=True)
class OwnContact:
    """The person's own contact details as they count; `overtaken`: the referrer changed theirs after our change."""

    answers: tuple[tuple[str, str], ...]  # field, answer in words
    by: str
    at: datetime
    overtaken: bool


@dataclass(frozen=True)
class Waiting:
    """A withdrawal that a colleague typed in and a second one has not confirmed yet."""

    reason: str
    told_by: str
    told_at: datetime
    typed_by: str
    typed_at: datetime


@dataclass(frozen=True)
class Since:
    """Everything that changed since a referral came, the newest first, and what the actor may change."""

    changes: tuple[Changed, ...]
    heard: tuple[Heard, ...]
    own: OwnContact | None
    may_change_contact: bool
    may_type_in: bool  # whether the actor may type in what a referrer without software says
    may_take_back: bool  # whether the actor may type in a withdrawal
    waiting: Waiting | None  # a withdrawal that a second colleague has not confirmed yet


def since(row: Referral, actor: Actor) -> Since:
    """Return what changed on a referral since it came."""
    typed_in = policy.opens(actor.role, "telephone_notices:change") and typed_here(row)
    taken_back = waiting(row) if typed_in else None
    return Since(
        changes=_changes(row),
        heard=_heard(row),
        own=_own(row),
        may_change_contact=policy.opens(actor.role, "contact_details:change"),
        may_type_in=typed_in and row.under_way,
        may_take_back=typed_in and row.may_be_taken_back and taken_back is None,
        waiting=taken_back,
    )


def waiting(row: Referral) -> Waiting | None:
    """Return the withdrawal that was typed in, while it is unconfirmed and the referral can still be taken back."""
    one = row.typed_withdrawals.filter(settled_at=None).first()
    if one is None or not row.may_be_taken_back:
        return None
    return Waiting(
        reason=str(WithdrawReason(one.reason).label),
        told_by=one.told_by,
        told_at=one.told_at,
        typed_by=accounts.name(ref=one.typed_by),
        typed_at=one.typed_at,
    )


def _changes(row: Referral) -> tuple[Changed, ...]:
    found = list(row.changes.order_by("-at", "pk"))
    names = _names(one.by for one in found)
    return tuple(
        Changed(
            name=one.name,
            before=one.before,
            after=one.after,
            reason=str(AmendReason(one.reason).label) if one.reason else "",
            by=names.get(one.by, one.by),
            at=one.at,
        )
        for one in found
    )


def _heard(row: Referral) -> tuple[Heard, ...]:
    found = list(row.heard.order_by("-typed_at", "-pk"))
    names = _names(one.typed_by for one in found)
    return tuple(
        Heard(str(Happened(one.what).label), one.told_by, one.told_at, names.get(one.typed_by, one.typed_by))
        for one in found
    )


def _own(row: Referral) -> OwnContact | None:
    if (own := getattr(row, "own_contact", None)) is None:
        return None
    return OwnContact(
        answers=tuple((name, asked.words(name, row.known(name))) for name in BY_KEY["reach"].names),
        by=accounts.name(ref=own.kept_by),
        at=own.kept_at,
        overtaken=any(
            said not in {getattr(row, name), getattr(own, name)} for name, said in own.beside.items()
        ),
    )


def _names(refs: Iterable[str]) -> dict[str, str]:
    """Return the names of accounts: account -> name."""
    return accounts.names(refs=set(refs) - {""})
