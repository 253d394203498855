"""What comes back across chains: every count is a number of chains, and the chains stand behind it."""

from hypothesis import given
from hypothesis import strategies as st

from desist.programme.chains import links, map_drawing, patterns
from desist.programme.chains.links import Kind, Link, Part
from desist.programme.chains.patterns import ReadChain

NUMBERS = iter(range(10_000))


def link(words: str, *, part: Part = Part.LINK, kind: Kind = Kind.THOUGHT, skill: str = "") -> Link:
    return Link(f"l{next(NUMBERS)}", part, kind, words, 3, skill)


def chain(ref: str, *given: Link | str, resisted: bool = False) -> ReadChain:
    """A chain of these links; plain words are thoughts."""
    made = links.in_order(link(one) if isinstance(one, str) else one for one in given)
    return ReadChain(ref, f"Behaviour {ref}", resisted, None, "Session 1", made)


def refs(chains: tuple[ReadChain, ...]) -> list[str]:
    return [one.ref for one in chains]


def test_a_link_comes_back_whatever_its_case_and_punctuation() -> None:
    found = patterns.find(chains=[chain("a", "She ignores me!"), chain("b", "she  ignores me"), chain("c")])

    assert [(one.words, refs(one.chains)) for one in found.links] == [("she  ignores me", ["a", "b"])]


def test_the_same_words_of_another_type_are_another_link() -> None:
    found = patterns.find(chains=[chain("a", "Alone"), chain("b", link("Alone", kind=Kind.FEELING))])

    assert found.links == ()


def test_a_link_that_stands_twice_in_one_chain_counts_once() -> None:
    found = patterns.find(chains=[chain("a", "Alone", "Alone"), chain("b", "Home")])

    assert found.links == ()
    assert found.pairs == ()


def test_a_pair_comes_back_when_one_follows_straight_after_the_other() -> None:
    found = patterns.find(
        chains=[chain("a", "one", "two"), chain("b", "one", "two"), chain("c", "one", "between", "two")]
    )

    assert [(p.first.words, p.second.words, refs(p.chains)) for p in found.pairs] == [
        ("one", "two", ["a", "b"])
    ]


def test_vulnerability_is_told_apart_from_the_links_in_time() -> None:
    tired = [link("Slept badly", part=Part.VULNERABILITY) for _ in range(2)]

    found = patterns.find(chains=[chain("a", tired[0]), chain("b", tired[1])])

    assert [refs(one.chains) for one in found.vulnerabilities] == [["a", "b"]]
    assert found.links == ()


def test_a_skill_breaks_only_a_chain_whose_urge_was_resisted() -> None:
    walked = link("The urge to drive past", kind=Kind.URGE, skill="Walk it off")
    found = patterns.find(chains=[chain("a", walked), chain("b", walked, resisted=True)])

    assert [(one.skill, one.words, refs(one.chains)) for one in found.breaks] == [
        ("Walk it off", "The urge to drive past", ["b"])
    ]


def test_the_map_draws_a_box_for_each_recurring_link_and_a_line_for_each_pair() -> None:
    found = patterns.find(
        chains=[chain("a", "one", "two", "three", "one"), chain("b", "one", "two", "three", "one")]
    )

    drawn = map_drawing.draw(patterns=found)

    assert [node.label for node in drawn.nodes] == ["Thought, in 2 of 2 chains"] * 3
    assert len(drawn.lines) == 3
    assert {line.thickness for line in drawn.lines} == {map_drawing.THICKEST}


def test_the_map_of_nothing_is_empty() -> None:
    drawn = map_drawing.draw(patterns=patterns.find(chains=[]))

    assert (drawn.nodes, drawn.lines) == ((), ())


some_chains = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=9).map(
    lambda made: [chain(f"c{number}", *words) for number, words in enumerate(made)]
)


@given(some_chains)
def test_every_count_is_of_chains_that_hold_the_link(chains: list[ReadChain]) -> None:
    found = patterns.find(chains=chains)

    for one in found.links:
        holding = [told.ref for told in chains if any(have.words == one.words for have in told.links)]
        assert refs(one.chains) == holding
        assert patterns.LEAST <= len(holding) <= len(chains)
    for pair in found.pairs:
        assert set(refs(pair.chains)) <= set(refs(pair.first.chains)) & set(refs(pair.second.chains))
    heights = [node.top + node.height for node in map_drawing.draw(patterns=found).nodes]
    assert heights == sorted(heights)
