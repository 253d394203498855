"""The pages of the list of premises."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.premises import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def premises(request: StaffRequest) -> HttpResponse:
    """Every building of the area with its rooms."""
    rows = queries.premises(actor=request.actor, at=request.at)
    return render(request, "programme/premises/premises.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List a building."""
    form = forms.Premises(request.POST or None)
    return ask(
        request,
        "programme/premises/add.html",
        form,
        do=lambda: commands.add(
            actor=request.actor,
            name=form.cleaned_data["name"],
            address=form.cleaned_data["address"],
            never_book=form.cleaned_data["book"] == "never",
            at=request.at,
        ),
        then=lambda _: redirect("premises:premises"),
        page={},
    )


@require_http_methods(["GET", "POST"])
def add_room(request: StaffRequest, ref: str) -> HttpResponse:
    """List a room of a building."""
    name = queries.one(actor=request.actor, ref=ref, at=request.at)
    form = forms.Room(request.POST or None)
    return ask(
        request,
        "programme/premises/add_room.html",
        form,
        do=lambda: commands.add_room(
            actor=request.actor, ref=ref, name=form.cleaned_data["name"], at=request.at
        ),
        then=lambda _: redirect("premises:premises"),
        page={"name": name},
    )


@require_POST
def never(request: StaffRequest, ref: str) -> HttpResponse:
    """Mark a building as never to be booked."""
    commands.mark(actor=request.actor, ref=ref, never_book=True, at=request.at)
    messages.success(request, "Saved. Its rooms are no longer offered.")
    return redirect("premises:premises")


@require_POST
def again(request: StaffRequest, ref: str) -> HttpResponse:
    """Take the mark away."""
    commands.mark(actor=request.actor, ref=ref, never_book=False, at=request.at)
    messages.success(request, "Its rooms can be booked again.")
    return redirect("premises:premises")


@require_POST
def close(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a building off the list."""
    commands.close(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The building and its rooms have been removed from the list.")
    return redirect("premises:premises")


@require_POST
def close_room(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a room off the list."""
    commands.close_room(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The room has been removed from the list.")
    return redirect("premises:premises")
