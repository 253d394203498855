"""`python -m tools.synthetic.load_block`: put one block of a seed's people into one site, in one transaction.

The data folder's synthetic/order.json names the block: seed, number, people, and the moment they are invented around.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import django
from django.db import transaction

from desist import sites
from tools.synthetic import cases, load


@dataclass(frozen=True)
class Order:
    """One block: all the values from which it follows."""

    seed: int
    number: int
    people: int
    at: str  # ISO 8601, with time zone

    def block(self) -> cases.Block:
        """Return the people of this block."""
        at = datetime.fromisoformat(self.at)
        return cases.drawn(seed=self.seed, number=self.number, people=self.people, at=at)

    def write(self, folder: Path) -> None:
        """Leave the order where the site's process reads it."""
        path = folder / "synthetic" / "order.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self)), "utf-8")


def main() -> None:
    """Write this site's side of the ordered block."""
    django.setup()
    text = (sites.data_folder() / "synthetic" / "order.json").read_text("utf-8")
    with transaction.atomic():
        load.people(Order(**json.loads(text)).block())


if __name__ == "__main__":
    main()
