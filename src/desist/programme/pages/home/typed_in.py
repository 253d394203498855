"""The tasks of referrals that are typed in here."""

from collections.abc import Iterator
from datetime import datetime

from desist.programme.referrals.intake import queries as intake
from desist.programme.referrals.telephone_notices import queries as heard
from desist.references import spoken
from desist.ui import dates
from desist.ui.todo import Line, When
from desist.wall.actors import Actor


def due(*, actor: Actor, at: datetime) -> Iterator[Line]:
    """Return withdrawals of colleagues that the actor may confirm, and own drafts that a colleague discarded."""
    for ref, name, since in heard.to_confirm(actor=actor):
        yield Line(
            words="confirm that the referral was withdrawn, or not",
            route="telephone_notices:settle",
            ref=ref,
            name=name,
            spoken=spoken(ref),
            since=since,
        )
    for ref, who, since in intake.discarded_by_others(actor=actor, at=at):
        yield Line(
            words=f"{who} discarded your draft {spoken(ref)}",
            route="intake:draft",
            ref=ref,
            clock=dates.age(since, at),
            when=When.NEW,
            since=since,
        )
