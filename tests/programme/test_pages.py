"""In a real browser: axe finds nothing on any page of the programme, and every page fits the narrowest phone."""

import json
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, ViewportSize, expect
from psycopg.types.range import DateRange, TimestamptzRange
from tests import access, interrupted, looking, offers, returned, staff
from tests.programme import factories
from tests.programme.pages import PAGES, REFUSED, WRITTEN

from desist.accounts import searching
from desist.accounts.mailing.models import OutgoingEmail
from desist.accounts.models import Account
from desist.desk.alerts.models import Alert
from desist.desk.alerts.sending import CLOCK
from desist.desk.alerts.states import Way
from desist.disclosure.codes import Purpose
from desist.merges import records
from desist.merges.models import Merge
from desist.post.models import ByHandTask, Inbox, Outbox, Partner
from desist.programme.calendar.planner.models import Move
from desist.programme.circumstances.models import Circumstance, Relative
from desist.programme.disclosures.models import Disclosure, DisclosureRequest
from desist.programme.episodes.models import Episode
from desist.programme.leaving.models import Leaving
from desist.programme.outside import states as outside
from desist.programme.outside.models import OutsideDoor, OutsideReferral
from desist.programme.phones.models import Phone, PhoneRequest
from desist.programme.plans.between.models import BetweenSessions
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.contact_details import commands as reach
from desist.programme.referrals.contact_details.models import OwnContact
from desist.programme.referrals.intake.models import Draft
from desist.programme.referrals.models import Referral
from desist.programme.risk.models import AcuteFactor
from desist.programme.sessions.diary.models import DiaryDay
from desist.programme.sessions.models import Session
from desist.referral import answers
from desist.wall.actors import Role
from desist.wall.models import Restriction

pytestmark = pytest.mark.browser

LONG = "A-very-long-word-" * 12
TUESDAY = 1


@pytest.fixture
def db(committed: Any) -> None:
    """Real commits: the server answers in threads of its own."""


@pytest.mark.parametrize(("rows", "role"), looking.stands(PAGES))
def test_every_page_is_accessible_and_fits_a_phone(
    request: pytest.FixtureRequest, browsing: Callable[..., BrowserContext], rows: str, role: Role
) -> None:
    made = request.getfixturevalue(rows)
    who = request.getfixturevalue("kit" if rows != "everything_shared" else "ola")
    page = browsing(client=staff.browser(account=who, role=role), viewport=looking.PHONE).new_page()

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
def ola(db: None) -> Account:
    """Someone beside Kit."""
    return staff.account(name="Ola Reed")


@pytest.fixture
def a_session(session: Session, kit: Account) -> dict[str, str]:
    """Robin's sessions: one ahead, one held, one missed; a chain, a concern, a diary, and what the police disclosed."""
    episode = session.episode
    chain = factories.chain(session=session, links=3)
    factories.concern(session=session, what=LONG)
    chain.links.filter(position=2).update(words=LONG, written_in=2)
    chain.version, chain.behaviour = 2, LONG
    chain.save()
    _diary(episode)
    for number in (1, 2):
        factories.coping_plan(episode=episode, number=number)
        factories.practice(episode=episode, note=LONG[:400])
    _disclosed(episode)
    return {
        "s": session.ref,
        "e": episode.ref,
        "c": chain.ref,
        "sought": searching.seal("Exam", who=kit.ref),
        "day": timezone.localdate().isoformat(),
        "link": chain.links.values_list("ref", flat=True)[0],
        "nothing": _somebody(session.practitioner).ref,
        "held": factories.attended(
            episode=episode,
            number=2,
            work_done="The drive past.",
            saved_by=session.practitioner.ref,
            saved_at=factories.NOW,
        ).ref,
        "missed": factories.missed(episode=episode, number=3).ref,
        "own_task": factories.own_task(about=episode).ref,
        "sent": _sent_by_phone(episode),
        **{
            stage: factories.followed(session=session, stage=stage).ref
            for stage in ("enquiry", "referral", "council")
        },
        "right": _put_right(episode).ref,
    }


