"""What e-mails to staff of an advocacy service can be about, and who can get them."""

from django.db.models import TextChoices

from desist.advocacy.policy import ADVOCATES, MANAGERS, SUPPORT
from desist.desk.troubles import states as desk
from desist.wall.actors import Role


class Kind(TextChoices):
    """What is waiting. A message never says which of these it is."""

    NEWS = "news", "There is news for a client"
    RING = "ring", "The police gave no crime reference within four hours"
    CLIENT = "client", "A client has been allocated to you"
    SENT = "sent", "A client sent something"
    WAITING = "waiting", "A client has no advocate yet"


#: kind -> the roles that can get it
ROLES: dict[TextChoices, frozenset[Role]] = {
    **desk.ROLES,
    Kind.NEWS: SUPPORT,
    Kind.RING: SUPPORT,
    Kind.CLIENT: ADVOCATES,
    Kind.SENT: SUPPORT,
    Kind.WAITING: MANAGERS,
}
