"""An environment of their own for the peers that a measurement compares with."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs


class EnvironmentFailedError(RuntimeError):
    """The peers could not be installed."""


def python_with(*, name: str, requirements: Sequence[str]) -> Path:
    """A Python that has the requirements: made on first use in the cache folder, made again when they change.

    Raises `EnvironmentFailedError` with the installer's last words.
    """
    folder = Path(platformdirs.user_cache_dir("desist")) / f"bench-{name}"
    python, stamp = folder / "bin" / "python", folder / "requirements.txt"
    wanted = "\n".join(requirements) + "\n"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    _install(["venv", "--quiet", "--clear", "--python", sys.executable, str(folder)])
    if requirements:
        _install(["pip", "install", "--quiet", "--python", str(python), *requirements])
    stamp.write_text(wanted)
    return python


def _install(arguments: Sequence[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "uv", *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise EnvironmentFailedError(f"the peers could not be installed; the installer's last words:\n{last}")
