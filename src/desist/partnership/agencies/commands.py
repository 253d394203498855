"""Commands for the directory of agencies: each change is told to the services that may refer to the agency."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError

from desist.accounts.models import RoleGrant
from desist.agencies import Answers, Side
from desist.partnership.agencies.models import Agency, AgencyMember
from desist.partnership.agencies.policy import Action
from desist.post import outbox, payloads
from desist.post.agreements import queries as agreements
from desist.post.models import Partner
from desist.post.transports import Transport
from desist.refusals import Refused
from desist.sites import Zone
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor, Role

LISTED = "An agency with this name is already on the list"
ENDED = "This agency has been taken off the list"
NO_AGREEMENT = "This agreement is not in force any more. Choose another one"
NOT_THEIRS = "This account does not have the role “Partner agency” here, or already works for an agency"


@dataclass(frozen=True)
class Entry:
    """What the directory says of an agency. `agreement` is the reference of a sharing agreement, "" for none."""

    name: str
    needs: tuple[str, ...]
    helps: str
    phone: str
    hours: str
    languages: str
    how: str
    capacity: str
    from_programme: bool
    from_advocacy: bool
    agreement: str
    answers: str = Answers.ACCOUNT


def list_agency(
    *, actor: Actor, entry: Entry, override: Override | None = None, submission: str, at: datetime
) -> str:
    """Add an agency to the area's directory and return its reference. Raises Refused, Twice and words.Unclear."""
    row = Agency(area=actor.area, submission=submission, added_by=actor.who, added_at=at)
    _fill(row, entry, actor, at)
    with _listed_once(), gate.create(actor, Action.LIST_AGENCY, row, at=at):
        _settle(row, entry, override, actor=actor, at=at)
    return row.ref


def change_agency(
    *,
    actor: Actor,
    ref: str,
    entry: Entry,
    override: Override | None = None,
    version: int | None,
    at: datetime,
) -> None:
    """Replace what the directory says of an agency. Raises Changed, Refused and words.Unclear."""
    with _listed_once(), gate.change(actor, Action.CHANGE_AGENCY, Agency, ref, at=at, version=version) as row:
        _refuse_ended(row)
        before = told(row)
        _fill(row, entry, actor, at)
        row.save()
        _settle(row, entry, override, actor=actor, at=at, before=before)


def check(*, actor: Actor, ref: str, at: datetime) -> None:
    """Record that an entry was checked with the agency today and holds."""
    with gate.change(actor, Action.CHANGE_AGENCY, Agency, ref, at=at) as row:
        _refuse_ended(row)
        if (row.checked_on, row.checked_by) != (day_of(at), actor.who):
            row.checked_on, row.checked_by = day_of(at), actor.who
            tell(row, told(row), at=at)


def let_in(*, actor: Actor, ref: str, account: str, side: Side, at: datetime) -> None:
    """Let an account work for an agency and read the referrals of one side. Raises Refused where it may not."""
    with gate.change(actor, Action.CHANGE_AGENCY, Agency, ref, at=at) as row:
        _refuse_ended(row)
        held = RoleGrant.objects.filter(
            account__ref=account, role=Role.PARTNER, area=row.area, ended_at=None, account__left_at=None
        )
        known = AgencyMember.objects.filter(account=account, ended_at=None).select_for_update().first()
        if known and known.agency_id == row.pk:
            return
        if known or not held.exists():
            raise Refused(NOT_THEIRS, field="account")
        AgencyMember.objects.create(agency=row, account=account, side=side, added_by=actor.who, added_at=at)


def let_out(*, actor: Actor, ref: str, member: str, at: datetime) -> None:
    """End an account's work for an agency: from now on it reads nothing there."""
    with gate.change(actor, Action.CHANGE_AGENCY, Agency, ref, at=at) as row:
        row.members.filter(ref=member, ended_at=None).update(ended_by=actor.who, ended_at=at)


def send_directory(*, actor: Actor, at: datetime) -> int:
    """Send every entry again to the services that read it, such as to one that joined; returns how many entries."""
    rows = gate.see(actor, Action.SEND_DIRECTORY, Agency, at=at).filter(ended_at=None).order_by("pk")
    refs = list(rows.values_list("ref", flat=True))
    for ref in refs:
        with gate.change(actor, Action.SEND_DIRECTORY, Agency, ref, at=at) as row:
            if row.told_at is None or at - row.told_at > gate.SECOND_CLICK:
                tell(row, told(row), at=at)
    return len(refs)


def tell(row: Agency, zones: Iterable[Zone], *, at: datetime) -> None:
    """Save the entry and send it to the services of these zones, in the caller's transaction; no one is telephoned."""
    row.told_at = at
    row.save()
    for zone in zones:
        stands = zone in told(row) and row.ended_at is None
        open_partners = Partner.objects.filter(zone=zone.value, area__in=["", row.area], ended_at=None)
        for partner in open_partners.exclude(transport=Transport.BY_HAND).order_by("name"):
            outbox.send(_listing(row, stands=stands), to=partner.name, thread=outbox.new_thread(), at=at)


def told(row: Agency) -> tuple[Zone, ...]:
    """The kinds of service that know the entry."""
    return tuple(
        zone
        for zone, knows in ((Zone.PROGRAMME, row.from_programme), (Zone.ADVOCACY, row.from_advocacy))
        if knows
    )


def in_force(row: Agency, *, at: datetime) -> bool:
    """Whether the agency may be told of people now: it is on the list, and its agreement has not ended."""
    return row.ended_at is None and (not row.agreement or agreements.stands(ref=row.agreement, at=at))


def _listing(row: Agency, *, stands: bool) -> payloads.AgencyListing:
    """The entry for a service that reads it: of one that it can no longer refer to, the name alone."""
    return payloads.AgencyListing(
        agency=row.token,
        area=row.area,
        name=row.name,
        needs=tuple(row.needs) if stands else (),
        helps=row.helps if stands else "",
        phone=row.phone if stands else "",
        hours=row.hours if stands else "",
        languages=row.languages if stands else "",
        how=row.how if stands else "",
        capacity=row.capacity,
        agreement_ends_on=agreements.last_day(ref=row.agreement) if stands else "",
        checked_on=row.checked_on,
        stands=stands,
        way=row.answers,
    )


@contextmanager
def _listed_once() -> Iterator[None]:
    """Refuse a name that another agency of the list has."""
    try:
        yield
    except IntegrityError:
        raise Refused(LISTED, field="name") from None


def _fill(row: Agency, entry: Entry, actor: Actor, at: datetime) -> None:
    for name, value in asdict(entry).items():
        setattr(row, name, list(value) if name == "needs" else value)
    row.checked_on, row.checked_by = day_of(at), actor.who


def _settle(
    row: Agency,
    entry: Entry,
    override: Override | None,
    *,
    actor: Actor,
    at: datetime,
    before: Iterable[Zone] = (),
) -> None:
    """Read the words that leave, then send the entry to the services of now and of `before`."""
    if entry.agreement and not agreements.stands(ref=entry.agreement, at=at):
        raise Refused(NO_AGREEMENT, field="agreement")
    texts = {name: getattr(entry, name) for name in ("helps", "hours", "languages", "how")}
    named = audit.row_name(Agency, row.ref)
    clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
    tell(row, sorted({*before, *told(row)}), at=at)


def _refuse_ended(row: Agency) -> None:
    if row.ended_at is not None:
        raise Refused(ENDED)
