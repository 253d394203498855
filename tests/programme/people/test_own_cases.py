"""What has to be told by telephone of a person is read by anyone who works with that person, and by a manager."""

from collections.abc import Callable

from django.test import Client
from django.utils import timezone
from tests.programme import factories

from desist.post.models import ByHandTask, Partner
from desist.programme.episodes.models import Episode
from desist.wall.actors import Role


def to_tell(partner: Partner, about: str, case: str) -> ByHandTask:
    now = timezone.now()
    return ByHandTask.objects.create(
        partner=partner, kind="alert", case=case, about=about, text="Please ring.", made_at=now, due_at=now
    )


def test_a_practitioner_tells_of_their_own_people_and_a_manager_of_all(
    signed_in: Callable[..., Client], episode: Episode, police: Partner
) -> None:
    colleague = factories.practitioner(account=factories.account(name="Noor Hale"))
    elsewhere = factories.episode(referral=factories.referral(), practitioner=colleague)
    to_tell(police, "My own person", episode.referral.ref)
    other = to_tell(police, "Somebody else's person", elsewhere.referral.ref)

    own = signed_in().get("/post/by-hand/").content.decode()
    every = signed_in(role=Role.MANAGER).get("/post/by-hand/").content.decode()

    assert ("My own person" in own, "Somebody else" in own) == (True, False)
    assert ("My own person" in every, "Somebody else" in every) == (True, True)
    assert signed_in().get(f"/post/by-hand/{other.ref}/tell/").status_code == 404


def test_with_the_person_the_task_goes_to_whoever_takes_over(
    signed_in: Callable[..., Client], episode: Episode, police: Partner
) -> None:
    to_tell(police, "My own person", episode.referral.ref)
    episode.allocations.update(ended_at=factories.NOW)

    assert "My own person" not in signed_in().get("/post/by-hand/").content.decode()
