"""Questions about messages that wait to be sent to clients."""

from desist.advocacy.contacts.models import Message
from desist.advocacy.contacts.states import MessageState


def messages_waiting() -> tuple[str, ...]:
    """The messages that wait for a safe time; for the clock."""
    rows = Message.objects.filter(state=MessageState.QUEUED).order_by("queued_at")
    return tuple(rows.values_list("ref", flat=True))
