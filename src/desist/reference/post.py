"""The post's part of the data dictionary."""

from desist.reference.dictionary import AREA, REF, ROW, Entry
from desist.reference.retention import Retention

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
            "organisation": "The partner that vouches for its own people; empty: this site",
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
            "thread": "Token of the exchange that it belongs to; never shown",
            "about": "How the partner knows the case: a person by name and day of birth, or a crime reference",
            "text": "The text to read out; what leads to somebody is emptied once it was told",
            "made_at": "When it arose",
            "due_at": "By when",
            "overtaken_at": "Since when a later one says all that this one says",
            "told_whom": "Who was told",
            "told_at": "When",
            "sealed_answer": "What they answered, locked with the site's key",
            "by": "By whom",
            "dropped_at": "Since when nobody is to be told any more",
        },
    ),
}
