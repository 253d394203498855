"""Referrals and alerts of the police for tests, each with sensible defaults. Everybody here is invented."""

import itertools
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from tests import returned, staff

from desist import custody
from desist.desk.alerts.models import Alert
from desist.desk.duty.models import DutyNumber
from desist.extracts import police
from desist.partnership.agencies.models import Agency, AgencyMember
from desist.partnership.attachments.models import Attachment
from desist.partnership.disclosures.models import Disclosure, DisclosureRequest
from desist.partnership.exhibits import keeping
from desist.partnership.exhibits.models import Exhibit
from desist.partnership.exhibits.states import Custody
from desist.partnership.exit_reports.models import ExitReport
from desist.partnership.extracts.models import OutcomeExtract
from desist.partnership.judgements.models import JudgementRequest
from desist.partnership.pairs.models import Side
from desist.partnership.pairs.tokens import token
from desist.partnership.quarterly.models import QuarterlyReturn, ReturnQuestion
from desist.partnership.referrals.models import Referral
from desist.partnership.reports.models import Report
from desist.partnership.support.models import SupportReferral
from desist.post import own
from desist.post.models import Agreement, Partner
from desist.post.transports import Transport
from desist.references import reference
from desist.referral import files
from desist.sites import Zone

NOW, AREA = staff.NOW, staff.AREA
PROGRAMME, ADVOCACY = "northmere-programme", "harbour-advocacy"

_numbers = itertools.count(1)
ANSWERS: dict[str, Any] = {
    "given_names": "Robin",
    "family_name": "Example",
    "born": date(1990, 2, 28),
    "contact_by": "through_referrer",
    "route": "police_voluntary",
    "legal_basis": "agreement",
    "proceedings": "none",
    "behaviours": ["following"],
    "channels": ["in_person"],
    "methods": ["none"],
    "relationship": "ex_partner",
    "behaviour_account": "Followed on three days.",
    "offence_kind": "stalking",
    "orders": ["restraining 2027-03-01"],
    "need_kinds": ["none"],
    "risk_kinds": ["none"],
    "risk_tool": "none",
    "risk_to": ["none"],
    "referrer_kind": "police",
    "referrer_name": "Officer Ash Vale",
    "referrer_phone": "01632 960 000",
}


def draft(*, area: str = AREA, **fields: Any) -> Referral:
    """A referral that an officer has begun."""
    defaults = {"programme": PROGRAMME, "started_by": "carol", "started_at": NOW - timedelta(days=11)}
    return Referral.objects.create(area=area, **defaults | fields)


def finished(**fields: Any) -> Referral:
    """A draft with every answer given."""
    return draft(**ANSWERS | fields)


def referral(*, area: str = AREA, **fields: Any) -> Referral:
    """A referral that was sent and waits for the programme's decision."""
    defaults = {
        "state": "sent",
        "thread": f"thread-{next(_numbers)}",
        "sent_at": NOW - timedelta(days=10),
    }
    return finished(area=area, **defaults | fields)


def partner(*, name: str = PROGRAMME, zone: str = "programme", **fields: Any) -> Partner:
    """Another site in the partner register; by hand, unless a test listed it in another way before."""
    defaults = {
        "zone": zone,
        "title": name,
        "transport": Transport.BY_HAND,
        "phone": "01632 960 003",
        "added_at": NOW,
    }
    return Partner.objects.get_or_create(name=name, defaults=defaults | fields)[0]


def alert(*, referral: Referral, **fields: Any) -> Alert:
    """An alert that no officer has taken up."""
    partner(name=referral.programme)
    defaults = {
        "case": referral.ref,
        "area": referral.area,
        "partner": referral.programme,
        "thread": referral.thread,
        "reason": "concern",
        "contact": "01632 960 009",
        "raised_at": NOW,
        "received_at": NOW,
        "due_at": NOW + timedelta(minutes=30),
    }
    return Alert.objects.create(**defaults | fields)


def duty_number(*, area: str = AREA, **fields: Any) -> DutyNumber:
    """The desk's duty number."""
    defaults = {"title": "Stalking desk", "number": "01632 960 050", "added_by": "carol", "added_at": NOW}
    return DutyNumber.objects.create(area=area, **defaults | fields)


def side(*, area: str = AREA, **fields: Any) -> Side:
    """A client's case at an advocacy service, not linked to a referral yet."""
    row = {"advocacy": ADVOCACY, **fields}
    partner(name=row["advocacy"], zone="advocacy", title="Harbour Advocacy", phone="01632 960 004")
    defaults = {
        "state": "stands",
        "how": "police",
        "thread": f"side-{next(_numbers)}",
        "crime_reference": "45/01234/26",
        "made_by": "carol",
        "made_at": NOW - timedelta(days=9),
    }
    return Side.objects.create(area=area, **defaults | row)


