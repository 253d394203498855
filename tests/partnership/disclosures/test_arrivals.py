"""What comes from the programme and from advocacy services, and how an offer is passed on by two organisations."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from tests.partnership import factories
from tests.partnership.disclosures.conftest import SERVICE
from tests.partnership.disclosures.reading import crossed
from tests.partnership.disclosures.test_commands import CONTENT, FOOTING, approve, start

from desist.disclosure.codes import Recall, Refusal
from desist.keys.sitekeys import SiteKeys
from desist.partnership.disclosures import commands, queries
from desist.partnership.disclosures.handlers import HANDLERS
from desist.partnership.disclosures.models import Disclosure, DisclosureRequest
from desist.partnership.pairs.commands import UnknownThread
from desist.partnership.pairs.models import Side
from desist.partnership.referrals.models import Referral
from desist.post import disclosures, payloads
from desist.post.approvals import HOLDS
from desist.post.handlers import CannotHandle, Received
from desist.post.models import Outbox, Partner
from desist.refusals import Refused
from desist.ui.words import FalseAlarm, Override, WordsFound
from desist.wall import actors
from desist.wall.actors import Actor
from desist.wall.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW


@pytest.fixture
def victim(robin: Referral, service: Partner) -> Side:
    """A client of an advocacy service who stands behind Robin's referral."""
    return factories.side(advocacy=SERVICE, thread="the-thread-of-one-victim", pair=robin.pair)


def arrive(payload: payloads.Payload, *, sender: str, thread: str, at: Any = NOW) -> None:
    with transaction.atomic():
        HANDLERS[type(payload)](Received(payload, thread, sender, at, actors.post()))


def from_service(payload: payloads.Payload, **changed: Any) -> None:
    arrive(payload, **{"sender": SERVICE, "thread": "the-thread-of-one-victim"} | changed)


def from_programme(robin: Referral, payload: payloads.Payload) -> None:
    arrive(payload, sender=factories.PROGRAMME, thread=robin.thread or "")


def offer(**changed: Any) -> disclosures.DisclosureOffer:
    values: dict[str, Any] = {"disclosure": "offer", "recipient": "programme", **CONTENT.crossing}
    return disclosures.DisclosureOffer(necessity="N", proportionality="P", **values | changed)


def receipt(token: str, event: str = "received", fingerprint: str = "") -> disclosures.DisclosureReceipt:
    return disclosures.DisclosureReceipt(
        disclosure=token, event=event, fingerprint=fingerprint or CONTENT.fingerprint, at=NOW
    )


RECALL = disclosures.DisclosureRecall(disclosure="offer", reason="stop", recalled_at=NOW)
QUESTION = disclosures.DisclosureRequest(
    request="asked", purpose="safety", question="Q", necessity="N", needed_by="", asked_at=NOW
)


def pass_on(actor: Actor, *, after: timedelta = timedelta(0), override: Override | None = None) -> Disclosure:
    row = Disclosure.objects.get()
    commands.pass_on(
        actor=actor,
        ref=row.ref,
        footing=FOOTING,
        version=row.version,
        override=override,
        at=NOW + after,
    )
    row.refresh_from_db()
    return row


def test_a_question_arrives_once(robin: Referral) -> None:
    from_programme(robin, QUESTION)
    from_programme(robin, QUESTION)

    assert DisclosureRequest.objects.get().question == "Q"


@pytest.mark.parametrize("changed", [{"purpose": "gossip"}, {"needed_by": "soon"}])
def test_a_question_that_nobody_can_read_is_kept_for_the_administrator(
    robin: Referral, changed: dict[str, Any]
) -> None:
    with pytest.raises(CannotHandle):
        from_programme(robin, replace(QUESTION, **changed))


