"""Files of a client: pieces arrive locked, an upload goes on where it stopped, and custody is logged."""

import random
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.advocacy import factories

from desist.advocacy.evidence import chores, commands, keeping, queries
from desist.advocacy.evidence.models import CustodyEntry, Original, Piece
from desist.advocacy.evidence.states import Came, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import PersonKey
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SECRET = b"12/03/2024, 21:05 - Sam Sample: I saw your light on\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of 64 bytes, so that a file of a test has several."""
    monkeypatch.setattr(keeping, "PIECE", 64)


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def begin(actor: Actor, victim: Victim, size: int, number: str = "one") -> str:
    own, _ = commands.begin(
        actor=actor,
        ref=victim.ref,
        name="Chat with Sam.txt",
        size=size,
        came=Came.PHONE,
        submission=number,
        at=NOW,
    )
    return own


def send(actor: Actor, ref: str, whole: bytes, *numbers: int) -> int:
    done = 0
    for number in numbers:
        piece = whole[number * keeping.PIECE : (number + 1) * keeping.PIECE]
        done = commands.add_piece(actor=actor, ref=ref, number=number, content=piece, at=NOW)
    return done


def whole_file(actor: Actor, victim: Victim, bytes_: bytes, number: str = "one") -> Original:
    ref = begin(actor, victim, len(bytes_), number)
    send(actor, ref, bytes_, *range(-(-len(bytes_) // keeping.PIECE)))
    chores.go_on(at=NOW)
    return Original.objects.get(ref=ref)


def state(ref: str) -> str:
    return Original.objects.get(ref=ref).state


def test_a_file_in_pieces_is_kept_whole_with_its_hash(actor: Actor, robin: Victim) -> None:
    bytes_ = content(150)
    row = whole_file(actor, robin, bytes_)

    assert (row.state, row.digest, row.done) == (State.KEPT, sha256(bytes_).hexdigest(), 3)
    assert b"".join(keeping.contents(vault.box(person=robin.ref), row)) == bytes_


def test_nothing_of_a_file_lies_readable_in_the_database(actor: Actor, robin: Victim) -> None:
    whole_file(actor, robin, SECRET)

    kept = ""
    with connection.cursor() as cursor:
        for table in ("original", "piece", "custodyentry"):
            cursor.execute(f"SELECT t::text FROM advocacy_{table} t")
            kept += str(cursor.fetchall())
    for secret in (SECRET[:20], b"Chat with", b"Sam"):
        assert secret.decode() not in kept
        assert secret.hex() not in kept


def test_an_upload_goes_on_where_it_stopped(actor: Actor, robin: Victim) -> None:
    bytes_ = content(150)
    ref = begin(actor, robin, 150)
    assert send(actor, ref, bytes_, 0, 1) == 2

    again, done = commands.begin(
        actor=actor, ref=robin.ref, name="x", size=150, came=Came.PHONE, submission="one", at=NOW
    )

    assert (again, done) == (ref, 2)
    assert (
        send(actor, ref, bytes_, 1, 2) == 3
    )  # the last piece once more, by which another file would be known
    assert state(ref) == State.LOOKING
    assert send(actor, ref, bytes_, 2) == 3  # and after the end as well
    assert Piece.objects.count() == 3


@pytest.mark.parametrize(
    ("number", "piece", "sentence"),
    [(1, content(64), "its bytes differ"), (3, content(64), "cut off"), (2, content(63), "cut off")],
)
def test_a_piece_of_another_file_or_out_of_its_place_is_refused(
    actor: Actor, robin: Victim, number: int, piece: bytes, sentence: str
) -> None:
    ref = begin(actor, robin, 200)
    send(actor, ref, content(200), 0, 1)

    with pytest.raises(Refused, match=sentence):
        commands.add_piece(actor=actor, ref=ref, number=number, content=piece, at=NOW)
    assert Piece.objects.count() == 2


@pytest.mark.parametrize(("size", "sentence"), [(0, "empty"), (commands.MOST_BYTES + 1, "larger than 2 GB")])
def test_an_empty_or_too_large_file_is_refused(actor: Actor, robin: Victim, size: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        begin(actor, robin, size)
    assert not Original.objects.exists()


def test_the_same_file_is_named_and_not_kept_twice(
    actor: Actor, manager: Actor, browser_of_fable: Client, robin: Victim
) -> None:
    first = whole_file(manager, robin, content(100))
    second = whole_file(actor, robin, content(100), "two")

    assert (second.state, second.same_as) == (State.DROPPED, first)
    assert Piece.objects.filter(original=second).count() == 0
    page = browser_of_fable.get(reverse("evidence:file", args=[second.ref])).content.decode()
    assert "This file is here already" in page
    assert "Noor Quenington brought the very same bytes in" in page


def test_a_file_that_was_removed_may_come_again(actor: Actor, robin: Victim) -> None:
    first = whole_file(actor, robin, content(100))
    commands.drop(actor=actor, ref=first.ref, at=NOW)
    chores.go_on(at=NOW)

    assert whole_file(actor, robin, content(100), "two").state == State.KEPT


def test_the_custody_log_says_who_did_what_and_shows_what_was_altered(actor: Actor, robin: Victim) -> None:
    row = whole_file(actor, robin, content(100))
    for seconds in (0, 5):  # the second click
        commands.save(actor=actor, ref=row.ref, part=0, at=NOW + timedelta(seconds=seconds))

    page = queries.file(actor=actor, ref=row.ref, at=NOW)
    assert [(one.by, one.action) for one in page.log] == [
        ("Fable Trelissick", "Upload begun"),
        ("Desist", "Arrived whole"),
        ("Fable Trelissick", "A copy was saved"),
    ]
    assert page.log_is_whole
    with connection.cursor() as cursor:  # the app login cannot: it only adds
        cursor.execute("SELECT has_table_privilege('advocacy_custodyentry', 'UPDATE, DELETE')")
        assert cursor.fetchone() == (False,)
    last = row.custody.latest("position")
    CustodyEntry.objects.create(
        original=row,
        position=4,
        at=NOW,
        by="carol",
        action="saved",
        what="",
        previous=last.link,
        link="0" * 64,
    )
    assert not queries.file(actor=actor, ref=row.ref, at=NOW).log_is_whole


def test_removing_takes_the_bytes_and_leaves_the_log(
    actor: Actor, browser_of_fable: Client, robin: Victim
) -> None:
    row = whole_file(actor, robin, content(100))

    for _ in range(2):
        browser_of_fable.post(reverse("evidence:drop", args=[row.ref]))
    chores.go_on(at=NOW)

    assert state(row.ref) == State.DROPPED
    assert not Piece.objects.exists()
    assert row.custody.filter(action="ended", by=actor.who).count() == 1
    with pytest.raises(Refused, match="not being uploaded any more"):
        commands.add_piece(actor=actor, ref=row.ref, number=0, content=content(64), at=NOW)
    with pytest.raises(Refused, match="not whole"):
        commands.save(actor=actor, ref=row.ref, part=0, at=NOW)


def test_an_upload_with_which_nobody_goes_on_is_swept(actor: Actor, robin: Victim) -> None:
    ref = begin(actor, robin, 150)
    send(actor, ref, content(150), 0)

    chores.go_on(at=NOW + commands.UNFINISHED)
    assert state(ref) == State.ARRIVING
    chores.go_on(at=NOW + commands.UNFINISHED + timedelta(seconds=1))

    assert state(ref) == State.DROPPED
    assert not Piece.objects.exists()


def test_a_piece_that_was_changed_or_is_missing_spoils_the_file_and_stops_no_other(
    actor: Actor, browser_of_fable: Client, robin: Victim
) -> None:
    refs = [begin(actor, robin, 150, number) for number in ("one", "two", "three")]
    for ref in refs:
        send(actor, ref, content(150), 0, 1, 2)
    Piece.objects.filter(original__ref=refs[0], number=1).update(sealed=b"\x01" + bytes(60))
    Piece.objects.filter(original__ref=refs[1], number=2).delete()

    chores.go_on(at=NOW)

    assert [state(ref) for ref in refs] == [State.SPOILT, State.SPOILT, State.KEPT]
    page = browser_of_fable.get(reverse("evidence:file", args=[refs[0]])).content.decode()
    assert "Tell your administrator" in page


def test_a_piece_with_other_bytes_than_arrived_spoils_the_file(actor: Actor, robin: Victim) -> None:
    ref = begin(actor, robin, 64)
    send(actor, ref, content(64), 0)
    Piece.objects.update(digest="0" * 64)

    chores.go_on(at=NOW)

    assert state(ref) == State.SPOILT


def test_the_bytes_of_a_client_whose_key_was_destroyed_go_too(
    actor: Actor, browser_of_fable: Client, robin: Victim
) -> None:
    ref = begin(actor, robin, 64)
    send(actor, ref, content(64), 0)
    PersonKey.objects.update(wrapped=b"", destroyed_at=NOW, destroyed_by="carol")

    chores.go_on(at=NOW)

    assert state(ref) == State.DROPPED
    assert "Erased" in browser_of_fable.get(reverse("evidence:files", args=[robin.ref])).content.decode()


def test_a_small_file_comes_by_an_ordinary_form(browser_of_fable: Client, robin: Victim) -> None:
    def typed() -> dict[str, object]:
        file = SimpleUploadedFile("Chat.txt", SECRET)
        return {"file": file, "came": "sent", "form_submission": "once"}

    address = reverse("evidence:files", args=[robin.ref])
    first, again = browser_of_fable.post(address, typed()), browser_of_fable.post(address, typed())
    chores.go_on(at=NOW)

    assert first["Location"] == again["Location"]
    row = Original.objects.get()
    page = browser_of_fable.get(first["Location"]).content.decode()
    assert "Chat.txt" in page
    assert sha256(SECRET).hexdigest() in page
    saved = browser_of_fable.post(reverse("evidence:save", args=[row.ref]))
    assert saved.content == SECRET
    assert 'filename="Chat.txt"' in saved["Content-Disposition"]


def test_a_copy_of_a_large_file_is_saved_in_parts(
    browser_of_fable: Client, actor: Actor, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "COPY", 2)
    bytes_ = content(150)
    row = whole_file(actor, robin, bytes_)
    address = reverse("evidence:save", args=[row.ref])

    page = browser_of_fable.get(reverse("evidence:file", args=[row.ref])).content.decode()
    saved = [browser_of_fable.post(address, {"part": part}) for part in (0, 1)]

    assert "Save part 2" in page
    assert b"".join(one.content for one in saved) == bytes_
    assert 'filename="Chat with Sam.txt.002"' in saved[1]["Content-Disposition"]
    assert browser_of_fable.post(address, {"part": 2}).status_code == 422


def test_a_file_too_large_for_the_ordinary_form_never_lies_on_a_disk(
    browser_of_fable: Client, robin: Victim, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desist.zones import advocacy

    settings.FILE_UPLOAD_HANDLERS = advocacy.FILE_UPLOAD_HANDLERS
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    address = reverse("evidence:files", args=[robin.ref])

    for size in (65, 300):  # more than a piece, and more than memory takes
        file = SimpleUploadedFile("Chat.txt", content(size))
        answer = browser_of_fable.post(address, {"file": file, "came": "sent"})
        assert answer.status_code == 422
        assert "it is larger than 4 MB" in answer.content.decode()
    assert not Original.objects.exists()


def test_a_script_sends_a_file_in_pieces(browser_of_fable: Client, robin: Victim) -> None:
    bytes_, asked = content(100), {"name": "Recording.m4a", "size": "100", "came": "phone"}

    begun = browser_of_fable.post(reverse("evidence:begin", args=[robin.ref]), asked).json()
    answers = [
        browser_of_fable.post(
            begun["piece"], {"number": n, "piece": SimpleUploadedFile("p", bytes_[n * 64 : (n + 1) * 64])}
        ).json()
        for n in (0, 1)
    ]
    chores.go_on(at=NOW)

    assert answers == [{"done": 1}, {"done": 2}]
    assert "Recording.m4a" in browser_of_fable.get(begun["page"]).content.decode()


def test_a_script_is_told_why_in_a_sentence(browser_of_fable: Client, actor: Actor, robin: Victim) -> None:
    begin_, piece = reverse("evidence:begin", args=[robin.ref]), begin(actor, robin, 100)
    address = reverse("evidence:piece", args=[piece])

    answers = [
        browser_of_fable.post(begin_, {"name": "x", "size": "1", "came": "nowhere"}),
        browser_of_fable.post(begin_, {"name": "x", "size": "0", "came": "phone"}),
        browser_of_fable.post(address, {"number": "0"}),
        browser_of_fable.post(address, {"number": "1", "piece": SimpleUploadedFile("p", b"x")}),
    ]

    assert {answer.status_code for answer in answers} == {422}
    told = [answer.content.decode() for answer in answers]
    assert told[1] == "The file is empty."
    assert told[2] == told[3] == f"{commands.CUT}."


def test_a_file_of_another_advocates_client_is_absent(
    browser_of_fable: Client, manager: Actor, actor: Actor
) -> None:
    other = factories.victim()
    ref = begin(manager, other, 100)

    assert browser_of_fable.get(reverse("evidence:file", args=[ref])).status_code == 404
    with pytest.raises(gate.NotFound):
        commands.add_piece(actor=actor, ref=ref, number=0, content=content(64), at=NOW)


def test_an_upload_that_goes_on_while_others_are_swept_stays(
    actor: Actor, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = [begin(actor, robin, 150, number) for number in ("one", "two")]
    later, end = NOW + commands.UNFINISHED + timedelta(seconds=1), commands._end

    def touched(row: Original, **rest: Any) -> None:
        end(row, **rest)
        Original.objects.exclude(pk=row.pk).update(touched_at=later)

    monkeypatch.setattr(commands, "_end", touched)
    chores.go_on(at=later)

    assert sorted(state(ref) for ref in refs) == [State.ARRIVING, State.DROPPED]
