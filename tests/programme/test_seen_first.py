"""What matters most is seen first, and nothing dangerous is shown wrongly."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.concerns.models import Concern
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db

RING = "Ring Northmere Police now, 01632 960 001 . Nobody has acknowledged the alert about Robin Example"


@pytest.fixture
def untaken(session: Session, kit: Account) -> Concern:
    """Kit raised it 47 minutes ago, and nobody has acknowledged the alert."""
    raised = timezone.now() - timedelta(minutes=47)
    return factories.concern(session=session, raised_by=kit.ref, raised_at=raised, what="UNIQUE-WHAT")


def of_role(signed_in: Callable[..., Client], role: Role) -> Client:
    own = {} if role is Role.PRACTITIONER else {"account": factories.account(name="Ola Reed")}
    return signed_in(role=role, **own)


def first_line(page: str) -> str:
    """What stands below the title of To do."""
    return page.rpartition(" To do ")[2].strip()


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR])
def test_an_alert_that_nobody_took_up_is_the_first_line_of_three_people(
    signed_in: Callable[..., Client], untaken: Concern, role: Role
) -> None:
    answer = of_role(signed_in, role).get("/")

    assert first_line(text(answer)).startswith(f"!! Act now: {RING} (raised 47 minutes ago)")
    assert 'href="tel:01632960001"' in answer.content.decode()
    assert "close the concern" not in text(answer)


def test_who_raised_it_is_told_to_ring_although_a_colleague_works_with_the_person(
    signed_in: Callable[..., Client], untaken: Concern, session: Session
) -> None:
    session.episode.allocations.update(ended_at=factories.NOW, reason="other")
    noor = factories.account(name="Noor Hale")
    Allocation.objects.create(
        episode=session.episode,
        practitioner=factories.practitioner(account=noor),
        made_by="carol",
        made_at=factories.NOW,
    )

    page = signed_in().get("/")

    assert text(page).count(RING) == 1
    assert "UNIQUE-WHAT" not in text(page)
    assert "UNIQUE-WHAT" not in text(signed_in().get("/concerns/"))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"acknowledged_at": timezone.now}, "the other side has it"),
        ({"raised_at": lambda: timezone.now() - timedelta(minutes=29)}, "it may still be acknowledged"),
    ],
)
def test_nobody_is_told_to_ring_without_need(
    signed_in: Callable[..., Client], untaken: Concern, changes: dict[str, Callable[[], object]], why: str
) -> None:
    for name, value in changes.items():
        setattr(untaken, name, value())
    untaken.save()

    assert "Ring Northmere Police now" not in text(of_role(signed_in, Role.MANAGER).get("/")), why


def test_the_page_that_closes_a_concern_says_whom_to_ring(
    signed_in: Callable[..., Client], untaken: Concern
) -> None:
    page = of_role(signed_in, Role.MANAGER).get(f"/concerns/{untaken.ref}/close/")

    assert RING in text(page)
    assert "Not acknowledged" in text(page)


def test_the_tag_of_an_open_concern_leads_to_its_alert(
    signed_in: Callable[..., Client], untaken: Concern, episode: Episode
) -> None:
    page = signed_in().get(f"/episodes/{episode.ref}/").content.decode()

    assert f'<a href="/concerns/of/{episode.ref}/"><strong class="govuk-tag govuk-tag--red">Open' in page


BAIL = "Bail conditions, until 3 September 2027"


@pytest.fixture
def on_bail(episode: Episode) -> Referral:
    """The referral says that bail conditions are in force."""
    row = episode.referral
    row.orders = ["bail 2027-09-03"]
    row.save()
    return row


def test_an_order_of_which_only_the_referral_speaks_is_on_the_overview(
    signed_in: Callable[..., Client], on_bail: Referral, episode: Episode
) -> None:
    page = text(signed_in().get(f"/episodes/{episode.ref}/"))

    assert f"In force, says the referral: {BAIL}" in page
    assert "Conditions not entered yet." in page
    assert "Order in force" in page
    assert "Orders None known" not in page


def test_an_order_that_was_entered_answers_for_what_the_referral_says(
    signed_in: Callable[..., Client], on_bail: Referral, episode: Episode
) -> None:
    factories.order(referral=on_bail, kind="bail", ends_on=date(2027, 9, 3))

    page = text(signed_in().get(f"/episodes/{episode.ref}/"))

    assert "says the referral" not in page
    assert "Orders None known" not in page


def test_an_order_that_ran_out_is_not_said_to_be_in_force(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    episode.referral.orders = ["bail 2025-09-03"]
    episode.referral.save()

    page = text(signed_in().get(f"/episodes/{episode.ref}/"))

    assert "says the referral" not in page
    assert "Orders None known" in page


@pytest.fixture
def by_email(episode: Episode) -> Referral:
    """Wants e-mails, and has a telephone."""
    row = episode.referral
    row.contact_by, row.own_phone, row.own_email = "email", "07700 900152", "robin@example.org"
    row.save()
    return row


def test_the_wish_is_never_joined_to_another_number(
    signed_in: Callable[..., Client], by_email: Referral, session: Session
) -> None:
    for address in (f"/sessions/{session.ref}/prepare/", f"/sessions/{session.ref}/follow-up/"):
        answer = signed_in().get(address)

        assert "Wants to be contacted: e-mail Telephone 07700 900152 E-mail robin@example.org" in text(
            answer
        ), address
        assert "E-mail: 07700" not in text(answer)
        assert 'href="tel:07700900152"' in answer.content.decode()
        assert 'href="mailto:robin%40example.org"' in answer.content.decode()


def test_people_who_never_had_a_judgement_of_risk_are_counted_and_listed(
    signed_in: Callable[..., Client], session: Session
) -> None:
    manager = of_role(signed_in, Role.MANAGER)

    assert "People with no current judgement of risk 1 late 1" in text(manager.get("/service/"))
    assert "Robin Example In sessions None yet" in text(manager.get("/risk/"))

    factories.rating(episode=session.episode)

    assert "People with no current judgement of risk" not in text(manager.get("/risk/"))


def test_my_day_asks_for_the_first_judgement_once_sessions_have_begun(
    signed_in: Callable[..., Client], session: Session
) -> None:
    factories.attended(episode=session.episode, number=2)

    assert "record a judgement of risk" in text(signed_in().get("/"))

    factories.rating(episode=session.episode)

    assert "record a judgement of risk" not in text(signed_in().get("/"))


def test_to_do_asks_for_the_first_judgement_in_the_week_before_the_first_session(
    signed_in: Callable[..., Client], episode: Episode
) -> None:
    def in_days(days: int) -> TimestamptzRange:
        start = timezone.now() + timedelta(days=days)
        return TimestamptzRange(start, start + timedelta(minutes=90))

    planned = factories.session(episode=episode, period=in_days(8))
    line = "Robin Example : record a judgement of risk"
    assert line not in text(signed_in().get("/"))

    planned.period = in_days(6)
    planned.save()
    assert line in text(signed_in().get("/"))

    factories.rating(episode=episode)
    assert line not in text(signed_in().get("/"))
