"""Files that only their owner may read: passwords and keys; and settings that such a file may hold."""

import os
import stat
from pathlib import Path


class SettingError(Exception):
    """A setting of the environment is wrong; the sentence names it and a right value."""


class SecretError(SettingError):
    """A file with a secret is missing, empty or not private; the message says what to do."""


def is_set(name: str) -> bool:
    """Whether the environment names a value, or the file of a value."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def secret(name: str) -> str | None:
    """The value of a variable, or the text of the private file that NAME_FILE names. Raises SecretError."""
    value, path = os.environ.get(name), os.environ.get(f"{name}_FILE")
    if value and path:
        raise SecretError(f"{name} and {name}_FILE are both set. Unset one of them.")
    if not path:
        return value or None
    try:
        return read_private(Path(path))
    except SecretError as error:
        raise SecretError(f"{name}_FILE: {error}") from None


def read_private(path: Path) -> str:
    """The text of a file that only its owner may read, or the group to which its owner gave it. Raises SecretError."""
    try:
        found = path.stat()
        text = path.read_text("utf-8").strip()
    except (OSError, ValueError):
        raise SecretError(f"The secret {path} cannot be read. Put it there, mode 0600.") from None
    # A file of root's that this process reads as a member of its group is private too: the process cannot change it.
    ours = found.st_uid == os.geteuid()
    if stat.S_IMODE(found.st_mode) & (0o077 if ours else 0o037):
        raise SecretError(
            f"Other users of this machine may read {path}. Take that right away: chmod {600 if ours else 440} {path}"
        )
    if not text:
        raise SecretError(f"The secret {path} is empty. Write it there, mode 0600.")
    return text


def write_private(path: Path, content: bytes) -> None:
    """Write a file of mode 0600, whole or not at all, through to the disk."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
