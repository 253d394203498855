"""The sheets: what stands on them, in every edition, tagged, with the notice; and that nothing unread is printed."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from psycopg.types.range import TimestamptzRange
from tests.programme import factories
from tests.programme.reading import text

from desist import locators
from desist.programme.chains.links import Kind, Link, Part
from desist.programme.episodes.models import Episode
from desist.programme.pages.paper import sheets
from desist.programme.pages.paper.sheets import Appointment, Facts, Sheet
from desist.programme.pages.paper.views import LAYOUT
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.plans.between.states import Edition
from desist.programme.plans.coping import queries as coping
from desist.programme.plans.coping.commands import Plan, Step
from desist.programme.plans.coping.models import CopingLine, CopingPlan
from desist.programme.premises.models import Premises
from desist.programme.sessions.diary.models import DiaryTarget
from desist.skills import texts
from desist.ui import documents, words
from desist.wall.actors import Role

MONDAY = date(2026, 11, 30)
MOMENT = datetime(2026, 12, 7, 14, tzinfo=UTC)
EVERY = [(which.value, edition.value) for which in Sheet for edition in Edition]


def read(content: bytes) -> str:
    """What a PDF says."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def opened(browser: Client, address: str) -> bytes:
    """The PDF at an address, after a look at how it comes."""
    answer = browser.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    return answer.content


def given_out(episode: Episode) -> None:
    """Everything that a person's sheets can hold."""
    start = timezone.now()
    soon = TimestamptzRange(start + timedelta(days=3), start + timedelta(days=3, hours=1))
    before = TimestamptzRange(start - timedelta(days=3), start - timedelta(days=3, hours=-1))
    factories.notice_words()
    factories.session(episode=episode, number=2, period=soon, room=factories.room())
    factories.attended(episode=episode, number=1, period=before, homework_set="Say loop and get up")
    DiaryTarget.objects.create(
        episode=episode, name="Checking a rota", submission="t", added_by="kit", added_at=factories.NOW
    )
    BetweenSessions.objects.create(
        episode=episode, place="the usual room", set_by="kit", set_at=factories.NOW
    )
    plan = CopingPlan.objects.create(
        episode=episode, number=1, submission="p", written_by="kit", written_at=factories.NOW
    )
    CopingLine.objects.create(plan=plan, part="step", position=1, cue="I am awake", words="make tea")


@pytest.mark.django_db
@pytest.mark.parametrize(("which", "edition"), EVERY)
def test_every_sheet_is_a_tagged_document_in_its_language_with_the_notice_and_no_name(
    kit_browser: Client, episode: Episode, which: str, edition: str
) -> None:
    given_out(episode)

    content = opened(kit_browser, f"/paper/{episode.ref}/{edition}/sheet/{which}/")

    catalogue: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].startswith("cy" if edition == "welsh" else "en")
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    said = read(content)
    notice = {"welsh": "Fi biau’r papur hwn", "easy": "This paper is mine."}
    assert notice.get(edition, "This paper is mine until I hand it in") in said
    assert not {"Robin", "Example", "Marlow", "Northmere"} & {*said.replace(",", " ").split()}
    expected = {"diary": "Checking a rota", "homework": "Say loop and get up", "coping": "make tea"}
    assert expected.get(which, "the usual room") in said


@pytest.mark.django_db
def test_an_appointment_names_first_name_and_agreed_place_and_never_the_building(
    kit_browser: Client, episode: Episode
) -> None:
    given_out(episode)
    Premises.objects.update(name="Corn Hall", address="4 Mill Lane, Northmere")

    said = read(opened(kit_browser, f"/paper/{episode.ref}/standard/sheet/appointment/"))

    assert "With Kit" in said
    assert "Where the usual room" in said
    assert "01632 960140" in said
    assert not any(words in said for words in ("Corn", "Mill"))


@pytest.mark.django_db
def test_without_a_session_or_a_plan_the_sheets_have_lines_to_fill_in(
    kit_browser: Client, episode: Episode
) -> None:
    said = {
        which: read(opened(kit_browser, f"/paper/{episode.ref}/standard/sheet/{which}/"))
        for which in Sheet.values
    }

    assert "Day and time:" in said["appointment"]
    assert "When … I will …" in said["coping"]
    assert "Until the next session, I try this:" in said["homework"]


