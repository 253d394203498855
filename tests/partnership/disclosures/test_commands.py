"""Two people decide what is disclosed, and nothing else leaves."""

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.partnership import factories
from tests.partnership.disclosures.reading import crossed

from desist.disclosure.codes import Recall, Refusal
from desist.disclosure.copies import Content, Footing
from desist.keys.sitekeys import SiteKeys
from desist.partnership.disclosures import commands, queries
from desist.partnership.disclosures.models import Disclosure
from desist.partnership.referrals.models import Referral
from desist.post.approvals import HOLDS
from desist.post.models import ByHandTask, Outbox, Partner
from desist.post.partners import NoSuchPartner
from desist.post.transports import Transport
from desist.refusals import Refused
from desist.ui.words import WordsFound
from desist.wall.actors import Actor
from desist.wall.gate import NotFound

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
CONTENT = Content(
    words="He was stopped near the station twice in May.",
    nature="fact",
    as_of=date(2026, 3, 1),
    may_be_raised=False,
    told_on=None,
    purpose="sessions",
)
FOOTING = Footing("emergency", "", "The risk rose", "Dates alone")


def start(actor: Actor, referral: Referral, **changed: Any) -> str:
    values: dict[str, Any] = {"request": "", "content": CONTENT, "footing": FOOTING, "submission": "one"}
    return commands.start(actor=actor, referral=referral.ref, at=NOW, **values | changed)


def approve(actor: Actor, ref: str, *, after: timedelta = timedelta(0)) -> bool:
    version = Disclosure.objects.get(ref=ref).version
    return commands.approve(actor=actor, ref=ref, version=version, at=NOW + after)


@pytest.fixture
def sent(actor: Actor, darcy: Actor, robin: Referral) -> str:
    """Something that was sent to the programme."""
    ref = start(actor, robin)
    approve(actor, ref)
    approve(darcy, ref)
    return ref


def test_what_two_people_approved_is_sent_to_the_letter(
    actor: Actor, darcy: Actor, robin: Referral, programme_keys: SiteKeys
) -> None:
    ref = start(actor, robin)

    assert approve(actor, ref) is False
    assert not Outbox.objects.exists()
    assert approve(darcy, ref) is True

    (told,) = crossed(programme_keys, "disclosure")
    assert {name: told[name] for name in ("words", "nature", "may_be_raised", "told_on", "purpose")} == {
        "words": CONTENT.words,
        "nature": "fact",
        "may_be_raised": False,
        "told_on": "",
        "purpose": "sessions",
    }


def test_the_record_says_who_decided_and_that_they_are_of_one_organisation(actor: Actor, sent: str) -> None:
    page = queries.disclosure(actor=actor, ref=sent, at=NOW)

    assert page.organisations == (
        "Kit Marlow and Darcy Brackenridge: two people of one organisation, since only one holds it"
    )


def test_nothing_that_crosses_says_who_decided_or_whom_it_came_from(
    actor: Actor, sent: str, programme_keys: SiteKeys
) -> None:
    (told,) = crossed(programme_keys, "disclosure")

    assert set(told) == {*Content.__dataclass_fields__, "disclosure", "request"}
    assert actor.who not in str(told)


def test_the_same_person_is_not_two(actor: Actor, robin: Referral) -> None:
    ref = start(actor, robin)
    approve(actor, ref)

    with pytest.raises(Refused):
        approve(actor, ref)

    assert not Outbox.objects.exists()


def test_an_edit_ends_every_approval_even_when_the_words_come_back(
    actor: Actor, darcy: Actor, robin: Referral
) -> None:
    ref = start(actor, robin)
    approve(actor, ref)
    other = dataclasses.replace(CONTENT, words="Something else.")

    for content in (other, CONTENT):
        version = Disclosure.objects.get(ref=ref).version
        commands.write(actor=actor, ref=ref, content=content, footing=FOOTING, version=version, at=NOW)

    assert approve(darcy, ref) is False
    assert not Outbox.objects.exists()
    assert approve(actor, ref) is True


def test_an_approval_of_what_was_read_before_an_edit_is_refused(
    actor: Actor, darcy: Actor, robin: Referral
) -> None:
    ref = start(actor, robin)
    commands.write(actor=actor, ref=ref, content=CONTENT, footing=FOOTING, version=1, at=NOW)

    with pytest.raises(Refused, match="A colleague has rewritten this since you opened it"):
        commands.approve(actor=darcy, ref=ref, version=1, at=NOW)


