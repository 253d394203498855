"""Rows for which a name of a return's definitions is there: one person, order or client for each, in a quarter of the year."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, cycle
from typing import Any

from psycopg.types.range import TimestamptzRange
from tests.advocacy import factories as advocacy_of
from tests.partnership import factories as police_of
from tests.partnership.orders import factories as orders_of
from tests.programme import factories

from desist.advocacy.measures.models import Measure as ClientMeasure
from desist.advocacy.safety.models import Need, PlanVersion
from desist.advocacy.team.models import Advocate
from desist.advocacy.victims.models import Allocation as ClientAllocation
from desist.advocacy.victims.models import Consent, Victim
from desist.merges.models import Merge
from desist.partnership.identities.models import IdentityDecision
from desist.partnership.referrals.models import Referral as Sent
from desist.programme.episodes.models import Episode
from desist.programme.leaving.followups.models import FollowUp
from desist.programme.practitioners.models import Practitioner
from desist.programme.referrals.models import Referral
from desist.references import reference
from desist.returns import definitions
from desist.sites import Zone
from desist.ui import dates

AREA = "North"
#: a Monday in the second quarter of the year
MAY = date(2025, 5, 12)
DAY = timedelta(days=1)
NUMBERS = count(1)
FORMS = {"core-10": (30, 9, 25), "gad-7": (20, 9, 18), "pcl-5": (60, 30, 50), "phq-9": (25, 9, 22)}


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=dates.LONDON)


def parts(side: Zone, prefix: str) -> list[str]:
    """Return the codes of a name's parts: "declined." gives every reason."""
    return [one.removeprefix(prefix) for one in definitions.newest(side).names if one.startswith(prefix)]


def of_programme(prefix: str) -> Iterator[str]:
    return iter(parts(Zone.PROGRAMME, prefix))


def referred(**fields: Any) -> Referral:
    """A person of the area under a name of their own, referred in May."""
    named = {"given_names": f"Plant{next(NUMBERS)}", "pnc": "", "area": AREA}
    return factories.referral(**named | {"completed_at": at(MAY), "received_at": at(MAY)} | fields)


def accepted(practitioner: Practitioner | None = None, *, after: int = 3, **fields: Any) -> Episode:
    """A person who was accepted on the day, and allocated so many days later where there is a practitioner."""
    referral = fields.pop("referral", None) or referred()
    episode = factories.episode(referral=referral, practitioner=practitioner, opened_at=at(MAY), **fields)
    episode.allocations.update(made_at=at(MAY + after * DAY))
    return episode


def a_session(episode: Episode, number: int, state: str) -> None:
    """A session of May, five minutes long, at an hour of its own."""
    start = at(MAY + 7 * DAY, 0) + timedelta(minutes=5 * next(NUMBERS))
    make = {"attended": factories.attended, "missed": factories.missed}.get(state, factories.session)
    make(
        episode=episode,
        number=number,
        period=TimestamptzRange(start, start + timedelta(minutes=5)),
    )


def programme() -> None:
    """Every name of the programme's return."""
    ours = Practitioner.objects.filter(area=AREA).earliest("pk")
    _decisions()
    _clocks(ours)
    for number in range(1, 13):
        for state in ("attended", "missed"):
            a_session(accepted(ours), number, state)
    a_session(accepted(ours), 1, "planned")
    _leavers(ours)
    _afterwards(ours)
    for kind in of_programme("concern."):
        kept = "" if kind == "not_asked" else kind
        factories.concern(referral=referred(), kind=kept, raised_at=at(MAY + 3 * DAY))


def _decisions() -> None:
    for source, route in zip(cycle(of_programme("source.")), of_programme("route."), strict=False):
        referred(referrer_kind=source, route=route)
    for reason in of_programme("declined."):
        referred(state="declined", decline_reason=reason)
    referred(state="consultation")
    referred(state="withdrawn", withdraw_reason="moved")
    for years in (20, 30, 40, 50, 60):
        referred(born=date(2025 - years, 1, 1))
    for needs in ([], ["none"], ["interpreter"], ["autism"]):
        referred(need_kinds=needs)


def _clocks(ours: Practitioner) -> None:
    for days in (3, 30):
        episode = accepted(ours, after=days)
        begins = at(MAY + days * DAY, 6, next(NUMBERS) % 60)
        factories.assessment(
            episode=episode,
            period=TimestamptzRange(begins, begins + timedelta(minutes=1)),
            state="finished",
            ended_by="carol",
            ended_at=begins,
        )
    accepted(state="waiting")
    answers: tuple[dict[str, Any], ...] = (
        {"state": "agreed"},
        {"state": "required", "requirement": "Licence, condition 4"},
        {"state": "refused"},
        {
            "state": "withdrawn",
            "withdrawal_reason": "moved",
            "withdrawn_by": "carol",
            "withdrawn_at": at(MAY),
        },
    )
    for said in answers:
        factories.agreement(episode=accepted(ours), answered_on=MAY, **said)


