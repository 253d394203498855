"""The pages about screenings of the risk to a client."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.screenings import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

DONE = "The screening is recorded."


@require_safe
def client(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's screenings."""
    found = queries.screenings(actor=request.actor, ref=ref, at=request.at)
    return render(request, "advocacy/screenings/screenings.html", {"page": found.victim, "found": found})


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a screening."""
    found = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    form = _form(request, found)
    return ask(
        request,
        "advocacy/screenings/record.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            ref=ref,
            screened=form.screened(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("screenings:client", ref),
        page={"page": found.victim, "incident": ""},
        done=DONE,
    )


@require_http_methods(["GET", "POST"])
def after(request: StaffRequest, ref: str) -> HttpResponse:
    """Record the screening after an incident."""
    found, incident = queries.to_record_after(actor=request.actor, incident=ref, at=request.at)
    form = _form(request, found)
    return ask(
        request,
        "advocacy/screenings/record.html",
        form,
        do=lambda: commands.record_after(
            actor=request.actor,
            incident=ref,
            screened=form.screened(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda victim: redirect("screenings:client", victim),
        page={"page": found.victim, "incident": incident},
        done=DONE,
    )


@require_http_methods(["GET", "POST"])
def screening(request: StaffRequest, ref: str) -> HttpResponse:
    """One screening, and the form that strikes it out."""
    page, row = queries.screening(actor=request.actor, ref=ref, at=request.at)
    form = forms.Strike(request.POST or None)
    return ask(
        request,
        "advocacy/screenings/screening.html",
        form,
        do=lambda: commands.strike(
            actor=request.actor,
            ref=ref,
            reason=form.cleaned_data["reason"],
            at=request.at,
            why=form.why(),
        ),
        then=lambda victim: redirect("screenings:client", victim),
        page={"page": page, "row": row},
        done="It is marked as entered in error, and no longer counts.",
    )


def _form(request: StaffRequest, found: queries.ScreeningsPage) -> forms.Screening:
    before = {"tool": found.tool, "tool_version": found.version}
    return forms.Screening(request.POST or None, at=request.at, initial=before)
