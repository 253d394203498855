"""Questions about exhibits that came with a report, each with a frozen answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from desist import custody
from desist.accounts import queries as accounts
from desist.audit import queries as audit
from desist.disclosure.codes import Recall
from desist.keys.sitekeys import UnknownKey
from desist.partnership.exhibits import keeping
from desist.partnership.exhibits.commands import PATIENCE
from desist.partnership.exhibits.models import Exhibit
from desist.partnership.exhibits.policy import Action
from desist.partnership.exhibits.states import Custody, State
from desist.post.models import Partner
from desist.references import spoken
from desist.referral.files import LOCKED, Spoilt
from desist.refusals import Refused
from desist.wall import gate
from desist.wall.actors import Actor
from desist.wall.audit import row_name

#: looks at an exhibit that its page shows, the newest
LOOKS = 50


@dataclass(frozen=True)
class Row:
    """One exhibit in a list. `caption` is empty once it was recalled, or where its key is missing."""

    ref: str
    number: str
    caption: str
    state: State
    label: str
    size: int
    here: int
    parts: int
    arrived_at: datetime

    @property
    def name(self) -> str:
        """Its number and caption in one line, or what stands in their place."""
        return ": ".join(filter(None, (self.number, self.caption))) or "Exhibit"


@dataclass(frozen=True)
class Act:
    """One line of the custody log."""

    at: datetime
    by: str
    action: str
    what: str
    link: str


@dataclass(frozen=True)
class Page:
    """One exhibit with its custody log, and the looks at this page as (account, moment)."""

    row: Row
    report: str
    report_spoken: str
    service: str
    phone: str
    digest: str
    formats: tuple[str, ...]
    asked_at: datetime | None
    copies: int
    recalled_at: datetime | None
    recall_reason: str
    log: tuple[Act, ...]
    log_is_whole: bool
    looks: tuple[tuple[str, datetime], ...]


def of_reports(*, actor: Actor, reports: Iterable[str], at: datetime) -> Mapping[str, tuple[Row, ...]]:
    """Report -> the exhibits that came with it, the oldest first."""
    seen = gate.see(actor, Action.SEE_EXHIBIT, Exhibit, at=at).filter(report__ref__in=list(reports))
    found: dict[str, list[Row]] = defaultdict(list)
    for one in seen.select_related("report").order_by("arrived_at", "pk"):
        found[one.report.ref].append(_row(one))
    return {ref: tuple(rows) for ref, rows in found.items()}


def exhibit(*, actor: Actor, ref: str, at: datetime) -> Page:
    """One exhibit."""
    one = gate.open(actor, Action.SEE_EXHIBIT, Exhibit, ref, at=at).select_related("report__side").get()
    acts = list(one.custody.order_by("position"))
    looks = audit.looks(named=row_name(Exhibit, ref), most=LOOKS)
    names = accounts.names(refs={by for by in (*(act.by for act in acts), *(who for who, _ in looks)) if by})
    partner = Partner.objects.filter(name=one.report.side.advocacy).first()
    service, phone = (partner.title, partner.phone) if partner else (one.report.side.advocacy, "")
    return Page(
        row=_row(one),
        report=one.report.ref,
        report_spoken=spoken(one.report.ref),
        service=service,
        phone=phone,
        digest=one.digest,
        formats=tuple(one.formats),
        asked_at=one.asked_at,
        copies=keeping.copies(one),
        recalled_at=one.recalled_at,
        recall_reason=str(Recall(one.recall_reason).label) if one.recall_reason else "",
        log=tuple(
            Act(
                act.at,
                names.get(act.by, act.by) or (service if act.action == Custody.SENT else "Desist"),
                str(Custody(act.action).label),
                act.what,
                act.link,
            )
            for act in acts
        ),
        log_is_whole=custody.is_whole(one),
        looks=tuple((names.get(who, who), when) for who, when in looks),
    )


def content(*, actor: Actor, ref: str, part: int, at: datetime) -> tuple[str, bytes]:
    """A neutral name and the bytes of one part of a copy. Raises Refused."""
    one = gate.open(actor, Action.SAVE_EXHIBIT, Exhibit, ref, at=at).get()
    ending = f".{part + 1:03d}" if keeping.copies(one) > 1 else ""
    try:
        return f"exhibit-{one.ref}.zip{ending}", b"".join(keeping.contents(one, copy=part))
    except (Spoilt, UnknownKey):
        raise Refused(LOCKED) from None


def hashed() -> Iterator[tuple[str, bool]]:
    """The exhibits of which every piece is here, and whether each is what was sent; for the clock. One without its key waits."""
    for one in Exhibit.objects.filter(state=State.CHECKING).order_by("arrived_at"):
        with suppress(UnknownKey):
            yield one.ref, keeping.is_what_was_sent(one)


def overdue(*, at: datetime) -> tuple[str, ...]:
    """The exhibits of which pieces did not come in time; for the clock."""
    late = Exhibit.objects.filter(state=State.ARRIVING, asked_at__lte=at - PATIENCE)
    return tuple(late.values_list("ref", flat=True))


def _row(one: Exhibit) -> Row:
    return Row(
        ref=one.ref,
        number=one.number,
        caption=keeping.caption(one),
        state=State(one.state),
        label=str(State(one.state).label),
        size=one.size,
        here=one.here,
        parts=one.parts,
        arrived_at=one.arrived_at,
    )
