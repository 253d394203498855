"""The pages about leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.pages.leave import forms, queries
from desist.programme.practitioners.absences import commands
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def leave(request: StaffRequest) -> HttpResponse:
    """Show who is away, now and later."""
    page = queries.leave(actor=request.actor, at=request.at)
    return render(request, "programme/absences/leave.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Note that a practitioner is away."""
    who = queries.who(actor=request.actor, ref=ref, at=request.at)
    form = forms.Leave(request.POST or None, who=who)

    def done(_: None) -> HttpResponse:
        messages.success(request, "Noted. Every session and assessment planned during leave is listed below.")
        return redirect("absences:leave")

    return ask(
        request,
        "programme/absences/add.html",
        form,
        do=lambda: commands.add(actor=request.actor, ref=ref, away=form.away(), at=request.at),
        then=done,
        page={"who": who},
    )


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Say that a practitioner is not away after all."""
    commands.remove(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The leave has been removed.")
    return redirect("absences:leave")
