"""Every address of the programme, for every role, in the own and in another area: the expected answer and no other."""

import pytest
from tests import access, staff
from tests.programme import factories

from desist.accounts.models import Account
from desist.programme.chains.models import Chain
from desist.programme.episodes.models import Episode
from desist.programme.filters.models import KeptFilter
from desist.programme.phones.models import PhoneRequest
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.programme.sessions.models import Session
from desist.programme.supervision.quality.models import SampledSession
from desist.sites import Zone

pytestmark = pytest.mark.django_db

ZONE = Zone.PROGRAMME


def episode(stand: access.Stand) -> Episode:
    """Someone of the area, allocated to anyone who looks."""
    allocated = factories.practitioner(account=stand.account, area=stand.area)
    return factories.episode(referral=factories.referral(area=stand.area), practitioner=allocated)


def practitioner(stand: access.Stand) -> Practitioner:
    """Someone of the area who works with people."""
    return factories.practitioner(account=stand.account, area=stand.area)


def feed(stand: access.Stand) -> list[str]:
    """The address of anyone who looks, or of someone else."""
    return [factories.feed(account=stand.account if stand.own else factories.account(name="Noor Hale")).ref]


def asked(stand: access.Stand) -> list[str]:
    """A person whom the practitioner is asked to take over."""
    row = episode(stand)
    return [factories.handover(episode=row, to=row.allocations.get().practitioner).ref]


def asked_by_phone(stand: access.Stand) -> str:
    """A complaint that a person sent from their phone."""
    fields = {"kind": "complaint", "words": "Too loud", "submission": "phone-asks", "asked_at": factories.NOW}
    return PhoneRequest.objects.create(episode=episode(stand), **fields).ref


def kept(stand: access.Stand) -> list[str]:
    """A filter of anyone who looks, or of a colleague."""
    account = stand.account if stand.own else factories.account(name="Noor Hale")
    fields = {"account": account.ref, "of": "people", "name": "Mine", "query": ""}
    return [KeptFilter.objects.create(kept_at=factories.NOW, **fields).ref]


def session(stand: access.Stand) -> Session:
    return factories.session(episode=episode(stand))


def recorded(stand: access.Stand) -> Session:
    """A session with a record in its first version."""
    return factories.attended(episode=episode(stand), saved_by=stand.account.ref, saved_at=factories.NOW)


def chain(stand: access.Stand) -> Chain:
    return factories.chain(session=session(stand), links=2)


def chain_and_link(stand: access.Stand) -> list[str]:
    row = chain(stand)
    return [row.ref, *row.links.values_list("ref", flat=True)[:1]]


@pytest.fixture(autouse=True)
def _keys(own_keys: None) -> None:
    """Files are kept with the site's own key."""


def flagged(stand: access.Stand) -> list[str]:
    """A form that asks for a safety check."""
    return [factories.measure(episode=episode(stand), instrument="phq-9", flagged=True).ref]


def planned_supervision(stand: access.Stand) -> str:
    """A supervision of someone of the area that was planned."""
    practitioner = factories.practitioner(account=stand.account, area=stand.area)
    return factories.supervision(practitioner=practitioner, supervisor=stand.account.ref).ref


def learner(stand: access.Stand) -> Practitioner:
    """A practitioner whom the account both is and supervises: each role sees them by its own part."""
    row = factories.practitioner(account=stand.account, area=stand.area)
    factories.arrangement(practitioner=row, supervisor=stand.account)
    return row


def learnt(stand: access.Stand) -> list[str]:
    """A course in such a practitioner's record."""
    return [factories.learnt(practitioner=learner(stand)).ref]


def reflection(stand: access.Stand) -> list[str]:
    """An entry that such a practitioner shared."""
    shared = {"shared_with": stand.account.ref, "shared_at": factories.NOW}
    return [factories.reflection(practitioner=learner(stand), **shared).ref]


def sampled(stand: access.Stand) -> SampledSession:
    """A session of the area that was drawn."""
    return factories.sampled(session=factories.attended(episode=episode(stand)))


def enclosed(stand: access.Stand) -> list[str]:
    """A draft of the area and its file."""
    draft = factories.draft(area=stand.area)
    return [draft.ref, factories.enclosure(draft=draft).ref]


def unsent(stand: access.Stand) -> Referral:
    """A referral of the area behind which no software stands."""
    row = episode(stand).referral
    row.partner = ""
    row.save()
    return row


def referred(stand: access.Stand) -> Referral:
    return factories.referral(area=stand.area)


