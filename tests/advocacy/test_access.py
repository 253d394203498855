"""Every address of the advocacy zone, for every role, in the own and in another area: the expected answer and no other."""

import pytest
from tests import access, staff
from tests.advocacy import factories

from desist.accounts.models import Account
from desist.advocacy.victims.models import Victim
from desist.merges.models import Merge
from desist.sites import Zone
from desist.wall.actors import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_keys")]

ZONE = Zone.ADVOCACY


def client(stand: access.Stand) -> list[str]:
    """A client of the area, allocated to the account that looks."""
    advocate = factories.advocate(account=stand.account, area=stand.area)
    return [factories.victim(advocate=advocate, area=stand.area).ref]


def handed(stand: access.Stand) -> list[str]:
    """A client who is offered to the account that looks, and whom it works with as a manager sees them."""
    return [factories.handover(victim=client(stand)[0], to=stand.account).ref]


def merged(stand: access.Stand) -> Merge:
    """Two records of one client, compared."""
    one, other = (Victim.objects.get(ref=client(stand)[0]) for _ in range(2))
    return access.merge(first=one, second=other, area=stand.area)


def locator(stand: access.Stand) -> list[str]:
    """Their telephone number."""
    (ref,) = client(stand)
    return [factories.locator(victim=ref).ref]


def incident(stand: access.Stand) -> list[str]:
    """What happened to them."""
    return [factories.incident(victim=client(stand)[0]).ref]


def pack(stand: access.Stand) -> list[str]:
    """What was sent to the police of it."""
    return [factories.pack(incident=incident(stand)[0]).ref]


def finished_exhibit(stand: access.Stand) -> list[str]:
    """An exhibit that is finished."""
    return [factories.finished_exhibit(victim=client(stand)[0]).ref]


def sent_exhibit(stand: access.Stand) -> list[str]:
    """An exhibit that went to the police with a report."""
    victim = client(stand)[0]
    report = factories.pack(incident=factories.incident(victim=victim).ref)
    return [factories.sent_exhibit(exhibit=factories.finished_exhibit(victim=victim), pack=report).ref]


def unregistered(stand: access.Stand) -> list[str]:
    """An advocate who has joined and is not on the register."""
    joined = staff.account(name="Bryn Newcomer")
    staff.grant(account=joined, role=Role.ADVOCATE, area=stand.area)
    return [joined.ref]


def colleague(stand: access.Stand) -> list[str]:
    """Another advocate of the area."""
    return [factories.advocate(account=staff.account(name="Bryn Newcomer"), area=stand.area).ref]


def row_of_exhibit(stand: access.Stand) -> list[str]:
    """An exhibit, and the file and the number of a row on it."""
    made = factories.exhibit(victim=client(stand)[0])
    return [made.ref, made.rows.get().original.ref, "0"]


