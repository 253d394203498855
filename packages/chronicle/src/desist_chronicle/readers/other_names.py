"""The names beside the addresses and numbers under which people stand in records, for the summary."""

from desist_chronicle.ledger import Ledger

#: how many are listed before only their count is given, and how many are counted
MOST_LISTED, MOST_HELD = 50, 10_000


class OtherNames:
    """Who has which address or number, each pair once and in the order of the source."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, str], None] = {}

    def add(self, address: str, name: str) -> None:
        """Keep a name for an address, unless either is missing or both are the same."""
        if address and name and address != name and len(self._pairs) < MOST_HELD:
            self._pairs[address, name] = None

    def tell(self, ledger: Ledger) -> None:
        """State the names, if there are any."""
        listed = [f"{address} is {name}" for address, name in self._pairs]
        more = len(listed) - MOST_LISTED
        if listed:
            shown = [*listed[:MOST_LISTED], *([f"and {more:,} more"] if more > 0 else [])]
            ledger.fact("names", "; ".join(shown))
