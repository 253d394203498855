"""Two records of one person: compared, merged by two people, found under either number, and split with nothing lost."""

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from tests import staff
from tests.programme import factories
from tests.programme.reading import text

from desist.accounts.models import Account
from desist.merges import commands, records
from desist.merges.models import Merge
from desist.merges.states import TRANSITIONS, State
from desist.post import payloads
from desist.post.handlers import Received
from desist.programme.orders import commands as orders
from desist.programme.orders.models import Order
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.sessions.contacts.models import Contact
from desist.references import spoken
from desist.refusals import Changed, Refused
from desist.restrictions import commands as restrictions
from desist.wall import actors, gate
from desist.wall.actors import Actor, Role
from desist.wall.models import Exclusion, Restriction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

NOW = factories.NOW
LATER = NOW + timedelta(days=3)


def leader(name: str, role: Role = Role.MANAGER) -> Actor:
    account = staff.account(name=name)
    staff.grant(account=account, role=role)
    return Actor(who=account.ref, role=role, area=factories.AREA, correlation=uuid.uuid4())


@pytest.fixture
def ola(db: None) -> Actor:
    """A manager, who compares."""
    return leader("Ola Reed")


@pytest.fixture
def noor(db: None) -> Actor:
    """A clinical supervisor, who confirms."""
    return leader("Noor Hale", Role.SUPERVISOR)


@pytest.fixture
def first(db: None) -> Referral:
    return factories.referral(pnc="")


@pytest.fixture
def second(db: None) -> Referral:
    """The same person once more, declined as referred already."""
    row = factories.referral(given_names="Robyn", pnc="98/0000001A", aliases=["Rob"])
    return declined(row)


def declined(row: Referral) -> Referral:
    row.state, row.decline_reason = "declined", "duplicate"
    row.decided_by, row.decided_at = "carol", NOW
    row.save()
    return row


def browser(actor: Actor) -> Client:
    return staff.browser(account=Account.objects.get(ref=actor.who), role=actor.role)


def asked(
    actor: Actor,
    first: Referral,
    second: Referral,
    *taken: str,
    submission: str = "",
    agreed: bool = True,
) -> Merge:
    ref = commands.ask(
        actor=actor,
        first=first.ref,
        second=second.ref,
        taken=taken,
        reason="Same date of birth",
        submission=submission or uuid.uuid4().hex,
        agreed=agreed,
        at=NOW,
    )
    return Merge.objects.get(ref=ref)


def merged(one: Actor, other: Actor, first: Referral, second: Referral, *taken: str) -> Merge:
    row = asked(one, first, second, *taken)
    commands.confirm(actor=other, ref=row.ref, version=row.version, at=NOW)
    row.refresh_from_db()
    return row


def split(actor: Actor, row: Merge, *seconds: str) -> None:
    row.refresh_from_db()
    commands.split(
        actor=actor, ref=row.ref, seconds=seconds, reason="Two dates of birth", version=row.version, at=LATER
    )
    row.refresh_from_db()


