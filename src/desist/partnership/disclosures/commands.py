"""Everything people can do with disclosures on the police side."""

from dataclasses import asdict
from datetime import datetime

from desist.disclosure.codes import Basis, Recall, Refusal
from desist.disclosure.copies import Content, Footing
from desist.partnership.disclosures.models import Disclosure, DisclosureRequest
from desist.partnership.disclosures.policy import Action
from desist.partnership.disclosures.states import RequestState, State
from desist.partnership.pairs import commands as pairs
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.post import approvals, disclosures, outbox, partners, payloads
from desist.post.agreements import commands as agreements
from desist.post.transports import Transport
from desist.refusals import Refused
from desist.ui import dates
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

PEOPLE = 2


def start(
    *,
    actor: Actor,
    referral: str,
    request: str,
    content: Content,
    footing: Footing,
    submission: str,
    override: Override | None = None,
    at: datetime,
) -> str:
    """Begin a disclosure to the programme, unasked or as the answer to `request`; returns its reference.

    A form that was sent twice makes one disclosure. Raises Refused.
    """
    about = gate.open(actor, ReferralsAction.SEE_REFERRAL, Referral, referral, at=at).get()
    if not about.thread:
        raise Refused("This referral was not sent yet: nobody at the programme works with the person")
    row = Disclosure(
        referral=about,
        request=_open_request(about, request) if request else None,
        area=about.area,
        state=State.DRAFT,
        submission=submission,
        started_by=actor.who,
        started_at=at,
        **asdict(content),
        **asdict(footing),
    )
    _check(row, at)
    try:
        with gate.create(actor, Action.WRITE_DISCLOSURE, row, at=at):
            _hold(row, override, actor, at)
    except gate.Twice as twice:
        return twice.ref
    return row.ref


