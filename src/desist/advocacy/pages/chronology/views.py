"""The page of a client's chronology."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from desist.accounts.searching import opened, seal
from desist.advocacy.pages.chronology import forms, queries
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def chronology(request: StaffRequest, ref: str) -> HttpResponse:
    """Show what happened; typed words go to an address in which they are sealed."""
    words = forms.Words(request.POST or None)
    if words.is_valid():
        sealed = seal(words.cleaned_data["search"], who=request.actor.who)
        return redirect(f"{reverse('chronology:chronology', args=[ref])}?found={sealed}")
    narrow = forms.Narrow(request.GET)
    asked = queries.Asked(
        channel=narrow.said("channel"),
        side=narrow.said("side"),
        since=narrow.month(),
        undated=narrow.said("time") == "none",
        words=opened(request.GET.get("found", ""), who=request.actor.who),
    )
    page = queries.chronology(
        actor=request.actor, ref=ref, asked=asked, cursor=Cursor.read(request.GET), at=request.at
    )
    narrow.offer("since", [("", "Any"), *page.months])
    context = {"page": page.victim, "chronology": page, "asked": asked, "form": words, "narrow": narrow}
    return render(
        request, "advocacy/chronology/chronology.html", context, status=422 if words.errors else 200
    )