def report(*, area: str = AREA) -> Report:
    """An advocacy service's report of an incident."""
    return Report.objects.create(
        side=side(area=area),
        area=area,
        token=reference(),
        happened_on=NOW.date(),
        place="home",
        behaviours=["loitering"],
        channel="in_person",
        through="themselves",
        account="Stood there.",
        contact="01632 960 020",
        reported_at=NOW,
        due_at=NOW + timedelta(hours=4),
    )


def exhibit(*, report: Report, content: bytes = b"PK an archive", here: int = 1, **fields: Any) -> Exhibit:
    """An exhibit that came whole with a report; with `here` 0 none of its one piece has arrived."""
    defaults = {
        "state": "whole" if here else "arriving",
        "number": "JD/1",
        "formats": ["PDF", "HTML"],
        "digest": sha256(content).hexdigest(),
        "size": len(content),
        "parts": 1,
        "here": here,
        "asked": [] if here else [0],
        "asked_at": NOW,
        "arrived_at": NOW,
    }
    row = Exhibit(ref=reference(), report=report, token=reference(), **defaults | fields)
    keeping.lock_caption(row, "Messages of March")
    row.save()
    if here:
        keeping.keep(row, 0, content)
    custody.log(row, Custody.SENT, by="", at=NOW, what=f"{len(content)} bytes")
    return row


def attachment(
    *, referral: Referral, content: bytes = b"Reports to the station on Mondays.", **fields: Any
) -> Attachment:
    """A note attached to a referral, kept with the site's own key."""
    keys, ref = own.keys().current, reference()
    defaults = {
        "ref": ref,
        "name": "note.txt",
        "media": files.Media.TEXT,
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "key": keys.id,
        "sealed": files.lock(keys=keys, ref=ref, content=content),
        "added_at": NOW,
    }
    return Attachment.objects.create(referral=referral, **defaults | fields)


def held(*, referral: Referral, **fields: Any) -> Attachment:
    """A note that waits for a second officer."""
    content = b"Reports at 12 Quarry Lane, ZZ99 9ZZ."
    said = {"reason": "agency", "reason_by": "carol", "reason_at": NOW, "added_by": "carol"}
    return attachment(referral=referral, content=content, held=True, **said | fields)


def exit_report(*, referral: Referral, content: bytes = b"%PDF-1.7 signed", **fields: Any) -> ExitReport:
    """An exit report that came from the programme, kept with the site's own key."""
    keys, ref = own.keys().current, reference()
    defaults = {
        "ref": ref,
        "number": 1,
        "supersedes": 0,
        "signed_at": NOW,
        "received_at": NOW,
        "size": len(content),
        "digest": sha256(content).hexdigest(),
        "key": keys.id,
        "sealed": files.lock(keys=keys, ref=ref, content=content),
    }
    return ExitReport.objects.create(referral=referral, **defaults | fields)


def agreement(*, area: str = AREA, **fields: Any) -> Agreement:
    """A sharing agreement with the programme that covers everything."""
    number = next(_numbers)
    defaults = {
        "title": f"Northmere agreement {number}",
        "parties": [PROGRAMME],
        "purposes": ["safety", "sessions", "order", "place"],
        "lawful_basis": "Data Protection Act 2018, s.36(4)",
        "begins_on": date(2026, 1, 1),
        "review_on": date(2090, 1, 1),
        "submission": f"agreement-{number}",
        "kept_by": "carol",
        "kept_at": NOW,
    }
    return Agreement.objects.create(area=area, **defaults | fields)


def request(*, referral: Referral, **fields: Any) -> DisclosureRequest:
    """A request by the programme."""
    defaults = {
        "area": referral.area,
        "token": f"request-{next(_numbers)}",
        "purpose": "sessions",
        "question": "Is he in breach?",
        "necessity": "To plan the next session",
        "asked_at": NOW,
        "received_at": NOW,
    }
    return DisclosureRequest.objects.create(referral=referral, **defaults | fields)


def judgement_request(*, area: str = AREA, **fields: Any) -> JudgementRequest:
    """A programme's question for a judgement, not answered."""
    number = next(_numbers)
    defaults = {
        "programme": PROGRAMME,
        "thread": f"judge-{number}",
        "given_names": "Robin",
        "family_name": "Outerwood",
        "born": date(1990, 2, 28),
        "asked_at": NOW,
    }
    return JudgementRequest.objects.create(area=area, **defaults | fields)


def agency(*, area: str = AREA, **fields: Any) -> Agency:
    """An agency of the area's directory, open to both sides."""
    number = next(_numbers)
    defaults = {
        "name": f"Harbour Debt Advice {number}",
        "needs": ["money"],
        "phone": "01632 960 500",
        "capacity": "free",
        "from_programme": True,
        "from_advocacy": True,
        "checked_on": NOW.date(),
        "checked_by": "carol",
        "submission": f"agency-{number}",
        "added_by": "carol",
        "added_at": NOW,
    }
    return Agency.objects.create(area=area, **defaults | fields)


