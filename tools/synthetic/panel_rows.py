"""The panels of the demo's police: a clinic that was held, with minutes and actions, and one to come with papers and a guest."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from desist.partnership.agencies.models import Agency
from desist.partnership.panels.models import PanelAction, PanelItem, PanelMeeting, PanelPaper
from desist.partnership.panels.panel_papers.commands import Draft, fingerprint
from desist.partnership.panels.states import Came, Kind, Side, Sort, State, What
from desist.partnership.referrals.models import Referral
from desist.post.models import Agreement
from desist.references import reference
from desist.ui.dates import day_of
from tools.synthetic import agencies
from tools.synthetic.cases import Case
from tools.synthetic.disclosed import people
from tools.synthetic.staff import AREAS

ROWAN, HOLLIS, MERLE = "staffq01", "staffq04", "staffq05"
#: the agency on the victim's side, by its place among names.AGENCIES
OTHER = agencies.SIGNED_IN + 1
TOLD = "He was told on Monday which streets he may not enter. Ask him how he pays his fines."
FORMULATION = (
    "It began when the work ended. Debts keep it going, his brother helps, and the hearing may make it worse."
)
CHANGED = "He was told on Monday which streets he may not enter. The fines can wait until the spring."


def write(cases: Sequence[Case], *, at: datetime) -> None:
    """Write a meeting of last week and one of next week about the same people, each for two agencies."""
    seated = _agencies()
    listed = [Referral.objects.get(ref=case.police_ref) for case in people(cases)[:3]]
    held = _meeting(at - timedelta(days=7), Kind.CLINIC, seated, at)
    held.seats.filter(agency=seated[0]).update(came=Came.CAME, people="Wren Copplestick", noted_by=MERLE)
    coming = _meeting(at + timedelta(days=7), Kind.MASIP, seated, at)
    first, *_ = [_item(held, about, place, at) for place, about in enumerate(listed[:2], start=1)]
    again, *_ = [_item(coming, about, place, at) for place, about in enumerate(listed, start=1)]
    _minutes(first, seated[0], at)
    _paper(again, seated[0], Side.PERSON, TOLD, at)
    _paper(again, seated[1], Side.VICTIM, "Ask the client whether the new locks are in.", at)
    _paper(again, seated[0], Side.PERSON, "He starts a new job in spring.", at, state=State.WRITTEN)
    _paper(again, None, Side.PERSON, TOLD, at)
    _actions(first, seated[0], at)
    _readers(held, coming, seated[0], at)


def _agencies() -> tuple[Agency, Agency]:
    """The two agencies at the table, whose sharing agreement is in force."""
    agreement = Agreement.objects.get(area=AREAS[0], ends_on=None).ref
    tokens = [agencies.listing(AREAS[0], number) for number in (agencies.SIGNED_IN, OTHER)]
    Agency.objects.filter(token__in=tokens).update(agreement=agreement)
    first, second = (Agency.objects.get(token=token) for token in tokens)
    return first, second


def _meeting(on: datetime, kind: Kind, seated: Sequence[Agency], at: datetime) -> PanelMeeting:
    made = PanelMeeting.objects.create(
        area=AREAS[0],
        kind=kind,
        on=day_of(on),
        begins=time(14),
        place="Conference room of the police station",
        chair=MERLE,
        submission=reference(),
        added_by=MERLE,
        added_at=at - timedelta(days=20),
    )
    for agency in seated:
        made.seats.create(agency=agency, invited_by=MERLE, invited_at=at - timedelta(days=20))
    return made


def _item(meeting: PanelMeeting, about: Referral, place: int, at: datetime) -> PanelItem:
    return meeting.items.create(
        referral=about,
        position=place,
        why="Two reports within one week, and a day in court ahead.",
        consultation=place == 3,
        review_on=day_of(at + timedelta(days=28)) if place == 1 else None,
        submission=reference(),
        put_by=ROWAN,
        put_at=at - timedelta(days=12),
    )


def _minutes(item: PanelItem, agency: Agency, at: datetime) -> None:
    """Minutes that were changed after they went out, so that the agency has the second version; and a formulation."""
    then = at - timedelta(days=6)
    for number, words in enumerate((TOLD, CHANGED), start=1):
        row = _paper(item, agency, Side.PERSON, words, then, sort=Sort.MINUTES, number=number)
        row.signed_by, row.signed_at = MERLE, then
        if number == 1:
            row.state, row.ended_by, row.ended_at = State.REPLACED, HOLLIS, at - timedelta(days=5)
        row.save()
    row = _paper(item, agency, Side.PERSON, FORMULATION, then, sort=Sort.FORMULATION)
    row.signed_by, row.signed_at = MERLE, then
    row.save()


def _paper(
    item: PanelItem,
    agency: Agency | None,
    side: Side,
    words: str,
    at: datetime,
    *,
    sort: Sort = Sort.PAPER,
    number: int = 1,
    state: State = State.RELEASED,
) -> PanelPaper:
    row = PanelPaper(
        item=item,
        sort=sort,
        side=side,
        agency=agency,
        guest="" if agency else "Sorrel Vane, Northmere probation",
        number=number,
        purpose="safety",
        fingerprint=fingerprint(Draft(sort, side, "safety", [], "", words)),
        state=state,
        submission=reference(),
        written_by=ROWAN,
        written_at=at - timedelta(hours=20),
    )
    if state == State.RELEASED:
        row.released_by, row.released_at = HOLLIS, at - timedelta(hours=4)
    row.words = words
    row.save()
    return row


def _actions(item: PanelItem, agency: Agency, at: datetime) -> None:
    """An officer's action to come, and one of the agency that waits for it and is late."""
    then = at - timedelta(days=7)
    before = _action(item, None, "Write to the court about the fines.", at + timedelta(days=9), then)
    late = _action(item, agency, "See him about his fines.", at - timedelta(days=2), then)
    late.waits_for = before
    late.save()
    late.steps.create(what=What.CHASED, by=MERLE, at=at - timedelta(days=1))


