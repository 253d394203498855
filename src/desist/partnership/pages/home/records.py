"""The people of the orders' register who can be one, and what goes along when one is merged into another."""

from desist.merges.records import Along, Kind
from desist.partnership.orders.models import Order
from desist.partnership.orders.policy import Action
from desist.partnership.people.models import Person
from desist.references import spoken

RECORDS = (
    Kind(
        action=Action.SEE_SAME_PERSON,
        model=Person,
        route="",
        name=lambda row: f"{row.given_names} {row.family_name}",
        labels={"given_names": "Given names", "family_name": "Family name", "born": "Date of birth"},
        along=(
            Along(
                Order,
                "person",
                "Orders",
                lambda row: f"{row.get_kind_display()} order {row.number or spoken(row.ref)}",
                asks=True,
            ),
        ),
    ),
)
