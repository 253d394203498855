"""The floor: the same rows by a hand-written HTTP server over asyncpg, in an environment without Desist.

`python pages_floor.py DATABASE_URL PORT`. It identifies who asks, keeps to the same rows, writes the same audit
event in the statement that reads, and prints the same words as plain HTML: no framework, no template, no form, no
style. What a page costs beyond this is what Desist adds.
"""

import asyncio
import html
import sys
import uuid
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import asyncpg  # type: ignore[import-not-found,import-untyped,unused-ignore]  # in the floor's own environment

LONDON = ZoneInfo("Europe/London")
LABELS = {"waiting": "Waiting for a practitioner", "allocated": "Allocated", "in_sessions": "In sessions"}

WHO = """
SELECT a.ref, g.role, g.area FROM accounts_signin s JOIN accounts_rolegrant g ON g.id = s.grant_id
JOIN accounts_account a ON a.id = g.account_id
WHERE s.ref = $1 AND s.ended_at IS NULL AND s.began_at > $2 AND g.ended_at IS NULL AND a.left_at IS NULL
"""
EVENT = """
event AS (INSERT INTO wall_auditevent (at, who, role, action, row, correlation, allowed, reason)
VALUES (now(), $1, $2, {action}, {row}, $4, true, ''))
"""
ALLOWED = """
r.ref NOT IN (SELECT x."case" FROM wall_exclusion x WHERE x.account = $1 AND NOT x.allowed)
AND (r.ref NOT IN (SELECT q."case" FROM wall_restriction q WHERE q.ended_at IS NULL)
     OR r.ref IN (SELECT x."case" FROM wall_exclusion x WHERE x.account = $1 AND x.allowed))
"""
LINE = """
SELECT e.ref, r.given_names, r.family_name, e.state, p.name,
  (SELECT count(DISTINCT s.number) FROM programme_session s WHERE s.episode_id = e.id AND s.state = 'attended'
    AND s.kind IN ('core', 'catch_up')),
  (SELECT lower(s.period) FROM programme_session s WHERE s.episode_id = e.id AND s.state = 'planned'
   ORDER BY s.period LIMIT 1),
  EXISTS (SELECT 1 FROM programme_concern c WHERE c.referral_id = r.id AND c.closed_at IS NULL)
FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id
LEFT JOIN programme_allocation a ON a.episode_id = e.id AND a.ended_at IS NULL AND a.leave_id IS NULL
LEFT JOIN programme_practitioner p ON p.id = a.practitioner_id
"""
NAME = 'upper(r.family_name) COLLATE "C"'
ORDERED = f"ORDER BY {NAME}, r.id LIMIT 31"
LIST = "'programme.see_episodes'", "'programme.episode'"
CASELOAD = (
    "WITH "
    + EVENT.format(action=LIST[0], row=LIST[1])
    + LINE
    + f"WHERE e.area = $3 AND r.area = $3 AND e.state IN ('waiting', 'allocated', 'in_sessions') AND {ALLOWED} "
    f"AND ({NAME}, r.id) > ($5, $6) " + ORDERED
)
FOUND = (
    "WITH "
    + EVENT.format(action="'programme.search'", row=LIST[1])
    + LINE
    + f"WHERE e.area = $3 AND r.area = $3 AND {ALLOWED} AND "
)
KEYS = "public.found_by(r.given_names, r.family_name, r.aliases, r.own_phone, r.own_email)"
BY_NAME = FOUND + f"{KEYS} @@ $5::text::tsquery LIMIT 31"
BY_BIRTH = FOUND + "r.born = $5 " + ORDERED
AFTER = (
    f"SELECT {NAME}, r.id FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id "
    "WHERE e.ref = $1 AND e.area = $2"
)
PERSON = (
    "WITH "
    + EVENT.format(action="'programme.see_episode'", row="'programme.episode:' || $5")
    + f"""
SELECT e.id, r.ref, r.given_names, r.family_name, r.born, e.state, e.opened_at, r.completed_at, p.name, a.made_at,
  (SELECT count(*) FROM programme_concern c WHERE c.referral_id = r.id AND c.closed_at IS NULL)
FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id
LEFT JOIN programme_allocation a ON a.episode_id = e.id AND a.ended_at IS NULL AND a.leave_id IS NULL
LEFT JOIN programme_practitioner p ON p.id = a.practitioner_id
WHERE e.ref = $5 AND e.area = $3 AND {ALLOWED}
"""
)
SESSIONS = """
SELECT s.ref, s.number, s.kind, s.state, lower(s.period), o.name,
  (SELECT count(*) FROM programme_chain c WHERE c.session_id = s.id)
FROM programme_session s LEFT JOIN programme_room o ON o.id = s.room_id
WHERE s.episode_id = $1 AND s.state <> 'cancelled' ORDER BY s.period
"""
SAVED = (
    "WITH "
    + EVENT.format(action="'programme.record_session'", row="'programme.session:' || $5")
    + f"""
UPDATE programme_session t SET attendance = $7, minutes_late = $8, diary_review = $9, risk_check = $10,
  homework_review = $11, work_done = $12, compliance = $13, homework_set = $14, saved_by = $1, saved_at = now(),
  version = t.version + 1
FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id
JOIN programme_allocation a ON a.episode_id = e.id AND a.ended_at IS NULL
JOIN programme_practitioner p ON p.id = a.practitioner_id
WHERE t.ref = $5 AND t.version = $6 AND t.state = 'planned' AND e.id = t.episode_id AND e.area = $3 AND p.ref = $1
  AND {ALLOWED}
RETURNING t.version
"""
)
TEXTS = ("diary_review", "risk_check", "homework_review", "work_done", "compliance", "homework_set")