def _sent_by_phone(episode: Episode) -> str:
    """A complaint from the person's own phone, which is in use."""
    BetweenSessions.objects.create(episode=episode, place=LONG[:80], set_by="carol", set_at=factories.NOW)
    factories.reminders(episode=episode)
    known = {
        "invited_by": "carol",
        "invited_at": factories.NOW,
        "until": factories.NOW,
        "submission": "phone",
    }
    Phone.objects.create(
        episode=episode,
        invitation="i",
        device="d",
        pin="p",
        began_at=factories.NOW,
        used_at=factories.NOW,
        **known,
    )
    fields = {"kind": "complaint", "words": LONG, "submission": "asks", "asked_at": factories.NOW}
    return PhoneRequest.objects.create(episode=episode, **fields).ref


def _around(episode: Episode) -> None:
    """A risk to staff, a need, self-harm in two versions, a son; of each something that was ended."""
    episode.referral.risks_to_staff = LONG
    episode.referral.save()
    ended = {"over": "over", "ended_by": "carol", "ended_at": factories.NOW}
    factories.circumstance(episode=episode, words=LONG, review_on=date(2026, 1, 1))
    factories.circumstance(episode=episode, kind="easy_read", words="Read homework aloud")
    factories.circumstance(episode=episode, **ended)
    for number in (1, 2):
        factories.self_harm(episode=episode, number=number, thoughts=LONG)
    factories.relative(episode=episode, name=LONG[:80])
    factories.relative(episode=episode, **ended)


def _learnt(session: Session) -> dict[str, str]:
    """What Kit learnt and wrote, and a practitioner whom Kit supervises; feedback on two sessions."""
    kit = Account.objects.get(ref=session.practitioner.ref)
    learner = factories.practitioner(account=staff.account(name="Ola Reed"))
    factories.arrangement(practitioner=learner, supervisor=kit)
    for row in (session.practitioner, learner):
        factories.learnt(practitioner=row, until=date(2026, 1, 1), about=LONG[:80], note=LONG[:300])
        factories.learnt(practitioner=row, kind="induction", about="concern", until=None)
        judged = {"kind": "competence", "level": "alone", "until": None, "note": LONG[:300]}
        factories.learnt(practitioner=row, about="An earlier module", **judged)
    for number in (5, 6):
        held = factories.attended(episode=session.episode, number=number, method="feelings")
        factories.feedback(session=held, pace=8 - number)
    shared = {"words": LONG, "shared_with": kit.ref, "shared_at": factories.NOW}
    return {
        "l": learner.ref,
        "kept": factories.reflection(practitioner=session.practitioner, words=LONG).ref,
        "told": factories.reflection(practitioner=session.practitioner, **shared).ref,
        "heard": factories.reflection(practitioner=learner, **shared).ref,
    }


def _put_right(episode: Episode) -> Session:
    """A session whose record was put right after a certificate counted it."""
    row = factories.attended(episode=episode, number=4, saved_by="carol", saved_at=factories.NOW)
    row.version, row.next_steps = 2, LONG
    row.save()
    row.corrections.create(
        version=2,
        before="missed",
        reason="later",
        words=LONG,
        submission="right",
        made_by="carol",
        made_at=factories.NOW + timedelta(minutes=1),
    )
    factories.certificate(episode=episode)
    return row


def _diary(episode: Episode) -> None:
    """Four days, one of them with nothing but a note."""
    for ago in range(4):
        DiaryDay.objects.create(
            episode=episode,
            day=timezone.localdate() - timedelta(days=ago),
            urge=ago if ago < 3 else None,
            act="" if ago else "resisted",
            sleep_hours=6,
            note=LONG if ago == 3 else "",
            typed_by="carol",
            typed_at=factories.NOW,
        )


def _disclosed(episode: Episode) -> None:
    """A question that was answered, one that waits, and an answer that was recalled."""
    about = {"referral": episode.referral, "area": episode.area}
    asked = {
        "purpose": Purpose.SESSIONS,
        "question": LONG,
        "necessity": "To plan",
        "asked_by": "carol",
        "asked_at": factories.NOW,
    }
    for number, settled in enumerate((None, factories.NOW)):
        DisclosureRequest.objects.create(
            **about,
            **asked,
            submission=f"asked-{number}",
            settled_at=settled,
            state="answered" if settled else "asked",
        )
    Disclosure.objects.create(
        **about,
        token="one",
        words="Seen near the station twice.",
        nature="fact",
        as_of=date(2026, 3, 1),
        purpose="sessions",
        received_at=factories.NOW,
    )
    Disclosure.objects.create(
        **about,
        token="three",
        words="Fined for it in May.",
        nature="fact",
        as_of=date(2026, 3, 1),
        purpose="sessions",
        received_at=factories.NOW,
        told_by="Officer Ash Vale",
        decided_by="Sergeant Wren Hale and Inspector Lark Moss",
        typed_by="carol",
    )
    Disclosure.objects.create(
        **about,
        token="two",
        received_at=factories.NOW,
        recalled_at=factories.NOW,
        reason="wrong",
    )


