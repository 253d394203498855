"""The meaning of a table's columns: from presets by their headings, or stated by a person; never by position."""

from collections.abc import Sequence
from dataclasses import dataclass

from desist_chronicle.errors import UnrecognisedSourceError

FIELDS = (
    "time",
    "date",
    "clock",
    "sender",
    "recipient",
    "direction",
    "text",
    "duration",
    "kind",
    "attachment",
)
#: field -> headings, in small letters, of iMazing's exports, of Cellebrite's sheets and of telephone bills; a person can state
#: those in `FIELDS`
HEADINGS = {
    "time": (
        "message date",
        "date/time",
        "date and time",
        "datetime",
        "timestamp",
        "date & time",
        "sent",
        "created",
    ),
    "date": ("date", "call date", "day", "timestamp: date"),
    "clock": ("time", "call time", "start time", "timestamp: time"),
    "sender": (
        "sender name",
        "sender",
        "from",
        "calling number",
        "caller",
        "a number",
        "origin",
    ),
    "recipient": (
        "chat session",
        "recipient",
        "to",
        "called number",
        "number called",
        "b number",
        "number",
        "dialled number",
        "destination number",
    ),
    "direction": ("type", "direction", "call direction", "in/out"),
    "text": ("text", "message", "body", "content", "subject"),
    "duration": ("duration", "call duration", "length", "duration (seconds)", "minutes"),
    "kind": ("service", "call type", "service type", "usage type"),
    "attachment": ("attachment", "attachment #1", "attachment type"),
    "sender number": ("sender id",),
    "reply": ("replying to",),
    "reactions": ("reactions",),
    "edited": ("edited date",),
    "deleted": ("deleted date", "deleted - instant message"),
}
#: in a diary: the person whom an entry is about, and the event
ABOUT = ("who", "person", "offender", "suspect", "perpetrator", "name of offender", "about")
HAPPENED = (
    *(
        "what happened",
        "incident",
        "what",
        "description",
        "description of incident",
        "event",
        "details",
        "behaviour",
    ),
    *("what they did", "what he did", "what she did"),
)
#: headings that no export of messages has
ONLY_IN_DIARIES = frozenset(
    {
        *(
            "what happened",
            "incident",
            "description of incident",
            "what they did",
            "what he did",
            "what she did",
        ),
        *("witness", "witnesses", "effect on me", "how it made me feel", "how i felt", "crime number"),
    }
)
#: headings that make a diary where nothing speaks of messages
PERHAPS_IN_DIARIES = frozenset(
    {*ABOUT, *HAPPENED, "where", "place", "location", "effect", "impact", "evidence"}
)
#: columns that speak of messages and calls
OF_MESSAGES = frozenset({"sender", "recipient", "direction", "kind", "duration"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Field to position in a row."""

    positions: dict[str, int]
    #: the headings of a diary, which name the cells of an entry
    diary: tuple[str, ...] = ()

    def value(self, row: Sequence[object], field: str) -> object:
        """Return the value of a row for a field; None where it has none."""
        position = self.positions.get(field, len(row))
        return row[position] if position < len(row) else ""

    def words(self, row: Sequence[object], field: str) -> str:
        """Return that value as text."""
        value = self.value(row, field)
        return "" if value is None else str(value).replace("\r\n", "\n").strip()


def columns_of(headings: Sequence[object], stated: tuple[tuple[str, str], ...] = ()) -> Columns | None:
    """The columns of a table with these headings; None when it has no time or nothing beside it.

    Raises `UnrecognisedSourceError` for a stated field or heading that does not exist.
    """
    names = [str(heading or "").strip().casefold() for heading in headings]
    positions: dict[str, int] = {}
    for field, known in HEADINGS.items():
        found = next((names.index(heading) for heading in known if heading in names), None)
        if found is not None:
            positions[field] = found
    is_diary = _is_diary(names, {*positions, *(field for field, _ in stated if field != "sender")})
    for field, heading in stated:
        if field not in FIELDS or heading.casefold() not in names:
            raise UnrecognisedSourceError(
                f"--column {field}={heading}: the field must be one of {', '.join(FIELDS)} and the heading one of "
                f"{', '.join(map(str, headings))}."
            )
        positions[field] = names.index(heading.casefold())
    if is_diary:
        _place(positions, names, "sender", ABOUT)
        _place(positions, names, "text", HAPPENED)
    timed = "time" in positions or "date" in positions
    said = positions.keys() & {"text", "duration", "recipient", "sender"}
    if not timed or not said:
        return None
    return Columns(
        positions, diary=tuple(str(heading or "").strip() for heading in headings) if is_diary else ()
    )


def _is_diary(names: list[str], fields: set[str]) -> bool:
    """Return whether it is a person's own diary: the people it names sent nothing."""
    if ONLY_IN_DIARIES.intersection(names):
        return True
    return bool(PERHAPS_IN_DIARIES.intersection(names)) and not OF_MESSAGES & fields


def _place(positions: dict[str, int], names: list[str], field: str, known: tuple[str, ...]) -> None:
    found = next((names.index(heading) for heading in known if heading in names), None)
    if found is not None:
        positions.setdefault(field, found)
