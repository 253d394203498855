"""The facts that the page needs which puts a finished record right."""

from dataclasses import dataclass
from datetime import datetime

from desist.programme.corrections import commands
from desist.programme.corrections.policy import Action
from desist.programme.pages.session import queries as sessions
from desist.ui import dates
from desist.wall.actors import Actor

#: how much of a concern's words tells it from another
SHOWN = 80


@dataclass(frozen=True)
class ToCorrect:
    """One session's page for correcting its record, and the concerns that a corrected risk check may have ended in."""

    of: sessions.SessionPage
    concerns: tuple[tuple[str, str], ...]  # reference, when it was raised, and its first words


def to_correct(*, actor: Actor, ref: str, at: datetime) -> ToCorrect:
    """Return one session's page for the practitioner who puts its record right."""
    page = sessions.session(actor=actor, ref=ref, at=at, action=Action.CORRECT_RECORD)
    since = commands.written_at(saved_at=page.saved_at, recorded_at=page.recorded_at)
    if since is None:
        return ToCorrect(page, ())
    found = commands.raised_since(episode=page.episode, written_at=since).order_by("-raised_at")
    return ToCorrect(
        page, tuple((one.ref, f"Raised {dates.at(one.raised_at)}: {one.what[:SHOWN]}") for one in found)
    )
