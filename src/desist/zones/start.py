"""What every process of a site does before it serves: refuse to start where a hole stands open."""

import os

from django.conf import settings
from django.db import connection

from desist import deployment, sites
from desist.zones import refusals


def check() -> None:
    """Raise refusals.Refused with every reason not to start; for web processes and workers, not for migrations."""
    connection.ensure_connection()
    url = f"DESIST_{settings.DESIST_ZONE.upper()}_DATABASE_URL"
    refusals.check(
        connection=connection.connection,
        settings=refusals.Settings(
            site=settings.DESIST_SITE,
            folder=sites.data_folder(),
            secret_key=settings.SECRET_KEY,
            debug=settings.DEBUG,
            demo=deployment.is_demo(),
            embedded=url not in os.environ,
            embedded_allowed=os.environ.get("DESIST_EMBEDDED") == "pilot",
        ),
    )
    connection.close()
