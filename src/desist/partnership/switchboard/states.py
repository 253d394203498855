"""The notices that wait at the switchboard for the sides behind a referral."""

from django.db.models import TextChoices

from desist.codes import Stage
from desist.partnership.referrals.states import ENDED
from desist.post.payloads import ProgrammeEvent


class What(TextChoices):
    """An alert, or one event of a programme."""

    ALERT = "alert", "Alert"
    STARTED = ProgrammeEvent.STARTED.value, "Started"
    NOT_STARTED = ProgrammeEvent.NOT_STARTED.value, "Not started after all"
    LEFT = ProgrammeEvent.LEFT.value, "Left"
    COMPLETED = ProgrammeEvent.COMPLETED.value, "Completed"
    ENDING = ProgrammeEvent.ENDING.value, "About to end"
    STAYS = ProgrammeEvent.STAYS.value, "On it after all, or back on it"


#: stage at the end -> the notice about it
ENDS = {Stage.COMPLETED: What.COMPLETED, Stage.LEFT: What.LEFT}


def told(before: str, now: str, *, begun: bool) -> tuple[What, ...]:
    """The notices for a move of the person from one stage to another. `begun`: the sides were told that they began.

    A notice that no longer holds is always put right.
    """
    if now in ENDED:
        return (ENDS[Stage(now)],)
    stays = (What.STAYS,) if before in ENDED else ()
    if now == Stage.IN_SESSIONS:
        return stays or (What.STARTED,)
    return (*stays, What.NOT_STARTED) if begun or before == Stage.IN_SESSIONS else stays