def _action(item: PanelItem, agency: Agency | None, words: str, due: datetime, then: datetime) -> PanelAction:
    row = PanelAction(
        item=item,
        side=Side.PERSON,
        agency=agency,
        account="" if agency else ROWAN,
        due_on=day_of(due),
        submission=reference(),
        given_by=MERLE,
        given_at=then,
    )
    row.words = words
    row.save()
    row.steps.create(what=What.GIVEN, by=MERLE, at=then)
    return row


def _readers(held: PanelMeeting, coming: PanelMeeting, agency: Agency, at: datetime) -> None:
    """A reader of both sides whom two people named, one who waits for the second person, and a numbered pack."""
    then = at - timedelta(days=10)
    account = agency.members.values_list("account", flat=True)[0]
    why = "The only colleague of the agency; the other side is about the same flat."
    held.readers.create(
        account=account, why=why, asked_by=HOLLIS, asked_at=then, agreed_by=MERLE, agreed_at=then
    )
    coming.readers.create(account=account, why=why, asked_by=HOLLIS, asked_at=at - timedelta(hours=3))
    released = PanelPaper.objects.filter(
        item__meeting=coming, agency=agency, side=Side.PERSON, state=State.RELEASED
    )
    copy = coming.copies.create(
        agency=agency,
        reader="Wren Copplestick",
        side=Side.PERSON,
        number=1,
        papers=list(released.values_list("ref", flat=True)),
        submission=reference(),
        made_by=MERLE,
        made_at=at - timedelta(hours=1),
    )
    asked = {"order": reference(), "asked_by": MERLE, "asked_at": at - timedelta(hours=1)}
    coming.prints.create(**asked)
    coming.prints.create(copy=copy, **asked)
