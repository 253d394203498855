"""The chain's pages: begun, worked on link by link, analysed, read and shared."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.programme import factories
from tests.programme.reading import text

from desist.programme.chains.models import Chain
from desist.programme.sessions.models import Session
from desist.wall.actors import Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

LINE = {"words": "She ignores me", "kind": "thought", "intensity": "4", "part": "link"}


@pytest.fixture
def chain(session: Session) -> Chain:
    return factories.chain(session=session, links=3)


def words(chain: Chain) -> list[str]:
    return list(chain.links.order_by("part", "position").values_list("words", flat=True))


def sent(chain: Chain, **fields: str) -> dict[str, str]:
    chain.refresh_from_db()
    return {"form_version": str(chain.version), **fields}


def test_a_chain_is_begun_with_what_a_camera_could_have_filmed(kit_browser: Client, session: Session) -> None:
    form = {"behaviour": "Drove past twice", "resisted": "no", "form_submission": "once"}

    for _ in range(2):  # a double click
        answer = kit_browser.post(f"/chains/in/{session.ref}/", form)

    begun = Chain.objects.get()
    assert answer["Location"] == f"/chains/{begun.ref}/edit/"
    assert (begun.behaviour, begun.resisted, begun.session) == ("Drove past twice", False, session)


def test_a_chain_without_its_behaviour_is_asked_for_it(kit_browser: Client, session: Session) -> None:
    answer = kit_browser.post(
        f"/chains/in/{session.ref}/",
        {"resisted": "no", "happened_on-day": "31", "happened_on-month": "2", "happened_on-year": "2026"},
    )

    assert answer.status_code == 422
    assert 'value="31"' in answer.content.decode()
    assert not Chain.objects.exists()


def test_a_link_is_added_and_the_page_says_so(kit_browser: Client, chain: Chain) -> None:
    answer = kit_browser.post(f"/chains/{chain.ref}/add/", sent(chain, **LINE), follow=True)

    assert words(chain)[-1] == "She ignores me"
    assert "The link is added." in text(answer)
    assert "intensity 4 of 5" in text(answer)


def test_a_link_that_lacks_its_type_keeps_its_words(kit_browser: Client, chain: Chain) -> None:
    answer = kit_browser.post(f"/chains/{chain.ref}/add/", sent(chain, **{**LINE, "kind": ""}))

    assert answer.status_code == 422
    assert "Choose the type: E, T, F, B, U or A" in text(answer)
    assert 'value="She ignores me"' in answer.content.decode()


def test_a_link_is_added_below_another_and_a_refusal_keeps_the_place(
    kit_browser: Client, chain: Chain
) -> None:
    first = chain.links.get(position=1)
    asked = kit_browser.get(f"/chains/{chain.ref}/edit/?after={first.ref}")
    refused = kit_browser.post(
        f"/chains/{chain.ref}/add/", sent(chain, **{**LINE, "kind": ""}, after=first.ref)
    )

    kit_browser.post(f"/chains/{chain.ref}/add/", sent(chain, **LINE, after=first.ref))

    assert "Below “Thought 1”." in text(asked)
    assert "Below “Thought 1”." in text(refused)
    assert words(chain) == ["Thought 1", "She ignores me", "Thought 2", "Thought 3"]


def test_links_move_are_removed_and_every_change_is_undone(kit_browser: Client, chain: Chain) -> None:
    first, second, third = chain.links.order_by("position")
    kit_browser.post(f"/chains/{chain.ref}/move/", sent(chain, down=first.ref))
    kit_browser.post(f"/chains/{chain.ref}/move/", sent(chain, up=third.ref))
    kit_browser.post(f"/chains/{chain.ref}/remove/", sent(chain, link=second.ref))
    assert words(chain) == ["Thought 3", "Thought 1"]

    for _ in range(3):
        kit_browser.post(f"/chains/{chain.ref}/undo/", sent(chain))

    assert words(chain) == ["Thought 1", "Thought 2", "Thought 3"]
    nothing = kit_browser.post(f"/chains/{chain.ref}/undo/", sent(chain))
    assert nothing.status_code == 422
    assert "There is nothing to undo" in text(nothing)


def test_a_skill_is_marked_at_a_link(kit_browser: Client, chain: Chain) -> None:
    link = chain.links.get(position=2)
    page = kit_browser.get(f"/chains/{chain.ref}/change/{link.ref}/")
    assert 'value="Thought 2"' in page.content.decode()

    form = sent(chain, **{**LINE, "words": "Thought 2", "skill": "Ride the urge"})
    answer = kit_browser.post(f"/chains/{chain.ref}/change/{link.ref}/", form, follow=True)

    assert "Skill: Ride the urge" in text(answer)
    link.refresh_from_db()
    assert (link.skill, link.intensity) == ("Ride the urge", 4)


def test_of_an_urge_resisted_the_skill_that_was_used_is_asked(kit_browser: Client, chain: Chain) -> None:
    link = chain.links.get(position=2)
    address = f"/chains/{chain.ref}/change/{link.ref}/"
    acted = text(kit_browser.get(address))
    chain.resisted = True
    chain.save()

    resisted = text(kit_browser.get(address))

    assert "Skill that fits here" in acted
    assert "Skill they used here" in resisted
    assert "What they did at this link" in resisted
    assert "Skill that fits here" not in resisted


@pytest.mark.parametrize("what", ["add", "undo", "analysis", "save"])
def test_a_stale_tab_changes_nothing_and_says_when_and_by_whom(
    kit_browser: Client, chain: Chain, what: str
) -> None:
    kit_browser.post(f"/chains/{chain.ref}/add/", sent(chain, **LINE))
    before = words(chain)
    form = {**LINE, "behaviour": "Other words", "resisted": "yes", "form_version": "1"}

    answer = kit_browser.post(f"/chains/{chain.ref}/{what}/", form)

    assert answer.status_code == (409 if what == "save" else 422)
    assert "changed elsewhere at" in text(answer)
    assert "by you" in text(answer)
    assert words(chain) == before
    if what == "analysis":
        assert "Drove twice round the block" in text(answer)
        assert 'value="Other words"' in answer.content.decode()


def test_a_link_that_another_tab_removed_is_said_to_be_gone(kit_browser: Client, chain: Chain) -> None:
    link = chain.links.get(position=1)
    kit_browser.post(f"/chains/{chain.ref}/remove/", sent(chain, link=link.ref))

    again = kit_browser.post(f"/chains/{chain.ref}/remove/", sent(chain, link=link.ref))
    opened = kit_browser.get(f"/chains/{chain.ref}/change/{link.ref}/", follow=True)

    assert "that link is no longer in the chain" in text(again)
    assert "That link is no longer in the chain" in text(opened)


def test_a_link_at_the_edge_of_its_part_moves_on_and_at_the_end_of_the_chain_says_so(
    kit_browser: Client, chain: Chain
) -> None:
    last = chain.links.get(position=3)
    for _ in range(2):
        kit_browser.post(f"/chains/{chain.ref}/move/", sent(chain, down=last.ref))
    last.refresh_from_db()
    assert last.part == "long"

    answer = kit_browser.post(f"/chains/{chain.ref}/move/", sent(chain, down=last.ref))

    assert "is already at the end of the chain" in text(answer)


@pytest.mark.parametrize(("into", "moved"), [("short", True), ("elsewhere", False)])
def test_a_link_is_put_into_another_part(kit_browser: Client, chain: Chain, into: str, moved: bool) -> None:
    first = chain.links.get(position=1)

    answer = kit_browser.post(
        f"/chains/{chain.ref}/move/", sent(chain, place=first.ref, into=into, behind=""), follow=True
    )

    first.refresh_from_db()
    assert (first.part, "The link is moved." in text(answer)) == ("short" if moved else "link", moved)


@pytest.mark.parametrize("part", ["vulnerability", "prompt", "link", "short", "long"])
def test_a_link_is_added_to_the_part_of_its_line_which_stays_in_focus(
    kit_browser: Client, chain: Chain, part: str
) -> None:
    answer = kit_browser.post(f"/chains/{chain.ref}/add/", sent(chain, **LINE | {"part": part}), follow=True)

    assert chain.links.get(words="She ignores me").part == part
    line = answer.content.decode().split(f'data-part="{part}"')[1].split("data-line")[1]
    assert line.partition(">")[0].endswith("data-focus")


def test_a_link_and_a_skill_are_counted_under_one_spelling(
    kit_browser: Client, session: Session, chain: Chain
) -> None:
    other = factories.chain(session=session, links=1, resisted=True)
    other.links.update(words="Nobody cares")
    link = other.links.get()
    form = {
        **LINE,
        "words": "Nobody cares",
        "same_as": "Thought 1",
        "skill_code": "ride",
        "skill": "breathes",
    }

    changed = kit_browser.post(f"/chains/{other.ref}/change/{link.ref}/", sent(other, **form), follow=True)

    assert "Counts as “Thought 1”" in text(changed)
    assert "Skill: Ride the urge: breathes" in text(changed)
    assert "Counts as" not in text(kit_browser.get(f"/chains/{other.ref}/shared/edit/"))
    page = text(kit_browser.get(f"/chains/of/{session.episode.ref}/"))
    assert "Thought 1 Thought 2 of 2 chains" in page
    assert "Ride the urge Thought 1 1 of 2 chains" in page


def test_a_change_before_the_persons_eyes_keeps_what_the_link_counts_as(
    kit_browser: Client, chain: Chain
) -> None:
    link = chain.links.get(position=1)
    chain.links.filter(pk=link.pk).update(same_as="Alone again")

    kit_browser.post(f"/chains/{chain.ref}/shared/change/{link.ref}/", sent(chain, **LINE))

    link.refresh_from_db()
    assert (link.words, link.same_as) == ("She ignores me", "Alone again")


ANALYSIS = {
    "behaviour": "Drove past twice",
    "resisted": "no",
    "reduce_vulnerability": "Sleep before midnight",
    "prevent_prompt": "Another way home",
    "repair": "Comply with the order",
}


def test_the_analysis_is_saved_by_button_and_by_itself(kit_browser: Client, chain: Chain) -> None:
    quiet = kit_browser.post(f"/chains/{chain.ref}/save/", sent(chain, **ANALYSIS))
    shown = kit_browser.post(
        f"/chains/{chain.ref}/analysis/", sent(chain, **{**ANALYSIS, "repair": "Pay the fine"}), follow=True
    )

    assert (quiet.status_code, quiet["Desist-Version"]) == (204, "2")
    assert "Sleep before midnight" in text(shown)
    assert "Pay the fine" in text(shown)


CONTACT = "“apologise” looks like a way to contact the victim"


def test_a_repair_that_is_contact_is_saved_and_not_shown_to_the_person(
    kit_browser: Client, chain: Chain
) -> None:
    form = sent(chain, **{**ANALYSIS, "repair": "Write her a letter to apologise"})

    quiet = kit_browser.post(f"/chains/{chain.ref}/save/", form)
    answer = kit_browser.post(f"/chains/{chain.ref}/analysis/", {**form, "form_version": "2"})

    assert (quiet.status_code, quiet["Desist-Version"]) == (200, "2")
    assert f"Repair is not shown to the person: {CONTACT}" in quiet.content.decode()
    assert answer.status_code == 422
    assert "Repair is never contact with the victim" in text(answer)
    assert f"{CONTACT}. Reword it, or say why it is safe to keep" in text(answer)
    assert "Write her a letter to apologise" in text(answer)
    assert "letter" not in text(kit_browser.get(f"/chains/{chain.ref}/shared/analysis/"))


def test_a_repair_that_means_nobody_protected_has_a_way_out_that_is_told(
    kit_browser: Client, chain: Chain
) -> None:
    repair = (
        "Log out of all accounts on work computers; tell his manager he wants the canteen computer locked."
    )
    form = sent(chain, **{**ANALYSIS, "repair": repair, "false_alarm": "nobody_protected"})

    answer = kit_browser.post(f"/chains/{chain.ref}/analysis/", form)

    assert answer.status_code == 302
    assert "canteen" in kit_browser.get(f"/chains/{chain.ref}/shared/analysis/").content.decode()
    told = AuditEvent.objects.get(action="programme.answer_for_words").reason
    assert told.startswith("repair: way to contact the victim: Nobody who is protected is meant")


@pytest.mark.parametrize("page", ["", "shared/", "analysis/"])
def test_a_link_with_an_address_is_asked_about_and_drawn_for_staff_alone(
    kit_browser: Client, chain: Chain, page: str
) -> None:
    typed = sent(chain, **LINE | {"words": "Drove to 12 Quarry Lane"})
    asked = kit_browser.post(f"/chains/{chain.ref}/add/", typed)
    assert asked.status_code == 422
    assert "“12 Quarry Lane” looks like an address. Reword it" in text(asked)
    assert "Why is it safe to keep?" in text(asked)
    assert not chain.links.filter(words__contains="Quarry").exists()

    chain.links.filter(position=1).update(words="Drove to 12 Quarry Lane")  # of before it was asked
    assert ("Quarry" in text(kit_browser.get(f"/chains/{chain.ref}/{page}"))) is (page != "shared/")


def test_an_answer_lets_a_link_stand(kit_browser: Client, chain: Chain) -> None:
    typed = sent(chain, **LINE | {"words": "Drove to 12 Quarry Lane", "false_alarm": "referred_person"})

    kit_browser.post(f"/chains/{chain.ref}/add/", typed)

    assert "12 Quarry Lane" in text(kit_browser.get(f"/chains/{chain.ref}/shared/"))


def test_a_chain_is_not_begun_with_an_address(kit_browser: Client, session: Session) -> None:
    typed = {"behaviour": "Waited at 12 Quarry Lane", "resisted": "no"}
    asked = kit_browser.post(f"/chains/in/{session.ref}/", typed)

    assert asked.status_code == 422
    assert not session.chains.exists()

    kit_browser.post(f"/chains/in/{session.ref}/", {**typed, "false_alarm": "agency"})
    assert session.chains.exists()


def test_a_chain_is_read_as_a_drawing_and_in_words(kit_browser: Client, chain: Chain) -> None:
    page = kit_browser.get(f"/chains/{chain.ref}/")

    assert page.content.decode().count('class="chain-box ') == 4
    assert "Thought: Thought 2, intensity 3 of 5" in text(page)


def test_the_shared_screen_shows_the_chain_alone(kit_browser: Client, chain: Chain) -> None:
    factories.concern(session=chain.session)

    page = text(kit_browser.get(f"/chains/{chain.ref}/shared/"))

    assert "Thought 2" in page
    for hidden in ("Robin", "Example", "To do", "Kit Marlow", "workplace", "Concern"):
        assert hidden not in page


def test_a_chain_of_200_links_is_drawn_and_changed(
    kit_browser: Client, session: Session, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    long = factories.chain(session=session, links=200)
    first = long.links.get(position=1)

    with django_assert_num_queries(7):
        page = kit_browser.get(f"/chains/{long.ref}/edit/")
    kit_browser.post(f"/chains/{long.ref}/add/", sent(long, **LINE, after=first.ref))

    assert page.content.decode().count("data-link") == 200
    assert long.links.get(position=2).words == "She ignores me"
    assert long.links.count() == 201


def test_a_change_costs_a_constant_number_of_queries(
    kit_browser: Client, session: Session, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for length in (3, 50):
        chain = factories.chain(session=session, links=length)
        form = sent(chain, **LINE, after=chain.links.get(position=1).ref)

        with django_assert_num_queries(15):  # one names the case for what was found in the words
            kit_browser.post(f"/chains/{chain.ref}/add/", form)


@pytest.mark.parametrize("page", ["", "shared/", "edit/", "analysis/"])
def test_a_chain_of_another_caseload_is_not_there(
    signed_in: Callable[..., Client], chain: Chain, page: str
) -> None:
    other = signed_in(account=factories.account(name="Noor Hale"))

    assert other.get(f"/chains/{chain.ref}/{page}").status_code == 404


@pytest.mark.parametrize(
    ("page", "status"), [("", 200), ("shared/", 200), ("edit/", 403), ("analysis/", 403)]
)
def test_a_supervisor_reads_and_does_not_change(
    signed_in: Callable[..., Client], chain: Chain, page: str, status: int
) -> None:
    supervisor = signed_in(role=Role.SUPERVISOR, account=factories.account(name="Sol Arden"))

    assert supervisor.get(f"/chains/{chain.ref}/{page}").status_code == status


@pytest.mark.parametrize("typed", ["a\x07b", "turned \u202e round", "y" * 1_000_000])
def test_words_that_cannot_be_kept_are_refused_in_a_sentence(
    kit_browser: Client, chain: Chain, typed: str
) -> None:
    answer = kit_browser.post(f"/chains/{chain.ref}/add/", sent(chain, **{**LINE, "words": typed}))

    assert answer.status_code == 422
    assert "cannot be shown" in text(answer) or "must be 300 characters or fewer" in text(answer)
    assert chain.links.count() == 3


def test_emoji_and_right_to_left_words_are_kept(kit_browser: Client, chain: Chain) -> None:
    kit_browser.post(f"/chains/{chain.ref}/add/", sent(chain, **{**LINE, "words": "כעס 😡"}))

    assert chain.links.get(position=4).words == "כעס 😡"


def test_the_editor_offers_the_words_of_the_persons_earlier_chains(
    kit_browser: Client, session: Session, chain: Chain
) -> None:
    second = factories.chain(session=session)

    page = kit_browser.get(f"/chains/{second.ref}/edit/").content.decode()

    assert '<option value="Thought 1"></option>' in page
    assert 'list="words-before"' in page


def test_a_persons_page_shows_what_comes_back_with_the_chains_behind_it(
    kit_browser: Client, session: Session, chain: Chain
) -> None:
    second = factories.chain(
        session=session, links=3, behaviour="Scrolled through old pictures", resisted=True
    )

    answer = kit_browser.get(f"/chains/of/{session.episode.ref}/")

    assert "2 chains, 1 of them of an urge resisted" in text(answer)
    assert "2 of 2 chains" in text(answer)
    assert answer.content.decode().count(f"/chains/{second.ref}/") > 5


def test_a_person_without_chains_is_told_what_will_appear(kit_browser: Client, session: Session) -> None:
    answer = kit_browser.get(f"/chains/of/{session.episode.ref}/")

    assert "No chains yet" in text(answer)


@pytest.mark.parametrize("number", [2, 9])
def test_a_persons_chains_cost_the_same_queries_however_many(
    kit_browser: Client, session: Session, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        factories.chain(session=session, links=4)
    kit_browser.get(f"/chains/of/{session.episode.ref}/")

    with django_assert_num_queries(6):
        kit_browser.get(f"/chains/of/{session.episode.ref}/")


def test_the_supervisor_reads_how_often_nobody_protected_was_meant(
    kit_browser: Client, chain: Chain, signed_in: Callable[..., Client]
) -> None:
    repair = {**ANALYSIS, "repair": "Tell his manager he is sorry", "false_alarm": "nobody_protected"}
    kit_browser.post(f"/chains/{chain.ref}/analysis/", sent(chain, **repair))
    supervisor = signed_in(role=Role.SUPERVISOR, account=factories.account(name="Ola Reed"))

    page = text(supervisor.get(f"/supervision/of/{chain.session.practitioner.ref}/"))

    assert "Repairs kept that read like contact 1 in the last 90 days" in page
