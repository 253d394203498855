"""Everything that can happen to pairs. What is sent goes to advocacy services alone: the programme never hears of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet, TextField, Value

from desist.accounts.alerts import commands as alerts
from desist.accounts.alerts.states import Kind
from desist.locators import Finding
from desist.partnership.pairs import naming
from desist.partnership.pairs.models import PairHappening, Side
from desist.partnership.pairs.policy import Action
from desist.partnership.pairs.states import TRANSITIONS, Happened, How, Said, State
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.partnership.referrals.states import Happened as Told
from desist.partnership.tokens import token
from desist.post import by_hand, outbox, partners, payloads
from desist.post.handlers import Received
from desist.post.transports import Transport
from desist.referral import answers as asked
from desist.refusals import Changed, Refused
from desist.sites import Zone
from desist.ui.words import Found, Override, WordsFound
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor


class UnknownThread(Exception):
    """An envelope is about a client for whom this site has no side."""


BY_ITSELF = "What this service asks arrives through Desist: there is nothing to type in"
KNOWN = (
    "This service has already asked about this crime: it is listed under Pairs. "
    "If it is one more client of theirs, say so below"
)


@dataclass(frozen=True)
class TypedIn:
    """A request by telephone or on paper, and whether it is about one more client of that service."""

    service: str
    crime_reference: str
    said: Said
    another: bool


def ask(received: Received) -> None:
    """Record a client's choice to hear of a crime's orders and programme, or to hear no more. A thread is one side.

    Envelopes can arrive in any order: an end that comes before its request is kept, and the request changes nothing.
    """
    request: payloads.PairRequest = received.payload
    known = Side.objects.filter(thread=received.thread, advocacy=received.sender).first()
    if known:
        _ask_again(known.ref, received)
    else:
        side = Side(
            area=request.area,
            state=State.ASKED if request.stands else State.ENDED,
            how=How.REQUEST,
            advocacy=received.sender,
            thread=received.thread,
            crime_reference=request.crime_reference,
            made_by=received.actor.who,
            made_at=received.at,
            asked_at=request.asked_at,
        )
        with gate.create(received.actor, Action.RECEIVE_PAIR_REQUEST, side, at=received.at):
            side.happened(_what(request), by=received.actor.who, at=received.at)


def type_in(*, actor: Actor, request: TypedIn, submission: str, at: datetime) -> str:
    """Record that a service without software asks for a pair; returns the side's reference. Raises Refused.

    From then on the police telephone that service with news, by the crime reference.
    """
    _by_hand(request.service, at)
    rows = gate.see(actor, Action.SEE_PAIRS, Side, at=at).exclude(state=State.ENDED)
    known = rows.filter(advocacy=request.service, crime_reference__iexact=request.crime_reference)
    if not request.another and known.exclude(submission=submission).exists():
        raise Refused(KNOWN, field="crime_reference")
    side = Side(
        area=actor.area,
        state=State.ASKED,
        how=How.REQUEST,
        advocacy=request.service,
        thread=outbox.new_thread(),
        crime_reference=request.crime_reference,
        made_by=actor.who,
        made_at=at,
        asked_at=request.said.told_at,
        submission=submission,
    )
    try:
        with gate.create(actor, Action.TYPE_PAIR_REQUEST, side, at=at):
            side.happened(Happened.ASKED, by=actor.who, at=at, said=request.said)
    except gate.Twice as twice:
        return twice.ref
    return side.ref


def type_in_end(*, actor: Actor, ref: str, said: Said, version: int | None, at: datetime) -> None:
    """Record that a service without software ends its client's wish to hear more. Raises Refused."""
    with gate.change(actor, Action.END_PAIR, Side, ref, at=at, version=version) as side:
        _by_hand(side.advocacy, at)
        if State.ENDED not in TRANSITIONS[State(side.state)]:
            raise Changed
        side.asked_at = said.told_at
        _end(side, at)
        side.save()
        side.happened(Happened.ENDED, by=actor.who, at=at, said=said)


def join(*, actor: Actor, ref: str, referral: str, version: int | None, at: datetime) -> None:
    """Join a side to a referral or, with an empty `referral`, to the orders of its crime alone.

    The service of a side that asked gets one answer in both cases.
    """
    person = (
        gate.open(actor, ReferralsAction.SEE_REFERRAL, Referral, referral, at=at).get() if referral else None
    )
    with gate.change(actor, Action.JOIN_PAIR, Side, ref, at=at, version=version) as side:
        asked = _step(side, State.STANDS)
        side.pair = person.pair if person else side.pair
        side.save()
        side.happened(Happened.JOINED if person else Happened.KEPT, by=actor.who, at=at, referral=referral)
        _tell_named(sides=[side], actor=actor, at=at)
        if asked:
            _answer(side, "joined", at)


