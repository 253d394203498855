"""Commands that change an exit report."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from desist.accounts import queries as accounts
from desist.post import own, payloads
from desist.programme.agreement import commands as agreement
from desist.programme.episodes.models import Episode
from desist.programme.leaving.reports import assembling, checking, facts, others, printing
from desist.programme.leaving.reports.models import Report, ReportDocument
from desist.programme.leaving.reports.policy import Action
from desist.programme.leaving.reports.records import FIELDS, NEEDED, TITLES, Words
from desist.programme.leaving.reports.states import TRANSITIONS, Sent, State
from desist.programme.referrals import commands as referrals
from desist.programme.referrals.states import Happened
from desist.programme.referrals.states import State as ReferralState
from desist.programme.sessions import put_right
from desist.referral import files
from desist.refusals import Changed, Refused
from desist.ui import documents
from desist.ui.words import Found, Override, read_all
from desist.wall import audit, clearances, gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

#: characters of one part of the document in its envelope: no text in an envelope may be longer than 20,000
PART = 16_384
CORRECTION = "What is corrected"


NOTHING_SAID = "Not started: a report has been signed since. Open this page again to correct that one"
NOT_ENDED = (
    "Not sent: the programme has not ended for this person. Record the leaving first; after a "
    "deselection wait until its hold is over"
)
FACTS_CHANGED = (
    "Not signed: the record changed after the report was sent for review. Return it, so that it is "
    "read again with today’s facts"
)
NOT_YOUR_OWN = (
    "Not signed: you, or an account that looks like yours, wrote this report. "
    "Another person has to read and sign it"
)
NOT_MADE = (
    "Not signed: the document could not be made. Nothing was sent. Try again; if it happens again, tell "
    "your administrator"
)


class NotOpen(Changed):
    """The report has moved on: it waits for a signature, was returned, or is signed."""


class OthersWords(Exception):
    """Words of the other side that no released disclosure permits. No answer by the practitioner clears them."""

    def __init__(self, found: Found) -> None:
        """Keep `found`, which says where; the message repeats none of it."""
        super().__init__(len(found))
        self.found = found


@dataclass(frozen=True)
class Started:
    """The report that is open now; `new` says whether this form began it."""

    ref: str
    new: bool


def start(*, actor: Actor, episode: str, correction: str, at: datetime) -> Started:
    """Begin a report with what the record offers, or a correction of a signed one, unless one is open.

    Raises Refused for a correction without its reason.
    """
    with gate.change(actor, Action.START_REPORT, Episode, episode, at=at) as row:
        before = row.reports.order_by("-number").first()
        if before and before.state != State.SIGNED:
            return Started(before.ref, new=False)
        if before and not correction.strip():
            raise Refused(NOTHING_SAID)
        words = saved(before) if before else assembling.words(row)
        made = Report.objects.create(
            episode=row,
            number=before.number + 1 if before else 1,
            supersedes=before,
            correction=correction if before else "",
            started_by=actor.who,
            started_at=at,
            **{name: getattr(words, name) for name in FIELDS},
        )
        return Started(made.ref, new=True)


def save(*, actor: Actor, ref: str, words: Words, version: int | None, at: datetime) -> int:
    """Keep the report as it stands and return its new version; unchanged words count as saved."""
    with gate.change(actor, Action.WRITE_REPORT, Report, ref, at=at) as row:
        if row.state == State.DRAFT and words == saved(row):
            return row.version
        _at(row, State.OFFERED, version)
        for name in FIELDS:
            setattr(row, name, getattr(words, name))
        row.saved_by, row.saved_at = actor.who, at
        row.save(update_fields=[*FIELDS, "saved_by", "saved_at", "version"])
        return row.version


def offer(*, actor: Actor, ref: str, version: int | None, override: Override | None, at: datetime) -> None:
    """Send the report to a second pair of eyes, with the facts of this moment.

    Raises Refused, OthersWords, and words.Unclear unless the actor answers for the words.
    """
    with gate.change(actor, Action.WRITE_REPORT, Report, ref, at=at) as row:
        _at(row, State.OFFERED, version)
        if row.episode.ended_at is None:
            raise Refused(NOT_ENDED)
        if lacking := missing(row):
            raise Refused(f"Not sent. Still to fill in: {', '.join(lacking)}")
        said = facts.gather(row.episode)
        parts = written(row, said)
        if drawn := documents.unprintable(" ".join(parts.values())):
            raise Refused(
                f"Not sent: these characters cannot be printed: {' '.join(drawn)}. Write them another way"
            )
        _refuse_others(parts, row.episode)
        clearances.hold(named=_named(row), texts=parts, override=override, actor=actor, at=at)
        row.state, row.facts = State.OFFERED, said.to_json()
        row.offered_by, row.offered_at, row.returned_reason = actor.who, at, ""
        _save(row, "state", "facts", "offered_by", "offered_at", "returned_reason")
        _tell(row, Happened.OFFERED, actor, at)


def take_back(*, actor: Actor, ref: str, version: int | None, at: datetime) -> None:
    """Withdraw the report from review, to go on writing before it is signed."""
    with gate.change(actor, Action.WRITE_REPORT, Report, ref, at=at) as row:
        _reopen(row, "", version)
        _tell(row, Happened.TAKEN_BACK, actor, at)


def give_back(*, actor: Actor, ref: str, reason: str, version: int | None, at: datetime) -> None:
    """Send a report back to its author; the second pair of eyes says why."""
    with gate.change(actor, Action.SIGN_REPORT, Report, ref, at=at) as row:
        _reopen(row, reason, version)
        _tell(row, Happened.GIVEN_BACK, actor, at)


def sign(*, actor: Actor, ref: str, version: int | None, override: Override | None, at: datetime) -> None:
    """Sign as the second pair of eyes: make the document, check it as it will be read, keep it, and send it.

    Raises Refused, OthersWords, and words.Unclear for words that only the finished document shows, unless the actor
    answers for them.
    """
    with gate.change(actor, Action.SIGN_REPORT, Report, ref, at=at) as row:
        _at(row, State.SIGNED, version)
        if are_one_person(actor.who, row.offered_by, row.saved_by):
            raise Refused(NOT_YOUR_OWN)
        said = facts.gather(row.episode)
        if _changed(row, said):
            raise Refused(FACTS_CHANGED)
        content = _printed(row, said, actor, at)
        printed = {checking.DOCUMENT: checking.printed(content)}
        _refuse_others(printed, row.episode)
        found = checking.beyond(content, known=read_all(written(row, said)))
        clearances.answer(
            named=_named(row), texts=printed, found=found, override=override, actor=actor, at=at
        )
        row.state, row.signed_by, row.signed_at = State.SIGNED, actor.who, at
        row.sent = sending(row.episode)
        digest = _keep(row, content, at)
        _save(row, "state", "signed_by", "signed_at", "sent")
        _tell(row, Happened.REPORTED, actor, at)
        if row.sent == Sent.SENT:
            _send(row, content, digest, at)


def sending(episode: Episode) -> Sent:
    """Return whether the referrer may be sent the report of this person now."""
    if not episode.referral.partner:
        return Sent.NOBODY
    if episode.referral.state == ReferralState.WITHDRAWN:
        return Sent.TAKEN_BACK
    return Sent.SENT if agreement.shares_openly(episode) else Sent.STOPPED


def saved(row: Report) -> Words:
    """Return the words as they are kept."""
    return Words(**{name: getattr(row, name) for name in FIELDS})


def written(row: Report, said: facts.Facts) -> dict[str, str]:
    """Return everything that staff wrote: title of the part -> text."""
    parts = {TITLES[name]: getattr(row, name) for name in FIELDS}
    return {**parts, CORRECTION: row.correction, **said.written()}


def missing(row: Report) -> tuple[str, ...]:
    """Return the parts that still lack words."""
    return tuple(TITLES[name].lower() for name in NEEDED if not getattr(row, name).strip())


def _at(row: Report, target: State, version: int | None) -> None:
    """Raise the version of a report that may become `target`. Raises Changed and NotOpen."""
    if target not in TRANSITIONS[State(row.state)]:
        raise NotOpen
    gate.next_version(row, version)


def _changed(row: Report, said: facts.Facts) -> bool:
    """Return whether the record differs from what was handed on; judgements and work done are copied as text."""
    if row.facts is None or row.offered_at is None or facts.kept(row.facts) != said:
        return True
    struck = row.episode.risk_ratings.filter(struck_at__gte=row.offered_at)
    return struck.exists() or put_right.since(row.offered_at, put_right.last(row.episode))


def _reopen(row: Report, reason: str, version: int | None) -> None:
    _at(row, State.DRAFT, version)
    row.state, row.facts, row.offered_by, row.offered_at = State.DRAFT, None, "", None
    row.returned_reason = reason
    _save(row, "state", "facts", "offered_by", "offered_at", "returned_reason")


def _tell(row: Report, what: Happened, actor: Actor, at: datetime) -> None:
    """Write a line of the timeline: which version, and for a signed one whether the referrer was sent it."""
    version = f"Version {row.number}"
    detail = f"{version}. {Sent(row.sent).label}" if row.sent else version
    row.episode.referral.happened(what, by=actor.who, at=at, detail=detail)


def _printed(row: Report, said: facts.Facts, actor: Actor, at: datetime) -> bytes:
    try:
        return printing.document(
            report=row,
            facts=said,
            service=settings.DESIST_SITE_NAME,
            author=accounts.name(ref=row.offered_by),
            signer=accounts.name(ref=actor.who),
            signed_at=at,
        )
    except documents.NotMade:
        raise Refused(NOT_MADE) from None


def _save(row: Report, *names: str) -> None:
    row.save(update_fields=[*names, "version"])


def _refuse_others(parts: Mapping[str, str], episode: Episode) -> None:
    if found := checking.repeated(parts, others.texts(episode)):
        raise OthersWords(found)


def _named(row: Report) -> str:
    return audit.row_name(Report, row.ref)


def _keep(row: Report, content: bytes, at: datetime) -> str:
    """Keep the document under the site's own key; return its digest."""
    kept = ReportDocument(
        report=row,
        size=len(content),
        digest=sha256(content).hexdigest(),
        made_at=at,
        key=own.keys().current.id,
    )
    kept.sealed = files.lock(keys=own.keys().current, ref=kept.ref, content=content)
    kept.save()
    return kept.digest


def _send(row: Report, content: bytes, digest: str, at: datetime) -> None:
    text = base64.b64encode(content).decode()
    payload = payloads.ExitReport(
        number=row.number,
        supersedes=row.supersedes.number if row.supersedes else 0,
        signed_at=at,
        digest=digest,
        content=tuple(text[start : start + PART] for start in range(0, len(text), PART)),
    )
    referrals.tell(row.episode.referral, payload, at=at)
