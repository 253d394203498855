"""Run in a site of the bench: write one ordered block of invented people into it, with all that staff wrote about them."""

import json

import django
from django.conf import settings
from django.db import transaction

from desist import sites
from desist.sites import Zone
from tools.synthetic.load_block import Order


def main() -> None:
    """Write this site's side of the block, and in the programme its assessments and reports too."""
    django.setup()
    from tools.synthetic import load  # noqa: PLC0415 -- models load only after Django is set up

    order = json.loads((sites.data_folder() / "synthetic" / "order.json").read_text("utf-8"))
    block = Order(**order).block()
    with transaction.atomic():
        load.people(block)
        if settings.DESIST_ZONE == Zone.PROGRAMME:
            from tools.synthetic import assessment_rows, closing_rows  # noqa: PLC0415 -- as above

            assessment_rows.write(block.cases)
            closing_rows.write(block.cases)


if __name__ == "__main__":
    main()