def unregistered(stand: access.Stand) -> list[str]:
    """Someone with a practitioner's role who is not on the register."""
    account = staff.account(name="Juno Vale")
    factories.grant(account=account, area=stand.area)
    return [account.ref]


#: slice, or route -> the rows that its address names
MAKERS: access.Makers = {
    "referrals": lambda stand: [episode(stand).referral.ref],
    "referrals:person": lambda stand: [episode(stand).ref],
    "intake": lambda stand: [factories.draft(area=stand.area).ref],
    "offers:offer": lambda stand: [episode(stand).ref],
    "offers:answer": lambda stand: [factories.person_offer(area=stand.area).ref],
    "offers:withdraw": lambda stand: [factories.person_offer(area=stand.area, episode=episode(stand)).ref],
    "moving_in": lambda stand: [factories.move_in(area=stand.area).ref],
    "outside": lambda stand: [factories.outside(area=stand.area).ref],
    "intake:told": lambda stand: [factories.referral(area=stand.area, partner="").ref],
    "contact_details": lambda stand: [episode(stand).referral.ref],
    "enclosures": enclosed,
    "enclosures:enclosures": lambda stand: [factories.draft(area=stand.area).ref],
    "telephone_notices": lambda stand: [unsent(stand).ref],
    "telephone_notices:change": lambda stand: [unsent(stand).ref, "person"],
    "judgements": lambda stand: [episode(stand).referral.ref],
    "intake:section": lambda stand: [factories.draft(area=stand.area).ref, "person"],
    "attachments": lambda stand: [factories.attachment(referral=episode(stand).referral).ref],
    "attachments:attachments": lambda stand: [episode(stand).referral.ref],
    "episodes": lambda stand: [episode(stand).ref],
    "tasks:give-about": lambda stand: [episode(stand).ref],
    "merges": lambda stand: [
        access.merge(first=referred(stand), second=referred(stand), area=stand.area).ref
    ],
    "merges:compare": lambda stand: [referred(stand).ref, referred(stand).ref],
    "curriculum": lambda stand: [factories.curriculum(area=stand.area).ref],
    "curriculum:module": lambda stand: [factories.curriculum(area=stand.area).modules.get().ref],
    "curriculum:session": lambda stand: [factories.curriculum(area=stand.area).sessions.get().ref],
    "premises": lambda stand: [factories.premises(area=stand.area).ref],
    "premises:close-room": lambda stand: [factories.room(area=stand.area).ref],
    "busy": lambda stand: [episode(stand).ref],
    "busy:remove": lambda stand: [factories.busy_time(episode=episode(stand)).ref],
    "key_dates": lambda stand: [factories.day_ahead(episode=episode(stand)).ref],
    "key_dates:days": lambda stand: [episode(stand).ref],
    "key_dates:add": lambda stand: [episode(stand).ref],
    "contacts": lambda stand: [episode(stand).referral.ref],
    "contacts:person": lambda stand: [episode(stand).ref],
    "contacts:strike": lambda stand: [factories.contact(referral=episode(stand).referral).ref],
    "documents": lambda stand: [factories.document(episode=episode(stand)).ref],
    "documents:documents": lambda stand: [episode(stand).ref],
    "letters": lambda stand: [factories.letter(episode=episode(stand)).ref],
    "letters:letters": lambda stand: [episode(stand).ref],
    "letters:write": lambda stand: [episode(stand).ref, "ending"],
    "letters:change": lambda stand: ["ending" if stand.own else "nothing", "plain"],
    "absences": lambda stand: [practitioner(stand).ref],
    "absences:remove": lambda stand: [factories.leave(practitioner=practitioner(stand)).ref],
    "team": lambda stand: [practitioner(stand).ref],
    "team:end-link": lambda stand: [factories.declaration(practitioner=practitioner(stand), case="x").ref],
    "allocation": lambda stand: [episode(stand).ref],
    "allocation:finish": lambda stand: [factories.ended(episode=episode(stand)).ref],
    "allocation:hand-over": lambda stand: [practitioner(stand).ref],
    "handovers": asked,
    "filters": kept,
    "feeds": feed,
    "orders": lambda stand: [episode(stand).ref],
    "orders:change": lambda stand: [factories.order(referral=episode(stand).referral, typed_by="carol").ref],
    "orders:end": lambda stand: [factories.order(referral=episode(stand).referral, typed_by="carol").ref],
    "rescheduling": lambda stand: [session(stand).ref],
    "corrections": lambda stand: [recorded(stand).ref],
    "rescheduling:add": lambda stand: [episode(stand).ref],
    "late_entries": lambda stand: [session(stand).ref],
    "late_entries:enter": lambda stand: [episode(stand).ref],
    "planner": lambda stand: [episode(stand).ref],
    "disclosures": lambda stand: [episode(stand).ref],
    "sessions": lambda stand: [session(stand).ref],
    "sessions:version": lambda stand: [recorded(stand).ref, "1"],
    "phones": lambda stand: [episode(stand).ref],
    "phones:end": lambda stand: [episode(stand).ref, "none"],
    "phones:answer": lambda stand: [asked_by_phone(stand)],
    "diary": lambda stand: [episode(stand).ref],
    "diary:day": lambda stand: [episode(stand).ref, "2026-03-03"],
    "diary:week": lambda stand: [episode(stand).ref, "2026-03-03"],
    "diary:save": lambda stand: [episode(stand).ref, "2026-03-03"],
    "diary:end-target": lambda stand: [episode(stand).ref, "none"],
    "triggers": lambda stand: [episode(stand).ref],
    "skills": lambda stand: ["ride" if stand.own else "nothing"],
    "practice": lambda stand: [episode(stand).ref],
    "practice:strike": lambda stand: [episode(stand).ref, "none"],
    "coping": lambda stand: [episode(stand).ref],
    "between": lambda stand: [episode(stand).ref],
    "paper": lambda stand: [episode(stand).ref],
    "paper:sheet": lambda stand: [episode(stand).ref, "large", "coping"],
    "paper:skill": lambda stand: [episode(stand).ref, "easy", "ride"],
    "paper:chain": lambda stand: [factories.chain(session=session(stand)).ref, "welsh"],
    "concerns": lambda stand: [session(stand).ref],
    "concerns:person": lambda stand: [episode(stand).ref],
    "concerns:about": lambda stand: [episode(stand).ref],
    "concerns:referred": lambda stand: [factories.referral(area=stand.area).ref],
    "concerns:concern": lambda stand: [factories.concern(session=session(stand)).ref],
    **{
        f"concerns:{step}": lambda stand: [factories.followed(session=session(stand), stage="screening").ref]
        for step in ("screen", "enquire", "decide", "refer", "chase", "answer")
    },
    "scenarios": lambda stand: [factories.risk_form(episode=episode(stand)).ref],
    "scenarios:person": lambda stand: [episode(stand).ref],
    "scenarios:begin": lambda stand: [episode(stand).ref],
    **{
        f"scenarios:{name}": lambda stand: [factories.risk_form(episode=episode(stand)).scenarios.get().ref]
        for name in ("scenario", "change")
    },
    "concerns:close": lambda stand: [factories.concern(session=session(stand)).ref],
    "alerts": lambda stand: [
        factories.alert(case=factories.referral(area=stand.area).ref, area=stand.area).ref
    ],
    "duty": lambda stand: [factories.duty_number(area=stand.area).ref],
    "chains": lambda stand: [chain(stand).ref],
    "chains:person": lambda stand: [episode(stand).ref],
    "chains:start": lambda stand: [session(stand).ref],
    "chains:version": lambda stand: [chain(stand).ref, "1"],
    "chains:change": chain_and_link,
    "chains:shared-change": chain_and_link,
    "measures": flagged,
    "triage": lambda stand: [factories.referral(area=stand.area).ref],
    "assessments": lambda stand: [factories.assessment(episode=episode(stand)).ref],
    "assessments:assessments": lambda stand: [episode(stand).ref],
    "assessments:appoint": lambda stand: [episode(stand).ref],
    "circumstances": lambda stand: [episode(stand).ref],
    **dict.fromkeys(
        ["circumstances:review", "circumstances:end"],
        lambda stand: [factories.circumstance(episode=episode(stand)).ref],
    ),
    **dict.fromkeys(
        ["circumstances:change-relative", "circumstances:end-relative"],
        lambda stand: [factories.relative(episode=episode(stand)).ref],
    ),
    "risk": lambda stand: [episode(stand).ref],
    "plans": lambda stand: [episode(stand).ref],
    "plans:change": lambda stand: [factories.goal(episode=episode(stand)).ref],
    "plans:rate": lambda stand: [factories.goal(episode=episode(stand)).ref],
    "support": lambda stand: [episode(stand).ref],
    "overrides": lambda stand: [factories.override(episode=episode(stand)).ref],
    "agency_links": lambda stand: [factories.agency_link(episode=episode(stand)).referral.ref],
    "agency_links:revoke": lambda stand: [factories.agency_link(episode=episode(stand)).ref],
    "answer_files": lambda stand: [factories.support(episode=episode(stand)).ref],
    "support:end": lambda stand: [factories.agency(area=stand.area).ref],
    "support:outcome": lambda stand: [factories.support(episode=episode(stand)).ref],
    "support:news": lambda stand: [factories.support(episode=episode(stand)).ref],
    "support:withdraw": lambda stand: [factories.support(episode=episode(stand)).ref],
    "agreement": lambda stand: [episode(stand).ref],
    "agreement:given": lambda stand: [factories.notice_given(episode=episode(stand)).ref],
    "agreement:given-pdf": lambda stand: [factories.notice_given(episode=episode(stand)).ref],
    "agreement:task": lambda stand: [factories.follow_up(episode=episode(stand)).ref],
    "quality": lambda stand: [sampled(stand).sample.ref],
    "quality:rate": lambda stand: [sampled(stand).ref],
    "quality:oneself": lambda stand: [factories.attended(episode=episode(stand)).ref],
    "history": lambda stand: [episode(stand).ref],
    "settings": lambda stand: [factories.practitioner(account=stand.account, area=stand.area).ref],
    "settings:agency": lambda stand: [factories.agency(area=stand.area).ref],
    "settings:enter": unregistered,
    "supervision": lambda stand: [factories.practitioner(account=stand.account, area=stand.area).ref],
    "supervision:record": lambda stand: [planned_supervision(stand)],
    "supervision:cancel": lambda stand: [planned_supervision(stand)],
    "supervision:debrief": lambda stand: [session(stand).ref],
    "training": lambda stand: [learner(stand).ref],
    "training:strike": learnt,
    "reflections": reflection,
    "reminders": lambda stand: [episode(stand).ref],
    "extracts": lambda stand: [factories.outcome_extract(area=stand.area).ref],
    "extracts:file": lambda stand: [factories.outcome_extract(area=stand.area).ref, "episodes"],
    "quarterly": lambda stand: [factories.quarterly_return(area=stand.area).ref],
    # a quarter is of no area: elsewhere one that nobody can count
    "quarterly:count": lambda stand: ["2026-07-01" if stand.own else "1999-01-01"],
    "quarterly:answer": lambda stand: [
        factories.return_question(of=factories.quarterly_return(area=stand.area)).ref
    ],
    "feedback": lambda stand: [episode(stand).ref],
    "leaving": lambda stand: [episode(stand).ref],
    "leaving:take-back": lambda stand: [factories.leaving(episode=episode(stand)).ref],
    "leaving:tell": lambda stand: [factories.leaving(episode=episode(stand)).ref],
    "leaving:reopen": lambda stand: [factories.leaving(episode=episode(stand)).ref],
    "leaving:reason": lambda stand: [factories.leaving(episode=episode(stand)).ref],
    "certificates": lambda stand: [episode(stand).ref],
    "certificates:document": lambda stand: [factories.certificate(episode=episode(stand)).ref],
    "followups": lambda stand: [episode(stand).ref],
    "followups:record": lambda stand: [factories.later(episode=episode(stand)).ref],
    "reports": lambda stand: [factories.report(episode=episode(stand)).ref],
    "reports:reports": lambda stand: [episode(stand).ref],
    "reports:start": lambda stand: [episode(stand).ref],
    "reports:document": lambda stand: [factories.signed(episode=episode(stand)).ref],
    "risk:strike": lambda stand: [factories.rating(episode=episode(stand)).ref],
    "risk:end": lambda stand: [factories.acute(episode=episode(stand)).ref],
    "measures:measures": lambda stand: [episode(stand).ref],
    "measures:change": lambda stand: [episode(stand).ref],
    "measures:take": lambda stand: [episode(stand).ref, "phq-9"],
    "measures:total": lambda stand: [episode(stand).ref, "phq-9"],
}


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_a_role_of_the_rule_gets_the_page_and_any_other_403(route: str, kit: Account) -> None:
    answers = access.answers(zone=ZONE, route=route, makers=MAKERS, account=kit)

    assert answers == access.expected(zone=ZONE, route=route)


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_a_row_of_another_area_is_absent_byte_for_byte(route: str, kit: Account) -> None:
    pairs = access.absent_and_out_of_scope(zone=ZONE, route=route, makers=MAKERS, account=kit)

    for role, method, there, nowhere in pairs:
        # A form that is wrong in itself is refused before any row is asked for: alike for both.
        assert there[0] in {404, 405, 422}, (role, method)
        assert there == nowhere, (role, method)


@pytest.mark.parametrize("route", access.routes(ZONE))
def test_without_sign_in_every_address_leads_to_the_sign_in_page(route: str, kit: Account) -> None:
    onward = access.without_sign_in(route=route, makers=MAKERS, account=kit)

    assert onward.startswith("/account/sign-in/")
