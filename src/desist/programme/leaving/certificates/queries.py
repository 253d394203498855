"""Questions about certificates of attendance, each with a frozen answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from desist.accounts import queries as accounts
from desist.post import own
from desist.programme.episodes.models import Episode
from desist.programme.leaving.certificates import commands, lines
from desist.programme.leaving.certificates.lines import Line
from desist.programme.leaving.certificates.models import Certificate
from desist.programme.leaving.certificates.policy import Action
from desist.programme.leaving.reports.states import Sent
from desist.programme.sessions import put_right
from desist.programme.sessions.models import OF_THE_COURSE
from desist.references import spoken
from desist.referral import files
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor


@dataclass(frozen=True)
class CertificateRow:
    """One certificate."""

    ref: str
    number: int
    requirement: str
    attended: int
    issued_by: str
    issued_at: datetime
    sent_label: str
    outdated: bool  # a session's record was put right later


@dataclass(frozen=True)
class CertificatesPage:
    """A person's certificates, the newest first, and what can be certified now."""

    episode: str
    spoken: str
    name: str
    rows: tuple[CertificateRow, ...]
    requirements: tuple[str, ...]
    attended: int
    sending: str
    may_issue: bool
    #: to issue one: the sessions, and by requirement how many of them count against it
    lines: tuple[Line, ...] = ()
    counting: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """The document of a certificate, to be saved; its file name holds no person's name."""

    name: str
    content: bytes


def certificates(*, actor: Actor, episode: str, at: datetime) -> CertificatesPage:
    """A person's certificates."""
    row = gate.open(actor, Action.SEE_CERTIFICATES, Episode, episode, at=at).select_related("referral").get()
    return _page(row, actor)


def to_issue(*, actor: Actor, episode: str, at: datetime) -> CertificatesPage:
    """The page that issues one, with what it would say."""
    row = gate.open(actor, Action.ISSUE_CERTIFICATE, Episode, episode, at=at).select_related("referral").get()
    found = lines.attended(row)
    counting = tuple(_counting(since, found) for since in commands.counting_from(row).values())
    return replace(_page(row, actor), lines=found, counting=counting)


def _counting(since: date | None, found: Sequence[Line]) -> str:
    counted = sum(since is None or since <= one.on for one in found)
    said = f"{counted} {'session' if counted == 1 else 'sessions'} attended"
    return f"{said} since {dates.on(since)}, when the order was made" if since else f"{said} so far"


def document(*, actor: Actor, ref: str, at: datetime) -> Document:
    """The document of one certificate. Raises files.Spoilt."""
    row = gate.open(actor, Action.SEE_CERTIFICATE, Certificate, ref, at=at).get()
    content = files.unlock(keys=own.keys(), key=row.key, ref=row.ref, sealed=bytes(row.sealed))
    return Document(f"attendance-{row.ref}-{row.number}.pdf", content)


def _page(row: Episode, actor: Actor) -> CertificatesPage:
    found = row.certificates.defer("sealed").order_by("-number")
    last = put_right.last(row)
    return CertificatesPage(
        episode=row.ref,
        spoken=spoken(row.ref),
        name=f"{row.referral.given_names} {row.referral.family_name}",
        rows=tuple(_row(one, actor, last) for one in found),
        requirements=commands.requirements(row),
        attended=row.sessions.filter(OF_THE_COURSE, state="attended").count(),
        sending=commands.sending(row).label,
        may_issue=actor.role in policy.rule(Action.ISSUE_CERTIFICATE).roles,
    )


def _row(row: Certificate, actor: Actor, last: put_right.Last) -> CertificateRow:
    return CertificateRow(
        ref=row.ref,
        number=row.number,
        requirement=row.requirement,
        attended=len(row.days),
        issued_by=accounts.as_read_by(actor, row.issued_by),
        issued_at=row.issued_at,
        sent_label=Sent(row.sent).label,
        outdated=put_right.since(row.issued_at, last),
    )
