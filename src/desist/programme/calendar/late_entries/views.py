"""The pages that put down what was held: at another time than planned, or before anything was planned here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.programme.calendar.late_entries import commands, forms, queries
from desist.programme.calendar.rescheduling.views import stale
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def held(request: StaffRequest, ref: str) -> HttpResponse:
    """Say that a session was held at another time than planned."""
    page = queries.to_hold(actor=request.actor, ref=ref, at=request.at)
    form = forms.Held(request.POST or None, page=page, at=request.at)

    def leave(_: None) -> HttpResponse:
        messages.success(request, "Saved. Use its record to say what was done.")
        return redirect("sessions:session", ref)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_hold(actor=request.actor, ref=ref, at=request.at)
        moved = stale(starts_at=newer.starts_at, place=newer.place)
        form.keep(f"Not saved: {newer.closed}" if newer.closed else moved)
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/late_entries/held.html",
        form,
        do=lambda: commands.hold(
            actor=request.actor,
            ref=ref,
            held=form.held(),
            why=form.reason(),
            version=form.version,
            decision=form.submission,
            at=request.at,
        ),
        then=leave,
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest, ref: str) -> HttpResponse:
    """Enter sessions that were held before they were planned here, one after the other."""
    page = queries.to_enter(actor=request.actor, ref=ref, at=request.at)
    form = forms.Entered(request.POST or None, page=page, at=request.at)

    def leave(_: None) -> HttpResponse:
        messages.success(request, f"{form.which_one().words} is entered. Record it, or enter the next one.")
        return redirect("late_entries:enter", ref)

    return ask(
        request,
        "programme/late_entries/enter.html",
        form,
        do=lambda: commands.enter(
            actor=request.actor,
            ref=ref,
            which=form.which_one(),
            held=form.held(),
            why=form.reason(),
            decision=form.submission,
            at=request.at,
        ),
        then=leave,
        page={"page": page},
    )
