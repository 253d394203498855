"""The first step of every process of a site: refuse to start with an open security hole.

`python -m desist.zones.start` does so for the site that the environment names, prints the reasons, and exits 1.
"""

import logging
import os
import sys
import time
from contextlib import suppress
from importlib import import_module

import django
from django.conf import settings
from django.db import OperationalError, connection
from django.utils.module_loading import import_string

from desist import addresses, deployment, logs, sites
from desist.keys.sitekeys import KeysError
from desist.privatefile import SettingError
from desist.sites import Zone
from desist.zones import refusals, tables

PAUSE = 1.0  # seconds between tries of a process that waits for its database

log = logging.getLogger(__name__)


def check() -> None:
    """Raise refusals.Refused with every reason not to start; for web processes and workers, not for migrations."""
    site = deployment.site(Zone(settings.DESIST_ZONE))
    listed = sites.read_sites(folder=sites.data_folder())
    deployment.metrics_port(settings.DESIST_SITE)
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise refusals.Refused(
            f"- The database of {settings.DESIST_SITE} does not answer: {str(error).strip()}. Start it, or mend {addresses.in_use(site, listed=listed)}."
        ) from error
    refusals.check(
        connection=connection.connection,
        settings=refusals.Settings(
            site=settings.DESIST_SITE,
            folder=sites.data_folder(),
            secret_key=settings.SECRET_KEY,
            debug=settings.DEBUG,
            demo=deployment.is_demo(),
            embedded=addresses.given(site, listed=listed) is None,
            embedded_allowed=os.environ.get("DESIST_EMBEDDED") == "pilot",
            provider=settings.DESIST_PROVIDER,
            sender=settings.DEFAULT_FROM_EMAIL if settings.EMAIL_HOST and site.zone is Zone.ADVOCACY else "",
            for_phones=site.zone is Zone.PARTICIPANT,
        ),
    )
    if site.zone is not Zone.PARTICIPANT:  # which has no tables
        refusals.refuse(tables.reasons(site=settings.DESIST_SITE))
    for name in getattr(settings, "DESIST_START_CHECKS", ()):
        refusals.refuse(import_string(name)())
    connection.close()


def _wait_for_database() -> None:
    """Try until the database can be reached; say in the log what keeps it from that, once each."""
    said = None
    while True:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            if (kind := type(error.__cause__)) is not said:
                log.warning("The database cannot be reached (%s); trying again.", kind.__name__)
            said = kind
            time.sleep(PAUSE)
        else:
            return


def load() -> None:
    """Load the modules of every process of a site, for a parent whose children share them. No connection is opened.

    A failure is not logged here: each child meets the same one, and logs it itself.
    """
    with suppress(refusals.Refused, KeysError, SettingError):
        django.setup()
        import_module(settings.ROOT_URLCONF)


def main(*, patient: bool = False) -> None:
    """Print why the site would not start; exits 1 then. `patient`: wait for a database that does not answer."""
    try:
        django.setup()
        if patient:
            _wait_for_database()
        check()
    except (refusals.Refused, KeysError, SettingError) as reasons:
        told = f"{os.environ.get('DESIST_SITE')} does not start:\n{reasons}"
        sys.stderr.write(f"{logs.last_words(told)}\n")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
