"""What happens to links for clients and to what came through them, by staff and by the clock. What clients do is in sending.py."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from desist.advocacy.contacts import bars
from desist.advocacy.contacts.states import Channel
from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.models import Original
from desist.advocacy.evidence.states import Came
from desist.advocacy.evidence.states import State as Taken
from desist.advocacy.submissions import locks
from desist.advocacy.submissions.models import SubmissionAgreement, SubmissionLink, SubmissionPage, Submitted
from desist.advocacy.submissions.policy import Action
from desist.advocacy.submissions.states import CODES, HERE, TO_DECIDE, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import State as Case
from desist.post import codes
from desist.references import reference, spoken
from desist.refusals import Refused
from desist.ui.words import FalseAlarm
from desist.wall import actors, gate
from desist.wall.actors import Actor

REASON = "why a submission was set aside"
NOT_AGREED = "No link was made: record first that they agree to send things in this way"
NOT_SAFE = "No link was made: contact is marked as not safe now"
NO_CHANNEL = "No link was made: the way that they named for it is no longer recorded as safe. Ask them again, and record the new way"
CLOSED = "Not done: the case is closed"
NOT_WHOLE = "This is not here to be decided about: look at the list"


def name_page(*, actor: Actor, title: str, address: str, submission: str, at: datetime) -> None:
    """Choose how the page without sign-in is called and where clients find it. A form that is sent twice counts once."""
    row = SubmissionPage(
        title=title, address=address, submission=submission, changed_by=actor.who, changed_at=at
    )
    try:
        with gate.create(actor, Action.NAME_SUBMISSION_PAGE, row, at=at):
            pass
    except gate.Twice:
        return


def agree(*, actor: Actor, ref: str, channel: Channel, agreed_on: date, at: datetime) -> None:
    """Record that a client agrees to send things by a link, and the way that they named safe. Raises Refused."""
    with gate.change(actor, Action.AGREE_TO_LINKS, Victim, ref, at=at) as victim:
        if victim.state == Case.CLOSED:
            raise Refused(CLOSED)
        standing = victim.submission_agreements.filter(ended_at=None).first()
        if standing and (standing.channel, standing.agreed_on) == (channel, agreed_on):
            return
        if standing:
            standing.ended_by, standing.ended_at = actor.who, at
            standing.save(update_fields=["ended_by", "ended_at"])
        SubmissionAgreement.objects.create(
            victim=victim, channel=channel, agreed_on=agreed_on, recorded_by=actor.who, recorded_at=at
        )


def end(*, actor: Actor, ref: str, at: datetime) -> None:
    """End a client's agreement and every link of theirs at once; what came whole stays to be decided about."""
    with gate.change(actor, Action.END_LINKS, Victim, ref, at=at) as victim:
        standing = victim.submission_agreements.filter(ended_at=None)
        standing.update(ended_by=actor.who, ended_at=at)
        links = victim.submission_links.filter(ended_at=None, until__gt=at)
        links.update(ended_by=actor.who, ended_at=at)


def make(*, actor: Actor, ref: str, hours: int, submission: str, at: datetime) -> str:
    """Make a link for one submission; return its code, which is not kept, or "" for a form that is sent twice. Raises Refused."""
    with gate.change(actor, Action.MAKE_LINK, Victim, ref, at=at) as victim:
        if SubmissionLink.objects.filter(submission=submission).exists():
            return ""
        agreement = victim.submission_agreements.filter(ended_at=None).first()
        if agreement is None:
            raise Refused(NOT_AGREED)
        _must_be_safe(victim, Channel(agreement.channel))
        code = codes.fresh()
        row = SubmissionLink(
            ref=reference(),
            victim=victim,
            digest=codes.digest(code, purpose=CODES),
            channel=agreement.channel,
            made_by=actor.who,
            made_at=at,
            until=at + timedelta(hours=hours),
            submission=submission,
        )
        locks.make(vault.box(person=ref), row)
        row.save(force_insert=True)
        return code


def revoke(*, actor: Actor, ref: str, at: datetime) -> str:
    """Revoke a link at once; returns the client's reference. A second call changes nothing."""
    with gate.change(actor, Action.REVOKE_LINK, SubmissionLink, ref, at=at) as row:
        if row.ended_at is None and row.until > at:
            row.ended_by, row.ended_at = actor.who, at
            row.save(update_fields=["ended_by", "ended_at"])
        return row.victim.ref


def accept(*, actor: Actor, ref: str, at: datetime) -> str:
    """Accept what a client sent: it becomes a file of theirs, whose reference is returned, also by a second call. Raises Refused."""
    with gate.change(actor, Action.ACCEPT_SUBMITTED, Submitted, ref, at=at) as row:
        if row.original is not None:
            return row.original.ref
        if row.state not in TO_DECIDE:
            raise Refused(NOT_WHOLE)
        victim = row.link.victim
        row.original = keeping.begun(
            victim,
            name=locks.name(vault.box(person=victim.ref), row),
            size=row.size,
            came=Came.LINK,
            submission=f"submitted {row.ref}",
            by=actor.who,
            at=at,
        )
        keeping.accept(row.original, what=_came(row), at=at)
        row.state, row.decided_by, row.decided_at = State.ACCEPTED, actor.who, at
        row.save(update_fields=["original", "state", "decided_by", "decided_at"])
        return row.original.ref


