"""What every field of every model holds, in words, and how long it is kept. A test fails for a field without a line."""

from dataclasses import dataclass

from desist.reference.referral import ATTACHMENT, HAPPENING, PERSON_REFERRED
from desist.reference.retention import Retention

AREA = "Police area"
REF = "Random reference; says nothing about what it names"
ROW = "Number of the row, never shown"
VERSION = "Counts changes, so that a stale page is noticed"


@dataclass(frozen=True)
class Entry:
    """One model: its retention, and field -> what it holds."""

    retention: Retention
    fields: dict[str, str]


WALL = {
    "wall.AuditEvent": Entry(
        Retention.AUDIT,
        {
            "id": ROW,
            "at": "When",
            "who": "Account, or the system's hand",
            "role": "In which role",
            "action": "What",
            "row": "Which row, by its reference",
            "allowed": "Allowed or refused",
            "reason": "Why it was refused",
            "correlation": "Ties everything one request did together",
        },
    ),
    "wall.AuditSeal": Entry(
        Retention.AUDIT,
        {"position": "Order of sealing", "event_id": "The event", "link": "Hash link to the seal before"},
    ),
    "wall.Clearance": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "row": "Which row holds the words, as the audit names it",
            "place": "In which field",
            "digest": "Keyed digest of exactly these words, which nobody can read from it",
            "reason": "Why they may stay, coded",
            "cleared_by": "Account that answered for them",
            "cleared_at": "When",
        },
    ),
    "wall.Reviewer": Entry(
        Retention.REFERENCE,
        {
            "id": ROW,
            "ref": REF,
            "name": "Who to ask about restricted cases",
            "phone": "Their work telephone",
            "named_by": "Account that named them",
            "named_at": "From when",
            "ended_at": "Until when",
        },
    ),
    "wall.Exclusion": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "case": "Reference of the case",
            "account": "Whom it concerns",
            "allowed": "Never (false), or although it is restricted (true)",
            "reason": "Why",
            "made_by": "By whom",
            "made_at": "When",
        },
    ),
    "audit.Download": Entry(
        Retention.AUDIT,
        {
            "id": ROW,
            "ref": REF,
            "kind": "Which file",
            "title": "What it is called, without a name in it",
            "criteria": "What narrows it down: references of an account and a case, kinds and days",
            "why": "What it is needed for",
            "asked_by": "Account that asked for it, and that alone may take it",
            "area": AREA,
            "asked_at": "When",
            "released": "Whether it was released",
            "decided_by": "Account that released or refused it: never the one that asked",
            "decided_at": "When; it is gone 24 hours after a release",
            "submission": "Token of the form, so that it is asked for once",
        },
    ),
    "wall.EmergencyAccess": Entry(
        Retention.AUDIT,
        {
            "id": ROW,
            "ref": REF,
            "account": "Account that opened the case, or asked to",
            "area": AREA,
            "case": "Reference of the case; empty where none could be opened",
            "reason": "Why it could not wait, without a name",
            "began_at": "When",
            "until": "When it is over by itself",
            "review_by": "Last day on which it may be looked into before the next one is refused",
            "ended_at": "When it was ended before",
            "reviewed_by": "Account that looked into it: never the one that opened it",
            "reviewed_at": "When",
        },
    ),
    "wall.Restriction": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "case": "Reference of the case",
            "reason": "Why it is restricted",
            "made_by": "By whom",
            "made_at": "From when",
            "ended_at": "Until when",
        },
    ),
}

