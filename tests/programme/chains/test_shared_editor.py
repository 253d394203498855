"""The editor before the participant's eyes: everything can be typed, and nothing but the chain is on the screen."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import SignIn
from desist.programme.chains.models import Chain, ChainLink
from desist.programme.sessions.models import Session
from desist.skills.catalogue import SKILLS

pytestmark = pytest.mark.django_db

LINE = {"words": "She ignores me", "kind": "thought", "intensity": "4", "part": "link"}
ANALYSIS = {
    "behaviour": "Drove past twice",
    "resisted": "no",
    "reduce_vulnerability": "Sleep before midnight",
    "prevent_prompt": "Another way home",
    "repair": "Comply with the order",
}
#: names, menu, places of the case, other counts, other sessions: nothing of it is the participant's to see
HIDDEN = (
    *(
        "Robin",
        "Example",
        "Kit Marlow",
        "Noor Hale",
        "To do",
        "Your account",
        "Sign out",
        "Overview",
        "Risk",
    ),
    *("workplace", "Concern", "Session 1", "Plea hearing", "Key dates", "Read and print", "of 12"),
)


@pytest.fixture
def chain(session: Session) -> Chain:
    """A chain of a person about whom the record holds much that the shared screen must not show."""
    factories.concern(session=session)
    factories.day_ahead(episode=session.episode)
    factories.order(referral=session.episode.referral)
    return factories.chain(session=session, links=3)


def sent(chain: Chain, **fields: str) -> dict[str, str]:
    chain.refresh_from_db()
    return {"form_version": str(chain.version), **fields}


def words(chain: Chain) -> list[str]:
    return list(chain.links.order_by("part", "position").values_list("words", flat=True))


def addresses(answer: object) -> set[str]:
    """Where a page leads: its links and its forms."""
    page = html.unescape(answer.content.decode())  # type: ignore[attr-defined]  # Django's test response
    return set(re.findall(r'(?:href|action|data-autosave)="(/[^"?]*)', page))


def test_every_page_of_it_is_the_chain_alone(kit_browser: Client, chain: Chain) -> None:
    link = chain.links.get(position=2)
    pages = [
        f"/chains/{chain.ref}/shared/{page}" for page in ("", "edit/", f"change/{link.ref}/", "analysis/")
    ]
    wrong = [
        kit_browser.post(f"/chains/{chain.ref}/shared/{page}", sent(chain))
        for page in ("add/", f"change/{link.ref}/", "undo/", "analysis/")
    ]

    for answer in (*(kit_browser.get(page) for page in pages), *wrong):
        seen = text(answer)
        assert [hidden for hidden in HIDDEN if hidden in seen] == []
        own = {one for one in addresses(answer) if not one.startswith("/static/")}
        assert {one for one in own if "/shared/" not in one} <= {f"/chains/{chain.ref}/"}
    assert {answer.status_code for answer in wrong} == {422}


def test_links_are_added_changed_moved_removed_and_undone_and_it_stays_shared(
    kit_browser: Client, chain: Chain
) -> None:
    shared = f"/chains/{chain.ref}/shared"
    second = chain.links.get(position=2)
    done = [
        kit_browser.post(f"{shared}/add/", sent(chain, **LINE), follow=True),
        kit_browser.post(
            f"{shared}/change/{second.ref}/", sent(chain, **LINE, skill="Wise mind"), follow=True
        ),
        kit_browser.post(f"{shared}/move/", sent(chain, up=second.ref), follow=True),
        kit_browser.post(f"{shared}/move/", sent(chain, down=second.ref), follow=True),
        kit_browser.post(f"{shared}/remove/", sent(chain, link=second.ref), follow=True),
        kit_browser.post(f"{shared}/undo/", sent(chain), follow=True),
    ]

    assert [answer.redirect_chain[0][0].partition("?")[0] for answer in done] == [f"{shared}/edit/"] * 6
    said = ("added", "changed", "moved up", "moved down", "removed", "undone")
    assert all(f"is {one}" in text(answer) for one, answer in zip(said, done, strict=True))
    assert words(chain) == ["Thought 1", "She ignores me", "Thought 3", "She ignores me"]
    assert "Skill: Wise mind" in text(done[-1])


def test_no_message_of_another_page_comes_onto_the_screen(kit_browser: Client, chain: Chain) -> None:
    kit_browser.post(f"/chains/{chain.ref}/add/", sent(chain, **LINE))  # leaves a message behind

    assert "The link is added." not in text(kit_browser.get(f"/chains/{chain.ref}/shared/edit/"))
    assert "The link is added." in text(kit_browser.get(f"/chains/{chain.ref}/edit/"))


def test_words_in_the_address_are_not_said(kit_browser: Client, chain: Chain) -> None:
    page = kit_browser.get(f"/chains/{chain.ref}/shared/edit/?done=Robin%20lives%20there")

    assert "Robin" not in page.content.decode()


def test_a_link_that_is_gone_is_said_there_too(kit_browser: Client, chain: Chain) -> None:
    link = chain.links.get(position=1)
    kit_browser.post(f"/chains/{chain.ref}/shared/remove/", sent(chain, link=link.ref))

    answer = kit_browser.get(f"/chains/{chain.ref}/shared/change/{link.ref}/", follow=True)

    assert "That link is no longer in the chain." in text(answer)
    assert [hidden for hidden in HIDDEN if hidden in text(answer)] == []


@pytest.mark.parametrize(("what", "status"), [("add", 422), ("analysis", 422), ("save", 409)])
def test_a_stale_page_says_when_it_was_changed_and_names_nobody(
    kit_browser: Client, chain: Chain, what: str, status: int
) -> None:
    noor = factories.account(name="Noor Hale")
    Chain.objects.filter(pk=chain.pk).update(version=7, changed_by=noor.ref, behaviour="Waited outside")

    answer = kit_browser.post(
        f"/chains/{chain.ref}/shared/{what}/", {**LINE, **ANALYSIS, "form_version": "1"}
    )

    assert answer.status_code == status
    assert "changed elsewhere at" in text(answer)
    assert "Noor Hale" not in text(answer)
    if what == "analysis":
        assert "Waited outside" in text(answer)
        assert 'value="Drove past twice"' in answer.content.decode()


def test_the_analysis_saves_itself_and_leads_back_to_the_drawing(kit_browser: Client, chain: Chain) -> None:
    page = kit_browser.get(f"/chains/{chain.ref}/shared/analysis/")
    quiet = kit_browser.post(f"/chains/{chain.ref}/shared/save/", sent(chain, **ANALYSIS))
    pressed = kit_browser.post(f"/chains/{chain.ref}/shared/analysis/", sent(chain, **ANALYSIS))

    assert f'data-autosave="/chains/{chain.ref}/shared/save/"' in page.content.decode()
    assert (quiet.status_code, quiet["Desist-Version"]) == (204, "2")
    assert pressed["Location"] == f"/chains/{chain.ref}/shared/"
    chain.refresh_from_db()
    assert chain.repair == "Comply with the order"


@pytest.mark.parametrize(("page", "status"), [("analysis", 422), ("save", 200)])
def test_a_repair_that_is_contact_is_kept_there_and_told_with_its_reason(
    kit_browser: Client, chain: Chain, page: str, status: int
) -> None:
    form = sent(chain, **{**ANALYSIS, "repair": "Write her a letter to apologise"})

    answer = kit_browser.post(f"/chains/{chain.ref}/shared/{page}/", form)

    assert answer.status_code == status
    assert "Repair is never contact with the victim" in text(answer)
    assert "Why is it safe to keep?" not in text(answer)
    chain.refresh_from_db()
    assert chain.repair == "Write her a letter to apologise"


def test_what_is_not_shown_there_stays_as_it_is_when_the_rest_is_saved(
    kit_browser: Client, chain: Chain
) -> None:
    Chain.objects.update(repair="Keep away from 12 Quarry Lane", behaviour="Drove to 12 Quarry Lane")
    ChainLink.objects.filter(position=1).update(words="Saw 12 Quarry Lane")
    page, save = f"/chains/{chain.ref}/shared/analysis/", f"/chains/{chain.ref}/shared/save/"
    typed = sent(chain, **ANALYSIS) | {"prevent_prompt": "Another way home"}
    del typed["repair"], typed["behaviour"]

    for shown in (page, f"/chains/{chain.ref}/shared/", f"/chains/{chain.ref}/shared/edit/"):
        assert "Quarry" not in kit_browser.get(shown).content.decode()
    kit_browser.post(save, typed)

    chain.refresh_from_db()
    assert (chain.repair, chain.behaviour) == ("Keep away from 12 Quarry Lane", "Drove to 12 Quarry Lane")
    assert chain.prevent_prompt == "Another way home"


def test_words_that_may_lead_to_somebody_are_not_added_and_not_repeated_before_the_person(
    kit_browser: Client, chain: Chain
) -> None:
    before = chain.links.count()

    answer = kit_browser.post(
        f"/chains/{chain.ref}/shared/add/",
        sent(chain, **LINE | {"words": "Went to 12 Quarry Lane", "false_alarm": "agency"}),
    )

    assert answer.status_code == 422
    assert "This cannot be added here: it needs checking first" in text(answer)
    assert "looks like" not in text(answer)
    assert "Why is it safe" not in text(answer)
    assert chain.links.count() == before


def test_an_idle_screen_is_locked_and_nothing_is_carried_out_meanwhile(
    kit_browser: Client, chain: Chain
) -> None:
    SignIn.objects.update(last_seen_at=timezone.now() - timedelta(minutes=16))

    answer = kit_browser.get(f"/chains/{chain.ref}/shared/edit/")
    typed = kit_browser.post(f"/chains/{chain.ref}/shared/add/", sent(chain, **LINE))

    assert (answer.status_code, typed.status_code) == (401, 401)
    assert [hidden for hidden in ("Thought 2", "Robin", "To do") if hidden in text(answer)] == []
    SignIn.objects.update(last_seen_at=timezone.now())
    assert kit_browser.get(f"/chains/{chain.ref}/shared/edit/").status_code == 200
    assert words(chain) == ["Thought 1", "Thought 2", "Thought 3"]


def test_the_drawing_leads_to_the_editor_and_the_editor_back_to_the_drawing(
    kit_browser: Client, chain: Chain
) -> None:
    drawing = kit_browser.get(f"/chains/{chain.ref}/shared/")
    editor = kit_browser.get(f"/chains/{chain.ref}/shared/edit/")

    assert f"/chains/{chain.ref}/shared/edit/" in addresses(drawing)
    assert f"/chains/{chain.ref}/shared/analysis/" in addresses(drawing)
    assert "Stop sharing" in text(drawing)
    assert f"/chains/{chain.ref}/shared/" in addresses(editor)
    assert "Back to the drawing" in text(editor)


@pytest.mark.parametrize("screen", ["", "shared/"])
def test_the_skills_of_the_service_are_offered_where_one_is_named(
    kit_browser: Client, chain: Chain, screen: str
) -> None:
    link = chain.links.get(position=2)

    page = kit_browser.get(f"/chains/{chain.ref}/{screen}change/{link.ref}/").content.decode()

    offered = html.unescape(page)
    assert [skill for skill in SKILLS if f'<option value="{skill.key}">{skill.name}' not in offered] == []
    own = kit_browser.post(
        f"/chains/{chain.ref}/{screen}change/{link.ref}/", sent(chain, **LINE, skill="Rang my brother")
    )
    assert own.status_code == 302
    link.refresh_from_db()
    assert link.skill == "Rang my brother"


def test_what_was_taken_out_alone_is_not_brought_back_before_the_participants_eyes(
    kit_browser: Client, chain: Chain
) -> None:
    second = chain.links.get(position=2)
    kit_browser.post(f"/chains/{chain.ref}/remove/", sent(chain, link=second.ref))

    page = kit_browser.get(f"/chains/{chain.ref}/shared/edit/")
    answer = kit_browser.post(f"/chains/{chain.ref}/shared/undo/", sent(chain))

    assert "Nothing to undo" in text(page)
    assert (answer.status_code, second.words in text(answer)) == (422, False)
    assert "Undo: link removed" in text(kit_browser.get(f"/chains/{chain.ref}/edit/"))


def test_words_of_other_chains_are_offered_alone_and_never_before_the_participants_eyes(
    kit_browser: Client, chain: Chain
) -> None:
    other = factories.chain(session=chain.session, links=1)
    other.links.update(words="What the police told")

    assert "What the police told" in kit_browser.get(f"/chains/{chain.ref}/edit/").content.decode()
    shared = kit_browser.get(f"/chains/{chain.ref}/shared/edit/").content.decode()
    assert "What the police told" not in shared
    assert "Thought 1" in shared
