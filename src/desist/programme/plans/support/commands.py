"""Commands for partner agencies and the people referred to them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError

from desist.agencies import Answers, Need, Said
from desist.agencies.states import FOLLOWS, MAY_SAY, OPEN, TRANSITIONS, State
from desist.post import outbox, partners, payloads
from desist.post.handlers import CannotHandle, Received
from desist.programme.episodes.models import Episode
from desist.programme.plans.support.models import Agency, SupportOverride, SupportReferral
from desist.programme.plans.support.policy import Action
from desist.programme.referrals.models import Referral
from desist.refusals import Changed, Refused
from desist.ui import dates
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

LISTED = "An agency with this name is already on the list"
ENDED_BEFORE = "This agency has already been removed from the list"
KEPT_ELSEWHERE = "{partner} keeps this entry: ring them, and they take it off the list for everyone"
NO_AGREEMENT = (
    "The sharing agreement with this agency ended on {day}. Ask your manager before you pass anything on"
)
ALREADY_OVER = "This referral is over. There is nothing to withdraw"
LEFT = "The agency has left the list. Ring it, and tell the person who helps instead"
NOT_LISTED = "Not saved: this agency has since been removed from the list. Choose another one"


@dataclass(frozen=True)
class Listing:
    """An agency as the directory lists it."""

    name: str
    needs: tuple[str, ...]
    phone: str
    how: str
    answers: str = Answers.HAND


@dataclass(frozen=True)
class Referred:
    """Which person is referred to which agency, for what, and what is passed on."""

    agency: str
    need: str
    agreed: bool
    told: str
    referred_on: date
    without: str = ""
    basis: str = ""
    reach: str = ""
    override: Override | None = None


@dataclass(frozen=True)
class Outcome:
    """What an agency said by telephone or letter."""

    said: Said
    words: str
    on: date


def list_agency(*, actor: Actor, listing: Listing, at: datetime) -> None:
    """Add an agency to the area's directory. Raises Refused where the name is taken."""
    row = Agency(
        area=actor.area,
        name=listing.name,
        needs=list(listing.needs),
        phone=listing.phone,
        how=listing.how,
        answers=listing.answers,
        added_by=actor.who,
        added_at=at,
    )
    try:
        with gate.create(actor, Action.LIST_AGENCY, row, at=at):
            pass
    except IntegrityError:
        raise Refused(LISTED, field="name") from None


def end_agency(*, actor: Actor, ref: str, at: datetime) -> None:
    """Take an agency off the list; the people referred to it stay readable."""
    with gate.change(actor, Action.END_AGENCY, Agency, ref, at=at) as row:
        if row.ended_at:
            raise Refused(ENDED_BEFORE)
        if row.partner:
            raise Refused(KEPT_ELSEWHERE.format(partner=partners.title(name=row.partner)))
        row.ended_by, row.ended_at = actor.who, at
        row.save(update_fields=["ended_by", "ended_at"])
        _leave(row, at)


def refer(*, actor: Actor, episode: str, referred: Referred, submission: str, at: datetime) -> bool:
    """Record a referral to an agency; where the person said no, ask a second person. Raises Refused and words.Unclear.

    Returns whether it waits for a second person. A form that is sent twice is kept once.
    """
    with gate.change(actor, Action.REFER_TO_SUPPORT, Episode, episode, at=at) as row:
        agency = may_be_told(referred.agency, row.area, at)
        if (
            SupportReferral.objects.filter(submission=submission).exists()
            or SupportOverride.objects.filter(submission=submission).exists()
        ):
            return not referred.agreed
        named, texts = audit.row_name(Episode, row.ref), {"told": referred.told}
        clearances.hold(named=named, texts=texts, override=referred.override, actor=actor, at=at)
        if not referred.agreed:
            row.support_overrides.create(
                agency=agency,
                need=referred.need,
                basis=referred.basis,
                without=referred.without,
                told=referred.told,
                reach=ways(row.referral).get(referred.reach, ""),
                asked_by=actor.who,
                asked_at=at,
                submission=submission,
            )
            return True
        pass_on(
            SupportReferral(
                episode=row,
                agency=agency,
                need=referred.need,
                agreed=True,
                told=referred.told,
                reach=ways(row.referral).get(referred.reach, ""),
                basis=referred.basis,
                referred_on=referred.referred_on,
                submission=submission,
                referred_by=actor.who,
                recorded_at=at,
            )
        )
        return False