PARTNERSHIP = {
    "partnership.Referral": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "state": "Where the referral stands",
            "version": VERSION,
            "programme": "The partner it goes to",
            "thread": "Token shared with that partner alone; never shown",
            "pair": "Pair token: who holds the same one belongs together; never shown, never sent",
            "started_by": "Account that began it",
            "started_at": "When it was begun",
            "submission": "Guards against a double submit",
            "sent_at": "When it was sent",
            **PERSON_REFERRED,
            "discard_reason": "Why a draft was discarded, coded; its answers are emptied then",
            "withdraw_reason": "Why it was taken back, coded",
            "amendments": "How many times it was put right after it was sent",
            "decision_reason": "The programme's coded reason",
            "decided_at": "When the programme decided",
            "stage": "How far the person is",
            "attended": "Sessions attended",
            "planned": "Sessions planned",
            "progress_at": "When the newest notice was sent",
        },
    ),
    "partnership.Happening": Entry(Retention.CASE, {"id": ROW, **HAPPENING}),
    "partnership.News": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "referral": "Of which referral",
            "what": "What the programme told, coded: a decision, the end, an exit report",
            "came_at": "When it came",
            "read_by": "Account that read it: of the person who sent the referral, or a force lead once they left",
            "read_at": "When",
        },
    ),
    "partnership.VictimReferral": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "advocacy": "The advocacy service it went to",
            "thread": "Token shared with that service alone; never shown",
            "referral": "Referral of the person who stalks them, where there is one",
            "crime_reference": "The force's own reference",
            "shared": "Which ways to reach the victim were sent; not what they are",
            "agreed_on": "When the victim agreed",
            "sent_by": "Account that sent it",
            "sent_at": "When",
            "submission": "Guards against a double submit",
        },
    ),
    "partnership.Attachment": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            **ATTACHMENT,
            "held": "Something in it may lead to the victim: it does not cross until it is released",
            "leads": "What was found in it, locked with the site's key as the file is",
            "reason": "Why it may cross all the same, coded",
            "reason_by": "Account that gave the reason",
            "reason_at": "When",
            "released_by": "Account of the second person, who looked at it and released it",
            "released_at": "When",
            "recall_reason": "Why it was recalled, coded",
            "recalled_by": "Account that recalled it",
            "recalled_at": "When",
            "stopped_at": "When the programme could no longer open it",
            "opened": "How often it had been opened there",
        },
    ),
    "partnership.ExitReport": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "referral": "The referral it answers",
            "number": "Which version",
            "supersedes": "Number of the version that it takes the place of; 0 for the first",
            "signed_at": "When the programme signed it",
            "received_at": "When it came",
            "size": "Bytes",
            "digest": "SHA-256 of the document",
            "key": "Which of the site's key sets opens it",
            "sealed": "The document, encrypted with the site's key",
        },
    ),
    "partnership.Side": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "state": "Where it stands",
            "version": VERSION,
            "how": "How it came to be known",
            "advocacy": "The advocacy service",
            "thread": "Token shared with that service alone; never shown",
            "crime_reference": "The force's own reference",
            "pair": "Pair token: who holds the same one belongs together; never shown, never sent",
            "made_by": "Account that referred the victim, or the post",
            "made_at": "When",
            "asked_at": "When the service last asked for it or ended it, by its own clock",
            "submission": "The form that typed it in; one that is sent twice acts once",
            "name_digests": "Keyed digests of the name of a client whom the police referred, to find it in a referral's words; "
            "emptied when the client ends it, in no history, never shown, never sent",
        },
    ),
    "partnership.PairHappening": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "side": "To which side it happened; empty for referrals",
            "told_by": "Who of a service without software said it: name and role",
            "told_at": "When they said it",
            "consent": "On which consent of their client they asked, coded",
            "consented_on": "On which day the client gave it",
            "referral": "Reference of the referral",
            "other": "Of a merge: the referral it was merged with",
            "what": "What happened, coded",
            "by": "By whom",
            "at": "When",
        },
    ),
    "partnership.Report": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "side": "Whose side told it",
            "area": AREA,
            "token": "Names it towards that service alone; never shown",
            "state": "Whether a crime reference was given",
            "told_reference": "A crime reference that the client had already",
            "happened_on": "On which day it happened",
            "happened_time": "At what time",
            "place": "Kind of place, coded: no address",
            "behaviours": "Acts associated with stalking, from the list of s.2A(3)",
            "channel": "By which way, coded",
            "through": "By whose hand, coded",
            "marks": "What else was part of it, coded",
            "account": "What happened; emptied once a crime reference is given",
            "effect": "How it affected them; emptied likewise",
            "evidence": "What is kept, coded",
            "kept": "Where it is kept; emptied likewise",
            "witnesses": "Who saw or heard it; emptied likewise",
            "contact": "The advocate's work telephone number",
            "reported_at": "When it was sent",
            "due_at": "When the advocacy service rings if there is no crime reference",
            "crime_reference": "The force's own reference",
            "recorded_by": "Account that gave it",
            "recorded_at": "When",
            "empties_at": "When its words go, a day after",
        },
    ),
    "partnership.Onward": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "referral": "About which referral",
            "what": "What is told, coded",
            "reason": "Of an alert: its coded reason",
            "on": "On which day it happened",
            "quiet_until": "Before when the person has not been told themselves",
            "written_at": "When it was written",
            "done_at": "When whoever stands there was told; also where nobody does",
            "undelivered": "Sides whose service is no longer written to",
        },
    ),
}
