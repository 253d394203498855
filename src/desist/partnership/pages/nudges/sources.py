"""The sources of each kind of e-mail to staff of a police area.

The clocks of an order are drawn by the rules of the day; an e-mail comes by the figures of the newest ones.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import F, Q

from desist.accounts.nudges.sources import Source, anybody
from desist.orders.rules import RULES, Key
from desist.orders.terms import Kind as LawKind
from desist.partnership.judgements.models import JudgementRequest
from desist.partnership.judgements.policy import Action as JudgementsAction
from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action as OrdersAction
from desist.partnership.orders.states import CLOSED, LIVE
from desist.partnership.orders.states import State as OrderState
from desist.partnership.pages.nudges.states import ROLES, Kind
from desist.partnership.pages.referral.queries import news_is_for
from desist.partnership.panels.models import PanelAction
from desist.partnership.panels.panel_actions.queries import ESCALATES_AFTER
from desist.partnership.panels.policy import Action as PanelsAction
from desist.partnership.panels.states import Progress
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.partnership.referrals.states import News
from desist.wall.actors import Actor

__all__ = ["ROLES", "SOURCES"]

DAY, WEEK = timedelta(days=1), timedelta(days=7)
#: what the programme told -> the kind of e-mail
NEWS = {
    Kind.DECISION: (News.ACCEPTED, News.CONSULTATION, News.DECLINED),
    Kind.STARTED: (News.STARTED,),
    Kind.PLANNED: (News.PLANNED,),
    Kind.JUDGED: (News.JUDGED,),
    Kind.MISSED: (News.MISSED,),
    Kind.ENDED: (News.ENDED, News.GOES_ON),
    Kind.REPORT: (News.REPORT,),
}
FIGURES = {rule.key: rule.figures for rule in RULES}
ALIVE = Q(state__in=LIVE)
RENEWED = Q(applications__kind="renew", applications__outcome="")


LATE = Q(state=Progress.OPEN, item__ended_at=None)


def _does_or_chairs(actor: Actor) -> Q:
    """The actions that the actor does, and those of meetings that the actor chairs."""
    return Q(account=actor.who) | Q(item__meeting__chair=actor.who)


def _of_panel(
    kind: Kind, action: PanelsAction, after: timedelta, own: Callable[[Actor], Q] = anybody
) -> Source:
    return Source(kind, PanelAction, action, LATE, "due_on", after, own=own)


def _of_order(kind: Kind, waiting: Q, field: str, after: timedelta = timedelta(0)) -> Source:
    return Source(kind, Order, OrdersAction.SEE_ORDERS, waiting, field, after)


SOURCES: tuple[Source, ...] = (
    *(
        Source(
            kind,
            Referral,
            ReferralsAction.SEE_REFERRAL,
            Q(news__what__in=told, news__read_at=None),
            "news__came_at",
            own=news_is_for,
        )
        for kind, told in NEWS.items()
    ),
    Source(
        Kind.JUDGEMENT, JudgementRequest, JudgementsAction.SEE_JUDGEMENTS, Q(answered_at=None), "asked_at"
    ),
    _of_order(Kind.SERVICE, ALIVE & Q(served_on=None), "made_on", FIGURES[Key.SERVE][0] * DAY),
    _of_order(
        Kind.SERVICE,
        ALIVE & Q(applications__served_on=None),
        "applications__written_on",
        FIGURES[Key.SERVE][0] * DAY,
    ),
    _of_order(
        Kind.NOTIFICATION,
        ~Q(state__in=CLOSED) & Q(notifications__given_on=None, notifications__checked_at=None),
        "notifications__due_on",
        DAY,
    ),
    _of_order(Kind.HEARING, Q(state=OrderState.APPLIED), "hearing_on", -WEEK),
    _of_order(Kind.HEARING, Q(applications__outcome=""), "applications__hearing_on", -WEEK),
    _of_order(Kind.BREACH, Q(breaches__decision=""), "breaches__recorded_at"),
    _of_order(
        Kind.RENEWAL,
        ALIVE & Q(kind=LawKind.INTERIM.value, hearing_on__gt=F("ends_on")),
        "ends_on",
        -WEEK,
    ),
    *(
        _of_order(Kind.RENEWAL, ALIVE & Q(kind=LawKind.FULL.value) & ~RENEWED, "ends_on", -days * DAY)
        for days in FIGURES[Key.REVIEW]
    ),
    _of_order(Kind.RENEWAL, ALIVE, "ends_on", DAY),
    _of_panel(Kind.PANEL_ACTION, PanelsAction.SEE_PANEL_ACTIONS, DAY, own=_does_or_chairs),
    _of_panel(Kind.PANEL_ACTION, PanelsAction.SEE_ESCALATED_ACTIONS, ESCALATES_AFTER + DAY),
    _of_panel(Kind.OUR_ACTION, PanelsAction.SEE_OUR_ACTIONS, DAY),
)
