"""A chain as it stood before: every version whole, for anyone who may see the chain and for nobody else."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.programme import saves
from desist.programme.chains import commands
from desist.programme.chains.commands import Analysis, Behaviour
from desist.programme.chains.links import Kind, Link, Part
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.sessions.models import Session
from desist.references import reference
from desist.ui import dates
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(session: Session) -> Chain:
    """Thought 1 to 3, started by Kit."""
    return factories.chain(session=session, links=3)


@pytest.fixture
def kept(chain: Chain, actor: Actor) -> Chain:
    """Half an hour apart: a link between, one changed, one moved, one taken out, that undone, and a repair."""
    first, second, third = chain.links.order_by("position").values_list("ref", flat=True)
    common: dict[str, Any] = {"actor": actor, "ref": chain.ref}
    commands.add(**common, link=link("Between"), after=first, version=1, at=after(30))
    commands.change(**common, link=link("Reworded", second), version=2, at=after(60))
    commands.move(**common, link=third, up=True, version=3, at=after(90))
    commands.remove(**common, link=first, version=4, at=after(120))
    commands.undo(**common, version=5, at=after(150))
    analysis = Analysis(Behaviour("Drove past once", True, None), "Sleep", "", "")
    commands.analyse(**common, analysis=analysis, version=6, at=after(180))
    return chain


def after(minutes: int) -> datetime:
    return factories.NOW + timedelta(minutes=minutes)


def link(words: str, ref: str = "") -> Link:
    return Link(ref, Part.LINK, Kind.THOUGHT, words, 3)


def words(chain: Chain, *, version: int) -> list[str]:
    return [one.words for one in commands.read_at(chain, version=version)]


def test_every_version_has_the_links_that_it_had_then(kept: Chain) -> None:
    assert [words(kept, version=version) for version in range(1, 8)] == [
        ["Thought 1", "Thought 2", "Thought 3"],
        ["Thought 1", "Between", "Thought 2", "Thought 3"],
        ["Thought 1", "Between", "Reworded", "Thought 3"],
        ["Thought 1", "Between", "Thought 3", "Reworded"],
        ["Between", "Thought 3", "Reworded"],
        ["Thought 1", "Between", "Thought 3", "Reworded"],
        ["Thought 1", "Between", "Thought 3", "Reworded"],
    ]
    assert commands.read_at(kept, version=7) == commands.read(kept)


def test_a_link_that_was_taken_out_stays_in_the_history(chain: Chain, actor: Actor) -> None:
    gone = chain.links.get(position=2)
    commands.remove(actor=actor, ref=chain.ref, link=gone.ref, version=1, at=after(30))

    history = ChainLink.pgh_event_model.objects.filter(ref=gone.ref).order_by("pgh_id")  # type: ignore[attr-defined]  # pghistory adds it

    assert list(history.values_list("pgh_label", "words", "written_in"))[-1] == ("delete", "Thought 2", 2)


def test_the_page_lists_who_saved_it_and_when_the_newest_first(kit_browser: Client, kept: Chain) -> None:
    shown = text(kit_browser.get(f"/chains/{kept.ref}/versions/"))

    assert "Earlier versions" in text(kit_browser.get(f"/chains/{kept.ref}/"))
    assert shown[shown.index("Saved by") :].count(" you ") == 7
    assert shown.index("the current version") < shown.index(dates.at(after(150)))


def test_what_one_person_saves_within_ten_minutes_is_one_version(
    kit_browser: Client, chain: Chain, actor: Actor
) -> None:
    for version in range(1, 6):
        commands.add(
            actor=actor, ref=chain.ref, link=link("More"), after="", version=version, at=after(29 + version)
        )

    shown = kit_browser.get(f"/chains/{chain.ref}/versions/").content.decode()

    assert [f"/versions/{number}/" in shown for number in range(1, 7)] == [True, *[False] * 4, True]


def test_an_earlier_version_is_drawn_and_told_and_says_that_it_is_one(
    kit_browser: Client, kept: Chain
) -> None:
    answer = kit_browser.get(f"/chains/{kept.ref}/versions/3/")
    drawn = answer.content.decode().partition("</svg>")[0]

    assert f"This is the version of {dates.at(after(60))}, saved by you." in text(answer)
    assert [said in drawn for said in ("Thought 1", "Between", "Reworded", "Thought 2")] == [
        *(True, True, True),
        False,
    ]
    assert "Drove twice round the block" in drawn
    assert "<form" not in answer.content.decode().partition("<main")[2]


def test_the_present_version_says_that_it_is_the_present_one(kit_browser: Client, kept: Chain) -> None:
    shown = text(kit_browser.get(f"/chains/{kept.ref}/versions/7/"))

    assert "This is the current version" in shown
    assert "Drove past once" in shown


def test_nothing_of_another_chain_is_shown(kit_browser: Client, kept: Chain, session: Session) -> None:
    other = factories.chain(session=session, behaviour="Rang her work")
    ChainLink.objects.create(chain=other, part="link", position=1, kind="act", words="Dialled")

    shown = [text(kit_browser.get(f"/chains/{kept.ref}/versions/{number}")) for number in ("", "1/", "7/")]

    assert not any("Dialled" in one or "Rang her work" in one for one in shown)
    assert "Dialled" in text(kit_browser.get(f"/chains/{other.ref}/versions/1/"))
    assert kit_browser.get(f"/chains/{other.ref}/versions/2/").status_code == 404


@pytest.mark.parametrize("number", ["0", "8", "9" * 30])
def test_a_version_that_never_was_is_absent_like_a_chain_that_never_was(
    kit_browser: Client, kept: Chain, number: str
) -> None:
    answer = kit_browser.get(f"/chains/{kept.ref}/versions/{number}/")
    absent = kit_browser.get(f"/chains/{reference()}/versions/1/")

    assert (
        (answer.status_code, answer.content) == (absent.status_code, absent.content) == (404, absent.content)
    )


@pytest.mark.parametrize("kept_from", [Restriction, Exclusion])
@pytest.mark.parametrize("page", ["", "1/"])
def test_who_is_kept_from_the_case_sees_no_version(
    kit_browser: Client, kit: Account, kept: Chain, kept_from: type[Restriction | Exclusion], page: str
) -> None:
    case = kept.session.episode.referral.ref
    said = {"case": case, "reason": "Knows a party", "made_by": "carol", "made_at": factories.NOW}
    whom = {"account": kit.ref, "allowed": False} if kept_from is Exclusion else {}
    kept_from.objects.create(**said, **whom)

    answer = kit_browser.get(f"/chains/{kept.ref}/versions/{page}")
    absent = kit_browser.get(f"/chains/{reference()}/versions/{page}")

    assert (answer.status_code, answer.content) == (404, absent.content)


def test_once_the_person_is_somebody_elses_their_versions_are_too(kit_browser: Client, kept: Chain) -> None:
    kept.session.episode.allocations.update(ended_at=factories.NOW)

    assert kit_browser.get(f"/chains/{kept.ref}/versions/1/").status_code == 404


def test_looking_at_a_version_leaves_its_event(kit_browser: Client, kept: Chain) -> None:
    kit_browser.get(f"/chains/{kept.ref}/versions/2/")

    seen = AuditEvent.objects.filter(action="programme.see_chain_versions", allowed=True)
    assert seen.get().row == f"programme.chain:{kept.ref}"


def test_a_version_by_somebody_else_has_their_name(signed_in: Callable[..., Client], kept: Chain) -> None:
    manager = signed_in(role=Role.MANAGER, account=staff.account(name="Ola Reed"))

    assert "saved by Kit Marlow" in text(manager.get(f"/chains/{kept.ref}/versions/2/"))


def test_more_versions_than_a_page_holds_lead_on(
    kit_browser: Client, kept: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saves, "LISTED", 4)

    first = kit_browser.get(f"/chains/{kept.ref}/versions/").content.decode()
    second = kit_browser.get(f"/chains/{kept.ref}/versions/?before=4").content.decode()

    assert 'href="?before=4"' in first
    assert [f"/versions/{number}/" in first for number in (3, 4)] == [False, True]
    assert [f"/versions/{number}/" in second for number in (1, 3, 4)] == [True, True, False]
    assert "Older versions" not in second


@pytest.mark.parametrize("page", ["", "2/"])
def test_a_hundred_versions_cost_as_few_queries_as_two(
    kit_browser: Client, chain: Chain, actor: Actor, page: str
) -> None:
    def grow(first: int, last: int) -> None:
        for version in range(first, last):
            commands.add(
                actor=actor,
                ref=chain.ref,
                link=link("More"),
                after="",
                version=version,
                at=after(30 * version),
            )

    def cost() -> int:
        with CaptureQueriesContext(connection) as sent:
            assert kit_browser.get(f"/chains/{chain.ref}/versions/{page}").status_code == 200
        return len(sent)

    grow(1, 3)
    few = cost()
    grow(3, 100)

    assert (cost(), few <= 8) == (few, True), few
