"""The public half goes to a partner as text and comes back whole, or is refused in words."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from desist.keys.public import NotVouched, PublicKeys, PublicKeysError
from desist.keys.sitekeys import generate, rotate

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_a_partner_reads_what_was_exported() -> None:
    keys = rotate(keys=generate(site="north", on=DAY), on=DAY).public

    read = PublicKeys.from_json(keys.to_json())

    assert read.to_json() == keys.to_json()
    assert read.fingerprint == keys.fingerprint
    assert read.current.id == keys.current.id


def test_the_export_holds_no_private_key() -> None:
    keys = generate(site="north", on=DAY)
    fields = {name for row in json.loads(keys.public.to_json())["keys"] for name in row}

    assert fields == {"id", "seal", "sign"}


def test_a_fingerprint_can_be_read_aloud_and_tells_keys_apart() -> None:
    one, two = (generate(site="north", on=DAY).public.fingerprint for _ in range(2))

    assert [len(group) for group in one.split()] == [4] * 8
    assert one.replace(" ", "").isdigit()
    assert one != two


def test_a_key_for_which_the_newest_known_one_does_not_vouch_leads_nowhere() -> None:
    known, stranger = (generate(site="north", on=DAY).public for _ in range(2))
    announced = PublicKeys("north", (*stranger.keys, *known.keys))

    with pytest.raises(NotVouched):
        known.led_by(announced, at=AT)


def test_a_key_is_accepted_after_a_moment_unless_it_ends_by_then() -> None:
    known, stranger = (generate(site="north", on=DAY).public for _ in range(2))
    ended = known.ended(at=AT)

    assert known.will_accept(known.current, after=AT)
    assert not ended.will_accept(known.current, after=AT)
    assert ended.will_accept(known.current, after=AT - timedelta(seconds=1))
    assert not known.will_accept(stranger.current, after=AT)
    assert not known.will_accept(None, after=AT)


def test_an_end_without_a_time_zone_is_refused() -> None:
    text = generate(site="north", on=DAY).public.ended(at=AT.replace(tzinfo=None)).to_json()

    with pytest.raises(PublicKeysError):
        PublicKeys.from_json(text)


def test_an_unknown_key_is_not_found() -> None:
    assert generate(site="north", on=DAY).public.find("zzzzzzzz") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "hello",
        '{"desist_public_keys": 1, "site": "north", "keys": []}',
        '{"desist_public_keys": 1, "site": "north", "keys": [{"id": "a", "seal": "AAAA", "sign": "AAAA"}]}',
        '{"desist_public_keys": 1, "site": "north", "keys": [{"id": "a", "seal": "%", "sign": ""}]}',
        '{"desist_public_keys": 1, "site": "north", "keys": 7}',
    ],
)
def test_anything_else_is_refused_and_the_way_out_is_named(text: str) -> None:
    with pytest.raises(PublicKeysError, match="keys public SITE"):
        PublicKeys.from_json(text)


def test_a_newer_format_asks_for_an_update() -> None:
    with pytest.raises(PublicKeysError, match="newer Desist"):
        PublicKeys.from_json('{"desist_public_keys": 2}')


def test_an_older_key_in_compared_keys_holds_where_the_newest_lists_it() -> None:
    before = generate(site="north", on=DAY)
    keys = rotate(keys=before, on=DAY).public

    held = PublicKeys("north", ()).replaced_by(PublicKeys.from_json(keys.to_json()), at=AT)

    assert held.accepts(before.current.public, at=AT)


@pytest.mark.parametrize("with_signature", [True, False])
def test_a_key_that_a_stranger_put_behind_the_compared_one_is_not_taken(with_signature: bool) -> None:
    keys, stranger = (generate(site="north", on=DAY).public for _ in range(2))
    text = json.loads(PublicKeys("north", (keys.current, stranger.current)).to_json())
    text |= {"listed": json.loads(keys.to_json())["listed"]} if with_signature else {}
    tampered = PublicKeys.from_json(json.dumps(text))

    held = PublicKeys("north", ()).replaced_by(tampered, at=AT)

    assert tampered.fingerprint == keys.fingerprint
    assert held.keys == (keys.current,)


def test_a_withdrawn_key_that_a_stranger_put_behind_the_compared_one_stays_withdrawn() -> None:
    stolen, keys = (generate(site="north", on=DAY).public for _ in range(2))
    known = stolen.ended(at=AT)
    tampered = PublicKeys("north", (keys.current, stolen.current.ends(AT + timedelta(days=900))))

    held = known.replaced_by(PublicKeys.from_json(tampered.to_json()), at=AT + timedelta(hours=1))

    assert not held.accepts(stolen.current, at=AT + timedelta(hours=1))
    assert held.accepts(keys.current, at=AT + timedelta(hours=1))


def test_a_list_without_a_signature_holds_what_is_known_and_compared() -> None:
    before = generate(site="north", on=DAY)
    keys = rotate(keys=before, on=DAY).public

    held = before.public.replaced_by(PublicKeys("north", keys.keys), at=AT)

    assert held.accepts(before.current.public, at=AT + timedelta(days=1))
    assert held.accepts(keys.current, at=AT)
