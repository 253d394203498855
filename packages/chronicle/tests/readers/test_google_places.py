"""Places of Google's Timeline: each with its time, in no count of contacts, and shown only where they are chosen."""

import json
from datetime import UTC, datetime

import pytest
from packages.chronicle.tests.casework import charted, record
from packages.chronicle.tests.made_up.phone_samples import (
    google_iphone,
    google_months,
    google_records,
    google_timeline,
)
from packages.chronicle.tests.readers.conftest import ReadOne

from desist_chronicle.chronology import Entry, lines
from desist_chronicle.masking import Mask, Masks
from desist_chronicle.outputs.rows import Wording
from desist_chronicle.records import Kind


def test_places_of_a_takeout_are_read_newer_and_older(read_one: ReadOne) -> None:
    records, outcome = read_one(google_records())

    assert [(one.kind, one.sender, one.text) for one in records] == [
        (Kind.LOCATION, "", "51.5007000, -0.1246000 within 20 m"),
        (Kind.LOCATION, "", "51.5007001, -0.1246001"),
    ]
    assert [one.sent_utc for one in records] == [
        datetime(2024, 7, 31, 21, 5, 7, 123_000, tzinfo=UTC),
        datetime(2024, 3, 12, 21, 5, 7, tzinfo=UTC),
    ]
    assert "who carried it is not in them" in outcome.warnings[0]
    # counted without the reader
    assert len(records) == len(json.loads(google_records())["locations"])


def test_stays_and_ways_have_their_names_and_ends(read_one: ReadOne) -> None:
    records, _ = read_one(google_months())

    assert [one.text for one in records] == [
        "A shop, 1 Made-up Road, 51.5000001, -0.1200000\nuntil 2024-07-31T21:00:00Z",
        "from 51.5000001, -0.1200000\nto 51.5000002, -0.1200000\nuntil 2024-07-31T21:00:00Z",
    ]
    assert {one.sent_utc for one in records} == {datetime(2024, 7, 31, 20, tzinfo=UTC)}


def test_what_a_phone_exports_is_read_with_its_signals(read_one: ReadOne) -> None:
    records, outcome = read_one(google_timeline())

    until = "until 2024-07-31T23:00:00.000+01:00"
    assert [(one.kind, one.text) for one in records] == [
        (Kind.LOCATION, f"51.5007, -0.1246\n{until}"),
        (Kind.LOCATION, f"from 51.5, -0.1\nto 51.6, -0.2\n{until}"),
        (Kind.LOCATION, f"51.5, -0.1 (2024-07-31T22:10:00.000+01:00)\n51.6, -0.2\n{until}"),
        (Kind.LOCATION, "51.5, -0.1 within 12 m"),
        (Kind.SYSTEM, "[wifiScan]"),
        (Kind.SYSTEM, "[activityRecord, startTime]"),
    ]
    assert not outcome.partial
    whole = json.loads(google_timeline())
    assert len(records) == len(whole["semanticSegments"]) + len(whole["rawSignals"])


def test_an_iphones_bare_list_is_read(read_one: ReadOne) -> None:
    records, _ = read_one(google_iphone())

    assert [one.text.partition("\n")[0] for one in records] == ["51.500700, -0.124600", "51.5, -0.1 (3)"]


@pytest.mark.parametrize("when", ["soon", "2024-07-31T21:05:07", 5])
def test_a_time_without_its_zone_is_unreadable(when: object, read_one: ReadOne) -> None:
    whole = json.loads(google_records())
    whole["locations"][0]["timestamp"] = when

    records, _ = read_one(json.dumps(whole).encode())

    assert records[0].sent_utc is None


def test_an_entry_without_place_and_time_is_kept_as_unread(read_one: ReadOne) -> None:
    whole = json.loads(google_timeline())
    whole["semanticSegments"] += [{"visit": 5}, {"timelinePath": [{"point": None}], "startTime": "x"}]
    whole["semanticSegments"][0]["visit"]["topCandidate"] = 3

    records, outcome = read_one(json.dumps(whole).encode())

    assert [one.kind for one in (records[0], *records[3:5])] == [Kind.SYSTEM, Kind.UNREAD, Kind.SYSTEM]
    assert outcome.partial


def test_a_place_is_no_contact_and_not_in_the_edition_for_the_defendant() -> None:
    places = [
        record("51.5, -0.1", at=f"2024-03-0{day} 08:00", kind=Kind.LOCATION, sender="") for day in (2, 3)
    ]
    course = charted([record(), *places])
    entries = [line for line in lines(course=course) if isinstance(line, Entry)]

    plain, masked = (
        [Wording(course=course, exhibits={"a.txt": "EX/1"}, mask=mask).row(one).what for one in entries]
        for mask in (None, Mask(Masks()))
    )

    assert course.contacts.attempted.sum() == 1
    assert plain == ["Where are you", "51.5, -0.1", "51.5, -0.1"]
    assert masked == ["Where are you", *["[place reported by a telephone: not in this edition]"] * 2]
