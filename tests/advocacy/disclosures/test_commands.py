"""What a client said leaves only as they chose, by two people, in words that lead to nobody."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.advocacy import factories
from tests.advocacy.disclosures.conftest import THREAD

from desist.advocacy.disclosures import chores, commands, queries
from desist.advocacy.disclosures.commands import Told
from desist.advocacy.disclosures.handlers import HANDLERS
from desist.advocacy.disclosures.leaks import GivesAway
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.incidents import commands as incidents
from desist.advocacy.incidents.texts import Account
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety import texts
from desist.advocacy.safety.models import Choice
from desist.advocacy.safety.states import Layer, What, Whom
from desist.advocacy.screenings import commands as screenings
from desist.advocacy.screenings.commands import Screened as Screening
from desist.advocacy.screenings.words import Words as Screened
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.spelling import HoldsLocator
from desist.advocacy.vault.states import Kind
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.models import Victim
from desist.circumstances.texts import Relative
from desist.disclosure.codes import Recall
from desist.disclosure.copies import Content, Footing
from desist.keys.sitekeys import SiteKeys
from desist.post import disclosures, own, payloads, seal
from desist.post.approvals import HOLDS
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Agreement, Outbox
from desist.refusals import Refused
from desist.wall import actors
from desist.wall.actors import Actor

pytestmark = pytest.mark.django_db

NOW = factories.NOW
CONTENT = Content("The calls became more.", "fact", date(2026, 3, 1), False, None, "sessions")
FOOTING = Footing("emergency", "", "The risk rose", "Counts alone")
TOLD = Told(What.INCIDENTS, Whom.PROGRAMME)


def start(actor: Actor, victim: Victim, *, words: str = CONTENT.words, **changed: Any) -> str:
    values: dict[str, Any] = {"told": TOLD, "content": replace(CONTENT, words=words), "footing": FOOTING}
    return commands.start(actor=actor, victim=victim.ref, submission="one", at=NOW, **values | changed)


def approve(actor: Actor, ref: str, *, after: timedelta = timedelta(0)) -> bool:
    version = Disclosure.objects.get(ref=ref).version
    return commands.approve(actor=actor, ref=ref, version=version, at=NOW + after)


def write(actor: Actor, ref: str, *, version: int = 1, **changed: Any) -> None:
    values: dict[str, Any] = {"told": TOLD, "content": CONTENT, "footing": FOOTING} | changed
    commands.write(actor=actor, ref=ref, version=version, at=NOW, **values)


def crossed(keys: SiteKeys) -> list[tuple[str, dict[str, Any]]]:
    """What the police read, the first first."""
    found = []
    for row in Outbox.objects.order_by("id"):
        body = seal.unseal(
            header=seal.Header(row.ref, own.site().name, row.receiver),
            sealed=bytes(row.sealed),
            keys=[keys.current.seal],
            by=[key.sign for key in own.keys().public.keys],
        )
        found.append((body.kind, body.values))
    return found


def arrive(payload: payloads.Payload, *, thread: str = THREAD) -> None:
    with transaction.atomic():
        HANDLERS[type(payload)](Received(payload, thread, factories.POLICE, NOW, actors.post()))


def receipt(event: str, **changed: Any) -> disclosures.DisclosureReceipt:
    values: dict[str, Any] = {
        "fingerprint": CONTENT.fingerprint,
        "disclosure": Disclosure.objects.get().token,
    }
    return disclosures.DisclosureReceipt(event=event, at=NOW, **values | changed)


@pytest.fixture
def chosen(robin: Victim) -> Choice:
    """Robin chose that what was reported may be told to the programme."""
    return factories.choice(victim=robin.ref)


@pytest.fixture
def sent(actor: Actor, manager: Actor, robin: Victim, chosen: Choice) -> str:
    """Something that is with the police, to be passed on."""
    ref = start(actor, robin)
    approve(actor, ref)
    approve(manager, ref)
    return ref


def test_what_two_people_approved_goes_to_the_police_to_the_letter(
    actor: Actor, manager: Actor, robin: Victim, chosen: Choice, police_keys: SiteKeys
) -> None:
    ref = start(actor, robin)

    assert approve(actor, ref) is False
    assert not Outbox.objects.exists()
    assert approve(manager, ref) is True

    ((kind, told),) = crossed(police_keys)
    assert (kind, told["words"], told["recipient"]) == ("disclosure-offer", CONTENT.words, "programme")
    assert actor.who not in str(told)


def test_without_a_choice_nothing_is_told(actor: Actor, robin: Victim) -> None:
    with pytest.raises(
        Refused, match=r"do not allow this to be told now \(what they reported, to the programme"
    ):
        start(actor, robin)


@pytest.mark.parametrize(
    "choice",
    [
        {"allowed": False},
        {"until": NOW.date() - timedelta(days=1)},
        {"whom": "police"},
        {"what": "effect"},
        {"ended_at": NOW},
    ],
)
def test_a_choice_about_something_else_or_that_is_over_is_no_choice(
    actor: Actor, robin: Victim, choice: dict[str, Any]
) -> None:
    factories.choice(victim=robin.ref, **choice)

    with pytest.raises(Refused, match="Ask them, and record their choice"):
        start(actor, robin)


def test_a_choice_that_is_withdrawn_between_two_approvals_stops_the_second(
    actor: Actor, manager: Actor, robin: Victim, chosen: Choice
) -> None:
    ref = start(actor, robin)
    approve(actor, ref)
    safety.choose(
        actor=actor,
        ref=robin.ref,
        what=What.INCIDENTS,
        whom=Whom.PROGRAMME,
        allowed=False,
        until=None,
        words="",
        at=NOW,
    )

    with pytest.raises(Refused, match="do not allow this to be told now"):
        approve(manager, ref)

    assert not Outbox.objects.exists()


@pytest.mark.parametrize("told", [Told(What.REACH, Whom.PROGRAMME), Told(What.INCIDENTS, Whom.FAMILY)])
def test_ways_to_reach_them_and_other_recipients_are_refused_whatever_they_chose(
    actor: Actor, robin: Victim, told: Told
) -> None:
    factories.choice(victim=robin.ref, what=told.what, whom=told.recipient)

    with pytest.raises(Refused, match="Desist never passes this on"):
        start(actor, robin, told=told)


def test_nothing_is_told_about_somebody_no_police_know_of(actor: Actor, advocate: Advocate) -> None:
    alone = factories.victim(advocate=advocate)
    factories.choice(victim=alone.ref)

    with pytest.raises(Refused, match="No police force knows this client through Desist"):
        start(actor, alone)


@pytest.mark.parametrize(
    "words",
    [
        "Call on 01632 960077.",
        "Oh one six three two, nine six double oh seven seven.",
        "robin.hollow (at) harbour (dot) example",
        "Seen on Quayside Steps.",
        "nm1 2ab",
    ],
)
def test_words_that_hold_what_leads_to_them_are_refused(
    actor: Actor, robin: Victim, chosen: Choice, words: str
) -> None:
    with pytest.raises(HoldsLocator, match="could lead to a person"):
        start(actor, robin, words=words)

    assert not Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        ((Kind.PHONE, "01632 960 444"), "He called +44 1632 960444 twice."),
        ((Kind.EMAIL, "wren@harbour.example"), "wrote to WREN@harbour.example"),
        ((Kind.HOME, "1 Far Lane\nNM9 9ZY"), "Near NM9 9ZY."),
        ((Kind.VEHICLE, "NM26 XYZ"), "A car, nm26xyz, followed."),
        ((Kind.ONLINE, "wren.sings"), "He wrote to @Wren.Sings."),
    ],
)
def test_words_that_hold_what_leads_to_another_client_are_refused_as_well(
    actor: Actor, robin: Victim, chosen: Choice, locator: tuple[Kind, str], words: str
) -> None:
    factories.victim(identity=Identity("Wren", "Further"), locators=(locator,), area="Elsewhere")

    with pytest.raises(HoldsLocator):
        start(actor, robin, words=words)


@pytest.mark.parametrize("words", ["Robin said so.", "HOLLOW was afraid."])
def test_words_that_hold_their_name_are_refused(
    actor: Actor, robin: Victim, chosen: Choice, words: str
) -> None:
    with pytest.raises(GivesAway, match="it contains a name of theirs"):
        start(actor, robin, words=words)


def test_a_childs_name_is_refused(actor: Actor, robin: Victim, chosen: Choice) -> None:
    safety.add_child(
        actor=actor,
        ref=robin.ref,
        said=Relative("Juniper", "child", 2018, "they", "none", None, "", ""),
        contact=False,
        submission="child",
        at=NOW,
    )

    with pytest.raises(GivesAway, match=r"\(Juniper\)"):
        start(actor, robin, words="He waited for Juniper.")


def note(actor: Actor, victim: Victim, words: str) -> None:
    safety.write_note(actor=actor, ref=victim.ref, layer=Layer.PRIVATE, words=words, submission=words, at=NOW)


def test_a_phrase_of_their_own_notes_is_refused_and_the_same_thing_in_other_words_is_not(
    actor: Actor, robin: Victim, chosen: Choice
) -> None:
    note(actor, robin, "He left a dead fox on the doorstep on Monday")

    with pytest.raises(GivesAway, match=r"“LEFT a dead fox on the doorstep”\. Reword it"):
        start(actor, robin, words="We hear he LEFT a dead fox on the doorstep.")
    assert start(actor, robin, words="An animal was put where it would be found.")


def test_a_phrase_of_an_incident_of_its_additions_of_a_need_or_of_the_plan_is_refused(
    actor: Actor, robin: Victim, chosen: Choice
) -> None:
    incident = factories.incident(victim=robin.ref)
    incidents.add(
        actor=actor, incident=incident.ref, words="Purple van waited opposite bakery", submission="a", at=NOW
    )
    factories.need(victim=robin.ref)
    safety.save_plan(
        actor=actor,
        ref=robin.ref,
        plan=texts.Plan(work="Walk through archive beside porter daily"),
        review_on=date(2026, 6, 1),
        version=0,
        at=NOW,
    )

    for words in (
        "A purple van waited opposite the bakery",
        "Walk through the archive beside a porter, daily",
    ):
        with pytest.raises(GivesAway):
            start(actor, robin, words=words, footing=replace(FOOTING, necessity=words))
    with pytest.raises(GivesAway):
        start(actor, robin, footing=replace(FOOTING, proportionality="Purple van waited opposite bakery"))


def test_a_phrase_of_a_screening_is_refused(actor: Actor, robin: Victim, chosen: Choice) -> None:
    said = Screened("2009", "High concern", "Ash Vale", "Purple van waited opposite bakery")
    made = Screening("s_dash", said, True, NOW.date(), date(2099, 1, 1))
    screenings.record(actor=actor, ref=robin.ref, screened=made, submission="s", at=NOW)

    with pytest.raises(GivesAway):
        start(actor, robin, words="A purple van waited opposite the bakery")


def test_a_phrase_that_other_clients_use_as_well_gives_nobody_away(
    actor: Actor, advocate: Advocate, robin: Victim, chosen: Choice
) -> None:
    other = factories.victim(advocate=advocate, identity=Identity("Wren", "Further"))
    for one in (robin, other):
        note(actor, one, f"He waited outside work every evening {one.ref}")

    assert start(actor, robin, words="He waited outside work every evening.")


def test_a_client_whose_key_was_destroyed_is_compared_with_nobody(
    actor: Actor, manager: Actor, advocate: Advocate, robin: Victim, chosen: Choice
) -> None:
    gone = factories.victim(
        advocate=advocate, identity=Identity("Wren", "Further"), state="closed", closed_at=NOW
    )
    vault.destroy(actor=manager, victim=gone.ref, at=NOW)

    assert start(actor, robin)


def test_an_incident_that_is_kept_in_the_log_can_still_be_told_of(
    actor: Actor, robin: Victim, chosen: Choice
) -> None:
    incidents.record(
        actor=actor,
        ref=robin.ref,
        facts=incidents.Facts(
            NOW.date(), None, "work", ["loitering"], "in_person", "themselves", [], ["none"], ["nobody"], ""
        ),
        account=Account(what="Stood opposite for an hour"),
        submission="i",
        at=NOW,
    )

    assert start(actor, robin, words="Loitering, once, in March.")


def test_the_same_form_sent_twice_is_one_draft(actor: Actor, robin: Victim, chosen: Choice) -> None:
    assert start(actor, robin) == start(actor, robin)


def test_an_edit_ends_every_approval_even_when_the_words_come_back(
    actor: Actor, manager: Actor, robin: Victim, chosen: Choice
) -> None:
    ref = start(actor, robin)
    approve(actor, ref)

    write(actor, ref, content=replace(CONTENT, words="Something else."))
    write(actor, ref, version=2)

    assert approve(manager, ref) is False
    assert not Outbox.objects.exists()


def test_an_approval_of_what_was_read_before_an_edit_is_refused(
    actor: Actor, manager: Actor, robin: Victim, chosen: Choice
) -> None:
    ref = start(actor, robin)
    write(actor, ref)

    with pytest.raises(Refused, match="A colleague has rewritten this since you opened it"):
        commands.approve(actor=manager, ref=ref, version=1, at=NOW)


def test_the_same_person_is_not_two(actor: Actor, robin: Victim, chosen: Choice) -> None:
    ref = start(actor, robin)
    approve(actor, ref)

    with pytest.raises(Refused):
        approve(actor, ref)


def test_an_approval_runs_out_after_72_hours(
    actor: Actor, manager: Actor, robin: Victim, chosen: Choice
) -> None:
    ref = start(actor, robin)
    approve(actor, ref)

    assert approve(manager, ref, after=HOLDS) is False
    assert not Outbox.objects.exists()


def test_of_two_deciders_at_once_the_second_is_told_so(actor: Actor, sent: str) -> None:
    with pytest.raises(Refused, match="A colleague decided this first: sent to the police"):
        commands.drop(actor=actor, ref=sent, version=1, at=NOW)


def test_a_draft_that_is_dropped_goes_nowhere(
    actor: Actor, manager: Actor, robin: Victim, chosen: Choice
) -> None:
    ref = start(actor, robin)
    approve(actor, ref)
    commands.drop(actor=actor, ref=ref, version=1, at=NOW)

    with pytest.raises(Refused, match="A colleague decided this first: not sent"):
        approve(manager, ref)
    with pytest.raises(Refused, match="Only what was sent to the police"):
        commands.recall(actor=actor, ref=ref, reason=Recall.STOP, at=NOW)


def test_what_the_police_will_tell_tomorrow_may_not_be_raised_today(
    actor: Actor, robin: Victim, chosen: Choice
) -> None:
    ahead = replace(CONTENT, may_be_raised=True, told_on=NOW.date() + timedelta(days=1))

    with pytest.raises(Refused, match="is in the future"):
        start(actor, robin, content=ahead)


def test_an_agreement_that_ran_out_refuses(actor: Actor, robin: Victim, chosen: Choice) -> None:
    agreement = Agreement.objects.create(
        area=factories.AREA,
        title="Northmere",
        parties=[factories.POLICE],
        purposes=["sessions"],
        lawful_basis="Public task",
        begins_on=date(2025, 1, 1),
        review_on=date(2025, 6, 1),
        ends_on=date(2025, 12, 31),
        submission="a",
        kept_by="carol",
        kept_at=NOW,
    )

    with pytest.raises(Refused, match="“Northmere” expired on 31 December 2025"):
        start(actor, robin, footing=replace(FOOTING, basis="agreement", agreement=agreement.ref))


def test_what_was_not_passed_on_yet_is_taken_back_when_the_choice_ends(
    actor: Actor, sent: str, chosen: Choice, police_keys: SiteKeys
) -> None:
    chores.run(at=NOW)
    assert Disclosure.objects.get().state == "sent"
    Choice.objects.filter(pk=chosen.pk).update(ended_at=NOW)

    chores.run(at=NOW)
    chores.run(at=NOW)

    assert [kind for kind, _ in crossed(police_keys)] == ["disclosure-offer", "disclosure-recall"]
    page = queries.disclosure(actor=actor, ref=sent, at=NOW)
    assert (page.row.state, page.closed_by) == ("recalled", "Desist, because the client’s choice had ended")


def test_what_lives_on_after_the_choice_ended_is_shown_until_it_is_recalled(
    actor: Actor, sent: str, chosen: Choice
) -> None:
    arrive(receipt("released"))
    Choice.objects.filter(pk=chosen.pk).update(ended_at=NOW)
    chores.run(at=NOW)

    (row,) = queries.waiting(actor=actor, at=NOW)
    assert (row.state, row.choice_over) == ("passed_on", True)
    commands.recall(actor=actor, ref=sent, reason=Recall.STOP, at=NOW)
    assert queries.waiting(actor=actor, at=NOW) == ()


def test_receipts_say_how_far_it_is_in_whatever_order_they_come(actor: Actor, sent: str) -> None:
    arrive(receipt("released"))
    arrive(receipt("received"))

    page = queries.disclosure(actor=actor, ref=sent, at=NOW)
    assert (page.row.state, page.received_at, page.passed_on_at) == ("passed_on", NOW, NOW)


def test_a_refusal_and_the_end_of_a_recall_are_noted(actor: Actor, sent: str) -> None:
    told = disclosures.DisclosureRefused(subject=receipt("x").disclosure, reason="nothing", decided_at=NOW)
    arrive(told)
    arrive(told)
    arrive(receipt("stopped"))
    arrive(receipt("stopped"))

    page = queries.disclosure(actor=actor, ref=sent, at=NOW)
    assert (page.row.state, page.reason, page.closed_by) == (
        "refused",
        "There is nothing to share",
        "the police",
    )
    assert page.stopped_at == NOW


def test_a_refusal_with_a_code_of_another_edition_is_a_refusal(actor: Actor, sent: str) -> None:
    token = Disclosure.objects.get().token
    arrive(disclosures.DisclosureRefused(subject=token, reason="new", decided_at=NOW))

    assert Disclosure.objects.get().reason == ""


@pytest.mark.parametrize(
    ("changed", "thread", "error"),
    [
        ({"event": "burnt"}, THREAD, CannotHandle),
        ({"event": "received", "fingerprint": "0" * 64}, THREAD, CannotHandle),
        ({"event": "received"}, "another", commands.UnknownThread),
    ],
)
def test_a_receipt_that_does_not_fit_is_kept_for_the_administrator(
    sent: str, changed: dict[str, str], thread: str, error: type[Exception]
) -> None:
    values = dict(changed)

    with pytest.raises(error):
        arrive(receipt(values.pop("event"), **values), thread=thread)


def test_after_the_key_is_destroyed_nothing_of_it_can_be_read(
    actor: Actor, manager: Actor, robin: Victim, sent: str
) -> None:
    Victim.objects.filter(pk=robin.pk).update(state="closed", closed_at=NOW)
    vault.destroy(actor=manager, victim=robin.ref, at=NOW)

    page = queries.disclosure(actor=actor, ref=sent, at=NOW)
    assert (page.content, page.necessity, page.deciders) == (None, "Erased", ())