def _leavers(ours: Practitioner) -> None:
    """One for each reason, with the stages, verdicts and goals in turn; one who left without any of it; one who completed."""
    stages = cycle(one for one in parts(Zone.PROGRAMME, "stage.") if one != "not_known")
    verdicts = cycle(range(4))
    aims = cycle(((), ("reached",), ("reached", "open"), ("open",), ("reached", "dropped")))
    for reason in of_programme("reason."):
        gone = accepted(ours, state="left", ended_at=at(MAY + 30 * DAY))
        a_session(gone, 1, "attended")
        if reason != "not_known":
            factories.leaving(
                episode=gone,
                state="ended",
                by="person",
                reason=reason,
                phase=next(stages),
                held_until=None,
                ended_at=at(MAY + 30 * DAY),
            )
        _measured(gone, next(verdicts))
        for state in next(aims):
            factories.goal(episode=gone, state=state)
    accepted(ours, state="left", ended_at=at(MAY + 30 * DAY))
    accepted(ours, state="completed", ended_at=at(MAY + 30 * DAY))


def _measured(episode: Episode, verdict: int) -> None:
    """Fill in each form at the beginning and the end: improved, the same, worse, or never at the end."""
    for form, (high, low, near) in FORMS.items():
        first, last = ((high, low), (high, near), (low, high), (high, None))[verdict]
        factories.measure(episode=episode, instrument=form, total=first)
        if last is not None:
            factories.measure(episode=episode, instrument=form, total=last, occasion="closing")


def _afterwards(ours: Practitioner) -> None:
    """One follow-up for each way in which it ended, and for what became known."""
    known = {"reached": ("something", "nothing"), "declined": ("nothing",)}
    for outcome in of_programme("followed."):
        for one in known.get(outcome, ("nobody_asked",)):
            gone = accepted(ours, state="completed", ended_at=at(MAY))
            recorded: dict[str, Any] = {"outcome": outcome, "known": one, "recorded_by": "carol"}
            recorded |= {"recorded_at": at(MAY), "tried_on": MAY}
            recorded |= {"sources": [] if one == "nobody_asked" else ["police"]}
            if one == "something":
                recorded |= {"concern": factories.concern(referral=gone.referral, raised_at=at(MAY))}
            said = {} if outcome == "not_recorded" else recorded
            FollowUp.objects.create(episode=gone, months=6, due_on=MAY, made_at=at(MAY), **said)


def sent(day: date = MAY, *, answered: int | None = None, **fields: Any) -> Sent:
    """A referral of the police under a name of its own, decided so many days later."""
    named = {"given_names": f"Plant{next(NUMBERS)}", "pnc": "", "area": AREA}
    if answered is not None:
        fields |= {"state": "accepted", "decided_at": at(day + answered * DAY)}
    return police_of.referral(**named | {"sent_at": at(day)} | fields)


def partnership() -> None:
    """Every name of the return of the police."""
    days = {"area": AREA, "applied_on": MAY}
    made = days | {"made_on": MAY, "served_on": MAY + DAY}
    for state in ("applied", "refused", "withdrawn"):
        orders_of.applied(**days | {"state": state})
    for how in parts(Zone.PARTNERSHIP, "full."):
        if how.partition(".")[0] not in ("served", "unserved"):
            order = orders_of.in_force(**made | {"how_made": how})
    for wait in (1, 5):
        orders_of.interim(main=order, **made | {"served_on": MAY + wait * DAY, "ends_on": MAY + 90 * DAY})
        orders_of.in_force(**made | {"served_on": MAY + wait * DAY})
    orders_of.made(**days | {"made_on": MAY})
    orders_of.made(**days | {"made_on": MAY, "kind": "interim"})
    for given in (None, MAY, MAY + DAY):
        ticket = {"acknowledgement": "A1", "given_on": given} if given else {}
        orders_of.duty(order=order, due_on=MAY, began_on=MAY - 3 * DAY, **ticket)
    for decision in parts(Zone.PARTNERSHIP, "breach."):
        decided = {
            "decision": decision,
            "decided_by": "carol",
            "decided_at": at(MAY),
            "reason": "As recorded",
        }
        orders_of.breach(
            order=order, reported_on=MAY, happened_on=MAY, **({} if decision == "undecided" else decided)
        )
    for answered in (14, 15, -1):
        sent(answered=answered)
    _identities()


