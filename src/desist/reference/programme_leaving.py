"""The data dictionary of leaving the programme and of what comes after."""

from desist.reference.dictionary import REF, ROW, Entry
from desist.reference.retention import Retention

PROGRAMME_LEAVING = {
    "programme.Leaving": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "episode": "Who leaves",
            "state": "Held, ended or taken back",
            "by": "Whose doing it is, coded",
            "reason": "Why, coded",
            "phase": "How far the person was, read from the record",
            "note": "What led to it; stays in the programme",
            "contact": "The number the alert carried",
            "submission": "Guards against a double submit",
            "decided_by": "Account that decided it",
            "decided_at": "When",
            "held_until": "Before which neither the person nor the referrer is told; deselections alone",
            "ended_at": "When the episode ended by it",
            "acknowledged_at": "When somebody on the other side took the alert up",
            "told_how": "How the person was told",
            "told_at": "When the person was told",
            "told_by": "Account that recorded it",
            "taken_back_reason": "Why it was taken back",
            "taken_back_by": "By whom",
            "taken_back_at": "When",
        },
    ),
}
