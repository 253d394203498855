"""The data dictionary of managing a service: nudges, supervision, quality, and what a site may edit."""

from desist.reference.dictionary import REF, ROW, Entry
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
}
