"""`python -m desist.running.public`: builds a deployment's public site, in a process that ends to free its memory.

It is built from the folder `public-site` beside the deployment's other files, where that has a site.yaml; else as shipped. While
anything on it was not checked for a year it is a preview, and says so.
"""

from datetime import date

from desist import sites
from desist.public import build
from desist.public.problems import CannotBuild
from desist.public.settings import FILE, OWN


def main() -> None:
    """Build it anew."""
    data, today = sites.data_folder(), date.today()  # noqa: DTZ011 -- the weeks that are current here
    own = data / OWN
    site = own if (own / FILE).is_file() else None
    try:
        build.build(data / "public", today=today, site=site)
    except CannotBuild:
        build.build(data / "public", today=today, site=site, preview=True)


if __name__ == "__main__":
    main()
