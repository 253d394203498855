"""Words of an order that may lead to a client: kept locked with the client's own key."""

from dataclasses import dataclass

CONDITIONS, ASKED = "order conditions", "clearance words"


@dataclass(frozen=True)
class Words:
    """The texts: one for each condition."""

    texts: list[str]
