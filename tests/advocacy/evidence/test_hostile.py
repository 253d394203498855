"""A file that was made to do harm is kept as it came, read by nothing with a key, and stops no other file; two people at once answer once."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.advocacy import factories
from tests.advocacy.evidence.test_reading import CHAT, ROBIN, SAM, bring, found

from desist.advocacy.evidence import chores, commands, keeping, reading, scratch
from desist.advocacy.evidence.models import Original, Record
from desist.advocacy.evidence.states import Came, State
from desist.advocacy.evidence.texts import Answers
from desist.advocacy.vault import commands as vault
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall.actors import Actor
from desist_chronicle.sandbox import Limits

__all__ = ["bring"]

pytestmark = pytest.mark.django_db

NOW = factories.NOW
OUTSIDE = Path("/tmp/desist-was-here.txt")  # noqa: S108 -- the test looks that it is not made


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


GROWING = b"""<?xml version="1.0"?><!DOCTYPE smses [<!ENTITY a "aaaaaaaaaa">""" + b"".join(
    b'<!ENTITY %c "%s">' % (97 + step, b"&%c;" % (96 + step) * 40) for step in range(1, 9)
)
HOSTILE = {
    "an archive that grows": ("WhatsApp Chat.zip", zipped(**{"_chat.txt": bytes(300 << 20)})),
    "an archive with a way out": (
        "WhatsApp Chat.zip",
        zipped(**{str(OUTSIDE): CHAT.encode(), f"../../../../../..{OUTSIDE}": CHAT.encode()}),
    ),
    "a document that grows": (
        "sms.xml",
        GROWING + b']><smses count="1"><sms address="1" date="1710277500000" type="1" body="&i;"/></smses>',
    ),
    "a name with a way out": (f"../../../../..{OUTSIDE}", b"\x00\xff" * 50),
    "a database that is none": ("chat.db", b"SQLite format 3\x00" + b"\xff" * 4000),
}


def brought(actor: Actor, robin: Victim, name: str, content: bytes) -> Original:
    ref = commands.upload(
        actor=actor, ref=robin.ref, name=name, content=content, came=Came.SENT, submission=name, at=NOW
    )
    chores.go_on(at=NOW)
    return Original.objects.get(ref=ref)


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_kept_as_it_came_and_the_next_one_is_read(
    actor: Actor, browser_of_fable: Client, robin: Victim, bring: Callable[..., Original], what: str
) -> None:
    name, content = HOSTILE[what]

    row = brought(actor, robin, name, content)

    assert (row.state, Record.objects.count()) in [(State.KEPT, 0), (State.ASKING, 0)]
    assert b"".join(keeping.contents(vault.box(person=robin.ref), row)) == content
    assert browser_of_fable.get(reverse("evidence:file", args=[row.ref])).status_code == 200
    assert not OUTSIDE.exists()
    assert list(scratch.PLACE.glob(f"{scratch.prefix()}*")) == []
    assert bring(CHAT).state == State.ASKING


def test_a_file_that_takes_too_much_is_stopped_and_its_page_says_so(
    browser_of_fable: Client, bring: Callable[..., Original], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as less:
        less.setattr(reading, "LIMITS", Limits(memory=64 << 20, processor=20, clock=30))
        row = bring(CHAT)

    assert row.state == State.KEPT
    page = browser_of_fable.get(reverse("evidence:file", args=[row.ref])).content.decode()
    assert "Reading was stopped: it needed more than 64 MB of memory" in page
    assert list(scratch.PLACE.glob(f"{scratch.prefix()}*")) == []
    assert bring(CHAT + f"17/03/2024, 09:00 - {SAM}: again\n").state == State.ASKING


def test_of_two_people_who_answer_at_once_the_second_is_told(
    actor: Actor, manager: Actor, bring: Callable[..., Original]
) -> None:
    row = bring(CHAT)
    names = found(row).names
    first = Answers(client=[names.index(ROBIN)], person=[names.index(SAM)], conversations=[0])
    commands.choose(actor=actor, ref=row.ref, answers=first, at=NOW)

    with pytest.raises(Refused, match="answered already"):
        commands.choose(
            actor=manager,
            ref=row.ref,
            answers=Answers(client=[], person=[names.index(ROBIN)], conversations=[0]),
            at=NOW,
        )

    chores.go_on(at=NOW)
    row.refresh_from_db()
    assert (row.state, Record.objects.count()) == (State.KEPT, 40)
    assert keeping.answers(vault.box(person=row.victim.ref), row).person == first.person
