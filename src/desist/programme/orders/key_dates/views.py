"""The pages of the days that lie ahead of a person. For staff alone: none is ever on the shared screen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.orders.key_dates import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest

CHANGED = "Not saved: a colleague changed this date after you opened the page. What it says now is shown above the form"


@require_safe
def days(request: StaffRequest, ref: str) -> HttpResponse:
    """Show every day noted for a person, and the days that orders bring."""
    page = queries.page(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/key_dates/days.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a day."""
    page = queries.to_note(actor=request.actor, episode=ref, at=request.at)
    form = forms.Day(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/key_dates/day.html",
        form,
        do=lambda: commands.note(
            actor=request.actor, episode=ref, said=form.said(), submission=form.submission, at=request.at
        ),
        done="The date has been added.",
        then=lambda _: redirect("key_dates:days", ref),
        page={"page": page, "newer": None},
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Put a day right."""
    page, day, gone = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Day(request.POST or None, initial=day.said, version=day.version, at=request.at)

    def anew(_: Changed) -> dict[str, object]:
        newer, removed = queries.to_change(actor=request.actor, ref=ref, at=request.at)[1:]
        form.keep(CHANGED)
        form.version = newer.version
        return {"newer": newer, "closed": removed}

    return ask(
        request,
        "programme/key_dates/day.html",
        form,
        do=lambda: commands.change(
            actor=request.actor, ref=ref, said=form.said(), version=form.version, at=request.at
        ),
        then=lambda _: redirect("key_dates:days", page.episode),
        page={"page": page, "newer": None, "closed": gone},
        anew=anew,
    )


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a day off the list."""
    page, _, _ = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Removal(request.POST)

    def then(removed: str | None) -> HttpResponse:
        if removed:
            messages.success(request, "The date has been removed from the list.")
        return redirect("key_dates:days", page.episode)

    return press(
        request,
        do=lambda: commands.remove(actor=request.actor, ref=ref, version=form.version, at=request.at),
        then=then,
    )
