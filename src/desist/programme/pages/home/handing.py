"""What colleagues hand over: to be accepted or refused, and what a manager has to give to another colleague."""

from collections.abc import Iterator

from desist.programme.pages.home.caring import MOST
from desist.programme.service.allocation.queries import Standing
from desist.programme.service.handovers import queries as handovers
from desist.references import spoken
from desist.ui.todo import Line, When
from desist.wall.actors import Actor


def due(*, actor: Actor) -> Iterator[Line]:
    """Return what waits for the actor's answer, and for a manager what was refused or waits for a colleague's."""
    for one in handovers.to_answer(actor=actor)[:MOST]:
        yield _to_answer(one)
    for one in handovers.unanswered(actor=actor)[:MOST]:
        yield _unanswered(one)


def _to_answer(one: Standing) -> Line:
    already = ": you are responsible already" if one.at_once else ""
    return Line(
        words=f"accept or refuse{_what(one)}{already}",
        route="handovers:handover",
        ref=one.ref,
        name=one.person,
        spoken=spoken(one.episode),
        since=one.asked_at,
        press="handovers:accept",
        button="Accept",
        now=one.at_once,
    )


def _unanswered(one: Standing) -> Line:
    if one.refused:
        words = f"{one.to} refused{_what(one)}: “{one.refused}” Choose another colleague"
    else:
        words = f"{one.to} has not answered yet{_what(one)}"
    return Line(
        words=words,
        route=one.route,
        ref=one.leads,
        name=one.person,
        spoken=spoken(one.episode),
        since=one.asked_at,
        when=None if one.refused else When.WAITING,
        overdue=bool(one.refused),
    )


def _what(one: Standing) -> str:
    return f" {one.what[:1].lower()}{one.what[1:]}" if one.what else ""
