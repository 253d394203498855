"""One measured process: `python -m tools.bench.returns_work before`, `service`, `page` or `study` prints its figures as JSON."""

import json
import resource
import sys
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import django
from django.db import connection

from tools.bench import processor_time

if TYPE_CHECKING:
    from django.test import Client

    from desist.wall.actors import Actor

AREA, MANAGER, EXECUTIVE = "North", "staffp01", "staffp02"
COMMISSIONER, EVALUATOR = "staffc01", "staffc02"
READER = "bench-commission"
TIMES = 15
PRESSES = 3
#: some of what a study is
FILES = {"annex.html", "balance.csv", "results.json"}
#: the plan of the study
PLAN = {"time_zero": "eligible", "horizon": "365", "sources": "police", "lag_days": "30"}
SQL = """
    SELECT count(*), count(e.id), count(*) FILTER (WHERE r.state = 'declined'),
           count(*) FILTER (WHERE EXISTS (SELECT FROM programme_session s WHERE s.episode_id = e.id AND s.number = 1 AND s.state = 'attended')),
           (SELECT count(*) FROM programme_episode WHERE opened_at < %(b)s AND (ended_at IS NULL OR ended_at >= %(b)s)),
           (SELECT count(*) FROM programme_session WHERE lower(period) >= %(a)s AND lower(period) < %(b)s AND state <> 'cancelled')
    FROM programme_referral r LEFT JOIN programme_episode e ON e.referral_id = r.id
    WHERE r.area = 'North' AND r.completed_at >= %(a)s AND r.completed_at < %(b)s
"""


def before() -> dict[str, float]:
    """Count three quarters by the command of the page, and let them stand as sent."""
    from desist.quarterly.kinds import kind  # noqa: PLC0415 -- models load only after Django is set up

    at = datetime.now(UTC)
    for back in (4, 3, 2):
        ref = _count(back, at)
        kind().model.objects.filter(ref=ref).update(
            state="sent", signed_by=MANAGER, signed_at=at, sent_by=EXECUTIVE, sent_at=at, partner=READER
        )
    return {"sent": float(kind().model.objects.count())}


def service() -> dict[str, float]:
    """Count the last quarter by the command of the page, beside counting and releasing alone: A B B A; the floor is six figures by SQL."""
    from desist.quarterly import commands  # noqa: PLC0415 -- models load only after Django is set up

    at = datetime.now(UTC)
    floor, episodes, sessions = _floor(at)
    taken: dict[str, list[tuple[float, float]]] = {"command": [], "alone": []}
    memory = 0.0
    for turn in ("command", "alone", "alone", "command"):
        began, spent, ref = time.perf_counter(), _processor(), ""
        if turn == "command":
            ref = _count(1, at)
        else:
            _alone(at)
        taken[turn].append((time.perf_counter() - began, _processor() - spent))
        # of the command, which comes first
        memory = memory or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        if ref:  # so that it can be counted again
            commands.set_aside(actor=_manager(), ref=ref, at=at)
    means = {turn: [sum(one) / len(one) for one in zip(*found, strict=True)] for turn, found in taken.items()}
    return {
        "episodes": episodes,
        "sessions": sessions,
        "return": means["command"][0],
        "processor": means["command"][1],
        "alone": means["alone"][0],
        "memory": memory,
        "floor": floor,
    }


def _floor(at: datetime) -> tuple[float, float, float]:
    """Seconds of six figures by SQL; and how many episodes and sessions there are."""
    from desist.returns import quarters  # noqa: PLC0415 -- models load only after Django is set up

    quarter = quarters.of(at.date()).later(-1)
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"a": quarter.first, "b": quarter.later(1).first})
        cursor.fetchone()
        floor = time.perf_counter() - began
        cursor.execute(
            "SELECT (SELECT count(*) FROM programme_episode), (SELECT count(*) FROM programme_session)"
        )
        return (floor, *cursor.fetchone())


def _count(back: int, at: datetime) -> str:
    """Count a quarter as the page does, so many quarters ago; the reference."""
    from desist.quarterly import commands  # noqa: PLC0415 -- models load only after Django is set up
    from desist.references import reference  # noqa: PLC0415 -- as above
    from desist.returns import quarters  # noqa: PLC0415 -- as above

    quarter = quarters.of(at.date()).later(-back)
    return commands.count(
        actor=_manager(), quarter=quarter, complete=True, why="", submission=reference(), at=at
    )


def _manager() -> "Actor":
    from desist.wall.actors import Actor, Role  # noqa: PLC0415 -- models load only after Django is set up

    return Actor(who=MANAGER, role=Role.MANAGER, area=AREA, correlation=uuid.uuid4())


def _alone(at: datetime) -> None:
    """Count the last quarter and decide what may leave as if nothing had ever left."""
    from desist.quarterly import release  # noqa: PLC0415 -- models load only after Django is set up
    from desist.quarterly.kinds import kind  # noqa: PLC0415 -- as above
    from desist.returns import definitions, quarters  # noqa: PLC0415 -- as above

    quarter, edition = quarters.of(at.date()).later(-1), definitions.newest(kind().side)
    (found,) = kind().counted(_manager(), [quarter], edition, at)
    release.leaving(release.Count("new", quarter, 1, edition.version, found), sent=[])


