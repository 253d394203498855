"""The pages of an account's own calendar address, and the calendar behind it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desist.accounts import sessions
from desist.feeds import commands, queries
from desist.wall.requests import StaffRequest

ADDRESS = "address of the calendar"


@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    """Show whether there is an address, and what its calendar contains."""
    page = queries.own(actor=request.actor, at=request.at)
    return render(request, "feeds/calendar.html", {"row": page.row, "says": page.says})


@require_POST
def make(request: StaffRequest) -> HttpResponse:
    """Make an address, to be shown once."""
    try:
        token = commands.make(actor=request.actor, at=request.at)
    except commands.JustMade:
        return redirect("feeds:made")
    address = request.build_absolute_uri(reverse("feeds:ics", args=[token]))
    sessions.keep(request, name=ADDRESS, text=address)
    return redirect("feeds:made")


@require_safe
def made(request: StaffRequest) -> HttpResponse:
    """Show the new address."""
    address = sessions.kept(request, name=ADDRESS)
    sessions.forget(request, name=ADDRESS)
    return render(request, "feeds/made.html", {"address": address})


@require_POST
def revoke(request: StaffRequest, ref: str) -> HttpResponse:
    """Revoke the address."""
    commands.revoke(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The address is revoked. Calendars that follow it get no more updates.")
    return redirect("feeds:calendar")


@require_safe
def ics(request: HttpRequest, token: str) -> HttpResponse:
    """Send the calendar to a calendar program, which does not sign in."""
    at = request.at  # type: ignore[attr-defined]  # the clock's middleware sets it on every request
    answer = HttpResponse(queries.ics(token=token, at=at), content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer
