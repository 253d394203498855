"""Everything that can happen to a certificate of attendance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from desist.accounts import queries as accounts
from desist.post import own, payloads
from desist.programme.agreement.models import Agreement
from desist.programme.certificates.models import Certificate
from desist.programme.clocks import LONDON
from desist.programme.closing_policy import Action
from desist.programme.episodes.models import Episode
from desist.programme.orders import kinds
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.states import State as ReferralState
from desist.programme.reports import checking
from desist.programme.reports.checking import Finding
from desist.programme.reports.states import Sent
from desist.programme.sessions import states as sessions
from desist.programme.sessions.models import Session
from desist.references import reference, spoken
from desist.referral import files
from desist.referral.forms import Override
from desist.ui import dates, documents
from desist.wall import audit, gate
from desist.wall.actors import Actor

LAYOUT = Path(__file__).parent / "certificate.typ"
PART = "The requirement"


class NothingAttended(Exception):
    """Nobody attended a session that is recorded: there is nothing to certify."""


class UnknownRequirement(Exception):
    """No order and no agreement of this person holds this requirement now."""


class WordsFound(Exception):
    """The requirement holds words that may lead to somebody, and nobody answered for them."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """`findings` say which."""
        super().__init__(len(findings))
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Issue:
    """What is certified against what. `requirement` is in the words of the order or of the agreement."""

    requirement: str
    override: Override | None


def issue(*, actor: Actor, episode: str, issue: Issue, submission: str, at: datetime) -> str:
    """Certify every session attended so far against a requirement, and tell the police; returns the reference.

    The same submission twice issues one. Raises NothingAttended, UnknownRequirement, WordsFound, documents.NotMade.
    """
    with gate.change(actor, Action.ISSUE_CERTIFICATE, Episode, episode, at=at) as row:
        if same := Certificate.objects.filter(submission=submission, episode=row).first():
            return same.ref
        if issue.requirement not in requirements(row):
            raise UnknownRequirement(episode)
        attended = list(row.sessions.filter(state="attended").order_by("period"))
        if not attended:
            raise NothingAttended(episode)
        _answered(row, issue, actor, at)
        certificate = _made(
            row, attended, requirement=issue.requirement, submission=submission, by=actor.who, at=at
        )
        if certificate.sent == Sent.SENT:
            referrals.tell(row.referral, _payload(certificate), at=at)
        return certificate.ref


def requirements(episode: Episode) -> tuple[str, ...]:
    """What can be certified against: requirements of orders, whoever told or typed them, then the one taken part by."""
    orders = episode.referral.protection_orders.order_by("made_on", "pk")
    found = [
        f"{kinds.name(one.kind)} made {dates.on(one.made_on)}: {words}"
        for one in orders
        for words in one.requirements
    ]
    agreement = Agreement.objects.filter(episode=episode).first()
    if agreement and agreement.requirement:
        found.append(agreement.requirement)
    return tuple(dict.fromkeys(found))


def sending(episode: Episode) -> Sent:
    """Whether the police are told: an order's requirement is a basis of its own, whatever was withdrawn."""
    if not episode.referral.partner:
        return Sent.NOBODY
    return Sent.TAKEN_BACK if episode.referral.state == ReferralState.WITHDRAWN else Sent.SENT


def _answered(row: Episode, issue: Issue, actor: Actor, at: datetime) -> None:
    found = checking.leading({PART: issue.requirement})
    if not found:
        return
    if issue.override is None:
        raise WordsFound(found)
    answer = issue.override.about(one.kind for one in found)
    referrals.answer_for(answer, named=audit.row_name(Episode, row.ref), actor=actor, at=at)


def _made(
    row: Episode, attended: Sequence[Session], *, requirement: str, submission: str, by: str, at: datetime
) -> Certificate:
    ref, number = reference(), row.certificates.count() + 1
    titles = [sessions.title(one.kind, one.number) for one in attended]
    days = [one.period.lower.astimezone(LONDON).date() for one in attended]
    content = documents.pdf(
        layout=LAYOUT,
        data={
            "reference": spoken(ref),
            "number": number,
            "service": settings.DESIST_SITE_NAME,
            "name": f"{row.referral.given_names} {row.referral.family_name}",
            "born": dates.on(row.referral.born),
            "requirement": requirement,
            "days": [[title, dates.weekday(day)] for title, day in zip(titles, days, strict=True)],
            "issuer": accounts.name(ref=by),
            "issued_on": dates.on(at),
        },
    )
    keys = own.keys().current
    return Certificate.objects.create(
        ref=ref,
        episode=row,
        number=number,
        requirement=requirement,
        sessions=titles,
        days=days,
        submission=submission,
        issued_by=by,
        issued_at=at,
        sent=sending(row),
        size=len(content),
        digest=sha256(content).hexdigest(),
        key=keys.id,
        sealed=files.lock(keys=keys, ref=ref, content=content),
    )


def _payload(certificate: Certificate) -> payloads.AttendanceCertificate:
    return payloads.AttendanceCertificate(
        number=certificate.number,
        requirement=certificate.requirement,
        sessions=tuple(certificate.sessions),
        days=tuple(day.isoformat() for day in certificate.days),
        certified_at=certificate.issued_at,
    )
