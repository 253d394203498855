"""The data dictionary of calendar addresses."""

from desist.reference.dictionary import REF, ROW, Entry
from desist.reference.retention import Retention

FEEDS = {
    "feeds.Feed": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "account": "Whose calendar",
            "digest": "SHA-256 of the secret address, which is kept nowhere",
            "made_at": "When",
            "revoked_at": "From when on it answers like one that never was",
        },
    ),
}
