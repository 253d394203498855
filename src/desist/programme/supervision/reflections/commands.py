"""What can happen to an entry of the reflective log."""

from datetime import date, datetime

from desist.programme.practitioners.models import Practitioner
from desist.programme.supervision.reflections.models import Reflection
from desist.programme.supervision.reflections.policy import Action
from desist.refusals import Changed, Refused
from desist.wall import gate
from desist.wall.actors import Actor

SHARED = (
    "Not saved: you have shared this entry, and what was shared stays as it was read. Write another entry"
)
NO_SUPERVISOR = "Not shared: nobody supervises you at present. Ask a manager to arrange supervision"


def write(*, actor: Actor, on: date, words: str, submission: str, at: datetime) -> str:
    """Write an entry and return its reference; it is private. A form sent twice writes one."""
    with gate.change(actor, Action.WRITE_REFLECTION, Practitioner, actor.who, at=at) as row:
        said = {"practitioner": row, "on": on, "words": words, "written_at": at}
        made, _ = Reflection.objects.get_or_create(submission=submission, defaults=said)
        return made.ref


def change(*, actor: Actor, ref: str, on: date, words: str, version: int | None, at: datetime) -> None:
    """Change an entry while it is private. Raises Changed, Refused."""
    with gate.change(actor, Action.CHANGE_REFLECTION, Reflection, ref, at=at) as row:
        if (row.on, row.words) == (on, words):
            return  # the form came twice
        if row.shared_at:
            raise Changed(SHARED)
        gate.next_version(row, version)
        row.on, row.words, row.written_at = on, words, at
        row.save()


def share(*, actor: Actor, ref: str, at: datetime) -> None:
    """Share an entry with one's supervisor of today, for good; twice shares once. Raises Refused."""
    with gate.change(actor, Action.SHARE_REFLECTION, Reflection, ref, at=at) as row:
        if row.shared_at:
            return
        current = row.practitioner.arrangements.filter(ended_at=None).first()
        if current is None:
            raise Refused(NO_SUPERVISOR)
        row.shared_with, row.shared_at = current.supervisor, at
        row.save(update_fields=["shared_with", "shared_at"])
