"""What happens to a panel's meetings: added, changed, called off, who is invited and came, and who may read both sides."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from desist.accounts.models import RoleGrant
from desist.partnership.agencies.models import Agency
from desist.partnership.panels.models import PanelItem, PanelMeeting, PanelReader, PanelSeat
from desist.partnership.panels.policy import Action
from desist.post.agreements import queries as agreements
from desist.refusals import Refused
from desist.wall import gate, people
from desist.wall.actors import Actor, Role

OFF = "This case was taken off the agenda"
CALLED_OFF = "This meeting was called off"
NO_AGREEMENT = "Not invited, because no sharing agreement with it is in force: {names}. Choose an agreement on the agency’s page first"
NOT_THERE = "This account does not work for an agency that is invited to this meeting"
SAME_PERSON = "Another person must agree: you named this reader yourself"
GONE = "A colleague ended this first"


@dataclass(frozen=True)
class Terms:
    """What is said of a meeting. `chair` is an account."""

    kind: str
    on: date
    begins: time
    place: str
    chair: str


@dataclass(frozen=True)
class Attendance:
    """Whether an agency came, coded, and who came for it."""

    came: str
    people: str


def add(
    *,
    actor: Actor,
    terms: Terms,
    agencies: Iterable[str],
    submission: str,
    at: datetime,
) -> str:
    """Add a meeting and invite agencies; return its reference, also for a form that is sent twice. Raises Refused."""
    row = PanelMeeting(
        area=actor.area, submission=submission, added_by=actor.who, added_at=at, **asdict(terms)
    )
    try:
        with gate.create(actor, Action.KEEP_PANELS, row, at=at):
            _settle(row, agencies, actor, at)
    except gate.Twice as twice:
        return twice.ref
    return row.ref


def change(
    *,
    actor: Actor,
    ref: str,
    terms: Terms,
    agencies: Iterable[str],
    version: int | None,
    at: datetime,
) -> None:
    """Change a meeting and who is invited. Raises Changed and Refused."""
    with gate.change(actor, Action.KEEP_PANELS, PanelMeeting, ref, at=at, version=version) as row:
        refuse_ended(row)
        for name, value in asdict(terms).items():
            setattr(row, name, value)
        row.save()
        _settle(row, agencies, actor, at)


def call_off(*, actor: Actor, ref: str, at: datetime) -> None:
    """Call a meeting off: it stays on the list of past meetings, and no link for a guest works any more."""
    with gate.change(actor, Action.KEEP_PANELS, PanelMeeting, ref, at=at) as row:
        if row.ended_at is None:
            row.ended_by, row.ended_at = actor.who, at
            gate.next_version(row)
            row.save()
            forget_drawn(row)


def note_attendance(
    *,
    actor: Actor,
    ref: str,
    came: Mapping[str, Attendance],
    version: int | None,
    at: datetime,
) -> None:
    """Record which agencies came, by the references of their seats. Raises Changed and Refused."""
    with gate.change(actor, Action.KEEP_PANELS, PanelMeeting, ref, at=at, version=version) as row:
        refuse_ended(row)
        row.save(update_fields=["version"])
        for seat in row.seats.filter(ended_at=None, ref__in=came):
            seat.came, seat.people, seat.noted_by = came[seat.ref].came, came[seat.ref].people, actor.who
            seat.save(update_fields=["came", "people", "noted_by"])


def name_reader(*, actor: Actor, ref: str, account: str, why: str, at: datetime) -> None:
    """Name an account that should read both sides at a meeting: it does once a second person agrees. Raises Refused."""
    with gate.change(actor, Action.NAME_PANEL_READER, PanelMeeting, ref, at=at) as row:
        refuse_ended(row)
        seated = row.seats.filter(
            ended_at=None, agency__members__account=account, agency__members__ended_at=None
        )
        if not seated.exists():
            raise Refused(NOT_THERE, field="account")
        if not row.readers.filter(account=account, ended_at=None).exists():
            PanelReader.objects.create(meeting=row, account=account, why=why, asked_by=actor.who, asked_at=at)


def agree_to_reader(*, actor: Actor, ref: str, reader: str, at: datetime) -> None:
    """Agree, as the second person, that an account reads both sides at a meeting. Raises Refused."""
    with gate.change(actor, Action.NAME_PANEL_READER, PanelMeeting, ref, at=at) as row:
        one = row.readers.select_for_update().filter(ref=reader, ended_at=None).first()
        if one is None:
            raise Refused(GONE)
        if one.agreed_by:
            return
        if people.are_one_person(actor.who, one.asked_by):
            raise Refused(SAME_PERSON)
        one.agreed_by, one.agreed_at = actor.who, at
        one.save(update_fields=["agreed_by", "agreed_at"])


def end_reader(*, actor: Actor, ref: str, reader: str, at: datetime) -> None:
    """End that an account reads both sides at a meeting, at once."""
    with gate.change(actor, Action.NAME_PANEL_READER, PanelMeeting, ref, at=at) as row:
        row.readers.filter(ref=reader, ended_at=None).update(ended_at=at)


def refuse_ended(row: PanelMeeting) -> None:
    """Refuse what is asked of a meeting that was called off."""
    if row.ended_at is not None:
        raise Refused(CALLED_OFF)


def refuse_off(row: PanelItem) -> None:
    """Refuse what is asked of a case that was taken off the agenda."""
    if row.ended_at is not None:
        raise Refused(OFF)


def forget_drawn(row: PanelMeeting) -> None:
    """Empty what was drawn for a meeting: it could hold words that were recalled, or a case that is no longer heard."""
    row.prints.exclude(drawn_of="").update(sealed_file=b"", drawn_of="")


def allows(agency: Agency, *, at: datetime) -> tuple[str, ...]:
    """The purposes for which an agency may be given papers now, coded; () where no agreement with it is in force."""
    return agreements.purposes(ref=agency.agreement, at=at) if agency.ended_at is None else ()


def _settle(row: PanelMeeting, agencies: Iterable[str], actor: Actor, at: datetime) -> None:
    """Check the chair, and invite exactly these agencies."""
    chairs = RoleGrant.objects.filter(
        account__ref=row.chair, role__in=[Role.FORCE_LEAD, Role.PANEL_CHAIR], area=row.area, ended_at=None
    )
    if not chairs.exists():
        raise Refused("This account can no longer chair a panel here. Choose another chair", field="chair")
    wanted = list(Agency.objects.filter(ref__in=list(agencies), area=row.area))
    known = {seat.agency_id: seat for seat in row.seats.filter(ended_at=None)}
    new = [one for one in wanted if one.pk not in known]
    if without := sorted(one.name for one in new if not allows(one, at=at)):
        raise Refused(NO_AGREEMENT.format(names=", ".join(without)), field="agencies")
    for pk, seat in known.items():
        if pk not in {one.pk for one in wanted}:
            seat.ended_at = at
            seat.save(update_fields=["ended_at"])
    for one in new:
        PanelSeat.objects.create(meeting=row, agency=one, invited_by=actor.who, invited_at=at)
