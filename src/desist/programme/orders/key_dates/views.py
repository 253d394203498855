"""The pages of the days that lie ahead of a person. For staff alone: none is ever on the shared screen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.orders.key_dates import commands, forms, queries
from desist.refusals import Changed
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

REMOVED = "Not saved: somebody removed this date from the list"
CHANGED = "Not saved: somebody changed this date since you opened the page. What it says now is shown above the form"


@require_safe
def days(request: StaffRequest, ref: str) -> HttpResponse:
    """Every day noted of a person, and what orders bring."""
    page = queries.page(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/key_dates/days.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a day."""
    page = queries.to_note(actor=request.actor, episode=ref, at=request.at)
    form = forms.Day(request.POST or None, at=request.at)
    if form.is_valid():
        try:
            commands.note(
                actor=request.actor, episode=ref, said=form.said(), submission=form.submission, at=request.at
            )
        except Unclear as unclear:
            form.refuse(unclear)
        else:
            messages.success(request, "The date has been added.")
            return redirect("key_dates:days", ref)
    context = {"page": page, "form": form, "newer": None}
    return render(request, "programme/key_dates/day.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Put a day right."""
    page, day, gone = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    newer = None
    form = forms.Day(request.POST or None, initial=day.said, version=day.version, at=request.at)
    if form.is_valid():
        try:
            commands.change(
                actor=request.actor, ref=ref, said=form.said(), version=form.version, at=request.at
            )
        except Unclear as unclear:
            form.refuse(unclear)
        except commands.AlreadyRemoved:
            form.keep(REMOVED)
        except Changed:
            _, newer, _ = queries.to_change(actor=request.actor, ref=ref, at=request.at)
            form.keep(CHANGED)
            form.version = newer.version
        else:
            return redirect("key_dates:days", page.episode)
    context = {"page": page, "form": form, "newer": newer, "closed": gone}
    return render(request, "programme/key_dates/day.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a day off the list."""
    page, _, _ = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Removal(request.POST)
    try:
        commands.remove(actor=request.actor, ref=ref, version=form.version, at=request.at)
    except commands.AlreadyRemoved:
        messages.info(request, "This date has already been removed from the list.")
    except Changed:
        messages.warning(request, "Not removed: somebody has since changed this date. It is shown below.")
    else:
        messages.success(request, "The date has been removed from the list.")
    return redirect("key_dates:days", page.episode)