def test_two_records_are_compared_confirmed_and_split_by_clicks(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    contact = factories.contact(referral=second)
    ask, confirm = browser(ola), browser(noor)

    listed = text(ask.get("/merges/"))
    found = ask.post("/merges/", {"first": spoken(first.ref), "second": second.ref}, follow=True)
    address = found.redirect_chain[-1][0]
    chosen = {"given_names": "first", "pnc": "second", "aliases": "second", "reason": "The referrer said so"}
    waits = text(ask.post(address, chosen, follow=True))
    own = ask.post((page := f"/merges/{Merge.objects.get().ref}/"), {"answer": "yes", "form_version": "1"})
    theirs = text(confirm.get("/"))
    done = text(confirm.post(page, {"answer": "yes", "form_version": "1"}, follow=True))

    assert "These may be one person" in listed
    assert "98/0000001A Differs" in text(found)
    assert "A colleague has to confirm it. Until then nothing changes." in waits
    assert own.status_code == 422
    assert "A colleague has to confirm it" in text(own)
    assert f"confirm that {spoken(first.ref)} and {spoken(second.ref)} are one person" in theirs
    assert "One person" in done
    assert "Went along Contact" in done
    first.refresh_from_db()
    contact.refresh_from_db()
    assert (first.given_names, first.pnc, first.aliases) == ("Robin", "98/0000001A", ["Rob"])
    assert contact.referral == first
    for row, words in ((first, "Also recorded as"), (second, "This record was merged into")):
        assert words in text(ask.get(f"/referrals/{row.ref}/"))
    hit = ask.post("/search/", {"search": spoken(second.ref)}, follow=True)
    assert spoken(first.ref) in text(hit)

    written = factories.contact(referral=first)
    sent = {written.ref: "second", "reason": "Two dates of birth after all", "form_version": "2"}
    asks = text(ask.get(f"{page}split/"))
    over = text(ask.post(f"{page}split/", sent, follow=True))

    assert "whose is it?" in asks
    assert "Split. Each record has its own rows again." in over
    first.refresh_from_db()
    assert (first.given_names, first.pnc, first.aliases) == ("Robin", "", [])
    assert {one.referral for one in Contact.objects.all()} == {second}
    assert list(first.happenings.values_list("what", flat=True)) == ["merged", "split"]
    assert "merged into" not in text(ask.get(f"/referrals/{second.ref}/"))


def test_likely_pairs_are_proposed_until_they_are_merged(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    assert "These may be one person" in text(browser(ola).get("/merges/"))

    merged(ola, noor, first, second)

    assert "These may be one person" not in text(browser(ola).get("/merges/"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("nothing", "{second}"), "No record that you may compare has this reference"),
        (("{first}", "nothing"), "No record that you may compare has this reference"),
        (("{first}", "{first}"), "Both references lead to the same record"),
    ],
)
def test_two_references_that_are_no_pair_are_refused_in_a_sentence(
    ola: Actor, first: Referral, second: Referral, typed: tuple[str, str], said: str
) -> None:
    one, other = (words.format(first=first.ref, second=second.ref) for words in typed)

    answer = browser(ola).post("/merges/", {"first": one, "second": other})

    assert answer.status_code == 422
    assert said in text(answer)


def test_a_practitioner_compares_nothing(kit_browser: Client, first: Referral, second: Referral) -> None:
    assert kit_browser.get("/merges/").status_code == 403
    assert kit_browser.get(f"/merges/{first.ref}/with/{second.ref}/").status_code == 403


def test_a_record_that_is_kept_from_the_actor_is_not_found(
    ola: Actor, first: Referral, second: Referral
) -> None:
    Exclusion.objects.create(
        case=second.ref, account=ola.who, allowed=False, reason="x", made_by="x", made_at=NOW
    )

    assert browser(ola).get(f"/merges/{first.ref}/with/{second.ref}/").status_code == 404
    with pytest.raises(gate.NotFound):
        asked(ola, first, second)


def test_the_same_form_twice_asks_once(ola: Actor, first: Referral, second: Referral) -> None:
    assert asked(ola, first, second, submission="one") == asked(ola, first, second, submission="one")
    with pytest.raises(Refused, match="A colleague has compared these two already"):
        asked(ola, second, declined(first))


def test_two_accounts_of_one_person_are_one(ola: Actor, first: Referral, second: Referral) -> None:
    row = asked(ola, first, second)
    again = leader("Ola Reed")

    with pytest.raises(Refused, match="looks like yours"):
        commands.confirm(actor=again, ref=row.ref, version=1, at=NOW)


def test_a_record_that_changed_meanwhile_is_compared_anew(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    row = asked(ola, first, second)
    Referral.objects.filter(pk=second.pk).update(born=date(1991, 1, 1))

    with pytest.raises(Refused, match="changed after they were compared"):
        commands.confirm(actor=noor, ref=row.ref, version=1, at=NOW)
    with pytest.raises(Changed):
        commands.confirm(actor=noor, ref=row.ref, version=7, at=NOW)


def test_a_merge_is_refused_or_withdrawn_and_nothing_changes(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    row = asked(ola, first, second, "given_names")
    page = f"/merges/{row.ref}/"

    browser(noor).post(page, {"answer": "no", "form_version": "1"})
    browser(noor).post(page, {"answer": "no", "form_version": "1"})
    late = browser(noor).post(page, {"answer": "yes", "form_version": "2"})
    other = asked(ola, first, second)
    for _ in range(2):
        browser(ola).post(f"/merges/{other.ref}/withdraw/")
    browser(ola).post(f"/merges/{row.ref}/withdraw/")

    assert "A colleague answered this first: refused: two people" in text(late)
    assert list(Merge.objects.order_by("pk").values_list("state", flat=True)) == ["refused", "withdrawn"]
    first.refresh_from_db()
    assert first.given_names == "Robin"


def test_a_referral_that_waits_or_is_on_the_programme_is_no_second(ola: Actor, first: Referral) -> None:
    waits = factories.referral()
    with pytest.raises(Refused, match="still waits for a decision"):
        asked(ola, first, waits)

    factories.episode(referral=waits)
    with pytest.raises(Refused, match="is on the programme now: keep that one as the first"):
        asked(ola, first, waits)

    factories.episode(referral=first)
    with pytest.raises(Refused, match="Both are on the programme now"):
        asked(ola, first, waits)
    page = browser(ola).get(f"/merges/{first.ref}/with/{waits.ref}/")
    assert "They cannot be merged yet" in text(page)


def test_an_earlier_course_stays_with_its_referral(
    ola: Actor, noor: Actor, first: Referral, practitioner: Practitioner
) -> None:
    earlier = factories.episode(referral=factories.referral(), practitioner=practitioner)
    session = factories.attended(episode=earlier)
    factories.ended(episode=earlier)

    merged(ola, noor, first, earlier.referral)

    session.refresh_from_db()
    assert session.episode == earlier


def test_a_record_leads_to_one_other_and_the_later_merge_is_split_first(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    third = declined(factories.referral())
    contact = factories.contact(referral=third)
    one = merged(ola, noor, second, third)
    with pytest.raises(Refused, match="is already merged into"):
        asked(ola, first, third)
    other = merged(ola, noor, first, second)
    contact.refresh_from_db()

    assert contact.referral == first
    assert records.leading(third.ref) == first.ref
    assert records.together(third.ref) == {first.ref, second.ref, third.ref}
    with pytest.raises(Refused, match="Split those two first"):
        split(ola, one)
    split(ola, other)
    split(ola, one)
    contact.refresh_from_db()
    assert contact.referral == third


def test_a_row_of_another_merge_is_not_asked_about(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    third = declined(factories.referral())
    factories.contact(referral=third)
    one = merged(ola, noor, first, second)
    merged(ola, noor, first, third)

    assert list(commands.since(one, records.of_zone()[0].along[2])) == []


def test_a_split_happens_once_and_only_of_what_stands(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    row = asked(ola, first, second)
    with pytest.raises(Refused, match="waiting for a second person"):
        split(ola, row)
    commands.confirm(actor=noor, ref=row.ref, version=1, at=NOW)
    commands.confirm(actor=noor, ref=row.ref, version=1, at=NOW)
    split(ola, row)
    split(noor, row)

    assert row.split_by == ola.who
    assert row.why_split == "Two dates of birth"
    assert "These two records are not merged now" in text(browser(ola).get(f"/merges/{row.ref}/split/"))


def test_an_answer_changed_since_the_merge_stays(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    row = merged(ola, noor, first, second, "given_names", "pnc")
    Referral.objects.filter(pk=first.pk).update(given_names="Roberta")

    split(ola, row)

    first.refresh_from_db()
    assert (first.given_names, first.pnc) == ("Roberta", "")


def test_a_row_like_one_of_the_first_stays_with_the_second(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    factories.order(referral=first, token="same")
    left = factories.order(referral=second, token="same")
    new = factories.order(referral=second, token="other")

    row = merged(ola, noor, first, second)

    assert set(second.protection_orders.all()) == {left}
    assert set(first.protection_orders.all()) >= {new}
    written = factories.order(referral=first, token="third")
    factories.order(referral=second, token="third")
    with pytest.raises(Refused, match="cannot be moved: the other record has one like it"):
        split(ola, row, written.ref)
    row.refresh_from_db()
    assert row.state == State.STANDS


def test_an_order_told_about_either_referral_arrives_at_the_one_person_once(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    merged(ola, noor, first, second)
    told = payloads.OrderNotice(
        order="one-order",
        event="served",
        on=NOW.date(),
        kind="full",
        made_on=NOW.date(),
        served_on=NOW.date().isoformat(),
        ends_on="",
        hearing_on="",
        requirements=(),
        exclusions=(),
        told_at=NOW,
    )
    for row in (second, first, second):
        orders.receive(
            Received(payload=told, sender=row.partner, thread=row.thread, actor=actors.post(), at=NOW)
        )

    assert Order.objects.get().referral == first


def test_what_keeps_an_account_from_either_record_keeps_it_from_both(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    told = {"reason": "Knows a party", "made_by": "x", "made_at": NOW}
    Exclusion.objects.create(case=first.ref, account="one", allowed=False, **told)
    Exclusion.objects.create(case=second.ref, account="two", allowed=False, **told)
    Exclusion.objects.create(case=first.ref, account="both", allowed=False, **told)
    Exclusion.objects.create(case=second.ref, account="both", allowed=False, **told)

    row = merged(ola, noor, first, second)
    kept = {(one.case, one.account) for one in Exclusion.objects.filter(allowed=False)}
    restrictions.keep_from(actor=ola, case=second.ref, account="three", reason="Knows a party", at=LATER)
    since = set(Exclusion.objects.filter(account="three").values_list("case", flat=True))
    split(ola, row)

    assert kept == {(case, who) for case in (first.ref, second.ref) for who in ("one", "two", "both")}
    assert since == {first.ref, second.ref}
    left = {(one.case, one.account) for one in Exclusion.objects.all()}
    assert left == {
        *((first.ref, "one"), (second.ref, "two"), (first.ref, "both"), (second.ref, "both")),
        *((first.ref, "three"), (second.ref, "three")),
    }


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_restriction_of_either_record_is_one_of_both(
    ola: Actor, noor: Actor, first: Referral, second: Referral, which: str
) -> None:
    shut, other = (first, second) if which == "first" else (second, first)
    restrictions.restrict(actor=ola, case=shut.ref, reason="Party is staff", people=[noor.who], at=NOW)
    Exclusion.objects.create(
        case=other.ref, account="outside", allowed=False, reason="x", made_by="x", made_at=NOW
    )
    Exclusion.objects.create(
        case=shut.ref, account="outside", allowed=True, reason="x", made_by="x", made_at=NOW
    )

    row = merged(ola, noor, first, second)
    during = set(Restriction.objects.filter(ended_at=None).values_list("case", flat=True))
    turned = Exclusion.objects.get(case=shut.ref, account="outside").allowed
    standing = Restriction.objects.get(case=other.ref)
    restrictions.name_people(actor=ola, ref=standing.ref, people=[ola.who, noor.who, "third"], at=LATER)
    named = set(Exclusion.objects.filter(account="third", allowed=True).values_list("case", flat=True))
    split(ola, row)

    assert during == {first.ref, second.ref}
    assert turned is False
    assert named == {first.ref, second.ref}
    assert [one.case for one in Restriction.objects.filter(ended_at=None)] == [shut.ref]
    assert Exclusion.objects.get(case=shut.ref, account="outside").allowed is True


def test_a_merged_person_is_restricted_and_opened_as_one(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    merged(ola, noor, first, second)

    ref = restrictions.restrict(
        actor=ola, case=second.ref, reason="Party is staff", people=[noor.who], at=NOW
    )
    during = set(Restriction.objects.filter(ended_at=None).values_list("case", flat=True))
    restrictions.end(actor=ola, ref=ref, at=LATER)

    assert during == {first.ref, second.ref}
    assert not Restriction.objects.filter(ended_at=None).exists()
    assert not Exclusion.objects.exists()


def test_two_records_restricted_to_different_people_are_not_merged(
    ola: Actor, noor: Actor, first: Referral, second: Referral
) -> None:
    restrictions.restrict(actor=ola, case=first.ref, reason="x", people=[noor.who], at=NOW)
    restrictions.restrict(actor=ola, case=second.ref, reason="x", people=[noor.who, "third"], at=NOW)

    with pytest.raises(Refused, match="restricted, to different people"):
        merged(ola, noor, first, second)
    Exclusion.objects.filter(account="third").delete()
    row = Merge.objects.get()
    commands.confirm(actor=noor, ref=row.ref, version=row.version, at=NOW)
    assert Restriction.objects.filter(ended_at=None).count() == 2


def test_every_state_and_its_followers_are_reached() -> None:
    assert {*TRANSITIONS} == {*State}
    assert {one for after in TRANSITIONS.values() for one in after} == {*State} - {State.ASKED}
