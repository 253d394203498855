"""A release has notes, is made from what is committed, and says what is in it: wheels, hashes, parts."""

import hashlib
import json
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.rules.code import ROOT

from tools.release import making
from tools.release.parts import LOCKED

CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n- A field.\n\n## 0.1.0\n\n- The first.\n"


def git(root: Path, *words: str) -> None:
    """Run git in a checkout, as a developer of that name."""
    command = ["git", "-c", "user.name=A Developer", "-c", "user.email=developer@example.org", *words]
    subprocess.run(command, cwd=root, capture_output=True, check=True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with version 0.2.0, whose notes are written."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "desist"\nversion = "0.2.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    (tmp_path / making.KEPT / "0.2.0").mkdir(parents=True)
    (tmp_path / making.KEPT / "0.2.0" / "police.dump.xz").touch()
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Everything")
    return tmp_path


def rewritten(checkout: Path, before: str, after: str) -> None:
    path = checkout / "CHANGELOG.md"
    path.write_text(path.read_text().replace(before, after))
    git(checkout, "commit", "--quiet", "-am", "Notes")


def test_a_version_with_notes_is_released_from_what_is_committed(checkout: Path) -> None:
    making.refuse(checkout)

    assert making.notes(CHANGELOG, "0.2.0") == "### Added\n- A field."
    assert making.notes(CHANGELOG, "0.1.0") == "- The first."
    assert making.notes(CHANGELOG, "Unreleased") == making.notes(CHANGELOG, "0.2") == ""


def test_what_is_not_committed_is_not_released(checkout: Path) -> None:
    (checkout / "new.py").touch()

    with pytest.raises(making.NotReleased, match="Not everything is committed"):
        making.refuse(checkout)


def test_a_version_without_notes_is_not_released(checkout: Path) -> None:
    rewritten(checkout, "### Added\n- A field.\n", "")

    with pytest.raises(making.NotReleased, match=r"no notes for 0\.2\.0\. Write them below"):
        making.refuse(checkout)


def test_notes_of_no_version_are_not_left_behind(checkout: Path) -> None:
    rewritten(checkout, "## Unreleased\n", "## Unreleased\n- A page.\n")

    with pytest.raises(making.NotReleased, match=r"Move them below `## 0\.2\.0 - DAY`"):
        making.refuse(checkout)


def test_a_version_is_released_from_one_commit_alone(checkout: Path) -> None:
    git(checkout, "tag", "v0.2.0")
    making.refuse(checkout)
    rewritten(checkout, "A field", "Two fields")

    with pytest.raises(making.NotReleased, match=r"0\.2\.0 was released from another commit"):
        making.refuse(checkout)


def test_a_version_whose_area_is_not_kept_is_not_released(checkout: Path) -> None:
    git(checkout, "rm", "--quiet", "-r", making.KEPT)
    git(checkout, "commit", "--quiet", "-m", "No area")

    with pytest.raises(making.NotReleased, match=r"has no area of 0\.2\.0"):
        making.refuse(checkout)


def test_every_reason_is_told_at_once(checkout: Path) -> None:
    rewritten(checkout, "## 0.2.0 - 2026-12-01\n\n### Added", "### Added")
    (checkout / "new.py").touch()

    with pytest.raises(making.NotReleased) as refused:
        making.refuse(checkout)
    assert len(str(refused.value).splitlines()) == 3


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release of this checkout."""
    folder = tmp_path_factory.mktemp("release")
    making.make(ROOT, folder)
    return folder


@pytest.mark.slow
def test_a_release_is_three_wheels_what_they_need_the_files_of_deploy_the_parts_and_the_hashes(
    released: Path,
) -> None:
    version = making.version_of(ROOT)
    names = {path.name for path in released.iterdir()}

    assert names == {
        f"desist-{version}-py3-none-any.whl",
        "desist_chronicle-0.1.0-py3-none-any.whl",
        "desist_evaluation-0.1.0-py3-none-any.whl",
        "requirements.txt",
        f"desist-{version}-deploy.tar.gz",
        f"desist-{version}.cdx.json",
        "SHA256SUMS",
    }
    wheel = zipfile.ZipFile(released / f"desist-{version}-py3-none-any.whl")
    assert "desist/ui/vendor/govuk-frontend.min.css" in wheel.namelist()


@pytest.mark.slow
def test_the_hashes_are_those_of_all_other_files(released: Path) -> None:
    lines = (released / "SHA256SUMS").read_text("ascii").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}

    assert told == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in released.iterdir()
        if path.name != "SHA256SUMS"
    }


def of_the_image() -> list[str]:
    """Return the commands by which the image is built from a release, without what the network gives."""
    text = (ROOT / "deploy" / "Containerfile").read_text("utf-8").replace("\\\n", "")
    build = text.split("\nFROM ")[1]
    commands = [one.strip() for line in re.findall(r"^RUN (.+)$", build, re.M) for one in line.split("&&")]
    return [one for one in commands if "--require-hashes" not in one]


@pytest.mark.slow
def test_the_commands_of_the_image_make_a_desist_of_a_release(released: Path, tmp_path: Path) -> None:
    commands = of_the_image()
    assert len(commands) == 3
    for command in commands:
        here = command.replace("/opt/desist", str(tmp_path)).replace("python ", f"{sys.executable} ", 1)
        subprocess.run(["/bin/sh", "-c", here], cwd=released, check=True, capture_output=True)
    others = next((tmp_path / "lib").glob("python*/site-packages")) / "others.pth"
    others.write_text(sysconfig.get_path("purelib") + "\n")

    said = subprocess.run(
        [tmp_path / "bin" / "desist", "--help"], capture_output=True, text=True, check=False
    )

    assert said.returncode == 0, said.stderr
    assert "migrate" in said.stdout


@pytest.mark.slow
def test_the_list_of_parts_names_every_locked_requirement_and_what_the_build_fetches(released: Path) -> None:
    told: dict[str, Any] = json.loads(next(released.glob("*.cdx.json")).read_text("utf-8"))
    places = {part["purl"] for part in told["components"]}
    locked = {
        f"pkg:pypi/{name}@{version}"
        for name, version in LOCKED.findall((ROOT / "requirements.txt").read_text())
    }

    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    assert told["metadata"]["component"]["name"] == "desist"
    assert len(locked) > 50
    assert locked <= places
    assert {place.partition("@")[0] for place in places - locked if place.startswith("pkg:pypi")} == {
        "pkg:pypi/desist-chronicle",
        "pkg:pypi/desist-evaluation",
    }
    assert [place for place in places if place.startswith("pkg:npm/govuk-frontend@")]
    assert [part["name"] for part in told["components"] if not part.get("licenses")] == [
        "colorama"
    ]  # for Windows


@pytest.mark.slow
def test_the_same_commit_gives_the_same_files(released: Path, tmp_path: Path) -> None:
    making.make(ROOT, tmp_path)

    assert (tmp_path / "SHA256SUMS").read_bytes() == (released / "SHA256SUMS").read_bytes()


@pytest.mark.slow
def test_a_folder_with_files_is_not_released_into(released: Path) -> None:
    with pytest.raises(making.NotReleased, match="is not empty"):
        making.make(ROOT, released)
