"""What e-mails to staff of a programme can be about, and who can get them."""

from django.db.models import TextChoices

from desist.desk.troubles import states as desk
from desist.programme.risk.policy import TOLD
from desist.wall.actors import Role


class Kind(TextChoices):
    """What is waiting. A message never says which of these it is."""

    ALLOCATED = "allocated", "A person has been allocated to you"
    CONCERN = "concern", "A concern was raised"
    STEP = "step", "A step of a concern is due from you"
    ALERT = "alert", "Nobody on the other side has acknowledged an alert"
    SAFETY = "safety", "A safety check is open"
    NO_OUTCOME = "no_outcome", "A session has no outcome two days after it"
    FOLLOW_UP = "follow_up", "Nobody has contacted a person who missed a session"
    REVIEW = "review", "A judgement of risk is due for review"
    HIGHER = "higher", "A judgement of risk is higher, and its rater tells you"
    SUPERVISION = "supervision", "A supervision is overdue"
    DEBRIEF = "debrief", "A practitioner asks for a debrief"
    SIGN = "sign", "An exit report is waiting to be read and signed"
    REFERRAL = "referral", "A referral is waiting for a decision"
    CHANGED = (
        "changed",
        "The referrer changed or withdrew the referral of someone on the programme, or the police sent an order or their judgement",
    )
    TO_MOVE = "to_move", "A session or an assessment cannot be held as planned"
    CLOCK = "clock", "Three days are left of the 14 to an allocation"


#: kind -> the roles that can get it
ROLES: dict[TextChoices, frozenset[Role]] = {
    **desk.ROLES,
    Kind.ALLOCATED: frozenset({Role.PRACTITIONER}),
    Kind.CONCERN: frozenset({Role.MANAGER, Role.SUPERVISOR}),
    Kind.STEP: frozenset({Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR}),
    Kind.ALERT: frozenset({Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR}),
    Kind.SAFETY: frozenset({Role.PRACTITIONER, Role.MANAGER}),
    Kind.NO_OUTCOME: frozenset({Role.PRACTITIONER}),
    Kind.FOLLOW_UP: frozenset({Role.PRACTITIONER}),
    Kind.REVIEW: frozenset({Role.PRACTITIONER}),
    Kind.HIGHER: frozenset(TOLD),
    Kind.SUPERVISION: frozenset({Role.PRACTITIONER, Role.SUPERVISOR}),
    Kind.DEBRIEF: frozenset({Role.SUPERVISOR}),
    Kind.SIGN: frozenset({Role.MANAGER, Role.SUPERVISOR}),
    Kind.REFERRAL: frozenset({Role.MANAGER}),
    Kind.CHANGED: frozenset({Role.PRACTITIONER, Role.MANAGER}),
    Kind.TO_MOVE: frozenset({Role.PRACTITIONER, Role.MANAGER}),
    Kind.CLOCK: frozenset({Role.MANAGER}),
}
