"""Where the courier goes: only between sites that a door connects."""

from dataclasses import replace
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from desist import sites
from desist.post import routes
from desist.post.routes import Route
from desist.sites import Site, Zone

POLICE = Site("police", Zone.PARTNERSHIP, "Police")
PROGRAMME = Site("northmere-programme", Zone.PROGRAMME, "Programme")
SITES = (
    POLICE,
    PROGRAMME,
    Site("phones", Zone.PARTICIPANT, "Phones", shares="northmere-programme"),
    Site("advice", Zone.PUBLIC, "Advice"),
)


def test_sites_without_an_inbox_are_no_stops(tmp_path: Path) -> None:
    sites.write_sites(folder=tmp_path, sites=SITES)

    assert routes.stops(tmp_path) == [POLICE, PROGRAMME]


def test_a_route_leads_through_a_door_in_each_direction_that_has_one() -> None:
    found = routes.between([POLICE, PROGRAMME])

    assert found == [Route("police", "northmere-programme"), Route("northmere-programme", "police")]


def test_sites_without_a_door_between_them_have_no_route() -> None:
    advocacy = Site("harbour", Zone.ADVOCACY, "Harbour Advocacy")

    assert not routes.between([PROGRAMME, advocacy])


def test_an_embedded_site_is_reached_over_its_socket(tmp_path: Path) -> None:
    address = routes.address(PROGRAMME, tmp_path)

    assert address.startswith("postgresql://courier:")
    assert "/northmere_programme?host=" in address


def test_a_site_in_production_is_reached_where_its_variable_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_COURIER_NORTHMERE_PROGRAMME_DATABASE_URL", "postgresql://courier@far/away")

    assert routes.address(PROGRAMME, tmp_path) == "postgresql://courier@far/away"


def test_a_site_with_a_server_in_its_entry_is_reached_by_the_couriers_own_password(tmp_path: Path) -> None:
    served = replace(PROGRAMME, server="postgresql://db.internal")
    (tmp_path / "passwords").mkdir()
    (tmp_path / "passwords" / "courier").write_text("of the courier")

    assert conninfo_to_dict(routes.address(served, tmp_path)) == {
        "host": "db.internal",
        "dbname": "northmere_programme",
        "user": "courier",
        "password": "of the courier",
    }
