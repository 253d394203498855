"""The pages on which an officer offers an order to another force, and answers what another force offers."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.partnership.pages.order import queries as orders
from desist.partnership.transfers import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

#: the last day for an answer that the form proposes
USUAL = timedelta(days=14)


@require_http_methods(["GET", "POST"])
def transfer(request: StaffRequest, ref: str) -> HttpResponse:
    """Offer an order to another force, and show what became of earlier offers."""
    page = orders.to_change(actor=request.actor, ref=ref, at=request.at)
    offers = queries.of_order(actor=request.actor, ref=ref, at=request.at)
    found = queries.forces(actor=request.actor)
    initial = {"answer_by": (request.at + USUAL).date()}
    form = forms.Handover(request.POST or None, version=page.version, initial=initial)
    form.offer("to", found)
    form.limit("answer_by", earliest=request.at)

    return ask(
        request,
        "partnership/transfers/transfer.html",
        form,
        do=lambda: commands.offer(
            actor=request.actor,
            ref=ref,
            handover=commands.Handover(**form.cleaned_data),
            override=form.override(),
            submission=form.submission,
            version=form.version,
            at=request.at,
        ),
        done="Offered. The order stays here until they accept.",
        then=lambda _: redirect("transfers:transfer", ref),
        page={"page": page, "found": found, "offers": offers},
    )


@require_POST
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Withdraw an offer that nobody has answered."""
    _, order = queries.made_here(actor=request.actor, ref=ref, at=request.at)
    return press(
        request,
        do=lambda: commands.withdraw(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("transfers:transfer", order),
        done="Withdrawn. The order stays here.",
    )


@require_http_methods(["GET", "POST"])
def told(request: StaffRequest, ref: str) -> HttpResponse:
    """Record the answer of a force without software."""
    row, order = queries.made_here(actor=request.actor, ref=ref, at=request.at)
    form = forms.Told(request.POST or None, version=row.version)
    return ask(
        request,
        "partnership/transfers/told.html",
        form,
        do=lambda: commands.record_answer(
            actor=request.actor, ref=ref, version=form.version, at=request.at, **form.cleaned_data
        ),
        then=lambda _: redirect("transfers:transfer", order),
        page={"row": row, "order": order},
    )


@require_http_methods(["GET", "POST"])
def offer(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the order that another force offers, and answer."""
    page = queries.offer(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None, version=page.row.version)
    return ask(
        request,
        "partnership/transfers/offer.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor,
            ref=ref,
            override=form.override(),
            version=form.version,
            at=request.at,
            **form.cleaned_data,
        ),
        then=lambda order: redirect("orders:order", order) if order else redirect("transfers:offer", ref),
        page={"page": page},
    )
