"""The page of a person's trigger calendar."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.pages.triggers import queries
from desist.wall.requests import StaffRequest


@require_safe
def triggers(request: StaffRequest, ref: str) -> HttpResponse:
    """A year of acts, urges and chains, and the key dates ahead."""
    page = queries.triggers(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/triggers/triggers.html", {"page": page})
