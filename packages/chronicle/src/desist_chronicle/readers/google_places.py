"""Places of Google's Timeline: `Records.json` and monthly files of a Takeout, and what a phone exports. They are no messages."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from desist_chronicle.ledger import Ledger
from desist_chronicle.local_time import Instant, LocalClock, clock_of
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import Found, entries, in_utc, named, records_of, whole_number
from desist_chronicle.readers.record_maker import RecordMaker, in_lists
from desist_chronicle.records import Direction, Kind, Precision, Record
from desist_chronicle.sources import Source

FORMAT = "places of Google's Timeline (JSON)"
LIST = re.compile(
    r'(?:(?<!\\)"(locations|timelineObjects|semanticSegments|rawSignals)"\s*:\s*|\A\ufeff?\s*)\['
)
#: the list in which a phone keeps also what it noticed of movement and networks, without a place
SIGNALS = "rawSignals"
HOLDS = re.compile(
    rb'(?<!\\)"(?:semanticSegments|timelineObjects|locations)"\s*:\s*\[|'
    rb'\A\s*\[\s*\{.{0,400}"(?:visit|activity|timelinePath)"\s*:',
    re.DOTALL,
)
PLACES = re.compile(
    rb'(?<!\\)"(?:latitudeE7|latLng|LatLng|placeLocation|timelinePath|timelineObjects|semanticSegments)"'
)
ADVICE = "Export Timeline on the phone once more (Settings, Location, Timeline), or make a table (CSV) of it."


def recognises(head: bytes) -> bool:
    """Whether the JSON lists places as Google does."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    begins = plain.lstrip()[:1] in {b"{", b"["}
    return begins and HOLDS.search(plain) is not None and PLACES.search(plain) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:
    """The places in the file's order."""
    ledger.note(
        "These are places that a telephone reported, each within some metres; who carried it is not in them. They are in "
        "no count of contacts. Choose them with --thread to show them."
    )
    places = _Places(source, options)
    yield from in_lists(
        records_of(
            source=source, ledger=ledger, make=places.make, opening=LIST, record=places.record, advice=ADVICE
        )
    )


class _Places:
    """The records of one file."""

    def __init__(self, source: Source, options: Options) -> None:
        self.make = RecordMaker(source=source.name, options=options, precision=Precision.SECOND)
        self._clock = clock_of(options.zone)

    def record(self, found: Found) -> Record | None:
        """The record of a place, a stay or a way; None where an entry has neither a place nor a time."""
        fields = _inside(found.fields)
        began, ended = _times(fields)
        said = list(_said(fields))
        if not said and not began and found.key != SIGNALS:
            return None
        until = [f"until {ended}"] if ended and ended != began else []
        return self.make.record(
            kind=Kind.LOCATION if said else Kind.SYSTEM,
            when=_when(self._clock, began),
            found=began,
            direction=Direction.UNKNOWN,
            text="\n".join([*said, *until] if said else [f"[{', '.join(found.fields)}]"]),
            place=found.place,
        )


def _inside(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry, without the box in which a Takeout's months and raw signals have them."""
    for name in ("placeVisit", "activitySegment", "position", "wifiScan", "activityRecord"):
        if isinstance(inner := fields.get(name), dict):
            return inner
    return fields


def _times(fields: dict[str, Any]) -> tuple[str, str]:
    span = fields.get("duration")
    began = named(fields, "timestamp", "timestampMs", "startTime", "deliveryTime") or named(
        span, "startTimestamp", "startTimestampMs"
    )
    return began, named(fields, "endTime") or named(span, "endTimestamp", "endTimestampMs")


def _when(clock: LocalClock, written: str) -> Instant | None:
    moment = whole_number(written)
    if moment is not None:
        return clock.at_epoch(moment)
    try:
        stated = datetime.fromisoformat(written).tzinfo is not None
    except ValueError:
        return None
    return in_utc(clock, written) if stated else None


def _said(fields: dict[str, Any]) -> Iterator[str]:
    """Each place of an entry with its name, address and accuracy."""
    activity = fields.get("activity")
    visit = fields.get("visit")
    top = _object(visit, "topCandidate")
    for label, place in (
        ("", fields),
        ("", fields.get("location")),
        ("from ", fields.get("startLocation") or _field(activity, "start")),
        ("to ", fields.get("endLocation") or _field(activity, "end")),
        ("", _field(top, "placeLocation")),
    ):
        if where := _place(place):
            yield f"{label}{where}"
    for point in entries(fields.get("timelinePath")):
        if where := _place(point.get("point")):
            after = named(point, "time") or named(point, "durationMinutesOffsetFromStartTime")
            yield f"{where} ({after})" if after else where


def _field(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None


def _object(value: object, name: str) -> dict[str, Any]:
    inner = _field(value, name)
    return inner if isinstance(inner, dict) else {}


def _place(value: object) -> str:
    """A place in words: its degrees, name and address, and how near it is; "" where it has no degrees."""
    degrees = value if isinstance(value, str) else named(value, "latLng", "LatLng") or _degrees(value)
    plain = degrees.removeprefix("geo:").replace("\u00b0", "").replace(" ", "")
    if not plain:
        return ""
    near = next(
        (
            one
            for name in ("accuracy", "accuracyMeters")
            if isinstance(one := _field(value, name), int | float)
        ),
        None,
    )
    within = f" within {near:g} m" if near is not None else ""
    return ", ".join(
        filter(None, (named(value, "name"), named(value, "address"), plain.replace(",", ", ") + within))
    )


def _degrees(value: object) -> str:
    """Degrees out of whole numbers of ten millionths, as the older layouts have them."""
    both = [whole_number(_field(value, name)) for name in ("latitudeE7", "longitudeE7")]
    return ",".join(f"{one / 1e7:.7f}" for one in both if one is not None) if None not in both else ""
