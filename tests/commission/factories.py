"""Returns that came to a commission, for tests."""

from datetime import date, datetime
from typing import Any

from tests import staff

from desist.commission.force_tables.models import ForceTable
from desist.commission.grants.models import Grant
from desist.commission.returns.models import Question, ServiceReturn
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


def service() -> Partner:
    """The programme in the commission's register."""
    made, _ = Partner.objects.get_or_create(
        name=SERVICE,
        defaults={
            "zone": "programme",
            "title": "Northmere service",
            "transport": "by_hand",
            "phone": "01632 960 003",
            "area": staff.AREA,
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