def may_be_told(ref: str, area: str, at: datetime) -> Agency:
    """The agency of a form, that may be told of a person now. Raises Refused."""
    agency = Agency.objects.filter(ref=ref, area=area, ended_at=None).first()
    if agency is None:
        raise Refused(NOT_LISTED)
    if agency.agreement_ends_on and agency.agreement_ends_on < day_of(at):
        raise Refused(NO_AGREEMENT.format(day=dates.on(agency.agreement_ends_on)), field="agency")
    return agency


def pass_on(row: SupportReferral) -> None:
    """Keep a new referral; an agency that reads its referrals at the partner's site is sent it at once."""
    row.save(force_insert=True)
    if answers(row.agency) is Answers.ACCOUNT:
        _send(row, row.recorded_at)


def answers(agency: Agency) -> Answers:
    """How an agency answers; one of before this was asked reads at the partner that keeps its entry, or is telephoned."""
    before = Answers.ACCOUNT if agency.partner else Answers.HAND
    return Answers(agency.answers) if agency.answers else before


def ways(person: Referral) -> dict[str, str]:
    """The ways by which an agency can reach a person: code -> words. Each is the person's own, or leads here."""
    known = {"phone": ("Telephone", person.own_phone), "email": ("E-mail", person.own_email)}
    own = {code: f"{kind} {value}" for code, (kind, value) in known.items() if value}
    return {**own, "us": "Through the service that refers: ring it first"}


def record(
    *, actor: Actor, ref: str, outcome: Outcome, submission: str, version: int | None, at: datetime
) -> None:
    """Record what an agency said by telephone or letter. A form that is sent twice records it once. Raises Changed."""
    with gate.change(actor, Action.SETTLE_SUPPORT, SupportReferral, ref, at=at) as row:
        if row.news.filter(submission=submission).exists():
            return
        gate.next_version(row, version)
        if outcome.said not in may_record(State(row.state)):
            raise Changed
        note(
            row,
            outcome.said,
            on=outcome.on,
            words=outcome.words,
            by=actor.who,
            at=at,
            submission=submission,
        )


def may_record(state: State) -> tuple[Said, ...]:
    """What can be recorded of a referral: what the agency can say, and that its support ended before it answered."""
    ended = (Said.ENDED,) if State.ENDED in TRANSITIONS[state] else ()
    return tuple(dict.fromkeys((*MAY_SAY[state], *ended)))


def note(
    row: SupportReferral,
    said: Said,
    *,
    on: date,
    words: str,
    at: datetime,
    by: str = "",
    submission: str | None = None,
) -> None:
    """Keep what an agency says of a locked row, whose version was raised; what it says itself waits to be read."""
    row.news.create(said=said, on=on, words=words, by=by, at=at, submission=submission)
    after = FOLLOWS.get(said)
    if after in TRANSITIONS[State(row.state)]:
        row.state, row.outcome = after, words or row.outcome
    if row.state != State.REFERRED:
        row.answered_on = row.answered_on or on
    row.unread_since = None if by else row.unread_since or at
    row.save(update_fields=["state", "outcome", "answered_on", "unread_since", "version"])


def read(*, actor: Actor, ref: str, at: datetime) -> str:
    """Mark what an agency said as read, and return the person's reference."""
    with gate.change(actor, Action.READ_SUPPORT_NEWS, SupportReferral, ref, at=at) as row:
        row.unread_since = None
        row.save(update_fields=["unread_since"])
        return row.episode.ref


def reply(
    *,
    actor: Actor,
    ref: str,
    words: str,
    override: Override | None = None,
    submission: str,
    at: datetime,
) -> str:
    """Answer an agency's question, and return the person's reference. Raises words.Unclear.

    A form that is sent twice answers once.
    """
    with gate.change(actor, Action.READ_SUPPORT_NEWS, SupportReferral, ref, at=at) as row:
        if not row.news.filter(submission=submission).exists():
            if State(row.state) is State.WITHDRAWN or not (row.thread or row.links.exists()):
                raise Changed
            named = audit.row_name(SupportReferral, row.ref)
            clearances.hold(named=named, texts={"words": words}, override=override, actor=actor, at=at)
            row.news.create(on=day_of(at), words=words, by=actor.who, at=at, submission=submission)
            row.unread_since = None
            row.save(update_fields=["unread_since"])
            if row.thread:
                _tell(row, payloads.SupportReply(words=words, replied_at=at), at)
        return row.episode.ref


