"""Exports are read in memory, people say who is who, and what was chosen is kept in one change or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.advocacy.evidence.test_files import whole_file

from desist.advocacy.evidence import blocks, chores, commands, keeping, reading, scratch
from desist.advocacy.evidence.models import Block, Original, Record
from desist.advocacy.evidence.states import State
from desist.advocacy.evidence.texts import Answers
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall import turns
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SAM, ROBIN = "Sam Sample", "Robin Example"
CHAT = "".join(
    f"{day}/03/2024, 21:{minute:02d} - {SAM if minute % 3 else ROBIN}: I saw your light on, time {day}-{minute}\n"
    for day in range(13, 17)
    for minute in range(10)
)
SMS = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="3">
<sms address="+447700900001" date="1710277500000" type="1" body="Answer me" contact_name="Sam"/>
<sms address="+447700900001" date="1710277600000" type="2" body="No" contact_name="Sam"/>
<sms address="+447700900009" date="1710277700000" type="1" body="Dinner?" contact_name="Mum"/>
</smses>
"""


@pytest.fixture
def bring(actor: Actor, robin: Victim) -> Callable[..., Original]:
    """Upload a text and have it looked through."""
    count = iter(range(100))

    def bring(text: str | bytes) -> Original:
        return whole_file(actor, robin, text.encode() if isinstance(text, str) else text, f"n{next(count)}")

    return bring


def found(row: Original) -> Any:
    return keeping.found(vault.box(person=row.victim.ref), row)


def choose(actor: Actor, row: Original, **said: Any) -> Original:
    names = found(row).names
    sides = {
        "client": [names.index(ROBIN)] if ROBIN in names else [],
        "person": [names.index(SAM)] if SAM in names else [],
        "conversations": list(range(len(found(row).conversations))),
    }
    commands.choose(actor=actor, ref=row.ref, answers=Answers(**{**sides, **said}), at=NOW)
    chores.go_on(at=NOW)
    return Original.objects.get(pk=row.pk)


def words(row: Original) -> list[str]:
    box = vault.box(person=row.victim.ref)
    return [
        one.text
        for block in row.blocks.order_by("number")
        for one in blocks.opened(box, row, block.number, block.sealed)
    ]


def test_an_export_is_looked_through_and_asks_who_is_who(bring: Callable[..., Original]) -> None:
    row = bring(CHAT)

    assert row.state == State.ASKING
    seen = found(row)
    assert (seen.records, seen.question) == (40, False)
    assert set(seen.names) >= {SAM, ROBIN}
    assert [one[1:] for one in seen.conversations] == [[40, "2024-03-13", "2024-03-16"]]
    assert not Record.objects.exists()


def test_what_was_chosen_is_kept_and_the_page_says_it_in_numbers(
    actor: Actor, browser_of_fable: Client, bring: Callable[..., Original]
) -> None:
    row = choose(actor, bring(CHAT), first="2024-03-14", last="2024-03-15")

    assert row.state == State.KEPT
    assert row.counts == {
        "read": 40,
        "kept": 20,
        "headings": 0,
        "other": 0,
        "undated": 0,
        "dates": 20,
        "twice": 0,
    }
    assert len(words(row)) == Record.objects.count() == 20
    assert words(row)[0] == "I saw your light on, time 14-0"
    first = Record.objects.order_by("number").first()
    assert first is not None
    assert (first.at.isoformat() if first.at else "", first.kind, first.line) == (
        "2024-03-14T21:00:00+00:00",
        "message",
        11,
    )
    assert found(row).names[first.sender] == ROBIN
    page = browser_of_fable.get(reverse("evidence:file", args=[row.ref])).content.decode()
    assert "20 of 40 records, by desist-chronicle" in page
    assert "Left out: outside the chosen dates" in page


