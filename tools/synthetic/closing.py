"""Writing the end with the product's own commands: a report signed, a certificate issued, a follow-up recorded.

The commands make the documents, send the envelopes and add lines to the timeline.
"""

import uuid
from datetime import datetime, timedelta

from django.db.models import Case, F, When

from desist.programme.episodes.models import Episode
from desist.programme.leaving.certificates import commands as certificates
from desist.programme.leaving.followups import commands as followups
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.leaving.followups.states import Known, Outcome, Source
from desist.programme.leaving.reports import commands as reports
from desist.programme.leaving.reports import facts
from desist.programme.leaving.reports.models import Report
from desist.programme.leaving.reports.states import State
from desist.wall.actors import Actor, Role
from tools.synthetic import names
from tools.synthetic.stories import MANAGER


def write(*, at: datetime) -> None:
    """Do one of each, as the area's manager would; leave the others for the user of the demo to do."""
    _sign(at)
    _certify(at)
    _follow_up(at)


def _manager(area: str) -> Actor:
    return Actor(who=MANAGER[area], role=Role.MANAGER, area=area, correlation=uuid.uuid4())


def _sign(at: datetime) -> None:
    """Sign the report that has waited longest, where another one still waits."""
    waiting = list(
        Report.objects.filter(state=State.OFFERED)
        .select_related("episode__referral")
        .order_by("offered_at", "pk")
    )
    if len(waiting) < 2:
        return
    row = waiting[0]
    # The other rows of the area were written after the report was offered.
    Report.objects.filter(pk=row.pk).update(facts=facts.gather(row.episode).to_json())
    reports.sign(actor=_manager(row.episode.area), ref=row.ref, version=row.version, override=None, at=at)


def _certify(at: datetime) -> None:
    """Certify a person whose attendance is required, and who came; first of all one who completed."""
    required = Episode.objects.exclude(agreement__requirement="").filter(sessions__state="attended")
    completed = Case(When(state="completed", then=0), default=1)
    row = required.select_related("agreement").order_by(completed, "pk").first()
    if row is not None:
        issue = certificates.Issue(row.agreement.requirement, None)
        certificates.issue(
            actor=_manager(row.area),
            episode=row.ref,
            issue=issue,
            submission="certificate-of-the-demo",
            at=at,
        )


def _follow_up(at: datetime) -> None:
    """Record the follow-up that was due first."""
    due = FollowUp.objects.filter(outcome="", voided_at=None, due_on__lt=at.date()).order_by("due_on", "pk")
    row = due.annotate(area=F("episode__area")).first()
    if row is not None:
        told = followups.Told(
            Outcome.REACHED,
            at.date() - timedelta(days=1),
            2,
            names.FOLLOWED_UP,
            Known.NOTHING,
            (Source.PERSON, Source.POLICE),
            "",
            None,
        )
        followups.record(
            actor=_manager(row.area),
            ref=row.ref,
            told=told,
            submission="follow-up-of-the-demo",
            version=row.version,
            at=at,
        )
