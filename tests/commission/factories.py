"""Returns that came to a commission, for tests."""

from datetime import date, datetime, timedelta
from typing import Any

from tests import staff

from desist.commission.extracts.models import OutcomeExtract, PoliceOutcomes, Study
from desist.commission.force_tables.models import ForceTable
from desist.commission.grants.models import Grant
from desist.commission.returns.models import Question, ServiceReturn
from desist.extracts import dictionary, police
from desist.post import payloads
from desist.post.models import Partner
from desist.references import reference
from desist.ui import dates

SERVICE = "northmere-programme"
AT = datetime(2026, 10, 12, 9, 30, tzinfo=dates.LONDON)
#: as `desist.returns.figures` writes them
FIGURES = (
    *(
        "quarter received 60",
        "quarter source.police 48",
        "quarter source.probation 12",
        "quarter accepted 40",
    ),
    *("quarter declined 20", "quarter assessed 36", "quarter assessed.in_time 30", "quarter started 30"),
    *("quarter there 52", "quarter left 22", "quarter completed 12", "quarter attended 190"),
    *(f"quarter attended.{number} {30 - number}" for number in range(1, 13)),
    *("four received 231", "four completed 44"),
)


def service(area: str = staff.AREA) -> Partner:
    """The programme of an area in the commission's register."""
    made, _ = Partner.objects.get_or_create(
        name=SERVICE if area == staff.AREA else f"{area}-programme",
        defaults={
            "zone": "programme",
            "title": "Northmere service",
            "transport": "by_hand",
            "phone": "01632 960 003",
            "area": area,
            "added_at": AT,
        },
    )
    return made


def came(**fields: Any) -> ServiceReturn:
    """A return that came."""
    made = {
        "area": staff.AREA,
        "sender": SERVICE,
        "thread": reference(),
        "quarter": date(2026, 7, 1),
        "number": 1,
        "definitions": "2026-12",
        "counted_at": AT,
        "figures": list(FIGURES),
        "days": ["assessed 9 4 13"],
        "moved": "same",
        "arrived_at": AT,
    }
    return ServiceReturn.objects.create(**made | fields)


def came_with_outcomes(**fields: Any) -> ServiceReturn:
    """A return of a small service: its measures and goals are told over four quarters alone."""
    told = ("left.started 60", "gad-7.improved 15", "goals.all 25", "goals.some 20")
    judged = ("improved 18", "same 12", "worse 10", "apart 20")
    figures = [f"four {one}" for one in (*told, *(f"core-10.{one}" for one in judged))]
    return came(**{"definitions": "2026-12-3", "figures": figures, "days": []} | fields)


def entered(**fields: Any) -> ServiceReturn:
    """A return that was entered by hand."""
    made = {"entered_by": "carol", "told_by": "R. Fenwick, Northmere service", "submission": reference()}
    figures = ["quarter received 60", "quarter accepted 40", "four received 231"]
    return came(**{"figures": figures, "days": [], "moved": ""} | made | fields)


def force() -> Partner:
    """The police in the commission's register."""
    made, _ = Partner.objects.get_or_create(
        name="northmere-police",
        defaults={
            "zone": "partnership",
            "title": "Northmere Police",
            "transport": "by_hand",
            "phone": "01632 960 001",
            "area": staff.AREA,
            "added_at": AT,
        },
    )
    return made


def came_from_the_police(**fields: Any) -> ServiceReturn:
    """A return of the police that came."""
    figures = (
        "applied 24",
        "full 20",
        "full.served 15",
        "full.served.in_time 15",
        "breaches 31",
        "referrals 48",
    )
    made = {"figures": [f"quarter {one}" for one in figures], "days": ["full.served 1 0 1"]}
    return came(sender=force().name, definitions="police-2026-12", **made | fields)


def advocates() -> Partner:
    """The advocacy service in the commission's register."""
    made, _ = Partner.objects.get_or_create(
        name="harbour-advocacy",
        defaults={
            "zone": "advocacy",
            "title": "Harbour Advocacy",
            "transport": "by_hand",
            "phone": "01632 960 004",
            "area": staff.AREA,
            "added_at": AT,
        },
    )
    return made


def came_from_advocates(**fields: Any) -> ServiceReturn:
    """A return of an advocacy service that came."""
    figures = ("received 48", "way.police 31", "plans 30", "plans.made 18", "plans.reviewed 12")
    made = {"figures": [f"quarter {one}" for one in figures], "days": [], "moved": "a_few"}
    return came(sender=advocates().name, definitions="advocacy-2026-12", **made | fields)


def question(*, of: ServiceReturn, **fields: Any) -> Question:
    """A question about a return."""
    made = {"token": reference(), "question": "Why did fewer people start?", "submission": reference()}
    return Question.objects.create(of=of, **made | {"asked_by": "carol", "asked_at": AT} | fields)


def grant(**fields: Any) -> Grant:
    """A grant for the service, £1,000 a day."""
    made = {"service": SERVICE, "giver": "Home Office", "pounds": 365_000, "submission": reference()}
    days = {"first_day": date(2026, 4, 1), "last_day": date(2027, 3, 31)}
    return Grant.objects.create(
        **{"area": staff.AREA, "entered_by": "carol", "entered_at": AT} | made | days | fields
    )


