"""`python -m desist.running.migrate`: the owner brings one site's tables and grants up to date."""

import re
import sys
from collections.abc import Callable
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection

from desist.wall import grants

#: a history's trigger function, as a migration makes it
MADE = re.compile(r"CREATE OR REPLACE FUNCTION (pgtrigger_\w+\(\))")


def main() -> None:
    """Migrate, then grant; on a refusal of the database print it without the rows that it quotes, and exit 1."""
    django.setup()
    try:
        _migrate()
    except DatabaseError as failure:
        sys.stderr.write(
            f"The tables of {settings.DESIST_SITE} are not up to date: {_without_rows(failure)}.\n"
        )
        raise SystemExit(1) from None


def _migrate() -> None:
    from desist import deployment, sites
    from desist.post import grants as post_grants
    from desist.zones import tables

    if said := tables.newer(site=settings.DESIST_SITE):
        sys.stderr.write(f"{said}\n")
        raise SystemExit(1)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")  # a migration waits for as long as its turn takes
    with connection.execute_wrapper(with_the_owners_rights):
        call_command("migrate", verbosity=0, interactive=False)
    site = deployment.site(settings.DESIST_ZONE)
    grants.apply(app=site.app)
    post_grants.apply(courier="courier")
    for one in sites.read_sites(folder=sites.data_folder()):
        if one.shares == site.name:
            grants.apply_to_phones(app=one.app)


def with_the_owners_rights(
    execute: Callable[..., object], statement: object, params: object, many: object, context: dict[str, Any]
) -> object:
    """Let the function of a history's trigger write as its owner from its first moment on: the site is used meanwhile."""
    done = execute(statement, params, many, context)
    for name in MADE.findall(str(statement)):
        context["cursor"].execute(f"ALTER FUNCTION {name} {grants.AS_OWNER}")
    return done


def _without_rows(failure: DatabaseError) -> str:
    """The kind and place of a failure; the server's own words may quote a person's name."""
    cause = failure.__cause__ or failure
    if isinstance(failure, OperationalError) and not getattr(cause, "sqlstate", None):
        return f"{type(cause).__name__}, {str(cause).strip()}"  # no server was reached: these words are the driver's
    diagnosis = getattr(cause, "diag", None)
    places = [(name, getattr(diagnosis, f"{name}_name", None)) for name in ("table", "column", "constraint")]
    return ", ".join([type(cause).__name__, *(f"{name} {place}" for name, place in places if place)])


if __name__ == "__main__":
    main()