def test_an_offer_is_passed_on_by_two_organisations_word_for_word(
    actor: Actor, victim: Side, programme_keys: SiteKeys, service_keys: SiteKeys
) -> None:
    from_service(offer())
    row = pass_on(actor)

    (told,) = crossed(programme_keys, "disclosure")
    assert {name: told[name] for name in CONTENT.crossing} == {
        **CONTENT.crossing,
        "as_of": CONTENT.as_of.isoformat(),
    }
    assert told["disclosure"] == row.token != "offer"
    assert SERVICE not in str(told)
    page = queries.disclosure(actor=actor, ref=row.ref, at=NOW)
    assert page.organisations == "Harbour Advocacy and Kit Marlow: two organisations"
    assert [one["event"] for one in crossed(service_keys, "disclosure-receipt")] == ["received", "released"]


def test_words_that_were_offered_are_passed_on_once_they_are_answered_for(
    actor: Actor, victim: Side, programme_keys: SiteKeys
) -> None:
    words = "He gave his solicitor’s number, 01632 960 077."
    from_service(offer(words=words))
    with pytest.raises(WordsFound):
        pass_on(actor)

    pass_on(actor, override=Override(FalseAlarm.AGENCY))

    (told,) = crossed(programme_keys, "disclosure")
    assert told["words"] == words
    assert AuditEvent.objects.filter(action="partnership.answer_for_words", allowed=True).count() == 1


def test_one_officer_cannot_pass_on_what_nobody_offered(actor: Actor, robin: Referral) -> None:
    ref = start(actor, robin)

    with pytest.raises(Refused, match="A colleague decided this first: being written"):
        commands.pass_on(actor=actor, ref=ref, footing=FOOTING, version=1, at=NOW)


def test_when_the_services_approval_ran_out_two_officers_are_not_enough(
    actor: Actor, darcy: Actor, victim: Side
) -> None:
    from_service(offer())

    for one in (actor, darcy):
        with pytest.raises(Refused, match="The service’s approval expired after 72 hours"):
            pass_on(one, after=HOLDS)

    assert not Outbox.objects.filter(kind="disclosure").exists()


def test_an_offer_about_somebody_who_is_not_referred_goes_to_nobody(
    actor: Actor, victim: Side, service_keys: SiteKeys
) -> None:
    Side.objects.update(pair="of nobody")
    from_service(offer())
    row = Disclosure.objects.get()

    with pytest.raises(Refused, match="there is nobody to tell"):
        pass_on(actor)
    commands.refuse_offer(actor=actor, ref=row.ref, reason=Refusal.UNCLEAR, version=row.version, at=NOW)

    (told,) = crossed(service_keys, "disclosure-refused")
    assert (told["subject"], told["reason"]) == ("offer", "unclear")
    page = queries.disclosure(actor=actor, ref=row.ref, at=NOW)
    assert (page.has_referral, page.row.name, page.deciders) == (False, "Nobody who is referred", ())


@pytest.mark.parametrize("changed", [{"pair": "of somebody else"}, {"state": "ended"}])
def test_an_offer_whose_client_no_longer_stands_behind_the_person_goes_to_nobody(
    actor: Actor, victim: Side, changed: dict[str, str]
) -> None:
    from_service(offer())
    Side.objects.update(**changed)

    with pytest.raises(Refused, match="is no longer linked to this referral"):
        pass_on(actor)
    assert not Outbox.objects.filter(kind="disclosure").exists()


def test_an_offer_of_a_client_who_is_only_asking_goes_to_nobody(actor: Actor, victim: Side) -> None:
    Side.objects.update(state="asked")
    from_service(offer())

    assert Disclosure.objects.get().referral is None


def test_an_offer_that_is_refused_cannot_be_passed_on(
    actor: Actor, victim: Side, service_keys: SiteKeys
) -> None:
    from_service(offer())
    row = Disclosure.objects.get()
    commands.refuse_offer(actor=actor, ref=row.ref, reason=Refusal.NOT_JUSTIFIED, version=1, at=NOW)

    with pytest.raises(Refused, match="A colleague decided this first: not passed on"):
        pass_on(actor)
    assert [one["reason"] for one in crossed(service_keys, "disclosure-refused")] == ["not_justified"]