def test_an_approval_runs_out_after_72_hours(actor: Actor, darcy: Actor, robin: Referral) -> None:
    ref = start(actor, robin)
    approve(actor, ref)

    assert approve(darcy, ref, after=HOLDS) is False
    assert not Outbox.objects.exists()
    assert approve(actor, ref, after=HOLDS) is True


def test_of_two_deciders_at_once_the_second_is_told_so(actor: Actor, sent: str) -> None:
    with pytest.raises(Refused, match="A colleague decided this first: sent"):
        commands.approve(actor=actor, ref=sent, version=1, at=NOW)
    with pytest.raises(Refused, match="A colleague decided this first: sent"):
        commands.drop(actor=actor, ref=sent, version=1, at=NOW)

    assert Outbox.objects.count() == 1


def test_a_draft_that_is_dropped_goes_nowhere(actor: Actor, darcy: Actor, robin: Referral) -> None:
    ref = start(actor, robin)
    approve(actor, ref)

    commands.drop(actor=actor, ref=ref, version=1, at=NOW)

    with pytest.raises(Refused, match="A colleague decided this first: not sent"):
        approve(darcy, ref)
    assert not Outbox.objects.exists()


def test_the_same_form_sent_twice_is_one_draft(actor: Actor, robin: Referral) -> None:
    assert start(actor, robin) == start(actor, robin)
    assert Disclosure.objects.count() == 1


def test_only_somebody_whom_the_programme_has_can_be_disclosed_about(
    actor: Actor, programme: Partner
) -> None:
    with pytest.raises(Refused, match="This referral was not sent yet"):
        start(actor, factories.finished())


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("She lives near NM1 2AB.", "a postcode"),
        ("Call 01632 960 077.", "a telephone number"),
        ("Seen at 12 Quayside Steps Road.", "an address"),
        ("Call (01632) 960-077.", "a telephone number"),
        ("Call 01632\u200b960077.", "a telephone number"),
        ("Write to sam [at] example [dot] org.", "an e-mail address"),
    ],
)
def test_words_that_may_lead_to_somebody_are_refused(
    actor: Actor, robin: Referral, words: str, held: str
) -> None:
    with pytest.raises(WordsFound) as refused:
        start(actor, robin, content=dataclasses.replace(CONTENT, words=words))
    assert [one.like for one in refused.value.found["words"]] == [held]

    assert not Disclosure.objects.exists()


def test_what_the_police_will_tell_tomorrow_may_not_be_raised_today(actor: Actor, robin: Referral) -> None:
    ahead = dataclasses.replace(CONTENT, may_be_raised=True, told_on=NOW.date() + timedelta(days=1))

    with pytest.raises(Refused, match="is in the future: it cannot be raised yet"):
        start(actor, robin, content=ahead)


def test_an_agreement_that_covers_it_is_enough(actor: Actor, darcy: Actor, robin: Referral) -> None:
    footing = dataclasses.replace(FOOTING, basis="agreement", agreement=factories.agreement().ref)
    ref = start(actor, robin, footing=footing)
    approve(actor, ref)

    assert approve(darcy, ref) is True


def test_an_agreement_that_ran_out_between_two_approvals_stops_the_second(
    actor: Actor, darcy: Actor, robin: Referral
) -> None:
    agreement = factories.agreement(title="Northmere", ends_on=NOW.date())
    footing = dataclasses.replace(FOOTING, basis="agreement", agreement=agreement.ref)
    ref = start(actor, robin, footing=footing)
    approve(actor, ref)

    with pytest.raises(Refused, match="“Northmere” expired on 3 March 2026: renew it in the register"):
        approve(darcy, ref, after=timedelta(days=1))

    assert not Outbox.objects.exists()


def test_without_an_agreement_or_an_emergency_nothing_is_begun(actor: Actor, robin: Referral) -> None:
    with pytest.raises(Refused, match="Name a sharing agreement"):
        start(actor, robin, footing=dataclasses.replace(FOOTING, basis="agreement"))


