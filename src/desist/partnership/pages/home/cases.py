"""What a task of one's own can be about in the partnership: a referral or an order."""

from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action as OrdersAction
from desist.partnership.referrals.models import Referral
from desist.partnership.referrals.policy import Action as ReferralsAction
from desist.tasks.cases import Kind, called

NAMES = ("given_names", "family_name")
TASKS = (
    Kind(ReferralsAction.SEE_REFERRAL, Referral, "referrals:referral", called, NAMES),
    Kind(
        OrdersAction.SEE_ORDER,
        Order,
        "orders:order",
        called,
        ("person__given_names", "person__family_name"),
    ),
)
