"""The pages about referrals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.referrals import queries
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


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """The referral of somebody on the programme, for whoever works with them."""
    page = queries.of_person(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/referrals/referral.html", {"page": page, "labels": LABELS})
