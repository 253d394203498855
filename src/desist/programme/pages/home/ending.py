"""The tasks after a programme has ended: exit reports and follow-ups."""

from datetime import datetime

from django.db.models import QuerySet

from desist.programme import clocks
from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups import policy
from desist.programme.leaving.followups import queries as followups
from desist.programme.leaving.reports import queries as reports
from desist.programme.pages.home.dues import MOST, Due
from desist.ui import dates
from desist.wall.actors import Actor

MAY_FOLLOW_UP = policy.RULES[policy.Action.RECORD_FOLLOW_UP].roles


def closing(episodes: QuerySet[Episode], actor: Actor, at: datetime) -> list[Due]:
    """Return exit reports to write or to sign, and follow-ups due soon or before."""
    today = at.astimezone(clocks.LONDON).date()
    waiting = reports.due(episodes=episodes, actor=actor, at=at, most=MOST)
    later = followups.due(episodes=episodes, at=at, most=MOST) if actor.role in MAY_FOLLOW_UP else []
    return [
        *(Due(one.sentence, one.route, one.ref, dates.age(one.since, at), "soon") for one in waiting),
        *(
            Due(
                one.sentence,
                "followups:record",
                one.ref,
                f"due {dates.on(one.due_on)}",
                "late" if one.due_on < today else "soon",
            )
            for one in later
        ),
    ]