@pytest.fixture
def stuck_post(session: Session, police: Partner) -> dict[str, str]:
    """The police have withdrawn their keys; envelopes are dead, late and set aside, and an alert of ours lies here."""
    Partner.objects.update(withdrawn_at=factories.NOW, offered_keys=police.keys)
    raised_at = factories.NOW - timedelta(minutes=15)
    for number, dead_at in enumerate((None, factories.NOW, factories.NOW), start=1):
        Inbox.objects.create(
            ref=uuid.UUID(int=number),
            sender=police.name,
            sealed=b"words",
            at=raised_at,
            arrived_at=raised_at,
            tries=3,
            next_at=factories.NOW,
            error=f"{police.title} has withdrawn its keys. Telephone there, compare the digits of the new ones.",
            dead_at=dead_at,
        )
    Inbox.objects.create(
        ref=uuid.uuid4(),
        sender=police.name,
        sealed=b"words",
        at=raised_at,
        handled_at=factories.NOW,
        set_aside_why="forged",
    )
    Outbox.objects.create(receiver=police.name, kind="alert", sealed=b"", at=raised_at)
    alert = factories.alert(case=session.episode.referral.ref)
    Alert.objects.update(way=Way.OUT, raised_at=raised_at, due_at=raised_at + CLOCK)
    return {"police": police.ref, "alert": alert.ref}


@pytest.fixture
def quarterly_returns(police: Partner, kit: Account) -> dict[str, str]:
    """Returns of four quarters, as far as they can be, with what moved and questions."""
    return returned.as_far_as_they_can_be(factories, by=kit.ref, moved="received")


@pytest.fixture
def outcome_extracts(police: Partner, kit: Account) -> dict[str, str]:
    """Extracts for an evaluator, as far as they can be."""
    Partner.objects.create(
        name="northmere-commission",
        zone="commission",
        title="Northmere Commissioner",
        transport="by_hand",
        phone="01632 960 002",
        added_at=factories.NOW,
    )
    signed = {"signed_by": "ola", "signed_at": factories.NOW}
    left = {"partner": "northmere-commission", "sent_by": kit.ref, "sent_at": factories.NOW, **signed}
    gone = {"episode_lines": "", "key": "", "ended_by": "ola", "ended_at": factories.NOW}
    asked = json.dumps([[factories.POLICE, "thread", 5]])
    made: dict[str, dict[str, Any]] = {
        "sent": {"state": "sent", "asked": asked, "token": "token", **left},
        "recalled": {"state": "recalled", "ended_why": "mistake", **left, **gone},
        "signed": {"state": "signed", "asks": json.dumps({factories.POLICE: ["of one", "of two"]}), **signed},
    }
    return {
        name: factories.outcome_extract(number=number, **fields).ref
        for number, (name, fields) in enumerate(made.items(), start=1)
    }


@pytest.fixture
def an_extract_to_sign(police: Partner, kit: Account) -> dict[str, str]:
    """An extract that was counted."""
    return {"counted": factories.outcome_extract().ref}


@pytest.fixture
def everything_shared(session: Session, police: Partner, kit: Account, ola: Account) -> dict[str, str]:
    """Rows of the pages that all zones have."""
    factories.duty_number()
    task = ByHandTask.objects.create(
        partner=police, kind="alert", text="Call.", made_at=factories.NOW, due_at=factories.NOW
    )
    OutgoingEmail.objects.create(
        kind="WAITING",
        account=kit.ref,
        kinds=["no_outcome"],
        made_at=factories.NOW,
        ends_at=factories.NOW,
        tries=3,
        next_try_at=factories.NOW,
        failure="ConnectionRefusedError",
    )
    restricted = Restriction.objects.create(
        case=factories.referral().ref, reason="A party is police", made_by=kit.ref, made_at=factories.NOW
    )
    return {
        "kit": kit.ref,
        "police": police.ref,
        "task": task.ref,
        "restriction": restricted.ref,
        "concern": factories.concern(session=session).ref,
        **{
            stage: factories.followed(session=session, stage=stage).ref
            for stage in ("screening", "decision", "actions")
        },
        "agreement": access.agreement(area=factories.AREA).ref,
        "alert": factories.alert(case=session.episode.referral.ref).ref,
        "account_alert": access.account_alert(about=kit).ref,
        "download": access.download(asked_by=ola).ref,
    }


