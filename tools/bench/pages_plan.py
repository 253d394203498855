"""Run in a programme of the bench: print as JSON who asks, what is asked, and which rows each answer must hold.

Plain SQL finds every expected reference, so that neither server is its own judge.
"""

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import django
from django.db import connection

MANAGER, AREA = "staffp01", "North"
PAGES, PEOPLE, SESSIONS, A_PAGE = 20, 40, 24, 30
OPEN = "('waiting', 'allocated', 'in_sessions')"


def main() -> None:
    """Sign a manager and a practitioner in, choose what is asked, count the queries, print."""
    django.setup()
    practitioner, sessions = busiest()
    people = {"manager": sign_in(MANAGER), "practitioner": sign_in(practitioner)}
    work = {"B1": caseload(), "B2": opened(), "B3": searches(), "B4": saves(sessions)}
    queries = {name: counted(people[askers(name)], asks[0]) for name, asks in work.items()}
    sys.stdout.write(json.dumps({"people": people, "work": work, "queries": queries}))


def askers(name: str) -> str:
    """Return the accounts that do a piece of work."""
    return "practitioner" if name == "B4" else "manager"


def caseload() -> list[dict[str, Any]]:
    """Return the first pages of the caseload, each with its thirty references."""
    refs = rows(
        f"SELECT e.ref FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id "
        f'WHERE e.area = %s AND e.state IN {OPEN} ORDER BY upper(r.family_name) COLLATE "C", r.id LIMIT {PAGES * A_PAGE}',
        AREA,
    )
    starts = range(0, len(refs) - A_PAGE + 1, A_PAGE)
    return [
        ask(
            f"/episodes/?after={refs[start - 1][0]}" if start else "/episodes/", column(refs[start:][:A_PAGE])
        )
        for start in starts
    ]


def opened() -> list[dict[str, Any]]:
    """Return people in the middle of their sessions, each with the references of those and some facts that the page says.

    The floor must say as much as the page does, or it would do less than any server that shows it.
    """
    refs = rows(
        "SELECT e.ref FROM programme_episode e WHERE e.area = %s AND e.state = 'in_sessions' "
        "AND (SELECT count(*) FROM programme_session s WHERE s.episode_id = e.id AND s.state <> 'cancelled') >= 12 "
        f"ORDER BY e.ref LIMIT {PEOPLE}",
        AREA,
    )
    of_one = (
        "SELECT s.ref FROM programme_session s JOIN programme_episode e ON e.id = s.episode_id "
        "WHERE e.ref = %s AND s.state <> 'cancelled'"
    )
    facts = (
        "SELECT r.family_name, r.own_phone, r.own_email, r.risk_result, p.name FROM programme_referral r "
        "JOIN programme_episode e ON e.referral_id = r.id JOIN programme_allocation a ON a.episode_id = e.id "
        "JOIN programme_practitioner p ON p.id = a.practitioner_id WHERE e.ref = %s AND a.ended_at IS NULL"
    )
    return [
        ask(f"/episodes/{ref}/", [*column(rows(of_one, ref)), *filter(None, rows(facts, ref)[0])])
        for (ref,) in refs
    ]


def searches() -> list[dict[str, Any]]:
    """Return searches by date of birth and by a whole name with one letter wrong, in turn, that find one person each.

    So the answers are as long in a large area, where people share names and dates of birth, as in a small one.
    The floor gets the very query of the database, which it need not make.
    """
    from desist.accounts import searching  # noqa: PLC0415 -- models load only after Django is set up
    from desist.referral import finding  # noqa: PLC0415 -- as above

    asks = []
    for (ref, born), (named, given, family) in zip(
        alone("born"), alone("given_names", "family_name"), strict=True
    ):
        day, name = born.isoformat(), f"{given} {family[:3]}{family[4:]}"
        for typed, expected, key, sought in (
            (day, ref, "born", day),
            (name, named, "near", finding.read(name).near),
        ):
            sealed = searching.seal(typed, who=MANAGER)
            asks.append(ask(f"/search/?{urlencode({'found': sealed, key: sought})}", [expected]))
    return asks


def alone(*facts: str) -> list[tuple[Any, ...]]:
    """Return people who share some facts of their referral with nobody: their references and these facts."""
    shared = ", ".join(f"r.{fact}" for fact in facts)
    return rows(
        f"SELECT ref, {', '.join(facts)} FROM (SELECT e.ref, {shared}, count(*) OVER (PARTITION BY {shared}) AS people "
        "FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id WHERE e.area = %s) found "
        f"WHERE people = 1 ORDER BY ref LIMIT {PEOPLE // 2}",
        AREA,
    )


