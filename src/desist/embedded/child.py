"""Run as a script: give up root if asked, die with the parent, then become another program.

    python child.py PARENT_PID direct|nobody|namespace PROGRAM [ARGUMENT ...]

PostgreSQL refuses to run as root. `nobody` changes the user; `namespace` stays root outside but is nobody
inside a user namespace of its own, for binaries or data that only root may reach. A script of its own, because
code between fork and exec in a process with threads may hang.
"""

import ctypes
import os
import pwd
import signal
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
NOBODY = 65534


def become_nobody() -> None:
    """Change to the user nobody, without any of root's groups."""
    nobody = pwd.getpwnam("nobody")
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)


def enter_namespace() -> None:
    """Enter a user namespace in which today's user is called nobody."""
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "this system allows no user namespaces")
    Path("/proc/self/setgroups").write_text("deny", "ascii")
    Path("/proc/self/uid_map").write_text(f"{NOBODY} {user} 1", "ascii")
    Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1", "ascii")


def die_with(parent: int) -> None:
    """Ask the kernel for a fast shutdown of this process when the one that started it is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:
            raise SystemExit(1)


def main() -> None:
    """Change the user first: the kernel forgets the parent's death signal when the user changes."""
    _, parent, mode, *command = sys.argv
    os.umask(0o077)
    if mode == "nobody":
        become_nobody()
    elif mode == "namespace":
        enter_namespace()
    die_with(int(parent))
    os.execv(command[0], command)  # noqa: S606 - the whole purpose of this script


if __name__ == "__main__":
    main()
