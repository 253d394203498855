"""The data dictionary of managing a service: nudges, supervision, quality, and what a site may edit."""

from desist.reference.dictionary import REF, ROW, VERSION, Entry
from desist.reference.retention import Retention

PROGRAMME_MANAGEMENT = {
    "programme.Nudge": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "account": "Who gets the message",
            "kinds": "Why it is sent, coded; not in the message",
            "state": "Waiting, sent, dropped or given up",
            "made_at": "When something was found to wait",
            "tries": "How often sending was tried",
            "next_try_at": "When it is tried next",
            "failure": "Name of what failed last",
            "done_at": "When it was sent, dropped or given up",
        },
    ),
    "programme.NudgeChoice": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "account": "Whose choice",
            "unwanted": "Kinds of message that they do not want",
            "changed_at": "Since when",
        },
    ),
    "programme.SupervisionArrangement": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "practitioner": "Who is supervised",
            "supervisor": "Account that supervises",
            "every_weeks": "How often",
            "begins_on": "From which day on",
            "due_on": "By when the next supervision is due",
            "made_by": "Account that arranged it",
            "made_at": "When",
            "ended_by": "Account that ended it",
            "ended_at": "Until when",
        },
    ),
    "programme.Supervision": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "practitioner": "Who is supervised",
            "supervisor": "Account that supervises",
            "starts_at": "When it is, or was",
            "state": "Planned, held or cancelled",
            "version": VERSION,
            "form": "How it was held, coded",
            "minutes": "How long it took",
            "topics": "What it was about, coded",
            "agreed": "What was agreed about the practice; nothing about a person",
            "cancelled_reason": "Why it was not held",
            "submission": "Guards against a double submit",
            "planned_by": "Account that planned it",
            "planned_at": "When it was planned",
            "recorded_by": "Account that recorded or cancelled it",
            "recorded_at": "When it was recorded or cancelled",
        },
    ),
    "programme.SupervisionCase": Entry(
        Retention.CASE,
        {"id": ROW, "supervision": "In which supervision", "episode": "Whose case was talked about"},
    ),
    "programme.Debrief": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "session": "After which session",
            "how": "How it was held, coded",
            "held_on": "When",
            "held_by": "Account that held it",
            "recorded_at": "When it was recorded",
        },
    ),
}