def test_nothing_of_an_export_lies_readable_in_the_database(
    actor: Actor, bring: Callable[..., Original]
) -> None:
    choose(actor, bring(CHAT))

    kept = ""
    with connection.cursor() as cursor:
        for table in ("original", "block", "record", "custodyentry"):
            cursor.execute(f"SELECT t::text FROM advocacy_{table} t")
            kept += str(cursor.fetchall())
    for secret in ("your light", SAM, "Robin"):
        assert secret not in kept
        assert secret.encode().hex() not in kept


def test_only_the_chosen_conversation_is_kept(actor: Actor, bring: Callable[..., Original]) -> None:
    row = bring(SMS)
    (with_sam,) = [place for place, one in enumerate(found(row).conversations) if one[1] == 2]

    row = choose(actor, row, conversations=[with_sam])

    assert sorted(words(row)) == ["Answer me", "No"]
    assert row.counts
    assert row.counts["other"] == 1


def test_the_order_of_day_and_month_is_asked_only_where_nothing_shows_it(
    actor: Actor, browser_of_fable: Client, bring: Callable[..., Original]
) -> None:
    row = bring(f"03/04/2024, 21:05 - {SAM}: Answer me\n04/04/2024, 22:05 - {SAM}: Now\n")
    address = reverse("evidence:choose", args=[row.ref])
    assert "Which comes first in its dates?" in browser_of_fable.get(address).content.decode()
    assert browser_of_fable.post(address, {"zone": "Europe/London"}).status_code == 422

    browser_of_fable.post(address, {"zone": "Europe/London", "date_order": "mdy"})
    chores.go_on(at=NOW)

    row.refresh_from_db()
    assert row.state == State.ASKING
    assert [one[2:] for one in found(row).conversations] == [["2024-03-04", "2024-04-04"]]
    assert choose(actor, row, date_order="mdy").state == State.KEPT


def test_the_page_asks_and_keeps(browser_of_fable: Client, bring: Callable[..., Original]) -> None:
    row = bring(CHAT)
    names = found(row).names
    address = reverse("evidence:choose", args=[row.ref])
    typed = {
        "conversations": ["0"],
        "client": [str(names.index(ROBIN))],
        "person": [str(names.index(SAM))],
        "zone": "Europe/London",
    }
    last = {
        "first-day": "2",
        "first-month": "3",
        "first-year": "2024",
        "last-day": "1",
        "last-month": "3",
        "last-year": "2024",
    }

    assert "must not be before" in browser_of_fable.post(address, typed | last).content.decode()
    both = browser_of_fable.post(address, typed | {"person": typed["client"]})
    assert "Choose it once" in both.content.decode()
    assert browser_of_fable.post(address, typed)["Location"] == reverse("evidence:file", args=[row.ref])
    chores.go_on(at=NOW)

    row.refresh_from_db()
    assert (row.state, row.records.count()) == (State.KEPT, 40)
    assert browser_of_fable.post(reverse("evidence:file", args=[row.ref])).status_code == 405


def test_the_wrong_person_is_put_right_and_the_log_says_so(
    actor: Actor, browser_of_fable: Client, bring: Callable[..., Original]
) -> None:
    row = bring(CHAT)
    sam, robin = (found(row).names.index(name) for name in (SAM, ROBIN))
    row = choose(actor, row, person=[robin], client=[sam])
    address = reverse("evidence:choose", args=[row.ref])

    for _ in range(2):
        browser_of_fable.post(address, {"client": [str(robin)], "person": [str(sam)]})

    row.refresh_from_db()
    said = keeping.answers(vault.box(person=row.victim.ref), row)
    assert (said.client, said.person) == ([robin], [sam])
    assert row.custody.filter(action="corrected", by=actor.who).count() == 1
    with pytest.raises(Refused, match="Choose it once"):
        commands.put_right(actor=actor, ref=row.ref, client=[sam], person=[sam], at=NOW)


