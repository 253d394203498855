"""Words about one client are refused by what they look like: whose a locator is, or whether anyone's, nobody can tell.

Asked as an advocate would ask: in a disclosure about her own client. The others are a client of her own, her client's own
vault, a client of a colleague, one of another area, one she is kept from, one of a restricted case, and nobody.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.advocacy import factories
from tests.advocacy.disclosures.test_views import TYPED

from desist import locators
from desist.accounts.models import Account, AccountAlert
from desist.advocacy.disclosures import commands as disclosures
from desist.advocacy.disclosures.commands import Told
from desist.advocacy.disclosures.models import Disclosure
from desist.advocacy.incidents.models import Incident
from desist.advocacy.safety.states import What, Whom
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import chores, commands, limits, spelling
from desist.advocacy.vault.models import Allowance
from desist.advocacy.vault.states import Kind, Limit
from desist.advocacy.victims.identity import Identity
from desist.advocacy.victims.models import Victim
from desist.disclosure.copies import Content, Footing
from desist.ui.words import FalseAlarm
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.models import AuditEvent, Exclusion, Restriction

pytestmark = pytest.mark.django_db

NOW = factories.NOW
DIGITS = "0123456789"
LETTERS = "abdefghjlnpqrstuwxyz"
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
#: whose a locator is; "nobody" has none
WHOSE = ("own", "hers", "colleagues", "elsewhere", "excluded", "restricted", "nobody")
OUTSIDE = ("colleagues", "elsewhere", "excluded", "restricted", "nobody")


@dataclass(frozen=True)
class Locator:
    """One locator and ten spellings of it."""

    kind: Kind
    value: str
    spellings: tuple[str, ...]


def phone(tail: str) -> Locator:
    number = f"01632{tail}"
    spoken = " ".join(WORDS[int(digit)] for digit in number)
    wide = "".join(chr(0xFEE0 + ord(digit)) for digit in number)
    area, first, last = number[:5], number[5:8], number[8:]
    written = (
        number,
        f"{area} {first} {last}",
        f"({area}) {first}-{last}",
        f"+44 {number[1:]}",
        spoken,
        wide,
    )
    more = (f"0044 {area[1:]}.{first}.{last}", f"{area}/{first}/{last}", " ".join(number), f"O{number[1:]}")
    return Locator(Kind.PHONE, number, (*written, *more))


def mail(name: str, host: str) -> Locator:
    one = f"{name}.{host}@{host}.example"
    written = (one, one.upper(), f"mailto:{one}", one.replace("@", " @ "), one.replace("@", " (at) "))
    said = (f"{name} dot {host} at {host} dot example", f"{name}[dot]{host}[at]{host}[dot]example")
    more = (f"{name} . {host} @ {host} . example", f"<{one}>", one.replace("@", "[at]"))
    return Locator(Kind.EMAIL, one, (*written, *said, *more))


def postcode(number: int, inward: str) -> Locator:
    one, two = f"NM{number}", f"{number % 10}{inward.upper()}"
    written = (f"{one} {two}", f"{one}{two}", f"{one}  {two}", f"{one} {two}".lower(), f"{one}{two}".lower())
    apart = (
        " ".join(f"{one}{two}"),
        "-".join(f"{one}{two}"),
        f"{one}.{two}",
        f"{one}-{two}",
        f"{one} {two}.",
    )
    return Locator(Kind.HOME, f"7 Some Row\n{one} {two}", (*written, *apart))


def vehicle(before: str, behind: str) -> Locator:
    one = f"{before.upper()}26{behind.upper()}"
    two = f"{before.upper()}26 {behind.upper()}"
    forms = (
        one,
        two,
        one.lower(),
        two.lower(),
        f"{before}-26-{behind}",
        f"{before} 26 {behind}",
        two.title(),
    )
    return Locator(Kind.VEHICLE, two, (*forms, f"{before}26-{behind}", f"{before} 26-{behind}", f" {one} "))


def account(name: str) -> Locator:
    one = f"@{name}"
    signs = (
        one,
        one.upper(),
        f"({one})",
        f"“{one}”",
        f"{one}.",
        f"{one},",
        f"{one}:",
        f"{one}!",
        f" {one} ",
        f"{one}…",
    )
    return Locator(Kind.ONLINE, one, signs)


LOCATORS = st.one_of(
    st.builds(phone, st.text(DIGITS, min_size=6, max_size=6)),
    st.builds(mail, st.text(LETTERS, min_size=3, max_size=8), st.text(LETTERS, min_size=3, max_size=8)),
    st.builds(postcode, st.integers(1, 99), st.text("abdefghjlnpqrstuwxyz", min_size=2, max_size=2)),
    st.builds(
        vehicle,
        st.text("bcdfgjkl", min_size=2, max_size=2),
        st.text("bcdfgjklpvxz", min_size=3, max_size=3),
    ),
    st.builds(account, st.text(LETTERS, min_size=6, max_size=12)),
)


@pytest.fixture
def robin(advocate: Advocate) -> Victim:
    """Fable's own client, about whom she writes, as the client chose."""
    victim = factories.victim(
        advocate=advocate, partner=factories.partner().name, thread="the-thread-of-robin"
    )
    factories.choice(victim=victim.ref)
    return victim


