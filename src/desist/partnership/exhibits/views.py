"""The pages about exhibits that came with a report."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from desist.partnership.exhibits import commands, forms, queries
from desist.ui.asking import press
from desist.wall.requests import StaffRequest


@require_safe
def exhibit(request: StaffRequest, ref: str) -> HttpResponse:
    """One exhibit, how far it has come, and its custody log."""
    page = queries.exhibit(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/exhibits/exhibit.html", {"page": page})


@require_POST
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the advocacy service for the missing pieces once more."""
    return press(
        request,
        do=lambda: commands.ask_again(actor=request.actor, ref=ref, at=request.at),
        done="The advocacy service’s system was asked for the missing pieces.",
        then=lambda _: redirect("exhibits:exhibit", ref),
    )


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Save a copy for the crime system, or a part of a large one."""
    form = forms.Copy(request.POST)
    part = form.cleaned_data["part"] if form.is_valid() else 0
    commands.save(actor=request.actor, ref=ref, part=part, at=request.at)
    name, content = queries.content(actor=request.actor, ref=ref, part=part, at=request.at)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer
