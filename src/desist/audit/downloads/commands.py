"""The changes of a file with names: asking for it, releasing or refusing it, and taking it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from desist.audit.downloads import sealing
from desist.audit.downloads.models import Download
from desist.audit.downloads.states import State, state
from desist.audit.policy import Action
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.people import are_one_person

LATE = "Another person decided about this file first, or it has waited for too long"
GONE = "This file is gone: it was not released, or its 24 hours are over. Ask for it again"


@dataclass(frozen=True)
class Wish:
    """The wanted file: a kind of settings.DESIST_DOWNLOADS, its title, its criteria, and the reason."""

    kind: str
    title: str
    criteria: dict[str, Any]
    why: str


def ask(*, actor: Actor, wish: Wish, submission: str, at: datetime) -> bool:
    """Ask a second person to release a file, which is made later. Return whether this form came for the first time."""
    row = Download(
        kind=wish.kind,
        title=wish.title,
        criteria=wish.criteria,
        why=wish.why,
        asked_by=actor.who,
        area=actor.area,
        asked_at=at,
        submission=submission,
    )
    try:
        with gate.create(actor, Action.ASK_FOR_FILE, row, at=at):
            pass
    except gate.Twice:
        return False
    return True


def decide(*, actor: Actor, ref: str, release: bool, at: datetime) -> None:
    """Release the file for 24 hours as a second person, or refuse it; two accounts of one person are one."""
    with gate.change(actor, Action.RELEASE_FILE, Download, ref, at=at) as row:
        if are_one_person(actor.who, row.asked_by):
            raise gate.Forbidden(ref)
        if _state(row, at) != State.ASKED:
            raise Refused(LATE)
        row.released, row.decided_by, row.decided_at = release, actor.who, at
        row.save(update_fields=["released", "decided_by", "decided_at"])


def take(*, actor: Actor, ref: str, passphrase: str, at: datetime) -> tuple[str, bytes]:
    """Return the file's name and its bytes, sealed with the passphrase of its requester. Raises Refused."""
    with gate.change(actor, Action.TAKE_FILE, Download, ref, at=at) as row:
        if _state(row, at) != State.RELEASED:
            raise Refused(GONE)
    make = import_string(settings.DESIST_DOWNLOADS[row.kind])
    name, content = make(actor=actor, criteria=row.criteria, at=at)
    return f"{name}{sealing.SUFFIX}", sealing.seal(content, passphrase=passphrase)


def _state(row: Download, at: datetime) -> State:
    return state(asked_at=row.asked_at, decided_at=row.decided_at, released=row.released, at=at)
