"""How every page about an order asks: draw the form, carry the answers out once, or say why not and keep the words."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from desist.partnership.orders.states import NotPossible
from desist.partnership.orders.writing import Impossible
from desist.refusals import Changed
from desist.ui.forms import Form
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

CHANGED = "This order was changed elsewhere since you opened this page: open it again to see what changed"


def asked(
    request: StaffRequest,
    *,
    order: str,
    form: Form,
    do: Callable[[], object],
    template: str,
    context: dict[str, Any],
    refusals: tuple[type[Exception], ...] = (),
) -> HttpResponse:
    """The page with the form; once it is filled in and carried out, back to the order.

    `refusals` are the further exceptions whose text is the sentence to show.
    """
    told: tuple[type[Exception], ...] = (Impossible, NotPossible, *refusals)
    if form.is_valid():
        try:
            do()
        except Changed:
            form.keep(CHANGED)
        except Unclear as unclear:
            form.refuse(unclear)
        except told as why:
            form.keep(str(why))
        else:
            return redirect("orders:order", order)
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)
