"""Commands for clients referred to agencies, and for what the police's directory and the agencies say."""

from dataclasses import dataclass
from datetime import date, datetime

from desist.advocacy.safety.commands import NO_CONSENT
from desist.advocacy.safety.models import Need
from desist.advocacy.support.models import Agency, SupportNews, SupportReferral
from desist.advocacy.support.policy import Action
from desist.advocacy.support.texts import NEWS, REFERRED, Referred
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import Purpose
from desist.agencies import Answers, Said
from desist.agencies import Need as Help
from desist.agencies.states import FOLLOWS, MAY_SAY, OPEN, TRANSITIONS, State
from desist.post import outbox, payloads
from desist.post.handlers import CannotHandle, Received
from desist.references import reference
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.ui.dates import day_of
from desist.ui.words import FalseAlarm
from desist.wall import audit, gate
from desist.wall.actors import Actor

NOT_LISTED = "Not sent: this agency has since been taken off the list. Choose another one"
NO_AGREEMENT = (
    "The sharing agreement with this agency ended on {day}. Ask your manager before you pass anything on"
)
LEFT = "The agency has left the list. Ring it, and tell the client who helps instead"
ALREADY_OVER = "This referral is over. There is nothing to withdraw"


@dataclass(frozen=True)
class Request:
    """Which agency, for what, on what lawful basis, how it reaches the client safely, and what it is told."""

    agency: str
    help: str
    basis: str
    reach: str
    told: str


@dataclass(frozen=True)
class Heard:
    """What an agency said by telephone or letter."""

    said: Said
    words: str
    on: date