def _processor() -> float:
    """Seconds of processor time of this process and of its database process so far."""
    login = str(connection.settings_dict["USER"])
    return time.process_time() + processor_time.of_back_ends(login)


def page() -> dict[str, float]:
    """Open a return with every figure and three quarters before it, signed in, as a browser does: the median of some times."""
    from desist.commission.returns.models import ServiceReturn  # noqa: PLC0415 -- models load only after Django is set up

    ref = _returns()
    client = _browser(COMMISSIONER)
    spent, floor = [], []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = client.get(f"/returns/{ref}/")
        spent.append(time.perf_counter() - began)
        if answer.status_code != 200 or "From referral to end" not in answer.content.decode():
            raise SystemExit(f"The page answered {answer.status_code}")
        began = time.perf_counter()
        json.dumps(ServiceReturn.objects.values_list("figures", flat=True).get(ref=ref))
        floor.append(time.perf_counter() - began)
    return {"page": 1000 * sorted(spent)[TIMES // 2], "page_floor": 1000 * sorted(floor)[TIMES // 2]}


def _returns() -> str:
    """Four quarters of returns in which no number is withheld; the reference of the newest."""
    from desist.commission.returns.models import ServiceReturn  # noqa: PLC0415 -- models load only after Django is set up
    from desist.references import reference  # noqa: PLC0415 -- as above
    from desist.returns import definitions, quarters  # noqa: PLC0415 -- as above
    from desist.sites import Zone  # noqa: PLC0415 -- as above

    at = datetime.now(UTC)
    edition = definitions.newest(Zone.PROGRAMME)
    for back in (4, 3, 2, 1):
        row = ServiceReturn.objects.create(
            area=AREA,
            sender="northmere-programme",
            thread=reference(),
            quarter=quarters.of(at.date()).later(-back).first,
            number=1,
            definitions=edition.version,
            counted_at=at,
            figures=[
                f"{span} {name} {40 + back}" for span in ("quarter", "four") for name in edition.leaving
            ],
            days=["assessed 9 4 13", "allocated 6 3 11"],
            moved="same",
            arrived_at=at,
        )
    return str(row.ref)


def study() -> dict[str, float]:
    """Press an evaluator's "Make the study", signed in, for an extract of as many people as the order says: the median of some times."""
    from desist.commission.extracts.models import Study  # noqa: PLC0415 -- models load only after Django is set up

    ref = _extract(int(sys.argv[2]))
    client = _browser(EVALUATOR)
    client.get(f"/extracts/{ref}/study/")
    taken = []
    for number in range(1, PRESSES + 1):
        began, spent = time.perf_counter(), _processor()
        answer = client.post(f"/extracts/{ref}/study/", PLAN | {"form_submission": f"press {number}"})
        taken.append((time.perf_counter() - began, _processor() - spent))
        made = Study.objects.filter(of__ref=ref, number=number).values_list("files", flat=True).first()
        if answer.status_code != 302 or not made or not set(json.loads(made)) >= FILES:
            raise SystemExit(f"The study answered {answer.status_code}")
    wall, processor = sorted(taken)[PRESSES // 2]
    return {"study": wall, "study_processor": processor}


def _extract(people: int) -> str:
    """An extract of made-up people in two arms, with every column and some gaps; its reference."""
    from desist.commission.extracts.models import OutcomeExtract  # noqa: PLC0415 -- models load only after Django is set up
    from desist.extracts import dictionary  # noqa: PLC0415 -- as above
    from tools.bench.made_up import CUT, extract_lines  # noqa: PLC0415 -- as above

    episodes, events, gaps = extract_lines(people=people, area=AREA)
    at = datetime.now(UTC)
    row = OutcomeExtract.objects.create(
        area=AREA,
        sender="northmere-programme",
        thread=f"study {people}",
        number=1,
        agreement="Evaluation of the bench",
        evaluator="University of the bench",
        until=at.date() + timedelta(days=365),
        joins=False,
        edition=dictionary.EDITION,
        data_cut=CUT,
        left_out=[],
        people=people,
        episode_lines="\n".join(episodes),
        event_lines="\n".join(events),
        gap_lines="\n".join(gaps),
        arrived_at=at,
    )
    return str(row.ref)


def _browser(account: str) -> "Client":
    """A browser in which the account is signed in."""
    from django.test import Client  # noqa: PLC0415 -- models load only after Django is set up

    from tools.bench.pages_plan import sign_in  # noqa: PLC0415 -- as above

    client = Client(headers={"host": "commission.localhost"})
    for name, value in sign_in(account).items():
        client.cookies[name] = value
    return client


if __name__ == "__main__":
    django.setup()
    work = {"before": before, "service": service, "page": page, "study": study}[sys.argv[1]]
    sys.stdout.write(json.dumps(work()))
