"""The facts of a quarter of the police as they are known at a moment; of people referred, each once a quarter."""

from collections.abc import Sequence
from datetime import date, datetime

from desist.partnership.breaches.models import Breach
from desist.partnership.identities.models import IdentityDecision
from desist.partnership.notifications.models import Notification
from desist.partnership.orders.models import Order
from desist.partnership.quarterly import counting
from desist.partnership.quarterly.counting import Facts, Made
from desist.partnership.quarterly.policy import Action
from desist.partnership.referrals.models import Referral
from desist.referral.lists import WithdrawReason
from desist.returns import quarters
from desist.returns.counted import Counted, seconds
from desist.returns.definitions import Edition
from desist.returns.quarters import Quarter
from desist.ui.dates import day_of
from desist.wall import gate
from desist.wall.actors import Actor

#: referrals that were none
VOID = (WithdrawReason.DUPLICATE, WithdrawReason.MISTAKE)


def counted(actor: Actor, wanted: Sequence[Quarter], edition: Edition, at: datetime) -> Sequence[Counted]:
    """Count quarters of the actor's area as they are known now.

    Cases kept from some colleagues count too, as in the counts for freedom of information: two counts of which one leaves
    them out would tell how many they are.
    """
    rows = gate.see(actor, Action.COUNT_FOR_RETURN, Order, at=at)
    own = rows.filter(moved_from="")
    told = gate.see(actor, Action.COUNT_FOR_RETURN, IdentityDecision, at=at)
    sent, answers = _referrals(actor, at)
    facts = Facts(
        orders=[
            Made(*one)
            for one in own.values_list("kind", "state", "how_made", "applied_on", "made_on", "served_on")
        ],
        duties=list(Notification.objects.filter(order__in=rows).values_list("due_on", "given_on")),
        breaches=list(Breach.objects.filter(order__in=rows).values_list("reported_on", "decision")),
        sent=sent,
        answers=answers,
        identities=[
            (day_of(decided), decision, on)
            for decided, decision, on in told.values_list("decided_at", "decision", "told_on")
        ],
    )
    return [counting.count(facts, quarter=one, edition=edition) for one in wanted]


def _referrals(actor: Actor, at: datetime) -> tuple[list[date], list[tuple[date, date]]]:
    """Return the days of referrals, each person once in a quarter, and for every decision both days: sent and decided."""
    rows = gate.see(actor, Action.COUNT_FOR_RETURN, Referral, at=at).exclude(sent_at=None)
    rows = rows.exclude(withdraw_reason__in=VOID).order_by("sent_at", "pk")
    people, days = [], {}
    for pk, family, given, born, pnc, sent_at, decided_at in rows.values_list(
        *("pk", "family_name", "given_names", "born", "pnc", "sent_at", "decided_at")
    ):
        if sent_at is None:
            continue
        days[pk] = (day_of(sent_at), day_of(decided_at) if decided_at else None)
        quarter = quarters.of(days[pk][0]).first
        keys: set[tuple[object, ...]] = {(quarter, " ".join(f"{given} {family}".casefold().split()), born)}
        people.append((pk, frozenset(keys | ({(quarter, pnc)} if pnc else set()))))
    again = frozenset(seconds(people))
    referred = [sent for pk, (sent, _) in days.items() if pk not in again]
    return referred, [(sent, on) for sent, on in days.values() if on]
