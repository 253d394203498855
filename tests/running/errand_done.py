"""An errand that leaves a mark with the login it had."""

import os
from pathlib import Path


def main() -> None:
    """Leave the mark."""
    Path(os.environ["DESIST_DATA"], f"done-{os.environ['DESIST_SITE']}").write_text(
        os.environ["DESIST_LOGIN"]
    )
