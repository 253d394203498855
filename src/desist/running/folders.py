"""The folders of an installation: made for the user who runs it alone, or refused in a sentence."""

import os
import pwd
from pathlib import Path

#: what the data folder holds for its owner alone: logs, keys, messages, passwords of logins, heads of audits
PRIVATE = ("log", "keys", "mail", "passwords", "heads")


class NotWritable(Exception):
    """This user may not write where the data are to be; the sentence says where, and what to do."""


def make(folder: Path) -> tuple[str, ...]:
    """Make the data folder and what is missing in it, each of mode 0700; return what was made. Raises NotWritable."""
    made = []
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            folder.chmod(0o711)  # passed through, not listed: an embedded server may run as another user
            made.append(str(folder))
        _refuse_unwritable(folder)
        for path in (folder / name for name in PRIVATE):
            if not path.is_dir():
                path.mkdir()
                made.append(f"{path.name}/")
            if path.stat().st_uid == os.geteuid():
                path.chmod(0o700)
            _refuse_unwritable(path)
    except OSError as error:
        raise NotWritable(in_words(error)) from None
    return tuple(made)


def in_words(error: OSError) -> str:
    """What the system refused, with what to do."""
    return (
        f"{error.filename} cannot be written: {error.strerror}. Give another folder (--data DIR, or DESIST_DATA), or "
        f"make this one writable for {_named(os.geteuid())}, who runs this command."
    )


def _refuse_unwritable(path: Path) -> None:
    if not os.access(path, os.W_OK | os.X_OK, effective_ids=True):
        owner, who = _named(path.stat().st_uid), _named(os.geteuid())
        if owner == who:
            raise NotWritable(f"{path} cannot be written. Make it writable: chmod u+rwx {path}")
        raise NotWritable(
            f"{path} belongs to {owner}, and {who}, who runs this command, may not write in it. Run it as {owner}, or "
            f"hand the folder over: chown -R {who} {path}"
        )


def _named(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return f"user {user}"
