"""What the search looks for: all that was planted in the area, and the references of every site's own rows."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from desist.references import reference
from desist.sites import Site, Zone
from tools.leaks import kept
from tools.synthetic.cases import Block

REFERENCE = "reference"
#: references of other lengths are names that a person chose
REFERENCES = range(8, 13)


@dataclass(frozen=True)
class Secret:
    """One planted string: its kind, its area, and the account whose work it is ("" where that does not matter)."""

    text: str
    kind: str
    area: str = ""
    worker: str = ""


def of_cases(block: Block) -> Iterator[Secret]:
    """Return every fact of some invented people."""
    for case in block.cases:
        for fact in case.facts:
            yield Secret(fact.secret, fact.kind, case.story.area, case.story.practitioner)


def references(site: Site, connection: psycopg.Connection) -> Iterator[Secret]:
    """Return the references that a site gives its own rows: no other site may know them."""
    for table in kept.tables(connection):
        if table.startswith(f"{site.zone}_") and "ref" in kept.columns(connection, table):
            query = sql.SQL("SELECT DISTINCT ref::text FROM {} ORDER BY 1").format(sql.Identifier(table))
            for (ref,) in connection.execute(query):
                if len(ref) in REFERENCES and ref.isalnum():
                    yield Secret(ref, kind_of(site.zone))


def kind_of(zone: Zone) -> str:
    """Return the kind that the references of a zone's rows have here."""
    return f"{zone} {REFERENCE}"


def typed(zone: Zone) -> Secret:
    """Return the words that the search types into the forms of a zone: no other side may read them."""
    return Secret(f"words {reference()}", typed_in(zone))


def typed_in(zone: Zone) -> str:
    """Return the kind that words typed in a zone have here."""
    return f"typed in {zone}"
