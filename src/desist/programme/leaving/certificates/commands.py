"""Commands that issue a certificate of attendance."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from desist.accounts import queries as accounts
from desist.post import own, payloads
from desist.programme.agreement.models import Agreement
from desist.programme.episodes.models import Episode
from desist.programme.leaving.certificates import lines
from desist.programme.leaving.certificates.lines import Line
from desist.programme.leaving.certificates.models import Certificate
from desist.programme.leaving.certificates.policy import Action
from desist.programme.leaving.reports.states import Sent
from desist.programme.orders import kinds
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.states import State as ReferralState
from desist.references import reference, spoken
from desist.referral import files
from desist.refusals import Refused
from desist.ui import dates, documents
from desist.ui.words import Override
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor

LAYOUT = Path(__file__).parent / "certificate.typ"


NOTHING_ATTENDED = (
    "Not issued: no attended session has been recorded yet that counts against this requirement"
)
UNKNOWN_REQUIREMENT = "Not issued: the requirements have since changed. Choose again"
NOT_MADE = (
    "Not issued: the document could not be made. Try again; if it happens again, tell your administrator"
)


@dataclass(frozen=True)
class Issue:
    """What a certificate covers, and against what. `requirement` is in the words of the order or of the agreement."""

    requirement: str
    override: Override | None


def issue(*, actor: Actor, episode: str, issue: Issue, submission: str, at: datetime) -> str:
    """Certify every session attended so far against a requirement, and tell the police; return the reference.

    Against an order only the days since it was made count. A later certificate may name no session. A submission that
    comes twice issues one. Raises Refused and words.Unclear.
    """
    with gate.change(actor, Action.ISSUE_CERTIFICATE, Episode, episode, at=at) as row:
        if same := Certificate.objects.filter(submission=submission, episode=row).first():
            return same.ref
        asked = counting_from(row)
        if issue.requirement not in asked:
            raise Refused(UNKNOWN_REQUIREMENT)
        since = asked[issue.requirement]
        attended = lines.attended(row, since=since)
        if not attended and not row.certificates.exists():
            raise Refused(NOTHING_ATTENDED)
        clearances.hold(
            named=audit.row_name(Episode, row.ref),
            texts={"requirement": issue.requirement},
            override=issue.override,
            actor=actor,
            at=at,
        )
        certificate = Certificate(
            episode=row, requirement=issue.requirement, since=since, submission=submission
        )
        certificate.issued_by, certificate.issued_at = actor.who, at
        try:
            _make(certificate, attended)
        except documents.NotMade:
            raise Refused(NOT_MADE) from None
        if certificate.sent == Sent.SENT:
            referrals.tell(row.referral, _payload(certificate, attended), at=at)
        return certificate.ref


def requirements(episode: Episode) -> tuple[str, ...]:
    """Return what can be certified against: requirements of all orders, then the one of the agreement."""
    return tuple(counting_from(episode))


def counting_from(episode: Episode) -> dict[str, date | None]:
    """Return the first day that counts against each requirement: for an order, the day it was made."""
    orders = episode.referral.protection_orders.order_by("made_on", "pk")
    found: dict[str, date | None] = {
        f"{kinds.name(one.kind)} made {dates.on(one.made_on)}: {words}": one.made_on
        for one in orders
        for words in one.requirements
    }
    agreement = Agreement.objects.filter(episode=episode).first()
    if agreement and agreement.requirement:
        found.setdefault(agreement.requirement, None)
    return found


def sending(episode: Episode) -> Sent:
    """Return whether the police are told: an order's requirement has its own basis, whatever was withdrawn."""
    if not episode.referral.partner:
        return Sent.NOBODY
    return Sent.TAKEN_BACK if episode.referral.state == ReferralState.WITHDRAWN else Sent.SENT


def _make(certificate: Certificate, attended: Sequence[Line]) -> None:
    """Number the certificate, make its document, and keep it."""
    row, ref = certificate.episode, reference()
    certificate.ref, certificate.number = ref, row.certificates.count() + 1
    certificate.sessions = [one.title for one in attended]
    certificate.days = [one.on for one in attended]
    content = documents.pdf(
        layout=LAYOUT,
        data={
            "reference": spoken(ref),
            "number": certificate.number,
            "service": settings.DESIST_SITE_NAME,
            "name": row.referral.name,
            "born": dates.on(row.referral.born),
            "requirement": certificate.requirement,
            "since": dates.on(certificate.since) if certificate.since else "",
            "days": [[one.title, ", ".join((dates.weekday(one.on), *one.notes))] for one in attended],
            "issuer": accounts.name(ref=certificate.issued_by),
            "issued_on": dates.on(certificate.issued_at),
        },
    )
    keys = own.keys().current
    certificate.sent = sending(row)
    certificate.size, certificate.digest = len(content), sha256(content).hexdigest()
    certificate.key, certificate.sealed = keys.id, files.lock(keys=keys, ref=ref, content=content)
    certificate.save()


def _payload(certificate: Certificate, attended: Sequence[Line]) -> payloads.AttendanceCertificate:
    return payloads.AttendanceCertificate(
        number=certificate.number,
        requirement=certificate.requirement,
        since=certificate.since.isoformat() if certificate.since else payloads.THE_BEGINNING,
        sessions=tuple(certificate.sessions),
        days=tuple(day.isoformat() for day in certificate.days),
        entered=tuple(
            one.entered_on.isoformat() if one.entered_on else payloads.AT_THE_TIME for one in attended
        ),
        minutes=tuple(
            f"{one.held[0]} of {one.held[1]}" if one.held else payloads.AS_PLANNED for one in attended
        ),
        certified_at=certificate.issued_at,
    )
