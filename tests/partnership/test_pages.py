"""In a real browser: axe finds nothing on any page of the partnership, and every page fits the narrowest phone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect
from tests import access, interrupted, looking, returned, staff
from tests.partnership import factories
from tests.partnership.orders import factories as orders
from tests.partnership.orders.access import identity_decision
from tests.partnership.pages import PAGES, REFUSED, WRITTEN
from tests.partnership.panels import factories as panel_rows

from desist.accounts import searching
from desist.accounts.models import Account
from desist.partnership.agencies.models import AgencyTerms
from desist.partnership.pairs import naming
from desist.partnership.pairs.states import Happened
from desist.partnership.referrals.models import Referral
from desist.partnership.victims.models import VictimReferral
from desist.referral import answers as asked
from desist.wall.actors import Role

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_keys")]

LONG = "A-very-long-word-" * 12


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.mark.parametrize(("rows", "role"), looking.stands(PAGES))
def test_every_page_is_accessible_and_fits_a_phone(
    request: pytest.FixtureRequest,
    browsing: Callable[..., BrowserContext],
    kit: Account,
    rows: str,
    role: Role,
) -> None:
    made = request.getfixturevalue(rows)
    page = browsing(client=staff.browser(account=kit, role=role), viewport=looking.PHONE).new_page()

    found = looking.refused(page, REFUSED[rows].get(role, ()), made)
    found += looking.complaints(page, PAGES[rows][role], made)

    assert found == []


@pytest.mark.parametrize(("rows", "role"), looking.stands(WRITTEN))
def test_what_is_written_in_every_day_fits_two_screens(
    request: pytest.FixtureRequest, browsing: Callable[..., BrowserContext], rows: str, role: Role
) -> None:
    made = request.getfixturevalue(rows)
    client = staff.browser(account=request.getfixturevalue("kit"), role=role)
    page = browsing(client=client, viewport=looking.LAPTOP).new_page()

    assert looking.longer(page, WRITTEN[rows][role], made) == []


@pytest.mark.parametrize(("rows", "role"), looking.stands(WRITTEN))
def test_the_idle_lock_and_a_phone_on_its_side_take_no_word_from_a_page_that_is_written_in(
    request: pytest.FixtureRequest,
    browsing: Callable[..., BrowserContext],
    monkeypatch: pytest.MonkeyPatch,
    rows: str,
    role: Role,
) -> None:
    monkeypatch.setenv("DESIST_DEMO", "1")
    made = request.getfixturevalue(rows)
    client = staff.browser(account=request.getfixturevalue("kit"), role=role)
    page = browsing(client=client, viewport=interrupted.ON_ITS_SIDE).new_page()
    page.clock.install()

    assert interrupted.interrupted(page, WRITTEN[rows][role], made) == []


@pytest.fixture
def an_order(db: None) -> dict[str, str]:
    """An order in force with something of everything, one that is being written, and a decision to tell a victim."""
    made = timezone.localdate() - timedelta(days=60)
    order = orders.in_force(
        applied_on=made - timedelta(days=9),
        made_on=made,
        served_on=made + timedelta(days=1),
        ends_on=made + timedelta(days=800),
        conditions=2,
    )
    order.happenings.create(
        on=made, at=timezone.now(), by="carol", title="Made by the court", note="Northmere"
    )
    orders.copy(order=order)
    draft = orders.draft(conditions=0)
    written = orders.condition(order=draft, text=LONG, area_words="the court’s map A", channel="area")
    alone = orders.in_force(person=orders.person(family_name="Quillfeather"))
    attending = factories.referral()
    certified = orders.in_force(person=orders.person(family_name="Wren"), referral=attending)
    for number in (1, 2):  # the second names the first session no longer
        orders.certificate(referral=attending, number=number, first=number)
    factories.referral()
    factories.partner(name="southmere-police", zone="partnership", title="Southmere Police")
    soon = timezone.localdate() + timedelta(days=9)
    moving = orders.transfer(reason=LONG, answer_by=soon)
    person, twin = orders.person(given_names=LONG[:60]), orders.person()
    return {
        "moving": moving.order.ref if moving.order else "",
        "transfer": moving.ref,
        "offer": orders.offered(answer_by=soon).ref,
        "p": person.ref,
        "twin": twin.ref,
        "merge": access.merge(first=person, second=twin).ref,
        "o": order.ref,
        "alone": alone.ref,
        "certified": certified.ref,
        "n": orders.duty(order=order, began_on=made, due_on=made + timedelta(days=3)).ref,
        "a": orders.application(order=order, filed_on=made + timedelta(days=20)).ref,
        "b": orders.breach(
            order=order, happened_on=made + timedelta(days=9), reported_on=made + timedelta(days=10)
        ).ref,
        "draft": draft.ref,
        "c": written.ref,
        "release": orders.released(order=draft, state="asked", decided_by="", decided_at=None).ref,
        "i": identity_decision(area=staff.AREA).ref,
    }


@pytest.fixture
def quarterly_returns(db: None, kit: Account) -> dict[str, str]:
    """Returns of four quarters, as far as they can be, with what moved and questions."""
    return returned.as_far_as_they_can_be(factories, by=kit.ref, moved="applied")


@pytest.fixture
def outcome_extracts(db: None, kit: Account) -> dict[str, str]:
    """What programmes asked for their extracts, as far as it can be."""
    factories.partner(title="Northmere programme")
    factories.partner(name="northmere-commission", zone="commission", title="Northmere Commissioner")
    factories.agreement(parties=["northmere-commission"], purposes=["evaluation"], ends_on=date(2029, 12, 31))
    signed = {"signed_by": "ola", "signed_at": factories.NOW}
    left = {"partner": "northmere-commission", "sent_by": kit.ref, "sent_at": factories.NOW, **signed}
    rows = dict.fromkeys(("asked_lines", "people_lines", "recorded_lines", "order_lines"), "")
    gone = {"ended_why": "mistake", "ended_by": "ola", "ended_at": factories.NOW, **rows}
    made: dict[str, dict[str, Any]] = {
        "asked": {
            "state": "asked",
            "people": 0,
            "smallest": 0,
            "digest": "",
            "counted_at": None,
            "counted_by": "",
            "agreement": "",
            "left_out": "",
            **dict.fromkeys(list(rows)[1:], ""),
        },
        "counted": {},
        "signed": {"state": "signed", **signed},
        "sent": {"state": "sent", "asked_lines": "", **left},
        "recalled": {"state": "recalled", **left, **gone},
    }
    return {name: factories.outcome_extract(**fields).ref for name, fields in made.items()}


@pytest.fixture
def agencies(db: None, kit: Account) -> dict[str, str]:
    """An agency of long words with a referral to it, for which Kit works too, and one off the list."""
    factories.partner(title="Northmere programme")
    listed = factories.agency(name=LONG[:120], helps=LONG, how=LONG, hours="Weekdays", languages="Welsh")
    factories.member(account=kit.ref, agency=listed)
    factories.agency(ended_by="carol", ended_at=factories.NOW)
    row = factories.support(agency=listed)
    terms = AgencyTerms.objects.create(
        area=staff.AREA, words=LONG, submission="terms", set_by=kit.ref, set_at=factories.NOW
    )
    said = {"on": factories.NOW.date(), "recorded_by": kit.ref, "recorded_at": factories.NOW}
    listed.accepted.create(terms=terms, account=kit.ref, **said)
    step = row.steps.model(referral=row, what="asked", on=factories.NOW.date(), by=kit.ref, at=factories.NOW)
    step.words = LONG
    step.save()
    return {"agency": listed.ref, "support": row.ref}


@pytest.fixture
def panels(db: None, kit: Account) -> dict[str, str]:
    """A meeting that Kit chairs, with long words everywhere, and an agency for which Kit works too."""
    agency = panel_rows.agency(name=LONG[:120])
    factories.member(account=kit.ref, agency=agency, side="both")
    factories.member(account=staff.account(name="Wren Copplestick").ref, agency=agency)
    meeting = panel_rows.meeting(agencies=(agency, panel_rows.agency()), chair=kit.ref, place=LONG[:200])
    meeting.seats.filter(agency=agency).update(came="came", people=LONG[:200], noted_by=kit.ref)
    panel_rows.meeting(on=timezone.localdate() - timedelta(days=9), agencies=(agency,))
    panel_rows.meeting(ended_by="carol", ended_at=factories.NOW)
    case = factories.referral(family_name=LONG[:80], state="accepted", thread="thread-of-a-panel")
    item = panel_rows.item(
        meeting=meeting, referral=case, why=LONG, review_on=timezone.localdate() - timedelta(days=1)
    )
    panel_rows.item(meeting=meeting, consultation=True)
    panel_rows.reader(meeting=meeting, account="erin", agreed_by="", agreed_at=None, why=LONG)
    paper = panel_rows.paper(item=item, agency=agency, words=LONG, number=2)
    recalled = panel_rows.paper(item=item, agency=agency, state="recalled", ended_by="carol", words="")
    recalled.ended_at = factories.NOW
    recalled.save()
    panel_rows.paper(item=item, agency=agency, state="written", sort="minutes", words=LONG)
    guest = panel_rows.paper(item=item, guest=LONG[:120])
    panel_rows.link(paper=guest)
    before = panel_rows.action(item=item, agency=agency)
    late = timezone.localdate() - timedelta(days=3)
    action = panel_rows.action(item=item, agency=agency, words=LONG, waits_for=before, due_on=late)
    panel_rows.copy(meeting=meeting, agency=agency, papers=(paper,))
    return {
        "meeting": meeting.ref,
        "item": item.ref,
        "guest": guest.ref,
        "paper": paper.ref,
        "recalled": recalled.ref,
        "action": action.ref,
        "case": factories.referral(family_name=LONG[:80], thread="another-thread").ref,
    }


@pytest.fixture
def referrals(db: None, kit: Account) -> dict[str, str]:
    """A referral that is finished and not sent, one that came to its end, and a victim who was referred."""
    factories.partner(title="Northmere programme")
    factories.partner(name=factories.ADVOCACY, zone="advocacy", title="Harbour Advocacy")
    staff.grant(account=staff.account(name="Ines Vale"), role=Role.OFFICER)
    draft = factories.finished(behaviour_account=LONG)
    sent = factories.referral(
        state="accepted",
        family_name=LONG[:80],
        behaviour_account="Waited for Xanthe at five.",
        stage="in_sessions",
        attended=3,
        missed=1,
        planned=9,
        next_on=date(2026, 3, 10),
        last_on=date(2026, 5, 12),
        progress_at=factories.NOW,
    )
    sent.happenings.create(what="judged", at=factories.NOW, by="", detail="On 3 March 2026")
    factories.side(pair=sent.pair, name_digests=naming.digests("Xanthe", "Velmorrith"))
    sent.happenings.create(what="sent", at=factories.NOW, by="carol")
    factories.exit_report(referral=sent)
    factories.exit_report(referral=sent, number=2, supersedes=1)
    VictimReferral.objects.create(
        area=factories.AREA,
        advocacy=factories.ADVOCACY,
        thread="victim-1",
        referral=sent,
        crime_reference="45/01234/26",
        shared=["phone"],
        agreed_on=factories.NOW.date(),
        sent_by="carol",
        sent_at=factories.NOW,
        submission="victim-1",
    )
    return {
        "draft": draft.ref,
        "sought": searching.seal("Example", who=kit.ref),
        "begun": factories.draft().ref,
        "gone": _gone().ref,
        "sent": sent.ref,
        "f": factories.attachment(referral=draft, name=f"{LONG[:80]}.txt").ref,
        "h": factories.held(referral=sent).ref,
        "s": factories.attachment(referral=sent).ref,
    }


def _gone() -> Referral:
    """A draft that was discarded."""
    row = factories.draft(state="discarded", discard_reason="other")
    row.happenings.create(what="discarded", at=factories.NOW, by="carol")
    return row


@pytest.fixture
def pairs(db: None) -> dict[str, str]:
    """A person whose victim stands behind them, an answer that is asked for, an alert, and a report of an incident."""
    person = factories.referral()
    side, asked = factories.side(pair=person.pair), factories.side(state="asked")
    for one in (side, asked):
        one.happened(Happened.ASKED, by="post", at=timezone.now())
    factories.duty_number()
    report = factories.report()
    return {
        "person": person.ref,
        "side": side.ref,
        "asked": asked.ref,
        "report": report.ref,
        "exhibit": factories.exhibit(report=report, parts=40).ref,
        "arriving": factories.exhibit(report=report, number="JD/2", here=0).ref,
        "alert": factories.alert(referral=person).ref,
    }


@pytest.fixture
def disclosures(db: None) -> dict[str, str]:
    """A question of the programme; a draft, an offer of an advocacy service, one sent and one recalled."""
    factories.partner(title="Northmere programme")
    factories.agreement()
    person = factories.referral(state="accepted")
    factories.disclosure(
        referral=person, state="recalled", closed_at=factories.NOW, reason="wrong", words=LONG
    )
    said = {**asked.empty(), "risk_tool": "s_dash", "risk_result": "High", "risk_when": LONG}
    factories.judgement_request(
        answers=asked.crossing(said, asked.RISK), answered_by="carol", answered_at=factories.NOW
    )
    return {
        "judge": factories.judgement_request().ref,
        "person": person.ref,
        "question": factories.request(referral=person, question=LONG).ref,
        "draft": factories.disclosure(referral=person, words=LONG).ref,
        "offer": factories.offer(referral=person).ref,
        "sent": factories.disclosure(referral=person, state="sent", sent_at=factories.NOW).ref,
    }


def test_a_disclosure_is_shown_as_the_guide_pictures_it(
    browsing: Callable[..., BrowserContext], kit: Account
) -> None:
    factories.partner(title="Northmere programme")
    draft = factories.disclosure(referral=factories.referral(state="accepted"))
    client = staff.browser(account=kit, role=Role.OFFICER)
    page = browsing(client=client, viewport=looking.WIDE).new_page()

    page.goto(f"/disclosures/{draft.ref}/approve/")

    expect(page.get_by_role("button", name="I have read it and approve exactly this")).to_be_visible()
    looking.picture(page, "disclosure")
