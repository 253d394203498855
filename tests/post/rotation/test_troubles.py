"""What is dead or late is told: administrators by e-mail and on their first page, people on duty for an alert."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from pytest_django.fixtures import Settings
from tests.post.two_sites import ADMINISTRATOR, AT, Site

from desist import codes
from desist.accounts.models import Account, RoleGrant
from desist.accounts.nudges.models import EmailChoice
from desist.desk.alerts import queries as desk
from desist.desk.alerts import sending
from desist.desk.troubles import chores
from desist.post.models import Inbox, Partner, Trouble
from desist.post.troubles import commands, queries
from desist.post.troubles.queries import LATE, Stuck
from desist.wall import actors
from desist.wall.actors import Actor, Role

MINUTE = timedelta(minutes=1)
MANAGER = Actor(who="a-manager", role=Role.MANAGER, area="northmere", correlation=uuid.UUID(int=2))


def stuck(site: Site, *, after: timedelta) -> Stuck:
    with site.at_work():
        return queries.stuck(at=AT + after)


def test_what_waits_to_leave_needs_a_person_after_ten_minutes(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.alert(police, "waits")

    assert stuck(programme, after=LATE - MINUTE) == Stuck(0, 0, 0)
    assert stuck(programme, after=LATE) == Stuck(0, 0, 1)


def test_what_waits_to_be_handled_needs_a_person_after_ten_minutes(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.alert(police, "waits")
    programme.carry(police)

    assert stuck(police, after=LATE - MINUTE) == Stuck(0, 0, 0)
    assert stuck(police, after=LATE) == Stuck(0, 1, 0)


def test_what_is_dead_needs_a_person_at_once(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.alert(police, "waits")
    programme.carry(police)
    with police.at_work():
        Inbox.objects.update(dead_at=AT)

    assert stuck(police, after=timedelta(0)).dead == 1
    assert stuck(police, after=timedelta(0)).count == 1


def test_what_a_person_carries_as_files_is_not_late(two: tuple[Site, Site]) -> None:
    programme, police = two
    with programme.at_work():
        Partner.objects.update(transport="file")
    programme.alert(police, "carried")

    assert stuck(programme, after=timedelta(days=1)).count == 0


def test_a_partner_whose_new_digits_nobody_compared_needs_a_person_after_ten_minutes(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    programme.rotate(exposed=True)
    programme.restart()
    programme.settle(police)

    assert stuck(police, after=LATE - MINUTE) == Stuck(0, 0, 0)
    assert stuck(police, after=LATE) == Stuck(0, 0, 0, withdrawn=1)
    with police.at_work():
        found = queries.waiting(actor=ADMINISTRATOR, at=AT + LATE)
    assert found is not None
    assert (found.count, found.needs_a_person) == (0, True)
    police.compare(programme)
    assert stuck(police, after=LATE).withdrawn == 0


def test_the_first_page_counts_for_administrators_alone(two: tuple[Site, Site]) -> None:
    programme, police = two
    with programme.at_work():
        assert queries.waiting(actor=ADMINISTRATOR, at=AT + LATE) is None
    programme.alert(police, "waits")

    with programme.at_work():
        assert queries.waiting(actor=ADMINISTRATOR, at=AT + LATE) == Stuck(0, 0, 1)
        assert queries.waiting(actor=MANAGER, at=AT + LATE) is None


@pytest.fixture
def administrators(db: None, settings: Settings) -> list[str]:
    """Two administrators, and a manager who is none."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    people = {"ada@example.org": Role.ADMINISTRATOR, "bo@example.org": Role.ADMINISTRATOR}
    for address, role in {**people, "cy@example.org": Role.MANAGER}.items():
        account = Account.objects.create(email=address, name=address, invited_at=AT)
        RoleGrant.objects.create(
            account=account, role=role.value, area="northmere", given_by="setup", given_at=AT
        )
    return list(people)


def tell(site: Site, after: timedelta) -> int:
    """Let the clock look; return how many e-mails went out."""
    before = len(django_mail.outbox)
    with site.at_work():
        chores.tell(at=AT + after)
    return len(django_mail.outbox) - before