@pytest.fixture
def others(robin: Victim, advocate: Advocate, fable: Account) -> dict[str, Victim]:
    """One client for each way in which another client's locator may be in the actor's sight, or not."""
    wren = Identity("Wren", "Further")
    found = {
        "own": robin,
        "hers": factories.victim(advocate=advocate, identity=wren, locators=()),
        "colleagues": factories.victim(identity=wren, locators=()),
        "elsewhere": factories.victim(advocate=advocate, area="Elsewhere", identity=wren, locators=()),
        "excluded": factories.victim(advocate=advocate, identity=wren, locators=()),
        "restricted": factories.victim(advocate=advocate, identity=wren, locators=()),
    }
    kept = {"made_by": "carol", "made_at": NOW, "reason": ""}
    Exclusion.objects.create(case=found["excluded"].ref, account=fable.ref, allowed=False, **kept)
    Restriction.objects.create(case=found["restricted"].ref, **kept)
    return found


def keep(victim: Victim | None, kind: Kind, value: str) -> None:
    """Have a locator in a client's vault."""
    if victim is not None:
        from desist.advocacy.vault import boxes

        box = commands.box(person=victim.ref)
        boxes.locator(box=box, victim=victim, kind=kind, value=value, by="carol", at=NOW).save()


def answer(actor: Actor, victim: Victim, words: str, *, why: FalseAlarm | None = None, days: int = 0) -> str:
    """What an advocate is told who writes these words of her client to be disclosed; "" where they are kept."""
    content = Content(words, "fact", NOW.date(), False, None, "sessions")
    footing = Footing("emergency", "", "The risk rose", "Counts alone")
    try:
        disclosures.start(
            actor=actor,
            victim=victim.ref,
            told=Told(What.INCIDENTS, Whom.PROGRAMME),
            content=content,
            footing=footing,
            submission=f"{words}{days}"[:64],
            at=NOW + timedelta(days=days),
            why=why,
        )
    except spelling.HoldsLocator as refused:
        return f"{type(refused).__name__}: {refused}"
    return ""


def about(text: str) -> str:
    return f"It is about {text} we hear"


def test_whose_a_locator_is_makes_no_difference_in_any_kind_and_spelling(
    actor: Actor, robin: Victim, others: dict[str, Victim]
) -> None:
    expected = f"HoldsLocator: {spelling.REFUSED}"
    days = iter(range(100_000))

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(LOCATORS, st.sampled_from(WHOSE))
    def asked(locator: Locator, whose: str) -> None:
        keep(others.get(whose), locator.kind, locator.value)
        day = next(days)  # a day for each, so that no limit is reached

        assert len(set(locator.spellings)) == 10
        told = {answer(actor, robin, about(spelled), days=day) for spelled in locator.spellings}

        assert told == {expected}

    asked()
    assert not Disclosure.objects.exists()


PLAIN = {
    Kind.PHONE: "01632 960 444",
    Kind.EMAIL: "wren@harbour.example",
    Kind.HOME: "NM9 9ZY",
    Kind.VEHICLE: "NM26 XYZ",
    Kind.ONLINE: "@wren.sings",
}