def test_a_programme_that_is_no_partner_any_more_is_sent_nothing(
    actor: Actor, darcy: Actor, robin: Referral, programme: Partner
) -> None:
    ref = start(actor, robin)
    approve(actor, ref)
    Partner.objects.filter(pk=programme.pk).update(ended_at=NOW)

    with pytest.raises(NoSuchPartner, match="Writing to Northmere programme has ended"):
        approve(darcy, ref)

    assert Disclosure.objects.get().state == "draft"


def test_a_request_is_answered_once(
    actor: Actor, darcy: Actor, robin: Referral, programme_keys: SiteKeys
) -> None:
    asked = factories.request(referral=robin)
    ref = start(actor, robin, request=asked.ref)
    second = start(actor, robin, request=asked.ref, submission="two")
    for one in (ref, second):
        approve(actor, one)
        approve(darcy, one)

    asked.refresh_from_db()
    assert (asked.state, asked.settled_by) == ("answered", darcy.who)
    assert [one["request"] for one in crossed(programme_keys, "disclosure")] == [asked.token, asked.token]
    with pytest.raises(Refused, match="A colleague answered this request first"):
        start(actor, robin, request=asked.ref, submission="three")
    with pytest.raises(Refused, match="A colleague answered this request first"):
        commands.refuse_request(actor=actor, ref=asked.ref, reason=Refusal.NOTHING, at=NOW)


def test_a_request_about_somebody_else_is_not_found(actor: Actor, robin: Referral) -> None:
    elsewhere = factories.request(referral=factories.referral())

    with pytest.raises(NotFound):
        start(actor, robin, request=elsewhere.ref)


def test_a_refused_request_tells_one_coded_word(
    actor: Actor, robin: Referral, programme_keys: SiteKeys
) -> None:
    asked = factories.request(referral=robin)

    commands.refuse_request(actor=actor, ref=asked.ref, reason=Refusal.NOTHING, at=NOW)

    (told,) = crossed(programme_keys, "disclosure-refused")
    assert told == {"subject": asked.token, "reason": "nothing", "decided_at": NOW.isoformat()}


def test_a_recall_follows_what_was_sent(actor: Actor, sent: str, programme_keys: SiteKeys) -> None:
    commands.recall(actor=actor, ref=sent, reason=Recall.WRONG, at=NOW)

    (told,) = crossed(programme_keys, "disclosure-recall")
    row = Disclosure.objects.get(ref=sent)
    assert (told["disclosure"], told["reason"], row.state) == (row.token, "wrong", "recalled")
    with pytest.raises(Refused, match="Only what was sent to the programme can be recalled"):
        commands.recall(actor=actor, ref=sent, reason=Recall.WRONG, at=NOW)


def test_what_was_never_sent_cannot_be_recalled(actor: Actor, robin: Referral) -> None:
    ref = start(actor, robin)

    with pytest.raises(Refused, match="Only what was sent to the programme can be recalled"):
        commands.recall(actor=actor, ref=ref, reason=Recall.STOP, at=NOW)

    assert not Outbox.objects.exists()


def test_a_programme_by_hand_gets_a_printed_copy_whose_words_are_in_no_task(
    actor: Actor, darcy: Actor, robin: Referral, programme: Partner
) -> None:
    Partner.objects.filter(pk=programme.pk).update(transport=Transport.BY_HAND)
    ref = start(actor, robin)
    approve(actor, ref)
    approve(darcy, ref)

    task = ByHandTask.objects.get()
    assert "Words: handed over separately" in task.text
    assert "station" not in task.text
    assert Disclosure.objects.get().token not in task.text
    commands.note_receipt(actor=actor, ref=ref, whom="Sol Arden, manager", at=NOW)
    page = queries.disclosure(actor=actor, ref=ref, at=NOW)
    assert (page.row.state, page.received_from, page.by_hand) == ("received", "Sol Arden, manager", True)


def test_a_receipt_that_comes_by_itself_is_not_typed(actor: Actor, sent: str) -> None:
    with pytest.raises(Refused, match="Only what was handed over by hand is recorded here"):
        commands.note_receipt(actor=actor, ref=sent, whom="Sol Arden", at=NOW)


def test_a_colleague_elsewhere_finds_no_disclosure(sent: str, signed_in: Callable[..., Any]) -> None:
    answer = signed_in(area="Elsewhere").get(f"/disclosures/{sent}/")

    assert answer.status_code == 404
