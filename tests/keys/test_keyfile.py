"""The key file is private, whole, never overwritten, and every refusal says what to do."""

import json
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from desist.keys import keyfile
from desist.keys.sitekeys import rotate

DAY = date(2026, 3, 2)


def test_keys_are_read_as_they_were_made(tmp_path: Path) -> None:
    made = keyfile.create(folder=tmp_path, site="north", on=DAY)

    assert keyfile.read(folder=tmp_path, site="north") == made


def test_a_rotated_file_holds_old_and_new(tmp_path: Path) -> None:
    new = rotate(keys=keyfile.create(folder=tmp_path, site="north", on=DAY), on=date(2027, 3, 1))

    keyfile.replace(folder=tmp_path, keys=new)

    assert keyfile.read(folder=tmp_path, site="north") == new


def test_only_its_owner_may_read_the_file_or_list_the_folder(tmp_path: Path) -> None:
    keyfile.create(folder=tmp_path, site="north", on=DAY)

    place = keyfile.path(folder=tmp_path, site="north")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700


def test_a_second_key_file_is_refused_and_the_first_kept(tmp_path: Path) -> None:
    made = keyfile.create(folder=tmp_path, site="north", on=DAY)

    with pytest.raises(keyfile.KeysExist, match="never overwritten: move it away first"):
        keyfile.create(folder=tmp_path, site="north", on=DAY)

    assert keyfile.read(folder=tmp_path, site="north") == made


def test_a_missing_file_names_the_way_to_recover_it(tmp_path: Path) -> None:
    with pytest.raises(keyfile.MissingKeys, match=r"is missing\. .*desist keys recover north"):
        keyfile.read(folder=tmp_path, site="north")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    keyfile.create(folder=tmp_path, site="north", on=DAY)
    place = keyfile.path(folder=tmp_path, site="north")
    place.chmod(mode)

    with pytest.raises(keyfile.UnsafeKeys, match=f"chmod 600 {place}"):
        keyfile.read(folder=tmp_path, site="north")


def test_a_file_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyfile.create(folder=tmp_path, site="north", on=DAY)
    stranger = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: stranger)

    with pytest.raises(keyfile.UnsafeKeys, match="belongs to another user"):
        keyfile.read(folder=tmp_path, site="north")


@pytest.mark.parametrize(
    "change",
    [
        {"desist_keys": 2},
        {"site": "south"},
        {"sets": []},
        {"sets": [{"id": "x", "made": "2026-03-02", "root": "AAAA"}]},
        {"sets": [{"id": "x", "made": "2026-03-02", "root": "A" * 43 + "="}]},
        {"sets": [{"made": "2026-03-02"}]},
        {"sets": None},
    ],
)
def test_a_spoilt_file_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    keyfile.create(folder=tmp_path, site="north", on=DAY)
    place = keyfile.path(folder=tmp_path, site="north")
    place.write_text(json.dumps({**json.loads(place.read_text()), **change}))

    with pytest.raises(keyfile.SpoiltKeys, match="is not a key file of north"):
        keyfile.read(folder=tmp_path, site="north")


def test_a_refusal_quotes_nothing_of_the_file(tmp_path: Path) -> None:
    made = keyfile.create(folder=tmp_path, site="north", on=DAY)
    place = keyfile.path(folder=tmp_path, site="north")
    place.write_text(place.read_text().replace('"id"', '"id'))

    with pytest.raises(keyfile.SpoiltKeys) as refusal:
        keyfile.read(folder=tmp_path, site="north")

    assert made.current.id not in str(refusal.value)
