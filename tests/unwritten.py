"""A database that can be read and not written, in the two ways that happen: a standby, and a full disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from desist import deployment
from desist.audit import commands
from desist.wall import actors, journal

FAULTS = ("standby", "full disk")
FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON wall_auditevent EXECUTE FUNCTION no_room();
"""


@contextmanager
def unwritten(fault: str, server: Any) -> Iterator[None]:
    """Let the database take no audit event in the block, as PostgreSQL itself says it."""
    if fault == "standby":
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        try:
            yield
        finally:
            connection.close()
        return
    database = connection.settings_dict["NAME"]
    with server.connect(database) as superuser:
        superuser.execute(FULL)
    try:
        yield
    finally:
        with server.connect(database) as superuser:
            superuser.execute("DROP FUNCTION no_room CASCADE")


def reserve() -> None:
    """Make the site's journal, as its worker does while all is well."""
    journal.reserve(deployment.journal_folder(settings.DESIST_SITE))


def join() -> int:
    """Join the journal to the audit, as the worker does once the database takes writes again."""
    site = settings.DESIST_SITE
    return commands.join_journal(
        actor=actors.clock(),
        folder=deployment.journal_folder(site),
        keys=deployment.journal_keys(site),
        site=site,
        at=timezone.now(),
    )
