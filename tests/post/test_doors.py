"""Doors: what is not in the table cannot cross, and both ends check every field."""

import dataclasses
import datetime as dt
import typing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desist.post import doors, payloads
from desist.post.door import Door
from desist.post.doors import DOORS, Refusal
from desist.referral.answers import BY_KEY
from desist.sites import Zone

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
MOMENTS = st.datetimes(timezones=st.just(dt.UTC))
#: short, since a payload has up to forty fields: what is awkward about a text shows in a few characters
TEXTS = st.text(max_size=5)
VALUES: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(),
    bool: st.booleans(),
    dt.date: st.dates(),
    dt.datetime: MOMENTS,
    tuple[str, ...]: st.lists(TEXTS, max_size=2).map(tuple),
}


def sent(door: Door) -> st.SearchStrategy[tuple[Door, payloads.Payload]]:
    """Something that goes through a door."""
    hints = typing.get_type_hints(door.payload)
    fields = {field.name: VALUES[hints[field.name]] for field in dataclasses.fields(door.payload)}
    return st.tuples(st.just(door), st.builds(door.payload, **fields))


@given(st.one_of(*map(sent, DOORS)))
@settings(max_examples=100)
def test_every_payload_comes_back_as_it_went(sending: tuple[Door, payloads.Payload]) -> None:
    door, payload = sending
    doors.check(payload, door.sender, door.receiver)

    back = doors.from_json(payload.KIND, payload.VERSION, doors.to_json(payload))

    assert back == payload


def test_kinds_are_unique() -> None:
    kinds = {door.payload: door.payload.KIND for door in DOORS}

    assert len(set(kinds.values())) == len(kinds)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("zone", [Zone.PUBLIC, Zone.PARTICIPANT])
def test_nothing_goes_to_a_side_without_an_inbox(door: Door, zone: Zone) -> None:
    assert zone not in (door.sender, door.receiver)


@pytest.mark.parametrize(
    ("kind", "version", "values", "sentence"),
    [
        ("telegram", 1, {}, "does not know envelopes of kind 'telegram'"),
        ("alert", 9, {}, "not version 9"),
        ("alert", 0, {}, "not version 0"),
        ("alert", 1, [], "fields of this 'alert'"),
        ("alert", 1, {"reason": "x"}, "fields of this 'alert'"),
        ("alert", 1, {"reason": 1, "contact": "", "raised_at": AT.isoformat()}, "field 'reason'"),
        ("alert", 1, {"reason": "", "contact": "", "raised_at": "soon"}, "field 'raised_at'"),
        ("alert", 1, {"reason": "", "contact": "", "raised_at": None}, "field 'raised_at'"),
        ("alert", 1, {"reason": "", "contact": "", "raised_at": "2026-03-02T09:00:00"}, "no time zone"),
        ("alert", 1, {"reason": "x" * 20_001, "contact": "", "raised_at": AT.isoformat()}, "longer than"),
        (
            "progress-notice",
            1,
            {"stage": "", "attended": True, "planned": 1, "as_of": "2026-03-02"},
            "'attended'",
        ),
        ("progress-notice", 1, {"stage": "", "attended": 1, "planned": 1, "as_of": "2026-13-02"}, "'as_of'"),
    ],
)
def test_a_wrong_payload_is_refused_with_a_plain_reason(
    kind: str, version: int, values: object, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        doors.from_json(kind, version, values)


@pytest.mark.parametrize("behaviours", ["calls", {"calls": 1}, [1], None])
def test_a_list_of_words_is_a_list_of_words(behaviours: object) -> None:
    hints = typing.get_type_hints(payloads.Referral)
    lists = {name for name, hint in hints.items() if hint == tuple[str, ...]}
    values: dict[str, object] = {
        field.name: [] if field.name in lists else "" for field in dataclasses.fields(payloads.Referral)
    }
    values |= {"born": "1990-01-01", "completed_at": AT.isoformat(), "behaviours": behaviours}

    with pytest.raises(Refusal, match="'behaviours'"):
        doors.from_json("referral", payloads.Referral.VERSION, values)


@pytest.mark.parametrize(("payload", "before"), [(payloads.Referral, 3), (payloads.ReferralAmended, 2)])
def test_an_envelope_of_the_version_before_is_read_without_what_was_added(
    payload: type[payloads.Payload], before: int
) -> None:
    added = {one.name for one in dataclasses.fields(payload) if one.default is not dataclasses.MISSING}
    plain = {dt.date: "1990-01-01", dt.datetime: AT.isoformat(), int: 1, tuple[str, ...]: []}
    hints = typing.get_type_hints(payload)
    now = {one.name: plain.get(hints[one.name], "") for one in dataclasses.fields(payload)}
    then = {name: value for name, value in now.items() if name not in added}

    assert added == set(BY_KEY["risk"].names)
    assert doors.from_json(payload.KIND, before, then) == doors.from_json(payload.KIND, payload.VERSION, now)
    for version, values in ((payload.VERSION, then), (before, now)):
        with pytest.raises(Refusal, match=f"not those of version {version}"):
            doors.from_json(payload.KIND, version, values)
    with pytest.raises(Refusal, match="must be brought up to date"):
        doors.from_json(payload.KIND, before - 1, then)


def test_an_enumerated_word_counts_as_text() -> None:
    doors.check(
        payloads.ReferralDecision(payloads.Outcome.ACCEPTED, "", AT), Zone.PROGRAMME, Zone.PARTNERSHIP
    )


def test_a_door_leads_one_way() -> None:
    with pytest.raises(Refusal, match="No door lets 'referral-decision' through"):
        doors.check(payloads.ReferralDecision("accepted", "", AT), Zone.PARTNERSHIP, Zone.PROGRAMME)
