"""The pages about breach packs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.packs import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def send(request: StaffRequest, ref: str) -> HttpResponse:
    """Send an incident to a police force."""
    page = queries.sending(actor=request.actor, incident=ref, at=request.at)
    if page.sent:
        return redirect("packs:pack", page.sent)
    only = page.forces[0][0] if len(page.forces) == 1 else ""
    number = page.duty[0].number if page.duty else ""
    form = forms.Send(request.POST or None, initial={"force": only, "contact": number})
    form.offer("force", page.forces)
    return ask(
        request,
        "advocacy/packs/send.html",
        form,
        do=lambda: commands.send(
            actor=request.actor,
            incident=ref,
            force=form.cleaned_data["force"],
            contact=form.cleaned_data["contact"],
            at=request.at,
            why=form.why(),
        ),
        then=lambda made: redirect("packs:pack", made),
        page={"page": page.incident.victim, "incident": page.incident, "sending": page},
    )


@require_safe
def paper(request: StaffRequest, ref: str) -> HttpResponse:
    """Print an incident: for a force without software, or for the client."""
    page = queries.paper(actor=request.actor, incident=ref, at=request.at)
    context = {"page": page.incident.victim, "incident": page.incident, "left_out": page.left_out}
    return render(request, "advocacy/packs/paper.html", context)


@require_http_methods(["GET", "POST"])
def pack(request: StaffRequest, ref: str) -> HttpResponse:
    """The state of a pack, and the calls about it."""
    page = queries.pack(actor=request.actor, ref=ref, at=request.at)
    form = forms.Ring(request.POST or None)
    return ask(
        request,
        "advocacy/packs/pack.html",
        form,
        do=lambda: commands.ring(
            actor=request.actor,
            ref=ref,
            whom=form.cleaned_data["whom"],
            crime_reference=form.cleaned_data["crime_reference"],
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("packs:pack", ref),
        page={"page": page.incident.victim, "pack": page},
    )
