"""The facts that a person states about a source before the readers read it."""

from dataclasses import dataclass
from enum import StrEnum


class DateOrder(StrEnum):
    """Which of day, month and year comes first, second and third."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The answers that no export contains.

    `zone` is the zone the phone's clock was set to. `owners` are the names or numbers under which the
    owner of the phone appears. `names` are senders of a chat whose names contain ": "; with any other name among
    them they are its whole roster, and senders beyond it are flagged.
    `columns` maps a table's headings to fields, as {"sender": "From", ...}.
    """

    zone: str = "Europe/London"
    date_order: DateOrder | None = None
    owners: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
