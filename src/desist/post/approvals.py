"""Approvals: some payloads may cross only once enough people approved exactly these bytes.

An approval is bound to a digest of the payload, its partner and its case: after the smallest edit it approves nothing.
The envelope that it lets through uses it up, and it expires by itself. The slice that calls `record` inside its own
change rules who may approve. A partner whose own people decided gives one approval of its own: it counts as one person,
of another organisation.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Model, TextChoices

from desist.post import doors, payloads
from desist.post.models import Approval
from desist.refusals import Changed, Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person, count

#: an approval expires unless it is used within this time
HOLDS = timedelta(hours=72)
#: the person approved the same bytes before, by this account or another
SAME_PERSON = (
    "You, or an account that looks like yours, approved this already. A colleague has to approve it as well"
)
REWRITTEN = "A colleague has rewritten this since you opened it: read what it says now"


@dataclass(frozen=True)
class Given:
    """One approval of exactly these bytes, with its actor or vouching partner; `ended_at` once used up or replaced."""

    by: str
    organisation: str
    at: datetime
    until: datetime
    ended_at: datetime | None

    def holds(self, at: datetime) -> bool:
        """Whether the approval counts at a moment."""
        return self.ended_at is None and self.until > at


class NotApproved(doors.Refusal):
    """Fewer people approved these bytes than the door needs."""


class OutsideTransaction(Exception):
    """An approval was recorded outside the transaction of the change that causes it."""


def digest(payload: payloads.Payload, *, to: str, case: str) -> str:
    """The digest of an approval: SHA-256 over kind, version, partner, case and every value, in hexadecimal."""
    bound = [payload.KIND, payload.VERSION, to, case, doors.to_json(payload)]
    text = json.dumps(bound, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    payload: payloads.Payload,
    *,
    actor: Actor,
    to: str,
    case: str,
    until: datetime,
    at: datetime,
    organisation: str = "",
) -> None:
    """Record the actor's approval of exactly this payload for the partner `to` about the case, until a moment.

    `organisation` is the partner that vouches, where its people decided and not this site's. Raises Refused where an
    approval of this person still holds.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(payload.KIND)
    bound = digest(payload, to=to, case=case)
    Approval.objects.filter(digest=bound, by=actor.who, ended_at=None, until__lte=at).update(ended_at=at)
    held = Approval.objects.filter(digest=bound, organisation="", ended_at=None, until__gt=at)
    if not organisation and are_one_person(actor.who, *held.values_list("by", flat=True)):
        raise Refused(SAME_PERSON)
    try:
        with transaction.atomic():
            Approval.objects.create(
                digest=bound,
                kind=payload.KIND,
                case=case,
                by=actor.who,
                organisation=organisation,
                at=at,
                until=until,
            )
    except IntegrityError:
        raise Refused(SAME_PERSON) from None


def next_version(row: Model, state: TextChoices, version: int | None) -> None:
    """Give a row in a state its next version, because a decision or a new text follows from what was read.

    Raises Refused where a colleague decided first, and Changed where one wrote it anew.
    """
    if row.state != state:  # type: ignore[attr-defined]  # callers pass only rows that have one
        now = row.get_state_display()  # type: ignore[attr-defined]
        raise Refused(f"A colleague decided this first: {now.lower()}")
    try:
        gate.next_version(row, version)
    except Changed:
        raise Changed(REWRITTEN) from None


def standing(payload: payloads.Payload, *, to: str, case: str, at: datetime) -> int:
    """The number of people whose approvals of exactly this payload hold at a moment."""
    bound = digest(payload, to=to, case=case)
    return _people(Approval.objects.filter(digest=bound, ended_at=None, until__gt=at))


def counted(digests: Iterable[str], *, at: datetime) -> dict[str, int]:
    """Digest -> the number of people whose approvals of it hold at a moment, for many digests at once."""
    found: dict[str, list[Approval]] = {}
    for approval in Approval.objects.filter(digest__in=list(digests), ended_at=None, until__gt=at):
        found.setdefault(approval.digest, []).append(approval)
    return {bound: _people(held) for bound, held in found.items()}


def given(payload: payloads.Payload, *, to: str, case: str) -> tuple[Given, ...]:
    """Every approval ever given to exactly this payload, the earliest first."""
    rows = Approval.objects.filter(digest=digest(payload, to=to, case=case)).order_by("at", "pk")
    return tuple(Given(*row) for row in rows.values_list("by", "organisation", "at", "until", "ended_at"))


def void(payload: payloads.Payload, *, to: str, case: str, at: datetime) -> None:
    """End every approval of exactly this payload before it is written anew: equal words do not keep them either."""
    bound = digest(payload, to=to, case=case)
    Approval.objects.filter(digest=bound, ended_at=None).update(ended_at=at)


def use_up(payload: payloads.Payload, *, to: str, case: str, needed: int, at: datetime) -> None:
    """Use up the approvals that let one envelope through a door; raises NotApproved where there are too few."""
    if needed == 0:
        return
    bound = digest(payload, to=to, case=case)
    held = Approval.objects.select_for_update().filter(digest=bound, ended_at=None, until__gt=at)
    found = list(held)
    if (people := _people(found)) < needed:
        raise NotApproved(
            f"{payload.KIND!r} needs {needed} people to approve exactly what it says; {people} have."
        )
    Approval.objects.filter(pk__in=[approval.pk for approval in found]).update(ended_at=at)


def _people(approvals: Iterable[Approval]) -> int:
    """The number of people who approved: two accounts of one person count once, as does each partner that vouches."""
    held = list(approvals)
    own = [approval.by for approval in held if not approval.organisation]
    return count(own) + len(held) - len(own)
