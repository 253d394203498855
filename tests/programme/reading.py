"""What a page says, without its markup."""

import html
import re
from typing import Any


def text(response: Any) -> str:
    """The words of a page on one line."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())
