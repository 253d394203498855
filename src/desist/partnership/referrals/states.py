"""The states of a referral on the police side, and which state may follow which."""

from django.db.models import TextChoices

from desist.codes import Stage


class State(TextChoices):
    """The state of a referral. TRANSITIONS says which state may follow which."""

    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent, waiting for a decision"
    ACCEPTED = "accepted", "Accepted"
    CONSULTATION = "consultation", "Consultation only"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DISCARDED = "discarded", "Discarded draft"


#: the states of a referral of which news may come
FOLLOWED = (State.SENT, State.ACCEPTED, State.CONSULTATION)
#: the states of a referral that was never sent
UNSENT = (State.DRAFT, State.DISCARDED)


class Happened(TextChoices):
    """The events of the timeline."""

    STARTED = "started", "Begun"
    IMPORTED = "imported", "Imported from a table"
    SENT = "sent", "Sent to the programme"
    AMENDED = "amended", "Amended, and the programme told"
    ATTACHED = "attached", "File attached"
    REMOVED = "removed", "File removed"
    FILE_RELEASED = "file_released", "File released by a second person"
    FILE_RECALLED = "file_recalled", "File recalled"
    FILE_STOPPED = "file_stopped", "The programme can no longer open the recalled file"
    NAME_FOUND = (
        "name_found",
        "Words that may name the victim were found in it; the data protection officer was told",
    )
    ALARM_ANSWERED = "alarm_answered", "Words that looked like a locator were kept, with a reason"
    WITHDRAWN = "withdrawn", "Withdrawn, and the programme told"
    DECIDED = "decided", "The programme decided"
    PROGRESS = "progress", "Progress update from the programme"
    JUDGED = "judged", "The programme judged the risk"
    REPORTED = "reported", "Exit report received"
    DISCARDED = "discarded", "Draft discarded"
    GIVEN = "given", "Given to a colleague"


class GivenOver(TextChoices):
    """Why referrals of an officer are given to a colleague."""

    LEAVES = "leaves", "The officer is leaving or has left"
    AWAY = "away", "The officer is away for a long time"
    WORKLOAD = "workload", "Workload"
    OTHER = "other", "Another reason"


class News(TextChoices):
    """The news that the programme gives of a referral, for the officer who sent it."""

    ACCEPTED = "accepted", "Accepted by the programme"
    CONSULTATION = "consultation", "Taken as consultation only"
    DECLINED = "declined", "Declined by the programme"
    STARTED = "started", "The sessions have begun"
    PLANNED = "planned", "The sessions are planned"
    MISSED = "missed", "A session was missed"
    JUDGED = "judged", "The programme judged the risk"
    ENDED = "ended", "The programme has ended"
    GOES_ON = "goes_on", "The programme goes on after all"
    REPORT = "report", "The exit report came"


#: the stages after which nothing more comes but the exit report
ENDED = frozenset({Stage.COMPLETED, Stage.LEFT})
#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SENT, State.DISCARDED),
    State.SENT: (
        State.ACCEPTED,
        State.CONSULTATION,
        State.DECLINED,
        State.WITHDRAWN,
    ),
    State.ACCEPTED: (State.WITHDRAWN,),
    State.CONSULTATION: (State.ACCEPTED, State.WITHDRAWN),
    State.DECLINED: (),
    State.WITHDRAWN: (),
    State.DISCARDED: (),
}
