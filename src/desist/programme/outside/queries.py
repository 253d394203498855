"""Questions about referrals by people without an account, each with a frozen answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from desist.accounts import queries as accounts
from desist.programme.agreement.commands import current_words
from desist.programme.outside.commands import DECIDED, Sent, enclosed, is_due, opened
from desist.programme.outside.models import OutsideDoor, OutsideReferral
from desist.programme.outside.policy import Action
from desist.programme.outside.states import Answered, Turned, Way
from desist.programme.referrals import queries as referrals
from desist.programme.referrals.states import State
from desist.references import spoken
from desist.referral import answers as asked
from desist.referral.alike import Person
from desist.referral.lists import Referrer
from desist.refusals import Refused
from desist.ui import dates
from desist.wall import gate, policy
from desist.wall.actors import Actor
from desist.wall.places import rows_that_wait

PAGE = 100
#: the sender waits for an answer: as `commands.is_due` has it for one row
DUE = Q(answered_at=None) & (
    ~Q(turned="") | Q(draft__discarded_at__isnull=False) | Q(draft__referral__state__in=DECIDED)
)
#: what waits in the menu: forms to open, and senders to answer
WAITING = rows_that_wait(OutsideReferral, Q(settled_at=None), DUE)


@dataclass(frozen=True)
class Door:
    """A service that takes forms, as its page for referrers names it, and what it says of itself."""

    ref: str
    area: str
    controller: str
    telephone: str
    data_protection: str
    lawful_basis: str
    retention: str


@dataclass(frozen=True)
class Row:
    """One form in the inbox."""

    ref: str
    spoken: str
    name: str
    sender: str
    kind: str
    came_at: datetime


@dataclass(frozen=True)
class Inbox:
    """The forms to open, those whose senders wait for an answer, and whether the door is open."""

    new: tuple[Row, ...]
    to_answer: tuple[Row, ...]
    with_us: int  # taken in, and not decided yet
    door: str  # reference of the open door; "" while it is closed
    may_set: bool


@dataclass(frozen=True)
class OutsidePage:
    """One form. `problem` says why it cannot be opened; `words` is None then, and once it was answered."""

    ref: str
    spoken: str
    came_at: datetime
    sent: Sent | None
    problem: str
    sections: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    files: tuple[str, ...]
    alike: tuple[referrals.Alike, ...]
    way: str
    draft: str
    turned: str
    outcome: str
    settled_by: str
    settled_at: datetime | None
    answered: str
    due: bool
    may_turn_down: bool
    telephone: str  # the service's own, which the sender was shown

    @property
    def is_new(self) -> bool:
        """Whether it waits to be taken in or not."""
        return self.settled_at is None


def doors() -> tuple[Door, ...]:
    """The services that take forms now, by the name of their area."""
    found = (_door(row) for row in OutsideDoor.objects.filter(open=True))
    return tuple(sorted((one for one in found if one), key=lambda one: one.area.casefold()))


def door(*, ref: str) -> Door | None:
    """The service behind a door that is open."""
    row = OutsideDoor.objects.filter(ref=ref, open=True).first()
    return _door(row) if row else None


def inbox(*, actor: Actor, at: datetime) -> Inbox:
    """The forms of the actor's area, the oldest first."""
    rows = (
        gate.see(actor, Action.SEE_OUTSIDE, OutsideReferral, at=at).defer("files").order_by("came_at", "pk")
    )
    open_ = OutsideDoor.objects.filter(area=actor.area, open=True).values_list("ref", flat=True).first()
    return Inbox(
        new=tuple(map(_row, rows.filter(settled_at=None)[:PAGE])),
        to_answer=tuple(map(_row, rows.filter(DUE)[:PAGE])),
        with_us=rows.filter(answered_at=None, settled_at__isnull=False).exclude(DUE).count(),
        door=open_ or "",
        may_set=policy.opens(actor.role, "outside:door"),
    )


