"""A person or a meeting changes hands when the colleague accepts; until then the old practitioner is responsible."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from psycopg.types.range import DateRange, TimestamptzRange
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme.episodes.models import Allocation, Episode
from desist.programme.practitioners.models import Practitioner
from desist.programme.service.handover_requests.models import HandoverRequest
from desist.programme.service.handovers import commands
from desist.programme.sessions.models import Session
from desist.refusals import Refused
from desist.ui import dates
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion

pytestmark = pytest.mark.django_db

WORDS = "I am full until January."


def moment() -> datetime:
    """The moment that the tests set."""
    return datetime.now(dates.LONDON)


@pytest.fixture
def manager(signed_in: Callable[..., Client]) -> Client:
    return signed_in(role=Role.MANAGER, account=factories.account(name="Ola Reed"))


@pytest.fixture
def noor(practitioner: Practitioner) -> Practitioner:
    return factories.practitioner(account=factories.account(name="Noor Hale"))


@pytest.fixture
def noors(noor: Practitioner) -> Client:
    return staff.browser(account=Account.objects.get(ref=noor.ref), role=Role.PRACTITIONER)


@pytest.fixture
def herself(noor: Practitioner) -> Actor:
    return Actor(who=noor.ref, role=Role.PRACTITIONER, area=factories.AREA, correlation=uuid.uuid4())


def give(manager: Client, episode: Episode, to: Practitioner, **fields: str) -> Any:
    version = Episode.objects.get(pk=episode.pk).version
    form = {"practitioner": to.ref, "form_version": str(version), "ended": "workload", **fields}
    return manager.post(f"/allocation/{episode.ref}/", form, follow=True)


def works(episode: Episode) -> str:
    return Allocation.objects.get(episode=episode, ended_at=None, leave=None).practitioner.name


def asked() -> HandoverRequest:
    return HandoverRequest.objects.latest("pk")


def test_a_colleague_is_asked_and_becomes_responsible_by_accepting(
    manager: Client, noors: Client, kit_browser: Client, episode: Episode, noor: Practitioner
) -> None:
    start = moment() + timedelta(days=3)
    session = factories.session(episode=episode, period=TimestamptzRange(start, start + timedelta(hours=1)))
    factories.measure(episode=episode, instrument="phq-9", flagged=True)

    said = text(give(manager, episode, noor))
    before = works(episode)
    seen: list[Any] = [
        noors.get(f"/episodes/{episode.ref}/").status_code,
        text(noors.get("/")),
        text(kit_browser.get("/")),
    ]
    page = text(noors.get(f"/handovers/{asked().ref}/"))
    accepted = text(noors.post(f"/handovers/{asked().ref}/accept/", follow=True))
    session.refresh_from_db()

    assert "Nothing changes hands until Noor Hale accepts" in said
    assert before == "Kit Marlow"
    assert seen[0] == 404
    assert "accept or refuse" in seen[1]
    assert "Robin Example" in seen[1]
    assert "do the safety check" in seen[2]
    assert "Kit Marlow is responsible until you accept" in page
    assert "You accepted Robin Example. You are responsible from now on" in accepted
    assert (works(episode), session.practitioner) == ("Noor Hale", noor)
    assert "do the safety check" in text(noors.get("/"))
    assert "accept or refuse" not in text(noors.get("/"))


def test_a_refusal_needs_a_sentence_and_comes_back_to_the_manager(
    manager: Client, noors: Client, episode: Episode, noor: Practitioner
) -> None:
    give(manager, episode, noor)
    address = f"/handovers/{asked().ref}/"

    bare = noors.post(address, {"words": " "})
    said = text(noors.post(address, {"words": WORDS}, follow=True))
    home = text(manager.get("/"))
    page = text(manager.get(f"/allocation/{episode.ref}/"))
    manager.post(f"/handovers/{asked().ref}/withdraw/")

    assert bare.status_code == 422
    assert "Say in a sentence why you cannot take this over" in text(bare)
    assert "You refused Robin Example. Kit Marlow stays responsible" in said
    assert f"Noor Hale refused: “{WORDS}” Choose another colleague" in home
    assert WORDS in page
    assert works(episode) == "Kit Marlow"
    assert asked().state == "withdrawn"
    assert "refused" not in text(manager.get("/"))


@pytest.mark.parametrize("how", ["forced", "away"])
def test_where_it_cannot_wait_the_colleague_is_responsible_at_once_and_is_told(
    manager: Client, noors: Client, episode: Episode, noor: Practitioner, how: str
) -> None:
    if how == "away":
        factories.leave(
            practitioner=Practitioner.objects.get(name="Kit Marlow"),
            days=DateRange(moment().date(), moment().date() + timedelta(days=5)),
        )
    before = text(manager.get(f"/allocation/{episode.ref}/"))

    give(manager, episode, noor, **({"at_once": "on"} if how == "forced" else {}))
    home = text(noors.get("/"))
    said = text(noors.post(f"/handovers/{asked().ref}/", {"words": WORDS}, follow=True))

    assert ("takes effect at once" in before) is (how == "away")
    assert works(episode) == "Noor Hale"
    assert "accept or refuse: you are responsible already" in home
    assert "You stay responsible until a manager decides" in said
    assert works(episode) == "Noor Hale"
    assert "Choose another colleague" in text(manager.get("/"))


def test_only_the_colleague_who_is_asked_can_answer_and_nobody_who_is_kept_from_the_person(
    manager: Client, noors: Client, kit_browser: Client, episode: Episode, noor: Practitioner
) -> None:
    give(manager, episode, noor)
    address = f"/handovers/{asked().ref}/"

    others = [kit_browser.get(address).status_code, kit_browser.post(f"{address}accept/").status_code]
    Exclusion.objects.create(
        case=episode.referral.ref,
        account=noor.ref,
        allowed=False,
        reason="x",
        made_by="x",
        made_at=factories.NOW,
    )

    assert others == [404, 404]
    assert noors.get(address).status_code == 404
    assert "Robin" not in text(noors.get("/"))
    assert noors.post(f"{address}accept/").status_code == 404
    assert works(episode) == "Kit Marlow"


def test_what_was_answered_or_decided_meanwhile_is_said_and_nothing_changes(
    manager: Client, herself: Actor, episode: Episode, noor: Practitioner
) -> None:
    sam = factories.practitioner(account=factories.account(name="Sam Ashgrove"))
    give(manager, episode, noor)
    first = asked().ref
    give(manager, episode, sam)

    with pytest.raises(Refused, match="withdrawn"):
        commands.accept(actor=herself, ref=first, at=moment())
    with pytest.raises(Refused, match="withdrawn"):
        commands.refuse(actor=herself, ref=first, words=WORDS, at=moment())
    with pytest.raises(gate.NotFound):
        commands.accept(actor=herself, ref="nothing", at=moment())

    assert works(episode) == "Kit Marlow"


def test_a_colleague_who_has_become_full_or_a_person_who_left_is_not_taken_over(
    manager: Client, herself: Actor, noors: Client, episode: Episode, noor: Practitioner
) -> None:
    give(manager, episode, noor)
    Practitioner.objects.filter(pk=noor.pk).update(capacity=0)

    said = text(noors.post(f"/handovers/{asked().ref}/accept/", follow=True))
    Episode.objects.filter(pk=episode.pk).update(state="left", ended_at=moment())
    with pytest.raises(Refused, match="the programme has ended"):
        commands.accept(actor=herself, ref=asked().ref, at=moment())

    assert "Noor Hale has no capacity" in said
    assert works(episode) == "Kit Marlow"


def test_answering_twice_changes_nothing_more(
    manager: Client, herself: Actor, episode: Episode, noor: Practitioner
) -> None:
    give(manager, episode, noor)
    commands.refuse(actor=herself, ref=asked().ref, words=WORDS, at=moment())
    commands.refuse(actor=herself, ref=asked().ref, words="Again", at=moment())
    refused = asked().words
    give(manager, episode, noor)
    commands.accept(actor=herself, ref=asked().ref, at=moment())
    commands.accept(actor=herself, ref=asked().ref, at=moment())

    assert refused == WORDS
    assert works(episode) == "Noor Hale"


def test_a_session_under_way_is_finished_by_the_one_who_holds_it(
    manager: Client,
    herself: Actor,
    episode: Episode,
    practitioner: Practitioner,
    noor: Practitioner,
) -> None:
    start = moment() - timedelta(minutes=20)
    begun = factories.session(episode=episode, period=TimestamptzRange(start, start + timedelta(hours=1)))
    Session.objects.filter(pk=begun.pk).update(attendance="attended", work_done="The drive on Friday.")
    give(manager, episode, noor)

    commands.accept(actor=herself, ref=asked().ref, at=moment())

    begun.refresh_from_db()
    assert (begun.practitioner, begun.work_done) == (practitioner, "The drive on Friday.")


def test_cover_of_a_meeting_that_moved_on_is_not_accepted(
    herself: Actor, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    sam = factories.practitioner(account=factories.account(name="Sam Ashgrove"))
    day = moment().date() + timedelta(days=9)
    leave = factories.leave(practitioner=practitioner, days=DateRange(day, day + timedelta(days=1)))
    start = moment() + timedelta(days=9)
    session = factories.session(episode=episode, period=TimestamptzRange(start, start + timedelta(hours=1)))
    HandoverRequest.objects.create(
        episode=episode, to=noor, leave=leave, session=session, asked_by="ola", asked_at=moment()
    )
    Session.objects.filter(pk=session.pk).update(practitioner=sam)

    with pytest.raises(Refused, match="holds this meeting now"):
        commands.accept(actor=herself, ref=asked().ref, at=moment())


def test_the_database_keeps_requests_whole(manager: Client, episode: Episode, noor: Practitioner) -> None:
    give(manager, episode, noor)
    wrong: list[dict[str, Any]] = [
        {},  # a second one for the same person
        {"state": "refused", "answered_by": "x", "answered_at": moment()},
        {"state": "accepted"},
        {
            "session": factories.session(episode=episode),
            "state": "withdrawn",
            "answered_by": "x",
            "answered_at": moment(),
        },
    ]

    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            HandoverRequest.objects.create(
                episode=episode, to=noor, asked_by="x", asked_at=moment(), **fields
            )


def test_all_people_of_a_practitioner_are_asked_for_and_stay_until_each_is_accepted(
    manager: Client, noors: Client, episode: Episode, practitioner: Practitioner, noor: Practitioner
) -> None:
    second = factories.episode(referral=factories.referral(family_name="Second"), practitioner=practitioner)
    to = {f"to_{one.ref}": noor.ref for one in (episode, second)}
    form = {"why": "workload", "form_version": "1", **to}

    said = text(manager.post(f"/allocation/{practitioner.ref}/hand-over/", form, follow=True))
    before = (works(episode), works(second))
    noors.post(f"/handovers/{episode.handovers.get().ref}/accept/")

    assert "Nothing changes hands until they accept" in said
    assert before == ("Kit Marlow", "Kit Marlow")
    assert (works(episode), works(second)) == ("Noor Hale", "Kit Marlow")


def test_what_a_practitioner_who_leaves_was_asked_is_withdrawn(
    manager: Client, episode: Episode, noor: Practitioner
) -> None:
    give(manager, episode, noor)
    today = moment().date()
    day = {"left_on-day": str(today.day), "left_on-month": str(today.month), "left_on-year": str(today.year)}

    manager.post(f"/allocation/{noor.ref}/hand-over/", {"why": "left", "form_version": "1", **day})

    assert asked().state == "withdrawn"
    assert works(episode) == "Kit Marlow"


def test_accepting_when_one_is_not_free_says_how_many_meetings_stay(
    manager: Client, noors: Client, episode: Episode, noor: Practitioner
) -> None:
    start = moment() + timedelta(days=3)
    period = TimestamptzRange(start, start + timedelta(hours=1))
    factories.session(episode=episode, period=period)
    other = factories.episode(referral=factories.referral(family_name="Other"), practitioner=noor)
    factories.session(episode=other, period=period)
    give(manager, episode, noor)

    page = text(noors.post(f"/handovers/{asked().ref}/accept/", follow=True))

    assert "You are not free for 1 of the meetings ahead" in page