def test_a_file_of_which_nothing_was_read_has_nobody_to_correct(
    actor: Actor, bring: Callable[..., Original]
) -> None:
    row = bring(b"\x89PNG\r\n\x1a\n" + bytes(100))

    assert row.state == State.KEPT
    with pytest.raises(Refused, match="nobody to correct"):
        commands.put_right(actor=actor, ref=row.ref, client=[], person=[], at=NOW)
    with pytest.raises(Refused, match="answered already"):
        commands.choose(actor=actor, ref=row.ref, answers=Answers(), at=NOW)


def test_a_file_that_is_no_export_is_kept_and_says_so(
    browser_of_fable: Client, bring: Callable[..., Original]
) -> None:
    row = bring("Nothing but a shopping list: milk, bread\n")

    page = browser_of_fable.get(reverse("evidence:file", args=[row.ref])).content.decode()
    assert row.state == State.KEPT
    assert "No messages were read in it" in page
    assert "none of the formats that can be read" in page


@pytest.mark.parametrize("longer_first", [True, False])
def test_an_export_that_overlaps_another_one_is_kept_once(
    actor: Actor, bring: Callable[..., Original], longer_first: bool
) -> None:
    texts = [CHAT, "".join(CHAT.splitlines(keepends=True)[10:30])]
    rows = [choose(actor, bring(text)) for text in (texts if longer_first else texts[::-1])]

    kept = [row.counts["kept"] for row in rows if row.counts]
    assert kept == ([40, 0] if longer_first else [20, 20])
    assert Record.objects.count() == 40
    assert len({text for row in rows for text in words(row)}) == 40


def test_copies_are_told_where_nobody_is_named_too(actor: Actor, bring: Callable[..., Original]) -> None:
    rows = [choose(actor, bring(text), client=[], person=[]) for text in (CHAT, CHAT + "\n")]

    assert [row.counts["kept"] for row in rows if row.counts] == [40, 0]


def test_the_same_answers_twice_are_no_error(actor: Actor, bring: Callable[..., Original]) -> None:
    row = bring(CHAT)
    for _ in range(2):
        commands.choose(actor=actor, ref=row.ref, answers=Answers(conversations=[0]), at=NOW)
    with pytest.raises(Refused, match="answered already"):
        commands.choose(actor=actor, ref=row.ref, answers=Answers(conversations=[]), at=NOW)


def test_removing_takes_the_rows_and_the_words(actor: Actor, bring: Callable[..., Original]) -> None:
    row = choose(actor, bring(CHAT))
    commands.drop(actor=actor, ref=row.ref, at=NOW)
    chores.go_on(at=NOW)

    assert not Record.objects.exists()
    assert not Block.objects.exists()
    row.refresh_from_db()
    assert (row.found, row.answers, row.state) == (None, None, State.DROPPED)


