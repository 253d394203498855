"""Run in a programme of the bench: write one ordered block of invented people (`synthetic.load_block`) into it."""

import json

import django
from django.db import transaction

from desist import sites
from tools.synthetic.load_block import Order


def main() -> None:
    """Write the programme's side, whatever the site is called."""
    django.setup()
    from tools.synthetic import programme_rows  # noqa: PLC0415 -- models load only after Django is set up

    order = json.loads((sites.data_folder() / "synthetic" / "order.json").read_text("utf-8"))
    with transaction.atomic():
        programme_rows.write(Order(**order).block())


if __name__ == "__main__":
    main()
