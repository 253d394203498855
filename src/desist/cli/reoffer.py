"""`./desist reoffer SITE --to RESTORED --since MOMENT`: sends a restored site again the envelopes it may have lost."""

import os
from datetime import datetime
from typing import Annotated

import typer

from desist import sites
from desist.addresses import AddressError
from desist.cli.plain import in_words, named_site
from desist.embedded import ClusterError
from desist.running import deploy

app = typer.Typer(add_completion=False)


@app.command()
def reoffer(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The site that sent the envelopes.")],
    to: Annotated[str, typer.Option(help="The site that was restored.")],
    since: Annotated[
        datetime,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z"],
            help="With time zone: 2026-03-02T14:30:00+00:00",
        ),
    ],
) -> None:
    """Offer every envelope sent to a restored site since a moment again; what it has, it ignores."""
    with in_words(AddressError, ClusterError):
        folder, here = sites.data_folder(), named_site(site)
        os.environ["DESIST_SITE"] = here.name
        os.environ["DJANGO_SETTINGS_MODULE"] = f"desist.zones.{here.zone}"
        with deploy.serving(folder, sites.read_sites(folder=folder)):
            count = _offer_again(to, since)
    typer.echo(f"{site} offers {count} envelopes to {to} again.")


def _offer_again(to: str, since: datetime) -> int:
    import django  # noqa: PLC0415 - only once the site is named

    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - see above

    from desist.post import commands  # noqa: PLC0415 - models load only after Django is set up
    from desist.wall import actors  # noqa: PLC0415 - see above

    return commands.reoffer(actor=actors.console(), to=to, since=since, at=timezone.now())
