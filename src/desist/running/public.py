"""`python -m desist.running.public`: builds a deployment's public site, in a process that ends to free its memory."""

from datetime import date

from desist import sites
from desist.public import build


def main() -> None:
    """Build it anew."""
    build.build(sites.data_folder() / "public", today=date.today())  # noqa: DTZ011 -- the weeks that are current here


if __name__ == "__main__":
    main()
