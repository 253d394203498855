"""What a client sends by a link: it goes on after it was killed, nothing is read back, and every wrong code is answered alike."""

import random
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.contacts import commands as contacts
from desist.advocacy.evidence import keeping
from desist.advocacy.evidence.commands import MOST_BYTES
from desist.advocacy.submissions import chores, locks, queries
from desist.advocacy.submissions import commands as staffs
from desist.advocacy.submissions.models import SubmissionLink, Submitted, SubmittedPiece
from desist.advocacy.submissions.sending import commands
from desist.advocacy.submissions.states import Kind, State
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NOW = factories.NOW
CODE, OTHER = "k7f2m9px4c3d", "ttttttmmmmmm"
HERE: dict[str, Any] = {"code": CODE, "address": "192.0.2.7", "at": NOW}
SECRET = b"12/03/2024, 21:05 - Sam Sample: I saw your light on\n" * 3


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of 64 bytes, so that a file of a test has several."""
    monkeypatch.setattr(keeping, "PIECE", 64)


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests come at the moment of the tests."""
    monkeypatch.setattr("desist.accounts.middleware.timezone.now", lambda: NOW)


@pytest.fixture
def link(robin: Victim) -> SubmissionLink:
    return factories.submission_link(victim=robin.ref, code=CODE)


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def begin(whole: bytes, *, name: str = "Photo.jpg", **more: Any) -> tuple[str, int]:
    said = {**HERE, "kind": Kind.FILE, "name": name, "size": len(whole), "content": whole[:64], **more}
    return commands.begin(**said)


def piece(ref: str, whole: bytes, number: int, **more: Any) -> int:
    part = whole[number * 64 : (number + 1) * 64]
    return commands.add_piece(**{**HERE, "ref": ref, "number": number, "content": part, **more})


def opened(row: Submitted) -> bytes:
    box = vault.box(person=row.link.victim.ref)
    return b"".join(locks.piece(box, row, number) for number in range(row.done))


def test_an_upload_that_was_killed_goes_on_with_the_same_file(link: SubmissionLink) -> None:
    whole = content(200)
    ref, done = begin(whole)
    assert (done, piece(ref, whole, 1)) == (1, 2)

    again, done = begin(whole)  # another browser, which knows nothing of the first

    assert (again, done) == (ref, 2)
    assert piece(ref, whole, 1) == 2  # the last piece once more, by which another file would be known
    assert [piece(ref, whole, number) for number in (2, 3)] == [3, 4]
    row = Submitted.objects.get()
    assert (row.state, row.whole_at, opened(row)) == (State.WAITING, NOW, whole)
    assert begin(whole) == (ref, 4)
    assert SubmittedPiece.objects.count() == 4