def decline(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Decline a side's request: the police cannot match it."""
    with gate.change(actor, Action.JOIN_PAIR, Side, ref, at=at) as side:
        if side.state == State.DECLINED:
            return
        gate.next_version(side, version)
        _step(side, State.DECLINED)
        side.save()
        side.happened(Happened.DECLINED, by=actor.who, at=at)
        _answer(side, "declined", at)


def part(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Part a side from a wrong referral: it then stands alone and hears only of its crime's orders."""
    with gate.change(actor, Action.JOIN_PAIR, Side, ref, at=at, version=version) as side:
        if side.state != State.STANDS:
            raise Changed
        side.pair = token()
        side.save()
        side.happened(Happened.PARTED, by=actor.who, at=at)


def merge(*, actor: Actor, ref: str, other: str, at: datetime) -> None:
    """Merge two referrals about one person: a side behind either of them stands behind both from now on."""
    kept = gate.open(actor, ReferralsAction.SEE_REFERRAL, Referral, other, at=at).get().pair
    with gate.change(actor, Action.MERGE_PAIR, Referral, ref, at=at) as referral:
        if referral.pair == kept:
            raise Refused("These two are already linked")
        Side.objects.filter(pair=referral.pair).update(pair=kept)
        Referral.objects.filter(pair=referral.pair).update(pair=kept)
        PairHappening.objects.create(what=Happened.MERGED, referral=ref, other=other, by=actor.who, at=at)
        _tell_named(sides=behind(pair=kept), actor=actor, at=at)


def split(*, actor: Actor, ref: str, at: datetime) -> None:
    """Split a referral merged by mistake: it gets its own token, and an officer joins its sides anew by hand."""
    with gate.change(actor, Action.MERGE_PAIR, Referral, ref, at=at) as referral:
        if not Referral.objects.filter(pair=referral.pair).exclude(pk=referral.pk).exists():
            raise Refused("This referral is not linked to any other")
        referral.pair = token()
        referral.save(update_fields=["pair"])
        PairHappening.objects.create(what=Happened.SPLIT, referral=ref, by=actor.who, at=at)


def referred(side: Side, *, actor: Actor) -> None:
    """Within the change that refers a victim: make the client's side, which stands from the start."""
    side.save(force_insert=True)
    side.happened(Happened.REFERRED, by=side.made_by, at=side.made_at)
    _tell_named(sides=[side], actor=actor, at=side.made_at)


def of_crimes(*, area: str, crime_references: tuple[str, ...]) -> tuple[Side, ...]:
    """The sides that stand for some crimes. Crime references match as typed or in capitals."""
    same = Q()
    for reference in crime_references:
        same |= Q(crime_reference__iexact=reference)
    found = Side.objects.filter(same, area=area, state=State.STANDS).order_by("pk")
    return tuple(found) if crime_references else ()


def behind(*, pair: str) -> tuple[Side, ...]:
    """The sides that stand behind a pair token now."""
    return tuple(Side.objects.filter(pair=pair, state=State.STANDS).order_by("pk"))


def of_thread(received: Received) -> Side:
    """Return the side that an envelope of an advocacy service is about. Raises UnknownThread."""
    side = Side.objects.filter(thread=received.thread, advocacy=received.sender).first()
    if side is None:
        raise UnknownThread(received.sender)
    return side


def person_of(*, side: Side) -> Referral | None:
    """The newest sent referral that a side stands behind now; None if there is none."""
    if side.state != State.STANDS:
        return None
    sent = Referral.objects.filter(pair=side.pair, area=side.area).exclude(thread=None)
    return sent.order_by("-sent_at", "-pk").first()


def stands_behind(*, side: str, referral: Referral) -> bool:
    """Whether a side, by its reference, stands behind a referral now."""
    return Side.objects.filter(ref=side, state=State.STANDS, pair=referral.pair).exists()


def named(referral: Referral) -> dict[str, tuple[Finding, ...]]:
    """The unanswered-for answers of a referral that name a victim of its case, with the words. Nothing is kept."""
    return naming.merged(_named(referral, _free(referral)).values())


def hold_names(
    referral: Referral,
    *,
    texts: Mapping[str, str] | None = None,
    override: Override | None,
    actor: Actor,
    at: datetime,
) -> bool:
    """Within the change that sends a referral's words: check them; say whether the actor answered. Raises WordsFound.

    The words name no victim of the case, or a colleague answers for exactly these. The data protection officer is told.
    `texts` are other words about the person of the referral, which are sent instead of its own.
    """
    texts = _free(referral) if texts is None else texts
    found = _named(referral, texts)
    if found and override is None:
        raise WordsFound(naming.merged(found.values()))
    for side, findings in found.items():
        row = audit.row_name(Side, side)
        clearances.answer(named=row, texts=texts, found=findings, override=override, actor=actor, at=at)
    return bool(found)


def _tell_named(*, sides: Iterable[Side], actor: Actor, at: datetime) -> None:
    """Within the change that links sides: report answers that were sent already and name their clients.

    The officer reads it on the referral's page, and the data protection officer gets an alert about the sender.
    """
    known = [side for side in sides if side.name_digests]
    sent = {row.pk: row for side in known for row in _referrals(side).exclude(thread=None)}
    for referral in sent.values():
        if not _named(referral, _free(referral)).keys() & {side.ref for side in known}:
            continue
        by = referral.happenings.filter(what__in=[Told.SENT, Told.AMENDED]).order_by("-at", "-pk")
        sender = by.values_list("by", flat=True).first() or referral.started_by
        referral.happened(Told.NAME_FOUND, by=actor.who, at=at)
        alerts.raise_(kind=Kind.VICTIM_NAMED, about=sender, at=at)


def _free(referral: Referral) -> dict[str, str]:
    return asked.free(asked.of(referral))


def _named(referral: Referral, texts: Mapping[str, str]) -> Mapping[str, Found]:
    """Reference of a side -> the texts that name its client, with the words."""
    own = [referral.given_names, referral.family_name, *referral.aliases]
    found = {}
    for side, known in _sides(referral).values_list("ref", "name_digests"):
        held = naming.held(texts, known=known, besides=own)
        if left := clearances.left(named=audit.row_name(Side, side), texts=texts, found=held):
            found[side] = left
    return found


def _sides(referral: Referral) -> QuerySet[Side]:
    """The sides of a case that hold a name: by pair token, or by a crime of its offence or of its person's orders."""
    crimes = referral.protection_orders.exclude(protected=None).values("protected__crime_reference")
    in_words = Q(offence__icontains=F("crime_reference")) & ~Q(crime_reference="")
    same = Q(pair=referral.pair) | in_words | Q(crime_reference__in=crimes)
    known = Side.objects.filter(area=referral.area, state=State.STANDS).exclude(name_digests=[])
    said = Value(referral.offence, output_field=TextField())
    return known.annotate(offence=said).filter(same).order_by("pk")


def _referrals(side: Side) -> QuerySet[Referral]:
    """The referrals of the case, by the signs that `_sides` uses."""
    crime = side.crime_reference
    in_words = Q(offence__icontains=crime) | Q(protection_orders__protected__crime_reference=crime)
    same = Q(pair=side.pair) | in_words if crime else Q(pair=side.pair)
    return Referral.objects.filter(same, area=side.area).distinct().order_by("pk")


def _ask_again(ref: str, received: Received) -> None:
    """Take a further request of a known side. A repeat or an older one changes nothing: envelopes may come twice."""
    request: payloads.PairRequest = received.payload
    target = State.ASKED if request.stands else State.ENDED
    with gate.change(received.actor, Action.RECEIVE_PAIR_REQUEST, Side, ref, at=received.at) as side:
        if side.asked_at and request.asked_at < side.asked_at:
            return
        side.asked_at = request.asked_at
        if target not in TRANSITIONS[State(side.state)]:
            side.save(update_fields=["asked_at"])
            return
        gate.next_version(side)
        side.crime_reference = request.crime_reference or side.crime_reference
        if target is State.ENDED:
            _end(side, received.at)
        else:
            side.state = target
        side.save()
        side.happened(_what(request), by=received.actor.who, at=received.at)


def _end(side: Side, at: datetime) -> None:
    """End a side: it stands behind nothing, and calls that wait to be made about it are dropped."""
    side.state, side.pair = State.ENDED, token()
    side.name_digests = []
    by_hand.drop(thread=side.thread, at=at)


def _by_hand(service: str, at: datetime) -> None:
    partner = partners.writable(name=service, at=at)
    if (partners.zone(partner), partner.transport) != (Zone.ADVOCACY, Transport.BY_HAND):
        raise Refused(BY_ITSELF)


def _what(request: payloads.PairRequest) -> Happened:
    return Happened.ASKED if request.stands else Happened.ENDED


def _step(side: Side, target: State) -> bool:
    """Move a side on and return whether it waited for an answer. A standing side may be joined to another referral."""
    state = State(side.state)
    if target not in TRANSITIONS[state] and not state == target == State.STANDS:
        raise Changed
    side.state = target
    return state is State.ASKED or (state is State.DECLINED and target is State.STANDS)


def _answer(side: Side, answer: str, at: datetime) -> None:
    payload = payloads.PairAnswer(answer=answer, answered_at=at)
    outbox.send(payload, to=side.advocacy, thread=side.thread, at=at, case=side.ref, about=side.called)