def member(*, account: str, agency: Agency, side: str = "both") -> AgencyMember:
    """An account that works for an agency."""
    return agency.members.create(account=account, side=side, added_by="carol", added_at=NOW)


def support(*, agency: Agency, **fields: Any) -> SupportReferral:
    """A person whom the programme referred to an agency; nobody has answered."""
    told = {
        "given_names": "Robin",
        "family_name": "Outerwood",
        "reach": "01632 960 111, after six",
        "told": "Owes three months of rent.",
    }
    defaults = {
        "area": agency.area,
        "zone": "programme",
        "sender": PROGRAMME,
        "thread": f"support-{next(_numbers)}",
        "need": "money",
        "basis": "consent",
        "agreed": True,
        "referred_on": NOW.date(),
        "arrived_at": NOW,
    }
    row = SupportReferral(agency=agency, **defaults | fields)
    row.told = told
    row.save()
    row.steps.create(what="referred", on=row.referred_on, at=NOW)
    return row


def disclosure(*, referral: Referral, **fields: Any) -> Disclosure:
    """A draft that no officer approved."""
    defaults = {
        "area": referral.area,
        "state": "draft",
        "words": "He was stopped near the station twice in May.",
        "nature": "fact",
        "as_of": NOW.date(),
        "may_be_raised": False,
        "purpose": "sessions",
        "basis": "emergency",
        "necessity": "The risk rose",
        "proportionality": "Dates alone",
        "submission": f"disclosure-{next(_numbers)}",
        "started_by": "carol",
        "started_at": NOW,
    }
    return Disclosure.objects.create(referral=referral, **defaults | fields)


def offer(*, referral: Referral | None, **fields: Any) -> Disclosure:
    """An advocacy service's offer that waits to be passed on."""
    number = next(_numbers)
    defaults = {
        "area": AREA,
        "state": "offered",
        "service": "harbour-advocacy",
        "thread": f"side-{number}",
        "offer": f"offer-{number}",
        "side": side(area=AREA, pair=referral.pair if referral else token()).ref,
        "words": "The calls became more in May.",
        "nature": "fact",
        "as_of": NOW.date(),
        "may_be_raised": False,
        "purpose": "sessions",
        "offered_because": "The risk rose",
        "offered_no_more": "Counts alone",
        "started_by": "post",
        "started_at": NOW,
    }
    return Disclosure.objects.create(referral=referral, **defaults | fields)


def quarterly_return(*, quarter: date = date(2026, 7, 1), **fields: Any) -> QuarterlyReturn:
    """A return of which nothing was counted but noughts, and nothing leaves."""
    made = {"area": AREA, "quarter": quarter, "counted_at": NOW}
    return QuarterlyReturn.objects.create(
        **returned.counted(Zone.PARTNERSHIP, leaves="quarter applied 0", **made | fields)
    )


def return_question(*, of: QuarterlyReturn, **fields: Any) -> ReturnQuestion:
    """A question of the commissioner."""
    made = {"token": reference(), "question": "Why were fewer orders served?", "asked_at": NOW}
    return ReturnQuestion.objects.create(of=of, **made | fields)


def outcome_extract(*, area: str = AREA, **fields: Any) -> OutcomeExtract:
    """What a programme asks of ten people, and what was counted of them: five have an order and a decided breach."""
    people = [f"{number:016x}" for number in range(10)]
    number = next(_numbers)
    made = {
        "programme": PROGRAMME,
        "thread": f"asked-{number}",
        "number": number,
        "token": f"token-{number}",
        "commission": "northmere-commission",
        "title": "Evaluation of the Northmere service",
        "evaluator": "University of Northmere",
        "until": date(2029, 12, 31),
        "data_cut": NOW.date(),
        "asked_lines": "\n".join(f"{one} 19 {NOW.date()} 0 thread-of-{one}" for one in people),
        "asked_people": 10,
        "asked_at": NOW,
        "state": "counted",
        "agreement": agreement(
            area=area,
            parties=["northmere-commission"],
            purposes=["evaluation"],
            ends_on=date(2029, 12, 31),
        ).ref,
        "edition": police.EDITION,
        "people": 10,
        "smallest": 5,
        "left_out": '{"no_convicted": 0}',
        "people_lines": "\n".join(people),
        "recorded_lines": "\n".join(f"{one},2026-01-20,breach,acted on" for one in people[:5]),
        "order_lines": "\n".join(f"{one},2026-01-10,,full" for one in people[:5]),
        "digest": "0" * 64,
        "counted_by": "carol",
        "counted_at": NOW,
    }
    return OutcomeExtract.objects.create(area=area, **made | fields)
