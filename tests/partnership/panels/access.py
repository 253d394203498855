"""The rows of panels that an address names, for an account to look at: tests/partnership/test_access.py."""

from tests import access
from tests.partnership import factories as police
from tests.partnership.panels import factories

from desist.partnership.agencies.models import Agency
from desist.partnership.panels.models import PanelItem, PanelMeeting


def _agency(stand: access.Stand) -> Agency:
    """An agency for which the account works."""
    made = factories.agency(area=stand.area)
    if stand.own:
        made.members.model.objects.filter(account=stand.account.ref).update(
            ended_by="carol", ended_at=police.NOW
        )
        police.member(account=stand.account.ref, agency=made)
    return made


def _meeting(stand: access.Stand) -> PanelMeeting:
    """A meeting of the account's own, to which its agency is invited."""
    chair = stand.account.ref if stand.own else "carol"
    return factories.meeting(area=stand.area, agencies=(_agency(stand),), chair=chair)


def _item(stand: access.Stand) -> PanelItem:
    return factories.item(meeting=_meeting(stand))


def _seated(stand: access.Stand) -> tuple[PanelItem, Agency]:
    row = _item(stand)
    return row, row.meeting.seats.get().agency


def _paper(stand: access.Stand, **fields: str) -> list[str]:
    row, agency = _seated(stand)
    return [factories.paper(item=row, agency=agency, **fields).ref]


def _waiting(stand: access.Stand) -> list[str]:
    row, agency = _seated(stand)
    return [row.ref, factories.paper(item=row, agency=agency, state="written").ref]


def _reader(stand: access.Stand) -> list[str]:
    meeting = _meeting(stand)
    return [meeting.ref, factories.reader(meeting=meeting, account="erin").ref]


def _copy(stand: access.Stand) -> list[str]:
    row, agency = _seated(stand)
    made = factories.paper(item=row, agency=agency)
    return [factories.copy(meeting=row.meeting, agency=agency, papers=(made,)).ref]


def _printed(stand: access.Stand) -> list[str]:
    meeting = _meeting(stand)
    factories.printed(meeting=meeting)
    return [meeting.ref]


def _guest(stand: access.Stand) -> list[str]:
    return [factories.paper(item=_item(stand)).ref]


def _action(stand: access.Stand) -> list[str]:
    row, agency = _seated(stand)
    return [factories.action(item=row, agency=agency).ref]


PANEL_MAKERS: access.Makers = {
    "panels": lambda stand: [_meeting(stand).ref],
    "panels:agree": _reader,
    "panels:end-reader": _reader,
    "agenda": lambda stand: [_item(stand).ref],
    "agenda:add": lambda stand: [_meeting(stand).ref],
    "agenda:put": lambda stand: [police.referral(area=stand.area).ref],
    "panel_papers": lambda stand: [_item(stand).ref],
    "panel_papers:end": _waiting,
    "panel_papers:pack": lambda stand: [_meeting(stand).ref],
    "panel_papers:copy": _copy,
    "panel_packs": lambda stand: [_meeting(stand).ref],
    "panel_packs:file": _printed,
    "panel_papers:link": _guest,
    "panel_papers:made": _guest,
    "panel_papers:end-link": _guest,
    "panel_actions": _action,
    "panel_actions:give": lambda stand: [_item(stand).ref],
    "our_panels": lambda stand: [_meeting(stand).ref],
    "our_panels:paper": _paper,
    "our_panels:action": _action,
    "our_panels:answer": _action,
}
