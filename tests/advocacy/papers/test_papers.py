"""Papers about a client: the log for a statement or an application, and her own; each in the register, none with a name."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.advocacy import factories
from tests.programme.reading import text

from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts.words import Words
from desist.advocacy.incidents import commands as incidents
from desist.advocacy.incidents.models import Incident
from desist.advocacy.incidents.texts import Account
from desist.advocacy.papers import commands, drawing, queries
from desist.advocacy.papers.contents import LEFT_OUT
from desist.advocacy.papers.models import Paper
from desist.advocacy.papers.states import Format, Kind, Purpose
from desist.advocacy.safety import commands as safety
from desist.advocacy.safety.texts import Plan
from desist.advocacy.vault import boxes
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.states import Kind as Locators
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall.actors import Actor, Role

pytestmark = pytest.mark.django_db

NOW = factories.NOW
MONDAY, FRIDAY = date(2026, 2, 2), date(2026, 2, 6)
EXACTLY = "By the bicycle rack in Quayside Steps"
TYPED = {"purpose": "statement", "format": "pdf", "places": "no", "form_submission": "a-log"}


def tell(actor: Actor, victim: Victim, day: date = MONDAY, number: str = "one", **other: Any) -> str:
    """One thing that went on until Friday, as the client told it by telephone."""
    coded: dict[str, Any] = {
        "happened_on": day,
        "happened_time": None,
        "place": "work",
        "behaviours": ["loitering", "contacting"],
        "channel": "call",
        "through": "themselves",
        "marks": ["order"],
        "evidence": ["voicemail"],
        "told": ["police"],
        "crime_reference": "45/1234/26",
        "ended_on": FRIDAY,
        "more_places": ["online"],
        "times": 40,
        "counted": "about",
        "heard": "call",
    }
    said = Account(
        "=Rang all day", EXACTLY, "Could not sleep", "A colleague at the desk", "On their telephone"
    )
    return incidents.record(
        actor=actor,
        ref=victim.ref,
        facts=incidents.Facts(**coded | other),
        account=said,
        submission=number,
        at=NOW,
    )


@pytest.fixture
def told(actor: Actor, robin: Victim) -> Victim:
    """Robin, who agreed that the police hear of two incidents, the second with an addition."""
    factories.choice(victim=robin.ref, whom="police")
    tell(actor, robin)
    later = tell(actor, robin, date(2026, 3, 1), "two", ended_on=None, times=None, more_places=[])
    incidents.add(actor=actor, incident=later, words="A neighbour saw it too", submission="add", at=NOW)
    return robin


def order(**other: Any) -> commands.Order:
    values: dict[str, Any] = {
        "purpose": Purpose.STATEMENT,
        "format": Format.PDF,
        "large": False,
        "since": None,
        "until": None,
        "without": [],
        "reason": "",
    }
    return commands.Order(**values | other)


def make(actor: Actor, victim: Victim, number: str = "a-log", **other: Any) -> Paper:
    commands.make_log(actor=actor, ref=victim.ref, order=order(**other), submission=number, at=NOW)
    return Paper.objects.get(submission=number)


def words(actor: Actor, paper: Paper) -> str:
    """All that stands on a paper."""
    known = queries.fetch(actor=actor, ref=paper.ref, at=NOW).contents
    return "\n".join([*known.before, *(f"{one.heading}\n{one.facts}\n{one.words}" for one in known.sections)])


def fetched(browser: Client, paper: Paper) -> Any:
    return browser.get(reverse("papers:fetch", args=[paper.ref]))


def test_the_whole_log_is_printed_with_all_that_was_told_and_says_what_it_leaves_out(
    browser_of_fable: Client, actor: Actor, told: Victim
) -> None:
    address = reverse("papers:log", args=[told.ref])
    page = text(browser_of_fable.post(address, TYPED, follow=True))
    answer = fetched(browser_of_fable, Paper.objects.get())
    read = PdfReader(io.BytesIO(answer.content))
    printed = " ".join(" ".join(one.extract_text() for one in read.pages).split())

    assert "It is made and stands first in the list below" in page
    assert "The log (PDF) A statement to the police From the beginning to" in page
    for said in (
        "2 of 2 entries, the earliest first",
        "1. Monday 2 February 2026 to Friday 6 February 2026",
        "2. Sunday 1 March 2026",
        "About 40 times".lower(),
        "At or near their work; Online or by telephone",
        "Loitering in any place; Contacting",
        "=Rang all day",
        "It may break an order",
        "Could not sleep",
        "A colleague at the desk",
        "Voicemail or a recording",
        "The police",
        "45/1234/26",
        "How it was told By telephone",
        "by Fable Trelissick",
        "A neighbour saw it too",
        "Left out of every entry: exactly where it happened.",
        "Page 1 of",
    ):
        assert said in printed, said
    for secret in ("Quayside", "bicycle", "Robin", "Hollow", "Desist", "advocacy"):
        assert secret not in printed


def test_no_file_tells_whose_it_is_by_its_name_or_its_properties(
    browser_of_fable: Client, actor: Actor, told: Victim
) -> None:
    for one in Format:
        answer = fetched(browser_of_fable, make(actor, told, one.value, format=one))
        assert answer["Content-Disposition"] == f'attachment; filename="notes.{one.value}"'
        assert answer["Cache-Control"] == "no-store"
        if one is Format.PDF:
            known = PdfReader(io.BytesIO(answer.content))
            assert known.metadata is not None
            assert known.metadata.title == "Notes"
            assert known.metadata.author is None
            assert b"pdfuaid" in answer.content
        if one is Format.HTML:
            assert "<title>Notes</title>" in answer.content.decode()
            assert "http" not in answer.content.decode()


def test_the_table_opens_cleanly_and_each_row_says_what_is_left_out(
    browser_of_fable: Client, actor: Actor, told: Victim
) -> None:
    answer = fetched(browser_of_fable, make(actor, told, format=Format.CSV, without=["witnesses"]))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Entry"] for row in rows] == ["1", "2"]
    assert rows[0]["What happened"] == "'=Rang all day"
    assert rows[1]["How many times"] == ""
    assert "Witnesses" not in rows[0]
    assert all(
        "Left out of every entry: the witnesses; exactly where" in row["About this table"] for row in rows
    )


def test_a_span_keeps_the_numbers_of_the_log_and_says_how_many_are_not_in_it(
    actor: Actor, told: Victim
) -> None:
    later = words(actor, make(actor, told, since=date(2026, 2, 7)))
    between = words(actor, make(actor, told, "b", since=date(2026, 2, 5), until=date(2026, 2, 20)))
    none = words(actor, make(actor, told, "c", until=date(2026, 2, 1)))

    assert "from 7 February 2026 to" in later
    assert "1 of 2 entries" in later
    assert "2. Sunday" in later
    assert "1. Monday" in between
    assert "2. Sunday" not in between
    assert "0 of 2 entries" in none


def test_what_was_written_down_later_is_not_in_a_paper_that_was_made_before(
    actor: Actor, told: Victim
) -> None:
    paper = make(actor, told)
    before = words(actor, paper)
    later = NOW + timedelta(days=1)
    incidents.add(
        actor=actor,
        incident=Incident.objects.earliest("pk").ref,
        words="Afterwards",
        submission="z",
        at=later,
    )
    Incident.objects.filter(submission="two").update(recorded_at=later)

    assert "Afterwards" not in words(actor, paper)
    assert "1 of 1 entries" in words(actor, paper)
    assert "2 of 2 entries" in before


def test_exactly_where_is_printed_for_a_reason_and_with_their_choice_alone(
    browser_of_fable: Client, actor: Actor, told: Victim
) -> None:
    address = reverse("papers:log", args=[told.ref])
    asked = TYPED | {"places": "yes"}

    without = browser_of_fable.post(address, asked)
    unchosen = browser_of_fable.post(address, asked | {"reason": "The court asks"})
    factories.choice(victim=told.ref, what="reach", whom="police")
    page = text(browser_of_fable.post(address, asked | {"reason": "The court asks"}, follow=True))

    assert (without.status_code, unchosen.status_code) == (422, 422)
    assert "Answer “Why is that needed?”" in text(without)
    assert "has not agreed that the police can be told how to reach them" in text(unchosen)
    paper = Paper.objects.get()
    assert EXACTLY in words(actor, paper)
    assert "Says where The court asks" in page
    assert b"court" not in bytes(paper.words)


def test_words_that_may_lead_to_them_are_left_out_and_the_paper_says_of_how_many(
    actor: Actor, told: Victim
) -> None:
    """Words that were harmless when they were written: the place went into the vault later."""
    for kind, value in (
        (Locators.WORK, "The Colleague Works\nDesk Lane"),
        (Locators.ONLINE, "neighbour saw"),
    ):
        vault.keep(actor=actor, victim=told.ref, kind=kind, value=value, submission=value[:9], at=NOW)
    box = vault.box(person=told.ref)
    one = Incident.objects.get(submission="one")
    held = Account(f"Rang from {factories.PHONE}", EXACTLY)
    Incident.objects.filter(pk=one.pk).update(words=boxes.lock(box, "incident", one.ref, held))

    said = words(actor, make(actor, told))

    assert LEFT_OUT in said
    assert "960 077" not in said
    assert "Words are left out of" in said


def test_a_log_for_others_needs_their_choice_and_one_for_them_a_safe_time(
    browser_of_fable: Client, actor: Actor, told: Victim
) -> None:
    address = reverse("papers:log", args=[told.ref])

    court = browser_of_fable.post(address, TYPED | {"purpose": "application"})
    contacts.mark_not_safe(actor=actor, ref=told.ref, at=NOW)
    own = browser_of_fable.post(address, TYPED | {"purpose": "own"})

    assert (court.status_code, own.status_code) == (422, 422)
    assert "your client has not agreed that a court can be told what they reported" in text(court)
    assert "contact is marked as not safe now" in text(own)
    assert not Paper.objects.exists()


def test_a_log_for_them_needs_no_choice(actor: Actor, robin: Victim) -> None:
    tell(actor, robin)

    assert "1 of 1 entries" in words(actor, make(actor, robin, purpose=Purpose.OWN))


def test_a_last_day_before_the_first_is_refused(browser_of_fable: Client, told: Victim) -> None:
    days = {"since-day": "3", "since-month": "2", "since-year": "2026"}
    days |= {"until-day": "2", "until-month": "2", "until-year": "2026"}

    answer = browser_of_fable.post(reverse("papers:log", args=[told.ref]), TYPED | days)

    assert answer.status_code == 422
    assert "The last day must not be before the first" in text(answer)


def test_the_same_form_makes_one_paper(actor: Actor, told: Victim) -> None:
    for _ in range(2):
        make(actor, told)
        commands.make_theirs(
            actor=actor, ref=told.ref, kind=Kind.LEAFLET, large=False, submission="hers", at=NOW
        )

    assert Paper.objects.count() == 2


@pytest.fixture
def planned(actor: Actor, robin: Victim) -> Victim:
    """Robin with a safety plan, agreed words and a duty number of the service."""
    plan = Plan(now="Ring a friend\nGo to the shop", people="A sister")
    safety.save_plan(actor=actor, ref=robin.ref, plan=plan, review_on=date(2026, 6, 1), version=0, at=NOW)
    contacts.arrange(actor=actor, ref=robin.ref, words=Words(say="Sam from the library"), version=0, at=NOW)
    factories.duty_number()
    return robin


def theirs(browser: Client, victim: Victim, kind: str, **other: str) -> Any:
    address = reverse("papers:theirs", args=[victim.ref])
    return browser.post(
        address, {"kind": kind, "kept_safely": "on", "form_submission": kind} | other, follow=True
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("plan", ["My plan", "If I am in danger", "Go to the shop", "1 June 2026"]),
        ("ring", ["Who to ring", "999", "101", "Sam from the library", "A sister"]),
        ("leaflet", ["What to keep and write down", "Do not answer them"]),
    ],
)
def test_their_own_papers_are_neutral_and_stand_in_the_register(
    browser_of_fable: Client, planned: Victim, kind: str, said: list[str]
) -> None:
    page = text(theirs(browser_of_fable, planned, kind, large="on"))
    answer = fetched(browser_of_fable, Paper.objects.get())
    read = PdfReader(io.BytesIO(answer.content))
    printed = " ".join(" ".join(one.extract_text() for one in read.pages).split())

    assert "For the client to keep" in page
    assert answer["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert read.metadata is not None
    assert read.metadata.title == "Notes"
    assert [one for one in said if one not in printed] == []
    for secret in ("Robin", "Hollow", "Duty manager", "Desist", "dvocacy", "Reference"):
        assert secret not in printed


def test_no_paper_without_a_safe_place_a_plan_or_safe_contact(
    browser_of_fable: Client, actor: Actor, robin: Victim
) -> None:
    nowhere = theirs(browser_of_fable, robin, "leaflet", kept_safely="")
    planless = theirs(browser_of_fable, robin, "plan")
    ring = theirs(browser_of_fable, robin, "ring")
    contacts.mark_not_safe(actor=actor, ref=robin.ref, at=NOW)
    unsafe = theirs(browser_of_fable, robin, "leaflet")

    assert "Ask them first where they will keep it" in text(nowhere)
    assert "There is no safety plan yet" in text(planless)
    assert ring.status_code == 200
    assert "Who knows, and who helps" not in words(actor, Paper.objects.get())
    assert "contact is marked as not safe now" in text(unsafe)
    assert Paper.objects.count() == 1


def test_nothing_is_drawn_once_the_key_is_destroyed(
    browser_of_fable: Client, actor: Actor, told: Victim
) -> None:
    factories.choice(victim=told.ref, what="reach", whom="police")
    paper = make(actor, told, reason="The court asks")
    Victim.objects.update(state="closed", closed_at=NOW)
    manager = Actor(actor.who, Role.ADVOCACY_MANAGER, actor.area, actor.correlation)
    vault.destroy(actor=manager, victim=told.ref, at=NOW)

    page = text(browser_of_fable.get(reverse("papers:log", args=[told.ref])))
    answer = fetched(browser_of_fable, paper)

    assert "Says where Erased" in page
    assert answer.status_code == 422
    assert "The key of this client was destroyed" in text(answer)
    with pytest.raises(Refused):
        make(actor, told, "after")


def test_a_stranger_cannot_fetch_a_paper(
    signed_in: Callable[..., Client], actor: Actor, told: Victim
) -> None:
    paper = make(actor, told)
    other = factories.account(name="Bryn Newcomer")
    factories.advocate(account=other)

    assert fetched(signed_in(account=other), paper).status_code == 404


def test_a_drawn_page_keeps_words_that_look_like_markup_as_words(actor: Actor, told: Victim) -> None:
    known = queries.fetch(actor=actor, ref=make(actor, told).ref, at=NOW).contents
    bad = known.sections[0].__class__("1. <b>#sys</b>", (("When", "<script>#eval"),))
    page = drawing.draw(
        contents=known.__class__("x", (), (bad,)), format=Format.HTML, large=True, foot=""
    ).content.decode()

    assert "<script>" not in page
    assert "&lt;script&gt;#eval" in page