def busiest() -> tuple[str, list[tuple[str, int]]]:
    """Return the busiest practitioner, and their sessions that are still to be recorded, with versions."""
    ((practitioner,),) = rows(
        "SELECT p.ref FROM programme_practitioner p JOIN programme_session s ON s.practitioner_id = p.id "
        "JOIN programme_allocation a ON a.episode_id = s.episode_id AND a.practitioner_id = p.id "
        "WHERE p.area = %s AND s.state = 'planned' AND a.ended_at IS NULL "
        "GROUP BY p.ref ORDER BY count(*) DESC, p.ref LIMIT 1",
        AREA,
    )
    return str(practitioner), planned(practitioner)


def planned(practitioner: str) -> list[tuple[str, int]]:
    """Return a practitioner's sessions that are still to be recorded, with their versions."""
    statement = (
        "SELECT s.ref, s.version FROM programme_session s JOIN programme_practitioner p ON p.id = s.practitioner_id "
        "JOIN programme_allocation a ON a.episode_id = s.episode_id AND a.practitioner_id = p.id "
        f"WHERE p.ref = %s AND s.state = 'planned' AND a.ended_at IS NULL ORDER BY s.ref LIMIT {SESSIONS}"
    )
    return [(str(ref), int(version)) for ref, version in rows(statement, practitioner)]


def saves(sessions: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Return a record in the middle of writing; most of these sessions lie ahead, so they have no attendance."""
    return [
        ask(
            f"/sessions/{ref}/save/",
            [],
            form_version=str(version),
            diary_review="Four urges, two of them let pass. " * 6,
            risk_check="nothing",
            homework_review="The plan for the evening was kept on five days of seven. " * 3,
            work_done="A chain of the evening on which the drive began; the third link is where it turns. "
            * 5,
            compliance="worked",
            homework_set="Write down each urge with its time and what was done instead.",
        )
        for ref, version in sessions
    ]


def ask(path: str, expected: list[str], **sent: str) -> dict[str, Any]:
    """Return one request, with the references that its answer must hold."""
    return {"path": path, "expected": expected, "sent": sent}


def sign_in(who: str) -> dict[str, str]:
    """Sign an account in: return the session's cookie for Desist, the sign-in's reference for the floor."""
    from django.conf import settings  # noqa: PLC0415 -- models load only after Django is set up
    from django.utils import timezone  # noqa: PLC0415 -- as above

    from desist.accounts.models import Account, RoleGrant, SignIn  # noqa: PLC0415 -- as above
    from desist.accounts.session_store import SIGN_IN, SessionStore  # noqa: PLC0415 -- as above

    now = timezone.now()
    account, made = Account.objects.get_or_create(
        ref=who, defaults={"name": "Bench", "email": f"{who}@bench.example", "invited_at": now - timedelta(1)}
    )
    if made:
        RoleGrant.objects.create(
            account=account, role="practitioner", area=AREA, given_by="bench", given_at=now - timedelta(1)
        )
    row = SignIn.objects.create(grant=account.grants.get(), began_at=now, last_seen_at=now, device="Bench")
    session = SessionStore()
    session[SIGN_IN] = row.ref
    session.save()
    return {settings.SESSION_COOKIE_NAME: str(session.session_key), "sign_in": row.ref}


def counted(person: dict[str, str], one: dict[str, Any]) -> int:
    """Return how many statements one request sends to the database. Raises AssertionError unless it succeeds."""
    from django.conf import settings  # noqa: PLC0415 -- models load only after Django is set up
    from django.test import Client  # noqa: PLC0415 -- as above

    client = Client(headers={"host": f"{settings.DESIST_ZONE}.localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = person[settings.SESSION_COOKIE_NAME]
    seen: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # noqa: ANN401 -- Django's own arguments
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        if one["sent"]:
            response = client.post(one["path"], one["sent"])
            _follow(one["sent"], response.headers.get("Desist-Version", ""))
        else:
            response = client.get(one["path"])
    if response.status_code not in {200, 204}:
        raise AssertionError(f"{one['path']} answered {response.status_code}")
    return len(seen)


def _follow(sent: dict[str, str], version: str) -> None:
    """Follow a save: the row has a new version, and the next save is of that version with new text."""
    if version:
        sent |= {"form_version": version, "homework_set": "Write down each urge that comes back."}


def rows(statement: str, *values: str | int | date) -> list[tuple[Any, ...]]:
    """Return the rows that a statement finds."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def column(found: list[tuple[Any, ...]]) -> list[str]:
    """Return the first column."""
    return [str(row[0]) for row in found]


if __name__ == "__main__":
    main()
