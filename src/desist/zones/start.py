"""What every process of a site does before it serves: refuse to start where a hole stands open.

`python -m desist.zones.start` asks the same for the site that the environment names, prints why not, and exits 1.
"""

import os
import sys

import django
from django.conf import settings
from django.db import OperationalError, connection

from desist import deployment, sites
from desist.keys.sitekeys import KeysError
from desist.zones import refusals


def check() -> None:
    """Raise refusals.Refused with every reason not to start; for web processes and workers, not for migrations."""
    url = f"DESIST_{settings.DESIST_ZONE.upper()}_DATABASE_URL"
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise refusals.Refused(
            f"- The database of {settings.DESIST_SITE} does not answer: {str(error).strip()}. Start it, or mend {url}."
        ) from error
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


def main() -> None:
    """Say in words why the site would not start; exits 1 then."""
    try:
        django.setup()
        check()
    except (refusals.Refused, KeysError, deployment.SettingError) as reasons:
        sys.stderr.write(f"{os.environ.get('DESIST_SITE')} does not start:\n{reasons}\n")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
