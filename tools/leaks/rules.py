"""Which role may see which secret where: the whole table. A place that no row allows is a leak.

A row names some kinds, a zone, media and roles. A person sees only secrets of their own area; a role in OWN_WORK sees
only those of its own work. A page shows a way to reach a victim only once it is revealed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from desist.sites import Zone
from desist.wall.actors import Role
from tools.leaks.planted import Secret, kind_of, typed_in
from tools.synthetic.staff import Person


class Medium(StrEnum):
    """A medium in which a person or a program reads."""

    PAGE = "page"  # and every file that a page offers
    REVEALED = "page after a reveal"
    ERROR = "error page"
    DATABASE = "database"
    LOG = "log"
    MAIL = "e-mail"
    FILE = "file of the data folder"
    BACKUP = "backup"
    DISK = "the database server's own files"


@dataclass(frozen=True)
class May:
    """One row: where a kind may be; no roles for what no person reads, a route where it is only one page."""

    zone: Zone
    media: frozenset[Medium]
    roles: frozenset[Role] = frozenset()
    route: str = ""


SHOWN = frozenset({Medium.PAGE, Medium.REVEALED})
KEPT = frozenset({Medium.DATABASE, Medium.DISK})
CLINICAL = frozenset({Role.PRACTITIONER, Role.MANAGER, Role.SUPERVISOR})
POLICE = frozenset({Role.OFFICER, Role.FORCE_LEAD})
TOLD = POLICE | {Role.ORDER_COORDINATOR}
SUPPORT = frozenset({Role.ADVOCATE, Role.ADVOCACY_MANAGER})
#: these roles see only the people they work with
OWN_WORK = frozenset({Role.PRACTITIONER})

IN_ADVOCACY = (May(Zone.ADVOCACY, SHOWN, SUPPORT),)  # and plain in no database, not even the advocates' own
AFTER_A_REVEAL = (May(Zone.ADVOCACY, frozenset({Medium.REVEALED}), SUPPORT),)
#: what the client chose to report crosses to the police as a breach report, and never further
REPORTED = (May(Zone.PARTNERSHIP, SHOWN, TOLD), May(Zone.PARTNERSHIP, KEPT))
#: an exhibit that a client chose to send holds her messages, with her name, in a file that officers save
IN_AN_EXHIBIT = (May(Zone.PARTNERSHIP, SHOWN, TOLD, route="exhibits:save"),)
#: an observer rates a session beside its record, which does not name the person
TO_RATE = (May(Zone.PROGRAMME, SHOWN, frozenset({Role.OBSERVER}), route="quality:rate"),)
IN_PROGRAMME = (May(Zone.PROGRAMME, SHOWN, CLINICAL), May(Zone.PROGRAMME, KEPT))
AT_POLICE = (May(Zone.PARTNERSHIP, SHOWN, POLICE), May(Zone.PARTNERSHIP, KEPT))
#: what a commissioner asks about a return crosses to the service or force that counted it, and its answer goes back
ASKED_ABOUT_A_RETURN = (
    May(Zone.PROGRAMME, SHOWN, frozenset({Role.MANAGER, Role.EXECUTIVE}), route="quarterly:"),
    May(Zone.PROGRAMME, KEPT, route="programme_returnquestion"),
    May(
        Zone.PARTNERSHIP,
        SHOWN,
        frozenset({Role.FORCE_LEAD, Role.ORDER_COORDINATOR}),
        route="quarterly:",
    ),
    May(Zone.PARTNERSHIP, KEPT, route="partnership_returnquestion"),
    May(Zone.ADVOCACY, SHOWN, SUPPORT, route="quarterly:"),
    May(Zone.ADVOCACY, KEPT, route="advocacy_returnquestion"),
)
ANSWERED_ABOUT_A_RETURN = (
    May(Zone.COMMISSION, SHOWN, frozenset({Role.COMMISSIONER, Role.EVALUATOR}), route="returns:"),
    May(Zone.COMMISSION, KEPT, route="commission_question"),
)
#: tables where the advocates' own words stand in plain text, with the reason. What they write of a client is locked.
IN_CLEAR = {
    "accounts_area": "the names of police areas, which administrators enter",
    "wall_exclusion": "why a colleague is kept from a case; the form asks for no more than that",
    "wall_restriction": "why only named colleagues see a case",
    "advocacy_returnquestion": "answers to a commissioner about a return: of numbers, and of no client",
    "advocacy_packcall": "who at the police was rung about a report, by name and role",
    "post_agreement": "agreements between organisations; they name no client",
    "post_byhandtask": "who at a partner without Desist was told, and what waits to be read out to them",
}


def typed_here(zone: Zone) -> May:
    """Return words that a user typed, on the pages of a zone; a page that could not save them gives them back."""
    return May(zone, SHOWN | {Medium.ERROR}, frozenset(Role))


MAY: dict[str, tuple[May, ...]] = {
    "victim_name": (*IN_ADVOCACY, *IN_AN_EXHIBIT),
    "victim_report": (*IN_ADVOCACY, *REPORTED),
    "victim_code_word": IN_ADVOCACY,
    "victim_plan": IN_ADVOCACY,
    "victim_note": IN_ADVOCACY,
    "victim_phone": AFTER_A_REVEAL,
    "victim_email": AFTER_A_REVEAL,
    "victim_address": AFTER_A_REVEAL,
    "victim_postcode": AFTER_A_REVEAL,
    "victim_workplace": AFTER_A_REVEAL,
    "session_note": (*IN_PROGRAMME, *TO_RATE),
    "concern": IN_PROGRAMME,
    "draft": AT_POLICE,
    "account": (*IN_PROGRAMME, *AT_POLICE),
    "own_email": (*IN_PROGRAMME, *AT_POLICE),
    "alert_note": (May(Zone.PARTNERSHIP, SHOWN, TOLD),),
    # Doors carry words from the police to both sides, requests for a disclosure and breach reports to the police.
    typed_in(Zone.PROGRAMME): (
        *(typed_here(zone) for zone in (Zone.PROGRAMME, Zone.PARTNERSHIP)),
        *(May(zone, KEPT) for zone in (Zone.PROGRAMME, Zone.PARTNERSHIP)),
        *ANSWERED_ABOUT_A_RETURN,
    ),
    typed_in(Zone.ADVOCACY): (
        *(typed_here(zone) for zone in (Zone.ADVOCACY, Zone.PARTNERSHIP)),
        May(Zone.PARTNERSHIP, KEPT),
        May(Zone.ADVOCACY, frozenset({Medium.DISK})),
        *ANSWERED_ABOUT_A_RETURN,
    ),
    # What a person writes on their phone is read by the staff of their programme alone.
    typed_in(Zone.PARTICIPANT): (typed_here(Zone.PROGRAMME), May(Zone.PROGRAMME, KEPT)),
    "surname": (),  # looked for on phones alone
    typed_in(Zone.COMMISSION): (
        typed_here(Zone.COMMISSION),
        May(Zone.COMMISSION, KEPT),
        *ASKED_ABOUT_A_RETURN,
    ),
    typed_in(Zone.PARTNERSHIP): (
        *(typed_here(zone) for zone in (Zone.PARTNERSHIP, Zone.PROGRAMME, Zone.ADVOCACY)),
        *(May(zone, KEPT) for zone in (Zone.PARTNERSHIP, Zone.PROGRAMME)),
        *ANSWERED_ABOUT_A_RETURN,
    ),
    **{
        kind_of(zone): (
            May(zone, SHOWN | {Medium.ERROR}, frozenset(Role)),
            May(zone, KEPT),
        )
        for zone in (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY, Zone.COMMISSION)
    },
}


def allowed(
    secret: Secret, *, zone: Zone | None, medium: Medium, person: Person | None = None, where: str = ""
) -> bool:
    """Return whether a secret may be there; `person` is the reader, None where no account is signed in."""
    if secret.kind == typed_in(Zone.ADVOCACY) and medium is Medium.DATABASE and _table(where) in IN_CLEAR:
        return zone is Zone.ADVOCACY
    for row in MAY[secret.kind]:
        here = row.zone is zone and medium in row.media and where.startswith(row.route)
        if here and _may_read(row.roles, secret, person):
            return True
    # Every database of the demo is on one server: its files hold what any one of them may keep.
    return medium is Medium.DISK and any(medium in row.media for row in MAY[secret.kind])


def _table(where: str) -> str:
    """Return the table whose rows these are, or whose history."""
    return where if where in IN_CLEAR else where.removesuffix("event")


def _may_read(roles: Iterable[Role], secret: Secret, person: Person | None) -> bool:
    if person is None:
        return not roles
    if person.role not in roles:
        return False
    if person.role in OWN_WORK and secret.worker:
        return secret.worker == person.ref
    return not secret.area or secret.area == person.area
