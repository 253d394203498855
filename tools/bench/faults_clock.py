"""Run as `python -m tools.bench.faults_clock FILE COMMAND ...`: a command of ours whose clock jumps by the hours in a file.

Every process that it forks follows the file by itself, so that all of them jump while they run. PostgreSQL does not.
"""

import os
import runpy
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

LOOK = 0.1  # seconds


def main() -> None:
    """Run the command."""
    place = Path(sys.argv.pop(1))
    os.register_at_fork(after_in_child=lambda: _follow(place))
    runpy.run_module("tools", run_name="__main__", alter_sys=True)


def _follow(place: Path) -> None:
    threading.Thread(target=_keep_following, args=[place], daemon=True).start()


def _keep_following(place: Path) -> None:
    now, jump = 0, None
    while True:
        wanted = int(place.read_text("ascii") or 0)
        if wanted != now:
            if jump is not None:
                jump.stop()
            now, jump = wanted, None
            if wanted:
                jump = time_machine.travel(datetime.now(UTC) + timedelta(hours=wanted), tick=True)
                jump.start()
        time.sleep(LOOK)


if __name__ == "__main__":
    main()
