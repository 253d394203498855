"""What can happen to a chain: each leaves one event and one version more, or nothing at all."""

from collections.abc import Callable

import pytest
from tests.programme import factories

from desist.programme.chains import commands, queries
from desist.programme.chains.commands import Analysis, Behaviour
from desist.programme.chains.links import Kind, Link, Part
from desist.programme.chains.models import Chain
from desist.programme.sessions.models import Session
from desist.refusals import Changed, Refused
from desist.ui.words import WordsFound
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

NEW = Link("", Part.PROMPT, Kind.EVENT, "A song on the radio", 2)
ANALYSIS = Analysis(
    Behaviour("Drove past", resisted=False, happened_on=None), "Sleep", "Another way", "Keep the order"
)


@pytest.fixture
def chain(session: Session) -> Chain:
    return factories.chain(session=session, links=2)


def last_event(chain: Chain) -> tuple[str, bool, str]:
    event = AuditEvent.objects.filter(row=f"programme.chain:{chain.ref}").latest("pk")
    return event.action, event.allowed, event.reason


CHANGES: list[Callable[[Actor, Chain, int], object]] = [
    lambda actor, chain, version: commands.add(
        actor=actor, ref=chain.ref, link=NEW, after="", version=version, at=factories.NOW
    ),
    lambda actor, chain, version: commands.move(
        actor=actor,
        ref=chain.ref,
        link=chain.links.get(position=1).ref,
        up=False,
        version=version,
        at=factories.NOW,
    ),
    lambda actor, chain, version: commands.remove(
        actor=actor, ref=chain.ref, link=chain.links.get(position=1).ref, version=version, at=factories.NOW
    ),
    lambda actor, chain, version: commands.change(
        actor=actor,
        ref=chain.ref,
        link=Link(chain.links.get(position=1).ref, Part.SHORT, Kind.ACT, "Other", None, "Ask for help"),
        version=version,
        at=factories.NOW,
    ),
    lambda actor, chain, version: commands.analyse(
        actor=actor, ref=chain.ref, analysis=ANALYSIS, version=version, at=factories.NOW
    ),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_leaves_one_event_and_one_version_more(
    actor: Actor, chain: Chain, change: Callable[[Actor, Chain, int], object]
) -> None:
    change(actor, chain, 1)

    chain.refresh_from_db()
    assert (chain.version, chain.changed_by) == (2, actor.who)
    assert last_event(chain) == ("programme.work_on_chain", True, "")


@pytest.mark.parametrize("change", CHANGES)
def test_a_stale_change_leaves_nothing_but_its_refusal(
    actor: Actor, chain: Chain, change: Callable[[Actor, Chain, int], object]
) -> None:
    before = commands.read(chain)

    with pytest.raises(Changed):
        change(actor, chain, 7)

    chain.refresh_from_db()
    assert (chain.version, commands.read(chain)) == (1, before)
    assert last_event(chain) == ("programme.work_on_chain", False, "Changed")


@pytest.mark.parametrize("change", CHANGES[:4])
def test_undo_brings_back_what_was(
    actor: Actor, chain: Chain, change: Callable[[Actor, Chain, int], object]
) -> None:
    before = commands.read(chain)
    change(actor, chain, 1)
    assert commands.read(chain) != before

    commands.undo(actor=actor, ref=chain.ref, version=2, at=factories.NOW)

    assert commands.read(chain) == before
    assert not chain.steps.exists()


def test_undo_without_a_change_is_refused(actor: Actor, chain: Chain) -> None:
    with pytest.raises(Refused, match="nothing to undo"):
        commands.undo(actor=actor, ref=chain.ref, version=1, at=factories.NOW)


def test_the_same_analysis_sent_twice_is_kept(actor: Actor, chain: Chain) -> None:
    for _ in range(2):
        commands.analyse(actor=actor, ref=chain.ref, analysis=ANALYSIS, version=1, at=factories.NOW)

    chain.refresh_from_db()
    assert commands.analysis_of(chain) == ANALYSIS


def test_contact_is_not_shown_whoever_calls_it(actor: Actor, chain: Chain) -> None:
    contact = Analysis(ANALYSIS.behaviour, "", "", "Send her flowers")
    commands.analyse(actor=actor, ref=chain.ref, analysis=contact, version=1, at=factories.NOW)

    with pytest.raises(WordsFound):
        commands.show(actor=actor, ref=chain.ref, override=None, at=factories.NOW)

    shown = queries.chain(actor=actor, ref=chain.ref, at=factories.NOW, shared=True)
    assert (shown.analysis.repair, shown.kept.repair) == ("", "Send her flowers")


def test_a_failed_operation_leaves_no_step_to_undo(actor: Actor, chain: Chain) -> None:
    with pytest.raises(Refused, match="no longer in the chain"):
        commands.remove(actor=actor, ref=chain.ref, link="gone", version=1, at=factories.NOW)

    assert not chain.steps.exists()
    assert last_event(chain) == ("programme.work_on_chain", False, "Refused")


def test_a_step_says_what_was_done_without_the_persons_words(actor: Actor, chain: Chain) -> None:
    CHANGES[0](actor, chain, 1)

    assert chain.steps.get().said == "Prompting event added"


def test_a_form_sent_twice_begins_one_chain(actor: Actor, session: Session) -> None:
    begun = {
        commands.start(
            actor=actor,
            session=session.ref,
            behaviour=ANALYSIS.behaviour,
            submission="once",
            at=factories.NOW,
        )
        for _ in range(2)
    }

    assert begun == {Chain.objects.get().ref}
