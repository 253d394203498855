"""The switchboard passes notices between sides. The sender gets the same answer whether or not a side stands there.

Handling an envelope of the programme writes the same rows by the same statements for every referral. The clock
looks the sides behind it up later, in a transaction of its own, so that neither an answer nor its moment depends on
them (docs/adr/switchboard-answers-alike.md).
"""

from datetime import date, datetime

from desist import codes
from desist.desk.alerts import commands as alerts
from desist.desk.alerts import sending
from desist.desk.duty.models import DutyNumber
from desist.partnership.pairs import commands as pairs
from desist.partnership.pairs.models import Side
from desist.partnership.referrals import commands as referrals
from desist.partnership.referrals.models import Referral
from desist.partnership.switchboard.models import Onward
from desist.partnership.switchboard.policy import Action
from desist.partnership.switchboard.states import What, told
from desist.post import outbox, partners, payloads
from desist.post.handlers import Received
from desist.refusals import Refused
from desist.sites import Zone
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor


class UnknownThread(Exception):
    """An alert is about a person unknown to this site so far: the envelope that names them may still be on its way."""


def receive_alert(received: Received) -> None:
    """Keep an alert as a task of the desk. A programme's alert is passed on as well."""
    if partners.zone(partners.find(name=received.sender)) is Zone.ADVOCACY:
        side = _side(received)
        alerts.receive(received, case=side.ref, area=side.area)
        return
    payload: payloads.Alert = received.payload
    referral = Referral.objects.get(ref=referrals.of_thread(received))
    alerts.receive(received, case=referral.ref, area=referral.area)
    _pass_on(received, referral, What.ALERT, on=day_of(received.at), reason=payload.reason)


def note_progress(received: Received) -> None:
    """Record progress for the referrer. Pass on to the sides only what `told` lists: start, end, correction."""
    payload: payloads.ProgressNotice = received.payload
    before = referrals.note_progress(received)
    if before is None:
        return
    referral = Referral.objects.get(ref=referrals.of_thread(received))
    for what in told(before, payload.stage, begun=_begun(referral)):
        _pass_on(received, referral, what, on=payload.as_of)


def note_ending(received: Received) -> None:
    """Note that a place is about to end, or stays. The victim's side hears at once, the referrer after the person."""
    payload: payloads.PlaceEnding = received.payload
    referral = Referral.objects.get(ref=referrals.of_thread(received))
    if payload.stands:
        day, until = day_of(payload.decided_at), payload.quiet_until
        _pass_on(received, referral, What.ENDING, on=day, quiet_until=until)
    else:
        _pass_on(received, referral, What.STAYS, on=day_of(received.at))


def forward(*, actor: Actor, ref: str, at: datetime) -> None:
    """Tell each side that stands behind a referral now. A service that this site no longer writes to is skipped."""
    with gate.change(actor, Action.FORWARD, Onward, ref, at=at) as onward:
        if onward.done_at is not None:
            return
        sides = pairs.behind(pair=onward.referral.pair)
        onward.undelivered = [side.ref for side in sides if not _told(onward, side, at)]
        onward.done_at = at
        onward.save(update_fields=["undelivered", "done_at"])


def ask_programme(*, actor: Actor, ref: str, contact: str, at: datetime) -> None:
    """Ask the programme to ring the police now. The alert gives no reason."""
    with gate.change(actor, Action.ASK_PROGRAMME, Referral, ref, at=at) as referral:
        if not referral.thread:
            raise Refused("This referral was not sent yet: there is no programme to ask")
        to, reason = referral.programme, codes.AlertReason.POLICE
        if alerts.asked(actor=actor, case=ref, to=to, reason=reason, contact=contact, at=at):
            return
        sending.send(
            case=ref,
            area=referral.area,
            to=to,
            thread=referral.thread,
            reason=reason,
            contact=contact,
            about=referral.called,
            at=at,
        )


def _side(received: Received) -> Side:
    side = Side.objects.filter(thread=received.thread, advocacy=received.sender).first()
    if side is None:
        raise UnknownThread(received.sender)
    return side


def _begun(referral: Referral) -> bool:
    """Whether the last notice about the person's start says that they began."""
    told = Onward.objects.filter(referral=referral, what__in=(What.STARTED, What.NOT_STARTED))
    return told.order_by("-pk").values_list("what", flat=True).first() == What.STARTED


def _pass_on(
    received: Received,
    referral: Referral,
    what: What,
    *,
    on: date,
    reason: str = "",
    quiet_until: datetime | None = None,
) -> None:
    onward = Onward(
        referral=referral,
        what=what,
        reason=reason,
        on=on,
        quiet_until=quiet_until,
        written_at=received.at,
    )
    with gate.create(received.actor, Action.WRITE_ONWARD, onward, at=received.at):
        pass


def _told(onward: Onward, side: Side, at: datetime) -> bool:
    """Send a notice to one side. Returns False if this site no longer writes to its service."""
    try:
        partners.writable(name=side.advocacy, at=at)
    except partners.NoSuchPartner:
        return False
    if onward.what == What.ALERT:
        # Never the practitioner's own number: an advocate who rang it would tell that a side stands here.
        sending.send(
            case=onward.referral.ref,
            area=onward.referral.area,
            to=side.advocacy,
            thread=side.thread,
            reason=codes.AlertReason(onward.reason),
            contact=_desk(onward.referral.area),
            about=side.called,
            at=at,
        )
        return True
    quiet = onward.quiet_until.isoformat() if onward.quiet_until else ""
    update = payloads.ProgrammeUpdate(event=onward.what, on=onward.on, quiet_until=quiet)
    # The notice has the moment of the news: the other side's clock runs from there, and notices keep their order.
    outbox.send(
        update,
        to=side.advocacy,
        thread=side.thread,
        at=onward.written_at,
        case=onward.referral.ref,
        about=side.called,
    )
    return True


def _desk(area: str) -> str:
    """The desk's own number. If it is empty, the other side uses the number in its partner register."""
    numbers = DutyNumber.objects.filter(area=area, ended_at=None).order_by("added_at", "pk")
    return numbers.values_list("number", flat=True).first() or ""
