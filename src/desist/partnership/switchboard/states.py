"""What waits at the switchboard to be told to whoever stands behind a referral."""

from django.db.models import TextChoices

from desist import codes
from desist.post.payloads import ProgrammeEvent


class What(TextChoices):
    """An alert, or one event of a programme."""

    ALERT = "alert", "Alert"
    STARTED = ProgrammeEvent.STARTED.value, "Started"
    LEFT = ProgrammeEvent.LEFT.value, "Left"
    COMPLETED = ProgrammeEvent.COMPLETED.value, "Completed"
    ENDING = ProgrammeEvent.ENDING.value, "About to end"
    STAYS = ProgrammeEvent.STAYS.value, "Not ending after all"


#: stage of a progress notice -> what is told of it
TOLD = {
    codes.Stage.IN_SESSIONS.value: What.STARTED,
    codes.Stage.COMPLETED.value: What.COMPLETED,
    codes.Stage.LEFT.value: What.LEFT,
}
