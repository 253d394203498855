"""Recording a leaving as staff do: look at the consequences, then confirm."""

import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

SHOWN = re.compile(r'name="confirm" value="([^"]*)"|value="([^"]*)" name="confirm"')


def confirmed(browser: Client, episode: str, form: Mapping[str, str]) -> Any:
    """Send a leaving, and confirm the page of consequences where there is one; return the last answer."""
    address = f"/leaving/{episode}/end/"
    asked = browser.post(address, form)
    shown = SHOWN.search(asked.content.decode())
    if shown is None:
        return asked
    return browser.post(address, {**form, "confirm": shown[1] or shown[2]}, follow=True)
