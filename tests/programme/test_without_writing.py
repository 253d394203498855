"""People on duty read the few facts that keep a person safe while nothing can be written, and every look is kept."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db.models import F
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from tests import staff
from tests.programme import factories
from tests.programme.reading import text
from tests.unwritten import FAULTS, join, reserve, unwritten

from desist import deployment
from desist.accounts.models import SignIn
from desist.programme.episodes.models import Episode
from desist.programme.sessions.models import Session
from desist.wall import journal, policy
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

SITE = "northmere-programme"
BANNER = "Desist can read but not write since"


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: a failed statement must not spoil the test's own transaction."""


@pytest.fixture
def kit_browser(signed_in: Callable[..., Client]) -> Client:
    """Kit's browser, which gets a page for a fault."""
    browser = signed_in()
    browser.raise_request_exception = False
    return browser


@pytest.fixture
def pages(episode: Episode) -> dict[str, str]:
    """Each named route, and its address for Robin."""
    reserve()
    return {
        "episodes:episodes": "/episodes/",
        "episodes:episode": f"/episodes/{episode.ref}/",
        **{
            name: reverse(name, args=[episode.ref])
            for name in ("circumstances:person", "circumstances:self-harm", "circumstances:family")
        },
        "risk:risk": reverse("risk:risk", args=[episode.ref]),
        "orders:orders": reverse("orders:orders", args=[episode.ref]),
        "duty:numbers": "/duty/",
    }


def kept() -> list[journal.Event]:
    path = deployment.journal_folder(SITE) / journal.NAME
    return list(journal.contents(path, keys=deployment.journal_keys(SITE), site=SITE).events)


def looks() -> list[tuple[str, str, str]]:
    """Every look in the audit: who, what and which row."""
    return list(
        AuditEvent.objects.exclude(action="audit.join_journal")
        .order_by("pk")
        .values_list("who", "action", "row")
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_named_pages_are_read_and_each_look_is_in_the_audit_once(
    kit_browser: Client, pages: dict[str, str], server: Any, fault: str
) -> None:
    assert set(pages) == policy.without_writing()
    before = looks()
    with unwritten(fault, server):
        for address in pages.values():
            answer = kit_browser.get(address)
            assert (answer.status_code, BANNER in text(answer)) == (200, True), address
        waiting = [(event.who, event.action, event.row) for event in kept()]
    assert looks() == before

    assert join() == len(waiting) >= len(pages)
    assert looks() == [*before, *waiting]
    assert join() == 0
    assert looks() == [*before, *waiting]
    assert BANNER not in text(kit_browser.get(pages["episodes:episodes"]))


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Every route of the zone, and the names in its address."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield f"{space}:{one.name}", dict(one.pattern.converters)
        else:
            yield from routes(one, one.namespace or space)


def words(answer: Any) -> str:
    """What an answer says: of a workbook every part."""
    if not answer.content.startswith(b"PK"):
        return text(answer)
    with ZipFile(BytesIO(answer.content)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist())


@pytest.mark.parametrize("role", [Role.MANAGER])
def test_no_other_page_shows_anything(
    signed_in: Callable[..., Client], pages: dict[str, str], session: Session, server: Any, role: Role
) -> None:
    browser = signed_in(role=role)
    browser.raise_request_exception = False
    person = session.episode.referral.family_name
    asked = 0
    with unwritten("standby", server):
        for route, names in routes():
            for ref in (session.episode.ref, session.ref, session.episode.referral.ref):
                if route in pages or route in policy.open_routes():
                    continue
                with suppress(NoReverseMatch):  # an address of another kind of row
                    answer = browser.get(reverse(route, kwargs=dict.fromkeys(names, ref)))
                    asked += 1
                    assert answer.status_code != 200 or person not in words(answer), route
        assert kept() == []
    assert asked > 100


@pytest.mark.parametrize("fault", FAULTS)
def test_without_a_journal_nothing_is_shown(
    kit_browser: Client, pages: dict[str, str], server: Any, fault: str
) -> None:
    (deployment.journal_folder(SITE) / journal.NAME).unlink()
    with unwritten(fault, server):
        answers = [kit_browser.get(address) for address in pages.values()]

    assert {answer.status_code for answer in answers} == {503}
    assert "Nothing can be opened, because it cannot be recorded" in text(answers[1])
    assert not any("Robin" in text(answer) for answer in answers)


def test_who_may_see_what_is_decided_as_ever_and_a_refusal_is_kept(
    signed_in: Callable[..., Client], pages: dict[str, str], server: Any
) -> None:
    other = signed_in(account=staff.account(name="Alex Moss"))
    other.raise_request_exception = False
    with unwritten("standby", server):
        answers = [other.get(pages[route]) for route in ("episodes:episode", "risk:risk", "orders:orders")]
        unknown = other.get("/episodes/zzzzzz/")
        refused = [(event.allowed, event.reason) for event in kept()]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert {answer.content for answer in answers} == {unknown.content}
    assert refused == [(False, "not found")] * 4
    assert join() == 4


def test_the_first_page_leads_to_where_people_can_be_read(
    kit_browser: Client, pages: dict[str, str], server: Any
) -> None:
    with unwritten("standby", server):
        answer = kit_browser.get("/", follow=True)

    assert answer.redirect_chain == [("/episodes/", 302)]
    assert "Robin Example" in text(answer)


def test_nothing_is_saved_and_typed_words_come_back(
    kit_browser: Client, pages: dict[str, str], session: Session, server: Any
) -> None:
    form = {"form_version": "1", "form_submission": "once", "work_done": "Words of today"}
    with unwritten("standby", server):
        answer = kit_browser.post(f"/sessions/{session.ref}/record/", form)

    assert answer.status_code == 503
    assert "Words of today" in text(answer)
    assert "The database can only be read" in text(answer)
    assert kept() == []


def test_a_busy_session_is_not_locked_while_nothing_can_be_written(
    kit_browser: Client, pages: dict[str, str], server: Any
) -> None:
    SignIn.objects.update(last_seen_at=F("last_seen_at") - timedelta(minutes=10))
    with unwritten("standby", server):
        assert kit_browser.get(pages["risk:risk"]).status_code == 200
        carried = kit_browser.cookies["sessionid_seen"].value
    SignIn.objects.update(last_seen_at=F("last_seen_at") - timedelta(minutes=10))
    with unwritten("standby", server):
        assert kit_browser.get(pages["risk:risk"]).status_code == 200
        kit_browser.cookies["sessionid_seen"] = "forged"
        assert kit_browser.get(pages["risk:risk"]).status_code == 401
        other = SignIn.objects.get()
        assert other.last_seen_at < other.began_at
    stranger = staff.browser(account=factories.account(name="Alex Moss"), role=Role.PRACTITIONER)
    SignIn.objects.update(last_seen_at=F("last_seen_at") - timedelta(minutes=20))
    stranger.cookies["sessionid_seen"] = carried
    assert stranger.get(pages["risk:risk"]).status_code == 401