def test_a_file_of_another_link_is_not_found_and_a_link_that_ends_meanwhile_is_over(
    link: SubmissionLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(commands.NotOpen):
        piece("no such", content(200), 1)

    found = [SubmissionLink.objects.none(), SubmissionLink.objects.all()]
    monkeypatch.setattr(commands, "_standing", lambda _: found.pop())
    with pytest.raises(commands.NotOpen):
        commands.look(**HERE)
    assert found == []


def test_two_uploads_at_once_with_one_link_are_two_files(link: SubmissionLink) -> None:
    one, other = content(130), content(150)
    first, second = begin(one)[0], begin(other)[0]
    for number in (1, 2):
        piece(first, one, number)
        piece(second, other, number)

    assert {opened(row) for row in Submitted.objects.all()} == {one, other}


@pytest.mark.parametrize(
    ("number", "part", "sentence"),
    [(0, content(64), "was changed meanwhile"), (3, content(64), "cut off"), (1, content(63), "cut off")],
)
def test_a_piece_of_another_file_or_out_of_its_place_is_refused(
    link: SubmissionLink, number: int, part: bytes, sentence: str
) -> None:
    ref, _ = begin(content(200))
    with pytest.raises(Refused, match=sentence):
        commands.add_piece(**HERE, ref=ref, number=number, content=part)


def test_more_than_two_gigabytes_and_an_empty_file_are_refused_in_words(
    link: SubmissionLink, browser: Client
) -> None:
    said = {"code": CODE, "name": "Film.mp4", "number": "0", "piece": SimpleUploadedFile("p", content(64))}
    large = browser.post(reverse("send:piece"), {**said, "size": str(MOST_BYTES + 1)})

    assert (large.status_code, large.content.decode()[:32]) == (422, "The file is larger than 2 GB, so")
    with pytest.raises(Refused, match="empty"):
        commands.send(**HERE, kind=Kind.FILE, name="x", content=b"")
    with pytest.raises(Refused, match="cut off"):
        begin(content(200), content=content(63))
    assert not Submitted.objects.exists()


def test_a_link_takes_in_so_many_files_and_so_much_and_no_more(
    link: SubmissionLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "MOST_FILES", 2)
    for size in (10, 20):
        begin(content(size))
    with pytest.raises(Refused, match="Nothing more can be sent"):
        begin(content(30))
    monkeypatch.setattr(commands, "MOST_FILES", 9)
    monkeypatch.setattr(commands, "MOST_IN_ALL", 50)
    with pytest.raises(Refused, match="Nothing more can be sent"):
        begin(content(30))


def test_nothing_lies_readable_in_the_database_and_the_page_opens_no_box(
    link: SubmissionLink, monkeypatch: pytest.MonkeyPatch, browser: Client
) -> None:
    def never(**_: Any) -> None:
        raise AssertionError("the page opened a box")

    with monkeypatch.context() as patched:
        for name in ("box", "box_if_kept", "boxes_of"):
            patched.setattr(vault, name, never)
        commands.send(**HERE, kind=Kind.FILE, name="Chat with Sam.txt", content=SECRET)
        browser.post(reverse("send:files"), {"code": CODE, "words": "He stood at my gate"})

    kept = ""
    with connection.cursor() as cursor:
        for table in ("submitted", "submittedpiece", "submissionlink"):
            cursor.execute(f"SELECT t::text FROM advocacy_{table} t")
            kept += str(cursor.fetchall())
    for secret in (SECRET[:20], b"Chat with", b"at my gate", CODE.encode()):
        assert secret.decode() not in kept
        assert secret.hex() not in kept
    assert {opened(row) for row in Submitted.objects.all()} == {SECRET, b"He stood at my gate"}


def test_what_is_locked_opens_only_at_its_place_and_with_the_client_s_key(link: SubmissionLink) -> None:
    commands.send(**HERE, kind=Kind.FILE, name="x", content=content(128))
    row = Submitted.objects.get()
    one, other = row.pieces.order_by("number")
    SubmittedPiece.objects.filter(pk=one.pk).update(sealed=bytes(other.sealed))

    box = vault.box(person=link.victim.ref)
    with pytest.raises(keeping.UNREADABLE):
        locks.piece(box, row, 0)
    SubmittedPiece.objects.filter(pk=other.pk).update(digest="0" * 64)
    with pytest.raises(keeping.Altered):
        locks.piece(box, row, 1)
    with pytest.raises(keeping.Altered):
        locks.piece(box, row, 2)


def used(link: SubmissionLink, actor: Actor) -> None:
    commands.finish(**HERE)


def ended(link: SubmissionLink, actor: Actor) -> None:
    link.made_at, link.until = NOW - timedelta(days=4), NOW
    link.save()


def revoked(link: SubmissionLink, actor: Actor) -> None:
    staffs.revoke(actor=actor, ref=link.ref, at=NOW)


def turned_off(link: SubmissionLink, actor: Actor) -> None:
    staffs.end(actor=actor, ref=link.victim.ref, at=NOW)


def not_safe(link: SubmissionLink, actor: Actor) -> None:
    contacts.mark_not_safe(actor=actor, ref=link.victim.ref, at=NOW)


def closed(link: SubmissionLink, actor: Actor) -> None:
    Victim.objects.filter(pk=link.victim_id).update(state="closed", closed_at=NOW)


WRONG = [used, ended, revoked, turned_off, not_safe, closed]


def shape(queries: CaptureQueriesContext) -> list[str]:
    """The statements without their values."""
    return [
        re.sub(r"'[^']*'|\"s[0-9]+_x[0-9]+\"|\b\d+\b", "?", one["sql"]) for one in queries.captured_queries
    ]


def plain(answer: Any) -> bytes:
    """The bytes without the random word that each page has for its script."""
    return re.sub(rb'nonce="[^"]*"', b"", answer.content)


def answers(browser: Client, code: str, ref: str) -> list[tuple[int, bytes, list[str]]]:
    """Each address of the page, asked with a code: status, bytes, and the shape of the work."""
    found = []
    said = {"name": "x", "size": "64", "number": "0"}
    sent: tuple[tuple[str, dict[str, Any]], ...] = (
        ("start", {}),
        ("files", {"words": "Hello"}),
        ("files", {"files": SimpleUploadedFile("a.txt", b"Hello")}),
        ("piece", {**said, "piece": SimpleUploadedFile("p", content(64))}),
        ("piece", {**said, "file": ref, "number": "1", "piece": SimpleUploadedFile("p", content(64))}),
        ("end", {}),
    )
    for name, fields in sent:
        with CaptureQueriesContext(connection) as asked:
            answer = browser.post(reverse(f"send:{name}"), {"code": code, **fields})
        found.append((answer.status_code, plain(answer), shape(asked)))
    return found


@pytest.mark.parametrize("tries", [0, 30])
@pytest.mark.parametrize("spoil", WRONG)
def test_every_wrong_code_is_answered_alike_to_the_byte_and_by_the_same_statements(
    link: SubmissionLink, actor: Actor, browser: Client, spoil: Any, tries: int
) -> None:
    ref, _ = begin(content(200))
    spoil(link, actor)
    for _ in range(tries):
        browser.post(reverse("send:start"), {"code": OTHER})

    told = answers(browser, CODE, ref)
    assert told == answers(browser, OTHER, ref)
    assert {status for status, _, _ in told} == {200, 422}


def test_wrong_codes_leave_no_event_beyond_the_limit_and_lock_nobody_out(
    link: SubmissionLink, browser: Client
) -> None:
    for _ in range(commands.OF_AN_ADDRESS + 5):
        assert browser.post(reverse("send:start"), {"code": OTHER}).status_code == 422

    events = AuditEvent.objects.filter(action="advocacy.send_by_link", allowed=False)
    assert {(one.who, one.row, one.reason) for one in events} == {
        ("link", "advocacy.submissionlink", "not found")
    }
    assert events.count() == commands.OF_AN_ADDRESS
    assert "Pictures, sound or files" in text(browser.post(reverse("send:start"), {"code": CODE}))


@pytest.mark.parametrize("typed", [CODE, "K7F2 M9PX 4C3D", " k7f2-m9px-4c3d "])
def test_a_code_is_typed_as_it_was_read_out(link: SubmissionLink, browser: Client, typed: str) -> None:
    assert browser.post(reverse("send:start"), {"code": typed}).status_code == 200


@pytest.mark.parametrize("typed", ["", "\x00", "é" * 200, "' OR 1=1 --", "\ud800"])
def test_nonsense_is_a_wrong_code(link: SubmissionLink, browser: Client, typed: str) -> None:
    with pytest.raises(commands.NotOpen):
        commands.look(code=typed, address="", at=NOW)


def test_without_a_script_words_and_small_files_come_at_once_and_once(
    link: SubmissionLink, browser: Client
) -> None:
    for _ in range(2):
        files = [SimpleUploadedFile("One.jpg", content(150)), SimpleUploadedFile("../Two.m4a", content(20))]
        page = browser.post(reverse("send:files"), {"code": CODE, "words": "At nine.", "files": files})
        assert "It has arrived" in text(page)
        for secret in ("One.jpg", "Two.m4a", "At nine", "Robin"):
            assert secret not in page.content.decode()

    box = vault.box(person=link.victim.ref)
    kept = {locks.name(box, row): (row.kind, opened(row)) for row in Submitted.objects.all()}
    assert kept == {
        "One.jpg": (Kind.FILE, content(150)),
        "Two.m4a": (Kind.FILE, content(20)),
        "Words.txt": (Kind.WORDS, b"At nine."),
    }


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose a file, or write something"),
        ({"files": SimpleUploadedFile("a.jpg", b"")}, "The file is empty"),
        ({"words": "a" * 20_001}, "20,000 characters or fewer"),
        (
            {"files": SimpleUploadedFile("a.jpg", bytes(11 << 20)), "words": "kept"},
            "larger than 10 MB together",
        ),
        ({"files": SimpleUploadedFile("a.jpg", bytes(13 << 20))}, "larger than 10 MB together"),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_the_words_stay(
    link: SubmissionLink, browser: Client, typed: dict[str, Any], sentence: str, settings: Settings
) -> None:
    settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
    for file in typed.values():
        if hasattr(file, "seek"):
            file.seek(0)

    page = browser.post(reverse("send:files"), {"code": CODE, **typed})

    assert page.status_code == 422
    assert sentence in text(page)
    assert typed.get("words", "") in page.content.decode()
    assert not Submitted.objects.exists()


def test_a_file_may_have_any_name(link: SubmissionLink, browser: Client) -> None:
    said = {"code": CODE, "name": "a\x00\u202eb" + "c" * 300, "size": "3", "number": "0"}
    taken = browser.post(reverse("send:piece"), {**said, "piece": SimpleUploadedFile("p", b"abc")})

    assert taken.status_code == 200
    assert locks.name(vault.box(person=link.victim.ref), Submitted.objects.get()) == "c" * 200
    cut = browser.post(reverse("send:piece"), {"code": CODE})
    assert (cut.status_code, "cut off" in cut.content.decode()) == (422, True)


def test_the_page_sets_nothing_names_nobody_and_is_kept_by_no_browser(
    link: SubmissionLink, browser: Client
) -> None:
    posts = ((name, {"code": CODE, "words": "Hello"}) for name in ("start", "files", "end", "start"))
    pages = [browser.get(f"/send/{rest}") for rest in ("", CODE + "/", "no/such/page", "favicon.ico")]
    pages += [browser.post(reverse(f"send:{name}"), typed) for name, typed in posts]

    assert not browser.cookies
    for page in pages:
        shown = page.content.decode()
        assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert not re.search("desist|stalk|victim|advoca|police|harbour|robin", shown, re.IGNORECASE)
        assert "<title>Send files</title>" in shown
    assert f'value="{CODE}"' in pages[1].content.decode()
    away = browser.get(reverse("send:away"))
    assert (away["Location"], away["Clear-Site-Data"]) == (
        "https://www.bbc.co.uk/weather",
        '"cache", "storage"',
    )


def test_opening_a_link_looks_nothing_up_so_a_preview_in_a_message_tells_nothing(browser: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        browser.get(f"/send/{CODE}/")

    assert [one for one in shape(asked) if "link" in one or "audit" in one] == []


def test_a_fault_is_answered_by_the_same_plain_page_and_logs_nothing_that_was_sent(
    link: SubmissionLink, browser: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError("He stood at my gate")

    monkeypatch.setattr(commands, "send", fails)
    page = browser.post(reverse("send:files"), {"code": CODE, "words": "He stood at my gate"})

    assert page.status_code == 503
    assert "Wait a minute, and try again" in text(page)
    assert "He stood at my gate" in page.content.decode()
    assert not re.search("desist|error", page.content.decode(), re.IGNORECASE)
    assert [one.getMessage() for one in caplog.records if one.name.startswith("desist")] == [
        "The page for clients could not answer"
    ]
    caplog.clear()


def test_what_did_not_arrive_whole_before_the_link_ended_is_removed_and_the_removal_is_in_the_audit(
    link: SubmissionLink, actor: Actor
) -> None:
    whole = content(200)
    ref, _ = begin(whole)
    commands.send(**HERE, kind=Kind.FILE, name="Whole.jpg", content=content(100))
    chores.go_on(at=NOW)
    assert piece(ref, whole, 1) == 2  # while the link stands nothing is removed

    staffs.revoke(actor=actor, ref=link.ref, at=NOW)
    with pytest.raises(commands.NotOpen):
        piece(ref, whole, 2)
    chores.go_on(at=NOW)

    gone, stays = Submitted.objects.order_by("pk")
    assert (gone.state, gone.removed_at, gone.pieces.count()) == (State.GONE, NOW, 0)
    assert (stays.state, stays.pieces.count()) == (State.WAITING, 2)
    event = AuditEvent.objects.get(action="advocacy.work_on_submitted")
    assert (event.who, event.row, event.reason) == ("clock", f"advocacy.submitted:{ref}", "removed")


def test_the_time_of_a_link_ends_it_too(link: SubmissionLink) -> None:
    begin(content(200))
    later: datetime = link.until
    with pytest.raises(commands.NotOpen):
        begin(content(200), at=later)
    chores.go_on(at=later)
    assert Submitted.objects.get().state == State.GONE


def test_when_the_client_has_finished_nothing_more_is_taken_in(link: SubmissionLink, browser: Client) -> None:
    pages = [browser.post(reverse("send:end"), {"code": CODE}) for _ in range(2)]

    assert plain(pages[0]) == plain(pages[1])
    assert "Nothing more can be sent" in text(pages[0])
    link.refresh_from_db()
    assert (link.ended_at, link.ended_by) == (NOW, "")


def test_the_page_has_the_name_that_the_service_chose(manager: Actor, browser: Client) -> None:
    for _ in range(2):
        staffs.name_page(actor=manager, title="Photo box", address="", submission="one", at=NOW)

    assert "<title>Photo box</title>" in browser.get("/send/").content.decode()
    assert queries.outside() == queries.Outside("Photo box", "")
