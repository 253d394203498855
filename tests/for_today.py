"""The number beside "To do" in the menu, beside what To do itself shows."""

import re
from typing import Any

import lxml.html
from django.test import Client

from desist.wall.models import AuditEvent

#: the titles of what can be acted on today: the groups of lines, and the clients who can be called safely now
FOR_TODAY = {"Ring now", "Today", "Safe now"}


def shown(page: bytes) -> int:
    """Return how many lines of a first page can be acted on today, with the alerts to ring about that stand above them."""
    tree: Any = lxml.html.document_fromstring(page.decode())
    (main,) = tree.iter("main")
    number, title = len(main.find_class("desist-notice--danger")), ""
    for one in main.iter("h2", "li"):
        if one.tag == "h2":
            title = one.text_content().strip()
        elif title in FOR_TODAY and "desist-due" in one.classes:
            number += 1
    return number


def beside(page: bytes) -> int:
    """Return the number that the menu of a first page shows, 0 for none."""
    tree: Any = lxml.html.document_fromstring(page.decode())
    entry = next(one for one in tree.xpath("//ul[@id='desist-menu']//a") if one.get("href") == "/")
    found = re.search(r"(\d+) for today", entry.text_content())
    return int(found[1]) if found else 0


def numbers(browser: Client) -> tuple[int, int, int]:
    """Return the lines of the first page for today, the number in its menu, and the number that other pages ask for.

    Asking for it writes no event.
    """
    page = browser.get("/").content
    events = AuditEvent.objects.count()
    answer = browser.get("/home/waiting/")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer["Content-Type"] == "text/plain"
    assert AuditEvent.objects.count() == events
    return shown(page), beside(page), int(answer.content)
