"""The pages about duty numbers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.desk.duty import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def numbers(request: StaffRequest) -> HttpResponse:
    """The area's numbers and those before them."""
    page = queries.numbers(actor=request.actor, at=request.at)
    return render(request, "desk/duty/numbers.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List a number."""
    form = forms.DutyNumber(request.POST or None)
    if form.is_valid():
        title, number = form.cleaned_data["title"], form.cleaned_data["number"]
        try:
            commands.add(actor=request.actor, title=title, number=number, at=request.at)
        except commands.AlreadyListed:
            form.keep("This number is already on the list. Remove it first to list it under another name")
        else:
            messages.success(
                request, "The number is on the list, and is offered when somebody raises a concern."
            )
            return redirect("duty:numbers")
    return render(request, "desk/duty/add.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a number off the list."""
    try:
        commands.end(actor=request.actor, ref=ref, at=request.at)
    except commands.AlreadyEnded:
        messages.info(request, "Somebody else removed this number from the list first.")
    else:
        messages.success(request, "The number has been removed from the list.")
    return redirect("duty:numbers")
