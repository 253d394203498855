"""`python -m desist.advocacy.measures.load`: makes a checked wording the current one of this site.

The wording and the moment of its loading are in instruments/order.json of the data folder. Runs as the site's own
app login.
"""

import json
from datetime import datetime

import django

from desist import sites
from desist.instruments import fhir
from desist.wall import actors


def main() -> None:
    """Keep the wording, and record the event in the audit."""
    django.setup()
    from desist.advocacy.measures import commands  # noqa: PLC0415 -- models only exist once Django is set up

    path = sites.data_folder() / "instruments" / "order.json"
    order = json.loads(path.read_text("utf-8"))
    wording, at = fhir.kept(order["wording"]), datetime.fromisoformat(order["at"])
    commands.load_wording(actor=actors.clock(), wording=wording, at=at)
    path.unlink()


if __name__ == "__main__":
    main()
