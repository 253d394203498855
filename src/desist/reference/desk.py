"""The duty desk's part of the data dictionary."""

from desist.reference.dictionary import AREA, REF, ROW, Entry
from desist.reference.retention import Retention

DESK = {
    "desk.DutyNumber": Entry(
        Retention.REFERENCE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "title": "Who is reached on it",
            "number": "Work telephone number",
            "added_by": "Account that listed it",
            "added_at": "From when",
            "ended_by": "Account that took it off the list",
            "ended_at": "Until when",
        },
    ),
    "desk.Alert": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "way": "To us or from us",
            "case": "This site's own reference of the case it is about",
            "area": AREA,
            "partner": "The other site",
            "thread": "Token shared with that site alone; never shown",
            "reason": "Coded reason, without content",
            "contact": "Whom to telephone",
            "raised_at": "When it was raised",
            "received_at": "When it was received, or written to go out",
            "due_at": "By when a person must take it up",
            "acknowledged_by": "Account that took it up, or the post where somebody at the partner's did",
            "acknowledged_at": "When",
            "sealed_note": "What was done, locked with the site's key",
            "escalated_at": "When everybody on duty was asked to look, since nobody had taken it up",
        },
    ),
    "desk.Ring": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "alert": "About which alert",
            "sealed_whom": "Who was rung, locked with the site's key",
            "sealed_answer": "What they answered, locked with the site's key",
            "by": "Account that rang",
            "at": "When",
            "submission": "Guards against a double submit",
        },
    ),
}
