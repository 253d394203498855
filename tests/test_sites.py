"""The list of sites is read as it was written, and mistakes are named."""

from pathlib import Path

import pytest

from desist.sites import Site, SitesError, Zone, data_folder, read_sites, write_sites

PROGRAMME = Site(
    "northmere-programme", Zone.PROGRAMME, 'Northmere "service" \N{EM DASH} \N{SEEDLING}', port=8701
)
PARTICIPANT = Site("northmere-participant", Zone.PARTICIPANT, "Your sessions", shares="northmere-programme")


def test_the_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_sites(folder=tmp_path, sites=[PROGRAMME, PARTICIPANT])

    assert read_sites(folder=tmp_path) == (PROGRAMME, PARTICIPANT)


def test_without_a_file_there_are_no_sites(tmp_path: Path) -> None:
    assert read_sites(folder=tmp_path) == ()


def test_the_participants_live_in_their_programmes_database_with_logins_of_their_own() -> None:
    assert PARTICIPANT.database == PROGRAMME.database == "northmere_programme"
    assert (PARTICIPANT.owner, PARTICIPANT.app) == (
        "northmere_participant_owner",
        "northmere_participant_app",
    )


@pytest.mark.parametrize("name", ["", "a", "North", "-a", "a b", "../keys", "a" * 41, "x;drop"])
def test_a_name_that_could_not_be_a_file_or_a_database_is_refused(name: str) -> None:
    if not name:
        name = " "
    with pytest.raises(SitesError, match="cannot be the name of a site"):
        Site(name, Zone.PROGRAMME, "Northmere")


@pytest.mark.parametrize("port", [-1, 0, 65_536, 387_001])
def test_a_port_that_there_is_not_is_refused(port: int) -> None:
    with pytest.raises(SitesError, match=f"is {port}. Use one from 1 to 65535"):
        Site("northmere", Zone.PROGRAMME, "Northmere", port=port)


def test_a_title_with_control_characters_is_refused() -> None:
    with pytest.raises(SitesError, match="control characters"):
        Site("northmere", Zone.PROGRAMME, "North\x07mere")


@pytest.mark.parametrize(
    "text",
    [
        "site = 3",
        "[[site]]\nname='x'",
        "[[site]]\nzone='moon'",
        "][",
        "[[site]]\nzone='public'\nname='ab'\ncolour=1",
    ],
)
def test_a_spoilt_list_says_where_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "sites.toml").write_text(text)

    with pytest.raises(SitesError, match=r"sites\.toml is not a list of sites"):
        read_sites(folder=tmp_path)


def test_the_data_folder_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_DATA", "/srv/desist")

    assert data_folder() == Path("/srv/desist")
