"""People of the synthetic area who were referred to agencies by the programme, and one who said no."""

from datetime import timedelta
from hashlib import sha256

from desist.agencies import Said
from desist.programme.episodes.models import Episode
from desist.programme.plans.support.models import Agency, SupportOverride, SupportReferral
from desist.ui.dates import LONDON
from tools.synthetic import agencies
from tools.synthetic.cases import Case

#: how long the links of the demo work, so that one still does
LASTS = timedelta(days=300)


def write(case: Case, episode: Episode, listed: list[Agency], by: str) -> None:
    """Write what a person was referred for, what the agency said, and a referral that the person said no to."""
    day = case.allocated_at.astimezone(LONDON).date()
    told = agencies.referred(case)
    row = SupportReferral.objects.create(
        episode=episode,
        agency=listed[told.number],
        need=told.need,
        agreed=True,
        told=agencies.TOLD,
        reach="Through the service that refers: ring it first",
        basis="consent",
        thread=agencies.thread(case) if told.number == agencies.SIGNED_IN else "",
        state="accepted" if told.outcome else "referred",
        outcome=told.outcome,
        referred_on=day,
        answered_on=day + agencies.ANSWERED_AFTER if told.outcome else None,
        submission=f"support-{episode.ref}",
        referred_by=by,
        recorded_at=episode.opened_at,
    )
    if told.outcome:
        said = Said.ACCEPTED
        on = day + agencies.ANSWERED_AFTER
        row.news.create(said=said, on=on, words=told.outcome, at=case.allocated_at + agencies.ANSWERED_AFTER)
    elif told.number in agencies.LINKED:
        _link(row, case, by)
    if agencies.said_no(case):
        _said_no(case, episode, listed[agencies.LINKED[-1]], by)


def _link(row: SupportReferral, case: Case, by: str) -> None:
    """A link by which the agency reads the referral; its codes are known to nobody."""
    row.links.create(
        digest=sha256(row.submission.encode()).hexdigest(),
        made_by=by,
        made_at=case.allocated_at,
        until=case.allocated_at + LASTS,
        submission=f"link-{row.ref}",
    )


def _said_no(case: Case, episode: Episode, agency: Agency, by: str) -> None:
    """A referral that the person said no to, which waits for a second person."""
    SupportOverride.objects.create(
        episode=episode,
        agency=agency,
        need="substances",
        basis="public_task",
        without="Drinks before each contact; the next hearing is in two weeks.",
        told="Drinks at weekends. Asked for no help yet.",
        reach="Through the service that refers: ring it first",
        asked_by=by,
        asked_at=case.allocated_at + agencies.ANSWERED_AFTER,
        submission=f"override-{episode.ref}",
    )