@pytest.fixture
def a_referral(police: Partner, own_keys: None) -> dict[str, str]:
    """A referral that came, with a file; one that is being typed in, and one that is typed."""
    referral = factories.referral(family_name=LONG[:80])
    factories.concern(referral=referral, what=LONG)
    typed = {name: getattr(referral, name) for name in answers.empty()}
    return {
        "r": referral.ref,
        "alone": factories.referral(partner="").ref,
        "kept": _kept().ref,
        "typed": _typed().ref,
        "gone": _gone().ref,
        **_of_one_person(referral),
        "f": factories.attachment(referral=referral, name=f"{LONG[:80]}.txt").ref,
        "d": factories.draft().ref,
        **_from_outside(),
        **_judged(),
        "offered": factories.person_offer().ref,
        "checked": factories.move_in(people=f"17,{LONG}").ref,
        "moving": factories.move_in(state="bringing", total=40, done=12).ref,
        "done": _done(answers.to_json({**typed, "behaviour_account": LONG})).ref,
    }


def _of_one_person(referral: Referral) -> dict[str, str]:
    """A second record of a person, declined, to be compared with the first; and two that are merged."""
    told: dict[str, Any] = {"state": "declined", "decline_reason": "duplicate"}
    when: dict[str, Any] = {"decided_by": "carol", "decided_at": factories.NOW}
    second, other, third = (factories.referral(given_names=LONG[:60], **told, **when) for _ in range(3))
    answered: dict[str, Any] = {"answered_by": "noor", "answered_at": factories.NOW, "state": "stands"}
    merged = access.merge(first=other, second=third, taken=["given_names"], **answered)
    moved = [factories.contact(referral=other).ref]
    rows: dict[str, Any] = {
        along.table: {"first": [], "moved": []} for along in records.kind_of(merged).along
    }
    Merge.objects.filter(pk=merged.pk).update(
        rows={**rows, "programme_contact": {"first": [], "moved": moved}}
    )
    for one in (other, second):
        factories.contact(referral=one)
        factories.attachment(referral=one)
    for one in (referral, second):  # the second has no room beside the first
        factories.order(referral=one, token="same")
    return {
        "second": second.ref,
        "merge": access.merge(first=referral, second=second, taken=["given_names"]).ref,
        "merged": merged.ref,
    }


def _from_outside() -> dict[str, str]:
    """A form from outside to open, one to answer by letter, and the door that they came through."""
    new = factories.outside(said={"family_name": LONG[:80], "behaviour_account": LONG})
    answered = factories.outside(way=outside.Way.LETTER)
    OutsideReferral.objects.filter(pk=answered.pk).update(
        turned="not_ours", settled_by="carol", settled_at=factories.NOW
    )
    return {"o": new.ref, "oa": answered.ref, "door": OutsideDoor.objects.get().ref}


def _judged() -> dict[str, str]:
    """A referral of probation, and one about which a force without Desist was asked twice and answered once."""
    outside = factories.referral(partner="", referrer_kind="probation")
    judge = factories.referral(partner="", referrer_kind="probation")
    Partner.objects.create(
        name="southmere-police",
        zone="partnership",
        title="Southmere Police",
        transport="by_hand",
        phone="01632 960004",
        added_at=factories.NOW,
    )
    said = {**answers.empty(), "risk_tool": "s_dash", "risk_result": "High", "risk_when": LONG}
    factories.police_judgement(
        referral=judge, answers=answers.crossing(said, answers.RISK), answered_at=factories.NOW
    )
    factories.police_judgement(referral=judge, partner="southmere-police")
    return {"outside": outside.ref, "judge": judge.ref}