def withdraw(*, actor: Actor, ref: str, at: datetime) -> str:
    """Withdraw a referral: what was passed on is deleted at the agency. Returns the person's reference."""
    with gate.change(actor, Action.WITHDRAW_SUPPORT, SupportReferral, ref, at=at) as row:
        if row.state != State.WITHDRAWN:
            if State.WITHDRAWN not in TRANSITIONS[State(row.state)]:
                raise Refused(ALREADY_OVER)
            row.state, row.unread_since = State.WITHDRAWN, None
            row.answered_on = row.answered_on or day_of(at)
            gate.next_version(row)
            row.save(update_fields=["state", "unread_since", "answered_on", "version"])
            row.links.filter(ended_at=None).update(ended_by=actor.who, ended_at=at)
            if row.thread:
                _tell(row, payloads.SupportWithdrawn(withdrawn_at=at), at)
        return row.episode.ref


def note_answer(received: Received) -> None:
    """Keep what an agency says of a referral, until a practitioner has read it."""
    told: payloads.SupportAnswer = received.payload
    known = SupportReferral.objects.filter(thread=received.thread, agency__partner=received.sender).first()
    if known is None or told.said not in Said:
        raise CannotHandle("The envelope answers no referral of this site: ask the sender.")
    actor, said = received.actor, Said(told.said)
    with gate.change(actor, Action.RECEIVE_SUPPORT_ANSWER, SupportReferral, known.ref, at=received.at) as row:
        if row.state == State.WITHDRAWN:
            return  # it crossed the withdrawal: nothing of the person is kept
        gate.next_version(row)
        note(row, said, on=told.on, words=told.words, at=received.at)


def note_listing(received: Received) -> None:
    """Keep a partner's entry of the directory. An agency that the service had listed by its name becomes that entry."""
    told: payloads.AgencyListing = received.payload
    if not set(told.needs) <= set(Need) or told.way not in Answers:
        raise CannotHandle("The entry names a kind of help or answer that is in no list here.")
    rows = Agency.objects.filter(area=told.area, ended_at=None)
    known = (
        rows.filter(partner=received.sender, listing=told.agency).first()
        or rows.filter(partner="", name__iexact=told.name).first()
    )
    if known is None:
        if told.stands:
            row = Agency(area=told.area, added_by=received.actor.who, added_at=received.at)
            _fill(row, told, received)
            with gate.create(received.actor, Action.RECEIVE_LISTING, row, at=received.at):
                pass
        return
    with gate.change(received.actor, Action.RECEIVE_LISTING, Agency, known.ref, at=received.at) as row:
        if row.listed_at and row.listed_at > received.at:
            return  # an older entry that came late
        if told.stands:
            _fill(row, told, received)
        elif row.partner:
            row.ended_by, row.ended_at = received.actor.who, received.at
            _leave(row, received.at)
        row.save()


def _leave(agency: Agency, at: datetime) -> None:
    """End the open referrals to an agency that leaves; the partner itself tells of those that are answered there."""
    for row in agency.referrals.filter(thread="", state__in=OPEN).select_for_update().order_by("pk"):
        gate.next_version(row)
        said = Said.ENDED if row.state == State.ACCEPTED else Said.DECLINED
        note(row, said, on=day_of(at), words=LEFT, at=at)


def _send(row: SupportReferral, at: datetime) -> None:
    """Send a new referral to the partner that keeps the directory; its agency reads it there."""
    row.thread = outbox.new_thread()
    row.save(update_fields=["thread"])
    person = row.episode.referral
    told = payloads.SupportRequest(
        agency=row.agency.listing,
        given_names=person.given_names,
        family_name=person.family_name,
        reach=row.reach,
        need=row.need,
        basis=row.basis,
        agreed=row.agreed,
        told=row.told,
        referred_on=row.referred_on,
    )
    _tell(row, told, at)


def _tell(row: SupportReferral, told: payloads.Payload, at: datetime) -> None:
    person = row.episode.referral
    outbox.send(told, to=row.agency.partner, thread=row.thread, at=at, case=person.ref, about=person.called)


def _fill(row: Agency, told: payloads.AgencyListing, received: Received) -> None:
    row.partner, row.listing, row.listed_at = received.sender, told.agency, received.at
    row.name, row.needs, row.phone, row.how = told.name, list(told.needs), told.phone, told.how
    row.helps, row.hours, row.languages, row.capacity = told.helps, told.hours, told.languages, told.capacity
    row.checked_on, row.answers = told.checked_on, told.way
    row.agreement_ends_on = date.fromisoformat(told.agreement_ends_on) if told.agreement_ends_on else None
