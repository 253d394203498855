"""Questions about messages that wait to be sent to clients, and about safe hours."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from desist.advocacy.contacts.models import Message, SafeTime
from desist.advocacy.contacts.states import Channel, MessageState
from desist.advocacy.contacts.windows import Window
from desist.wall.statements import Statement, among


def messages_waiting() -> tuple[str, ...]:
    """The messages that wait for a safe time; for the clock."""
    rows = Message.objects.filter(state=MessageState.QUEUED).order_by("queued_at")
    return tuple(rows.values_list("ref", flat=True))


def windows_of(victims: Collection[int]) -> dict[int, tuple[Window, ...]]:
    """The safe hours of several clients by key, in one statement; a client without any is missing."""
    found: dict[int, tuple[Window, ...]] = {}
    for victim, channel, days, start, end in HOURS.rows(victims=list(victims)) if victims else ():
        found[victim] = (*found.get(victim, ()), Window(Channel(channel), tuple(days), start, end))
    return found


def _hours() -> QuerySet[Any]:
    rows = SafeTime.objects.filter(victim__in=among("victims"), ended_at=None)
    return rows.order_by("channel", "start", "pk").values_list("victim", "channel", "days", "start", "end")


HOURS = Statement(_hours)