def force_table(**fields: Any) -> ForceTable:
    """A published table of recorded offences."""
    made = {"counts": "recorded", "source": "Home Office, open data, January 2026", "submission": reference()}
    table = {"table": "Police force,2023-24,2024-25,Rate\nKent,2900,3100,1%\nnorthmere,800,n/a,2%\n"}
    return ForceTable.objects.create(
        **{"area": staff.AREA, "entered_by": "carol", "entered_at": AT} | made | table | fields
    )


def extract_sent(**fields: Any) -> payloads.OutcomeExtract:
    """An extract as a service sends it: 30 people on the programme and 10 on the waiting list, eight of them known to the police."""
    episodes: list[str] = []
    events: list[str] = []
    for number in range(40):
        person = f"{number + 170:016x}"
        quarter = date(2025, 1 + 3 * (number % 2), 1)
        accepted = quarter + timedelta(days=7 + number % 5)
        waits = number >= 30
        start = "" if waits else (accepted + timedelta(days=14)).isoformat()
        ended = "" if waits else (accepted + timedelta(days=120)).isoformat()
        reason = "" if waits else dictionary.COMPLETED
        arm = dictionary.WAITING if waits else dictionary.PROGRAMME
        days = (quarter.isoformat(), accepted.isoformat(), start, ended)
        episodes.append(",".join((person, *days, reason, staff.AREA, arm, "25 to 34")))
        if number % 5 == 0:
            events.append(f"{person},{accepted + timedelta(days=60 + number)},stalking,police")
        elif number % 10 == 1:
            events.append(f"{person},{accepted + timedelta(days=30)},stalking,self")
    made: dict[str, Any] = {
        "area": staff.AREA,
        "number": 1,
        "agreement": "Evaluation of the Northmere service",
        "evaluator": "University of Northmere",
        "until": date(2028, 3, 31),
        "joins": False,
        "edition": dictionary.EDITION,
        "data_cut": date(2026, 10, 1),
        "left_out": ("again 2", "too_small 1"),
        "episodes": tuple(episodes),
        "events": tuple(events),
        "gaps": (),
    }
    return payloads.OutcomeExtract(**made | fields)


def extract(**fields: Any) -> OutcomeExtract:
    """An extract that came."""
    told = extract_sent()
    made = {
        name: getattr(told, name)
        for name in ("area", "number", "agreement", "evaluator", "until", "joins", "edition", "data_cut")
    }
    lines = {
        "episode_lines": "\n".join(told.episodes),
        "event_lines": "\n".join(told.events),
        "left_out": list(told.left_out),
        "people": len(told.episodes),
    }
    came = {"sender": SERVICE, "thread": reference(), "arrived_at": AT}
    return OutcomeExtract.objects.create(**made | lines | came | fields)


def outcomes_sent(**fields: Any) -> payloads.PoliceOutcomes:
    """What the police tell of the 40 people of `extract_sent`: five convicted, five charged, ten with a breach acted on."""
    people = tuple(f"{number + 170:016x}" for number in range(40))
    recorded: list[str] = []
    known = [people[number * 3 % 40] for number in range(25)]  # of both arms
    for number, person in enumerate(known):
        day = date(2025, 6, 1) + timedelta(days=number)
        decision = "under inquiry" if number >= 20 else "acted on"
        recorded.append(f"{person},{day},breach,{decision}")
        recorded += [f"{person},{day},stalking,"] if number < 20 and number % 2 else []
        recorded += [f"{person},{day + timedelta(days=20)},charged,"] if number < 10 else []
        recorded += [f"{person},{day + timedelta(days=90)},convicted,"] if number < 5 else []
    orders = tuple(f"{person},2025-04-20,,full" for person in known)
    made: dict[str, Any] = {
        "area": staff.AREA,
        "number": 1,
        "token": "token-of-the-extract",
        "agreement": "Evaluation with the police",
        "evaluator": "University of Northmere",
        "until": date(2028, 3, 31),
        "edition": police.EDITION,
        "left_out": (),
        "people": people,
        "recorded": tuple(recorded),
        "orders": orders,
    }
    return payloads.PoliceOutcomes(**made | fields)


def police_outcomes(*, of: OutcomeExtract, **fields: Any) -> PoliceOutcomes:
    """What a force recorded of people of an extract."""
    told = outcomes_sent()
    made = {name: getattr(told, name) for name in ("agreement", "until", "edition")}
    lines = {
        "people_lines": "\n".join(told.people),
        "recorded_lines": "\n".join(told.recorded),
        "order_lines": "\n".join(told.orders),
        "left_out": ["not_found 5", "no_convicted 0"],
        "people": len(told.people),
    }
    came = {"sender": force().name, "thread": reference(), "arrived_at": AT}
    return PoliceOutcomes.objects.create(of=of, **made | lines | came | fields)


def study(*, of: OutcomeExtract, **fields: Any) -> Study:
    """A study of an extract, whose annex says nothing."""
    plan = {"time_zero": "eligible", "horizon": 365, "lag_days": 30, "sources": "police"}
    made = {
        "number": 1,
        "after_events": False,
        "files": '{"annex.html": "<!DOCTYPE html><html lang=\\"en-GB\\"><head><title>Annex</title></head><body><main><h1>Annex</h1></main></body></html>"}',
        "submission": reference(),
        "made_by": "carol",
        "made_at": AT,
    }
    return Study.objects.create(of=of, **plan | made | fields)
