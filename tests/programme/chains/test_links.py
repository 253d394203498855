"""The links of a chain: every operation keeps the order of the chain, and undo leads back to what was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desist.programme.chains import links
from desist.programme.chains.links import Kind, Link, Links, Part, Undoing
from desist.refusals import Refused


def link(ref: str, part: Part = Part.LINK, words: str = "words") -> Link:
    return Link(ref, part, Kind.THOUGHT, words, 3)


def refs(chain: Links) -> list[str]:
    return [one.ref for one in chain]


chains = st.lists(st.sampled_from(list(Part)), max_size=8).map(
    lambda parts: links.in_order(link(f"r{number}", part) for number, part in enumerate(parts))
)
choice = st.integers(min_value=0, max_value=7)


def change_somehow(chain: Links, data: st.DataObject) -> Links:
    """One operation on a chain, whichever it is."""
    wish = data.draw(st.sampled_from(["add", "move", "change", "remove"]))
    if wish == "add" or not chain:
        after = data.draw(st.sampled_from(["", *refs(chain)]))
        return links.add(
            chain,
            link(f"n{len(chain)}-{data.draw(st.uuids())}", data.draw(st.sampled_from(list(Part)))),
            after=after,
        )
    chosen = chain[data.draw(choice) % len(chain)]
    if wish == "remove":
        return links.remove(chain, chosen.ref)
    if wish == "change":
        return links.change(
            chain, replace(chosen, words="other", part=data.draw(st.sampled_from(list(Part))))
        )
    if data.draw(st.booleans()):
        after = data.draw(st.sampled_from(["", *(ref for ref in refs(chain) if ref != chosen.ref)]))
        return links.place(chain, chosen.ref, part=data.draw(st.sampled_from(list(Part))), after=after)
    try:
        return links.move(chain, chosen.ref, up=data.draw(st.booleans()))
    except Refused:
        return chain


@given(chain=chains, data=st.data())
def test_every_operation_keeps_the_order_of_the_chain(chain: Links, data: st.DataObject) -> None:
    after = change_somehow(chain, data)

    assert after == links.in_order(after)
    assert len(set(refs(after))) == len(after)


@given(chain=chains, data=st.data(), times=st.integers(min_value=1, max_value=6))
def test_undoing_every_change_leads_back_to_the_beginning(
    chain: Links, data: st.DataObject, times: int
) -> None:
    steps, now = [], chain
    for _ in range(times):
        before, now = now, change_somehow(now, data)
        steps.append(links.undoing(before=before, after=now).plain())

    for step in reversed(steps):
        now = links.undo(now, Undoing.read(step))

    assert now == chain


@given(chain=chains, data=st.data())
def test_moving_up_and_down_again_changes_nothing(chain: Links, data: st.DataObject) -> None:
    for one in chain:
        try:
            moved = links.move(chain, one.ref, up=True)
        except Refused:
            continue

        assert links.move(moved, one.ref, up=False) == chain


def test_a_link_is_added_behind_the_one_in_focus() -> None:
    chain = (link("a"), link("b"))

    assert refs(links.add(chain, link("new"), after="a")) == ["a", "new", "b"]
    assert refs(links.add(chain, link("new"))) == ["a", "b", "new"]


def test_a_link_in_focus_in_another_part_does_not_decide_the_place() -> None:
    chain = (link("a", Part.PROMPT), link("b"))

    assert refs(links.add(chain, link("new"), after="a")) == ["a", "b", "new"]


def test_a_link_put_in_another_part_goes_last_there() -> None:
    chain = (link("a", Part.PROMPT), link("b"), link("c", Part.SHORT))

    assert refs(links.change(chain, link("a", Part.SHORT))) == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("ref", "up", "part", "order"), [("a", True, Part.PROMPT, "pabc"), ("b", False, Part.SHORT, "pabc")]
)
def test_a_link_at_the_edge_of_its_part_moves_into_the_next(
    ref: str, up: bool, part: Part, order: str
) -> None:
    chain = (link("p", Part.PROMPT), link("a"), link("b"), link("c", Part.SHORT))

    moved = links.move(chain, ref, up=up)

    assert refs(moved) == list(order)
    assert moved[links.index_of(moved, ref)].part == part


@pytest.mark.parametrize(("part", "up"), [(Part.VULNERABILITY, True), (Part.LONG, False)])
def test_a_link_at_the_end_of_the_chain_moves_no_further(part: Part, up: bool) -> None:
    with pytest.raises(Refused, match="already at the end of the chain"):
        links.move((link("a", part),), "a", up=up)


def test_a_link_is_put_first_in_a_part_or_behind_another() -> None:
    chain = (link("p", Part.PROMPT), link("a"), link("b"), link("c", Part.SHORT))

    assert refs(links.place(chain, "c", part=Part.LINK, after="a")) == ["p", "a", "c", "b"]
    assert refs(links.place(chain, "c", part=Part.LINK, after="")) == ["p", "c", "a", "b"]
    with pytest.raises(Refused, match="no longer in the chain"):
        links.place(chain, "c", part=Part.LINK, after="gone")


def test_a_skill_is_said_by_its_name_with_the_own_words_beside_it() -> None:
    assert replace(link("a"), skill_code="ride", skill="counts to ten").skill_said == (
        "Ride the urge: counts to ten"
    )
    assert replace(link("a"), skill="counts to ten").skill_said == "counts to ten"


def test_a_link_that_is_gone_cannot_be_touched() -> None:
    with pytest.raises(Refused, match="no longer in the chain"):
        links.remove((link("a"),), "gone")


def test_a_chain_has_an_end() -> None:
    full = tuple(link(f"r{number}") for number in range(links.MOST))

    with pytest.raises(Refused, match="at most 300 links"):
        links.add(full, link("one more"))


def test_no_two_kinds_begin_with_the_same_letter() -> None:
    assert len({kind.label[0] for kind in Kind}) == len(Kind)
