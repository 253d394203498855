"""The pages on which a client is offered to another advocate, who answers."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.advocacy.handovers import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

#: the last day for an answer that the form proposes
USUAL = timedelta(days=3)


@require_http_methods(["GET", "POST"])
def offer(request: StaffRequest, ref: str) -> HttpResponse:
    """Offer a client to another advocate, and show what became of earlier offers."""
    page = queries.to_offer(actor=request.actor, ref=ref, at=request.at)
    form = forms.Offer(request.POST or None, initial={"answer_by": (request.at + USUAL).date()})
    form.offer("to", page.people)
    if not page.elsewhere:
        del form.fields["knows"]
    form.limit("answer_by", earliest=request.at)
    return ask(
        request,
        "advocacy/handovers/offer.html",
        form,
        do=lambda: commands.offer(
            actor=request.actor,
            ref=ref,
            offer=commands.Offer(**form.cleaned_data),
            why=form.why(),
            submission=form.submission,
            at=request.at,
        ),
        done="Offered. Until they accept, nothing changes.",
        then=lambda _: redirect("handovers:offer", ref),
        page={"page": page.client, "offer": page},
    )


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Show a client whom the actor is asked to take over, and answer."""
    row = queries.to_answer(actor=request.actor, ref=ref, at=request.at)
    form = forms.Answer(request.POST or None, version=row.version)
    return ask(
        request,
        "advocacy/handovers/answer.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor,
            ref=ref,
            why=form.why(),
            version=form.version,
            at=request.at,
            **form.cleaned_data,
        ),
        done="Your answer is saved.",
        then=lambda _: redirect("home:home"),
        page={"row": row},
    )


@require_POST
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Withdraw an offer that nobody has answered."""
    return press(
        request,
        do=lambda: commands.withdraw(actor=request.actor, ref=ref, at=request.at),
        then=lambda victim: redirect("handovers:offer", victim) if victim else redirect("home:home"),
        done="Withdrawn. Nothing changes.",
    )