#: slice, or route -> the rows that its address names
MAKERS: access.Makers = {
    "victims": client,
    "tasks:give-about": client,
    "handovers": handed,
    "handovers:offer": client,
    "merges": lambda stand: [merged(stand).ref],
    "merges:compare": lambda stand: [*client(stand), *client(stand)],
    "victims:give-over": lambda stand: [
        factories.advocate(account=stand.account, area=stand.area).ref,
    ],
    "offers:offer": client,
    "offers:answer": lambda stand: [factories.client_offer(area=stand.area).ref],
    "offers:withdraw": lambda stand: [factories.client_offer(area=stand.area, victim=client(stand)[0]).ref],
    "moving_in": lambda stand: [factories.move_in(area=stand.area).ref],
    "quarterly": lambda stand: [factories.quarterly_return(area=stand.area).ref],
    # the quarter is named by its day: there is none for another area
    "quarterly:count": lambda stand: ["2026-07-01" if stand.own else "1999-01-01"],
    "quarterly:answer": lambda stand: [
        factories.return_question(of=factories.quarterly_return(area=stand.area)).ref
    ],
    "vault": client,
    "contacts": client,
    "contacts:end-time": lambda stand: [factories.safe_time(victim=client(stand)[0]).ref],
    "contacts:finish": lambda stand: [factories.attempt(victim=client(stand)[0]).ref],
    "contacts:note-stopped": lambda stand: [factories.message(victim=client(stand)[0]).ref],
    **dict.fromkeys(
        [f"disclosures:{name}" for name in ("disclosure", "write", "approve", "drop", "recall")],
        lambda stand: [factories.disclosure(victim=client(stand)[0]).ref],
    ),
    "disclosures": client,
    "measures": client,
    "measures:take": lambda stand: [*client(stand), "pcl-5"],
    "measures:total": lambda stand: [*client(stand), "pcl-5"],
    "measures:measure": lambda stand: [factories.measure(victim=client(stand)[0]).ref],
    "police": client,
    "packs": incident,
    "packs:pack": pack,
    "sent_exhibits": sent_exhibit,
    "sent_exhibits:send": finished_exhibit,
    "orders": client,
    "orders:clearance": lambda stand: [factories.clearance(victim=client(stand)[0]).ref],
    "letters": client,
    "letters:posted": lambda stand: [factories.letter(victim=client(stand)[0]).ref],
    "letters:print-out": lambda stand: [factories.letter(victim=client(stand)[0]).ref],
    "vault:post": locator,
    "updates": client,
    "updates:tell": lambda stand: [factories.attempt(victim=client(stand)[0]).ref],
    "alerts": lambda stand: [factories.alert(case=client(stand)[0], area=stand.area).ref],
    "duty": lambda stand: [factories.duty_number(area=stand.area).ref],
    "circumstances": client,
    **dict.fromkeys(
        ["circumstances:review", "circumstances:end"],
        lambda stand: [factories.circumstance(victim=client(stand)[0]).ref],
    ),
    "papers": client,
    "papers:fetch": lambda stand: [factories.paper(victim=client(stand)[0]).ref],
    "screenings": client,
    "screenings:after": incident,
    "screenings:screening": lambda stand: [factories.screening(victim=client(stand)[0]).ref],
    "incidents": client,
    **dict.fromkeys(
        ["incidents:incident", "incidents:files", "incidents:take-off"],
        lambda stand: [factories.incident(victim=client(stand)[0]).ref],
    ),
    **dict.fromkeys(
        ["evidence:files", "evidence:begin", "chronology:chronology", "chronology:pictures"], client
    ),
    **dict.fromkeys(["chronology:put", "chronology:tag"], client),
    "exhibits": lambda stand: [factories.exhibit(victim=client(stand)[0]).ref],
    "exhibits:exhibits": client,
    "exhibits:row": row_of_exhibit,
    "evidence:record": lambda stand: [factories.kept_export(victim=client(stand)[0]).ref, "0"],
    **dict.fromkeys(
        ["evidence:recording", "evidence:play"],
        lambda stand: [factories.original(victim=client(stand)[0], content=factories.SOUND).ref],
    ),
    "evidence:picture": lambda stand: [
        factories.original(victim=client(stand)[0], content=factories.PICTURE).ref
    ],
    "evidence": lambda stand: [factories.original(victim=client(stand)[0]).ref],
    **dict.fromkeys([f"submissions:{name}" for name in ("client", "agree", "end", "make", "made")], client),
    "submissions:revoke": lambda stand: [factories.submission_link(victim=client(stand)[0]).ref],
    "submissions:picture": lambda stand: [
        factories.submitted(victim=client(stand)[0], content=factories.PICTURE).ref
    ],
    "submissions:page": lambda _: [],
    "submissions": lambda stand: [factories.submitted(victim=client(stand)[0]).ref],
    "candidates:candidates": client,
    "candidates:candidate": lambda stand: [factories.candidate(victim=client(stand)[0]).ref],
    "safety": client,
    **dict.fromkeys(
        ["safety:child", "safety:end-child"],
        lambda stand: [factories.child(victim=client(stand)[0]).ref],
    ),
    "safety:settle": lambda stand: [factories.need(victim=client(stand)[0]).ref],
    "safety:support": lambda stand: [factories.need(victim=client(stand)[0]).ref],
    "safety:outcome": lambda stand: [factories.support(victim=client(stand)[0]).ref],
    "agency_links": lambda stand: [factories.agency_link(victim=client(stand)[0]).referral.ref],
    "agency_links:revoke": lambda stand: [factories.agency_link(victim=client(stand)[0]).ref],
    "answer_files": lambda stand: [factories.agency_link(victim=client(stand)[0]).referral.ref],
    "support:refer": lambda stand: [factories.need(victim=client(stand)[0]).ref],
    "support": lambda stand: [factories.referred(victim=client(stand)[0]).ref],
    "team:register": unregistered,
    "team:advocate": colleague,
    "vault:reveal": locator,
    "vault:end": locator,
}


@pytest.fixture
def kit(db: None) -> Account:
    return staff.account()


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
