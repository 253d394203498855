"""Logins of the embedded database: one random password each, one file each that only its owner may read."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from desist.privatefile import write_private


@dataclass(frozen=True)
class Login:
    """A database login and its password; the password stays out of printed forms."""

    name: str
    password: str = field(repr=False)


def login(*, folder: Path, name: str) -> Login:
    """The login `name`, with a password made on first use and kept in `folder`/`name`."""
    path = folder / name
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        write_private(path, secrets.token_urlsafe(24).encode())
    return Login(name, path.read_text("ascii"))
