"""What happens to a case on a panel's agenda: it is put on, moved, changed and taken off."""

from datetime import date, datetime

from django.db.models import Value
from django.db.models.functions import Concat

from desist.partnership.panels.commands import forget_drawn, refuse_ended, refuse_off
from desist.partnership.panels.models import PanelItem, PanelMeeting
from desist.partnership.panels.policy import Action
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.references import typed
from desist.refusals import Refused
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor

HELD = "This meeting was held already. Choose another one"
NOT_SENT = "This referral was not sent yet: send it first, so that the programme knows of the person too"
NO_CASE = "No case that was referred has this reference or this whole name. Ask the officer who knows it"
SEVERAL = "More than one case has this name. Type the reference of the one that you mean"
TWICE = "This case is on the agenda of this meeting already"


def put(
    *,
    actor: Actor,
    referral: str,
    meeting: str,
    why: str,
    consultation: bool,
    submission: str,
    at: datetime,
) -> str:
    """Put a case on the agenda of a meeting; return the item, also for a form that is sent twice. Raises Refused."""
    about = gate.open(actor, ReferralsAction.SEE_REFERRAL, Referral, referral, at=at).get()
    panel = gate.open(actor, Action.SEE_PANELS, PanelMeeting, meeting, at=at).get()
    if not about.thread:
        raise Refused(NOT_SENT)
    row = PanelItem(meeting=panel, referral=about, why=why, consultation=consultation, submission=submission)
    return _put(row, Action.PUT_ON_AGENDA, "meeting", actor, at)


def add(
    *,
    actor: Actor,
    meeting: str,
    case: str,
    why: str,
    consultation: bool,
    submission: str,
    at: datetime,
) -> str:
    """Add a case that was referred, by its reference or the person's whole name, as the chair; return the item.

    A case that is kept from the chair answers as one that is not there. Raises Refused.
    """
    panel = gate.open(actor, Action.KEEP_PANELS, PanelMeeting, meeting, at=at).get()
    sent = gate.see(actor, Action.FIND_CASE_FOR_AGENDA, Referral, at=at).exclude(thread=None)
    found = list(sent.filter(ref=typed(case)))
    if not found:
        named = sent.annotate(whole=Concat("given_names", Value(" "), "family_name"))
        found = list(named.filter(whole__iexact=" ".join(case.split())).order_by("pk")[:2])
    if len(found) != 1:
        raise Refused(SEVERAL if found else NO_CASE, field="case")
    row = PanelItem(
        meeting=panel, referral=found[0], why=why, consultation=consultation, submission=submission
    )
    return _put(row, Action.ADD_TO_AGENDA, "case", actor, at)


def change(
    *,
    actor: Actor,
    ref: str,
    position: int,
    why: str,
    consultation: bool,
    review_on: date | None,
    version: int | None,
    at: datetime,
) -> None:
    """Change what is said of a case on the agenda, and its place there. Raises Changed and Refused."""
    with gate.change(actor, Action.CHANGE_AGENDA, PanelItem, ref, at=at, version=version) as row:
        refuse_off(row)
        if consultation and (row.papers.filter(ended_at=None).exists() or row.actions.exists()):
            raise Refused(
                "This case has papers or actions: recall them first, or leave it as it is",
                field="consultation",
            )
        row.why, row.consultation, row.review_on = why, consultation, review_on
        row.save()
        others = [one for one in _agenda(row.meeting) if one.pk != row.pk]
        others.insert(min(position, len(others) + 1) - 1, row)
        for place, one in enumerate(others, start=1):
            if one.position != place:
                one.position = place
                one.save(update_fields=["position"])


def take_off(*, actor: Actor, ref: str, at: datetime) -> str:
    """Take a case off the agenda: the agencies read nothing about it any more. Returns the meeting."""
    with gate.change(actor, Action.CHANGE_AGENDA, PanelItem, ref, at=at) as row:
        if row.ended_at is None:
            row.ended_by, row.ended_at = actor.who, at
            gate.next_version(row)
            row.save()
            forget_drawn(row.meeting)
            for place, one in enumerate(_agenda(row.meeting), start=1):
                if one.position != place:
                    one.position = place
                    one.save(update_fields=["position"])
        return row.meeting.ref


def _agenda(meeting: PanelMeeting) -> list[PanelItem]:
    return list(meeting.items.filter(ended_at=None).order_by("position", "pk"))


def _put(row: PanelItem, rule: Action, field: str, actor: Actor, at: datetime) -> str:
    """Keep a new item at the end of the agenda; `field` is that of a form's question for which it is refused."""
    refuse_ended(row.meeting)
    if row.meeting.on < day_of(at):
        raise Refused(HELD, field=field)
    known = PanelItem.objects.filter(meeting=row.meeting, referral=row.referral, ended_at=None).first()
    if known is not None:
        if known.submission == row.submission:
            return known.ref
        raise Refused(TWICE, field=field)
    row.position, row.put_by, row.put_at = len(_agenda(row.meeting)) + 1, actor.who, at
    try:
        with gate.create(actor, rule, row, at=at):
            pass
    except gate.Twice as twice:
        return twice.ref
    return row.ref