def refer(
    *,
    actor: Actor,
    need: str,
    request: Request,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Refer a client to an agency with their consent, and return the client's reference. Raises Refused, HoldsLocator.

    A form that is sent twice refers once.
    """
    with gate.change(actor, Action.REFER_TO_AGENCY, Need, need, at=at) as row:
        victim = row.victim
        if SupportReferral.objects.filter(submission=submission).exists():
            return victim.ref
        if not victim.consents.filter(purpose=Purpose.PARTNERS, withdrawn_at=None).exists():
            raise Refused(NO_CONSENT)
        agency = _agency(request.agency, victim, at)
        own, box = reference(), vault.box(person=victim.ref)
        named, told = audit.row_name(SupportReferral, own), {"told": request.told}
        vault.check_crossing(actor=actor, victim=victim, named=named, texts=told, at=at, of=box, why=why)
        made = SupportReferral.objects.create(
            ref=own,
            need=row,
            agency=agency,
            help=request.help,
            basis=request.basis,
            words=boxes.lock(box, REFERRED, own, Referred(request.reach, request.told)),
            thread=outbox.new_thread(),
            by_post=agency.answers == Answers.ACCOUNT,
            referred_on=day_of(at),
            submission=submission,
            referred_by=actor.who,
            referred_at=at,
        )
        if made.by_post:
            _tell(made, _asked(made, request, box), at)
        return victim.ref


def record(
    *,
    actor: Actor,
    ref: str,
    heard: Heard,
    submission: str,
    version: int | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Record what an agency said by telephone or letter. A form that is sent twice records it once.

    Raises Changed and HoldsLocator.
    """
    with gate.change(actor, Action.CHANGE_SUPPORT, SupportReferral, ref, at=at) as row:
        if row.news.filter(submission=submission).exists():
            return
        gate.next_version(row, version)
        if heard.said not in MAY_SAY[State(row.state)]:
            raise Changed
        vault.check(actor=actor, victim=row.need.victim, texts=[heard.words], at=at, why=why)
        note(row, heard.said, heard.on, heard.words, by=actor.who, at=at, submission=submission)


def read(*, actor: Actor, ref: str, at: datetime) -> None:
    """Mark what an agency said as read."""
    with gate.change(actor, Action.CHANGE_SUPPORT, SupportReferral, ref, at=at) as row:
        row.unread_since = None
        row.save(update_fields=["unread_since"])


def reply(
    *, actor: Actor, ref: str, words: str, submission: str, at: datetime, why: FalseAlarm | None = None
) -> None:
    """Answer an agency's question. A form that is sent twice answers once. Raises Changed and HoldsLocator."""
    with gate.change(actor, Action.CHANGE_SUPPORT, SupportReferral, ref, at=at) as row:
        if row.news.filter(submission=submission).exists():
            return
        if row.state == State.WITHDRAWN or not (row.by_post or row.links.exists()):
            raise Changed
        named, victim = audit.row_name(SupportReferral, row.ref), row.need.victim
        vault.check_crossing(actor=actor, victim=victim, named=named, texts={"words": words}, at=at, why=why)
        _note(row, "", day_of(at), words, by=actor.who, at=at, submission=submission)
        row.unread_since = None
        row.save(update_fields=["unread_since"])
        if row.by_post:
            _tell(row, payloads.SupportReply(words=words, replied_at=at), at)


def withdraw(*, actor: Actor, ref: str, at: datetime) -> None:
    """Withdraw a referral: what was passed on is deleted at the agency."""
    with gate.change(actor, Action.CHANGE_SUPPORT, SupportReferral, ref, at=at) as row:
        if row.state == State.WITHDRAWN:
            return
        if State.WITHDRAWN not in TRANSITIONS[State(row.state)]:
            raise Refused(ALREADY_OVER)
        row.state, row.unread_since = State.WITHDRAWN, None
        gate.next_version(row)
        row.save(update_fields=["state", "unread_since", "version"])
        row.links.filter(ended_at=None).update(ended_by=actor.who, ended_at=at)
        if row.by_post:
            _tell(row, payloads.SupportWithdrawn(withdrawn_at=at), at)


def note_answer(received: Received) -> None:
    """Keep what an agency says of a referral, until an advocate has read it. Once the client's key is gone, nothing is kept."""
    told: payloads.SupportAnswer = received.payload
    known = SupportReferral.objects.filter(thread=received.thread, agency__partner=received.sender).first()
    if known is None or told.said not in Said:
        raise CannotHandle("The envelope answers no referral of this site: ask the sender.")
    actor, said = received.actor, Said(told.said)
    with gate.change(actor, Action.RECEIVE_SUPPORT_ANSWER, SupportReferral, known.ref, at=received.at) as row:
        if row.state == State.WITHDRAWN:
            return  # it crossed the withdrawal: nothing of the client is kept
        gate.next_version(row)
        note(row, said, told.on, told.words, at=received.at)


def note(
    row: SupportReferral,
    said: Said,
    on: date,
    words: str,
    *,
    at: datetime,
    by: str = "",
    submission: str | None = None,
) -> None:
    """Keep what an agency says of a locked row, whose version was raised; what it says itself waits to be read."""
    _note(row, said, on, words, by=by, at=at, submission=submission)
    after = FOLLOWS.get(said)
    if after in TRANSITIONS[State(row.state)]:
        row.state = after
    row.unread_since = None if by else row.unread_since or at
    row.save(update_fields=["state", "unread_since", "version"])


def note_listing(received: Received) -> None:
    """Keep a partner's entry of the directory. An older entry that comes late changes nothing."""
    told: payloads.AgencyListing = received.payload
    if not set(told.needs) <= set(Help) or told.way not in Answers:
        raise CannotHandle("The entry names a kind of help or answer that is in no list here.")
    known = Agency.objects.filter(partner=received.sender, listing=told.agency).first()
    if known is None:
        row = _filled(Agency(area=told.area, partner=received.sender, listing=told.agency), told, received.at)
        if told.stands:
            with gate.create(received.actor, Action.RECEIVE_LISTING, row, at=received.at):
                pass
        return
    with gate.change(received.actor, Action.RECEIVE_LISTING, Agency, known.ref, at=received.at) as row:
        if row.listed_at > received.at:
            return
        if told.stands:
            row.ended_at = None
            _filled(row, told, received.at)
        else:
            row.listed_at, row.ended_at = received.at, received.at
            _leave(row, received.at)
        row.save()


def may_be_told(agency: Agency, at: datetime) -> None:
    """Refuse an agency whose sharing agreement has ended."""
    if agency.agreement_ends_on and agency.agreement_ends_on < day_of(at):
        raise Refused(NO_AGREEMENT.format(day=dates.on(agency.agreement_ends_on)), field="agency")


def _leave(agency: Agency, at: datetime) -> None:
    """End the open referrals to an agency that leaves; the partner itself tells of those that are answered there."""
    for row in agency.referrals.filter(by_post=False, state__in=OPEN).select_for_update().order_by("pk"):
        gate.next_version(row)
        said = Said.ENDED if row.state == State.ACCEPTED else Said.DECLINED
        note(row, said, day_of(at), LEFT, at=at)


def _agency(ref: str, victim: Victim, at: datetime) -> Agency:
    """The agency of a form, that may be told of a client now. Raises Refused."""
    agency = Agency.objects.filter(ref=ref, area=victim.area, ended_at=None).first()
    if agency is None:
        raise Refused(NOT_LISTED, field="agency")
    may_be_told(agency, at)
    return agency


def _asked(row: SupportReferral, request: Request, box: Box) -> payloads.SupportRequest:
    victim = row.need.victim
    person = boxes.unlock(box, FIELD, victim.ref, victim.identity, Identity)
    return payloads.SupportRequest(
        agency=row.agency.listing,
        given_names=person.given_names,
        family_name=person.family_name,
        reach=request.reach,
        need=row.help,
        basis=row.basis,
        agreed=True,
        told=request.told,
        referred_on=row.referred_on,
    )


def _note(
    row: SupportReferral,
    said: str,
    on: date,
    words: str,
    *,
    by: str,
    at: datetime,
    submission: str | None = None,
) -> None:
    own = reference()
    sealed = _locked(row.need.victim, own, words)
    SupportNews.objects.create(
        ref=own,
        referral=row,
        need=row.need,
        said=said,
        on=on,
        words=sealed,
        by=by,
        at=at,
        submission=submission,
    )


def _locked(victim: Victim, ref: str, words: str) -> bytes:
    """Lock words with the client's key. Once that key is destroyed, nothing is kept."""
    try:
        box = vault.box(person=victim.ref)
    except boxes.Shredded:
        return b""
    return box.lock(field=NEWS, row=ref, text=words)


def _tell(row: SupportReferral, told: payloads.Payload, at: datetime) -> None:
    victim = row.need.victim
    outbox.send(told, to=row.agency.partner, thread=row.thread, at=at, case=victim.ref, about=victim.called)


def _filled(row: Agency, told: payloads.AgencyListing, at: datetime) -> Agency:
    row.name, row.needs, row.phone, row.how = told.name, list(told.needs), told.phone, told.how
    row.helps, row.hours, row.languages, row.capacity = told.helps, told.hours, told.languages, told.capacity
    row.checked_on, row.listed_at, row.answers = told.checked_on, at, told.way
    row.agreement_ends_on = date.fromisoformat(told.agreement_ends_on) if told.agreement_ends_on else None
    return row
