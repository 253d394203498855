"""The pages about a client's orders."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.orders import commands, forms, queries
from desist.advocacy.orders.states import Answer
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def orders(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's orders, and the police's questions about their words."""
    page = queries.orders(actor=request.actor, ref=ref, at=request.at)
    return render(request, "advocacy/orders/orders.html", {"page": page.victim, "orders": page})


@require_http_methods(["GET", "POST"])
def clearance(request: StaffRequest, ref: str) -> HttpResponse:
    """Answer whether words of an order may be said."""
    page, asked = queries.question(actor=request.actor, ref=ref, at=request.at)
    form = forms.Clearance(request.POST or None)
    return ask(
        request,
        "advocacy/orders/clearance.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor, ref=ref, answer=Answer(form.cleaned_data["answer"]), at=request.at
        ),
        done="Your answer is on its way to the police. The words were deleted here.",
        then=lambda _: redirect("orders:orders", page.ref),
        page={"page": page, "asked": asked},
    )
