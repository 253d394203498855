"""Run in a programme of the bench: sign people in, and print as JSON what each of them asks for, in turn."""

import json
import sys
from typing import Any

import django

from tools.bench.pages_plan import AREA, column, planned, rows, saves, sign_in

#: of each person's people
PEOPLE = 10


def main() -> None:
    """Sign the busiest practitioners in, as many as the first argument says, and print their turns."""
    django.setup()
    print(json.dumps([_turn(who) for who in _busiest(int(sys.argv[1]))]))  # noqa: T201 -- the measurement reads it


def _busiest(count: int) -> list[str]:
    """Return the practitioners with the most sessions still to be recorded."""
    return column(
        rows(
            "SELECT p.ref FROM programme_practitioner p JOIN programme_session s ON s.practitioner_id = p.id "
            "JOIN programme_allocation a ON a.episode_id = s.episode_id AND a.practitioner_id = p.id "
            "WHERE p.area = %s AND s.state = 'planned' AND a.ended_at IS NULL "
            "GROUP BY p.ref ORDER BY count(*) DESC, p.ref LIMIT %s",
            AREA,
            count,
        )
    )


def _turn(who: str) -> dict[str, Any]:
    """Return a person's session, the pages that they open, and the records that they save."""
    session = sign_in(who)
    del session["sign_in"]
    people = column(
        rows(
            "SELECT DISTINCT e.ref FROM programme_episode e JOIN programme_allocation a ON a.episode_id = e.id "
            "JOIN programme_practitioner p ON p.id = a.practitioner_id "
            "WHERE p.ref = %s AND a.ended_at IS NULL AND e.state = 'in_sessions' ORDER BY e.ref LIMIT %s",
            who,
            PEOPLE,
        )
    )
    return {
        "session": session,
        "people": people,
        "records": [one | {"expected": []} for one in saves(planned(who)[:1])],
    }


if __name__ == "__main__":
    main()
