"""A caseload of clients that moves in: what becomes of the rows, and what stands in the way of them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from desist.accounts import queries as accounts
from desist.advocacy.contacts.models import Arrangement, SafeTime
from desist.advocacy.incidents.models import Incident
from desist.advocacy.moving_in import rows, sheets
from desist.advocacy.moving_in.models import MovedClient, MoveIn
from desist.advocacy.moving_in.rows import Client
from desist.advocacy.safety.models import PlanVersion
from desist.advocacy.team import commands as team
from desist.advocacy.team.models import Advocate
from desist.advocacy.vault import boxes, spelling
from desist.advocacy.vault import commands as vault
from desist.advocacy.vault.models import Locator
from desist.advocacy.vault.policy import Action as Vault
from desist.advocacy.vault.states import Kind as Locating
from desist.advocacy.victims.identity import FIELD, Identity
from desist.advocacy.victims.models import Allocation, Consent, Victim
from desist.advocacy.victims.policy import Action
from desist.moving_in.commands import Kind
from desist.moving_in.tables import Person, Problem, Reading
from desist.postgresql import copying
from desist.wall import policy
from desist.wall.actors import Actor, Role
from desist.wall.people import are_one_person

#: tables of a client that an import fills
FILLED: tuple[type[Model], ...] = (
    *(Allocation, Consent, Locator, Arrangement, SafeTime, Incident, PlanVersion),
)
#: table -> what makes its rows of a client
KINDS: tuple[Callable[[Client, str], Iterator[Model]], ...] = (
    lambda one, _: one.locators(),
    lambda one, _: one.consents(),
    lambda one, _: one.arrangement(),
    lambda one, _: one.safe_times(),
    lambda one, token: one.incidents(token),
    lambda one, _: one.plans(),
)
IN_VAULT = (
    "These words hold a number, an address, a place, a vehicle or an account that leads to a client. Write “their home”, "
    "“their work” or “their telephone” instead"
)


INVITE = (
    "Nobody here has an account with this e-mail address. Invite them under People: nothing is made for them"
)
NO_ROLE = "This account does not have this role in the area. Give it under People: nothing is made for them"
OWN = "Nobody puts themselves on the register: ask a colleague to do it under Team"
LEFT = "They are on the register as having left. Record under Team that they are back"


def _keep(move: MoveIn, people: list[Person], reading: Reading, at: datetime) -> dict[str, int]:
    """Bring some clients in, each with every row of theirs; table -> number of rows.

    Advocates whose account exists are put on the register first, and stay there whatever becomes of the import.
    """
    copying.insert(_new_advocates(move.area, reading, move.brought_by))
    by, when = move.brought_by, move.brought_at or at
    clients = [rows.client(move.area, one, by, when) for one in people]
    copying.insert(one.victim for one in clients)
    copying.insert(one.key for one in clients)
    copying.insert(MovedClient(move=move, victim=one.victim, key=one.person.said["key"]) for one in clients)
    staff = _advocates(move.area, reading)
    allocated = copying.insert(
        Allocation(victim=one.victim, advocate=staff[_folded(name)], made_by=by, made_at=when)
        for one in clients
        if (name := one.person.said["advocate"])
    )
    made = [copying.insert(row for one in clients for row in make(one, move.ref)) for make in KINDS]
    filled: list[list[Any]] = [allocated, *made]
    counts = {str(found[0]._meta.model_name): len(found) for found in filled if found}
    return {"victim": len(clients), **counts}


def _beside_what_is_here(sender: Actor, people: list[Person], reading: Reading) -> Iterator[Problem]:
    """What stands in the way in the area, as far as the sender may see it, and words that hold what a vault keeps."""
    yield from _of_the_register(sender, reading)
    staff = _advocates(sender.area, reading) | _by_name(
        sender.area, reading, _new_advocates(sender.area, reading, sender.who)
    )
    here, kept = _names(sender), _searchable(sender)
    for one in people:
        if one.name in here:
            yield Problem("clients", one.row, "", "This client is already here")
        yield from _of_an_advocate(one, staff)
        yield from _numbered_once(one)
        held = [(Locating(said["kind"]), said["value"]) for said in one.rows["ways"]]
        for sheet, row, column, text, crosses in _texts(one):
            if spelling.holds(text, held) or (crosses and kept & boxes.marks_in(text)):
                yield Problem(sheet, row, column, IN_VAULT)


def _of_an_advocate(person: Person, staff: dict[str, Advocate]) -> Iterator[Problem]:
    if name := person.said["advocate"]:
        found = staff.get(_folded(name))
        sentences = ["Nobody of this name is on the register of the area"]
        if found and found.pk:
            sentences = list(team.refusals(advocate=found, person=""))
        elif found:  # who is yet to be put on the register
            sentences = [] if found.trained_on else [f"The training of {found.name} is not signed off"]
        for sentence in sentences:
            yield Problem("clients", person.row, "advocate", sentence)


def _numbered_once(person: Person) -> Iterator[Problem]:
    for said in person.rows["plans"][1:]:
        yield Problem("plans", said["row"], "key", "Only the first safety plan of a client moves in")


def _texts(person: Person) -> Iterator[tuple[str, int, str, str, bool]]:
    """The free words of a client: table, row, column, words, and whether others may read them."""
    for sheet in (one for one in sheets.SHEETS if not one.alone):
        theirs = [{**person.said, "row": person.row}] if sheet is sheets.CLIENTS else person.rows[sheet.key]
        for said in theirs:
            crossing = sheets.texts(sheet, said, crossing=True)
            for column, text in sheets.texts(sheet, said).items():
                # The exact place of an incident may be named in its own field.
                if column != "place_detail":
                    yield sheet.key, said["row"], column, text, column in crossing


def _searchable(sender: Actor) -> set[bytes]:
    """The marks of what leads to the clients whom the sender can search for: no other client is told of."""
    scope = policy.rule(Vault.SEARCH_LOCATORS).scope(sender)
    kept = Locator.objects.filter(scope).values_list("mark", flat=True)
    return {bytes(one) for one in kept if one}


def _names(sender: Actor) -> set[Any]:
    """The names of the clients whom the sender may see."""
    scope = policy.rule(Action.SEE_VICTIMS).scope(sender)
    known = dict(Victim.objects.filter(scope).values_list("ref", "identity"))
    opened = vault.boxes_of(persons=list(known))
    people = (boxes.unlock(box, FIELD, ref, known[ref], Identity) for ref, box in opened.items())
    return {
        (one.given_names.casefold(), one.family_name.casefold(), born)
        for one in people
        for born in {None, date.fromisoformat(one.born) if one.born else None}
    }


def _of_the_register(sender: Actor, reading: Reading) -> Iterator[Problem]:
    """Advocates of the table who cannot be put on the register: whom to invite, and who lacks the role."""
    by_email, seen = _accounts(sender.area), dict[str, int]()
    entries = Advocate.objects.filter(area=sender.area)
    known = set(entries.values_list("ref", flat=True))
    left = set(entries.exclude(left_on=None).values_list("ref", flat=True))
    for said in _told(reading):
        email = said["email"].casefold()
        if email in seen:
            yield Problem("advocates", said["row"], "email", f"Row {seen[email]} has the same e-mail address")
        seen.setdefault(email, said["row"])
        held = by_email.get(email, {})
        if not held:
            yield Problem("advocates", said["row"], "email", INVITE, stops=False)
        elif (account := held.get(said["role"])) is None:
            yield Problem("advocates", said["row"], "role", NO_ROLE, stops=False)
        elif account in left:
            yield Problem("advocates", said["row"], "email", LEFT, stops=False)
        elif said["role"] == Role.ADVOCATE and account not in known and are_one_person(sender.who, account):
            yield Problem("advocates", said["row"], "email", OWN, stops=False)


def _new_advocates(area: str, reading: Reading, by: str) -> list[Advocate]:
    """Advocates of the table whose account exists and who are not on the register."""
    by_email = _accounts(area)
    known = set(Advocate.objects.filter(area=area).values_list("ref", flat=True))
    return [
        Advocate(ref=account, name=said["name"], area=area, trained_on=said["trained_on"])
        for said in _told(reading)
        if said["role"] == Role.ADVOCATE
        and (account := by_email.get(said["email"].casefold(), {}).get(Role.ADVOCATE))
        and account not in known
        and not are_one_person(by, account)
    ]


def _told(reading: Reading) -> list[dict[str, Any]]:
    return reading.by_themselves()[0]["advocates"]


def _accounts(area: str) -> dict[str, dict[str, str]]:
    """E-mail address -> role in the area -> account."""
    found: dict[str, dict[str, str]] = {}
    for one in accounts.everybody_at_work():
        if one.area == area:
            found.setdefault(one.email.casefold(), {})[one.role] = one.account
    return found


def _advocates(area: str, reading: Reading) -> dict[str, Advocate]:
    """The advocates at work, by the name of the register and by that of the table."""
    rows = list(Advocate.objects.filter(area=area, left_on=None))
    return {_folded(row.name): row for row in rows} | _by_name(area, reading, rows)


def _by_name(area: str, reading: Reading, rows: list[Advocate]) -> dict[str, Advocate]:
    by_email, known = _accounts(area), {row.ref: row for row in rows}
    found = (
        (said["name"], by_email.get(said["email"].casefold(), {}).get(Role.ADVOCATE))
        for said in _told(reading)
    )
    return {_folded(name): known[account] for name, account in found if account in known}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _worked_on(move: MoveIn) -> bool:
    """Whether a row of the import changed, or one was added to a table that it filled."""
    every: tuple[type[Model], ...] = (Victim, *FILLED)
    for model in every:
        way = {"moved_in__move": move} if model is Victim else {"victim__moved_in__move": move}
        theirs = model._default_manager.filter(**way)
        if theirs.count() != move.counts.get(model._meta.model_name or "", 0):
            return True
        events: Any = getattr(model, "pgh_event_model", None)
        if events and events.objects.filter(pgh_obj__in=theirs, pgh_label="update").exists():
            return True
    return False


def _new(**said: Any) -> MoveIn:  # noqa: ANN401 -- columns of any kind
    """An import that was just sent."""
    return MoveIn(**said)


CASELOAD = Kind(
    model=MoveIn,
    new=_new,
    sheets=sheets.SHEETS,
    manager=Role.ADVOCACY_MANAGER,
    note="Numbers and addresses stand in the table of ways to reach them and nowhere else.",
    checked=sheets.checked,
    beside=_beside_what_is_here,
    keep=_keep,
    worked_on=_worked_on,
)
