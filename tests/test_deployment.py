"""What a process makes of the address of its database: nothing that it says is lost."""

import os
from datetime import date
from pathlib import Path

import pytest

from desist import deployment
from desist.keys import keyfile, sitekeys
from desist.privatefile import SettingError
from desist.sites import Zone


def database(monkeypatch: pytest.MonkeyPatch, address: str) -> dict[str, object]:
    """What Django is told of a programme's database at this address."""
    monkeypatch.delenv("DESIST_SITE", raising=False)
    monkeypatch.setenv("DESIST_PROGRAMME_DATABASE_URL", address)
    return deployment.database(Zone.PROGRAMME)


def test_an_address_names_the_server_the_login_and_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    told = database(monkeypatch, "postgresql://app:s%3Acret%2F@db.example:5433/north")

    named = {name: told[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert named == {
        "NAME": "north",
        "USER": "app",
        "PASSWORD": "s:cret/",
        "HOST": "db.example",
        "PORT": "5433",
    }
    assert told["OPTIONS"] == deployment.OPTIONS


def test_how_tls_is_checked_goes_on_to_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    told = database(
        monkeypatch, "postgresql://app:s@db.example/north?sslmode=verify-full&sslrootcert=/etc/desist/ca.pem"
    )

    assert told["OPTIONS"] == {
        **deployment.OPTIONS,
        "sslmode": "verify-full",
        "sslrootcert": "/etc/desist/ca.pem",
    }


def test_a_socket_can_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    told = database(monkeypatch, "postgresql://app:s@/north?host=/run/postgresql&port=5433")

    assert (told["HOST"], told["PORT"]) == ("/run/postgresql", "5433")


def test_an_address_that_cannot_be_read_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SettingError, match="cannot be read") as refused:
        database(monkeypatch, "postgresql://app:s3cret@db/x?sslmodus=s3cret")

    assert "s3cret" not in str(refused.value)


def test_a_file_of_an_address_that_is_not_private_is_a_setting_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DESIST_PROGRAMME_DATABASE_URL_FILE", str(tmp_path / "absent"))

    with pytest.raises(SettingError, match="DESIST_PROGRAMME_DATABASE_URL_FILE: The secret"):
        database(monkeypatch, "")


@pytest.mark.parametrize(
    ("security", "host", "port"),
    [("", "mail.example", 587), ("starttls", "mail.example", 587), ("tls", "mail.example", 465)]
    + [("plain", host, 25) for host in ("localhost", "127.0.0.1", "::1")],
)
def test_the_way_to_the_mail_server_has_its_usual_port(
    monkeypatch: pytest.MonkeyPatch, security: str, host: str, port: int
) -> None:
    monkeypatch.setenv("DESIST_EMAIL_HOST", host)
    monkeypatch.setenv("DESIST_EMAIL_SECURITY", security)

    server = deployment.mail_server()

    assert (server.host, server.port, server.security) == (host, port, security or "starttls")
    monkeypatch.setenv("DESIST_EMAIL_PORT", "2525")
    assert deployment.mail_server().port == 2525


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DESIST_EMAIL_SECURITY", "ssl", "Write starttls, tls, or plain"),
        ("DESIST_EMAIL_SECURITY", "plain", "mail.example is another machine"),
        ("DESIST_EMAIL_PORT", "mail", "Write a port, such as 587"),
        ("DESIST_EMAIL_CA_FILE", "/nowhere/authority.pem", "which cannot be read"),
    ],
)
def test_a_mail_server_that_cannot_be_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv("DESIST_EMAIL_HOST", "mail.example")
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingError, match=said):
        deployment.mail_server()


def test_what_keys_signed_that_others_may_know_is_accepted_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESIST_DATA", str(tmp_path))
    monkeypatch.setenv("DESIST_SITE", "north")
    day = date(2026, 3, 2)
    first = keyfile.create(folder=tmp_path, site="north", on=day)
    second = sitekeys.rotate(keys=first, on=day)
    keyfile.replace(folder=tmp_path, keys=second)
    both = deployment.secret_keys("north")
    keyfile.replace(folder=tmp_path, keys=sitekeys.rotate(keys=second, on=day, exposed=True))

    assert both == [second.current.django_secret, first.current.django_secret]
    assert not set(deployment.secret_keys("north")) & set(both)


def test_each_host_of_a_site_counts_its_requests_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    here = deployment.metrics_folder("northmere-programme")
    other = os.uname_result(("Linux", "web-b", *os.uname()[2:]))
    monkeypatch.setattr(os, "uname", lambda: other)

    there = deployment.metrics_folder("northmere-programme")

    assert there != here
    assert here not in there.parents
    assert there not in here.parents
