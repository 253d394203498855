"""A secret is a setting, or the text of a private file that a setting names; never both, and never one that others read."""

from pathlib import Path

import pytest

from desist.privatefile import SecretError, is_set, read_private, secret

NAME = "DESIST_SOME_PASSWORD"


def kept(folder: Path, text: str, *, mode: int = 0o600) -> Path:
    path = folder / "secret"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_a_secret_is_the_setting_or_what_its_file_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert (secret(NAME), is_set(NAME)) == (None, False)

    monkeypatch.setenv(NAME, "of the mail server")
    assert (secret(NAME), is_set(NAME)) == ("of the mail server", True)

    monkeypatch.delenv(NAME)
    monkeypatch.setenv(f"{NAME}_FILE", str(kept(tmp_path, "of the mail server\n")))
    assert (secret(NAME), is_set(NAME)) == ("of the mail server", True)


def test_a_setting_and_its_file_are_not_both_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAME, "one")
    monkeypatch.setenv(f"{NAME}_FILE", str(kept(tmp_path, "another")))

    with pytest.raises(SecretError, match=f"{NAME} and {NAME}_FILE are both set. Unset one of them."):
        secret(NAME)


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [
        ("s3cret", 0o640, "chmod 600"),
        ("s3cret", 0o604, "chmod 600"),
        (" \n", 0o600, "is empty. Write it there"),
        ("", 0o600, "is empty. Write it there"),
    ],
)
def test_a_file_that_others_read_or_that_is_empty_is_refused_by_its_setting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, mode: int, said: str
) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(kept(tmp_path, text, mode=mode)))

    with pytest.raises(SecretError, match=said) as refused:
        secret(NAME)
    assert str(refused.value).startswith(f"{NAME}_FILE: ")
    assert "s3cret" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "absent"))

    with pytest.raises(SecretError, match=r"absent cannot be read\. Put it there, mode 0600\."):
        secret(NAME)


@pytest.mark.parametrize(("mode", "taken"), [(0o440, True), (0o400, True), (0o460, False), (0o444, False)])
def test_a_file_of_roots_may_be_read_by_the_group_of_the_service_and_by_nobody_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int, taken: bool
) -> None:
    path = kept(tmp_path, "s3cret", mode=mode)
    monkeypatch.setattr("os.geteuid", lambda: path.stat().st_uid + 1)

    if taken:
        assert read_private(path) == "s3cret"
    else:
        with pytest.raises(SecretError, match=f"chmod 440 {path}"):
            read_private(path)
