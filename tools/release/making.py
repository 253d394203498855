"""Making a release into a folder, from a checkout in which everything is committed and has its notes."""

import hashlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tools.release.parts import listing

#: what each wheel is built from, below the checkout
DISTRIBUTIONS = (".", "packages/chronicle", "packages/evaluation")
SUMS = "SHA256SUMS"
#: where the area of each version is kept, with which later versions are tested
KEPT = "tests/upgrades"


class NotReleased(Exception):
    """The checkout is not what a release is made from; every sentence says what to do."""


def version_of(root: Path) -> str:
    """Return the version that pyproject.toml says."""
    version: str = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return version


def notes(changelog: str, version: str) -> str:
    """Return the notes of a version; "" where there are none."""
    found = re.search(rf"^## \[?{re.escape(version)}\]?(?: [^\n]*)?$(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    return found[1].strip() if found else ""


def refuse(root: Path) -> None:
    """Raise NotReleased with every reason why no release can be made from this checkout."""
    if reasons := list(_reasons(root)):
        raise NotReleased("\n".join(reasons))


def _reasons(root: Path) -> Iterator[str]:
    version = version_of(root)
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    if _git(root, "status", "--porcelain", "--untracked-files=all"):
        yield "Not everything is committed: `git status` says what. Commit it or put it away, then release."
    if not notes(changelog, version):
        yield f"CHANGELOG.md has no notes for {version}. Write them below `## {version} - DAY`."
    if notes(changelog, "Unreleased"):
        yield f"CHANGELOG.md has notes below `## Unreleased`. Move them below `## {version} - DAY`."
    if not (root / KEPT / version).is_dir():
        yield f"{KEPT} has no area of {version}. Run `.venv/bin/python -m tests.upgrades.make`, and commit it."
    if (tagged := _git(root, "tag", "--list", f"v{version}")) and _git(root, "tag", "--points-at") != tagged:
        yield f"{version} was released from another commit. Raise the version in pyproject.toml."


def make(root: Path, into: Path, *, done: Callable[[str], None] = lambda _: None) -> None:
    """Build everything of a release into a new folder; `done` is called with the name of each file."""
    if into.exists() and any(into.iterdir()):
        raise NotReleased(f"{into} is not empty. Name another folder, or remove what is in it.")
    into.mkdir(parents=True, exist_ok=True)
    for place in DISTRIBUTIONS:
        _wheel(root / place, into)
    (into / "requirements.txt").write_bytes((root / "requirements.txt").read_bytes())
    version = version_of(root)
    at = datetime.fromtimestamp(int(_git(root, "log", "-1", "--format=%ct")), UTC)
    (into / f"desist-{version}-deploy.tar.gz").write_bytes(_packed(root, "deploy"))
    parts = listing(root=root, version=version, wheels=list(into.glob("*.whl")), at=at)
    (into / f"desist-{version}.cdx.json").write_text(parts, "utf-8")
    files = sorted(into.iterdir())
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (into / SUMS).write_text("".join(sums), "ascii")
    for path in (*files, into / SUMS):
        done(path.name)


def _wheel(folder: Path, into: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if built.returncode:
        raise NotReleased(f"The wheel of {folder} was not built: {built.stderr.strip()}")


def _packed(root: Path, folder: str) -> bytes:
    """Return a folder of the last commit as an archive, the same each time."""
    command = ["git", "archive", "--format=tar.gz", "HEAD", folder]
    return subprocess.run(command, cwd=root, capture_output=True, check=True).stdout


def _git(root: Path, *words: str) -> str:
    command = ["git", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.strip()