def _kept() -> Referral:
    """A referral whose contact details are kept here while the referrer says otherwise, and that was changed by telephone."""
    row = factories.referral(partner="", own_phone="01632 960001")
    own = {name: getattr(row, name) for name in reach.NAMES}
    OwnContact.objects.create(
        referral=row,
        **own | {"own_phone": "01632 960123", "own_address": LONG},
        beside=own | {"own_phone": ""},
        kept_by="carol",
        kept_at=factories.NOW,
    )
    row.changes.create(name="own_phone", before="", after=LONG, by="carol", at=factories.NOW)
    row.heard.create(
        what="amended", told_by=LONG[:80], told_at=factories.NOW, typed_by="carol", typed_at=factories.NOW
    )
    return row


def _typed() -> Referral:
    """A referral of which someone typed in that it is taken back."""
    row = factories.referral(partner="")
    row.typed_withdrawals.create(
        reason="moved",
        told_by=LONG[:80],
        told_at=factories.NOW,
        submission="typed",
        typed_by="carol",
        typed_at=factories.NOW,
    )
    return row


def _done(said: dict[str, Any]) -> Draft:
    """A draft with everything answered, and a file."""
    draft = factories.draft(answers=said)
    factories.enclosure(draft=draft, name=f"{LONG[:80]}.txt")
    return draft


def _gone() -> Draft:
    """A draft that was discarded."""
    return factories.draft(
        answers={}, discard_reason="mistake", discarded_by="carol", discarded_at=factories.NOW
    )


@pytest.fixture
def an_assessment(session: Session) -> dict[str, str]:
    """A person with everything that is found out about someone, by the letters of the pages."""
    episode = session.episode
    told = factories.agreement(episode=episode).notice
    told.words = factories.notice_words(complaints=LONG)
    told.save()
    for weeks, given in ((12, [2] * 9), (6, [2, 2, 2, 2, 1, 1, 1, 1, 0]), (0, [1] * 8 + [0])):
        occasion = {12: "baseline", 6: "mid", 0: "closing"}[weeks]
        day = factories.NOW.date() - timedelta(weeks=weeks)
        measure = factories.measure(
            episode=episode, instrument="phq-9", answers=given, occasion=occasion, taken_on=day
        )
        factories.measure(
            episode=episode,
            instrument="core-10",
            answers=[given[0]] * 9 + [None],
            occasion=occasion,
            taken_on=day,
        )
    elsewhere = factories.episode(referral=factories.referral(), practitioner=session.practitioner)
    goal = factories.goal(episode=episode)
    judgement = factories.rating(
        episode=episode,
        rated_on=date(2025, 1, 1),
        review_on=date(2025, 4, 1),
        rationale="A-very-long-word-" * 12,
    )
    factories.acute(episode=episode)
    _around(episode)
    agency = factories.agency()
    session.debrief_wanted, session.saved_at = True, factories.NOW
    session.save()
    sampled = factories.sampled(session=factories.attended(episode=episode, number=9))
    sol = factories.account(name="Sol Arden")
    factories.arrangement(practitioner=session.practitioner, supervisor=sol)
    new = factories.account(name="Noor Hale")
    factories.grant(account=new)
    return {
        **_learnt(session),
        "p": session.practitioner.ref,
        "new": new.ref,
        "v": factories.supervision(practitioner=session.practitioner, supervisor=sol.ref).ref,
        "d": session.ref,
        "q": sampled.sample.ref,
        "w": sampled.ref,
        "e": episode.ref,
        "begins": elsewhere.ref,
        "t": factories.follow_up(episode=episode).ref,
        "a": factories.assessment(episode=episode, story="A-very-long-word-" * 12).ref,
        "m": measure.ref,
        "j": judgement.ref,
        "u": AcuteFactor.objects.get().ref,
        "ci": Circumstance.objects.get(over="", kind="weapons").ref,
        "re": Relative.objects.get(over="").ref,
        "form": (form := factories.risk_form(episode=episode)).ref,
        "scenario": factories.scenario(form=form, domain="children", what=LONG, signs=LONG).ref,
        "offered": factories.risk_form(
            episode=elsewhere, state="offered", offered_by="carol", offered_at=factories.NOW
        ).ref,
        "f": factories.measure(episode=elsewhere, instrument="phq-9", flagged=True).ref,
        "g": goal.ref,
        "s": factories.support(episode=episode, agency=agency).ref,
        "without": factories.override(episode=episode, without=LONG, told=LONG, agency=agency).ref,
        "y": agency.ref,
        "notice": told.ref,
        "r": factories.referral(completed_at=factories.NOW - timedelta(days=400)).ref,
    }


