"""The pages of judgements of risk."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.risk import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    """Reviews that are due, and people with no current judgement."""
    page = {
        "rows": queries.overdue(actor=request.actor, at=request.at, after=request.GET.get("after", "")),
        "without": queries.without(actor=request.actor, at=request.at),
    }
    return render(request, "programme/risk/reviews.html", page)


@require_safe
def risk(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's judgements."""
    page = queries.risk(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/risk/risk.html", {"page": page})


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a judgement."""
    page = queries.to_record(actor=request.actor, episode=ref, at=request.at)
    form = forms.Judgement(request.POST or None, at=request.at)
    if form.is_valid():
        commands.record(
            actor=request.actor,
            episode=ref,
            judgement=form.judgement(),
            submission=form.submission,
            at=request.at,
        )
        return redirect("risk:risk", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/risk/record.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def strike(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back a judgement that was entered by mistake."""
    found = queries.to_strike(actor=request.actor, ref=ref, at=request.at)
    form = forms.Strike(request.POST or None)
    if form.is_valid():
        try:
            commands.strike(actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at)
        except commands.AlreadyStruck:
            form.keep("Not saved: this judgement has already been struck out")
        else:
            return redirect("risk:risk", found.page.episode)
    context = {"page": found.page, "row": found.row, "found": found, "form": form}
    return render(request, "programme/risk/strike.html", context, status=422 if form.errors else 200)
