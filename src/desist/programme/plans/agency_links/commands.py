"""Links for agencies without an account: made and revoked by staff, and what an agency reads and says by one."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from desist.agencies import SAY, Answers, Basis, Need, Said
from desist.agencies.states import MAY_SAY, TRANSITIONS, State
from desist.answering import links
from desist.answering.answer_files.papers import Paper
from desist.answering.links import Keys
from desist.programme.plans.agency_links.policy import Action
from desist.programme.plans.support import commands as support
from desist.programme.plans.support.models import SupportLink, SupportReferral
from desist.refusals import Changed, Refused
from desist.ui.dates import day_of
from desist.ui.words import Override
from desist.wall import gate
from desist.wall.actors import Actor

NOT_BY_LINK = "No link was made: this agency does not answer by a link. Its entry says how it answers"
IN_DESIST = "This agency answers in Desist, with an account of its own: it needs no file"
OVER = "No link was made: this referral is over"


def make(*, actor: Actor, ref: str, days: int, submission: str, at: datetime) -> tuple[str, str]:
    """Make a link to a referral, in the place of an earlier one, and return its code and the one to tell by telephone.

    Neither is kept. A form that is sent twice makes one link; both are "" for the second. Raises Refused.
    """
    with gate.change(actor, Action.MAKE_AGENCY_LINK, SupportReferral, ref, at=at) as row:
        if row.links.filter(submission=submission).exists():
            return "", ""
        if support.answers(row.agency) is not Answers.LINK:
            raise Refused(NOT_BY_LINK)
        if not TRANSITIONS[State(row.state)]:
            raise Refused(OVER)
        support.may_be_told(row.agency.ref, row.agency.area, at)
        row.links.filter(ended_at=None).update(ended_by=actor.who, ended_at=at)
        own, other, digest = links.fresh()
        until = at + timedelta(days=days)
        row.links.create(digest=digest, made_by=actor.who, made_at=at, until=until, submission=submission)
        return own, other


def revoke(*, actor: Actor, ref: str, at: datetime) -> None:
    """Revoke a link at once. A second call changes nothing."""
    with gate.change(actor, Action.REVOKE_AGENCY_LINK, SupportLink, ref, at=at) as row:
        if row.ended_at is None:
            row.ended_by, row.ended_at = actor.who, at
            row.save(update_fields=["ended_by", "ended_at"])


def look(*, keys: Keys, at: datetime) -> links.Shown:
    """What an agency reads by a link. Raises NotOpen."""
    with links.opened(_standing(at), Action.ANSWER_BY_AGENCY_LINK, keys, at=at) as link:
        row, state = link.referral, State(link.referral.state)
        return links.Shown(
            agency=row.agency.name,
            name=row.episode.referral.name,
            need=Need(row.need).label,
            reach=row.reach,
            told=row.told,
            agreed=row.agreed,
            basis=Basis(row.basis).label,
            state=state.label,
            referred_on=row.referred_on,
            until=link.until,
            version=row.version,
            said=tuple(
                links.Said(Said(one.said).label if one.said else "The service answered", one.on, one.words)
                for one in row.news.filter(Q(by="") | Q(said="")).order_by("-at", "-pk")
            ),
            may_say=tuple((one.value, SAY[one]) for one in MAY_SAY[state]),
        )


def say(
    *,
    keys: Keys,
    said: Said,
    on: date,
    words: str,
    override: Override | None,
    submission: str,
    version: int | None,
    at: datetime,
) -> None:
    """Keep what an agency says by a link. A form that is sent twice says it once. Raises NotOpen, Changed, words.Unclear."""
    with links.opened(_standing(at), Action.ANSWER_BY_AGENCY_LINK, keys, at=at) as link:
        row = SupportReferral.objects.select_for_update().get(pk=link.referral_id)
        if row.news.filter(submission=submission).exists():
            return
        gate.next_version(row, version)
        if said not in MAY_SAY[State(row.state)]:
            raise Changed
        links.hold(row, row.ref, words, override=override, at=at)
        support.note(row, said, on=on, words=words, at=at, submission=submission)


def _standing(at: datetime) -> QuerySet[SupportLink]:
    """The links that open something now: a withdrawal, an agency off the list and an agreement that ended close them."""
    today = day_of(at)
    rows = SupportLink.objects.filter(ended_at=None, until__gt=at, referral__agency__ended_at=None)
    rows = rows.exclude(referral__state=State.WITHDRAWN)
    return rows.exclude(referral__agency__agreement_ends_on__lt=today)


def paper(*, actor: Actor, ref: str, at: datetime) -> Paper:
    """A referral whose agency answers by a file. Raises Refused where it answers in Desist."""
    row = (
        gate.open(actor, Action.BRING_AGENCY_FILE, SupportReferral, ref, at=at).select_related("agency").get()
    )
    _refuse_posted(row)
    state = State(row.state)
    return Paper(
        ref=row.ref,
        agency=row.agency.name,
        state=state.label,
        version=row.version,
        may_say=tuple((one.value, SAY[one]) for one in MAY_SAY[state]),
        back=("support:support", row.episode.ref),
    )


def bring(
    *,
    actor: Actor,
    ref: str,
    said: Said,
    on: date,
    words: str,
    override: Override | None,
    submission: str,
    version: int | None,
    at: datetime,
) -> None:
    """Keep what an agency's file said. A form that is sent twice says it once. Raises Refused, Changed, words.Unclear."""
    with gate.change(actor, Action.BRING_AGENCY_FILE, SupportReferral, ref, at=at) as row:
        if row.news.filter(submission=submission).exists():
            return
        _refuse_posted(row)
        gate.next_version(row, version)
        if said not in MAY_SAY[State(row.state)]:
            raise Changed
        links.hold(row, row.ref, words, override=override, at=at, actor=actor)
        support.note(row, said, on=on, words=words, by=actor.who, at=at, submission=submission)


def _refuse_posted(row: SupportReferral) -> None:
    if row.thread:
        raise Refused(IN_DESIST)


KIND = links.Kind(look=look, say=say, paper=paper, bring=bring)