def _identities() -> None:
    for decision, told in (("tell", MAY), ("tell", None), ("later", None), ("not", None)):
        said: dict[str, Any] = {"told_on": told, "told_how": "in_person", "told_by": "carol"} if told else {}
        if decision == "tell":
            said |= {"plan_on": MAY, "plan_with": "advocate"}
        IdentityDecision.objects.create(
            area=AREA,
            crime_reference="45/01234/25",
            decision=decision,
            reason="As recorded",
            decided_by="carol",
            decided_at=at(MAY),
            submission=reference(),
            **said,
        )


def client(*, reached: int | None = 3, agreed: bool = True, **fields: Any) -> Victim:
    """A client who came in May, was reached so many hours later, and agreed to be counted."""
    moment = fields.setdefault("received_at", at(MAY))
    if reached is not None:
        fields = {"state": "open", "first_contact_at": moment + timedelta(hours=reached)} | fields
    made = advocacy_of.victim(locators=(), area=AREA, **fields)
    if agreed and reached is not None:
        Consent.objects.create(
            victim=made,
            purpose="evaluation",
            given_on=MAY,
            how="phone",
            recorded_by="fable",
            recorded_at=moment,
        )
    return made


def advocacy() -> None:
    """Every name of an advocacy service's return."""
    for way in parts(Zone.ADVOCACY, "way."):
        client(way_in=way)
    client(reached=None)
    client(reached=60)
    held = client(reached=60)
    held.pauses.create(
        reason="not_safe", began_by="carol", began_at=at(MAY, 12), ended_by="carol", ended_at=at(MAY + DAY)
    )
    for reason in parts(Zone.ADVOCACY, "closed."):
        client(state="closed", closed_at=at(MAY + 30 * DAY), close_reason=reason)
    advocate = Advocate.objects.filter(area=AREA).earliest("pk")
    ClientAllocation.objects.create(victim=client(), advocate=advocate, made_by="carol", made_at=at(MAY))
    _needs()
    _ratings()
    _news()
    _packs()


def _needs() -> None:
    first, later = client(), client()
    for victim, trained in ((first, True), (later, True), (later, False)):
        advocacy_of.screening(victim=victim.ref, rated_on=MAY + 3 * DAY, rater_trained=trained)
    for victim, saved in ((first, MAY), (later, MAY - 90 * DAY), (later, MAY)):
        number = victim.plans.count() + 1
        PlanVersion.objects.create(
            victim=victim, number=number, words=b"", review_on=MAY, saved_by="carol", saved_at=at(saved)
        )
    for states in (("met",), ("met", "not_met"), ("partly",), ("declined", "not_met")):
        victim = client()
        for state in states:
            row = advocacy_of.need(victim=victim.ref)
            Need.objects.filter(pk=row.pk).update(state=state, closed_at=at(MAY + 7 * DAY))


def _ratings() -> None:
    for occasions in (("start", "review"), ("closing",), ("start",), ("between",)):
        victim = client()
        for occasion in occasions:
            row = advocacy_of.measure(victim=victim.ref)
            ClientMeasure.objects.filter(pk=row.pk).update(occasion=occasion, taken_on=MAY + DAY)


def _news() -> None:
    """News told at once, late, over a hold, and not told yet; and what later news overtook."""
    told = {"state": "told"}
    for days, enhanced in ((0, True), (3, True), (3, False)):
        victim = client(enhanced=enhanced)
        advocacy_of.update(victim=victim.ref, received_at=at(MAY), settled_at=at(MAY + days * DAY), **told)
    held = client(enhanced=True)
    held.pauses.create(reason="not_safe", began_by="carol", began_at=at(MAY), ended_by="", ended_at=None)
    advocacy_of.update(victim=held.ref, received_at=at(MAY))
    advocacy_of.update(victim=held.ref, received_at=at(MAY), state="overtaken", settled_at=at(MAY + 40 * DAY))


def _packs() -> None:
    """Reports with a reference in time, with a call the next day, and with neither."""
    for answered, rung in ((2, None), (9, 20), (9, None)):
        incident = advocacy_of.incident(victim=client().ref)
        pack = advocacy_of.pack(incident=incident.ref)
        pack.sent_at, pack.answered_at = at(MAY), at(MAY) + timedelta(hours=answered)
        pack.state, pack.crime_reference = "recorded", "45/01234/25"
        pack.save()
        if rung:
            called = at(MAY) + timedelta(hours=rung)
            pack.calls.create(whom="Sgt Lark Penhale", by="carol", at=called, submission=reference())
    row = advocacy_of.disclosure(victim=client().ref)
    row.state, row.sent_at = "sent", at(MAY)
    row.save()


def merged(first: Any, second: Any) -> None:
    """Two people said that both records are of one person."""
    Merge.objects.create(
        area=AREA,
        table=first._meta.db_table,
        first=first.ref,
        second=second.ref,
        state="stands",
        asked_by="carol",
        asked_at=at(MAY),
        answered_by="dora",
        answered_at=at(MAY),
        submission=reference(),
    )
