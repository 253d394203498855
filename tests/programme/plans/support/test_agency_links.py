"""An agency without an account reads one referral by a link and a code that came apart, and answers it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.answering import links
from desist.programme.episodes.models import Episode
from desist.programme.plans.support import commands
from desist.programme.plans.support.models import Agency, SupportLink, SupportNews, SupportReferral
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

TOLD = "Drinks before contact."


@pytest.fixture
def row(episode: Episode) -> SupportReferral:
    """Robin, referred to an agency that answers by a link."""
    agency = factories.agency(name="Anchor Alcohol Service", answers="link", phone="01632 960 500")
    return factories.support(
        episode=episode,
        agency=agency,
        need="substances",
        told=TOLD,
        reach="Ring first",
        basis="consent",
        referred_on=timezone.localdate(),
    )


def made(browser: Client, row: SupportReferral, submission: str = "make") -> dict[str, str]:
    """Make a link on the page, and return what the agency types."""
    form = {"until": "14", "form_submission": submission}
    page = text(browser.post(f"/agency-links/{row.ref}/make/", form, follow=True))
    own = re.search(r"/answers/(\w{12})/", page)
    code = re.search(r"to tell by telephone ((?:\w{4} ){2}\w{4})", page)
    assert own
    assert code
    return {"link": own[1], "code": code[1]}


@pytest.fixture
def keys(row: SupportReferral, kit_browser: Client) -> dict[str, str]:
    return made(kit_browser, row)


@pytest.fixture
def agency_browser(db: None) -> Client:
    """A browser of the agency, in which nobody is signed in."""
    return Client()


def said(what: str, version: int = 1, **changes: str) -> dict[str, str]:
    today = timezone.localdate()
    day = {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year)}
    return {
        "said": what,
        "words": "",
        "form_version": str(version),
        "form_submission": f"said-{what}",
        **day,
        **changes,
    }


def test_a_link_and_its_code_together_show_what_was_passed_on_and_take_the_answer(
    row: SupportReferral, keys: dict[str, str], agency_browser: Client, kit_browser: Client
) -> None:
    before = text(agency_browser.get(f"/answers/{keys['link']}/"))
    shown = text(agency_browser.post("/answers/", keys))
    sent = agency_browser.post("/answers/say/", {**keys, **said("accepted", words="Monday at ten.")})

    row.refresh_from_db()
    assert TOLD not in before
    assert row.episode.referral.name not in before
    assert TOLD in shown
    assert row.episode.referral.name in shown
    assert "Your answer was sent" in text(sent)
    assert row.state == "accepted"
    assert not agency_browser.cookies
    assert "Anchor Alcohol Service answered: read it" in text(kit_browser.get("/"))
    assert "Monday at ten." in text(kit_browser.get(f"/support/of/{row.episode.ref}/"))


def test_a_whole_course_is_told_by_the_link_and_a_question_is_answered_on_it(
    row: SupportReferral, keys: dict[str, str], agency_browser: Client, kit_browser: Client
) -> None:
    def say(what: str, **changes: str) -> str:
        row.refresh_from_db()
        form = {**keys, **said(what, version=row.version, **changes)}
        return text(agency_browser.post("/answers/say/", form))

    say("asked", words="Which day suits?")
    kit_browser.post(f"/support/{row.ref}/news/", {"words": "Any Monday.", "form_submission": "reply"})
    assert "Any Monday." in text(agency_browser.post("/answers/", keys))
    for what in ("accepted", "attended", "missed"):
        say(what)
    say("concern", words="He spoke of ending it.")
    concern = text(kit_browser.get("/"))
    say("ended", words="Eight meetings.")

    row.refresh_from_db()
    assert "raised a concern: read it and ring them" in concern
    assert row.state == "ended"
    assert row.news.exclude(said="").count() == 6


def test_an_answer_that_is_sent_twice_counts_once(
    row: SupportReferral, keys: dict[str, str], agency_browser: Client
) -> None:
    for _ in range(2):
        answer = agency_browser.post("/answers/say/", {**keys, **said("accepted")})
        assert answer.status_code == 200

    assert SupportNews.objects.count() == 1


def test_of_two_answers_that_contradict_each_other_the_second_is_told_where_it_stands(
    row: SupportReferral, keys: dict[str, str], agency_browser: Client, kit_browser: Client
) -> None:
    kit_browser.post(f"/support/{row.ref}/outcome/", said("declined", words="By telephone: no place."))

    page = agency_browser.post("/answers/say/", {**keys, **said("accepted", words="We take him.")})

    row.refresh_from_db()
    assert page.status_code == 422
    assert "by now this referral stands at: Not accepted" in text(page)
    assert "We take him." in text(page)
    assert row.state == "not_accepted"


def forwarded(keys: dict[str, str], _: SupportReferral) -> dict[str, str]:
    return {**keys, "code": ""}


def guessed(keys: dict[str, str], _: SupportReferral) -> dict[str, str]:
    return {**keys, "code": "K7F2 M9PX 4C3D"}


def code_alone(keys: dict[str, str], _: SupportReferral) -> dict[str, str]:
    return {**keys, "link": "k7f2m9px4c3d"}


def expired(keys: dict[str, str], _: SupportReferral) -> dict[str, str]:
    SupportLink.objects.update(
        made_at=timezone.now() - timedelta(days=3), until=timezone.now() - timedelta(days=1)
    )
    return keys


def revoked(keys: dict[str, str], row: SupportReferral) -> dict[str, str]:
    row.links.update(ended_by="kit", ended_at=timezone.now())
    return keys


def withdrawn(keys: dict[str, str], row: SupportReferral) -> dict[str, str]:
    SupportReferral.objects.filter(pk=row.pk).update(state="withdrawn", answered_on=timezone.localdate())
    return keys


def off_the_list(keys: dict[str, str], _: SupportReferral) -> dict[str, str]:
    Agency.objects.update(ended_at=timezone.now(), ended_by="carol")
    return keys


def agreement_ended(keys: dict[str, str], _: SupportReferral) -> dict[str, str]:
    Agency.objects.update(agreement_ends_on=timezone.localdate() - timedelta(days=1))
    return keys


WRONG = [forwarded, guessed, code_alone, expired, revoked, withdrawn, off_the_list, agreement_ended]


def plain(answer: Any) -> str:
    """The page without the random word for its script and what was typed."""
    page = re.sub(r'nonce="[^"]*"|value="[^"]*"', "", answer.content.decode())
    return f"{answer.status_code} {page}"


def shape(asked: CaptureQueriesContext) -> list[str]:
    return [re.sub(r"'[^']*'|\"s[0-9]+_x[0-9]+\"|\b\d+\b", "?", one["sql"]) for one in asked.captured_queries]


@pytest.mark.parametrize("spoil", WRONG)
def test_whatever_is_wrong_is_answered_alike_and_by_the_same_statements(
    row: SupportReferral,
    keys: dict[str, str],
    agency_browser: Client,
    spoil: Callable[[dict[str, str], SupportReferral], dict[str, str]],
) -> None:
    never = {"link": "m9px4c3dk7f2", "code": "K7F2 M9PX 4C3D"}
    wrong = spoil(keys, row)
    found = []
    for address, form in (("/answers/", {}), ("/answers/say/", said("accepted"))):
        for typed in (never, wrong):
            with CaptureQueriesContext(connection) as asked:
                answer = agency_browser.post(address, {**typed, **form})
            found.append((plain(answer), shape(asked)))

    assert found[0] == found[1]
    assert found[2] == found[3]
    assert "do not work" in found[1][0]
    assert TOLD not in found[1][0]
    assert not SupportNews.objects.exists()


def test_wrong_codes_leave_no_event_beyond_the_limit_and_lock_nobody_out(
    keys: dict[str, str], agency_browser: Client
) -> None:
    for _ in range(links.OF_AN_ADDRESS + 5):
        answer = agency_browser.post("/answers/", {**keys, "code": "K7F2 M9PX 4C3D"})
        assert answer.status_code == 422

    events = AuditEvent.objects.filter(action="programme.answer_by_agency_link", allowed=False)
    assert events.count() == links.OF_AN_ADDRESS
    assert TOLD in text(agency_browser.post("/answers/", keys))


@pytest.mark.parametrize("typed", ["", "\x00", "é" * 200, "' OR 1=1 --", "\ud800"])
def test_nonsense_is_a_wrong_code(keys: dict[str, str], typed: str) -> None:
    with pytest.raises(links.NotOpen):
        links.kind().look(keys=links.Keys(keys["link"], typed, ""), at=timezone.now())


def test_words_that_lead_to_someone_are_asked_about(
    row: SupportReferral, keys: dict[str, str], agency_browser: Client
) -> None:
    words = "He waits at 12 Elm Street, NR1 2AB."
    page = agency_browser.post("/answers/say/", {**keys, **said("concern", words=words)})

    assert page.status_code == 422
    assert words in text(page)
    assert not row.news.exists()


def test_a_link_is_shown_once_and_a_new_one_ends_it(
    row: SupportReferral, keys: dict[str, str], kit_browser: Client, agency_browser: Client
) -> None:
    again = text(kit_browser.get(f"/agency-links/{row.ref}/made/"))
    kept = " ".join(map(str, SupportLink.objects.values_list()[0]))
    newer = made(kit_browser, row, "second")

    assert "cannot be shown again" in again
    assert keys["link"] not in kept
    assert agency_browser.post("/answers/", keys).status_code == 422
    assert agency_browser.post("/answers/", newer).status_code == 200


def test_a_link_is_revoked_and_a_withdrawal_ends_it(
    row: SupportReferral, keys: dict[str, str], kit_browser: Client, agency_browser: Client
) -> None:
    for _ in range(2):
        kit_browser.post(f"/agency-links/{SupportLink.objects.get().ref}/revoke/")
    assert agency_browser.post("/answers/", keys).status_code == 422

    newer = made(kit_browser, row, "second")
    kit_browser.post(f"/support/{row.ref}/withdraw/", {"form_submission": "withdrawn"})

    assert agency_browser.post("/answers/", newer).status_code == 422
    assert not SupportLink.objects.filter(ended_at=None).exists()


def test_no_link_is_made_for_an_agency_that_answers_otherwise_or_once_it_is_over(
    row: SupportReferral, kit_browser: Client, episode: Episode
) -> None:
    by_telephone = factories.support(episode=episode)
    over = factories.support(
        episode=episode, agency=row.agency, state="ended", answered_on=factories.NOW.date()
    )
    form = {"until": "7", "form_submission": "make"}

    assert "does not answer by a link" in text(
        kit_browser.post(f"/agency-links/{by_telephone.ref}/make/", form)
    )
    assert "this referral is over" in text(kit_browser.post(f"/agency-links/{over.ref}/make/", form))
    assert not SupportLink.objects.exists()


def test_an_agency_that_leaves_in_the_middle_ends_its_referrals_in_a_sentence(
    row: SupportReferral, keys: dict[str, str], kit_browser: Client, agency_browser: Client, actor: Any
) -> None:
    manager = type(actor)(who=actor.who, role=Role.MANAGER, area=actor.area, correlation=actor.correlation)
    commands.end_agency(actor=manager, ref=row.agency.ref, at=timezone.now())

    row.refresh_from_db()
    assert row.state == "not_accepted"
    assert "has left the list" in text(kit_browser.get(f"/support/of/{row.episode.ref}/"))
    assert "Anchor Alcohol Service answered: read it" in text(kit_browser.get("/"))
    assert agency_browser.post("/answers/", keys).status_code == 422
