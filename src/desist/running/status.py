"""`python -m desist.running.status`: what one site's database says of itself, as one line of JSON."""

import json
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

import django
from django.conf import settings

from desist.sites import Zone


@dataclass(frozen=True)
class Database:
    """Whether a site's database answers, what its tables lack, and what waits in it, in seconds."""

    answers: bool = False
    reason: str = ""
    tables: tuple[str, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)
    oldest: dict[str, float] = field(default_factory=dict)
    dead: int = 0
    unsealed: float = 0.0


def read(line: str) -> Database:
    """Read what `main` wrote; nothing is a database that did not answer in time."""
    if not line.strip():
        return Database(reason="it did not answer in time")
    told = json.loads(line.splitlines()[-1])
    return Database(**{**told, "tables": tuple(told["tables"])})


def main() -> None:
    """Print what the database says; a site whose settings are wrong says so in a sentence."""
    from desist.keys.sitekeys import KeysError  # noqa: PLC0415 -- models only exist once Django is set up
    from desist.privatefile import SettingError  # noqa: PLC0415 -- see above

    try:
        django.setup()
        found = _asked()
    except (SettingError, KeysError) as wrong:
        found = Database(reason=str(wrong))
    sys.stdout.write(f"{json.dumps(asdict(found))}\n")


def _asked() -> Database:
    from django.db import Error, connection  # noqa: PLC0415 -- see above

    from desist.zones import condition, tables  # noqa: PLC0415 -- see above

    try:
        connection.ensure_connection()
        if settings.DESIST_ZONE == Zone.PARTICIPANT:  # which has no table to count in
            return Database(answers=True)
        if lacking := tuple(tables.reasons(site=settings.DESIST_SITE)):
            return Database(answers=True, tables=lacking)
        found = condition.condition(at=datetime.now(UTC))
    except Error as failure:
        # A driver's words before a connection name a server and no row; later ones could quote one.
        words = str(failure).strip() if connection.connection is None else type(failure).__name__
        return Database(reason=words)
    return Database(
        answers=True,
        numbers={str(one.queue): one.number for one in found.waiting},
        oldest={str(one.queue): one.oldest.total_seconds() for one in found.waiting},
        dead=found.dead,
        unsealed=found.unsealed.total_seconds(),
    )


if __name__ == "__main__":
    main()
