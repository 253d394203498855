"""The pages about concerns."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.searching import allowed
from desist.programme.concerns import commands, forms, queries
from desist.referral.finding import Search
from desist.ui import dates
from desist.wall.requests import StaffRequest

SENT = "The concern has been recorded, and the alert is on its way."
OTHERWISE = (
    "Not recorded: this form has already been sent with other words, which are under Concerns. "
    "Open the page again to raise another concern"
)
RECORDED = "The concern is recorded. No alert was sent: no partner organisation is linked to this referral."


@require_safe
def concerns(request: StaffRequest) -> HttpResponse:
    """All concerns the actor may see."""
    rows = queries.concerns(actor=request.actor, at=request.at)
    return render(request, "programme/concerns/concerns.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def raise_concern(request: StaffRequest, ref: str) -> HttpResponse:
    """Raise a concern from a session."""
    page = queries.about(actor=request.actor, session=ref, at=request.at)
    keep = partial(commands.raise_concern, actor=request.actor, session=ref, at=request.at)
    return _raise(request, page, keep, "sessions:session", ref)


@require_http_methods(["GET", "POST"])
def raise_about(request: StaffRequest, ref: str) -> HttpResponse:
    """Raise a concern about a person, in no session."""
    page = queries.about_person(actor=request.actor, episode=ref, at=request.at)
    keep = partial(commands.raise_about, actor=request.actor, episode=ref, at=request.at)
    return _raise(request, page, keep, "episodes:episode", ref)


@require_http_methods(["GET", "POST"])
def find(request: StaffRequest) -> HttpResponse:
    """Find whom a concern is about, among everybody who was ever referred.

    What is typed is sent in the body: no name or birthday gets into an address or a log.
    """
    form = Search(request.POST if request.method == "POST" else None)
    page: dict[str, object] = {"form": form, "rows": (), "more": False, "asked": False}
    if form.is_valid() and (wanted := form.wanted()) and allowed(request, form, typed=wanted.name):
        rows, more = queries.found(actor=request.actor, wanted=wanted, at=request.at)
        page |= {"rows": rows, "more": more, "asked": True}
    return render(request, "programme/concerns/find.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def raise_of_referred(request: StaffRequest, ref: str) -> HttpResponse:
    """Raise a concern about anybody who was referred, at whatever stage."""
    page = queries.about_referred(actor=request.actor, referral=ref, at=request.at)
    keep = partial(commands.raise_of_referred, actor=request.actor, referral=ref, at=request.at)
    return _raise(request, page, keep, "concerns:concerns")


def _raise(request: StaffRequest, page: queries.About, keep: Callable[..., None], *back: str) -> HttpResponse:
    """Ask what somebody is concerned about, keep it, and lead `back` to a page by its name."""
    form = _form(request, page)
    raised = form.raised(at=request.at) if form.is_valid() else None
    if raised:
        try:
            with suppress(commands.AlreadyRaised):  # the first of two clicks did it
                keep(raised=raised, submission=form.submission)
        except commands.SaidOtherwise:
            form.keep(OTHERWISE)
        else:
            messages.success(request, SENT if page.alerts else RECORDED)
            return redirect(*back)
    context = {"page": page, "form": form}
    return render(request, "programme/concerns/raise.html", context, status=422 if form.errors else 200)


def _form(request: StaffRequest, page: queries.About) -> forms.Concern:
    """The form as it was sent or begins."""
    local = dates.local(request.at)
    initial = {
        "told_on": local.date(),
        "told_time": local.time().replace(second=0, microsecond=0),
        "contact": page.duty[0].number if page.duty else "",
    }
    return forms.Concern(request.POST or None, initial=initial, alerts=page.alerts)


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, ref: str) -> HttpResponse:
    """Close a concern with what came of it."""
    page = queries.concern(actor=request.actor, ref=ref, at=request.at)
    form = forms.Closing(request.POST or None, taken_up=page.acknowledged_at is not None, alerts=page.alerts)
    if form.is_valid():
        try:
            commands.close(actor=request.actor, ref=ref, closing=form.closing(), at=request.at)
        except commands.AlreadyClosed:
            form.keep("Somebody else closed this concern first. What they wrote is on the Concerns page")
        else:
            messages.success(request, "The concern is closed.")
            return redirect("concerns:concerns")
    context = {"page": page, "form": form}
    return render(request, "programme/concerns/close.html", context, status=422 if form.errors else 200)
