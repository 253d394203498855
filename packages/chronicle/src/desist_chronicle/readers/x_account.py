"""Whose archive of X (Twitter) it is: `account.js`, which holds no messages and names the account's own number."""

import json
import re
from collections.abc import Iterator

from desist_chronicle.errors import UnrecognisedSourceError
from desist_chronicle.ledger import Ledger
from desist_chronicle.options import Options
from desist_chronicle.readers.json_messages import entries, named
from desist_chronicle.readers.other_names import OtherNames
from desist_chronicle.records import Record
from desist_chronicle.sources import Source

FORMAT = "X (Twitter) account"
BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*window\.YTD\.account\.part[0-9]+\s*=")


def recognises(head: bytes) -> bool:
    """Whether the file begins as X's account does."""
    return BEGINNING.match(head) is not None


def read(*, source: Source, options: Options, ledger: Ledger) -> Iterator[list[Record]]:  # noqa: ARG001  as every reader
    """No record; the account's number and names go to the summary."""
    data = source.head()
    try:
        listed = json.loads(data[data.index(b"=") + 1 :])
    except (ValueError, RecursionError):
        listed = None
    names = OtherNames()
    numbers = []
    for account in (one.get("account") for one in entries(listed)):
        numbers += [number] if (number := named(account, "accountId")) else []
        shown = (
            f"@{name}" if (name := named(account, "username")) else "",
            named(account, "accountDisplayName"),
        )
        names.add(named(account, "accountId"), ", ".join(filter(None, shown)))
    if not numbers:
        raise UnrecognisedSourceError(
            f"{source.name} is damaged, or in no layout that is known: whose archive it is was not read. Open it, look for "
            "“accountId”, and give that number with --owner."
        )
    names.tell(ledger)
    ledger.note(f"This archive of X is that of {', '.join(numbers)}: give --owner with that number.")
    yield []
