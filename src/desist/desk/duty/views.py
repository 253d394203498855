"""The pages of duty numbers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.desk.duty import commands, forms, queries
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def numbers(request: StaffRequest) -> HttpResponse:
    """Show the area's numbers in use and the ended ones."""
    page = queries.numbers(actor=request.actor, at=request.at)
    return render(request, "desk/duty/numbers.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List a number."""
    form = forms.DutyNumber(request.POST or None)
    return ask(
        request,
        "desk/duty/add.html",
        form,
        do=lambda: commands.add(
            actor=request.actor,
            title=form.cleaned_data["title"],
            number=form.cleaned_data["number"],
            at=request.at,
        ),
        done="The number is on the list, and is offered when a concern is raised.",
        then=lambda _: redirect("duty:numbers"),
        page={},
    )


@require_POST
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a number off the list."""
    return press(
        request,
        do=lambda: commands.end(actor=request.actor, ref=ref, at=request.at),
        done="The number has been removed from the list.",
        then=lambda _: redirect("duty:numbers"),
    )
