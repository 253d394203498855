"""What e-mails to staff of a police area can be about, and who can get them."""

from django.db.models import TextChoices

from desist.desk.troubles import states as desk
from desist.partnership.agencies.policy import KEEPERS
from desist.partnership.policy import ORDERS, POLICE
from desist.wall.actors import Role


class Kind(TextChoices):
    """What is waiting. A message never says which of these it is."""

    DECISION = "decision", "The programme decided about a referral of yours"
    STARTED = "started", "Someone you referred began the sessions"
    PLANNED = "planned", "The sessions of someone you referred are planned"
    MISSED = "missed", "Someone you referred missed a session"
    JUDGED = "judged", "The programme judged the risk of someone you referred"
    ENDED = "ended", "Someone you referred left, completed or is back"
    REPORT = "report", "An exit report came"
    JUDGEMENT = "judgement", "A programme asks for your judgement of a person"
    SERVICE = "service", "An order has not been served"
    NOTIFICATION = "notification", "Nobody recorded that a person notified the police in time"
    HEARING = "hearing", "A hearing is in a week"
    BREACH = "breach", "A reported breach needs a decision"
    RENEWAL = "renewal", "An order ends soon"
    PANEL_ACTION = "panel_action", "An action of a panel is late"
    OUR_ACTION = "our_action", "Something that a panel asked of us is late"


#: kind -> the roles that can get it
ROLES: dict[TextChoices, frozenset[Role]] = {
    **desk.ROLES,
    **dict.fromkeys(
        (
            *(Kind.DECISION, Kind.STARTED, Kind.PLANNED, Kind.MISSED, Kind.JUDGED),
            *(Kind.ENDED, Kind.REPORT, Kind.JUDGEMENT),
        ),
        POLICE,
    ),
    **dict.fromkeys((Kind.SERVICE, Kind.NOTIFICATION, Kind.HEARING, Kind.BREACH, Kind.RENEWAL), ORDERS),
    Kind.PANEL_ACTION: POLICE | ORDERS | KEEPERS,
    Kind.OUR_ACTION: frozenset({Role.PARTNER}),
}
