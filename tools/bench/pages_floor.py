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
from typing import Any
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
MENU = """
WITH shut AS (
  SELECT x."case" FROM wall_exclusion x WHERE x.account = $1 AND NOT x.allowed
  UNION ALL SELECT q."case" FROM wall_restriction q WHERE q.ended_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM wall_exclusion x WHERE x.account = $1 AND x.allowed AND x."case" = q."case"))
SELECT
  (SELECT count(*) FROM (SELECT 1 FROM programme_referral r
   WHERE r.area = $2 AND r.state = 'received' AND r.ref NOT IN (TABLE shut) LIMIT 100) w)
  + (SELECT count(*) FROM (SELECT 1 FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id
     WHERE e.area = $2 AND e.state = 'waiting' AND r.state = 'accepted' AND r.ref NOT IN (TABLE shut) LIMIT 100) w),
  (SELECT count(*) FROM (SELECT 1 FROM programme_concern c JOIN programme_referral r ON r.id = c.referral_id
   WHERE r.area = $2 AND c.closed_at IS NULL AND r.ref NOT IN (TABLE shut) LIMIT 100) w),
  (SELECT count(*) FROM (SELECT 1 FROM desk_alert a
   WHERE a.area = $2 AND a.way = 'in' AND a.acknowledged_at IS NULL AND a."case" NOT IN (TABLE shut) LIMIT 100) w)
  + (SELECT count(*) FROM (SELECT 1 FROM post_byhandtask t JOIN post_partner p ON p.id = t.partner_id
     WHERE p.area IN ('', $2) AND t.told_at IS NULL AND t.dropped_at IS NULL AND t.overtaken_at IS NULL
     AND t."case" NOT IN (TABLE shut) LIMIT 100) w)
  + (SELECT count(*) FROM (SELECT 1 FROM programme_outsidereferral o LEFT JOIN programme_draft d ON d.id = o.draft_id
     LEFT JOIN programme_referral r ON r.id = d.referral_id
     WHERE o.area = $2 AND (o.settled_at IS NULL OR o.answered_at IS NULL) AND (r.ref IS NULL OR r.ref NOT IN (TABLE shut))
     LIMIT 100) w)
  + (SELECT count(*) FROM (SELECT 1 FROM merges_merge m
     WHERE m.area = $2 AND m.state = 'asked' AND m.first NOT IN (TABLE shut) AND m.second NOT IN (TABLE shut) LIMIT 100) w)
"""
LINE = """
SELECT e.ref, r.given_names, r.family_name, e.state, r.completed_at, p.name,
  (SELECT count(DISTINCT s.number) FROM programme_session s WHERE s.episode_id = e.id AND s.state = 'attended'
    AND s.kind IN ('core', 'catch_up')),
  (SELECT string_agg(CASE s.state WHEN 'attended' THEN '✓' WHEN 'missed' THEN '✕' ELSE '○' END, '' ORDER BY s.period)
    FROM programme_session s WHERE s.episode_id = e.id AND s.state <> 'cancelled' AND s.kind <> 'motivational'),
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
HIT = """
SELECT coalesce(e.ref, r.ref), e.ref IS NULL, r.given_names, r.family_name, r.born, coalesce(e.state, r.state), p.name
FROM programme_referral r LEFT JOIN programme_episode e ON e.referral_id = r.id
LEFT JOIN programme_allocation a ON a.episode_id = e.id AND a.ended_at IS NULL AND a.leave_id IS NULL
LEFT JOIN programme_practitioner p ON p.id = a.practitioner_id
"""
FOUND = "WITH " + EVENT.format(action="'programme.search'", row="'programme.referral'") + HIT
KEYS = "public.found_by(r.given_names, r.family_name, r.aliases, r.own_phone, r.own_email)"
# No index answers for the area: beside the keys' own it would read the entries of everyone in it.
BY_NAME = FOUND + f"WHERE r.area || '' = $3 AND {ALLOWED} AND {KEYS} @@ $5::text::tsquery LIMIT 31"
BY_BIRTH = FOUND + f"WHERE r.area = $3 AND {ALLOWED} AND r.born = $5 {ORDERED}"
AFTER = (
    f"SELECT {NAME}, r.id FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id "
    "WHERE e.ref = $1 AND e.area = $2"
)
PERSON = (
    "WITH "
    + EVENT.format(action="'programme.see_episode'", row="'programme.episode:' || $5")
    + f"""
