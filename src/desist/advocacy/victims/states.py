"""The states of a client's case, which state may follow which, and the codes of a case."""

from django.db.models import TextChoices


class State(TextChoices):
    """The state of a case. TRANSITIONS says which state may follow which."""

    WAITING = "waiting", "Waiting for first contact"
    OPEN = "open", "Supported"
    CLOSED = "closed", "Closed"


class WayIn(TextChoices):
    """The way in which a client comes to the service."""

    POLICE = "police", "Referred by the police"
    SELF = "self", "Referred themselves"
    SERVICE = "service", "Sent by another service"
    TOLD = "told", "The police told them to come"


class Purpose(TextChoices):
    """The purposes to which a client may consent, each by itself."""

    SUPPORT = "support", "Being supported by this service"
    CONTACT = "contact", "Being contacted in the ways recorded as safe"
    POLICE = "police", "Telling the police what is agreed with them each time"
    PARTNERS = "partners", "Asking partner agencies for support"
    UPDATES = "updates", "Being told about orders and the programme"
    EVALUATION = "evaluation", "Use in anonymous statistics"


class How(TextChoices):
    """The way in which the client gave or withdrew a consent."""

    IN_PERSON = "in_person", "In person"
    PHONE = "phone", "By telephone"
    WRITING = "writing", "In writing"
    POLICE = "police", "To the police, who passed it on"


class PauseReason(TextChoices):
    """Why the clock to first contact stands still."""

    NOT_SAFE = "not_safe", "Contact is not safe now"
    CLIENT_ASKED = "client_asked", "The client asked us to wait"
    NO_SAFE_WAY = "no_safe_way", "No safe way to reach them is known"
    POLICE_ASKED = "police_asked", "The police asked us to wait"


class GivenOver(TextChoices):
    """Why several clients of an advocate are given to another one."""

    LEAVES = "leaves", "The advocate is leaving"
    AWAY = "away", "The advocate is away for a long time"
    WORKLOAD = "workload", "Workload"
    OTHER = "other", "Another reason"


class CloseReason(TextChoices):
    """Why a case is closed."""

    FINISHED = "finished", "Support is finished"
    DECLINED = "declined", "They did not want support"
    NOT_REACHED = "not_reached", "They could not be reached safely"
    ELSEWHERE = "elsewhere", "Another service supports them"
    OTHER = "other", "Another reason, given in a note"


#: state -> the states that may follow
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.WAITING: (State.OPEN, State.CLOSED),
    State.OPEN: (State.CLOSED,),
    State.CLOSED: (State.OPEN, State.WAITING),
}