def one(*, actor: Actor, ref: str, at: datetime) -> OutsidePage:
    """One form, opened with the site's key, and referrals that may be about the same person while it is new."""
    rows = gate.open(actor, Action.SEE_ONE_OUTSIDE, OutsideReferral, ref, at=at)
    row = rows.select_related("draft__referral").get()
    sent, files, problem = _content(row)
    words = current_words(row.area)
    return OutsidePage(
        ref=row.ref,
        spoken=spoken(row.ref),
        came_at=row.came_at,
        sent=sent,
        problem=problem,
        sections=_answered_parts(sent) if sent else (),
        files=files,
        alike=_alike(sent, actor, at) if sent and row.settled_at is None else (),
        way=str(sent.way.label) if sent else "",
        draft=row.draft.ref if row.draft else "",
        turned=str(Turned(row.turned).label) if row.turned else "",
        outcome=_outcome(row),
        settled_by=accounts.name(ref=row.settled_by) if row.settled_by else "",
        settled_at=row.settled_at,
        answered=_answer(row),
        due=is_due(row),
        may_turn_down=policy.opens(actor.role, "outside:turn-down"),
        telephone=words.telephone if words else "",
    )


def _door(row: OutsideDoor) -> Door | None:
    words = current_words(row.area)
    if words is None:
        return None
    said = {name: getattr(words, name) for name in ("controller", "telephone", "data_protection")}
    return Door(
        row.ref,
        accounts.area_name(row.area),
        **said,
        lawful_basis=words.lawful_basis,
        retention=words.retention,
    )


def _row(row: OutsideReferral) -> Row:
    try:
        sent = opened(row)
    except Refused:
        return Row(row.ref, spoken(row.ref), "Cannot be opened", "", "", row.came_at)
    name = f"{sent.answers['given_names']} {sent.answers['family_name']}"
    kind = str(Referrer(sent.answers["referrer_kind"]).label)
    return Row(row.ref, spoken(row.ref), name, sent.sender, kind, row.came_at)


def _answer(row: OutsideReferral) -> str:
    if row.answered_at is None:
        return ""
    return (
        f"{Answered(row.answered).label}. {accounts.name(ref=row.answered_by)}, {dates.at(row.answered_at)}"
    )


def _content(row: OutsideReferral) -> tuple[Sent | None, tuple[str, ...], str]:
    """What a row says, the names of its files, and why it cannot be opened."""
    if row.answered_at is not None:
        return None, (), ""
    try:
        files = enclosed(row) if row.settled_at is None else ()
        return opened(row), tuple(one.name for one in files), ""
    except Refused as reason:
        return None, (), str(reason)


def _answered_parts(sent: Sent) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    """The parts of the form with an answer."""
    told = (
        (key, title, tuple((name, words) for name, words in said if words))
        for key, title, said in asked.told(sent.answers)
    )
    return tuple(part for part in told if part[2])


def _alike(sent: Sent, actor: Actor, at: datetime) -> tuple[referrals.Alike, ...]:
    said = sent.answers
    person = Person(said["given_names"], said["family_name"], said["born"], said["pnc"])
    return referrals.alike(actor=actor, person=person, at=at)


def _outcome(row: OutsideReferral) -> str:
    """What became of it, in the words for the sender; "" while it is not decided."""
    if row.turned or (row.draft and row.draft.discarded_at):
        return "The service did not take it in as a referral."
    state = row.draft.referral.state if row.draft and row.draft.referral else ""
    return OUTCOMES.get(state, "")


OUTCOMES = {
    State.ACCEPTED.value: "The service accepted the referral.",
    State.CONSULTATION.value: "The service gives advice, and takes nobody onto its programme.",
    State.DECLINED.value: "The service declined the referral.",
    State.WITHDRAWN.value: "The referral was withdrawn.",
}
WAYS = {Way.PHONE: Answered.PHONE, Way.LETTER: Answered.LETTER, Way.EMAIL: Answered.EMAIL}