@pytest.fixture
def a_plan(session: Session) -> dict[str, str]:
    """A plan with everything in its way, by the letters of the pages."""
    episode, practitioner = session.episode, session.practitioner
    room = factories.room()
    start = timezone.now() + timedelta(days=5)
    ahead = factories.session(
        episode=episode,
        number=2,
        period=TimestamptzRange(start, start + timedelta(hours=1)),
        room=room,
        others=LONG[:120],
    )
    cover = factories.practitioner(account=factories.account(name="Noor Hale"), trained_on=None)
    days = DateRange(start.date(), start.date() + timedelta(days=3))
    factories.leave(practitioner=practitioner, cover=cover, days=days)
    factories.order(referral=episode.referral)
    typed = factories.order(referral=episode.referral, typed_by="carol", requirements=[LONG])
    Referral.objects.filter(pk=episode.referral.pk).update(partner="")
    factories.busy_time(episode=episode)
    factories.declaration(practitioner=practitioner, case="", family_name="Nobody-Marsh", given_names="Quill")
    Move.objects.create(
        session=ahead,
        kind="added",
        decision="one",
        asked_by="person",
        why="missed",
        words="In words",
        after=ahead.period,
        made_by=practitioner.ref,
        made_at=factories.NOW,
    )
    factories.premises(name="Corn Hall", never_book=True)
    draft = factories.curriculum()
    offered = factories.episode(referral=factories.referral(family_name=LONG[:80]), practitioner=cover)
    return {
        "h": factories.handover(episode=offered, to=practitioner).ref,
        "e": episode.ref,
        "n": ahead.ref,
        "begun": session.ref,
        "o": typed.ref,
        "ahead": factories.day_ahead(episode=episode, words=LONG[:120]).ref,
        "call": factories.contact(referral=episode.referral, words=LONG).ref,
        "r": episode.referral.ref,
        "paper": factories.document(episode=episode, name=f"{LONG[:80]}.txt").ref,
        "letter": factories.letter(episode=episode).ref,
        "p": practitioner.ref,
        "b": room.premises.ref,
        "u": draft.ref,
        "um": draft.modules.get().ref,
        "us": draft.sessions.get().ref,
    }


@pytest.fixture
def an_end(episode: Episode, practitioner: Practitioner, kit: Account, ola: Account) -> dict[str, str]:
    """People at the end: one in sessions, one who left with a signed report, one held; reports drafted and offered."""
    offers.other("programme")
    factories.attended(episode=episode, number=1)
    factories.missed(episode=episode, number=2)
    required = ["Attend the programme weekly", "Sleep at the address given"]
    factories.order(referral=episode.referral, requirements=required)
    left, held, drafted, offered = (_somebody(practitioner) for _ in range(4))
    for number in (8, 9, 10, 11):
        factories.attended(episode=left, number=number, skill="notice")
    factories.attended(episode=left, number=7, work_done="The photograph and the drive.", skill="ride")
    for occasion, answer in (("baseline", 2), ("closing", 1)):
        factories.measure(episode=left, instrument="phq-9", occasion=occasion, answers=[answer] * 8 + [0])
    factories.goal(episode=left)
    factories.rating(episode=left)
    factories.order(referral=left.referral, requirements=["Attend the programme weekly"])
    signed = factories.signed(episode=left, started_by=kit.ref, offered_by=kit.ref, signed_by=ola.ref)
    factories.certificate(episode=left, requirement=LONG)
    factories.later(episode=left, months=12, due_on=date(2026, 9, 3))
    mistaken = _left(_somebody(practitioner))
    return {
        "mistaken": mistaken.episode.ref,
        "mistakenrow": mistaken.ref,
        "e": episode.ref,
        "left": left.ref,
        "held": held.ref,
        "heldrow": factories.leaving(episode=held, held_until=timezone.now() + timedelta(days=1)).ref,
        "fu": factories.later(episode=left).ref,
        "signed": signed.ref,
        "draft": factories.report(episode=factories.ended(episode=drafted), themes=LONG).ref,
        "offered": factories.offered(episode=offered).ref,
    }


