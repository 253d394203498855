"""Questions about exit reports, each with a frozen answer."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from desist.accounts import queries as accounts
from desist.post import own
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import commands, facts
from desist.programme.leaving.reports.facts import Facts
from desist.programme.leaving.reports.models import Report
from desist.programme.leaving.reports.policy import Action
from desist.programme.leaving.reports.records import FIELDS, TITLES, Words
from desist.programme.leaving.reports.states import Sent, State
from desist.programme.leaving.states import State as LeavingState
from desist.programme.referrals.states import Happened
from desist.programme.sessions import put_right
from desist.references import spoken
from desist.referral import files
from desist.wall import gate, policy
from desist.wall.actors import Actor, Role
from desist.wall.people import are_one_person
from desist.wall.statements import Statement, among, anybody, moment

#: how long after the end the first page reminds of a report that was never begun
REMINDED = timedelta(days=28)
#: the most of each kind that the first page lists
MOST = 50
#: handed on, and the programme has not gone on since: otherwise it can be neither signed nor handed on again
WAITING = Q(state=State.OFFERED, episode__ended_at__isnull=False)


@dataclass(frozen=True)
class ReportRow:
    """One version of a report."""

    ref: str
    number: int
    state: str
    state_label: str
    sent_label: str
    signed_by: str
    signed_at: datetime | None
    superseded_by: int  # 0 while it is the newest
    correction: str
    digest: str


@dataclass(frozen=True)
class ReportsPage:
    """A person's reports, the newest first."""

    episode: str
    spoken: str
    name: str
    rows: tuple[ReportRow, ...]
    open: str  # the version that is not signed, usually empty
    ended: bool
    held: bool
    may_start: bool


@dataclass(frozen=True)
class ReportPage:
    """One version, whole. `facts` are those of the moment, or those it was offered with."""

    episode: str
    spoken: str
    name: str
    row: ReportRow
    version: int
    words: Words
    parts: tuple[tuple[str, str], ...]  # field and title
    facts: Facts
    put_right: bool  # a session's record was put right since the facts were counted
    struck: bool  # a judgement of risk was struck out that these words may repeat
    to_reread: bool  # the words may say what was struck out or put right since they were begun
    saved_by: str
    saved_at: datetime | None
    offered_by: str
    offered_at: datetime | None
    returned_reason: str
    ended: bool
    missing: tuple[str, ...]
    sending: str
    may_write: bool
    may_sign: bool
    own: bool  # the actor wrote it

    def part(self, name: str) -> str:
        """Return the words of one part."""
        return str(getattr(self.words, name))


@dataclass(frozen=True)
class Document:
    """The finished document, to be saved; its file name holds no person's name."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Due:
    """A report to write: `ref` leads to it, or to the person's reports where none has begun."""

    words: str
    episode: int
    route: str
    ref: str
    since: datetime


def reports(*, actor: Actor, episode: str, at: datetime) -> ReportsPage:
    """A person's exit reports."""
    row = gate.open(actor, Action.SEE_REPORTS, Episode, episode, at=at).select_related("referral").get()
    return _page(row, actor)


def to_start(*, actor: Actor, episode: str, at: datetime) -> ReportsPage:
    """Return the page that begins a report."""
    row = gate.open(actor, Action.START_REPORT, Episode, episode, at=at).select_related("referral").get()
    return _page(row, actor)


def report(*, actor: Actor, ref: str, at: datetime, action: Action = Action.SEE_REPORT) -> ReportPage:
    """Return one version, to read, to write or to sign."""
    joined = ("episode__referral", "episode__agreement", "document", "supersedes", "superseded_by")
    return _one(gate.open(actor, action, Report, ref, at=at).select_related(*joined).get(), actor)


def document(*, actor: Actor, ref: str, at: datetime) -> Document | None:
    """Return the finished document of a version; None while it is not signed. Raises files.Spoilt."""
    row = gate.open(actor, Action.SEE_REPORT, Report, ref, at=at).select_related("document").get()
    if row.state != State.SIGNED:
        return None
    kept = row.document
    content = files.unlock(keys=own.keys(), key=kept.key, ref=kept.ref, sealed=bytes(kept.sealed))
    return Document(f"exit-report-{row.ref}-version-{row.number}.pdf", content)


