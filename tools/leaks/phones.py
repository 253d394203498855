"""Three people's phones: each walks every page of their own and sends its forms, and reads their own words alone.

Nothing that staff know may stand there: no secret, no row's reference but of the person's own sessions and targets, no surname,
their own neither, and none of the words by which others speak of them.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from http import HTTPStatus

import psycopg

from desist.references import ALPHABET, reference, typed
from desist.sites import Site, Zone
from desist.wall.actors import Role
from tools.leaks.browser import Answer, Browser, forms
from tools.leaks.crawl import Seen, Walk
from tools.leaks.findings import Finding
from tools.leaks.planted import Secret, typed_in
from tools.leaks.running import Area, NothingToSearch
from tools.leaks.search import Search
from tools.synthetic.staff import STAFF, Person

NO_PHONE = "A phone could not begin with its invitation, so that phones are not read."
MOST, PIN = 3, "258147"
SURNAME, STAFFS_WORD = "surname", "a word of staff"
#: by these staff, courts and victims speak of a person; the notice and the skills are everybody's texts
TELLING = ("risk", "police", "victim", "stalk")
EVERYBODYS = ("mine:notice", "mine:skill", "mine:skills", "mine:frame", "mine:worker")
#: addresses that no link names
UNLINKED = ("/questions/help/", "/frame/", "/worker.js", "/key/", "/nowhere/")
#: forms that would end the walk, or that only a phone's lock or script can fill
NOT_SENT = frozenset({"mine:sign-out", "mine:begin", "mine:sign-in", "mine:open", "mine:lock"})
BOUND = 60

#: the people who are on the programme now, those of whom most is known first
PEOPLE = """
    SELECT e.id, e.ref, r.given_names, r.family_name, r.area,
           coalesce((SELECT w.ref FROM programme_allocation a JOIN programme_practitioner w ON w.id = a.practitioner_id
                      WHERE a.episode_id = e.id AND a.ended_at IS NULL AND a.leave_id IS NULL), '')
      FROM programme_episode e JOIN programme_referral r ON r.id = e.referral_id
     WHERE e.state IN ('allocated', 'in_sessions')
     ORDER BY EXISTS (SELECT FROM programme_copingplan c WHERE c.episode_id = e.id) DESC, e.state DESC, r.family_name, r.given_names
     LIMIT %s"""
BY_PHONE = """
    INSERT INTO programme_betweensessions (episode_id, on_paper, because, edition, place, version, set_by, set_at)
    VALUES (%s, false, '', 'standard', '', 1, 'leaks', %s) ON CONFLICT (episode_id) DO UPDATE SET on_paper = false, because = ''"""
INVITE = """
    INSERT INTO programme_phone (ref, episode_id, invitation, until, submission, invited_by, invited_at, device, pin, wrong, sitting,
                                 ended_by)
    VALUES (%s, %s, %s, %s, %s, 'leaks', %s, '', '', 0, '', '')"""
OWN = """
    SELECT ref FROM programme_session WHERE episode_id = %(episode)s
     UNION ALL SELECT ref FROM programme_diarytarget WHERE episode_id = %(episode)s"""
SURNAMES = "SELECT DISTINCT family_name FROM programme_referral"


@dataclass(frozen=True)
class Phone:
    """One person's phone, signed in, and the words that they type there."""

    episode: int
    holder: Person
    browser: Browser
    words: Secret


def begin(area: Area) -> tuple[Phone, ...]:
    """Invite the phones of three people as in the room, and begin on each. Raises NothingToSearch."""
    with area.cluster.connect(_programme(area).database) as connection:
        people = connection.execute(PEOPLE, [MOST]).fetchall()
        codes = [_invited(connection, episode) for episode, *_ in people]
    found = []
    for (episode, ref, given, family, where, worker), code in zip(people, codes, strict=True):
        holder = Person(ref, f"{given} {family}", Zone.PARTICIPANT, Role.PARTICIPANT, where)
        words = Secret(f"words {reference()}", typed_in(Zone.PARTICIPANT), where, worker)
        found.append(Phone(episode, holder, _begun(area, holder, code), words))
    if len(found) < MOST:
        raise NothingToSearch(
            f"Only {len(found)} of {MOST} people are on the programme, so that phones are not read."
        )
    return tuple(found)


def walk(
    area: Area, phones: Iterable[Phone], planted: Iterable[Secret], *, today: date, touching: bool = True
) -> Seen:
    """Walk every phone, send its forms, then walk each once more: what another one typed must not be there."""
    every, known, total = tuple(phones), tuple(planted), Seen()
    with area.cluster.connect(_programme(area).database) as connection:
        searches = [_search(connection, one, every, known) for one in every]
    for one, search in zip(every, searches, strict=True):
        first = read(one, search, today=today)
        if touching:
            first.press(one.words.text, without=NOT_SENT)
        total.add(first.seen)
    for one, search in zip(every, searches, strict=True) if touching else ():
        total.add(read(one, search, today=today).seen)
    return total


def read(
    phone: Phone, search: Search, *, today: date, keep: Callable[[Answer], None] = lambda _: None
) -> Walk:
    """Follow every link of one phone."""
    told: set[Finding] = set()

    def look(answer: Answer) -> None:
        told.update(_telling(walker, answer))
        keep(answer)

    walker = Walk(phone.browser, search, bound=BOUND, today=today, keep=look)
    walker.links(("/", *UNLINKED))
    walker.seen.leaks |= told
    return walker


def _telling(walker: Walk, answer: Answer) -> Iterable[Finding]:
    place = walker.place(answer.address)
    tree = answer.tree()
    if tree is None or place.where.startswith(EVERYBODYS):
        return ()
    text = tree.text_content().casefold()  # a token may spell anything
    return [place.finding(STAFFS_WORD, word) for word in TELLING if word in text]


def _search(
    connection: psycopg.Connection, phone: Phone, every: Iterable[Phone], known: Iterable[Secret]
) -> Search:
    """Everything that this phone may not show."""
    own = {ref for (ref,) in connection.execute(OWN, {"episode": phone.episode})}
    names = {name for (name,) in connection.execute(SURNAMES)}
    names |= {one.name.rpartition(" ")[2] for one in STAFF}
    return Search(
        (
            *(secret for secret in known if secret.text not in own),
            *(Secret(name, SURNAME) for name in names),
            *(other.words for other in every if other is not phone),
        )
    )


def _invited(connection: psycopg.Connection, episode: int) -> str:
    code, at = "".join(secrets.choice(ALPHABET) for _ in range(12)).lower(), datetime.now(UTC)
    connection.execute(BY_PHONE, [episode, at])
    digest = sha256(typed(code).encode()).hexdigest()
    until = at + timedelta(minutes=10)
    connection.execute(INVITE, [reference(), episode, digest, until, f"leaks-{digest[:40]}", at])
    return code


def _begun(area: Area, holder: Person, code: str) -> Browser:
    (site,) = (one for one in area.listed if one.zone is Zone.PARTICIPANT)
    browser = Browser(site, listed=area.listed, person=holder)
    page = browser.get(f"/begin/{code}/")
    tree = page.tree()
    if tree is None:
        raise NothingToSearch(NO_PHONE)
    (form,) = forms(tree, page.address)
    digits = (("pin", PIN), ("again", PIN))
    if browser.post(form.action, (*form.fields, *digits)).status != HTTPStatus.FOUND:
        raise NothingToSearch(NO_PHONE)
    return browser


def _programme(area: Area) -> Site:
    return next(site for site in area.listed if site.zone is Zone.PROGRAMME)
