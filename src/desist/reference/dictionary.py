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
    "wall.Exclusion": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "case": "Reference of the case",
            "account": "Whom it concerns",
            "allowed": "Never (false), or although it is restricted (true)",
            "reason": "Why",
            "made_by": "By whom",
            "made_at": "When",
        },
    ),
    "wall.Restriction": Entry(
        Retention.CASE,
        {
            "id": ROW,
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
            "started_by": "Account that began it",
            "started_at": "When it was begun",
            "sent_at": "When it was sent",
            **PERSON_REFERRED,
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
    "partnership.Attachment": Entry(Retention.CASE, {"id": ROW, "ref": REF, **ATTACHMENT}),
    "partnership.Alert": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "referral": "The referral it is about",
            "area": AREA,
            "reason": "Coded reason, without content",
            "contact": "Whom to telephone",
            "raised_at": "When it was raised",
            "received_at": "When it was received",
            "due_at": "By when a person must take it up",
            "acknowledged_by": "Account that took it up",
            "acknowledged_at": "When",
            "note": "What was done",
        },
    ),
}

POST = {
    "post.Partner": Entry(
        Retention.REFERENCE,
        {
            "id": ROW,
            "ref": REF,
            "name": "The partner site's name",
            "zone": "Which kind of side it is",
            "title": "The organisation in words",
            "transport": "How it is reached",
            "keys": "Its public keys",
            "phone": "Its telephone number",
            "area": AREA,
            "added_at": "From when",
            "ended_at": "Until when",
        },
    ),
    "post.Outbox": Entry(
        Retention.POST,
        {
            "id": ROW,
            "ref": "The envelope's own random id",
            "receiver": "The partner it goes to",
            "kind": "Which kind, for this site alone",
            "sealed": "The sealed content",
            "at": "When it was written",
            "sent_at": "When it was carried",
            "tries": "How often it was tried",
            "next_at": "When it is tried next",
            "error": "Why it waits, without content",
        },
    ),
    "post.Inbox": Entry(
        Retention.POST,
        {
            "ref": "The envelope's own random id",
            "sender": "The partner it came from",
            "sealed": "The sealed content, emptied once it is handled",
            "at": "When it was written",
            "arrived_at": "When it arrived",
            "handled_at": "When it was handled",
            "tries": "How often it was tried",
            "next_at": "When it is tried next",
            "error": "Why it failed, without content",
            "dead_at": "When it was given up",
        },
    ),
    "post.Approval": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "digest": "Digest of exactly what was approved, for whom, about which case",
            "kind": "Which kind of envelope",
            "case": "Reference of the case",
            "by": "Account that approved",
            "at": "When",
            "until": "Until when it holds",
            "ended_at": "When it was used up, or replaced after it had run out",
        },
    ),
    "post.ByHandTask": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "partner": "Who is told",
            "kind": "What kind of news",
            "case": "Reference of the case",
            "text": "The text to read out",
            "made_at": "When it arose",
            "due_at": "By when",
            "told_whom": "Who was told",
            "told_at": "When",
            "answer": "What they answered",
            "by": "By whom",
        },
    ),
}
