"""The pages on which a person is offered to another service, and on which another service's offer is answered."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.moving_in.offers import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

#: the last day for an answer that the form proposes
USUAL = timedelta(days=7)


@require_http_methods(["GET", "POST"])
def offer(request: StaffRequest, ref: str) -> HttpResponse:
    """Offer a person to another service, and show what became of earlier offers."""
    kind = commands.of_zone()
    page = queries.to_offer(kind, actor=request.actor, ref=ref, at=request.at)
    initial = {"answer_by": (request.at + USUAL).date()}
    form = forms.Offer(request.POST or None, initial=initial, agreed=kind.agreed)
    form.offer("to", page.services)
    form.limit("answer_by", earliest=request.at)
    form.limit("agreed_on", latest=request.at)
    if not page.files:
        del form.fields["papers"]
    return ask(
        request,
        "moving_in/offers/offer.html",
        form,
        do=lambda: commands.offer(
            kind,
            actor=request.actor,
            ref=ref,
            said=form.said(),
            override=form.override(),
            submission=form.submission,
            at=request.at,
        ),
        done="Offered. Until they accept, nothing changes here.",
        then=lambda _: redirect("offers:offer", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Show a person whom another service offers, and answer."""
    kind = commands.of_zone()
    page = queries.to_answer(kind, actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None, version=page.row.version)
    return ask(
        request,
        "moving_in/offers/answer.html",
        form,
        do=lambda: kind.answer(request.actor, ref, form.reply(), request.at),
        done="Your answer is on its way.",
        then=lambda _: redirect("offers:answer", ref),
        page={"page": page},
    )


@require_POST
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Withdraw an offer that nobody has answered."""
    return press(
        request,
        do=lambda: commands.withdraw(commands.of_zone(), actor=request.actor, ref=ref, at=request.at),
        then=lambda case: redirect("offers:offer", case) if case else redirect("home:home"),
        done="Withdrawn. Nothing changes here.",
    )
