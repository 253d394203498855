"""Sound and video are played on one page, a piece at a time; what is said is written down, and no version is lost."""

import re
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories

from desist import recordings
from desist.advocacy.evidence import commands, keeping, media, queries
from desist.advocacy.evidence.models import Original, Transcript
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.victims.models import Victim
from desist.refusals import Changed, Refused
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
SOUND = factories.SOUND + b"\x01" * 20


@pytest.fixture
def sound(robin: Victim) -> Original:
    return factories.original(victim=robin.ref, content=SOUND)


def played(browser: Client, sound: Original, asked: str = "") -> tuple[int, bytes, dict[str, str]]:
    headers = {"Range": asked} if asked else {}
    answer = browser.get(reverse("evidence:play", args=[sound.ref]), headers=headers)
    return answer.status_code, answer.content, dict(answer.headers)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (SOUND, "audio/wav"),
        (b"\x00\x00\x00\x20ftypM4A ", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x00\x00\x00\x20ftypheic", ""),
        (b"\x1aE\xdf\xa3", "video/webm"),
        (b"OggS", "audio/ogg"),
        (b"fLaC", "audio/flac"),
        (b"\xff\xf1", "audio/aac"),
        (b"ID3", "audio/mpeg"),
        (b"\xff\xfb", "audio/mpeg"),
        (b"#!AMR", ""),
        (b"<html><script>", ""),
        (factories.PICTURE, ""),
        (b"", ""),
    ],
)
def test_what_plays_is_known_by_its_first_bytes(head: bytes, kind: str) -> None:
    assert recordings.kind_of(head) == kind


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("", (0, 10)),
        ("bytes=0-", (0, 10)),
        ("bytes=2-4", (2, 5)),
        ("bytes=2-99", (2, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-99", (0, 10)),
        ("bytes=10-", None),
        ("bytes=4-2", None),
        ("bytes=-0", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
        (f"bytes={'9' * 40}-", None),
    ],
)
def test_a_player_asks_for_a_stretch(asked: str, span: tuple[int, int] | None) -> None:
    assert media.span(asked, 10) == span


def test_a_stretch_is_played_and_kept_by_nobody(browser_of_fable: Client, sound: Original) -> None:
    status, content, headers = played(browser_of_fable, sound, "bytes=4-7")

    assert (status, content) == (206, SOUND[4:8])
    assert headers["Content-Range"] == f"bytes 4-7/{len(SOUND)}"
    assert headers["Content-Type"] == "audio/wav"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Content-Disposition" not in headers
    assert played(browser_of_fable, sound)[:2] == (200, SOUND)
    assert played(browser_of_fable, sound, "bytes=0-")[:2] == (206, SOUND)
    none = played(browser_of_fable, sound, "bytes=999-")
    assert (*none[:2], none[2]["Content-Range"]) == (416, b"", f"bytes */{len(SOUND)}")


def test_a_long_one_comes_a_piece_at_a_time(
    browser_of_fable: Client, robin: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "PIECE", 16)
    sound = factories.original(victim=robin.ref, content=SOUND[:16])
    Original.objects.filter(pk=sound.pk).update(size=len(SOUND))
    sound.refresh_from_db()
    box = vault.box(person=robin.ref)
    for number in range(1, keeping.parts(sound)):
        part = SOUND[number * 16 : number * 16 + 16]
        sealed = keeping.lock_piece(box, sound, number, part)
        sound.pieces.create(number=number, digest=sha256(part).hexdigest(), sealed=sealed)

    heard, at = b"", 0
    while at < len(SOUND):
        status, content, headers = played(browser_of_fable, sound, f"bytes={at}-")
        assert status == 206
        assert len(content) <= 16
        assert headers["Content-Range"] == f"bytes {at}-{at + len(content) - 1}/{len(SOUND)}"
        heard, at = heard + content, at + len(content)
    assert heard == SOUND
    assert played(browser_of_fable, sound)[0] == 206  # the beginning, where no stretch is asked for
    sound.pieces.filter(number=2).delete()
    assert played(browser_of_fable, sound, "bytes=32-")[0] == 404


def test_the_page_alone_may_play_and_only_this_one(browser_of_fable: Client, sound: Original) -> None:
    page = browser_of_fable.get(reverse("evidence:recording", args=[sound.ref]))
    file = browser_of_fable.get(reverse("evidence:file", args=[sound.ref]))

    play = reverse("evidence:play", args=[sound.ref])
    assert re.search(rf"media-src http://testserver{play};", page["Content-Security-Policy"])
    assert '<audio class="desist-player" controls' in page.content.decode()
    assert f'src="{play}"' in page.content.decode()
    assert "Save a copy as it came" in page.content.decode()
    assert "media-src" not in file["Content-Security-Policy"]
    assert reverse("evidence:recording", args=[sound.ref]) in file.content.decode()


@pytest.mark.parametrize("fields", [{"content": b"Answer me"}, {"content": SOUND, "state": "dropping"}])
def test_what_does_not_play_is_absent(
    browser_of_fable: Client, robin: Victim, fields: dict[str, object]
) -> None:
    row = factories.original(victim=robin.ref, **fields)  # type: ignore[arg-type]  # named facts

    for route in ("evidence:recording", "evidence:play"):
        assert browser_of_fable.get(reverse(route, args=[row.ref])).status_code == 404
    assert "Play it" not in browser_of_fable.get(reverse("evidence:file", args=[row.ref])).content.decode()


def test_a_recording_that_cannot_be_opened_is_no_error(browser_of_fable: Client, sound: Original) -> None:
    sound.pieces.update(digest="0" * 64)

    assert played(browser_of_fable, sound)[0] == 404
    assert browser_of_fable.get(reverse("evidence:file", args=[sound.ref])).status_code == 200


def write(actor: Actor, sound: Original, words: str, version: int | None = 0) -> None:
    commands.write_down(actor=actor, ref=sound.ref, words=words, version=version, at=NOW)


def test_what_is_said_is_locked_and_every_version_stays(
    actor: Actor, browser_of_fable: Client, robin: Victim, sound: Original
) -> None:
    where = reverse("evidence:recording", args=[sound.ref])
    browser_of_fable.post(where, {"words": "0:02 him: I know where", "form_version": "0"})
    browser_of_fable.post(where, {"words": "0:02 him: I know where you are", "form_version": "1"})

    first, second = Transcript.objects.order_by("number")
    assert b"I know" not in bytes(first.words) + bytes(second.words)
    assert list(queries.transcripts(robin, vault.box(person=robin.ref))) == ["0:02 him: I know where you are"]
    file = browser_of_fable.get(reverse("evidence:file", args=[sound.ref])).content.decode()
    assert "I know where you are" in file
    stale = browser_of_fable.post(where, {"words": "0:02 him: other", "form_version": "1"})
    assert stale.status_code == 422
    assert "Both are shown" in stale.content.decode()
    assert "0:02 him: other" in stale.content.decode()
    with pytest.raises(Changed):
        write(actor, sound, "mine", version=None)
    assert Transcript.objects.count() == 2


def test_words_that_lead_to_the_client_and_a_file_that_goes_are_refused(
    actor: Actor, sound: Original
) -> None:
    with pytest.raises(HoldsLocator):
        write(actor, sound, f"0:02 him: {factories.PHONE}")
    write(actor, sound, "0:02 him: I saw you")
    commands.drop(actor=actor, ref=sound.ref, at=NOW)
    with pytest.raises(Refused, match="Nothing was written down"):
        write(actor, sound, "0:02 him: again", version=1)
    commands.remove(at=NOW)
    assert not Transcript.objects.exists()
