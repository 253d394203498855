"""The register of orders of the synthetic area: one order in each state that a coordinator meets. All invented."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desist.orders import days
from desist.partnership.orders.models import Order
from desist.partnership.people.models import Person
from desist.partnership.referrals.models import Referral
from desist.ui.dates import LONDON
from tools.synthetic.cases import Case
from tools.synthetic.numbering import Numbering

COORDINATOR = "staffq03"
AREA = "North"
COURT = "Northmere Magistrates’ Court"
TWO_YEARS = timedelta(days=731)
NO_CONTACT = "Not to contact the protected person, directly or through anyone else, by any means"
ATTEND = "To attend the programme that the police name, up to twelve sessions, and to work in them"
STAY_AWAY = "Not to enter the area shown on the map A that the court holds"


@dataclass(frozen=True)
class Scene:
    """The person of an order, and the day on which the page shows it."""

    case: Case
    today: date
    numbering: Numbering

    def order(self, **facts: object) -> Order:
        """Write a full order about the person, with two conditions."""
        answers = self.case.answers
        at = datetime.combine(self.today, time(9), LONDON)
        person, _ = Person.objects.get_or_create(
            area=AREA,
            given_names=answers.given_names,
            family_name=answers.family_name,
            born=answers.born,
            defaults={"ref": self.numbering.ref(), "added_by": COORDINATOR, "added_at": at},
        )
        known = {
            "kind": "full",
            "how_made": "application",
            "force": "Kent",
            "nexus": "resides",
            "court": COURT,
            "token": self.numbering.ref(),
            "submission": self.numbering.ref(),
            "started_by": COORDINATOR,
            "started_at": at,
        }
        order = Order.objects.create(ref=self.numbering.ref(), area=AREA, person=person, **known | facts)
        order.protected.create(crime_reference=f"45/{self.numbering.ref()[:4]}/26".upper(), standing="victim")
        self.condition(order, 1, "prohibition", NO_CONTACT, "contact")
        self.condition(order, 2, "requirement", ATTEND, "programme")
        self.happened(order, "Entered as a draft", order.applied_on or self.today)
        for title, day in (
            ("Applied for", order.applied_on),
            ("Made by the court", order.made_on),
            ("Served", order.served_on),
        ):
            if day:
                self.happened(order, title, day)
        return order

    def condition(self, order: Order, number: int, kind: str, text: str, channel: str) -> None:
        """Write one condition that was checked against all three."""
        order.conditions.create(
            ref=self.numbering.ref(),
            number=number,
            kind=kind,
            text=text,
            channel=channel,
            area_kinds=["map"] if channel == "area" else [],
            area_words="The area on the court’s map A" if channel == "area" else "",
            necessity="So many messages in a few weeks that the protected person left home rarely",
            checked=["religion", "work", "education"],
        )

    def happened(self, order: Order, title: str, on: date) -> None:
        """Write a line of the order's history."""
        order.happenings.create(on=on, at=datetime.combine(on, time(10), LONDON), by=COORDINATOR, title=title)

    def duty(self, order: Order, served: date, given: date | None = None) -> None:
        """Write the first duty to notify."""
        order.notifications.create(
            ref=self.numbering.ref(),
            kind="first",
            began_on=served,
            due_on=days.last_day(beginning=served, days=3),
            given_on=given,
            station="Northmere" if given else "",
            received_by="Front counter" if given else "",
            acknowledgement="NM-0042" if given else "",
        )

    def ago(self, days: int) -> date:
        """Return a day before today."""
        return self.today - timedelta(days=days)


def write(cases: Iterable[Case]) -> None:
    """Write the orders, about people whom the area's police referred."""
    here = [case for case in cases if case.story.area == AREA and case.story.state == "accepted"]
    if not here:
        return
    today = max(case.sent_at for case in here).astimezone(LONDON).date() + timedelta(days=1)
    for plan, case in zip(PLANS, here, strict=False):
        plan(Scene(case, today, Numbering(seed=f"orders of {case.police_ref}")))


#: what followed the decided breach: step, offence, days ago; the hearing lies ahead
STEPS = (("arrested", "", 60), ("charged", "breach", 59), ("hearing", "", -9))


