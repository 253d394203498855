"""The data dictionary of what clients of an advocacy service fill in."""

from desist.reference.dictionary import REF, ROW, Entry
from desist.reference.retention import Retention

ADVOCACY_MEASURES = {
    "advocacy.Wording": Entry(
        Retention.REFERENCE,
        {
            "id": ROW,
            "ref": REF,
            "instrument": "Which instrument",
            "edition": "Edition of its authors",
            "language": "Language",
            "licence": "Its licence, as the file declares it",
            "content": "The official wording, as the site loaded it",
            "loaded_by": "The hand that loaded it",
            "loaded_at": "From when",
            "ended_at": "Until when",
        },
    ),
    "advocacy.Measure": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "victim": "Which client",
            "instrument": "Which instrument",
            "instrument_version": "Which version of its data",
            "wording": "The wording it was answered in",
            "occasion": "When in the support, coded",
            "taken_on": "On which day",
            "source": "How the answers came here, coded",
            "filled": "Answers and total, locked with the client’s own key",
            "submission": "Guards against a double submit",
            "recorded_by": "Account that recorded it",
            "recorded_at": "When",
            "struck_words": "Why it no longer counts, locked with the client's key",
            "struck_by": "By whom it was struck out",
            "struck_at": "When",
        },
    ),
}
