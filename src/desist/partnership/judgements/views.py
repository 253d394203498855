"""The pages on which the police answer a programme's question for their judgement."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.partnership.judgements import commands, queries
from desist.referral.forms import FORMS
from desist.ui.asking import ask, press
from desist.ui.dates import LONDON
from desist.wall.requests import StaffRequest


@require_safe
def judgements(request: StaffRequest) -> HttpResponse:
    """Show the questions, and what was answered."""
    rows = queries.judgements(actor=request.actor, at=request.at)
    return render(request, "partnership/judgements/judgements.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Send the force's judgement of a person."""
    page = queries.one(actor=request.actor, ref=ref, at=request.at)
    form = FORMS["risk"](request.POST or None, today=request.at.astimezone(LONDON).date())
    form.ask(form.new_names(page.known))
    return ask(
        request,
        "partnership/judgements/answer.html",
        form,
        do=lambda: commands.answer(
            actor=request.actor,
            ref=ref,
            answers=form.answers(),
            no_names=form.no_names,
            override=form.override(),
            at=request.at,
        ),
        done="Your judgement is on its way to the programme.",
        then=lambda _: redirect("judgements:judgements"),
        page={"page": page},
    )


@require_POST
def none_held(request: StaffRequest, ref: str) -> HttpResponse:
    """Answer that the force holds no judgement of the person."""
    return press(
        request,
        do=lambda: commands.answer(actor=request.actor, ref=ref, answers=commands.NONE_HELD, at=request.at),
        done="The programme is told that you hold no judgement.",
        then=lambda _: redirect("judgements:judgements"),
    )
