"""The name of a victim in a referral is found inside the police's zone, whichever of the two was referred first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests import staff
from tests.partnership import factories
from tests.partnership.referrals.test_views import words
from tests.partnership.victims.test_refer_a_victim import TYPED

from desist.accounts.alerts.models import AccountAlert
from desist.accounts.models import Account
from desist.partnership.pairs import commands as pairs
from desist.partnership.pairs import naming
from desist.partnership.pairs.models import Side
from desist.partnership.referrals.models import Referral
from desist.partnership.sending import commands as referrals
from desist.partnership.victims.models import VictimReferral
from desist.post.models import ByHandTask, Outbox, Partner
from desist.referral.answers import BY_KEY
from desist.referral.lists import AmendReason
from desist.ui.words import FalseAlarm, Override, WordsFound
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent

pytestmark = pytest.mark.django_db

ACCOUNT = "Waited for Robyn. Told xanthe’s sister that Ms Velmorith would pay."
NAMES = {"given_names": "Xanthe", "family_name": "Velmorrith"}
OTHERS = {"given_names": "Ash", "family_name": "Example"}


@pytest.fixture
def service(own_keys: None) -> Partner:
    return factories.partner(name=factories.ADVOCACY, zone="advocacy")


def refer_victim(officer: Client, **typed: str) -> Side:
    """Refer a victim on the page; returns their side."""
    sent = TYPED | NAMES | typed
    answer = officer.post(reverse("victims:start"), sent)
    assert answer.status_code == 302, words(answer)
    return Side.objects.latest("pk")


def named(row: Referral) -> dict[str, list[str]]:
    return {place: [one.words for one in found] for place, found in pairs.named(row).items()}


def hearers() -> list[str]:
    """Who hears of anything, by the post or by telephone."""
    by_post = Outbox.objects.values_list("receiver", flat=True)
    return [*by_post, *ByHandTask.objects.values_list("partner__name", flat=True)]


# The victim after the referral


def test_a_name_that_was_sent_already_is_told_to_the_officer_and_the_data_protection_officer(
    service: Partner, programme: Partner, officer: Client, kit: Account
) -> None:
    row = factories.referral(behaviour_account=ACCOUNT, started_by=kit.ref, **OTHERS)
    before = words(officer.get(reverse("referrals:referral", args=[row.ref])))

    refer_victim(officer, referral=row.ref)

    page = words(officer.get(reverse("referrals:referral", args=[row.ref])))
    assert "Words in this referral may name the victim" not in before
    assert (
        "Words in this referral may name the victim “xanthe” looks like a victim’s name, “Velmorith” looks like a "
        "victim’s name. It stands in the part “Stalking behaviour”, which the programme has. The data protection officer was told. "
        "Amend that part: leave the name out, or say why the word can stay." in page
    )
    assert "Words that may name the victim were found in it; the data protection officer was told" in page
    alert = AccountAlert.objects.get()
    assert (alert.kind, alert.account) == ("victim_named", kit.ref)
    dpo = staff.browser(account=staff.account(name="Ines Vale"), role=Role.DATA_PROTECTION_OFFICER)
    assert "Kit Marlow sent a referral with words that may name its victim" in words(
        dpo.get("/", follow=True)
    )


def test_a_victim_is_referred_whatever_a_referral_says_and_only_the_service_hears_of_them(
    service: Partner, programme: Partner, officer: Client
) -> None:
    row = factories.referral(behaviour_account=ACCOUNT, **OTHERS)

    refer_victim(officer, referral=row.ref)

    assert hearers() == [factories.ADVOCACY]


def test_nobody_is_told_of_a_referral_without_the_name_or_of_another_case(
    service: Partner, programme: Partner, officer: Client
) -> None:
    linked = factories.referral(behaviour_account="Waited for Robyn on Example Street.", **OTHERS)
    factories.referral(behaviour_account=ACCOUNT, **OTHERS)

    refer_victim(officer, referral=linked.ref)

    assert not AccountAlert.objects.exists()
    assert not Referral.objects.filter(happenings__what="name_found").exists()


def test_the_name_that_the_person_has_too_is_no_sign(
    service: Partner, programme: Partner, officer: Client
) -> None:
    row = factories.referral(
        given_names="Ash", family_name="Velmorrith", behaviour_account="Velmorrith told Xanthe to wait."
    )

    refer_victim(officer, referral=row.ref)

    assert named(row) == {"behaviour_account": ["Xanthe"]}


def test_what_was_amended_says_nothing_of_a_victim_any_more(
    service: Partner, programme: Partner, officer: Client, actor: Actor
) -> None:
    row = factories.referral(behaviour_account=ACCOUNT, **OTHERS)
    refer_victim(officer, referral=row.ref)

    amend(actor, row, "Waited for the victim. Told her sister that she would pay.")

    page = words(officer.get(reverse("referrals:referral", args=[row.ref])))
    assert "Words in this referral may name the victim" not in page


def test_a_word_that_is_no_name_of_hers_stays_with_a_reason_and_nothing_is_sent_for_it(
    service: Partner, programme: Partner, officer: Client
) -> None:
    row = factories.referral(behaviour_account="Waited for Xanthe.", **OTHERS)
    refer_victim(officer, referral=row.ref)
    typed = {
        **{name: getattr(row, name) for name in BY_KEY["behaviour"].names},
        "amend_reason": "new_fact",
        "form_version": "1",
    }
    address = reverse("referrals:amend", args=[row.ref, "behaviour"])
    before = hearers()

    asked = officer.post(address, typed)
    assert asked.status_code == 422
    assert "“Xanthe” looks like a victim’s name. Reword it, or say why it is safe to keep" in words(asked)
    assert "Why is it safe to keep?" in words(asked)
    done = officer.post(address, typed | {"false_alarm": "nobody_protected"}, follow=True)

    assert "Your reason was kept, and the data protection officer sees it. Nothing changed" in words(done)
    assert "Words in this referral may name the victim" not in words(done)
    assert hearers() == before
    row.refresh_from_db()
    assert row.amendments == 0


# The referral after the victim


def amend(actor: Actor, row: Referral, account: str, why: FalseAlarm | None = None) -> None:
    row.refresh_from_db()
    section = BY_KEY["behaviour"]
    said = {name: getattr(row, name) for name in section.names} | {"behaviour_account": account}
    referrals.amend(
        actor=actor,
        ref=row.ref,
        section=section,
        answers=said,
        reason=AmendReason("new_fact"),
        version=row.version,
        no_names=["Robyn", "Xanthe", "Ms", "Velmorith", "Velmorrith"],
        override=Override(why) if why else None,
        at=factories.NOW,
    )


def test_a_referral_that_names_its_crime_is_not_sent_with_the_name_of_the_victim(
    service: Partner, programme: Partner, officer: Client
) -> None:
    refer_victim(officer)
    row = factories.finished(
        offence="Stalking, crime reference 45/1234/26", behaviour_account=ACCOUNT, **OTHERS
    )
    typed = {"form_version": "1", "no_name": ["Robyn", "Velmorith"]}
    address = reverse("referrals:check", args=[row.ref])

    refused = officer.post(address, typed)
    assert refused.status_code == 422
    assert (
        "behaviour account: “xanthe” looks like a victim’s name, “Velmorith” looks like a victim’s name. "
        "Reword it, or say why it is safe to keep" in words(refused)
    )
    assert "Why is it safe to keep?" in words(refused)
    assert hearers() == [factories.ADVOCACY]

    officer.post(address, typed | {"false_alarm": "nobody_protected"})
    row.refresh_from_db()
    assert row.state == "sent"
    told = AuditEvent.objects.get(action="partnership.answer_for_words", row__startswith="partnership.side")
    assert told.reason.startswith("behaviour account: victim’s name: Nobody who is protected is meant")
    assert "anthe" not in told.reason
    assert not AccountAlert.objects.exists()
    assert named(row) == {}


@pytest.mark.parametrize("offence", ["Stalking, crime reference 45/9999/26", "Stalking", ""])
def test_a_referral_of_another_crime_is_not_compared(
    service: Partner, programme: Partner, officer: Client, offence: str
) -> None:
    refer_victim(officer)
    row = factories.finished(offence=offence, behaviour_account=ACCOUNT, **OTHERS)

    assert named(row) == {}


def test_a_victim_of_another_area_is_not_compared(
    service: Partner, programme: Partner, officer: Client
) -> None:
    side = refer_victim(officer)
    Side.objects.filter(pk=side.pk).update(area="Elsewhere")
    row = factories.referral(pair=side.pair, behaviour_account=ACCOUNT, **OTHERS)

    assert named(row) == {}


def test_an_amendment_that_brings_the_name_in_is_refused_until_somebody_answers_for_it(
    service: Partner, programme: Partner, officer: Client, actor: Actor
) -> None:
    row = factories.referral(behaviour_account="Waited in the street.", **OTHERS)
    refer_victim(officer, referral=row.ref)

    with pytest.raises(WordsFound) as refused:
        amend(actor, row, "Waited for Xanthe.")
    row.refresh_from_db()
    assert "Xanthe" not in str(refused.value)
    assert row.behaviour_account == "Waited in the street."

    amend(actor, row, "Waited for Xanthe.", FalseAlarm.NOBODY_PROTECTED)
    amend(actor, row, "Waited for Xanthe.  ")
    with pytest.raises(WordsFound):
        amend(actor, row, "Waited for Xanthe twice.")


def test_an_answer_about_something_else_does_not_cover_the_name(
    service: Partner, programme: Partner, officer: Client, actor: Actor
) -> None:
    account = "Waited for Xanthe at 12 Quarry Lane."
    row = factories.referral(behaviour_account="Waited.", **OTHERS)
    amend(actor, row, account, FalseAlarm.REFERRED_PERSON)

    refer_victim(officer, referral=row.ref)

    row.refresh_from_db()
    assert named(row) == {"behaviour_account": ["Xanthe"]}


# A link that is made later


def test_joining_and_merging_compare_as_well(
    service: Partner, programme: Partner, officer: Client, actor: Actor
) -> None:
    row = factories.referral(behaviour_account=ACCOUNT, **OTHERS)
    another = factories.referral(behaviour_account="Rang Xanthe.", **OTHERS)
    side = refer_victim(officer)
    assert not AccountAlert.objects.exists()

    pairs.join(actor=actor, ref=side.ref, referral=row.ref, version=side.version, at=factories.NOW)
    assert [one.ref for one in Referral.objects.filter(happenings__what="name_found")] == [row.ref]

    pairs.merge(actor=actor, ref=another.ref, other=row.ref, at=factories.NOW)
    assert {one.ref for one in Referral.objects.filter(happenings__what="name_found")} == {
        row.ref,
        another.ref,
    }


# What is kept


def test_no_name_is_kept_and_no_digest_in_any_history(
    service: Partner, programme: Partner, officer: Client
) -> None:
    side = refer_victim(officer)

    with connection.cursor() as cursor:
        kept = {}
        for table in ("side", "sideevent", "victimreferral", "victimreferralevent"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ''), '') FROM partnership_{table} t")
            kept[table] = str(cursor.fetchone())
    digest = side.name_digests[0]
    assert digest in kept["side"]
    assert not any(digest in kept[table] for table in kept if table != "side")
    assert not any(word in text for text in kept.values() for word in ("Xanthe", "xanthe", "Velmorrith"))
    assert VictimReferral.objects.get().ref == side.ref


def test_the_digests_are_this_sites_alone(settings: Any) -> None:
    here = naming.digests("Xanthe", "Velmorrith")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another site's", []

    assert not set(here) & set(naming.digests("Xanthe", "Velmorrith"))


def test_with_the_end_of_a_link_the_digests_go(
    service: Partner, programme: Partner, officer: Client, ended: Callable[[Side], None]
) -> None:
    side = refer_victim(officer)
    row = factories.referral(pair=side.pair, behaviour_account=ACCOUNT, **OTHERS)
    assert named(row)

    ended(side)

    side.refresh_from_db()
    assert side.name_digests == []
    assert named(row) == {}


@pytest.fixture
def ended(actor: Actor) -> Callable[[Side], None]:
    """The client ends it, as their service without software says."""
    from desist.partnership.pairs.states import Said

    def end(side: Side) -> None:
        said = Said("Wren Ashdown", factories.NOW)
        pairs.type_in_end(actor=actor, ref=side.ref, said=said, version=side.version, at=factories.NOW)

    return end
