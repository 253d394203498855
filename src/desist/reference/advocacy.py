"""The advocacy side's part of the data dictionary."""

from desist.reference.advocacy_people import PEOPLE
from desist.reference.dictionary import AREA, REF, ROW, VERSION, Entry
from desist.reference.retention import Retention

PERSON = "Reference of the client"
SUBMISSION = "Guards against a double submit"

ADVOCACY = {
    "advocacy.PairAsked": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "victim": "Which client chose it",
            "state": "What came of asking",
            "crime_reference": "The police's own reference, as it was asked with",
            "asked_by": "Account that asked",
            "asked_at": "When",
            "answered_at": "When the police answered, or the client ended it",
        },
    ),
    "advocacy.Update": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "victim": "Which client is to be told",
            "event": "What happened, coded",
            "on": "On which day",
            "quiet_until": "Before when the person themselves has not been told",
            "received_at": "When it was told to this service: the clock of the Victims' Code begins",
            "state": "Whether it was told",
            "settled_at": "When it was told, not wanted or overtaken",
        },
    ),
    "advocacy.Telling": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "update": "Which news",
            "attempt": "In which contact: it says by which way",
            "outcome": "Told, not reached, not safe or not wanted",
            "by": "Account that tried",
            "at": "When",
        },
    ),
    **PEOPLE,
    "advocacy.Victim": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "state": "Where the case stands",
            "version": VERSION,
            "identity": "Names and what was said on the way in, locked with the client’s own key",
            "way_in": "How they came",
            "partner": "The police site that referred them",
            "thread": "Token shared with that site alone; never shown",
            "relationship": "How they know the person who stalks them, coded",
            "behaviours": "Acts associated with stalking, from the list of s.2A(3)",
            "crime_reference": "The police's own reference",
            "enhanced": "Enhanced entitlement of the Victims' Code: sets the clock of updates",
            "received_at": "When they came: the clock to first contact begins",
            "recorded_by": "Account that took them on, or the post",
            "submission": SUBMISSION,
            "first_contact_at": "When they were first reached",
            "closed_at": "When the case was closed",
            "close_reason": "Why, coded",
        },
    ),
    "advocacy.Allocation": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "victim": "Which client",
            "advocate": "Who works with them",
            "made_by": "By whom",
            "made_at": "From when",
            "ended_at": "Until when",
        },
    ),
    "advocacy.Consent": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "victim": "Which client",
            "purpose": "To what, coded",
            "given_on": "On which day",
            "how": "In which way",
            "recorded_by": "Account that recorded it",
            "recorded_at": "When",
            "withdrawn_at": "When it was taken back",
            "withdrawn_by": "Account that recorded that",
        },
    ),
    "advocacy.ClockPause": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "victim": "Which client",
            "reason": "Why contact must wait, coded",
            "began_by": "By whom",
            "began_at": "From when",
            "ended_by": "By whom it was ended",
            "ended_at": "Until when",
        },
    ),
    "advocacy.PersonKey": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "person": PERSON,
            "keys": "Which key set of the site wraps it",
            "wrapped": "The client’s own key, wrapped; emptied when it is destroyed",
            "made_at": "When it was made",
            "destroyed_at": "When it was destroyed: from then on nothing it locked can be read",
            "destroyed_by": "By whom",
        },
    ),
    "advocacy.Locator": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "victim": "Whom it leads to",
            "kind": "What kind of locator it is",
            "sealed": "The locator, locked with the client’s own key",
            "mark": "Keyed hash of its one spelling, for exact search",
            "submission": SUBMISSION,
            "added_by": "By whom",
            "added_at": "When",
            "ended_at": "Since when it is no longer theirs",
        },
    ),
    "advocacy.Reveal": Entry(
        Retention.AUDIT,
        {
            "id": ROW,
            "ref": REF,
            "victim": "Which client",
            "locator": "Which locator; none: the ways to reach them, for a call",
            "reason": "Why, coded",
            "by": "Account that looked",
            "at": "When",
            "until": "Until when it stayed in sight",
        },
    ),
    "advocacy.RevealAlert": Entry(
        Retention.AUDIT,
        {
            "id": ROW,
            "ref": REF,
            "account": "Account that revealed more than the budget",
            "area": AREA,
            "day": "On which day",
            "count": "How many",
            "looked_at_by": "Account that looked into it",
            "looked_at": "When",
        },
    ),
    "advocacy.Advocate": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": "The account's reference",
            "name": "Name",
            "area": AREA,
            "trained_on": "When the training was signed off",
            "capacity": "How many clients at once",
            "left_on": "When they left",
        },
    ),
    "advocacy.Declaration": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "advocate": "Who has the link",
            "kind": "What kind of link, coded",
            "person": "Reference of the client it is about; empty where it is about all",
            "declared_by": "By whom",
            "declared_at": "When",
            "ended_at": "Until when it counts",
            "submission": SUBMISSION,
        },
    ),
}
