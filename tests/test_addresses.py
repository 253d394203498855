"""Where sites are found: each by a variable of its own, a zone's only where it can mean no other, and never the same place."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist import addresses
from desist.sites import Site, Zone

PROGRAMME = Site("northmere-programme", Zone.PROGRAMME, "Northmere service", 8701)
NORTH = Site("northmere-police", Zone.PARTNERSHIP, "Northmere Police", 8702)
SOUTH = Site("southmere-police", Zone.PARTNERSHIP, "Southmere Police", 8703)
PHONE = Site("northmere-participant", Zone.PARTICIPANT, "Sessions", 8704, shares=PROGRAMME.name)
PUBLIC = Site("northmere-public", Zone.PUBLIC, "Northmere", 8705)
LISTED = (PROGRAMME, NORTH, SOUTH)
URL = "postgresql://app:s3cret@db.example/"


def everything_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for site in LISTED:
        monkeypatch.setenv(addresses.variable(site), URL + site.database)
        monkeypatch.setenv(addresses.courier_variable(site), URL + site.database)


def test_a_zones_variable_speaks_of_its_only_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_PROGRAMME_DATABASE_URL", URL + "programme")

    assert addresses.given(PROGRAMME, listed=LISTED) == URL + "programme"
    assert addresses.in_use(PROGRAMME, listed=LISTED) == "DESIST_PROGRAMME_DATABASE_URL"


def test_a_zones_variable_that_could_mean_two_sites_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_PARTNERSHIP_DATABASE_URL", URL + "police")

    assert addresses.given(NORTH, listed=LISTED) is None
    with pytest.raises(addresses.AddressError) as refused:
        addresses.check(LISTED)
    assert "DESIST_PARTNERSHIP_DATABASE_URL could mean 2 sites." in str(refused.value)
    assert "DESIST_NORTHMERE_POLICE_DATABASE_URL, DESIST_SOUTHMERE_POLICE_DATABASE_URL" in str(refused.value)


def test_with_an_address_for_every_site_nothing_is_embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    everything_elsewhere(monkeypatch)

    addresses.check((*LISTED, PUBLIC))

    assert addresses.embedded((*LISTED, PUBLIC)) == []


def test_a_mixed_set_embeds_what_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    everything_elsewhere(monkeypatch)
    monkeypatch.delenv(addresses.variable(SOUTH))

    addresses.check(LISTED)

    assert addresses.embedded(LISTED) == [SOUTH]


def test_two_sites_in_one_database_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    everything_elsewhere(monkeypatch)
    monkeypatch.setenv(addresses.variable(SOUTH), URL + NORTH.database)

    with pytest.raises(addresses.AddressError, match="southmere-police and northmere-police name the same"):
        addresses.check(LISTED)


def test_a_site_the_courier_cannot_reach_is_refused_unless_there_is_nobody_to_write_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(addresses.variable(PROGRAMME), URL + "programme")

    addresses.check([PROGRAMME])
    with pytest.raises(addresses.AddressError, match="DESIST_COURIER_NORTHMERE_PROGRAMME_DATABASE_URL="):
        addresses.check(LISTED)


def test_two_sites_on_two_sockets_are_no_one_database(monkeypatch: pytest.MonkeyPatch) -> None:
    everything_elsewhere(monkeypatch)
    monkeypatch.setenv(addresses.variable(NORTH), "postgresql://app:s3cret@/police?host=/run/north")
    monkeypatch.setenv(addresses.variable(SOUTH), "postgresql://app:s3cret@/police?host=/run/south")
    addresses.check(LISTED)

    monkeypatch.setenv(addresses.variable(SOUTH), "postgresql://app:s3cret@/police?host=/run/north")
    with pytest.raises(addresses.AddressError, match="southmere-police and northmere-police name the same"):
        addresses.check(LISTED)


UNREADABLE = [
    "mysql://app:s3cret@db/x",
    "postgresql://app:s3cret@db",
    "s3cret",
    "postgresql://app:s3cret%@db/x",
    "postgresql://app:s3cret@db/x?sslmodus=s3cret",
]


@pytest.mark.parametrize("address", UNREADABLE)
def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    everything_elsewhere(monkeypatch)
    monkeypatch.setenv(addresses.variable(PROGRAMME), address)

    with pytest.raises(addresses.AddressError, match="of northmere-programme cannot be read") as refused:
        addresses.check(LISTED)

    assert "s3cret" not in str(refused.value)


def test_the_participants_pages_follow_the_database_they_live_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(addresses.variable(PROGRAMME), URL + "programme")

    with pytest.raises(addresses.AddressError, match="DESIST_NORTHMERE_PARTICIPANT_DATABASE_URL too"):
        addresses.check([PROGRAMME, PHONE])
    monkeypatch.setenv(addresses.variable(PHONE), URL + "programme")
    addresses.check([PROGRAMME, PHONE])


def test_hosts_are_those_of_the_environment_else_local_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    local = addresses.hosts(SOUTH, listed=LISTED)
    monkeypatch.setenv("DESIST_SOUTHMERE_POLICE_HOSTS", "south.example, www.south.example")

    assert local == ["southmere-police.localhost"]
    assert addresses.hosts(SOUTH, listed=LISTED) == ["south.example", "www.south.example"]
    assert addresses.hosts(NORTH, listed=LISTED) == ["partnership.localhost"]


@given(st.lists(st.sampled_from(list(Zone)), max_size=12))
def test_no_two_sites_share_a_local_name(zones: list[Zone]) -> None:
    listed = [Site(f"site-{number}", zone, "Some site") for number, zone in enumerate(zones)]

    names = [addresses.host(site, listed=listed) for site in listed]

    assert len(set(names)) == len(listed)


def in_a_file(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.touch(0o600)
    path.write_text(text + "\n")
    return str(path)


def test_an_address_may_lie_in_a_private_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    everything_elsewhere(monkeypatch)
    monkeypatch.delenv(addresses.variable(NORTH))
    monkeypatch.delenv(addresses.courier_variable(NORTH))
    monkeypatch.setenv(f"{addresses.variable(NORTH)}_FILE", in_a_file(tmp_path, "app", URL + "north"))
    monkeypatch.setenv(
        f"{addresses.courier_variable(NORTH)}_FILE", in_a_file(tmp_path, "courier", URL + "north")
    )

    addresses.check(LISTED)

    assert addresses.given(NORTH, listed=LISTED) == URL + "north"
    assert addresses.in_use(NORTH, listed=LISTED) == addresses.variable(NORTH)


def test_files_of_addresses_are_refused_all_at_once_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    everything_elsewhere(monkeypatch)
    read = in_a_file(tmp_path, "app", URL + "north")
    Path(read).chmod(0o644)
    monkeypatch.setenv(f"{addresses.variable(NORTH)}_FILE", read)
    monkeypatch.setenv(f"{addresses.courier_variable(SOUTH)}_FILE", read)
    monkeypatch.delenv(addresses.courier_variable(SOUTH))

    with pytest.raises(addresses.AddressError) as refused:
        addresses.check(LISTED)

    assert "DESIST_NORTHMERE_POLICE_DATABASE_URL_FILE are both set" in str(refused.value)
    assert "DESIST_COURIER_SOUTHMERE_POLICE_DATABASE_URL_FILE: Other users" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_a_zones_file_that_could_mean_two_sites_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DESIST_PARTNERSHIP_DATABASE_URL_FILE", in_a_file(tmp_path, "app", URL + "police"))

    with pytest.raises(addresses.AddressError, match="could mean 2 sites"):
        addresses.check(LISTED)


def test_the_file_of_another_sites_address_is_foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESIST_NORTHMERE_POLICE_DATABASE_URL_FILE", "/etc/desist/secrets/north")
    monkeypatch.setenv("DESIST_SOUTHMERE_POLICE_BACKUP_URL_FILE", "/etc/desist/secrets/south")

    assert addresses.foreign(addresses.own(NORTH)) == {"DESIST_SOUTHMERE_POLICE_BACKUP_URL_FILE"}


SERVED = Site(
    "northmere-programme",
    Zone.PROGRAMME,
    "Northmere service",
    8701,
    host="programme.northmere.example",
    server="postgresql://db.internal:5433?sslmode=verify-full",
)


def test_a_server_of_the_entry_is_the_address_until_a_variable_says_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = "postgresql://db.internal:5433/northmere_programme?sslmode=verify-full"

    assert addresses.given(SERVED, listed=[SERVED]) == address
    assert addresses.embedded([SERVED]) == []
    addresses.check([SERVED, NORTH])  # the courier finds its way by the entry, too

    monkeypatch.setenv("DESIST_PROGRAMME_DATABASE_URL", URL + "elsewhere")
    assert addresses.given(SERVED, listed=[SERVED]) == URL + "elsewhere"


def test_a_socket_names_the_server_as_well() -> None:
    local = replace(SERVED, server="postgresql://?host=/run/postgresql")

    assert addresses.read(local, addresses.at_server(local) or "") == {
        "dbname": "northmere_programme",
        "host": "/run/postgresql",
    }


def test_an_address_without_a_login_means_the_one_of_the_process_with_its_own_password(
    tmp_path: Path,
) -> None:
    (tmp_path / "passwords").mkdir()
    (tmp_path / "passwords" / SERVED.app).write_text("of the app")
    address = addresses.read(SERVED, addresses.at_server(SERVED) or "")

    told = addresses.with_login(address, login=SERVED.app, folder=tmp_path)
    unknown = addresses.with_login(address, login=SERVED.owner, folder=tmp_path)
    named = addresses.with_login({"user": "ada", "password": "hers"}, login=SERVED.app, folder=tmp_path)

    assert (told["user"], told["password"], told["sslmode"]) == (SERVED.app, "of the app", "verify-full")
    assert unknown == {**address, "user": SERVED.owner}
    assert named == {"user": "ada", "password": "hers"}


def test_a_browser_finds_a_site_by_tls_at_its_name_or_at_its_port_on_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert addresses.origin(SERVED, listed=[SERVED]) == "https://programme.northmere.example/"
    assert addresses.origin(NORTH, listed=[NORTH]) == "http://partnership.localhost:8702/"

    monkeypatch.setenv("DESIST_HOSTS", "police.northmere.example, old.northmere.example")
    assert addresses.origin(NORTH, listed=[NORTH]) == "https://police.northmere.example/"
