"""The text of a page, without its markup."""

import html
import re
from typing import Any


def text(response: Any) -> str:
    """Return the words of a page on one line."""
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", response.content.decode())).split())


def button(response: Any, name: str) -> str:
    """Return the value that the button of this name sends; "" where there is none."""
    found = re.search(f'<button[^>]*name="{name}"[^>]*>', response.content.decode())
    value = re.search('value="([^"]*)"', found[0]) if found else None
    return value[1] if value else ""
