"""The pages about referrals."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.referrals import commands, forms, queries
from desist.referral.forms import LABELS
from desist.wall.requests import StaffRequest


@require_safe
def referrals(request: StaffRequest) -> HttpResponse:
    """The inbox: what waits for a decision."""
    rows = queries.referrals(actor=request.actor, at=request.at)
    return render(request, "programme/referrals/referrals.html", {"rows": rows})


@require_safe
def referral(request: StaffRequest, ref: str) -> HttpResponse:
    """One referral, whole."""
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/referrals/referral.html", {"page": page, "labels": LABELS})


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """Decide a referral, once."""
    form = forms.Decision(request.POST or None)
    if form.is_valid():
        try:
            commands.decide(actor=request.actor, ref=ref, decision=form.decision(), at=request.at)
        except commands.AlreadyDecided:
            form.keep("This referral has already been decided or withdrawn")
        else:
            return redirect("referrals:referral", ref)
    page = queries.referral(actor=request.actor, ref=ref, at=request.at)
    status = 422 if form.errors else 200
    return render(request, "programme/referrals/decide.html", {"page": page, "form": form}, status=status)