escape = html.escape


class Server(asyncio.Protocol):
    """One connection: one request after the other."""

    pool: asyncpg.Pool

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where answers go."""
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        """Answer once the whole request is here."""
        self.received += data
        head, found, body = self.received.partition(b"\r\n\r\n")
        if not found:
            return
        lines = head.decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:])
        if len(body) < int(headers.get("content-length", "0")):
            return
        self.received = b""
        method, target, _ = lines[0].split(" ")
        cookie = headers.get("cookie", "").partition("sign_in=")[2].partition(";")[0]
        asyncio.ensure_future(self.answer(method, target, cookie, body.decode()))  # noqa: RUF006 -- one at a time

    async def answer(self, method: str, target: str, cookie: str, body: str) -> None:
        """Find who asks, then what they asked for."""
        async with self.pool.acquire() as database:
            who = await database.fetchrow(WHO, cookie, datetime.now(UTC) - timedelta(hours=8))
            if who is None:
                return self.send(403, "")
            path, sent = urlsplit(target), dict(parse_qsl(body))
            actor = (who[0], who[1], who[2], uuid.uuid4())
            parts = path.path.strip("/").split("/")
            if parts == ["episodes"]:
                return self.send(200, await caseload(database, actor, dict(parse_qsl(path.query))))
            if parts == ["search"]:
                return self.send(200, await search(database, actor, dict(parse_qsl(path.query))))
            if parts[0] == "sessions" and method == "POST":
                version = await save(database, actor, parts[1], sent)
                return self.send(204 if version else 409, "", f"Desist-Version: {version}\r\n")
            text = await person(database, actor, parts[1])
            return self.send(200 if text else 404, text)

    def send(self, status: int, text: str, more: str = "") -> None:
        """Send an answer."""
        body = text.encode()
        kind = "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
        head = f"HTTP/1.1 {status} Ok\r\n{kind}{more}Content-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)  # type: ignore[attr-defined]  # a transport that writes


Known = tuple[str, str, str, uuid.UUID]


async def caseload(database: asyncpg.Connection, actor: Known, asked: dict[str, str]) -> str:
    """Return thirty people in order of name."""
    last = ("", 0)
    if "after" in asked:
        last = await database.fetchrow(AFTER, asked["after"], actor[2]) or last
    return listed(await database.fetch(CASELOAD, *actor, *last))


async def search(database: asyncpg.Connection, actor: Known, asked: dict[str, str]) -> str:
    """Search by date of birth, or by the query of the database for a name."""
    if "born" in asked:
        return listed(await database.fetch(BY_BIRTH, *actor, date.fromisoformat(asked["born"])))
    return listed(await database.fetch(BY_NAME, *actor, asked["near"]))


def listed(rows: list[asyncpg.Record]) -> str:
    """Return people as a table."""
    out = ["<!DOCTYPE html><title>People</title><h1>People</h1><table>"]
    for ref, given, family, state, who, attended, at, concern in rows[:30]:
        spoken = "-".join(ref.upper()[start : start + 4] for start in range(0, len(ref), 4))
        out.append(
            f'<tr><td><a href="/episodes/{ref}/">{escape(given)} {escape(family)}</a>'
            f"{' Open concern' if concern else ''}<td>{spoken}<td>{LABELS.get(state, state)}"
            f"<td>{escape(who or 'Nobody yet')}<td>{attended} of 12<td>{told(at) if at else 'None planned'}"
        )
    if len(rows) > 30:
        out.append(f'<a href="?after={rows[29][0]}">Next people</a>')
    return "".join([*out, "</table>"])


async def person(database: asyncpg.Connection, actor: Known, ref: str) -> str:
    """Return one person with their sessions; "" where there is none."""
    row = await database.fetchrow(PERSON, *actor, ref)
    if row is None:
        return ""
    pk, _, given, family, born, state, opened, complete, who, since, concerns = row
    out = [
        f"<!DOCTYPE html><title>Overview</title><h1>{escape(given)} {escape(family)}</h1>",
        f"<p>{LABELS.get(state, state)}{' Open concern' if concerns else ''}<table>",
    ]
    for session, number, kind, held, at, room, chains in await database.fetch(SESSIONS, pk):
        out.append(
            f'<tr><td><a href="/sessions/{session}/">{kind} {number}</a><td>{told(at)}<td>{escape(room or "Remote")}'
            f"<td>{held}<td>{chains}"
        )
    days = (datetime.now(UTC) - complete).days
    out.append(
        f"</table><dl><dt>Born<dd>{born:%-d %B %Y}<dt>Practitioner<dd>{escape(who or 'Nobody yet')} since "
        f"{since:%-d %B %Y}<dt>Accepted<dd>{opened:%-d %B %Y}<dt>Clock<dd>day {days}</dl>"
    )
    return "".join(out)


async def save(database: asyncpg.Connection, actor: Known, ref: str, sent: dict[str, str]) -> int | None:
    """Save a record; return the new version, or None where the row has another."""
    late = int(sent["minutes_late"]) if sent.get("minutes_late") else None
    texts = [sent.get(name, "") for name in TEXTS]
    version = int(sent["form_version"])
    found: int | None = await database.fetchval(
        SAVED, *actor, ref, version, sent.get("attendance", ""), late, *texts
    )
    return found


def told(at: datetime) -> str:
    """Return a moment by the clock in London."""
    return f"{at.astimezone(LONDON):%A %-d %B %Y, %-I:%M%p}"


async def main() -> None:
    """Serve until killed."""
    Server.pool = await asyncpg.create_pool(sys.argv[1], min_size=1, max_size=4)
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", int(sys.argv[2]))
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
