"""The sheets of a person: one page that leads to each, and each as a PDF."""

from datetime import date
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from desist.programme.pages.paper import queries
from desist.ui import documents
from desist.wall.requests import StaffRequest

LAYOUT = Path(__file__).parent / "sheet.typ"
NOT_MADE = "The PDF could not be made. Try again; if it happens again, tell your administrator"


@require_safe
def paper(request: StaffRequest, ref: str) -> HttpResponse:
    """Every sheet of a person."""
    edition = request.GET.get("edition", "")
    page = queries.paper(actor=request.actor, ref=ref, edition=edition, at=request.at)
    return render(request, "programme/paper/paper.html", {"page": page})


@require_safe
def sheet(request: StaffRequest, ref: str, edition: str, which: str) -> HttpResponse:
    """One sheet; a diary card begins today, or on the day in the address."""
    made = queries.sheet(
        actor=request.actor, ref=ref, which=which, edition=edition, first=_day(request), at=request.at
    )
    return _pdf(request, made, which, back=ref)


@require_safe
def skill(request: StaffRequest, ref: str, edition: str, key: str) -> HttpResponse:
    """The sheet of a skill."""
    made = queries.skill(actor=request.actor, ref=ref, key=key, edition=edition, at=request.at)
    return _pdf(request, made, key, back=ref)


@require_safe
def chain(request: StaffRequest, ref: str, edition: str) -> HttpResponse:
    """A chain as a picture, as the person may see it."""
    made = queries.chain(actor=request.actor, ref=ref, edition=edition, at=request.at)
    return _pdf(request, made, "step-by-step")


def _pdf(request: StaffRequest, made: dict[str, Any], name: str, *, back: str = "") -> HttpResponse:
    try:
        content = documents.pdf(layout=LAYOUT, data=made)
    except documents.NotMade:
        messages.warning(request, NOT_MADE)
        return redirect("paper:paper", back) if back else redirect("home:home")
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _day(request: StaffRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return None