SELECT e.id, r.ref AS referral, r.given_names, r.family_name, r.born, e.state, e.opened_at, r.completed_at, r.unread_since,
  p.name AS who, a.made_at AS since,
  coalesce(o.contact_by, r.contact_by) AS wish, coalesce(o.own_phone, r.own_phone) AS phone,
  coalesce(o.own_email, r.own_email) AS email, r.risk_kinds, r.risks_to_staff, r.risk_tool, r.risk_result,
  r.orders AS told_orders, g.state AS agreement, l.reason AS reason, l.ended_at AS left_at, l.held_until,
  j.tool, j.result, j.rated_on, j.review_on, t.way, t.outcome, t.held_at,
  (SELECT count(*) FROM programme_concern c WHERE c.referral_id = r.id AND c.closed_at IS NULL) AS concerns,
  (SELECT min(c.raised_at) FROM programme_concern c JOIN programme_sentalert n ON n.id = c.alert_id
   WHERE c.referral_id = r.id AND c.closed_at IS NULL AND n.acknowledged_at IS NULL) AS untaken,
  (SELECT d.reason FROM programme_delay d WHERE d.referral_id = r.id ORDER BY d.recorded_at DESC LIMIT 1) AS delay,
  EXISTS (SELECT 1 FROM programme_noticegiven n WHERE n.episode_id = e.id) AS told,
  (SELECT x.state FROM programme_assessment x WHERE x.episode_id = e.id AND x.state <> 'cancelled'
   ORDER BY x.state DESC LIMIT 1) AS assessed,
  EXISTS (SELECT 1 FROM programme_measure m
   WHERE m.episode_id = e.id AND m.occasion = 'baseline' AND m.struck_at IS NULL) AS measured,
  (SELECT m.ref FROM programme_measure m LEFT JOIN programme_safetycheck k ON k.measure_id = m.id
   WHERE m.episode_id = e.id AND m.flagged AND m.struck_at IS NULL AND k.id IS NULL LIMIT 1) AS safety,
  (SELECT w.words FROM programme_goal w WHERE w.episode_id = e.id AND w.state = 'open' ORDER BY w.made_at LIMIT 1) AS goal,
  ARRAY (SELECT m.total FROM programme_measure m WHERE m.episode_id = e.id AND m.instrument IN ('phq-9', 'core-10')
   AND m.struck_at IS NULL AND m.total IS NOT NULL ORDER BY m.taken_on) AS scores,
  ARRAY (SELECT concat_ws(', ', d.kind, d.made_on, d.served_on, d.ends_on, d.hearing_on, d.requirements, d.exclusions)
   FROM programme_order d WHERE d.referral_id = r.id AND d.event <> 'ended'
   AND (d.ends_on IS NULL OR d.ends_on >= current_date) ORDER BY d.made_on) AS orders,
  ARRAY (SELECT h.what FROM programme_happening h WHERE h.referral_id = r.id AND h.what IN
   ('order_told', 'amended', 'judged', 'withdrawn', 'attached', 'decided', 'went_on', 'read') ORDER BY h.id) AS happened,
  ARRAY (SELECT v.words FROM programme_circumstance v WHERE v.episode_id = e.id AND (v.over = '' OR v.as_referred)) AS noted
FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id
LEFT JOIN programme_allocation a ON a.episode_id = e.id AND a.ended_at IS NULL AND a.leave_id IS NULL
LEFT JOIN programme_practitioner p ON p.id = a.practitioner_id
LEFT JOIN programme_owncontact o ON o.referral_id = r.id
LEFT JOIN programme_agreement g ON g.episode_id = e.id
LEFT JOIN programme_leaving l ON l.episode_id = e.id AND l.state IN ('held', 'ended')
LEFT JOIN LATERAL (SELECT y.tool, y.result, y.rated_on, y.review_on FROM programme_riskrating y
  WHERE y.episode_id = e.id AND y.struck_at IS NULL ORDER BY y.rated_on DESC LIMIT 1) j ON true