def test_an_administrator_who_chose_no_email_about_the_post_gets_none(
    two: tuple[Site, Site], administrators: list[str]
) -> None:
    programme, police = two
    programme.alert(police, "waits")
    with programme.at_work():
        ada = Account.objects.get(email="ada@example.org")
        EmailChoice.objects.create(account=ada.ref, unwanted=["post"], changed_at=AT)

    assert tell(programme, LATE) == 1
    assert django_mail.outbox[-1].to == ["bo@example.org"]


def test_administrators_get_an_email_without_a_fact_once_and_then_daily(
    two: tuple[Site, Site], administrators: list[str]
) -> None:
    programme, police = two
    programme.alert(police, "01632 960 001")

    assert tell(programme, LATE - MINUTE) == 0
    assert tell(programme, LATE) == 2
    assert tell(programme, LATE + MINUTE) == 0
    assert tell(programme, LATE + commands.DAILY) == 2

    assert sorted(message.to[0] for message in django_mail.outbox[:2]) == administrators
    for message in django_mail.outbox:
        assert message.subject == "The post needs you"
        assert not any(word in message.body.lower() for word in ("police", "alert", "01632", "envelope"))


def test_administrators_get_an_email_when_a_partner_withdrew_its_keys(
    two: tuple[Site, Site], administrators: list[str]
) -> None:
    programme, police = two
    programme.rotate(exposed=True)
    programme.restart()
    programme.settle(police)

    assert tell(police, LATE - MINUTE) == 0
    assert tell(police, LATE) == len(administrators)


def test_a_trouble_ends_and_the_next_one_is_told_at_once(
    two: tuple[Site, Site], administrators: list[str]
) -> None:
    programme, police = two
    programme.alert(police, "first")
    assert tell(programme, LATE) == 2
    programme.carry(police)
    assert tell(programme, LATE + MINUTE) == 0
    with programme.at_work():
        assert Trouble.objects.get().ended_at == AT + LATE + MINUTE

    programme.alert(police, "second", at=AT + LATE)

    assert tell(programme, 2 * LATE) == 2


def test_two_workers_tell_once(two: tuple[Site, Site]) -> None:
    programme, _ = two
    with programme.at_work():
        ref = commands.note(actor=actors.clock(), is_stuck=True, at=AT)

        claims = [commands.mark_told(actor=actors.clock(), ref=ref, at=AT) for _ in range(2)]

    assert claims == [True, False]


def send(programme: Site, police: Site) -> None:
    """Send an alert of the duty desk about a case."""
    with programme.at_work():
        sending.send(
            case="acdefghjkl",
            about="",
            area="northmere",
            to=police.name,
            thread="a-thread",
            reason=codes.AlertReason.CONCERN,
            contact="",
            at=AT,
        )


def on_duty(site: Site, after: timedelta) -> list[tuple[str, bool]]:
    """Return what people on duty are to ring about: the partner, and whether the alert was handed over."""
    with site.at_work():
        return [(row.partner, row.handed_over) for row in desk.waiting(actor=MANAGER, at=AT + after)]


def test_an_alert_that_was_not_handed_over_is_a_call_to_make_after_ten_minutes(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    send(programme, police)

    assert on_duty(programme, LATE - MINUTE) == []
    assert on_duty(programme, LATE) == [(police.name, False)]

    programme.carry(police)
    assert on_duty(programme, LATE) == []
    assert on_duty(programme, timedelta(minutes=31)) == [(police.name, True)]


def test_an_alert_that_waits_for_digits_over_there_is_a_call_to_make(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.rotate(exposed=True)
    programme.restart()
    send(programme, police)
    programme.settle(police)

    assert on_duty(programme, LATE) == [(police.name, False)]

    police.compare(programme)
    programme.settle(police)
    assert on_duty(programme, LATE) == []


def test_an_alert_to_a_partner_whose_digits_are_to_be_compared_here_is_a_call_to_make(
    two: tuple[Site, Site],
) -> None:
    programme, police = two
    police.rotate(exposed=True)
    police.restart()
    police.settle(programme)
    send(programme, police)
    programme.settle(police)

    assert on_duty(programme, LATE) == [(police.name, False)]
