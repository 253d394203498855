"""Northmere: the sites of the synthetic area and the ports of the demo."""

from desist.sites import Site, Zone

PORT_BASE = 8400
TITLES = {
    Zone.PROGRAMME: ("northmere-programme", "Northmere service"),
    Zone.PARTNERSHIP: ("northmere-police", "Northmere Police"),
    Zone.ADVOCACY: ("harbour-advocacy", "Harbour Advocacy"),
    Zone.COMMISSION: ("northmere-commission", "Northmere Commissioner"),
    Zone.PUBLIC: ("northmere-public", "Northmere"),
}


def sites(port_base: int = PORT_BASE) -> tuple[Site, ...]:
    """Every site of the area, one a zone, on ports from `port_base` on."""
    return tuple(
        Site(name, zone, title, port_base + offset)
        for offset, (zone, (name, title)) in enumerate(TITLES.items())
    )


def phones(port_base: int = PORT_BASE) -> Site:
    """The pages for the phones of the area's programme, on the port after those of its sites."""
    programme, _ = TITLES[Zone.PROGRAMME]
    return Site("my-week", Zone.PARTICIPANT, "My week", port_base + len(TITLES), shares=programme)