@pytest.mark.parametrize("kind", PLAIN)
def test_the_page_that_refuses_is_the_same_to_the_byte(
    robin: Victim, others: dict[str, Victim], browser_of_fable: Client, kind: Kind
) -> None:
    def page(words: str) -> str:
        sent = {**TYPED, "words": about(words), "form_submission": "one"}
        response = browser_of_fable.post(reverse("disclosures:start", args=[robin.ref]), sent)
        assert response.status_code == 422
        body = response.content.decode()
        assert words in body
        return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", body).replace(words, "")

    pages = set()
    for number, whose in enumerate(WHOSE):
        value = (
            PLAIN[kind].replace("44", f"5{number}").replace("wren", f"wren{number}").replace("9", str(number))
        )
        keep(others.get(whose), kind, value)
        pages.add(page(value))
    keep(robin, Kind.WORK, "Gullwing Marine Supplies")
    pages.add(page("Gullwing Marine Supplies"))
    pages.add(page("Saltmarsh College"))  # a place by its name, which is in nobody's vault

    assert len(pages) == 1


#: what has no shape -> a sentence that holds it
NAMES = {
    (Kind.ONLINE, "wren.sings"): "He wrote to Wren Sings",
    (Kind.VEHICLE, "WREN 1"): "A car with WREN 1 on it",
    (Kind.WORK, "Gullwing Marine Supplies"): "He waited at gullwing-marine supplies",
    (Kind.SCHOOL, "Saltmarsh College"): "He waited at saltmarsh college",
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("whose", OUTSIDE)
def test_what_looks_like_nothing_is_kept_alike_of_whoever_is_out_of_sight(
    actor: Actor, robin: Victim, others: dict[str, Victim], name: tuple[Kind, str], whose: str
) -> None:
    keep(others.get(whose), *name)

    assert answer(actor, robin, NAMES[name]) == ""


@pytest.mark.parametrize(
    ("whose", "name"), [*(("own", name) for name in NAMES), ("hers", (Kind.ONLINE, "wren.sings"))]
)
def test_a_name_in_a_vault_in_sight_is_refused_in_the_same_words(
    actor: Actor, robin: Victim, others: dict[str, Victim], whose: str, name: tuple[Kind, str]
) -> None:
    keep(others[whose], *name)

    assert answer(actor, robin, NAMES[name]) == answer(actor, robin, "Call 01632 960 123") != ""


@pytest.mark.parametrize("whose", OUTSIDE)
def test_words_that_only_look_like_a_locator_stay_with_a_reason_that_is_told(
    actor: Actor, manager: Actor, robin: Victim, others: dict[str, Victim], whose: str
) -> None:
    keep(others.get(whose), Kind.PHONE, "01632 960 444")

    assert answer(actor, robin, "The desk is on 01632 960 444", why=FalseAlarm.AGENCY) == ""

    (told,) = AuditEvent.objects.filter(action="advocacy.answer_for_words")
    assert told.row == f"advocacy.disclosure:{Disclosure.objects.get().ref}"
    assert told.reason == "words: telephone number: It belongs to a police station, court or service"


@pytest.mark.parametrize(
    "outcome", [("nobody", "sent"), ("elsewhere", "sent"), ("colleagues", "draft")], ids="-".join
)
def test_what_was_answered_for_is_not_asked_again_but_the_second_person_sees_further(
    actor: Actor, manager: Actor, robin: Victim, others: dict[str, Victim], outcome: tuple[str, str]
) -> None:
    whose, state = outcome
    keep(others.get(whose), Kind.PHONE, "01632 960 444")
    answer(actor, robin, "The desk is on 01632 960 444", why=FalseAlarm.AGENCY)
    ref = Disclosure.objects.get().ref

    disclosures.approve(actor=actor, ref=ref, version=1, at=NOW)
    with suppress(spelling.HoldsLocator):  # it is of a client whom the manager may see
        disclosures.approve(actor=manager, ref=ref, version=1, at=NOW)

    assert Disclosure.objects.get().state == state


@pytest.mark.parametrize("whose", ["own", "hers"])
def test_what_a_vault_in_sight_holds_never_stays(
    actor: Actor, robin: Victim, others: dict[str, Victim], whose: str
) -> None:
    keep(others[whose], Kind.PHONE, "01632 960 444")

    told = answer(actor, robin, "The desk is on 01632 960 444", why=FalseAlarm.AGENCY)

    assert told == f"HoldsLocator: {spelling.REFUSED}"
    assert not AuditEvent.objects.filter(action="advocacy.answer_for_words").exists()


# How often


def refuse(actor: Actor, robin: Victim, *, times: int, days: int = 0) -> None:
    for _ in range(times):
        assert answer(actor, robin, "Call 01632 960 123", days=days).startswith("HoldsLocator")


def test_after_many_refusals_in_an_hour_nothing_more_is_read(
    actor: Actor, manager: Actor, robin: Victim, signed_in: Callable[..., Client]
) -> None:
    factories.account(name="Nobody in particular")
    signed_in(role=Role.ADVOCACY_MANAGER, account=Account.objects.get(ref=manager.who))
    refuse(actor, robin, times=limits.REFUSED_AN_HOUR)

    told = {answer(actor, robin, words) for words in ("Call 01632 960 123", "The calls became more")}

    (sentence,) = told
    assert sentence == (
        "RefusedTooOften: Not saved: words of yours were refused so often that no more are read for now. "
        "Ask Noor Quenington to allow more for today. Until then you can save without these words"
    )
    assert answer(actor, robin, "The calls became more", days=1) == ""


def test_a_day_has_a_limit_of_its_own(actor: Actor, robin: Victim) -> None:
    early = NOW.replace(hour=6)
    for number in range(limits.REFUSED_A_DAY):
        with pytest.raises(spelling.HoldsLocator):
            commands.check(
                actor=actor,
                victim=robin,
                texts=["Call 01632 960 123"],
                at=early + timedelta(minutes=20 * number),
            )
        refused = AuditEvent(
            who=actor.who, role=actor.role, action="advocacy.write_disclosure", allowed=False
        )
        refused.at, refused.row, refused.reason = early + timedelta(minutes=20 * number), "", "HoldsLocator"
        refused.correlation = actor.correlation
        refused.save()

    with pytest.raises(commands.RefusedTooOften, match="there is none here: ask your administrator"):
        commands.check(
            actor=actor, victim=robin, texts=["The calls became more"], at=early + timedelta(hours=12)
        )


def test_many_refusals_are_told_to_two_who_are_somebody_else(
    actor: Actor, robin: Victim, signed_in: Callable[..., Client]
) -> None:
    signed_in()
    noor = signed_in(role=Role.ADVOCACY_MANAGER, account=factories.account(name="Noor Quenington"))
    refuse(actor, robin, times=limits.REFUSED_AN_HOUR - 1)
    chores.run(at=NOW)
    assert not AccountAlert.objects.exists()

    refuse(actor, robin, times=1)
    for minute in range(3):
        chores.run(at=NOW + timedelta(minutes=minute))

    alert = AccountAlert.objects.get()
    assert (alert.kind, alert.account, alert.count) == ("refusals", actor.who, limits.REFUSED_AN_HOUR)
    assert alert.last_at == NOW  # nothing is noted while nothing happens
    assert "Look into this: Fable Trelissick wrote words that were refused" in noor.get("/").content.decode()


def test_nobody_allows_more_to_an_account_that_looks_like_her_own(manager: Actor) -> None:
    other = factories.account(name="N. Quenington")

    with pytest.raises(gate.Forbidden):
        commands.allow_more(
            actor=manager, account=other.ref, limit=Limit.REVEALS, more=6, submission="s", at=NOW
        )

    assert not Allowance.objects.exists()


def test_an_empty_note_is_never_held_up(actor: Actor, robin: Victim) -> None:
    refuse(actor, robin, times=limits.REFUSED_AN_HOUR)

    commands.check(actor=actor, victim=robin, texts=["", ""], at=NOW)


def test_a_manager_allows_a_colleague_more_for_the_day_and_never_herself(
    actor: Actor, robin: Victim, signed_in: Callable[..., Client], settings: Any
) -> None:
    noor = factories.account(name="Noor Quenington")
    browser = signed_in(role=Role.ADVOCACY_MANAGER, account=noor)
    signed_in()
    from django.utils import timezone

    now = timezone.now()
    for account in (actor.who, noor.ref):
        for _ in range(limits.REFUSED_AN_HOUR):
            AuditEvent.objects.create(
                at=now,
                who=account,
                role=actor.role,
                action="advocacy.write_disclosure",
                row="",
                allowed=False,
                reason="HoldsLocator",
                correlation=actor.correlation,
            )
    page = browser.get(reverse("vault:allow")).content.decode()

    assert f"Fable Trelissick: {limits.REFUSED_AN_HOUR} refused words today" in page
    assert "Noor Quenington: " not in page
    own = browser.post(reverse("vault:allow"), {"whom": f"{noor.ref} refusals", "more": "6"})
    done = browser.post(reverse("vault:allow"), {"whom": f"{actor.who} refusals", "more": "6"}, follow=True)
    assert own.status_code == 422
    assert "Fable Trelissick can have 6 more refused words today" in done.content.decode()
    assert "A limit was reached" not in done.content.decode()
    commands.check(actor=actor, victim=robin, texts=["The calls became more"], at=now)
    assert Allowance.objects.get().given_by == noor.ref


def test_allowing_oneself_is_refused_below_the_page_as_well(manager: Actor) -> None:
    from desist.wall.gate import NotFound

    with pytest.raises(Exception, match="nobody_allows_themselves_more|" + NotFound.__name__):
        commands.allow_more(
            actor=manager, account=manager.who, limit=Limit.REVEALS, more=6, submission="one", at=NOW
        )

    assert not Allowance.objects.exists()


# On every page


def test_a_new_client_with_a_number_in_the_words_is_refused_in_a_sentence(browser_of_fable: Client) -> None:
    """It was a fault without a sentence before: the refusal was raised outside of any page that caught it."""
    sent = {
        "way_in": "self",
        "given_names": "Wren",
        "phone": "01632 960 123",
        "account": "He rings 01632 960 123 at night",
        "purposes": ["support"],
        "how": "phone",
        "mine": "no",
    }

    refused = browser_of_fable.post(reverse("victims:start"), sent)
    kept = browser_of_fable.post(
        reverse("victims:start"), {**sent, "phone": "", "false_alarm": "referred_person"}
    )

    assert refused.status_code == 422
    assert "Why is it safe to keep?" in refused.content.decode()
    assert "He rings 01632 960 123 at night" in refused.content.decode()
    assert kept.status_code == 302


def test_an_incident_may_name_his_own_number_with_the_reason(browser_of_fable: Client, robin: Victim) -> None:
    sent = {
        "happened_on-day": "1",
        "happened_on-month": "3",
        "happened_on-year": "2026",
        "behaviours": ["contacting"],
        "channel": "call",
        "through": "themselves",
        "place": "home",
        "evidence": ["none"],
        "told": ["nobody"],
        "what": "Eleven calls from 07700 900 123",
    }
    address = reverse("incidents:record", args=[robin.ref])

    refused = browser_of_fable.post(address, sent)
    again = browser_of_fable.post(address, {**sent, "false_alarm": ""})
    nonsense = browser_of_fable.post(address, {**sent, "false_alarm": "because"})
    kept = browser_of_fable.post(address, {**sent, "false_alarm": "referred_person"})

    assert [one.status_code for one in (refused, again, nonsense, kept)] == [422, 422, 422, 302]
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "On 01/02/2026 at 10am he came, and at 14:30, and on 12.03.2026 and 13.03.2026.",
        "He met at work. She left at 5.30pm on 3 March 2026, 12 minutes late.",
        "We met @ work. He said so, two by two, one after the other.",
        "He sent 41 messages between 10:15 and 11:40; crime reference 42/12345/26.",
        "He will go 2nd, and to 3rd; he stood 3ft away, at no. 5, for 2hrs.",
        "Paid 100 on 12 May; in 10 min and 12 men. PCL-5 score 41. Call 999 or 101.",
    ],
)
def test_an_ordinary_sentence_looks_like_nothing(text: str) -> None:
    assert locators.kinds(text) == ()