def test_what_was_removed_while_it_was_read_stays_removed(
    actor: Actor, bring: Callable[..., Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reading._read

    def meanwhile(ref: str, *rest: Any) -> Any:
        commands.drop(actor=actor, ref=ref, at=NOW)
        return read(ref, *rest)

    row = bring(CHAT)
    commands.choose(actor=actor, ref=row.ref, answers=Answers(conversations=[0]), at=NOW)
    monkeypatch.setattr(reading, "_read", meanwhile)
    chores.go_on(at=NOW)
    other = bring(SMS)

    assert not Record.objects.exists()
    row.refresh_from_db()
    assert (row.state, other.state) == (State.DROPPED, State.DROPPED)


def test_another_library_that_finds_other_conversations_asks_anew(
    actor: Actor, bring: Callable[..., Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = bring(CHAT)
    monkeypatch.setattr(reading, "_same", lambda *_: False)

    assert choose(actor, row).state == State.ASKING
    assert not Record.objects.exists()


def test_without_room_in_memory_it_waits_and_says_so_and_goes_on(
    browser_of_fable: Client, bring: Callable[..., Original], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    usage = lambda _: type("Usage", (), {"free": 1 << 20})  # noqa: E731
    with monkeypatch.context() as little:
        little.setattr("shutil.disk_usage", usage)
        row = bring(CHAT)
        chores.go_on(at=NOW)
    page = browser_of_fable.get(reverse("evidence:file", args=[row.ref])).content.decode()
    assert "too little room in memory: 8 MB are needed at /dev/shm, and 1 MB are free" in page
    with monkeypatch.context() as disk:
        disk.setattr(scratch, "PLACE", tmp_path)
        chores.go_on(at=NOW)
    row.refresh_from_db()
    assert row.waits.startswith("The machine keeps no files in memory")

    chores.go_on(at=NOW)

    row.refresh_from_db()
    assert (row.state, row.waits) == (State.ASKING, "")


def test_without_the_key_it_is_spoilt_and_stops_no_other(
    bring: Callable[..., Original], actor: Actor
) -> None:
    row = bring(CHAT)
    Original.objects.update(state=State.LOOKING)
    PersonKey.objects.update(keys="gone")

    chores.go_on(at=NOW)

    row.refresh_from_db()
    assert row.state == State.SPOILT


def test_bytes_that_are_others_than_before_are_not_read_again(bring: Callable[..., Original]) -> None:
    row = bring(CHAT)
    Original.objects.update(state=State.LOOKING, digest="0" * 64)

    chores.go_on(at=NOW)

    row.refresh_from_db()
    assert row.state == State.SPOILT


def test_one_worker_reads_at_a_time(bring: Callable[..., Original], monkeypatch: pytest.MonkeyPatch) -> None:
    def taken() -> Any:
        raise turns.Taken

    monkeypatch.setattr(commands, "one_worker", taken)

    assert bring(CHAT).state == State.LOOKING


def test_nothing_is_left_in_memory_and_what_a_killed_worker_left_is_swept(
    bring: Callable[..., Original], actor: Actor
) -> None:
    left = scratch.PLACE / f"{scratch.prefix()}left"
    left.mkdir()
    (left / "Chat.txt").write_text(CHAT)

    choose(actor, bring(CHAT))

    assert list(scratch.PLACE.glob(f"{scratch.prefix()}*")) == []


def test_how_far_a_reading_is_is_noted(
    actor: Actor, bring: Callable[..., Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (
        f"13/03/2024, {at // 60:02d}:{at % 60:02d} - {SAM}: {number}"
        for number in range(9)
        for at in range(1000)
    )
    monkeypatch.setattr(reading, "NOTE", 1_000)
    told: list[int] = []
    note = commands.note

    def noted(ref: str, *, read: int, at: Any) -> None:
        note(ref, read=read, at=at)
        told.append(Original.objects.get(ref=ref).read)

    monkeypatch.setattr(commands, "note", noted)
    row = choose(actor, bring("\n".join(lines)))

    assert len(told) > 2
    assert told == sorted(told[: len(told) // 2]) * 2
    assert row.read == 9_000


def test_what_was_removed_before_it_was_hashed_is_not_read(
    actor: Actor, bring: Callable[..., Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = reading._write

    def meanwhile(box: Any, row: Original, path: Path) -> str:
        commands.drop(actor=actor, ref=row.ref, at=NOW)
        return write(box, row, path)

    monkeypatch.setattr(reading, "_write", meanwhile)

    row = bring(CHAT)

    assert (row.state, row.digest, row.found) == (State.DROPPED, "", None)


def test_what_was_removed_while_it_could_not_be_opened_stays_removed(
    actor: Actor, bring: Callable[..., Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(box: Any, row: Original, path: Path) -> str:
        commands.drop(actor=actor, ref=row.ref, at=NOW)
        raise keeping.Altered

    monkeypatch.setattr(reading, "_write", meanwhile)

    assert bring(CHAT).state == State.DROPPED
