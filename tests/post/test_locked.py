"""Words locked with the site's key: they open in their own place alone, after a change of keys too."""

from datetime import date
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import HealthCheck, given
from hypothesis import settings as shape
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from desist.keys import keyfile, sitekeys
from desist.keys.sitekeys import SiteKeys, UnknownKey
from desist.post import locked, own

WORDS = "She is at her mother’s, Mill Lane 4"
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=100)

pytestmark = pytest.mark.usefixtures("own_keys")


def lock(text: str = WORDS) -> bytes:
    return locked.lock(place="alert.note", row="abc", text=text)


def unlock(sealed: bytes) -> str:
    return locked.unlock(place="alert.note", row="abc", sealed=sealed)


@shape(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(text=TEXTS)
def test_what_was_locked_opens_as_it_was(text: str) -> None:
    assert unlock(lock(text)) == text


def test_nothing_of_it_is_seen_and_its_length_tells_little() -> None:
    assert b"mother" not in lock()
    assert lock() != lock()
    assert len(lock("No")) == len(lock(WORDS))
    assert lock("") == b""


@pytest.mark.parametrize(("place", "row"), [("ring.answer", "abc"), ("alert.note", "abd")])
def test_it_opens_in_no_other_place(place: str, row: str) -> None:
    with pytest.raises(InvalidTag):
        locked.unlock(place=place, row=row, sealed=lock())


def test_a_changed_bit_is_noticed() -> None:
    sealed = lock()

    with pytest.raises(InvalidTag):
        unlock(sealed[:-1] + bytes([sealed[-1] ^ 1]))


def test_after_a_change_of_keys_it_opens(own_keys: SiteKeys, tmp_path: Path) -> None:
    sealed = lock()

    keyfile.replace(folder=tmp_path, keys=sitekeys.rotate(keys=own_keys, on=date(2026, 2, 1)))
    own._read.cache_clear()  # as when the process starts again

    assert own.keys().current.id != own_keys.current.id
    assert unlock(sealed) == WORDS
    assert unlock(lock("New")) == "New"


def test_at_another_site_it_does_not_open(tmp_path: Path, settings: Settings) -> None:
    sealed = lock()
    keyfile.create(folder=tmp_path, site="other-site", on=date(2026, 1, 1))
    settings.DESIST_SITE = "other-site"

    with pytest.raises(UnknownKey):
        unlock(sealed)
