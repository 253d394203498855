"""News of a Stalking Protection Order stands on the client's page: the kind and the day, nothing else."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.orders import commands
from desist.advocacy.team.models import Advocate
from desist.post import payloads
from desist.post.handlers import Received
from desist.wall import actors
from desist.wall.actors import Role

pytestmark = pytest.mark.django_db


def receive(event: str, thread: str) -> None:
    update = payloads.OrderUpdate(event=event, on=date(2026, 3, 1))
    with transaction.atomic():
        commands.receive(Received(update, thread, factories.POLICE, factories.NOW, actors.post()))


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("made", "A Stalking Protection Order was made, 1 March 2026"),
        ("breach", "A breach of the Stalking Protection Order was recorded"),
        ("a later kind", "The Stalking Protection Order changed"),
    ],
)
def test_the_advocate_reads_what_happened_and_when(
    fable: Account, advocate: Advocate, event: str, words: str
) -> None:
    victim = factories.victim(advocate=advocate, thread="the-thread", partner=factories.POLICE)
    browser: Client = staff.browser(account=fable, role=Role.ADVOCATE)

    receive(event, "the-thread")

    page = browser.get(reverse("victims:victim", args=[victim.ref])).content.decode()
    assert words in page
    assert "Tell your client when it is safe" in page


def test_news_of_somebody_unknown_is_refused() -> None:
    with pytest.raises(commands.UnknownThread):
        receive("made", "another thread")
