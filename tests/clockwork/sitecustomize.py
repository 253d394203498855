"""Read by every Python process that the tests start, before anything else: it is on the tests' day as well."""

import os
import sys
import time
from typing import Any

if shift := os.environ.get("DESIST_TESTS_SHIFT"):
    modules: dict[str, Any] = sys.modules
    modules["pytest"] = None  # which takes long to load, and is of no use in a process of its own
    import time_machine

    del modules["pytest"]
    time_machine.__doc__ = (
        "PYTEST_DONT_REWRITE"  # where the process is a pytest, which would warn that it cannot
    )
    time_machine.travel(time.time() + float(shift)).start()
    time.time()  # time goes on from here
