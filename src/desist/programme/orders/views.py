"""The pages of a person's orders: what stands, and what is typed in from its copy."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.orders import commands, forms, queries
from desist.refusals import Changed
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

TOLD = "Not saved: the police send details of this person’s Stalking Protection Orders electronically"
ENDED = "Not saved: this order has ended"
CHANGED = "Not saved: somebody changed this order since you opened the page. What it says now is shown above the form"


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
    if form.is_valid():
        try:
            commands.type_in(
                actor=request.actor,
                episode=ref,
                typed=form.typed(),
                submission=form.submission,
                at=request.at,
            )
        except commands.ToldOverPost:
            form.keep(TOLD)
        except Unclear as unclear:
            form.refuse(unclear)
        else:
            messages.success(request, "The order has been saved.")
            return redirect("orders:orders", ref)
    context = {"page": page, "form": form, "newer": None, "closed": False}
    return render(request, "programme/orders/type_in.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Put an order that was typed in right."""
    page, order = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    newer = None
    form = forms.Order(
        request.POST or None, initial=order.said, version=order.version, told=page.told, at=request.at
    )
    if form.is_valid():
        try:
            commands.change(
                actor=request.actor, ref=ref, typed=form.typed(), version=form.version, at=request.at
            )
        except commands.ToldOverPost:
            form.keep(TOLD)
        except commands.AlreadyEnded:
            form.keep(ENDED)
        except Changed:
            newer = overtaken(request, form, ref)
        except Unclear as unclear:
            form.refuse(unclear)
        else:
            return redirect("orders:orders", page.episode)
    context = {"page": page, "form": form, "newer": newer, "closed": not order.may_change}
    return render(request, "programme/orders/type_in.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Say that an order that was typed in has ended."""
    page, order = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    newer = None
    form = forms.End(request.POST or None, made_on=order.made_on, version=order.version, at=request.at)
    if form.is_valid():
        try:
            commands.end(
                actor=request.actor,
                ref=ref,
                ended_on=form.cleaned_data["ended_on"],
                version=form.version,
                at=request.at,
            )
        except commands.ToldOverPost:
            form.keep(TOLD)
        except commands.AlreadyEnded:
            form.keep(ENDED)
        except Changed:
            newer = overtaken(request, form, ref)
        else:
            return redirect("orders:orders", page.episode)
    context = {"page": page, "order": order, "form": form, "newer": newer, "closed": not order.may_change}
    return render(request, "programme/orders/end.html", context, status=422 if form.errors else 200)


def overtaken(request: StaffRequest, form: forms.Order | forms.End, ref: str) -> queries.Row:
    """What an order says since its page was drawn: the form says so and, once that was seen, can be sent."""
    _, order = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form.keep(CHANGED)
    form.version = order.version
    return order
