"""`python -m desist.running.public`: builds a deployment's public site as a preview, in a process that ends to free its memory."""

from datetime import date

from desist import sites
from desist.public import build


def main() -> None:
    """Build it anew."""
    build.build(sites.data_folder() / "public", today=date.today(), preview=True)  # noqa: DTZ011 -- the weeks that are current here


if __name__ == "__main__":
    main()
