"""What a task of one's own can be about in the partnership: a referral or an order."""

from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action as OrdersAction
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.tasks.cases import Kind

TASKS = (
    Kind(ReferralsAction.SEE_REFERRAL, Referral, "referrals:referral", lambda row: str(row.name), ""),
    Kind(
        OrdersAction.SEE_ORDER,
        Order,
        "orders:order",
        lambda row: f"{row.person.given_names} {row.person.family_name}",
        "person",
    ),
)
