"""What has to be told by telephone of a client is read by their own advocate, and by the manager."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone
from tests.advocacy import factories

from desist.advocacy.victims.models import Victim
from desist.post.models import ByHandTask
from desist.wall.actors import Role


def test_an_advocate_tells_of_their_own_clients_and_a_manager_of_all(
    signed_in: Callable[..., Client], robin: Victim
) -> None:
    colleague = factories.advocate(account=factories.account(name="Noor Hale"))
    other = factories.victim(advocate=colleague)
    police, now = factories.partner(), timezone.now()
    for case, about in ((robin.ref, "My own client"), (other.ref, "Somebody else's client")):
        ByHandTask.objects.create(
            partner=police, kind="alert", case=case, about=about, text="Ring.", made_at=now, due_at=now
        )

    own = signed_in().get("/post/by-hand/").content.decode()
    every = signed_in(role=Role.ADVOCACY_MANAGER).get("/post/by-hand/").content.decode()

    assert ("My own client" in own, "Somebody else" in own) == (True, False)
    assert ("My own client" in every, "Somebody else" in every) == (True, True)
