"""Everything that can happen to a referral at an agency: it arrives, is answered, replied to and withdrawn."""

from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.agencies import Answers, Said
from desist.partnership.agencies import commands as agencies
from desist.partnership.agencies.models import Agency
from desist.partnership.support.models import SupportReferral
from desist.partnership.support.policy import Action
from desist.partnership.support.states import FOLLOWS, MAY_SAY, OVER, TRANSITIONS, State, What
from desist.post import outbox, partners, payloads
from desist.post.handlers import CannotHandle, Received
from desist.refusals import Changed, Refused
from desist.sites import Zone
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

ENDED = "This agency has been taken off the list"
#: what the service that referred reads where no person of the agency can answer
NOT_TAKEN = "The agency takes no referrals: it is off the list, or its sharing agreement has ended."
NOT_READ = "Nobody of the agency reads referrals here: it answers by a link or by telephone."
SAME_NAME = (
    "A colleague of the agency has the same name, so nobody there was told. "
    "Ring the agency’s manager before you refer again."
)
GONE = "The agency has been taken off the area’s list."


def answer(
    *,
    actor: Actor,
    ref: str,
    said: Said,
    on: date,
    words: str,
    override: Override | None = None,
    submission: str,
    version: int | None,
    at: datetime,
) -> None:
    """Tell the service that referred what came of a referral. Raises Changed and words.Unclear.

    A form that is sent twice tells once.
    """
    with gate.change(actor, Action.ANSWER_SUPPORT, SupportReferral, ref, at=at) as row:
        if row.steps.filter(submission=submission).exists():
            return
        gate.next_version(row, version)
        if said not in MAY_SAY[State(row.state)]:
            raise Changed
        named, texts = audit.row_name(SupportReferral, row.ref), {"words": words}
        clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)
        _say(row, said, on=on, words=words, by=actor.who, at=at, submission=submission)


def receive(received: Received) -> None:
    """Keep a referral for the agency's people. Where the agency takes none, the service is told so at once.

    Nothing is kept of a person who has the name of a colleague there: that colleague would read it.
    """
    told: payloads.SupportRequest = received.payload
    agency = Agency.objects.filter(token=told.agency).first()
    if agency is None:
        raise CannotHandle("The envelope is for an agency that is not on this site’s list: ask the sender.")
    if _has_a_colleague(agency, f"{told.given_names} {told.family_name}"):
        day = day_of(received.at)
        no = payloads.SupportAnswer(said=Said.DECLINED, on=day, words=SAME_NAME, answered_at=received.at)
        outbox.send(no, to=received.sender, thread=received.thread, at=received.at)
        return
    row = SupportReferral(
        area=agency.area,
        agency=agency,
        zone=partners.zone(partners.find(name=received.sender)).value,
        sender=received.sender,
        thread=received.thread,
        need=told.need,
        basis=told.basis,
        agreed=told.agreed,
        referred_on=told.referred_on,
        arrived_at=received.at,
    )
    row.told = {
        "given_names": told.given_names,
        "family_name": told.family_name,
        "reach": told.reach,
        "told": told.told,
    }
    with gate.create(received.actor, Action.RECEIVE_SUPPORT, row, at=received.at):
        row.steps.create(what=What.REFERRED, on=told.referred_on, at=received.at)
        open_to = agency.from_programme if row.zone == Zone.PROGRAMME else agency.from_advocacy
        if not open_to or not agencies.in_force(agency, at=received.at):
            _say(row, Said.DECLINED, on=day_of(received.at), words=NOT_TAKEN, by="", at=received.at)
        elif agency.answers != Answers.ACCOUNT:
            _say(row, Said.DECLINED, on=day_of(received.at), words=NOT_READ, by="", at=received.at)


def receive_reply(received: Received) -> None:
    """Keep the answer to an agency's question."""
    told: payloads.SupportReply = received.payload
    with gate.change(
        received.actor, Action.RECEIVE_SUPPORT, SupportReferral, _of(received), at=received.at
    ) as row:
        if row.state == State.WITHDRAWN:
            return
        step = row.steps.model(referral=row, what=What.REPLIED, on=day_of(told.replied_at), at=received.at)
        step.words = told.words
        step.save()
        if row.state == State.ASKED:
            row.state = State.NEW
        gate.next_version(row)
        row.save(update_fields=["state", "version"])


def receive_withdrawal(received: Received) -> None:
    """Delete what a service passed on and now withdraws."""
    told: payloads.SupportWithdrawn = received.payload
    with gate.change(
        received.actor, Action.RECEIVE_SUPPORT, SupportReferral, _of(received), at=received.at
    ) as row:
        if row.state == State.WITHDRAWN:
            return
        row.state, row.told = State.WITHDRAWN, {}
        gate.next_version(row)
        row.save(update_fields=["state", "sealed_words", "version"])
        row.steps.update(sealed_words=b"")
        row.steps.create(what=What.WITHDRAWN, on=day_of(told.withdrawn_at), at=received.at)


def end_agency(*, actor: Actor, ref: str, at: datetime) -> None:
    """Take an agency off the list: its open referrals end, and each service that referred is told."""
    with gate.change(actor, Action.END_AGENCY, Agency, ref, at=at) as row:
        if row.ended_at is not None:
            raise Refused(ENDED)
        row.ended_by, row.ended_at = actor.who, at
        row.save(update_fields=["ended_by", "ended_at"])
        row.members.filter(ended_at=None).update(ended_by=actor.who, ended_at=at)
        for one in row.referrals.exclude(state__in=OVER).select_for_update().order_by("pk"):
            said = Said.ENDED if one.state == State.ACCEPTED else Said.DECLINED
            _say(one, said, on=day_of(at), words=GONE, by=actor.who, at=at)
        agencies.tell(row, agencies.told(row), at=at)


def _has_a_colleague(agency: Agency, name: str) -> bool:
    """Whether an account that works for the agency bears a name, whatever its capitals and spaces."""
    refs = set(agency.members.filter(ended_at=None).values_list("account", flat=True))
    plain = " ".join(name.casefold().split())
    return any(" ".join(one.casefold().split()) == plain for one in accounts.names(refs=refs).values())


def _say(
    row: SupportReferral,
    said: Said,
    *,
    on: date,
    words: str,
    by: str,
    at: datetime,
    submission: str | None = None,
) -> None:
    """Keep and send what an agency says of a locked row."""
    if after := FOLLOWS.get(said):
        if after not in TRANSITIONS[State(row.state)]:
            raise Changed
        row.state = after
    row.save()
    step = row.steps.model(referral=row, what=What(said.value), on=on, by=by, at=at, submission=submission)
    step.words = words
    step.save()
    told = payloads.SupportAnswer(said=said, on=on, words=words, answered_at=at)
    outbox.send(told, to=row.sender, thread=row.thread, at=at, case=row.ref)


def _of(received: Received) -> str:
    """The reference of the referral that an envelope is about."""
    known = SupportReferral.objects.filter(thread=received.thread, sender=received.sender).first()
    if known is None:
        raise CannotHandle("The envelope is about no referral to an agency of this site: ask the sender.")
    return known.ref
