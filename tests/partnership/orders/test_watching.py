"""Whose referrals and orders are, and since when an order has ended, as the clock asks."""

from datetime import date

import pytest
from tests.partnership.orders import factories

from desist.partnership.orders.models import Order
from desist.partnership.register import queries

pytestmark = pytest.mark.django_db


def test_an_order_is_of_whoever_entered_it_and_ended_on_its_day() -> None:
    order = factories.in_force(number="SPO/1")
    Order.objects.filter(pk=order.pk).update(state="expired", closed_on=date(2026, 1, 2))

    found = queries.watched(rows=[f"partnership.order:{order.ref}", "partnership.order:nothing"])

    case = found[f"partnership.order:{order.ref}"]
    assert list(found) == [f"partnership.order:{order.ref}"]
    assert case.whose == {order.started_by}
    assert case.closed_at is not None
    assert case.closed_at.date() == date(2026, 1, 2)
