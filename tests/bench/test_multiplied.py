"""Multiplying invented people: each copy is a person of their own, with everything that was written with them."""

from datetime import timedelta
from typing import Any

from django.db import connection
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from tools.bench.multiplied import multiply


def copied(server: Any, copies: int, *without: str) -> None:
    with server.connect(connection.settings_dict["NAME"]) as superuser:
        multiply(superuser, copies, without=frozenset(without))


def one_person() -> Session:
    practitioner = factories.practitioner(account=factories.account(name="Kit Marlow"))
    episode = factories.episode(referral=factories.referral(), practitioner=practitioner)
    return factories.session(episode=episode, room=factories.room())


def test_each_copy_has_references_and_rows_of_its_own(committed: Any, server: Any) -> None:
    one_person()

    copied(server, 3)

    assert Referral.objects.values("ref", "thread").distinct().count() == 4
    assert Session.objects.values("episode", "practitioner").distinct().count() == 4
    assert Session.objects.filter(episode__allocations__practitioner__ref__isnull=False).count() == 4


def test_each_copy_has_a_name_and_a_date_of_birth_of_its_own(committed: Any, server: Any) -> None:
    one_person()

    copied(server, 30)

    assert Referral.objects.values("born").distinct().count() == 31
    assert Referral.objects.values("given_names", "family_name").distinct().count() == 31


def test_what_is_written_afterwards_gets_a_key_after_the_copies(committed: Any, server: Any) -> None:
    first = one_person()
    copied(server, 2)

    later = factories.session(episode=first.episode, number=2, period=_after(first))

    assert later.pk > 2 * 10_000_000


def test_tables_may_be_left_out(committed: Any, server: Any) -> None:
    one_person()

    copied(server, 2, "session")

    assert (Episode.objects.count(), Session.objects.count()) == (3, 1)


def _after(session: Session) -> Any:
    span = session.period
    return type(span)(span.lower + timedelta(days=7), span.upper + timedelta(days=7))