def _in_force(scene: Scene) -> Order:
    """Write an order served, notified, linked to the referral, with a decided breach and a waiting one."""
    served = scene.ago(150)
    order = scene.order(
        state="in_force",
        referral=Referral.objects.get(ref=scene.case.police_ref),
        applied_on=scene.ago(170),
        made_on=scene.ago(151),
        ends_on=scene.ago(151) + TWO_YEARS,
        served_on=served,
        served_how="in_person",
    )
    scene.condition(order, 3, "prohibition", STAY_AWAY, "area")
    scene.duty(order, served, given=served + timedelta(days=1))
    told = scene.case.told.breach if scene.case.told else {}
    for conditions, past, decision in (([1], 60, "charge"), ([3], 4, "")):
        at = datetime.combine(scene.ago(past), time(12), LONDON)
        breach = order.breaches.create(
            ref=scene.numbering.ref(),
            conditions=conditions,
            happened_on=scene.ago(past + 1),
            reported_on=scene.ago(past),
            source="officer" if decision else "public",
            channel="contact" if decision else "area",
            account=told.get("charged" if decision else "reported", ""),
            excuse=told.get("excuse", "") if decision else "",
            victim_contact=bool(decision),
            also_stalking=True if decision else None,
            crime_reference="45/0777/26" if decision else "",
            decision=decision,
            decided_by=COORDINATOR if decision else "",
            decided_at=at if decision else None,
            reason="Calls from a withheld number, traced" if decision else "",
            submission=scene.numbering.ref(),
            recorded_by=COORDINATOR,
            recorded_at=at,
        )
        for kind, detail, day in STEPS if decision else ():
            said = {"kind": kind, "detail": detail, "on": scene.ago(day), "officer": COORDINATOR}
            breach.steps.create(**said, submission=scene.numbering.ref(), by=COORDINATOR, at=at)
    return order


def _not_notified(scene: Scene) -> Order:
    served = scene.ago(5)
    order = scene.order(
        state="in_force",
        applied_on=scene.ago(20),
        made_on=scene.ago(6),
        served_on=served,
        served_how="at_court",
    )
    scene.duty(order, served)
    return order


def _interim_gap(scene: Scene) -> Order:
    """Write an application with an interim order that ends four days before the hearing."""
    full = scene.order(state="applied", applied_on=scene.ago(12), hearing_on=scene.today + timedelta(days=25))
    interim = scene.order(
        kind="interim",
        main=full,
        state="in_force",
        applied_on=scene.ago(12),
        made_on=scene.ago(8),
        ends_on=scene.today + timedelta(days=21),
        hearing_on=scene.today + timedelta(days=25),
        served_on=scene.ago(7),
        served_how="at_court",
    )
    scene.duty(interim, scene.ago(7), given=scene.ago(6))
    return full


def _made(scene: Scene) -> Order:
    order = scene.order(
        state="made", applied_on=scene.ago(30), made_on=scene.ago(1), ends_on=scene.ago(1) + TWO_YEARS
    )
    scene.condition(order, 3, "prohibition", STAY_AWAY, "area")
    return order


def _review(scene: Scene) -> Order:
    ends = scene.today + timedelta(days=50)
    served = ends - TWO_YEARS + timedelta(days=2)
    order = scene.order(
        state="in_force",
        applied_on=served - timedelta(days=20),
        made_on=served - timedelta(days=1),
        ends_on=ends,
        served_on=served,
        served_how="in_person",
    )
    scene.duty(order, served, given=served)
    order.applications.create(
        ref=scene.numbering.ref(),
        kind="renew",
        by="police",
        filed_on=scene.ago(3),
        hearing_on=scene.today + timedelta(days=18),
        submission=scene.numbering.ref(),
    )
    return order


def _draft(scene: Scene) -> Order:
    return scene.order(state="draft")


def _discharged(scene: Scene) -> Order:
    served = scene.ago(900)
    order = scene.order(
        state="discharged",
        applied_on=scene.ago(920),
        made_on=scene.ago(901),
        served_on=served,
        served_how="in_person",
        closed_on=scene.ago(30),
    )
    scene.duty(order, served, given=served + timedelta(days=2))
    return order


PLANS: tuple[Callable[[Scene], Order], ...] = (
    _not_notified,
    _interim_gap,
    _made,
    _review,
    _in_force,
    _draft,
    _discharged,
)