def _left(episode: Episode) -> Leaving:
    """A leaving whose reason was changed, after a session that nobody recorded."""
    factories.session(episode=episode, number=20)
    factories.ended(episode=episode, state="left")
    gone = {"by": "others", "reason": "moved", "state": "ended", "held_until": None, "contact": ""}
    row = factories.leaving(episode=episode, ended_at=factories.NOW, **gone)
    row.reason_changes.create(
        before="custody", after="moved", why=LONG, submission="x", made_by="carol", made_at=factories.NOW
    )
    return row


def _somebody(practitioner: Practitioner) -> Episode:
    return factories.episode(referral=factories.referral(), practitioner=practitioner)


@pytest.fixture
def a_course(practitioner: Practitioner, police: Partner) -> list[Session]:
    """Twelve weekly sessions, three of them held; leave in the middle of what is ahead."""
    episode = factories.episode(referral=factories.referral(), practitioner=practitioner)
    room = factories.room()
    today = timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0)
    first = today - timedelta(weeks=3) + timedelta(days=1)
    rows = []
    for number in range(1, 13):
        start = first + timedelta(weeks=number - 1)
        period = TimestamptzRange(start, start + timedelta(minutes=90))
        make = factories.attended if number <= 3 else factories.session
        rows.append(make(episode=episode, number=number, period=period, room=room))
    away = (first + timedelta(weeks=5)).date()
    factories.leave(practitioner=practitioner, days=DateRange(away, away + timedelta(days=5)))
    factories.busy_time(episode=episode, weekday=str(TUESDAY))
    return rows


@pytest.mark.parametrize("size", [looking.WIDE, looking.PHONE])
def test_where_sessions_would_be_is_shown_before_they_are_moved(
    browsing: Callable[..., BrowserContext],
    kit_browser: Client,
    a_course: list[Session],
    size: ViewportSize,
) -> None:
    page = browsing(client=kit_browser, viewport=size).new_page()
    page.goto(f"/planner/{a_course[0].episode.ref}/")
    if size == looking.WIDE:
        looking.picture(page, "planner")
    page.goto(f"/rescheduling/{a_course[5].ref}/move/")
    page.get_by_label("This one and all later ones").check()
    page.get_by_label("The practitioner is ill").check()

    page.get_by_role("button", name="Preview the move").click()

    confirm = page.get_by_role("button", name="Move these 7 sessions")
    expect(confirm).to_be_visible()
    assert looking.against(page, "rescheduling/preview/") == []
    if size == looking.WIDE:
        looking.picture(page, "planner-move")


def test_the_first_plan_is_shown_before_it_is_made(
    browsing: Callable[..., BrowserContext], kit_browser: Client, episode: Episode
) -> None:
    factories.room()
    page = browsing(client=kit_browser, viewport=looking.PHONE).new_page()
    page.goto(f"/planner/{episode.ref}/plan/")

    page.get_by_role("button", name="Propose sessions").click()

    expect(page.get_by_role("button", name="Plan these sessions")).to_be_visible()
    assert looking.against(page, "planner/preview/") == []


def test_an_exit_report_and_the_service_are_shown_as_the_guides_picture_them(
    browsing: Callable[..., BrowserContext], signed_in: Callable[..., Client], an_end: dict[str, str]
) -> None:
    page = browsing(client=signed_in(role=Role.MANAGER), viewport=looking.WIDE).new_page()

    page.goto(f"/reports/{an_end['signed']}/")
    expect(page.locator("main")).to_contain_text("Save the document (PDF)")
    looking.picture(page, "exit-report")

    page.goto("/service/")
    expect(page.locator("main")).to_contain_text("Practitioners and their caseloads")
    looking.picture(page, "service")


def test_measures_are_shown_as_the_guide_pictures_them(
    browsing: Callable[..., BrowserContext], kit_browser: Client, an_assessment: dict[str, str]
) -> None:
    page = browsing(client=kit_browser, viewport=looking.WIDE).new_page()

    page.goto(f"/measures/of/{an_assessment['e']}/")

    expect(page.locator("main")).to_contain_text("Improved")
    expect(page.locator("main svg").first).to_be_visible()
    looking.picture(page, "measures")
