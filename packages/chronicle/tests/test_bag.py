"""A bag shows every file that was altered, removed or added."""

from datetime import date
from pathlib import Path

import pytest

from desist_chronicle.bag import Fault, NotABagError, check, close, hash_file


def bag(folder: Path) -> Path:
    (folder / "data" / "originals").mkdir(parents=True)
    (folder / "data" / "chronology.csv").write_text("one")
    (folder / "data" / "originals" / "100% \n odd\u2028name.txt").write_bytes(b"x" * 3)
    close(folder=folder, bagged_on=date(2024, 9, 1), description="Course of\nconduct")
    return folder


def test_a_bag_that_nobody_touched_is_whole(tmp_path: Path) -> None:
    made = bag(tmp_path)

    assert check(folder=made) == []
    assert (made / "bag-info.txt").read_text() == (
        "Bagging-Date: 2024-09-01\nPayload-Oxum: 6.2\nExternal-Description: Course of conduct\n"
    )


def test_the_same_payload_makes_the_same_bag(tmp_path: Path) -> None:
    one, other = bag(tmp_path / "one"), bag(tmp_path / "other")

    assert hash_file(one / "tagmanifest-sha256.txt") == hash_file(other / "tagmanifest-sha256.txt")


@pytest.mark.parametrize("name", ["data/chronology.csv", "bag-info.txt", "manifest-sha256.txt", "bagit.txt"])
def test_an_altered_file_is_named(tmp_path: Path, name: str) -> None:
    made = bag(tmp_path)

    with (made / name).open("a") as file:
        file.write("\n")

    assert any(fault.path in {name, ""} for fault in check(folder=made))


def test_a_missing_and_an_added_file_are_named(tmp_path: Path) -> None:
    made = bag(tmp_path)
    (made / "data" / "chronology.csv").rename(made / "data" / "other.csv")

    assert check(folder=made) == [
        Fault("data/chronology.csv", "is missing"),
        Fault("data/other.csv", "is not listed"),
    ]


def test_a_manifest_that_points_outside_is_not_followed(tmp_path: Path) -> None:
    made = bag(tmp_path / "bag")
    (tmp_path / "secret").write_text("x")
    with (made / "manifest-sha256.txt").open("a") as manifest:
        manifest.write(f"{hash_file(tmp_path / 'secret')}  ../secret\n")

    assert Fault("../secret", "line 3 of manifest-sha256.txt points outside the bag") in check(folder=made)


def test_a_folder_that_is_no_bag_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotABagError, match=r"has no bagit\.txt"):
        check(folder=tmp_path)


@pytest.mark.parametrize("name", [b"data/\xff", b"data/\x00", b""])
def test_a_name_that_can_be_no_file_is_a_fault(tmp_path: Path, name: bytes) -> None:
    made = bag(tmp_path)
    with (made / "manifest-sha256.txt").open("ab") as manifest:
        manifest.write(b"ab  " + name + b"\n")

    assert len(check(folder=made)) == 2
