"""The calendar by week, and the first step of a booking."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from desist.programme.pages.week import forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def week(request: StaffRequest) -> HttpResponse:
    """Show a week: of one practitioner, of the team, or of the rooms."""
    asked = forms.asked(request.GET, at=request.at)
    page = queries.week(actor=request.actor, asked=asked, at=request.at)
    return render(request, "programme/week/week.html", {"page": page})


@require_safe
def book(request: StaffRequest) -> HttpResponse:
    """Ask whom to book and what, and go on to the page that books it, with the time filled in."""
    people = queries.bookable(actor=request.actor, at=request.at)
    form = forms.Booking(request.GET or None, people=people)
    if "person" in request.GET and form.is_valid():
        time = urlencode({name: request.GET[name] for name in forms.TIME if request.GET.get(name)})
        return redirect(f"{reverse(form.route, args=[form.cleaned_data['person']])}?{time}")
    if "person" not in request.GET:
        form = forms.Booking(None, people=people)
    context = {"form": form, "when": forms.time_of(request.GET), "time": forms.hidden(request.GET)}
    return render(request, "programme/week/book.html", context, status=422 if form.errors else 200)
