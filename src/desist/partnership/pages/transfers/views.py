"""The page on which an officer hands an order over."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.partnership.pages.order import queries as orders
from desist.partnership.transfers import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def transfer(request: StaffRequest, ref: str) -> HttpResponse:
    """Hand an order to another force."""
    page = orders.order(actor=request.actor, ref=ref, at=request.at)
    found = queries.forces(actor=request.actor)
    form = forms.Handover(request.POST or None, version=page.version)
    form.offer("to", found)

    context = {"page": page, "found": found}
    return ask(
        request,
        "partnership/transfers/transfer.html",
        form,
        do=lambda: commands.hand_over(
            actor=request.actor,
            ref=ref,
            handover=commands.Handover(**form.cleaned_data),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page=context,
    )
