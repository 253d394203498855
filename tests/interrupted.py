"""Interruptions of a person who writes: a phone is turned on its side, the keyboard walks back, the idle lock falls.

Every zone's `pages.py` lists as WRITTEN the pages that are written in every day.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db.models import F
from playwright.sync_api import Locator, Page, ViewportSize, expect

from desist.accounts.models import SignIn

#: the narrowest phone that counts, on its side
ON_ITS_SIDE: ViewportSize = {"width": 568, "height": 320}
FIELDS = "main form[method=post] :is(textarea, input:not([type]), input[type=text]):visible"
BUTTON = "main form[method=post] button:visible:not(.chain-button, .moj-datepicker__toggle)"
#: words that any field takes
WORDS = "12"
#: steps back through a form
STEPS = 12
#: whether what has the focus is behind something else, such as a bar that stays in view
COVERED = """() => {
  const here = document.activeElement, { left, top, width, height } = here.getBoundingClientRect();
  const own = here.closest('.govuk-radios__item, .govuk-checkboxes__item, td, label') ?? here;
  const seen = [0.1, 0.5, 0.9].flatMap((across) => [0.1, 0.5, 0.9].map((down) =>
    document.elementFromPoint(left + width * across, top + height * down)));
  return seen.some((one) => one && (own.contains(one) || one.contains(here))) ? '' : here.id || here.textContent.trim();
}"""


def interrupted(page: Page, paths: Iterable[str], made: Mapping[str, str]) -> list[str]:
    """Return what goes wrong where someone begins to write on each of these pages and is interrupted.

    `made` holds the references for the letters of `paths`. The page's clock is installed, and a name is enough to unlock.
    """
    found: list[str] = []
    for path in paths:
        page.goto(f"/{path.format(**made)}")
        field = page.locator(FIELDS).first
        field.fill(WORDS)
        found += [f"{path} {one}" for one in (*turned(page), *locked(page, field))]
    return found


def turned(page: Page) -> list[str]:
    """Return what does not fit a phone on its side, or is hidden when the keyboard walks back through the form."""
    found = []
    if page.evaluate("document.documentElement.scrollWidth") > ON_ITS_SIDE["width"]:
        found.append("is wider than the window")
    page.locator(BUTTON).last.focus()
    for _ in range(STEPS):
        if hidden := page.evaluate(COVERED):
            found.append(f"hides {hidden}, which has the focus")
        page.keyboard.press("Shift+Tab")
    return found


def locked(page: Page, field: Locator) -> list[str]:
    """Return whether the idle lock took the words of a field."""
    SignIn.objects.update(last_seen_at=F("last_seen_at") - timedelta(minutes=16))
    page.clock.fast_forward("16:00")
    page.get_by_role("button", name="Continue as").click()
    expect(page.locator("dialog.desist-lock")).to_have_count(0)
    kept = field.input_value()
    return [] if kept == WORDS else [f"has {kept!r} after the lock"]
