"""A day as it stands in an address: 2026-03-03."""

from datetime import date


class IsoDay:
    """Django's converter between the address and a date; a day the calendar has not is no address."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Raises ValueError for an impossible day, which Django answers with 404."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """The day as ISO 8601 writes it."""
        return str(value)
