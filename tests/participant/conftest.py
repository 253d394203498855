"""The person's own pages, over the programme's rows; the app login of the tests may call what their login may."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import global_settings
from django.test import Client, override_settings
from tests import staff
from tests.database import APP, USED
from tests.programme import factories

from desist.accounts.models import Account
from desist.participant.settings import CONTENT_SECURITY_POLICY
from desist.phones import SIGNATURES
from desist.programme.episodes.models import Episode
from desist.programme.phones.commands import digest
from desist.programme.phones.models import Phone
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.sites import Zone
from desist.ui.settings import MIDDLEWARE_FIRST, templates
from desist.wall import policy
from desist.wall.actors import Role
from desist.zones import base
from desist.zones import tests as kept

#: what the pages of this zone have otherwise
OTHERWISE = (
    *("MIDDLEWARE", "TEMPLATES", "CONTENT_SECURITY_POLICY", "CSRF_FAILURE_VIEW", "SESSION_COOKIE_NAME"),
    *("CSRF_COOKIE_NAME", "DESIST_DEVICE_COOKIE", "DESIST_SITE_NAME", "DESIST_ZONE"),
)
CODE, PIN = "k7f2m9pxacde", "258147"


@pytest.fixture(scope="session")
def may_call(django_db_setup: None, server: Any) -> None:
    with server.connect(USED) as superuser:
        for signature in SIGNATURES:
            superuser.execute(f"GRANT EXECUTE ON FUNCTION {signature} TO {APP}")


@pytest.fixture(scope="module", autouse=True)
def pages() -> Iterator[None]:
    with override_settings(
        DESIST_ZONE="participant",
        DESIST_SITE_NAME="My week",
        ROOT_URLCONF="desist.zones.participant_urls",
        MIDDLEWARE=[
            *MIDDLEWARE_FIRST,
            "django.middleware.common.CommonMiddleware",
            "desist.participant.here.here",
            "desist.ui.csrf.CsrfMiddleware",
        ],
        TEMPLATES=templates(base.SOURCE / "participant" / "templates"),
        CONTENT_SECURITY_POLICY=CONTENT_SECURITY_POLICY,
        CSRF_FAILURE_VIEW="desist.participant.entrance.stale_form",
        SESSION_COOKIE_NAME="sitting",
        CSRF_COOKIE_NAME="form",
        DESIST_DEVICE_COOKIE="phone",
    ):
        yield


@contextmanager
def programme() -> Iterator[None]:
    """The programme's own pages, for as long as the block lasts."""
    said = {name: getattr(kept, name, getattr(global_settings, name, "")) for name in OTHERWISE}
    said |= {
        "ROOT_URLCONF": "desist.zones.programme_urls",
        "DESIST_NAVIGATION": "desist.programme.navigation.navigation",
        "DESIST_POLICIES": base.policies(Zone.PROGRAMME),
        "DESIST_OWN_CASES": base.OWN_CASES[Zone.PROGRAMME],
    }
    with override_settings(**said):
        policy.forget()
        yield
    policy.forget()


@contextmanager
def as_staff(episode: Episode) -> Iterator[Client]:
    """The person's practitioner at their own pages, for as long as the block lasts."""
    with programme():
        account = Account.objects.get(name__startswith=f"{episode.referral.given_names}ella")
        yield staff.browser(account=account, role=Role.PRACTITIONER)


def on_the_programme(given: str, family: str) -> Episode:
    """A person with a practitioner, who may use a phone."""
    account = staff.account(name=f"{given}ella Wintergreen-Thorpe")
    practitioner = factories.practitioner(account=account)
    referral = factories.referral(given_names=given, family_name=family)
    episode = factories.episode(referral=referral, practitioner=practitioner)
    BetweenSessions.objects.create(
        episode=episode, place=f"{given}’s usual place", set_by=account.ref, set_at=staff.NOW
    )
    return episode


def coping(episode: Episode, words: str) -> None:
    """A coping plan of one step."""
    plan = CopingPlan.objects.create(
        episode=episode, number=1, submission=f"plan-{episode.ref}", written_by="x", written_at=staff.NOW
    )
    CopingLine.objects.create(plan=plan, part="step", position=1, cue="I cannot sleep", words=words)


def invitation(episode: Episode, code: str, at: Any) -> Phone:
    from desist.programme.phones.commands import INVITED

    return Phone.objects.create(
        episode=episode,
        invitation=digest(code),
        until=at + INVITED,
        submission=f"s-{code}",
        invited_by="x",
        invited_at=at,
    )


@pytest.fixture
def robin(db: None, may_call: None) -> Episode:
    return on_the_programme("Robin", "Example")


@pytest.fixture
def sam(db: None, may_call: None) -> Episode:
    return on_the_programme("Sam", "Otherwise")


@pytest.fixture
def begun() -> Callable[..., Client]:
    """Begin with an invitation on a phone of its own."""

    def begun(episode: Episode, code: str = CODE, browser: Client | None = None, pin: str = PIN) -> Client:
        from django.utils import timezone

        invitation(episode, code, timezone.now())
        browser = browser or Client()
        answer = browser.post("/begin/", {"invitation": code, "pin": pin, "again": pin})
        assert answer.status_code == 302, answer.content
        assert answer.cookies["sitting"]["max-age"] == answer.cookies["sitting"]["expires"] == ""
        return browser

    return begun