def test_an_offer_for_the_police_alone_can_be_passed_on_by_nobody(actor: Actor, victim: Side) -> None:
    from_service(offer(recipient="police"))

    with pytest.raises(Refused, match="A colleague decided this first: for the police alone"):
        pass_on(actor)


@pytest.mark.parametrize(
    "changed",
    [
        {"recipient": "newspaper"},
        {"may_be_raised": True},
        {"told_on": "2026-03-01"},
        {"told_on": "yesterday", "may_be_raised": True},
    ],
)
def test_an_offer_that_contradicts_itself_is_kept_for_the_administrator(
    victim: Side, changed: dict[str, Any]
) -> None:
    with pytest.raises(CannotHandle):
        from_service(offer(**changed))

    assert not Disclosure.objects.exists()


def test_an_offer_about_nobody_here_is_tried_again(victim: Side) -> None:
    with pytest.raises(UnknownThread):
        from_service(offer(), thread="another")


def test_a_recall_by_the_service_before_it_was_passed_on_stops_it_at_once(
    actor: Actor, victim: Side, service_keys: SiteKeys
) -> None:
    from_service(offer())
    from_service(RECALL)
    from_service(RECALL)

    with pytest.raises(Refused, match="A colleague decided this first: recalled"):
        pass_on(actor)
    events = [one["event"] for one in crossed(service_keys, "disclosure-receipt")]
    assert events == ["received", "stopped"]
    assert not Outbox.objects.filter(kind="disclosure").exists()


def test_a_recall_by_the_service_follows_to_the_programme_and_its_answer_comes_back(
    actor: Actor, robin: Referral, victim: Side, programme_keys: SiteKeys, service_keys: SiteKeys
) -> None:
    from_service(offer())
    row = pass_on(actor)
    from_service(replace(RECALL, reason="of another edition"))

    (asked,) = crossed(programme_keys, "disclosure-recall")
    assert (asked["disclosure"], asked["reason"]) == (row.token, "stop")
    from_programme(robin, receipt(row.token, "stopped"))
    events = [one["event"] for one in crossed(service_keys, "disclosure-receipt")]
    assert events == ["received", "released", "stopped"]


def test_a_recall_that_overtakes_its_offer_is_tried_again(victim: Side) -> None:
    with pytest.raises(LookupError):
        from_service(RECALL)


def test_a_receipt_of_exactly_this_copy_is_noted(actor: Actor, darcy: Actor, robin: Referral) -> None:
    ref = start(actor, robin)
    approve(actor, ref)
    approve(darcy, ref)
    row = Disclosure.objects.get()

    with pytest.raises(CannotHandle, match="something else than was sent"):
        from_programme(robin, receipt(row.token, fingerprint="0" * 64))
    from_programme(robin, receipt(row.token))
    from_programme(robin, receipt(row.token))

    row.refresh_from_db()
    assert (row.state, row.received_at) == ("received", NOW)
    commands.recall(actor=actor, ref=ref, reason=Recall.STOP, at=NOW)
    from_programme(robin, receipt(row.token))
    row.refresh_from_db()
    assert row.state == "recalled"


def test_that_something_is_no_longer_used_is_noted(actor: Actor, darcy: Actor, robin: Referral) -> None:
    ref = start(actor, robin)
    approve(actor, ref)
    approve(darcy, ref)
    commands.recall(actor=actor, ref=ref, reason=Recall.WRONG, at=NOW)

    from_programme(robin, receipt(Disclosure.objects.get().token, "stopped"))

    assert queries.disclosure(actor=actor, ref=ref, at=NOW).stopped_at == NOW


def test_an_offer_about_nobody_who_is_referred_stands_in_the_list(actor: Actor, robin: Referral) -> None:
    factories.offer(referral=None)

    (row,) = queries.disclosures(actor=actor, at=NOW)

    assert (row.name, row.approvals) == ("Nobody who is referred", 0)


def test_a_receipt_of_nothing_is_kept_for_the_administrator(robin: Referral) -> None:
    with pytest.raises(CannotHandle, match="nothing that was sent from here"):
        from_programme(robin, receipt("unknown"))
