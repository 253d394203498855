"""The duty sheet: written by a site that cannot read it, opened on a weekend with a key on paper."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.advocacy import factories

from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.words import Words
from desist.advocacy.duty import chores, files, sheet
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.wall.actors import Actor

SITE = "harbour-advocacy"
EVENING = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)


@pytest.fixture
def paper(own_keys: Path) -> str:
    """The private half, as it is printed."""
    typed, public = sheet.new_key()
    files.keep_public(data=own_keys, site=SITE, public=public)
    return typed


def read(data: Path, typed: str) -> str:
    day = EVENING.date()
    written = files.sheet(data=data, site=SITE, day=day).read_bytes()
    return sheet.unseal(sheet=written, typed=typed, site=SITE, day=day.isoformat())


@pytest.mark.django_db
def test_the_evening_writes_one_sheet_that_says_how_to_reach_everybody(
    own_keys: Path, paper: str, actor: Actor, robin: Victim
) -> None:
    words = Words(say="Sam from the library", code_word="the blue book")
    contacts.arrange(actor=actor, ref=robin.ref, words=words, version=0, at=factories.NOW)

    assert chores.write_sheet(at=EVENING)
    assert not chores.write_sheet(at=EVENING + timedelta(hours=1))

    said = read(own_keys, paper)
    for part in ("Robin Hollow", factories.PHONE, "Sam from the library", "the blue book", "999"):
        assert part in said
    assert "Quayside" not in said


@pytest.mark.django_db
def test_the_file_on_the_disk_says_nothing(own_keys: Path, paper: str, robin: Victim) -> None:
    chores.write_sheet(at=EVENING)

    kept = b"".join(path.read_bytes() for path in files.folder(data=own_keys, site=SITE).iterdir())

    for secret in (
        b"Robin",
        b"Hollow",
        factories.PHONE.encode(),
        factories.PHONE[:5].encode(),
        paper.encode(),
    ):
        assert secret not in kept


@pytest.mark.django_db
def test_whoever_is_not_safe_to_call_is_marked(
    own_keys: Path, paper: str, actor: Actor, robin: Victim
) -> None:
    contacts.mark_not_safe(actor=actor, ref=robin.ref, at=factories.NOW)

    chores.write_sheet(at=EVENING)

    assert "NOT SAFE: do not contact them." in read(own_keys, paper)


@pytest.mark.django_db
def test_whose_key_was_destroyed_is_not_on_it(own_keys: Path, paper: str, robin: Victim) -> None:
    PersonKey.objects.update(wrapped=b"", destroyed_at=factories.NOW, destroyed_by="carol")

    chores.write_sheet(at=EVENING)

    assert "Hollow" not in read(own_keys, paper)


@pytest.mark.django_db
def test_before_the_evening_and_without_a_key_nothing_is_written(own_keys: Path) -> None:
    assert not chores.write_sheet(at=EVENING)
    _, public = sheet.new_key()
    files.keep_public(data=own_keys, site=SITE, public=public)

    assert not chores.write_sheet(at=EVENING - timedelta(hours=4))


@pytest.mark.django_db
def test_the_worker_does_all_its_chores(own_keys: Path, paper: str, robin: Victim) -> None:
    chores.run(at=EVENING)

    assert files.newest(data=own_keys, site=SITE) is not None
    assert mail.outbox == []


def test_only_the_newest_sheets_are_kept(tmp_path: Path) -> None:
    files.keep_public(data=tmp_path, site=SITE, public=bytes(32))
    for number in range(files.KEPT + 3):
        day = date(2026, 3, 1) + timedelta(days=number)
        files.write(data=tmp_path, site=SITE, day=day, sheet=b"x")

    names = sorted(path.name for path in files.folder(data=tmp_path, site=SITE).glob("*.sheet"))
    assert len(names) == files.KEPT
    assert names[0] == "2026-03-04.sheet"


@settings(max_examples=25)
@given(st.text(max_size=300))
def test_a_sheet_opens_with_its_key_for_its_site_and_day_alone(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    typed, public = sheet.new_key()
    other, _ = sheet.new_key()
    sealed = sheet.seal(text=text, public=public, site=SITE, day="2026-03-03")

    assert sheet.unseal(sheet=sealed, typed=typed.lower(), site=SITE, day="2026-03-03") == text
    for key, site, day in (
        (other, SITE, "2026-03-03"),
        (typed, "other", "2026-03-03"),
        (typed, SITE, "2026-03-04"),
    ):
        with pytest.raises(sheet.DutyError):
            sheet.unseal(sheet=sealed, typed=key, site=site, day=day)


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1], lambda key: ("0" if key[0] != "0" else "1") + key[1:]]
)
def test_a_slip_of_the_typing_hand_is_said(change: object) -> None:
    typed, public = sheet.new_key()
    sealed = sheet.seal(text="x", public=public, site=SITE, day="2026-03-03")

    with pytest.raises(sheet.DutyError, match="Compare it with the paper"):
        sheet.unseal(sheet=sealed, typed=change(typed), site=SITE, day="2026-03-03")  # type: ignore[operator]  # a function of a text


def test_what_is_no_sheet_is_said() -> None:
    typed, _ = sheet.new_key()

    with pytest.raises(sheet.DutyError, match="no duty sheet"):
        sheet.unseal(sheet=b"something", typed=typed, site=SITE, day="2026-03-03")
