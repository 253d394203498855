"""Which missed sessions still ask for a contact with the person."""

from django.db.models import Exists, OuterRef, Q

from desist.programme.sessions import states
from desist.programme.sessions.contacts.models import Contact
from desist.programme.sessions.contacts.states import Outcome, Party
from desist.programme.sessions.models import BEFOREHAND, Session

#: the person has been met, or spoken with, since
_MET = Session.objects.filter(
    episode=OuterRef("episode"), state="attended", period__startswith__gt=OuterRef("period__startswith")
)
_SPOKE = Contact.objects.filter(
    referral=OuterRef("episode__referral"),
    party=Party.PERSON,
    outcome=Outcome.SPOKE,
    struck_at=None,
    held_at__gt=OuterRef("period__startswith"),
)
_BEFOREHAND = Session.objects.filter(BEFOREHAND, pk=OuterRef("pk"))
#: missed here, and the person has not been spoken with since: a message left does not count as a conversation
UNCONTACTED = Q(state="missed", follow_up__in=states.UNREACHED) & ~(
    Q(Exists(_BEFOREHAND)) | Q(Exists(_MET)) | Q(Exists(_SPOKE))
)
