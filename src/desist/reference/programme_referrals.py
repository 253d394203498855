"""The data dictionary of the programme's tables of referrals."""

from desist.reference.dictionary import AREA, REF, ROW, VERSION, Entry
from desist.reference.referral import ATTACHMENT, HAPPENING, PERSON_REFERRED
from desist.reference.retention import Retention
from desist.referral.answers import BY_KEY

PROGRAMME_REFERRALS = {
    "programme.Referral": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "state": "Where the referral stands",
            "version": VERSION,
            "partner": "The partner it came from; empty where it was typed in here and nobody is told",
            "thread": "Token shared with that partner alone; never shown",
            "completed_at": "When the complete referral was sent: the 14-day clock begins",
            "received_at": "When it was received",
            **PERSON_REFERRED,
            "withdraw_reason": "Why it was taken back, coded",
            "unread_since": "When it was changed or taken back mid-programme; empty once that was read or decided",
            "amendment": "Number of the newest amendment that was taken in",
            "decline_reason": "Why it was declined, coded",
            "decision_note": "Note for the file, seen by the service alone",
            "decided_by": "Account that decided",
            "decided_at": "When",
        },
    ),
    "programme.Happening": Entry(Retention.CASE, {"id": ROW, **HAPPENING}),
    "programme.Attachment": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            **ATTACHMENT,
            "recalled_at": "When the referrer recalled it: it has no name and no content since",
        },
    ),
    "programme.Enclosure": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "draft": "Which draft it belongs to; it is gone from here once that is taken in or discarded",
            **{name: says for name, says in ATTACHMENT.items() if name not in {"referral", "added_by"}},
            "added_by": "Account that attached it",
        },
    ),
    "programme.Draft": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "version": VERSION,
            "partner": "Who is told what is decided",
            "answers": "The answers so far, as the fields of a referral",
            "started_by": "Account that began it",
            "started_at": "When",
            "submission": "Guards against a double submit",
            "referral": "The referral it became",
            "discard_reason": "Why it was discarded, coded; its answers are emptied then",
            "discarded_by": "Account that discarded it",
            "discarded_at": "When",
        },
    ),
    "programme.Change": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "referral": "Of which referral",
            "name": "Which answer",
            "before": "As it read before",
            "after": "As it reads now",
            "reason": "Why it was put right, coded; empty of the person's own contact details changed here",
            "by": "Account that typed it here; empty where it came from the referrer's software",
            "at": "When",
        },
    ),
    "programme.OwnContact": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "referral": "Of whose referral",
            **{name: PERSON_REFERRED[name] for name in BY_KEY["reach"].names},
            "beside": "What the referrer said when these were kept, as the fields of a referral",
            "kept_by": "Account that kept them",
            "kept_at": "When",
        },
    ),
    "programme.Heard": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "referral": "Of which referral",
            "what": "What was told: a change, or that it is taken back",
            "told_by": "Who told it by telephone or on paper",
            "told_at": "When",
            "typed_by": "Account that typed it in",
            "typed_at": "When",
        },
    ),
    "programme.Document": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "episode": "Whose document it is",
            "kind": "What it is, coded",
            "dated": "The day that it bears",
            **{
                name: says
                for name, says in ATTACHMENT.items()
                if name not in {"referral", "added_by", "added_at"}
            },
            "filed_by": "Account that filed it",
            "filed_at": "When",
            "removed_reason": "Why it was removed; its name and content are gone then",
            "removed_by": "Account that removed it",
            "removed_at": "When",
        },
    ),
    "programme.Contact": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "referral": "Of which referral",
            "held_at": "When it took place",
            "party": "With whom, coded; never a victim",
            "who": "Name and role of somebody other than the person",
            "begun": "Which side began it",
            "way": "How, coded",
            "purpose": "What for, coded",
            "outcome": "What came of it, coded",
            "words": "What was said or agreed",
            "submission": "Guards against a double submit",
            "noted_by": "Account that noted it",
            "noted_at": "When",
            "struck_reason": "Why it was noted by mistake",
            "struck_by": "Account that struck it out",
            "struck_at": "When",
        },
    ),
    "programme.TypedWithdrawal": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "referral": "Of which referral",
            "reason": "Why the referrer takes it back, coded",
            "told_by": "Who told it by telephone or on paper",
            "told_at": "When",
            "submission": "Guards against a double submit",
            "typed_by": "Account that typed it in",
            "typed_at": "When",
            "outcome": "Whether it was confirmed or a mistake; empty while it waits",
            "settled_by": "Account that confirmed it, or said that it was a mistake",
            "settled_at": "When",
        },
    ),
}