def set_aside(*, actor: Actor, ref: str, reason: str, at: datetime, why: FalseAlarm | None = None) -> str:
    """Set aside what a client sent, with a reason; returns the client's reference. Raises HoldsLocator, Refused."""
    with gate.change(actor, Action.SET_SUBMITTED_ASIDE, Submitted, ref, at=at) as row:
        victim = row.link.victim
        box = vault.box(person=victim.ref)
        if row.state == State.ASIDE and reason_of(box, row) == reason:
            return victim.ref
        if row.state != State.WAITING:
            raise Refused(NOT_WHOLE)
        vault.check(actor=actor, victim=victim, texts=[reason], at=at, of=box, why=why)
        row.reason = box.lock(field=REASON, row=ref, text=reason)
        row.state, row.decided_by, row.decided_at = State.ASIDE, actor.who, at
        row.save(update_fields=["reason", "state", "decided_by", "decided_at"])
        return victim.ref


def sweep(*, at: datetime) -> None:
    """Remove what did not arrive whole before its link ended, and everything of clients whose key was destroyed."""
    destroyed = PersonKey.objects.exclude(destroyed_at=None).values("person")
    erased = Q(state__in=HERE, link__victim__ref__in=destroyed)
    over = Q(state=State.ARRIVING) & (Q(link__ended_at__lte=at) | Q(link__until__lte=at))
    ended = Submitted.objects.filter(erased | over)
    for ref in list(ended.values_list("ref", flat=True)):
        with gate.change(
            actors.clock(), Action.WORK_ON_SUBMITTED, Submitted, ref, at=at, reason="removed"
        ) as row:
            is_erased = Submitted.objects.filter(erased, pk=row.pk).exists()
            row.pieces.all().delete()
            row.state, row.removed_at = State.ERASED if is_erased else State.GONE, at
            row.save(update_fields=["state", "removed_at"])


def take_over(*, at: datetime) -> None:
    """Take what was accepted over into the client's files, a piece in each change: a killed worker goes on where it was."""
    accepted = Submitted.objects.filter(state=State.ACCEPTED).order_by("decided_at", "pk")
    for ref in list(accepted.values_list("ref", flat=True)):
        while _take_piece(ref, at):
            pass


def _take_piece(ref: str, at: datetime) -> bool:
    """Take over the next piece; False once none is left, or where one cannot be opened: then all of them stay."""
    with gate.change(
        actors.clock(), Action.WORK_ON_SUBMITTED, Submitted, ref, at=at, reason="taken over"
    ) as row:
        if row.state != State.ACCEPTED:  # another worker was faster
            return False
        original = Original.objects.select_for_update().get(submitted=row)
        if original.state == Taken.TAKING:
            try:
                box = vault.box(person=row.link.victim.ref)
                whole = keeping.take_over(original, box, locks.piece(box, row, original.done), at=at)
            except keeping.UNREADABLE:
                original.state, row.state = Taken.SPOILT, State.KEPT
                original.save(update_fields=["state"])
                row.save(update_fields=["state"])
                return False
            row.pieces.filter(number__lt=original.done).delete()
            if not whole:
                return True
        row.pieces.all().delete()  # an advocate may have removed the file meanwhile
        row.state, row.removed_at = State.KEPT, at
        row.save(update_fields=["state", "removed_at"])
        return False


def _came(row: Submitted) -> str:
    """How it came, for the custody log: without words of the client."""
    whole = f"{row.whole_at:%Y-%m-%d %H:%M} UTC"
    return f"{row.size:,} bytes, whole at {whole}, by the link {spoken(row.link.ref)}"


def reason_of(box: Box, row: Submitted) -> str:
    """Why something was set aside; "" where it was not."""
    return box.open(field=REASON, row=row.ref, sealed=bytes(row.reason)) if row.reason else ""


def _must_be_safe(victim: Victim, channel: Channel) -> None:
    if victim.state == Case.CLOSED:
        raise Refused(CLOSED)
    if bars.flagged(victim=victim):
        raise Refused(NOT_SAFE)
    if channel not in safe_channels(victim):
        raise Refused(NO_CHANNEL)


def safe_channels(victim: Victim) -> tuple[Channel, ...]:
    """The ways in which a link can reach a client whom the gate opened: those recorded as safe, and meeting them."""
    kept = {one.channel for one in bars.windows(victim=victim)} | {Channel.MEETING}
    return tuple(one for one in Channel if one in kept)
