"""What waits at the switchboard to be told to whoever stands behind a referral."""

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
    STAYS = ProgrammeEvent.STAYS.value, "Stays after all"


#: stage of a progress notice -> what is told of it
TOLD = {Stage.IN_SESSIONS: What.STARTED, Stage.COMPLETED: What.COMPLETED, Stage.LEFT: What.LEFT}
#: the stages before the first session
BEFORE = frozenset({Stage.WAITING, Stage.ALLOCATED})


def told(before: str, now: str) -> What | None:
    """What is told where somebody was at one stage and is at another: what was told before is never left standing."""
    if before in ENDED and now not in ENDED:
        return What.STAYS
    if before == Stage.IN_SESSIONS and now in BEFORE:
        return What.NOT_STARTED
    return TOLD.get(Stage(now))
