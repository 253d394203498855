"""Everything that can happen to a client's needs, plan, choices and notes."""

from dataclasses import asdict
from datetime import date, datetime

from desist.advocacy.pairs import ending
from desist.advocacy.safety import texts
from desist.advocacy.safety.models import Child, Choice, Need, Note, PlanVersion, Support
from desist.advocacy.safety.policy import Action
from desist.advocacy.safety.states import (
    TRANSITIONS,
    Domain,
    Layer,
    NeedState,
    SupportOutcome,
    What,
    Whom,
)
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.cipher import Box
from desist.advocacy.victims.models import Victim
from desist.advocacy.victims.states import Purpose
from desist.circumstances.states import Over
from desist.circumstances.texts import Relative
from desist.references import reference
from desist.refusals import Changed, Refused
from desist.ui.words import FalseAlarm
from desist.wall import audit, gate
from desist.wall.actors import Actor

CHILD_CHANGED = "A colleague has since changed this or taken it off the list. Open the list again"
NO_CONSENT = (
    "The client has not consented to asking partner agencies. Ask them, and record it under “Consents”"
)


def save_plan(
    *,
    actor: Actor,
    ref: str,
    plan: texts.Plan,
    review_on: date,
    version: int | None,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Save a new version of the safety plan. Raises Changed, HoldsLocator.

    A form with exactly the saved words changes nothing, so a form may come twice.
    """
    with gate.change(actor, Action.WRITE_SAFETY, Victim, ref, at=at) as victim:
        box = vault.box(person=ref)
        last = victim.plans.order_by("-number").first()
        number = last.number if last else 0
        if last and last.review_on == review_on and _saved(box, last, ref) == plan:
            return
        if number != version:  # each save has its own number, which names the version behind the form
            raise Changed
        said = asdict(plan).values()
        vault.check(actor=actor, victim=victim, texts=said, at=at, of=box, why=why)
        PlanVersion.objects.create(
            victim=victim,
            number=number + 1,
            words=boxes.lock(box, texts.PLAN, f"{ref}:{number + 1}", plan),
            review_on=review_on,
            saved_by=actor.who,
            saved_at=at,
        )


def raise_need(
    *,
    actor: Actor,
    ref: str,
    domain: Domain,
    words: str,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Record a need of the client."""
    with gate.change(actor, Action.WRITE_SAFETY, Victim, ref, at=at) as victim:
        if Need.objects.filter(submission=submission).exists():
            return
        own = reference()
        Need.objects.create(
            ref=own,
            victim=victim,
            domain=domain,
            words=_locked(victim, (texts.NEED, own, words), actor=actor, at=at, why=why),
            raised_by=actor.who,
            raised_at=at,
            submission=submission,
        )


def settle_need(*, actor: Actor, need: str, state: NeedState, at: datetime) -> str:
    """Record what became of a need; returns the client's reference."""
    with gate.change(actor, Action.SETTLE_NEED, Need, need, at=at) as row:
        if state not in TRANSITIONS[NeedState(row.state)]:
            raise Refused("A colleague has since recorded the outcome. Open the needs again")
        row.state = state
        row.closed_at = None if state is NeedState.OPEN else at
        row.save(update_fields=["state", "closed_at"])
        return row.victim.ref


def ask_support(*, actor: Actor, need: str, agency: str, at: datetime) -> str:
    """Ask a partner agency, with the client's consent. An agency whose answer is still open is not asked again.

    Returns the client's reference.
    """
    with gate.change(actor, Action.SETTLE_NEED, Need, need, at=at) as row:
        consents = row.victim.consents.filter(purpose=Purpose.PARTNERS, withdrawn_at=None)
        if not consents.exists():
            raise Refused(NO_CONSENT)
        own, box = reference(), vault.box(person=row.victim.ref)
        waiting = row.supports.filter(outcome="")
        if any(
            box.open(field=texts.SUPPORT, row=one.ref, sealed=bytes(one.words)) == agency for one in waiting
        ):
            return row.victim.ref
        words = _locked(row.victim, (texts.SUPPORT, own, agency), actor=actor, at=at, why=None)
        Support.objects.create(ref=own, need=row, words=words, asked_by=actor.who, asked_at=at)
        return row.victim.ref


def note_outcome(*, actor: Actor, support: str, outcome: SupportOutcome, at: datetime) -> str:
    """Record an agency's answer; returns the client's reference."""
    with gate.change(actor, Action.NOTE_SUPPORT, Support, support, at=at) as row:
        row.outcome, row.outcome_at = outcome, at
        row.save(update_fields=["outcome", "outcome_at"])
        return row.need.victim.ref


def choose(
    *,
    actor: Actor,
    ref: str,
    what: What,
    whom: Whom,
    allowed: bool,
    until: date | None,
    words: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> bool:
    """Record what the client chose. An earlier choice about that kind of fact and recipient ends.

    Without a choice the police may send no news of the client. Returns whether they are told to send nothing more.
    """
    with gate.change(actor, Action.WRITE_SAFETY, Victim, ref, at=at) as victim:
        standing = victim.choices.filter(what=what, whom=whom, ended_at=None)
        clicked = standing.filter(
            allowed=allowed, until=until, recorded_by=actor.who, recorded_at__gt=at - gate.SECOND_CLICK
        )
        if any(_chosen(one, victim) == words for one in clicked):
            return False
        standing.update(ended_at=at)
        own = reference()
        Choice.objects.create(
            ref=own,
            victim=victim,
            what=what,
            whom=whom,
            allowed=allowed,
            until=until,
            words=_locked(victim, (texts.CHOICE, own, words), actor=actor, at=at, why=why),
            recorded_by=actor.who,
            recorded_at=at,
        )
        stands = (what, whom) != (What.IS_CLIENT, Whom.POLICE) or allowed
        return not stands and ending.end(victim, at=at)


def add_child(
    *,
    actor: Actor,
    ref: str,
    said: Relative,
    contact: bool,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Add a child or relative of the client. `contact`: the person who stalks has contact by right or order."""
    with gate.change(actor, Action.WRITE_SAFETY, Victim, ref, at=at) as victim:
        if not Child.objects.filter(submission=submission).exists():
            _add_child(victim, said, contact, submission, actor=actor, at=at, why=why)


def change_child(
    *,
    actor: Actor,
    ref: str,
    said: Relative,
    contact: bool,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> str:
    """Replace what is known of a child or relative; returns the client's reference."""
    with gate.change(actor, Action.CHANGE_CHILD, Child, ref, at=at) as row:
        if not Child.objects.filter(submission=submission).exists():
            _end_child(row, Over.REVIEWED, actor, at)
            _add_child(row.victim, said, contact, submission, actor=actor, at=at, why=why)
        return row.victim.ref


def end_child(*, actor: Actor, ref: str, over: str, at: datetime) -> str:
    """Take a child or relative off the list; the row stays readable. Returns the client's reference."""
    with gate.change(actor, Action.CHANGE_CHILD, Child, ref, at=at) as row:
        if row.over != over:
            _end_child(row, Over(over), actor, at)
        return row.victim.ref


def _add_child(
    victim: Victim,
    said: Relative,
    contact: bool,  # noqa: FBT001 -- what the form says
    submission: str,
    *,
    actor: Actor,
    at: datetime,
    why: FalseAlarm | None,
) -> None:
    own, box = reference(), vault.box(person=victim.ref)
    child = texts.Child(name=said.name, wishes=said.words, worker=said.worker)
    vault.check(actor=actor, victim=victim, texts=asdict(child).values(), at=at, of=box, why=why)
    Child.objects.create(
        ref=own,
        victim=victim,
        words=boxes.lock(box, texts.CHILD, own, child),
        born_in=said.born_in,
        contact=contact,
        tie=said.tie,
        care=said.care,
        contact_order=said.contact_order,
        order_on=said.order_on,
        added_by=actor.who,
        added_at=at,
        submission=submission,
    )


def _end_child(row: Child, over: Over, actor: Actor, at: datetime) -> None:
    if row.over:
        raise Refused(CHILD_CHANGED)
    row.over, row.ended_by, row.ended_at = over, actor.who, at
    row.save(update_fields=["over", "ended_by", "ended_at"])


def write_note(
    *,
    actor: Actor,
    ref: str,
    layer: Layer,
    words: str,
    submission: str,
    at: datetime,
    why: FalseAlarm | None = None,
) -> None:
    """Write a note in its layer; it never moves to the other layer. Raises HoldsLocator, NotRead."""
    with gate.change(actor, Action.WRITE_SAFETY, Victim, ref, at=at) as victim:
        if Note.objects.filter(submission=submission).exists():
            return
        own, box = reference(), vault.box(person=ref)
        named = audit.row_name(Note, own)
        if layer is Layer.EVIDENCE:  # a court may disclose it to the person who stalks the client
            vault.check_crossing(
                actor=actor, victim=victim, named=named, texts={"words": words}, at=at, of=box, why=why
            )
        else:
            vault.check(actor=actor, victim=victim, texts=[words], at=at, of=box, why=why)
        Note.objects.create(
            ref=own,
            victim=victim,
            layer=layer,
            words=box.lock(field=texts.NOTE, row=own, text=words),
            written_by=actor.who,
            written_at=at,
            submission=submission,
        )


def _chosen(choice: Choice, victim: Victim) -> str:
    """The choice in words."""
    box = vault.box(person=victim.ref)
    return box.open(field=texts.CHOICE, row=choice.ref, sealed=bytes(choice.words))


def may_be_told(*, victim: Victim, what: What, whom: Whom, on: date) -> bool:
    """Whether a choice of the client permits on a day that a kind of fact is told to a side. Without a choice: no."""
    choice = victim.choices.filter(what=what, whom=whom, ended_at=None).first()
    return choice is not None and counts(choice, on=on)


def counts(choice: Choice, *, on: date) -> bool:
    """Whether a choice that has not ended permits a disclosure on a day."""
    return choice.allowed and (choice.until is None or choice.until >= on)


def _saved(box: Box, version: PlanVersion, ref: str) -> texts.Plan:
    return boxes.unlock(box, texts.PLAN, f"{ref}:{version.number}", version.words, texts.Plan)


def _locked(
    victim: Victim, said: tuple[str, str, str], *, actor: Actor, at: datetime, why: FalseAlarm | None
) -> bytes:
    """Check and lock the words of one field of one row (field, row, words)."""
    field, ref, text = said
    box = vault.box(person=victim.ref)
    vault.check(actor=actor, victim=victim, texts=[text], at=at, of=box, why=why)
    return box.lock(field=field, row=ref, text=text)
