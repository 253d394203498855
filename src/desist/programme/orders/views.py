"""The pages of a person's orders: those that stand, and those entered from their copy."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.orders import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

CHANGED = "Not saved: a colleague changed this order after you opened the page. What it says now is shown above the form"


@require_safe
def orders(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's orders."""
    page = queries.orders(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/orders/orders.html", {"page": page})


@require_http_methods(["GET", "POST"])
def type_in(request: StaffRequest, ref: str) -> HttpResponse:
    """Type an order in from its certified copy."""
    page = queries.to_type(actor=request.actor, episode=ref, at=request.at)
    form = forms.Order(request.POST or None, told=page.told, at=request.at)
    return ask(
        request,
        "programme/orders/type_in.html",
        form,
        do=lambda: commands.type_in(
            actor=request.actor, episode=ref, typed=form.typed(), submission=form.submission, at=request.at
        ),
        done="The order has been saved.",
        then=lambda _: redirect("orders:orders", ref),
        page={"page": page, "newer": None, "closed": False},
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Put an order that was typed in right."""
    page, order = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Order(
        request.POST or None, initial=order.said, version=order.version, told=page.told, at=request.at
    )
    return ask(
        request,
        "programme/orders/type_in.html",
        form,
        do=lambda: commands.change(
            actor=request.actor, ref=ref, typed=form.typed(), version=form.version, at=request.at
        ),
        then=lambda _: redirect("orders:orders", page.episode),
        page={"page": page, "newer": None, "closed": not order.may_change},
        anew=lambda _: newer(request, form, ref),
    )


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Say that an order that was typed in has ended."""
    page, order = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.End(request.POST or None, made_on=order.made_on, version=order.version, at=request.at)
    return ask(
        request,
        "programme/orders/end.html",
        form,
        do=lambda: commands.end(
            actor=request.actor,
            ref=ref,
            ended_on=form.cleaned_data["ended_on"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:orders", page.episode),
        page={"page": page, "order": order, "newer": None, "closed": not order.may_change},
        anew=lambda _: newer(request, form, ref),
    )


def newer(request: StaffRequest, form: forms.Order | forms.End, ref: str) -> dict[str, queries.OrderRow]:
    """Return what an order says now that its page is out of date; the form shows it and can then be sent."""
    _, order = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form.keep(CHANGED)
    form.version = order.version
    return {"newer": order}