def to_sign(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Narrow reports to those that a colleague wrote and the actor may sign, for the statement of To do."""
    return rows.filter(WAITING & another_wrote(anybody(Role.MANAGER)))


def to_write(*, episodes: Collection[int], at: datetime) -> list[Due]:
    """Return what is to be written about these people: returned reports, and ends without a report begun."""
    again = RETURNED.rows(people=list(episodes))
    ended = NOT_BEGUN.rows(people=list(episodes), since=at - REMINDED)
    words = "the exit report was returned: continue writing"
    return [
        *(Due(words, episode, "reports:write", ref, since) for episode, ref, since in again if since),
        *(
            Due("write the exit report", episode, "reports:reports", ref, since)
            for episode, ref, since in ended
        ),
    ]


def _returned() -> QuerySet[Any]:
    rows = Report.objects.filter(
        state=State.DRAFT, episode__in=among("people"), episode__ended_at__isnull=False
    ).exclude(returned_reason="")
    given_back = Q(episode__referral__happenings__what=Happened.GIVEN_BACK)
    since_then = rows.annotate(since=Max("episode__referral__happenings__at", filter=given_back))
    return since_then.order_by("since").values_list("episode", "ref", "since")[:MOST]


def _not_begun() -> QuerySet[Any]:
    # A report signed after an earlier end says nothing of this end.
    of_this_end = ~Q(state=State.SIGNED) | Q(signed_at__gte=OuterRef("ended_at"))
    begun = Exists(Report.objects.filter(of_this_end, episode=OuterRef("pk")))
    rows = Episode.objects.filter(~begun, pk__in=among("people"), ended_at__gte=moment("since"))
    return rows.order_by("ended_at").values_list("pk", "ref", "ended_at")[:MOST]


RETURNED, NOT_BEGUN = Statement(_returned), Statement(_not_begun)


def another_wrote(actor: Actor) -> Q:
    """Return the reports that the actor may sign as the second pair of eyes: those that another colleague wrote."""
    return ~Q(offered_by=actor.who) & ~Q(saved_by=actor.who)


def _page(row: Episode, actor: Actor) -> ReportsPage:
    joined = row.reports.order_by("-number").select_related("document", "superseded_by")
    rows = tuple(_row(one, actor) for one in joined)
    return ReportsPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=_name(row),
        rows=rows,
        open=next((one.ref for one in rows if one.state != State.SIGNED), ""),
        ended=row.ended_at is not None,
        held=row.leavings.filter(state=LeavingState.HELD).exists(),
        may_start=actor.role in policy.rule(Action.START_REPORT).roles,
    )


def _row(row: Report, actor: Actor) -> ReportRow:
    later, kept = getattr(row, "superseded_by", None), getattr(row, "document", None)
    return ReportRow(
        ref=row.ref,
        number=row.number,
        state=row.state,
        state_label=State(row.state).label,
        sent_label=Sent(row.sent).label if row.sent else "",
        signed_by=accounts.as_read_by(actor, row.signed_by) if row.signed_by else "",
        signed_at=row.signed_at,
        superseded_by=later.number if later and later.state == State.SIGNED else 0,
        correction=row.correction,
        digest=kept.digest if kept else "",
    )


def _one(row: Report, actor: Actor) -> ReportPage:
    draft = row.state == State.DRAFT
    counted_at, last = row.signed_at or row.offered_at, put_right.last(row.episode)
    sending = commands.sending(row.episode)
    return ReportPage(
        episode=row.episode.ref,
        spoken=spoken(row.episode.ref),
        name=_name(row.episode),
        row=_row(row, actor),
        version=row.version,
        words=commands.saved(row),
        parts=tuple((name, TITLES[name]) for name in FIELDS),
        facts=facts.gather(row.episode) if row.facts is None else facts.kept(row.facts),
        put_right=counted_at is not None and put_right.since(counted_at, last),
        struck=_struck_since(row),
        to_reread=row.state != State.SIGNED and _to_reread(row, last),
        saved_by=accounts.as_read_by(actor, row.saved_by) if row.saved_by else "",
        saved_at=row.saved_at,
        offered_by=accounts.as_read_by(actor, row.offered_by) if row.offered_by else "",
        offered_at=row.offered_at,
        returned_reason=row.returned_reason,
        ended=row.episode.ended_at is not None,
        missing=commands.missing(row) if draft else (),
        sending="It will be sent to the referrer" if sending is Sent.SENT else sending.label,
        may_write=actor.role in policy.rule(Action.WRITE_REPORT).roles,
        may_sign=actor.role in policy.rule(Action.SIGN_REPORT).roles,
        own=are_one_person(actor.who, row.offered_by, row.saved_by),
    )


def _struck_since(row: Report) -> bool:
    """Return whether a judgement that the words may repeat was struck out since they were handed on."""
    if row.offered_at is None:
        return False
    known = row.episode.risk_ratings.filter(recorded_at__lte=row.offered_at)
    return known.filter(struck_at__gte=row.offered_at).exists()


def _to_reread(row: Report, last: put_right.Last) -> bool:
    """Return whether to read the words again: they begin with the record, or the version before as handed on."""
    begun = (row.supersedes and row.supersedes.offered_at) or row.started_at
    return put_right.since(begun, last) or row.episode.risk_ratings.filter(struck_at__gt=begun).exists()


def _name(row: Episode) -> str:
    return f"{row.referral.given_names} {row.referral.family_name}"
