"""The form for a time at which a person cannot come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.programme.calendar.busy import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a time."""
    whose = queries.whose(actor=request.actor, ref=ref, at=request.at)
    form = forms.BusyTime(request.POST or None)

    def leave(_: None) -> HttpResponse:
        messages.success(request, "Saved. Sessions that fall at this time are marked below.")
        return redirect("planner:planner", ref)

    return ask(
        request,
        "programme/busy/add.html",
        form,
        do=lambda: commands.add(
            actor=request.actor, ref=ref, noted=form.noted(), submission=form.submission, at=request.at
        ),
        then=leave,
        page={"whose": whose},
    )


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Say that a time is free again."""
    episode = commands.remove(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "This time has been removed.")
    return redirect("planner:planner", episode)
