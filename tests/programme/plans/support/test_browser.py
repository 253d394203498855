"""In a real browser: the page of an agency without an account fits a telephone, needs no script, and axe finds nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests import looking
from tests.programme import factories

from desist.answering import links
from desist.programme.episodes.models import Episode
from desist.programme.plans.support.models import SupportReferral

pytestmark = pytest.mark.browser


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.fixture
def keys(episode: Episode) -> tuple[str, str]:
    """The two codes of a link to a referral."""
    row: SupportReferral = factories.agency_link(episode=episode).referral
    row.news.create(said="asked", on=timezone.localdate(), words="Which day suits?", at=timezone.now())
    own, other, digest = links.fresh()
    now = timezone.now()
    row.links.update(digest=digest, made_at=now, until=now + timedelta(days=3))
    SupportReferral.objects.update(basis="consent", reach="Ring first", told="A-very-long-word-" * 12)
    return own, other


@pytest.mark.parametrize("size", [looking.PHONE, {"width": 1280, "height": 900}], ids=["narrow", "wide"])
def test_the_page_is_looked_at_before_and_after_the_code(
    keys: tuple[str, str], browser: Any, address: str, size: dict[str, int]
) -> None:
    own, other = keys
    context = browser.new_context(base_url=address, viewport=size, java_script_enabled=True)
    page, link = context.new_page(), f"/answers/{own}/"
    page.goto(link)
    found = looking.findings(page)
    looking.picture(page, f"answers-code-{size['width']}")
    page.get_by_label("Code", exact=True).fill(other)
    page.get_by_role("button", name="Show the referral").click()
    expect(page.locator("main")).to_contain_text("Which day suits?")
    found += looking.findings(page)
    looking.picture(page, f"answers-shown-{size['width']}")
    page.get_by_label("We do not accept it").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.locator("main")).to_contain_text("Say in a sentence what the service must know")
    found += looking.findings(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert found == []
    assert width <= size["width"]
