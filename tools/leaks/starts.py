"""Addresses from which every walk begins besides the first page: pages of few rows among those of many clients."""

from collections.abc import Iterator
from typing import NamedTuple

import psycopg
from psycopg import sql

from desist.sites import Site, Zone
from tools.leaks import routes


class Ways(NamedTuple):
    """The addresses of a zone from which walks begin too, and the code by which a client sends things, "" for none."""

    starts: tuple[str, ...]
    link: str


#: zone -> the route of a page, and the table whose references lead to it
PAGES = {
    Zone.ADVOCACY: (
        ("evidence:file", "advocacy_original"),
        ("exhibits:exhibit", "advocacy_exhibit"),
        ("sent_exhibits:sent", "advocacy_sentexhibit"),
        ("candidates:candidate", "advocacy_candidate"),
        ("papers:fetch", "advocacy_paper"),
    ),
    Zone.PARTNERSHIP: (("exhibits:exhibit", "partnership_exhibit"),),
}
#: of each at most so many
MOST = 5
#: the clients of whom an export was kept
CHRONOLOGIES = """
    SELECT ref FROM advocacy_victim WHERE id IN (SELECT victim_id FROM advocacy_hourcount) ORDER BY ref LIMIT %s
"""
#: the people of whom an agency reads by a link, or who said no to a referral
SUPPORTED = """
    SELECT ref FROM programme_episode WHERE id IN (
        SELECT episode_id FROM programme_supportoverride WHERE state = 'waiting'
        UNION ALL SELECT episode_id FROM programme_supportlink l JOIN programme_supportreferral r ON r.id = referral_id
    ) ORDER BY ref LIMIT %s
"""
CASES = {
    Zone.ADVOCACY: (("chronology:chronology", CHRONOLOGIES),),
    Zone.PROGRAMME: (("support:support", SUPPORTED),),
}


def of(site: Site, connection: psycopg.Connection) -> Iterator[str]:
    """Yield the addresses of a site whose walks begin there too."""
    every = routes.of(site.zone)
    for route, table in PAGES.get(site.zone, ()):
        query = sql.SQL("SELECT ref FROM {} ORDER BY id LIMIT %s").format(sql.Identifier(table))
        for (ref,) in connection.execute(query, [MOST]):
            yield every[route].address(site.zone, (ref,))
    for route, asked in CASES.get(site.zone, ()):
        for (ref,) in connection.execute(asked, [MOST]):
            yield every[route].address(site.zone, (ref,))
