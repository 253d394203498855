"""Commands for a referral that is typed in here."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from desist.post import outbox, own
from desist.programme.clocks import LONDON
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.intake.policy import Action
from desist.programme.referrals.models import Referral
from desist.programme.referrals.states import Happened
from desist.referral import answers as asked
from desist.referral.answers import Answers, Section
from desist.referral.files import Accepted, Media, kept
from desist.referral.lists import DiscardReason
from desist.refusals import Changed, Refused
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

SUBMITTED = "This referral has since been submitted, so it is no longer a draft. A manager will decide it"
DISCARDED = (
    "This draft has since been discarded, so nothing more can be saved in it. Start a new one if you need it"
)
TOO_LATE = "Not saved: a partner has already been told, or the referral has been decided"


def start(*, actor: Actor, partner: str, answers: Answers, submission: str, at: datetime) -> str:
    """Begin a draft with what is known of the person; return its reference, also for a form that is sent twice."""
    stored = asked.to_json({**asked.empty(), **answers})
    draft = Draft(
        area=actor.area,
        partner=partner,
        answers=stored,
        started_by=actor.who,
        started_at=at,
        submission=submission,
    )
    try:
        with gate.create(actor, Action.START_INTAKE, draft, at=at):
            pass
    except gate.Twice as twice:
        return twice.ref
    return draft.ref


def begin(
    *, area: str, answers: Answers, files: Iterable[Accepted], by: str, came_at: datetime, at: datetime
) -> Draft:
    """Begin a draft with what came by the form for referrers without an account, in the caller's transaction."""
    draft = Draft.objects.create(
        area=area,
        answers=asked.to_json({**asked.empty(), **answers}),
        started_by=by,
        started_at=at,
        came_at=came_at,
    )
    for file in files:
        draft.enclosures.create(**kept(file, keys=own.keys().current), added_by=by, added_at=at)
    return draft


def write(
    *,
    actor: Actor,
    ref: str,
    section: Section,
    answers: Answers,
    version: int | None,
    override: Override | None = None,
    at: datetime,
) -> None:
    """Store the answers of one section. Raises Refused, Changed and words.Unclear."""
    with gate.change(actor, Action.WRITE_INTAKE, Draft, ref, at=at) as draft:
        _check(draft, version)
        given = {name: answers[name] for name in section.names}
        draft.answers = asked.to_json({**asked.from_json(draft.answers), **given})
        draft.save(update_fields=["answers", "version"])
        _hold(draft, asked.free(given), override, actor, at)


def take_in(
    *,
    actor: Actor,
    ref: str,
    version: int | None,
    complete_on: date,
    no_names: Collection[str] = (),
    override: Override | None = None,
    at: datetime,
) -> str:
    """Turn a complete draft into a referral that waits for a decision; return the referral's reference.

    The 14-day clock begins on the day the complete referral reached the service, not on the day it was typed. A form
    that is sent twice makes one referral. Raises Refused, Changed and words.Unclear.
    """
    with gate.change(actor, Action.TAKE_IN, Draft, ref, at=at) as draft:
        if draft.referral is not None:  # the first of two clicks did it
            return draft.referral.ref
        _check(draft, version)
        answers = asked.from_json(draft.answers)
        if missing := asked.missing(answers):
            raise Refused(f"These parts are not finished: {', '.join(missing)}")
        if not set(asked.may_be_names(answers)) <= set(no_names):  # the names came after the page asked
            raise Changed
        _hold(draft, asked.free(answers), override, actor, at)
        today = at.astimezone(LONDON).date()
        referral = Referral.objects.create(
            area=draft.area,
            partner=draft.partner,
            thread=outbox.new_thread(),
            completed_at=at if complete_on == today else datetime.combine(complete_on, time(9), LONDON),
            received_at=at,
            **answers,
        )
        draft.referral = referral
        draft.save(update_fields=["referral"])
        referral.happened(Happened.TYPED_IN, by=actor.who, at=at)
        _hand_over(draft, referral)
        return referral.ref


def discard(*, actor: Actor, ref: str, reason: DiscardReason, version: int | None, at: datetime) -> None:
    """Put a draft aside for good. Raises Refused and Changed; a draft that was discarded already stays as it is.

    Every word of the person goes at once with the files, from the draft and from its history. What stays is who began
    it and when, and who discarded it, when and why; its event in the audit has who, when and why in its code.
    """
    with gate.change(actor, Action.DISCARD_INTAKE, Draft, ref, at=at, reason=reason.value) as draft:
        if draft.discarded_at is not None:
            return
        _check(draft, version)
        _drop(draft)
        draft.answers = {}
        draft.discard_reason = reason
        draft.discarded_by, draft.discarded_at = actor.who, at
        draft.save(update_fields=["answers", "discard_reason", "discarded_by", "discarded_at", "version"])


def say_who_is_told(*, actor: Actor, ref: str, partner: str, at: datetime) -> None:
    """Name the partner who hears of a referral from now on. Raises Refused.

    The command works only where no partner is named and the person is not on the programme: no partner heard of earlier
    events, and no page may say so.
    """
    with gate.change(actor, Action.SAY_WHO_IS_TOLD, Referral, ref, at=at) as referral:
        if not referral.may_be_told:
            raise Refused(TOO_LATE)
        referral.partner = partner
        gate.next_version(referral)
        referral.save(update_fields=["partner", "version"])
        referral.happened(Happened.WHO_IS_TOLD, by=actor.who, at=at)


def _hold(draft: Draft, texts: dict[str, str], override: Override | None, actor: Actor, at: datetime) -> None:
    named = audit.row_name(Draft, draft.ref)
    clearances.hold(named=named, texts=texts, override=override, actor=actor, at=at)


def _hand_over(draft: Draft, referral: Referral) -> None:
    """Make every file of a draft an attachment of its referral, in the transaction that takes it in."""
    for row in draft.enclosures.order_by("added_at", "pk"):
        referral.attachments.create(
            ref=row.ref,
            name=row.name,
            media=row.media,
            size=row.size,
            digest=row.digest,
            key=row.key,
            sealed=row.sealed,
            added_by=row.added_by,
            added_at=row.added_at,
        )
        detail = Media(row.media).name
        referral.happened(Happened.ATTACHED, by=row.added_by, at=row.added_at, detail=detail)
    _drop(draft)


def _drop(draft: Draft) -> None:
    """Delete the files of a draft, in the transaction that takes it in or discards it."""
    draft.enclosures.all().delete()


def _check(draft: Draft, version: int | None) -> None:
    if draft.referral_id is not None:
        raise Refused(SUBMITTED)
    if draft.discarded_at is not None:
        raise Refused(DISCARDED)
    gate.next_version(draft, version)
