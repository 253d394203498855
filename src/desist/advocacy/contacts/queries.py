"""Questions about messages that wait to be sent to clients, and about safe hours."""

from collections.abc import Collection

from desist.advocacy.contacts.models import Message, SafeTime
from desist.advocacy.contacts.states import Channel, MessageState
from desist.advocacy.contacts.windows import Window


def messages_waiting() -> tuple[str, ...]:
    """The messages that wait for a safe time; for the clock."""
    rows = Message.objects.filter(state=MessageState.QUEUED).order_by("queued_at")
    return tuple(rows.values_list("ref", flat=True))


def windows_of(victims: Collection[int]) -> dict[int, tuple[Window, ...]]:
    """The safe hours of several clients by key, in one statement; a client without any is missing."""
    rows = SafeTime.objects.filter(victim__in=victims, ended_at=None).order_by("channel", "start", "pk")
    found: dict[int, tuple[Window, ...]] = {}
    for victim, channel, days, start, end in rows.values_list("victim", "channel", "days", "start", "end"):
        found[victim] = (*found.get(victim, ()), Window(Channel(channel), tuple(days), start, end))
    return found