@pytest.mark.django_db
def test_a_diary_card_begins_on_the_day_in_the_address(kit_browser: Client, episode: Episode) -> None:
    card = f"/paper/{episode.ref}/standard/sheet/diary/"

    assert "Fri 25" in read(opened(kit_browser, f"{card}?from=2026-12-25"))
    assert f"{timezone.localdate().day}" in read(opened(kit_browser, f"{card}?from=never"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("need", "edition"),
    [("easy_read", "easy"), ("reading", "easy"), ("large_print", "large"), ("faith", "standard")],
)
def test_a_need_offers_its_edition_until_a_colleague_chose_one(
    kit_browser: Client, episode: Episode, need: str, edition: str
) -> None:
    factories.circumstance(episode=episode, kind=need)
    address = f"/paper/{episode.ref}/"

    assert f"/paper/{episode.ref}/{edition}/sheet/" in kit_browser.get(address).content.decode()
    chosen = {"set_by": "carol", "set_at": factories.NOW}
    BetweenSessions.objects.create(episode=episode, edition="standard", **chosen)
    assert f"/paper/{episode.ref}/standard/sheet/" in kit_browser.get(address).content.decode()


@pytest.mark.parametrize("edition", Edition.values)
def test_a_skill_and_a_chain_are_printed_in_every_edition(
    kit_browser: Client, episode: Episode, edition: str
) -> None:
    chain = factories.chain(session=factories.session(episode=episode), links=3)

    skill = read(opened(kit_browser, f"/paper/{episode.ref}/{edition}/skill/ride/"))
    drawn = read(opened(kit_browser, f"/paper/chain/{chain.ref}/{edition}/"))

    assert ("Reidio’r ysfa" if edition == "welsh" else "Ride the urge") in skill
    assert chain.behaviour in drawn


@pytest.mark.django_db
def test_words_that_nobody_answered_for_are_not_printed_and_the_page_says_so(
    kit_browser: Client, episode: Episode
) -> None:
    given_out(episode)
    address = "12 Quarry Lane"
    DiaryTarget.objects.update(name=address)
    BetweenSessions.objects.update(place=address)
    CopingLine.objects.create(
        plan=CopingPlan.objects.get(), part="step", position=2, cue=f"I pass {address}", words="turn round"
    )
    episode.sessions.filter(number=1).update(homework_set=f"Do not go to {address}")

    page = text(kit_browser.get(f"/paper/{episode.ref}/"))

    assert page.count("looks like an address") == 4
    for which in Sheet.values:
        assert "Quarry" not in read(opened(kit_browser, f"/paper/{episode.ref}/standard/sheet/{which}/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "end", ["huge/sheet/diary/", "large/sheet/poster/", "large/skill/gone/", "huge/skill/ride/"]
)
def test_a_sheet_that_there_is_not_looks_like_nothing(
    kit_browser: Client, episode: Episode, end: str
) -> None:
    assert kit_browser.get(f"/paper/{episode.ref}/{end}").status_code == 404


@pytest.mark.django_db
def test_a_pdf_that_cannot_be_made_says_so_on_the_page_of_the_sheets(
    kit_browser: Client, episode: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: object) -> bytes:
        raise documents.NotMade("sheet.typ")

    chain = factories.chain(session=factories.session(episode=episode), links=1)
    monkeypatch.setattr(documents, "pdf", broken)

    for address in (f"/paper/{episode.ref}/standard/sheet/diary/", f"/paper/chain/{chain.ref}/standard/"):
        assert "The PDF could not be made" in text(kit_browser.get(address, follow=True))


@pytest.mark.django_db
def test_the_links_lead_to_the_person_s_own_edition_or_to_the_chosen_one(
    signed_in: Any, kit_browser: Client, episode: Episode
) -> None:
    BetweenSessions.objects.create(episode=episode, edition="welsh", set_by="kit", set_at=factories.NOW)
    address = f"/paper/{episode.ref}/"

    pages = [
        kit_browser.get(f"{address}{end}").content.decode() for end in ("", "?edition=large", "?edition=x")
    ]

    for page, edition in zip(pages, ("welsh", "large", "welsh"), strict=True):
        assert f"{edition}/sheet/diary/" in page
    assert "large/sheet" not in pages[0]
    assert "Change their print" not in text(signed_in(role=Role.SUPERVISOR).get(address))


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
LINES = st.lists(WORDS, max_size=3).map(tuple)


def steps_of(pairs: list[tuple[str, str]]) -> tuple[Step, ...]:
    return tuple(Step(*one) for one in pairs)


PLANS = st.builds(
    Plan,
    signs=LINES,
    steps=st.lists(st.tuples(WORDS, WORDS), max_size=3).map(steps_of),
    ring=LINES,
    helps=LINES,
)
APPOINTMENTS = st.builds(Appointment, at=st.just(MOMENT), first_name=WORDS, place=WORDS, telephone=WORDS)
FACTS = st.builds(
    Facts,
    own_targets=st.lists(WORDS, max_size=4).map(tuple),
    homework=WORDS,
    appointment=APPOINTMENTS,
    plan=PLANS,
)


@given(facts=FACTS, which=st.sampled_from(Sheet), edition=st.sampled_from(Edition))
def test_a_sheet_prints_the_words_of_its_facts_and_those_that_come_with_desist_and_no_other(
    facts: Facts, which: Sheet, edition: Edition
) -> None:
    printed = sheets.printed(sheets.sheet(which, facts=facts, edition=edition, first=MONDAY))
    bare = sheets.printed(sheets.sheet(which, facts=Facts(), edition=edition, first=MONDAY))

    known, plan = facts.appointment, facts.plan
    known_words = {*facts.own_targets, *facts.homework.splitlines(), *plan.signs, *plan.ring, *plan.helps}
    known_words |= {
        known.first_name,
        known.place,
        known.telephone,
        *(sheets.step(one, edition) for one in plan.steps),
    }
    assert {*printed} <= known_words | {sheets.when(MOMENT, edition)} | {*sheets.headings(edition)} | {*bare}


PLAIN = st.sampled_from(["make tea", "count the days", "ring Dad after six", "I am awake"])
LEADS = st.sampled_from(["12 Quarry Lane", "07700 900 123", "NM1 1AA", "lee@example.org", "Mill Park"])
EITHER = PLAIN | st.tuples(PLAIN, LEADS).map(" at ".join)


@given(
    signs=st.lists(EITHER, max_size=3).map(tuple),
    steps=st.lists(st.tuples(EITHER, EITHER), max_size=4).map(steps_of),
    helps=st.lists(EITHER, max_size=3).map(tuple),
    edition=st.sampled_from(Edition),
)
def test_whatever_the_reader_finds_in_a_plan_is_on_no_sheet(
    signs: tuple[str, ...], steps: tuple[Step, ...], helps: tuple[str, ...], edition: Edition
) -> None:
    plan = Plan(signs, steps, (), helps)
    withheld = dict.fromkeys(words.read_all(plan.texts), "why")

    facts = Facts(plan=coping.as_shown(plan, withheld))
    made = sheets.sheet(Sheet.COPING, facts=facts, edition=edition, first=MONDAY)

    assert [one for said in sheets.printed(made) for one in locators.find(said)] == []


@pytest.mark.parametrize(
    ("which", "edition", "most"),
    [(which, edition, 2 if edition in sheets.LARGE else 1) for which in Sheet for edition in Edition],
)
def test_a_sheet_is_one_page_or_both_sides_of_one(which: Sheet, edition: Edition, most: int) -> None:
    lines = ("I lie awake and go over it all again",) * 3
    steps = (Step("I want to send a message to them", "put the phone in the drawer and walk"),) * 3
    targets = ("Looking at old photographs in the night",) * 4
    facts = Facts(targets, "\n".join(lines), Appointment(MOMENT, "Kit"), Plan(lines, steps, lines, lines))

    made = documents.pdf(layout=LAYOUT, data=sheets.sheet(which, facts=facts, edition=edition, first=MONDAY))

    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) <= most


@pytest.mark.parametrize("edition", [Edition.STANDARD, Edition.EASY])
def test_the_lines_for_each_try_stand_on_one_page(edition: Edition) -> None:
    made = {
        key: read(documents.pdf(layout=LAYOUT, data=sheets.skill(one, edition=edition)))
        for key, one in texts.library().items()
    }

    assert {key: said.count("Before, 0 to 5") for key, said in made.items()} == dict.fromkeys(made, 1)


def test_no_text_that_comes_with_desist_leads_to_a_person() -> None:
    every = [
        sheets.sheet(which, facts=Facts(), edition=edition, first=MONDAY)
        for which in Sheet
        for edition in Edition
    ]
    every += [sheets.skill(one, edition=edition) for one in texts.library().values() for edition in Edition]

    found = {said: locators.find(said) for made in every for said in sheets.printed(made)}

    assert {said: one for said, one in found.items() if one} == {}


@given(kind=st.sampled_from(Kind), part=st.sampled_from(Part), words=WORDS, skill=WORDS, used=st.booleans())
def test_a_chain_prints_every_link_once(
    kind: Kind, part: Part, words: str, skill: str, *, used: bool
) -> None:
    link = Link("a", part, kind, words, 3, skill, "ride")

    made = sheets.chain(
        links=(link,),
        behaviour="Rang",
        resisted=used,
        edition=Edition.EASY,
        names=sheets.skills_in(Edition.EASY, texts.library()),
    )

    boxes = next(one["links"] for one in made["parts"] if one["kind"] == "links")
    assert [one["words"] for one in boxes if not one["act"]] == [words]
    assert any(one["act"] for one in boxes)
    assert ("My skill" if used else "A skill for here") in next(one["skill"] for one in boxes if one["skill"])
