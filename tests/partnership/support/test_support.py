"""An agency reads what was referred to it and nothing else, answers, and the service that referred is told."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests import staff
from tests.partnership import factories
from tests.partnership.disclosures.reading import crossed
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.agencies import Said
from desist.keys import sitekeys
from desist.partnership.agencies.models import Agency
from desist.partnership.support import commands
from desist.partnership.support.models import SupportReferral
from desist.partnership.support.states import FOLLOWS, MAY_SAY, OVER, TRANSITIONS, State
from desist.post import payloads
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Outbox, Partner
from desist.wall import actors
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

DAY = {"on-day": "3", "on-month": "3", "on-year": "2020"}


@pytest.fixture
def wren(db: None) -> Account:
    """A colleague of an agency."""
    return staff.account(name="Wren Copplestick")


@pytest.fixture
def agency(wren: Account, programme: Partner) -> Agency:
    """The agency that Wren works for."""
    made = factories.agency(name="Harbour Debt Advice")
    factories.member(account=wren.ref, agency=made)
    return made


@pytest.fixture
def desk_of_wren(agency: Agency, wren: Account) -> Client:
    """Wren, signed in."""
    return staff.browser(account=wren, role=Role.PARTNER)


def request(agency: str, **changes: Any) -> payloads.SupportRequest:
    return payloads.SupportRequest(
        **{
            "agency": agency,
            "given_names": "Robin",
            "family_name": "Outerwood",
            "reach": "01632 960 111",
            "need": "money",
            "basis": "consent",
            "agreed": True,
            "told": "Owes rent.",
            "referred_on": factories.NOW.date(),
            **changes,
        }
    )


def arrived(
    payload: payloads.Payload, thread: str = "thread-1", sender: str = factories.PROGRAMME
) -> Received:
    return Received(payload, thread, sender, factories.NOW, actors.post())


def answered(client: Client, row: SupportReferral, said: str, **more: str) -> Any:
    form = {
        "said": said,
        "words": "",
        "form_version": str(row.version),
        "form_submission": said,
        **DAY,
        **more,
    }
    return client.post(f"/support/{row.ref}/answer/", form, follow=True)


def test_the_first_page_of_an_agency_lists_what_was_referred_to_it_and_nothing_else(
    desk_of_wren: Client, agency: Agency
) -> None:
    commands.receive(arrived(request(agency.token)))
    elsewhere = factories.support(agency=factories.agency())
    police = factories.referral(family_name="Quillfeather")

    page = desk_of_wren.get("/", follow=True)

    assert "Robin Outerwood" in text(page)
    assert "Referred to us" in text(page)
    assert desk_of_wren.get(f"/support/{elsewhere.ref}/").status_code == 404
    assert desk_of_wren.get(f"/referrals/{police.ref}/").status_code == 403
    for address in ("/referrals/", "/orders/", "/victims/", "/agencies/", "/search/", "/people/"):
        assert desk_of_wren.get(address).status_code in {403, 404}, address


@pytest.mark.parametrize(
    ("side", "zone", "seen"),
    [
        ("programme", "programme", True),
        ("programme", "advocacy", False),
        ("advocacy", "programme", False),
        ("advocacy", "advocacy", True),
        ("both", "programme", True),
        ("both", "advocacy", True),
    ],
)
def test_a_colleague_reads_one_side_unless_named_for_both(
    programme: Partner, wren: Account, side: str, zone: str, seen: bool
) -> None:
    agency = factories.agency()
    factories.member(account=wren.ref, agency=agency, side=side)
    row = factories.support(agency=agency, zone=zone)

    answer = staff.browser(account=wren, role=Role.PARTNER).get(f"/support/{row.ref}/")

    assert answer.status_code == (200 if seen else 404)


def test_a_colleague_who_left_the_agency_reads_nothing(desk_of_wren: Client, agency: Agency) -> None:
    row = factories.support(agency=agency)
    agency.members.update(ended_by="carol", ended_at=factories.NOW)

    assert desk_of_wren.get(f"/support/{row.ref}/").status_code == 404
    assert "Nobody is referred to you" in text(desk_of_wren.get("/support/"))


def test_words_lie_locked_in_the_database(agency: Agency) -> None:
    row = factories.support(agency=agency)

    stored = b" ".join(bytes(one) for one in SupportReferral.objects.values_list("sealed_words", flat=True))

    assert b"Outerwood" not in stored
    assert SupportReferral.objects.get(pk=row.pk).name == "Robin Outerwood"


def test_a_course_of_support_is_told_step_by_step(
    desk_of_wren: Client, agency: Agency, programme_keys: sitekeys.SiteKeys
) -> None:
    row = factories.support(agency=agency)

    for said, words in (
        ("asked", "Which day suits?"),
        ("accepted", ""),
        ("attended", ""),
        ("missed", ""),
        ("concern", "Did not answer the door."),
        ("ended", "The debt is settled."),
    ):
        row.refresh_from_db()
        page = answered(desk_of_wren, row, said, words=words)
        assert page.status_code == 200, text(page)
    row.refresh_from_db()

    told = crossed(programme_keys, "support-answer")
    assert [one["said"] for one in told] == ["asked", "accepted", "attended", "missed", "concern", "ended"]
    assert told[0]["words"] == "Which day suits?"
    assert row.state == State.ENDED
    assert "You ended it" in text(page)


@given(st.lists(st.sampled_from(list(Said)), max_size=12))
def test_no_order_of_answers_leaves_the_table(said: list[Said]) -> None:
    state = State.NEW
    for one in said:
        if one in MAY_SAY[state]:
            after = FOLLOWS.get(one, state)
            assert after is state or after in TRANSITIONS[state]
            state = after
    assert state in State


def test_every_state_that_ends_stays_ended() -> None:
    assert all(not TRANSITIONS[state] for state in OVER)


@pytest.mark.parametrize("said", ["asked", "declined", "concern", "ended"])
def test_what_needs_words_asks_for_them(desk_of_wren: Client, agency: Agency, said: str) -> None:
    row = factories.support(agency=agency, state="accepted" if said == "ended" else "new")

    page = answered(desk_of_wren, row, said)

    assert page.status_code == 422
    assert "Say in a sentence what the service must know" in text(page)


def test_a_form_sent_twice_tells_once_and_a_stale_one_is_refused(
    desk_of_wren: Client, agency: Agency, wren: Account
) -> None:
    row = factories.support(agency=agency)
    for _ in range(2):
        answered(desk_of_wren, row, "accepted")
    stale = answered(desk_of_wren, row, "declined", words="Mine", form_submission="other")

    assert Outbox.objects.filter(kind="support-answer").count() == 1
    assert stale.status_code == 422
    assert "by now this referral stands at: Accepted" in text(stale)
    assert "Mine" in text(stale)


def test_an_answer_that_may_not_follow_is_refused_by_the_command(agency: Agency, wren: Account) -> None:
    from desist.refusals import Changed

    row = factories.support(agency=agency, state="ended")
    actor = Actor(who=wren.ref, role=Role.PARTNER, area=factories.AREA, correlation=uuid.uuid4())

    with pytest.raises(Changed):
        commands.answer(
            actor=actor,
            ref=row.ref,
            said=Said.ACCEPTED,
            on=factories.NOW.date(),
            words="",
            submission="x",
            version=1,
            at=factories.NOW,
        )


def test_words_of_an_answer_are_read_before_they_leave(desk_of_wren: Client, agency: Agency) -> None:
    row = factories.support(agency=agency)

    page = answered(desk_of_wren, row, "concern", words="He waits at 12 Elm Street, NR1 2AB.")

    assert page.status_code == 422
    assert not Outbox.objects.exists()


@pytest.mark.parametrize("why", ["off the list", "agreement", "side"])
def test_a_referral_to_an_agency_that_takes_none_is_answered_at_once(
    agency: Agency, programme_keys: sitekeys.SiteKeys, why: str
) -> None:
    changes: dict[str, dict[str, Any]] = {
        "off the list": {"ended_by": "carol", "ended_at": factories.NOW},
        "agreement": {"agreement": factories.agreement(ends_on=factories.NOW.date() - timedelta(days=1)).ref},
        "side": {"from_programme": False},
    }
    Agency.objects.filter(pk=agency.pk).update(**changes[why])

    commands.receive(arrived(request(agency.token)))

    (told,) = crossed(programme_keys, "support-answer")
    assert told["said"] == "declined"
    assert "takes no referrals" in told["words"]


def test_an_agency_of_no_list_is_nobodys(agency: Agency) -> None:
    with pytest.raises(CannotHandle, match="not on this site’s list"):
        commands.receive(arrived(request("unknown")))


def test_a_question_is_answered_and_waits_again(desk_of_wren: Client, agency: Agency) -> None:
    row = factories.support(agency=agency)
    answered(desk_of_wren, row, "asked", words="Which day suits?")

    commands.receive_reply(arrived(payloads.SupportReply("Any Monday.", factories.NOW), row.thread))

    page = text(desk_of_wren.get(f"/support/{row.ref}/"))
    assert "The service answered your question" in page
    assert "Any Monday." in page
    assert "To answer" in text(desk_of_wren.get("/support/"))


def test_a_reply_changes_no_state_but_a_question(agency: Agency) -> None:
    row = factories.support(agency=agency, state="accepted")

    commands.receive_reply(arrived(payloads.SupportReply("Any Monday.", factories.NOW), row.thread))

    row.refresh_from_db()
    assert row.state == State.ACCEPTED


def test_a_withdrawal_deletes_what_was_passed_on(desk_of_wren: Client, agency: Agency) -> None:
    row = factories.support(agency=agency)
    answered(desk_of_wren, row, "asked", words="Which day suits?")
    for _ in range(2):
        commands.receive_withdrawal(arrived(payloads.SupportWithdrawn(factories.NOW), row.thread))
    commands.receive_reply(arrived(payloads.SupportReply("Any Monday.", factories.NOW), row.thread))

    page = text(desk_of_wren.get(f"/support/{row.ref}/"))
    form = text(desk_of_wren.get(f"/support/{row.ref}/answer/"))

    assert "The service withdrew this referral" in page
    for words in ("Robin", "Outerwood", "Which day", "Any Monday", "960 111"):
        assert words not in page
    assert "there is nothing more to tell" in form


def test_an_envelope_about_no_referral_is_nobodys(agency: Agency) -> None:
    factories.support(agency=agency, thread="theirs")

    for thread, sender in (("unknown", factories.PROGRAMME), ("theirs", "another-site")):
        with pytest.raises(CannotHandle, match="about no referral"):
            commands.receive_withdrawal(
                arrived(payloads.SupportWithdrawn(factories.NOW), thread, sender=sender)
            )


def test_an_agency_that_leaves_in_the_middle_tells_every_service(
    signed_in: Callable[..., Client],
    desk_of_wren: Client,
    agency: Agency,
    programme_keys: sitekeys.SiteKeys,
) -> None:
    lead = signed_in(role=Role.FORCE_LEAD)
    for state in ("new", "accepted", "ended"):
        factories.support(agency=agency, state=state)

    shown = text(lead.get(f"/support/agencies/{agency.ref}/end/"))
    lead.post(f"/support/agencies/{agency.ref}/end/", {"form_submission": "x"})
    second = lead.post(f"/support/agencies/{agency.ref}/end/", {"form_submission": "x"})

    assert "Open referrals to it: 2" in shown
    assert sorted(one["said"] for one in crossed(programme_keys, "support-answer")) == ["declined", "ended"]
    assert "has been taken off the list" in text(second)
    assert "Nobody is referred to you" in text(desk_of_wren.get("/support/"))


@pytest.mark.parametrize("names", [("Wren", "Copplestick"), (" wren", "COPPLESTICK ")])
def test_nothing_is_kept_of_a_person_who_has_the_name_of_a_colleague_there(
    agency: Agency, desk_of_wren: Client, programme_keys: sitekeys.SiteKeys, names: tuple[str, str]
) -> None:
    given_names, family_name = names
    commands.receive(arrived(request(agency.token, given_names=given_names, family_name=family_name)))

    assert not SupportReferral.objects.exists()
    assert "Nobody is referred to you" in text(desk_of_wren.get("/support/"))
    (told,) = crossed(programme_keys, "support-answer")
    assert told["said"] == "declined"
    assert "A colleague of the agency has the same name" in told["words"]


def test_an_agency_that_reads_nothing_here_is_no_dead_end(
    agency: Agency, programme_keys: sitekeys.SiteKeys
) -> None:
    Agency.objects.update(answers="link")

    commands.receive(arrived(request(agency.token)))

    (told,) = crossed(programme_keys, "support-answer")
    assert (told["said"], "answers by a link" in told["words"]) == ("declined", True)
