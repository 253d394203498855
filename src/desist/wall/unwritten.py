"""Looking while the database can be read and not written: it is a standby, or its disk is full.

The event of a look cannot be written then, so no row is opened; but people on duty need the few facts that keep a person safe.
For the routes that a policy table names (`WITHOUT_WRITING`) the view runs once more with every event kept in the
journal, through to the disk, before a row is read. Who may see which row is decided as ever. Where the journal cannot be
written either, the page of the fault answers.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from desist import deployment
from desist.wall import audit, journal, policy

#: PostgreSQL's codes: the transaction is read-only, the disk is full
STATES = frozenset({"25006", "53100"})


class LookOnly(Exception):
    """The view does something other than looking at rows: it does not answer while nothing can be written."""


class Keeper:
    """Keeps the events of one request in the site's journal; `since` is the moment of the journal's first event."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self.since: datetime | None = None

    def __call__(self, entry: audit.Entry, allowed: bool, reason: str) -> None:  # noqa: FBT001 -- as audit.Keeper
        """Keep one event. Raises LookOnly, journal.JournalError, OSError."""
        if not entry.action.looks:
            raise LookOnly(entry.action)
        actor = entry.actor
        event = journal.Event(
            at=entry.at,
            who=actor.who,
            role=actor.role.value,
            action=entry.action.value,
            row=entry.row,
            correlation=actor.correlation,
            allowed=allowed,
            reason=reason,
        )
        self.since = journal.append(self._folder, event, keys=self._keys, site=settings.DESIST_SITE)

    @cached_property
    def _folder(self) -> Path:
        return deployment.journal_folder(settings.DESIST_SITE)

    @cached_property
    def _keys(self) -> list[bytes]:
        return deployment.journal_keys(settings.DESIST_SITE)


def is_unwritable(failure: BaseException) -> bool:
    """Whether the database answers and takes no writing."""
    return isinstance(failure, DatabaseError) and getattr(failure.__cause__, "sqlstate", None) in STATES


def answer(request: HttpRequest, failure: Exception) -> HttpResponse | None:
    """The page of a named route, with its events in the journal; None where there is no such page.

    Raises the gate's NotOpened, as the view does.
    """
    match = request.resolver_match
    named = match is not None and match.view_name in policy.without_writing()
    if match is None or not named or request.method != "GET" or not is_unwritable(failure):
        return None
    keeper = Keeper()
    try:
        with audit.kept_by(keeper):
            request.unwritten = keeper  # type: ignore[attr-defined]  # ui.context tells the page
            page: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except (journal.JournalError, LookOnly, OSError, DatabaseError):
        return None
    return page if keeper.since else None
