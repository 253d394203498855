"""What is looked for: everything that was planted in the area, and the references of every site's own rows."""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from psycopg import sql

from desist.references import reference
from desist.sites import Site, Zone
from tools.leaks import kept
from tools.synthetic.cases import Block

REFERENCE = "reference"
#: shorter or longer references than ours are names that a person chose
REFERENCES = range(8, 13)


@dataclass(frozen=True)
class Secret:
    """One planted string: its kind, the area it belongs to, and whose work it is ("" where that does not matter)."""

    text: str
    kind: str
    area: str = ""
    worker: str = ""


def of_cases(block: Block) -> Iterator[Secret]:
    """Every fact of some invented people."""
    for case in block.cases:
        for fact in case.facts:
            yield Secret(fact.secret, fact.kind, case.story.area, case.story.practitioner)


def references(site: Site, connection: psycopg.Connection) -> Iterator[Secret]:
    """How a site names its own rows: no other site may know it."""
    for table in kept.tables(connection):
        if table.startswith(f"{site.zone}_") and "ref" in kept.columns(connection, table):
            query = sql.SQL("SELECT DISTINCT ref::text FROM {} ORDER BY 1").format(sql.Identifier(table))
            for (ref,) in connection.execute(query):
                if len(ref) in REFERENCES and ref.isalnum():
                    yield Secret(ref, kind_of(site.zone))


def kind_of(zone: Zone) -> str:
    """What the references of a zone's rows are called here."""
    return f"{zone} {REFERENCE}"


def typed(zone: Zone) -> Secret:
    """What the search itself types into the forms of a zone: words that no other side may read."""
    return Secret(f"words {reference()}", typed_in(zone))


def typed_in(zone: Zone) -> str:
    """What words typed in a zone are called here."""
    return f"typed in {zone}"
