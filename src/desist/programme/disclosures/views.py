"""The pages of questions to the police."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.disclosures import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def disclosures(request: StaffRequest, ref: str) -> HttpResponse:
    """What was asked about a person, and how much the police disclosed."""
    page = queries.disclosures(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/disclosures/disclosures.html", {"page": page})


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the police."""
    person = queries.to_ask(actor=request.actor, episode=ref, at=request.at)
    form = forms.Ask(request.POST or None)
    if form.is_valid():
        try:
            commands.ask(
                actor=request.actor,
                episode=ref,
                question=form.question_asked(),
                submission=form.submission,
                at=request.at,
            )
        except commands.NobodyToAsk:
            form.keep("No police force stands behind this referral: it was typed in here. Telephone them")
        else:
            messages.success(request, "The question is on its way to the police.")
            return redirect("disclosures:disclosures", ref)
    context = {"person": person, "form": form}
    return render(request, "programme/disclosures/ask.html", context, status=422 if form.errors else 200)
