"""The page of a fault in a staff zone: it first checks whether the audit can still be written.

No row may be read or changed without an event, so where events cannot be kept every page fails. The page says what
happened, that no row was opened, who to ring, and what was typed. ui.errors answers every other fault.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress

from django.apps import apps
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse

from desist.accounts import queries as accounts
from desist.ui import errors
from desist.wall import audit

#: PostgreSQL's codes -> the reason why no event can be kept
REASONS = {
    "25006": "The database can only be read: it is a standby, or it was set to read only.",
    "53100": "The disk of the server is full.",
    "55P03": "The table that holds the record is locked.",
    "42501": "The right to write the record has been taken away.",
}
TITLE = "Nothing can be opened, because it cannot be recorded"
SENTENCES = (
    "Desist records who looks at what. It cannot record anything now, so it opens nothing and saves nothing.",
    "Nothing was saved by your last step, and nothing that was saved before is lost.",
)


def handler500(request: HttpRequest) -> HttpResponse:
    """Answer a fault: of the audit, where no event can be written; else any other."""
    if not isinstance(sys.exc_info()[1], DatabaseError) or (reason := _why_unwritable()) is None:
        return errors.handler500(request)
    error = errors.Error(503, TITLE, (*SENTENCES, reason, *_whom_to_ring(request)))
    return errors.give_back(request, error)


def _why_unwritable() -> str | None:
    """The reason why an event cannot be written now, found by writing one and taking it back; None where it can be.

    A database that does not answer at all is no fault of the audit.
    """
    try:
        with transaction.atomic():
            audit.try_out()
            transaction.set_rollback(True)
    except DatabaseError as failure:
        state = getattr(failure.__cause__, "sqlstate", None)
        return None if state is None else REASONS.get(state, "The database refuses to write the record.")
    return None


def _whom_to_ring(request: HttpRequest) -> Iterator[str]:
    """The duty numbers of the area and the administrators by name, for the account that is signed in."""
    actor = getattr(request, "actor", None)
    numbers: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()
    with suppress(DatabaseError):
        if actor is not None:
            administrators = accounts.administrators()
            numbers = _duty_numbers(actor.area)
    named = f" ({', '.join(administrators)})" if administrators else ""
    yield f"Ring your administrator{named} and say that the audit cannot be written."
    if numbers:
        yield f"If it cannot wait, ring the people on duty: {'; '.join(numbers)}."
    yield "In danger call 999."


def _duty_numbers(area: str) -> tuple[str, ...]:
    if not apps.is_installed("desist.desk"):
        return ()
    from desist.desk.duty import queries as duty  # noqa: PLC0415 -- not every zone has this app

    return tuple(f"{one.title}, {one.number}" for one in duty.in_a_fault(area=area))
