"""The advocacy zone's own reasons not to start, besides those of every zone."""

from collections.abc import Iterator

from django.db import connection

from desist.advocacy.vault import queries
from desist.advocacy.vault.models import PersonKey


def reasons() -> list[str]:
    """Every reason not to start, each a sentence that says what to do."""
    return list(_reasons())


def _reasons() -> Iterator[str]:
    if PersonKey._meta.db_table not in connection.introspection.table_names():
        return  # not migrated yet: another check names what is missing
    for name in queries.lost_keys():
        yield (
            f"The key set {name}, which locks clients of this service, is not in its key file. Without it their names "
            "and numbers cannot be read: put the right key file back, or rebuild it from two of the three printed "
            "shares with `./desist keys recover`. Until then open the duty sheet (docs/howto/duty-sheet.md)."
        )