LEFT JOIN LATERAL (SELECT z.way, z.outcome, z.held_at FROM programme_contact z
  WHERE z.referral_id = r.id AND z.party = 'person' AND z.struck_at IS NULL ORDER BY z.held_at DESC LIMIT 1) t ON true
WHERE e.ref = $5 AND e.area = $3 AND {ALLOWED}
"""
)
SESSIONS = """
SELECT s.ref, s.number, s.kind, s.state, lower(s.period),
  EXISTS (SELECT 1 FROM programme_move m WHERE m.session_id = s.id AND m.kind = 'entered'),
  (SELECT max(d.urge) FROM programme_diaryday d WHERE d.episode_id = s.episode_id
   AND d.day > lower(s.period)::date - 7 AND d.day <= lower(s.period)::date)
FROM programme_session s WHERE s.episode_id = $1 AND s.state <> 'cancelled' ORDER BY s.period
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
                people = await caseload(database, actor, dict(parse_qsl(path.query)))
                return self.send(200, await menu(database, actor) + people)
            if parts == ["search"]:
                found = await search(database, actor, dict(parse_qsl(path.query)))
                return self.send(200, await menu(database, actor) + found)
            if parts[0] == "sessions" and method == "POST":
                version = await save(database, actor, parts[1], sent)
                return self.send(204 if version else 409, "", f"Desist-Version: {version}\r\n")
            text = await person(database, actor, parts[1])
            return self.send(200 if text else 404, await menu(database, actor) + text)

    def send(self, status: int, text: str, more: str = "") -> None:
        """Send an answer."""
        body = text.encode()
        kind = "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
        head = f"HTTP/1.1 {status} Ok\r\n{kind}{more}Content-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)  # type: ignore[attr-defined]  # a transport that writes


Known = tuple[str, str, str, uuid.UUID]


async def menu(database: asyncpg.Connection, actor: Known) -> str:
    """Return the beginning of a page: the menu with what waits, and the box of the search."""
    waiting = await database.fetchrow(MENU, actor[0], actor[2])
    places = ("triage", "Triage"), ("concerns", "Concerns"), ("service", "Service")
    links = [
        f'<a href="/{path}/">{name} {min(number, 99) or ""}</a>'
        for (path, name), number in zip(places, waiting, strict=True)
    ]
    return (
        f'<!DOCTYPE html><a href="/">To do</a><a href="/week/">Calendar</a><a href="/episodes/">People</a>{"".join(links)}'
        '<form method="post" action="/search/"><input name="search"></form>'
    )


async def caseload(database: asyncpg.Connection, actor: Known, asked: dict[str, str]) -> str:
    """Return thirty people in order of name."""
    last = ("", 0)
    if "after" in asked:
        last = await database.fetchrow(AFTER, asked["after"], actor[2]) or last
    return listed(await database.fetch(CASELOAD, *actor, *last))


async def search(database: asyncpg.Connection, actor: Known, asked: dict[str, str]) -> str:
    """Search by date of birth, or by the query of the database for a name."""
    if "born" in asked:
        return hits(await database.fetch(BY_BIRTH, *actor, date.fromisoformat(asked["born"])))
    return hits(await database.fetch(BY_NAME, *actor, asked["near"]))


def hits(rows: list[asyncpg.Record]) -> str:
    """Return the people found as a list."""
    out = ["<title>Search</title><h1>Search</h1><ul>"]
    for ref, waits, given, family, born, state, who in rows[:30]:
        out.append(
            f'<li><a href="/{"referrals" if waits else "episodes"}/{ref}/">{escape(given)} {escape(family)}</a> '
            f"{spoken(ref)} born {born:%-d %B %Y} {LABELS.get(state, state)} {escape(who or '')}"
        )
    return "".join([*out, "</ul>"])


def listed(rows: list[asyncpg.Record]) -> str:
    """Return people as a table."""
    out = ["<title>People</title><h1>People</h1><table>"]
    for ref, given, family, state, complete, who, attended, strip, at, concern in rows[:30]:
        day = f", day {(datetime.now(UTC) - complete).days}" if state == "waiting" else ""
        out.append(
            f'<tr><td><a href="/episodes/{ref}/">{escape(given)} {escape(family)}</a>'
            f"{' Open concern' if concern else ''}<td>{spoken(ref)}<td>{LABELS.get(state, state)}{day}"
            f"<td>{escape(who or 'Nobody yet')}<td>{strip or ''} {attended} of 12<td>{told(at) if at else 'None planned'}"
        )
    if len(rows) > 30:
        out.append(f'<a href="?after={rows[29][0]}">Next people</a>')
    return "".join([*out, "</table>"])


