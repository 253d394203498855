"""Python reads this before anything else in every process that the tests start: it sets the tests' day there too."""

import os
import sys
import time
from typing import Any

if shift := os.environ.get("DESIST_TESTS_SHIFT"):
    modules: dict[str, Any] = sys.modules
    modules["pytest"] = None  # it takes long to load and is of no use in a process of its own
    import time_machine

    del modules["pytest"]
    time_machine.__doc__ = (
        "PYTEST_DONT_REWRITE"  # where the process is a pytest run, which would warn about it
    )
    time_machine.travel(time.time() + float(shift)).start()
    time.time()  # time goes on from here