def write(
    *,
    actor: Actor,
    ref: str,
    content: Content,
    footing: Footing,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Rewrite a draft. Every approval of the earlier version ends, even if the words do not change.

    Raises Refused.
    """
    with gate.change(actor, Action.WRITE_DISCLOSURE, Disclosure, ref, at=at) as row:
        approvals.next_version(row, State.DRAFT, version)
        about = referral_of(row)
        approvals.void(copy(row), to=about.programme, case=about.ref, at=at)
        for name, value in (asdict(content) | asdict(footing)).items():
            setattr(row, name, value)
        _check(row, at)
        _hold(row, override, actor, at)
        row.save()


def approve(
    *, actor: Actor, ref: str, version: int | None, override: Override | None = None, at: datetime
) -> bool:
    """Approve exactly what a draft says; with the second person's approval it is sent. Returns whether it was.

    Raises Refused.
    """
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        approvals.next_version(row, State.DRAFT, version)
        _check(row, at)
        _hold(row, override, actor, at)
        _record(row, actor, at)
        about = referral_of(row)
        if approvals.standing(copy(row), to=about.programme, case=about.ref, at=at) < PEOPLE:
            return False
        _send(row, actor, at)
        return True


def pass_on(
    *,
    actor: Actor,
    ref: str,
    footing: Footing,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Decide, after the advocacy service that offered it, that exactly this goes to the programme. It is sent at once.

    Raises Refused.
    """
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        approvals.next_version(row, State.OFFERED, version)
        if not pairs.stands_behind(side=row.side, referral=referral_of(row)):
            raise Refused("The service’s client is no longer linked to this referral: nothing is passed on")
        if not any(one.organisation and one.holds(at) for one in given(row)):
            raise Refused(
                "The service’s approval expired after 72 hours. Record that it is not passed on, and ask the service to offer it again"
            )
        row.basis, row.agreement = footing.basis, footing.agreement
        row.necessity, row.proportionality = footing.necessity, footing.proportionality
        _check(row, at)
        _hold(row, override, actor, at)
        _record(row, actor, at)
        _send(row, actor, at)
        tell_service(row, "released", at=at)


def drop(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Drop a draft. It is never sent, and its approvals end."""
    with gate.change(actor, Action.WRITE_DISCLOSURE, Disclosure, ref, at=at) as row:
        approvals.next_version(row, State.DRAFT, version)
        about = referral_of(row)
        approvals.void(copy(row), to=about.programme, case=about.ref, at=at)
        _close(row, State.DROPPED, "", actor, at)


def refuse_offer(*, actor: Actor, ref: str, reason: Refusal, version: int | None, at: datetime) -> None:
    """Refuse to pass on what a service offered, and tell the service."""
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        approvals.next_version(row, State.OFFERED, version)
        if row.referral:
            approvals.void(copy(row), to=row.referral.programme, case=row.referral.ref, at=at)
        _close(row, State.REFUSED, reason, actor, at)
        told = disclosures.DisclosureRefused(subject=row.offer, reason=reason.value, decided_at=at)
        outbox.send(told, to=row.service, thread=row.thread, at=at, case=row.side)


def refuse_request(*, actor: Actor, ref: str, reason: Refusal, at: datetime) -> None:
    """Refuse a request. The programme is told the coded reason alone."""
    with gate.change(actor, Action.DECIDE_REQUEST, DisclosureRequest, ref, at=at) as row:
        if row.state != RequestState.OPEN:
            raise Refused("A colleague answered this request first")
        row.state, row.reason = RequestState.REFUSED, reason
        row.settled_by, row.settled_at = actor.who, at
        row.save()
        told = disclosures.DisclosureRefused(subject=row.token, reason=reason.value, decided_at=at)
        about = row.referral
        _tell(about, told, at)


def recall(*, actor: Actor, ref: str, reason: Recall, at: datetime) -> None:
    """Ask the programme to stop using a disclosure. Raises Refused if the disclosure was never sent."""
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        if row.state not in {State.SENT, State.RECEIVED}:
            raise Refused("Only what was sent to the programme can be recalled")
        recalled(row, reason, actor, at)


def note_receipt(*, actor: Actor, ref: str, whom: str, at: datetime) -> None:
    """Note that a programme without software has the printed copy and read its fingerprint back."""
    with gate.change(actor, Action.DECIDE_DISCLOSURE, Disclosure, ref, at=at) as row:
        partner = partners.find(name=referral_of(row).programme)
        if row.state != State.SENT or partner.transport != Transport.BY_HAND:
            raise Refused(
                "Only what was handed over by hand is recorded here: every other receipt arrives automatically"
            )
        gate.next_version(row)
        row.state, row.received_at, row.received_from = State.RECEIVED, at, whom
        row.save()


def recalled(row: Disclosure, reason: str, actor: Actor, at: datetime) -> None:
    """Within a change: close a disclosure, and if the programme was sent it, ask the programme to stop using it."""
    gate.next_version(row)
    sent = row.sent_at is not None
    _close(row, State.RECALLED, reason, actor, at)
    if sent:
        about = referral_of(row)
        asked = disclosures.DisclosureRecall(disclosure=row.token, reason=reason, recalled_at=at)
        _tell(about, asked, at)


def tell_service(row: Disclosure, event: str, *, at: datetime) -> None:
    """Within a change: tell the service that offered it, if a service did, how far its offer is."""
    if row.service:
        told = disclosures.DisclosureReceipt(
            disclosure=row.offer, event=event, fingerprint=content(row).fingerprint, at=at
        )
        outbox.send(told, to=row.service, thread=row.thread, at=at, case=row.side)


def content(row: Disclosure) -> Content:
    """The exact copy of a row."""
    return Content(**{name: getattr(row, name) for name in Content.__dataclass_fields__})


def copy(row: Disclosure) -> disclosures.Disclosure:
    """The copy that is sent to the programme: exactly what was approved."""
    answered = row.request.token if row.request else ""
    return disclosures.Disclosure(disclosure=row.token, request=answered, **content(row).crossing)  # type: ignore[arg-type]  # the fields of Content


def given(row: Disclosure) -> tuple[approvals.Given, ...]:
    """Every approval of the row's present words."""
    if row.referral is None:
        return ()
    return approvals.given(copy(row), to=row.referral.programme, case=row.referral.ref)


def digest(row: Disclosure) -> str:
    """The digest to which an approval of the row's present words is bound; "" if there is no recipient."""
    if row.referral is None:
        return ""
    return approvals.digest(copy(row), to=row.referral.programme, case=row.referral.ref)


def referral_of(row: Disclosure) -> Referral:
    """Return the referral that the disclosure is about. Raises Refused."""
    if row.referral is None:
        raise Refused(
            "The police referred nobody to a programme in connection with this victim: there is nobody to tell"
        )
    return row.referral


def _record(row: Disclosure, actor: Actor, at: datetime) -> None:
    about = referral_of(row)
    until = at + approvals.HOLDS
    approvals.record(copy(row), actor=actor, to=about.programme, case=about.ref, until=until, at=at)


def _tell(about: Referral, payload: payloads.Payload, at: datetime) -> None:
    """Send an envelope to the programme that works with this person."""
    outbox.send(
        payload,
        to=about.programme,
        thread=about.thread or "",
        at=at,
        case=about.ref,
        about=about.called,
    )


def _send(row: Disclosure, actor: Actor, at: datetime) -> None:
    """Send it through the door, which stops anything that too few people approved."""
    about = referral_of(row)
    _tell(about, copy(row), at)
    row.state, row.sent_at = State.SENT, at
    row.save()
    if row.request and row.request.state == RequestState.OPEN:
        row.request.state = RequestState.ANSWERED
        row.request.settled_by, row.request.settled_at = actor.who, at
        row.request.save()


def _check(row: Disclosure, at: datetime) -> None:
    """Check the rules for a disclosure: when it is written, at each approval and when it is sent."""
    about, today = referral_of(row), dates.day_of(at)
    if row.told_on is not None and row.told_on > today:
        raise Refused("The day on which the police told the person is in the future: it cannot be raised yet")
    if row.basis == Basis.AGREEMENT:
        agreements.covers(
            ref=row.agreement, area=row.area, partner=about.programme, purpose=row.purpose, on=today
        )


def _hold(row: Disclosure, override: Override | None, actor: Actor, at: datetime) -> None:
    """Check that the words hold no lead, or that the actor answers for exactly these. Raises words.Unclear."""
    texts = {name: getattr(row, name) for name in ("words", "necessity", "proportionality")}
    named = audit.row_name(Disclosure, row.ref)
    clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)


def _close(row: Disclosure, state: State, reason: str, actor: Actor, at: datetime) -> None:
    row.state, row.reason = state, reason
    row.closed_by, row.closed_at = actor.who, at
    row.save()


def _open_request(about: Referral, request: str) -> DisclosureRequest:
    found = about.disclosure_requests.filter(ref=request).first()
    if found is None:
        raise gate.NotFound(request)
    if found.state != RequestState.OPEN:
        raise Refused("A colleague answered this request first")
    return found