async def person(database: asyncpg.Connection, actor: Known, ref: str) -> str:
    """Return one person with their sessions; "" where there is none."""
    row = await database.fetchrow(PERSON, *actor, ref)
    if row is None:
        return ""
    one: dict[str, Any] = {
        name: escape(value) if isinstance(value, str) else value for name, value in row.items()
    }
    out = [facts(one, ref), "<table>"]
    for session, number, kind, held, at, entered, urge in await database.fetch(SESSIONS, one["id"]):
        out.append(
            f'<tr><td><a href="/sessions/{session}/">{kind} {number}</a><td>{told(at)}<td>{held}'
            f"{' Entered afterwards' if entered else ''}<td>{'' if urge is None else urge}"
        )
    born, since, days = one["born"], one["since"], (datetime.now(UTC) - one["completed_at"]).days
    out.append(
        f"</table><dl><dt>Born<dd>{born:%-d %B %Y}<dt>Practitioner<dd>{one['who'] or 'Nobody yet'} since "
        f"{since:%-d %B %Y} {one['delay'] or ''}<dt>Accepted<dd>{one['opened_at']:%-d %B %Y}<dt>Clock<dd>day {days}"
        f"<dt>Agreement<dd>{one['agreement'] or 'Not asked yet'}</dl>"
    )
    return "".join(out)


def facts(one: dict[str, Any], ref: str) -> str:
    """Return what stands above a person's sessions."""
    said = [
        (
            f"<title>Overview</title><h1>{one['given_names']} {one['family_name']}</h1><p>{spoken(ref)} "
            f"Number {spoken(one['referral'])} {LABELS.get(one['state'], one['state'])}"
        ),
        f"{' Open concern' if one['concerns'] else ''}{' Alert ' + told(one['untaken']) if one['untaken'] else ''}",
        f"{' Safety check ' + one['safety'] if one['safety'] else ''}",
        f"{' Unread: ' + ', '.join(one['happened']) if one['unread_since'] else ''}",
        f"{' Left: ' + one['reason'] if one['reason'] else ''}<dl><dt>Reach<dd>{one['phone']} {one['email']} {one['wish']}",
        f"<dt>Risks to staff<dd>{', '.join(one['risk_kinds'])} {one['risks_to_staff']} {escape(', '.join(one['noted']))}",
        f"<dt>Orders<dd>{one['told_orders']} {escape('; '.join(one['orders']))}<dt>Risk judged<dd>",
        f"{one['tool']} {one['result']} {one['rated_on']:%-d %B %Y}"
        if one["tool"]
        else f"{one['risk_result']} {one['risk_tool']}",
        f"<dt>Goal<dd>{one['goal'] or 'No goal yet'}<dt>Last contact<dd>",
        f"{one['way']} {one['outcome']} {told(one['held_at'])}" if one["way"] else "None",
        f"<dt>Missing<dd>{one['assessed'] or 'Assessment'} {'' if one['measured'] else 'Baseline measures'} ",
        f"{'' if one['told'] else 'Information notice'}<dt>Scores<dd>{', '.join(map(str, one['scores']))}</dl>",
    ]
    return "".join(said)


async def save(database: asyncpg.Connection, actor: Known, ref: str, sent: dict[str, str]) -> int | None:
    """Save a record; return the new version, or None where the row has another."""
    late = int(sent["minutes_late"]) if sent.get("minutes_late") else None
    texts = [sent.get(name, "") for name in TEXTS]
    version = int(sent["form_version"])
    found: int | None = await database.fetchval(
        SAVED, *actor, ref, version, sent.get("attendance", ""), late, *texts
    )
    return found


def spoken(ref: str) -> str:
    """Return a reference as people say it."""
    return "-".join(ref.upper()[start : start + 4] for start in range(0, len(ref), 4))


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
