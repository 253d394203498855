"""The views of the kitchen sink."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from psycopg.errors import DiskFull
from tests.ui import sink as forms

from desist.postgresql.base import NotConfirmed
from desist.ui import autosave, tables
from desist.ui.context import Group, Link, Navigation

NOW = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)


def at_a_fixed_moment(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stand in for the middleware that reads the clock."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/down/early/":
            raise OperationalError("as where the actor is read")
        request.at = NOW  # type: ignore[attr-defined]  # as the clock's middleware does
        return get_response(request)

    return middleware


def navigation(request: HttpRequest) -> Navigation:
    """Return a menu like a zone's: only the first page knows what waits."""
    known = {"waiting": 7} if request.path == "/" else {"asks": "/waiting/"}
    return Navigation(
        entries=(Link("To do", "/", **known), Link("People", "/list/"), Link("Service", "/places/")),
        rest=(Group("Work", (Link("Referrals", "/ask/", "Everybody who was referred"),)),),
        service="/places/",
        who="Alex Moss",
        account=(Link("Your account", "/account/"), Link("Sign out", "/out/")),
    )


def waiting(request: HttpRequest) -> HttpResponse:
    """Answer how much there is to do today."""
    return HttpResponse("12", content_type="text/plain")


def sink(request: HttpRequest) -> HttpResponse:
    """Every component."""
    steps = [(1, "done", "/1/"), (2, "missed", "/2/"), (3, "catchup", "/3/"), (4, "next", "/4/")]
    page = {
        "steps": [*steps, *((number, "planned", "") for number in range(5, 13))],
        "day": date(2026, 2, 19),
        "moment": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    }
    return render(request, "sink.html", {"page": page})


def ask(request: HttpRequest) -> HttpResponse:
    """A form with every field."""
    form = forms.Ask(request.POST or None, request.FILES or None, version=7)
    time.sleep(NOTEBOOK.slow)
    if form.is_valid():
        messages.success(request, "The decision was sent.")
        return redirect("sink")
    return render(request, "ask.html", {"form": form}, status=422 if form.errors else 200)


@dataclass
class Notebook:
    """The one row behind the draft, and the faults that can happen to it."""

    text: str = ""
    version: int = 1
    away: bool = False
    full: bool = False
    signed_out: bool = False
    slow: float = 0
    in_part: bool = False


NOTEBOOK = Notebook()


def draft(request: HttpRequest) -> HttpResponse:
    """A form that saves itself."""
    form = forms.Draft(request.POST or None, version=NOTEBOOK.version, initial={"notes": NOTEBOOK.text})
    return render(request, "draft.html", {"form": form})


def save(request: HttpRequest) -> HttpResponse:
    """Save the draft."""
    form = forms.Draft(request.POST)
    time.sleep(NOTEBOOK.slow)
    if NOTEBOOK.away:
        raise OperationalError
    if NOTEBOOK.full:
        raise OperationalError from DiskFull()
    if NOTEBOOK.signed_out:
        return redirect("sink")
    if not form.is_valid():
        if NOTEBOOK.in_part:
            NOTEBOOK.version += 1
            return autosave.partly(form, version=NOTEBOOK.version)
        return autosave.incomplete(form)
    if form.cleaned_data["notes"] == NOTEBOOK.text:
        return autosave.saved(version=NOTEBOOK.version)
    if form.version != NOTEBOOK.version:
        return autosave.conflict("changed elsewhere at 2:32pm.")
    NOTEBOOK.text, NOTEBOOK.version = form.cleaned_data["notes"], NOTEBOOK.version + 1
    return autosave.saved(version=NOTEBOOK.version)


def tasks(request: HttpRequest) -> HttpResponse:
    """Show a task list, finished when the query says so."""
    done = 4 if "all" in request.GET else 2
    return render(request, "tasks.html", {"form": forms.Narrow(), "done": done, "total": 4})


def answers(request: HttpRequest) -> HttpResponse:
    """A page that checks answers."""
    return render(request, "answers.html", {"form": django_forms.Form()})


def rows(request: HttpRequest) -> HttpResponse:
    """A list that sorts, filters and pages."""
    if NOTEBOOK.signed_out:
        return redirect("sink")
    if NOTEBOOK.away:
        raise OperationalError
    sort = tables.Sort.read(request.GET, allowed=("name", "received"), default="-received")
    paging = tables.Paging(shown=2, previous="k7f2m9", next="p3x8q1")
    context = {"sort": sort, "paging": paging, "form": forms.Narrow(request.GET), "day": date(2026, 2, 19)}
    return render(request, "list.html", context)


def figures(request: HttpRequest) -> HttpResponse:
    """Both charts."""
    return render(request, "charts.html")


def shared(request: HttpRequest) -> HttpResponse:
    """Show what a participant may look at."""
    return render(request, "shared.html")


def absent(request: HttpRequest, ref: str) -> HttpResponse:
    """Answer for a row that is absent or outside this actor's scope."""
    raise Http404(f"no row {ref}")


def forbidden(request: HttpRequest) -> HttpResponse:
    """Refuse a role."""
    raise PermissionDenied


def broken(request: HttpRequest) -> HttpResponse:
    """Fail by a fault of ours."""
    raise ZeroDivisionError("a secret value")


def down(request: HttpRequest) -> HttpResponse:
    """Fail because the database is out of reach."""
    if "saving" in request.GET:
        raise NotConfirmed("server closed the connection, host=secret")
    raise OperationalError("connection refused, host=secret")


def odd(request: HttpRequest) -> HttpResponse:
    """Draw a template that names a missing variable."""
    return render(request, "odd.html")
