"""The pages that change a plan: move one or all later ones, cancel one, add one."""

from datetime import datetime
from typing import TypeVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner.forms import of_address
from desist.programme.calendar.planner.proposal import Proposed
from desist.programme.calendar.planner.states import Scope
from desist.programme.calendar.planner.views import CONFIRM, shown
from desist.programme.calendar.rescheduling import commands, forms, queries
from desist.refusals import Changed
from desist.ui import dates
from desist.ui.asking import ask
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

MOVE = "programme/rescheduling/move.html"
Newer = TypeVar("Newer", queries.ToMove, queries.ToCancel)


@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, ref: str) -> HttpResponse:
    """Show first where the sessions would be; move them once the practitioner confirms."""
    named = {name: request.POST.get(name, "") for name in ("practitioner", "second")}
    page = queries.to_move(actor=request.actor, ref=ref, at=request.at, **named)
    form = forms.Move(request.POST or None, page=page, at=request.at)

    def propose() -> tuple[Proposed, ...]:
        return queries.proposed(actor=request.actor, ref=ref, target=form.target(), at=request.at)

    def confirm() -> tuple[Proposed, ...]:
        commands.move(
            actor=request.actor,
            ref=ref,
            target=form.target(),
            why=form.reason(),
            seen=request.POST[CONFIRM],
            version=form.version,
            decision=form.submission,
            at=request.at,
        )
        return ()

    def leave(proposed: tuple[Proposed, ...]) -> HttpResponse:
        if proposed:
            return render(request, MOVE, {"page": page, "form": form, **shown(proposed)})
        messages.success(request, _moved(page.title, form.target()))
        return redirect("planner:planner", page.asked.ref)

    def anew(changed: Changed) -> dict[str, object]:
        if isinstance(changed, planner.ProposalChanged):
            form.keep(str(changed))
            return shown(propose())
        newer = queries.to_move(actor=request.actor, ref=ref, at=request.at)
        return {"page": overtaken(form, newer, f"Not moved: {newer.closed}. It has not been changed")}

    do = confirm if CONFIRM in request.POST else propose
    return ask(request, MOVE, form, do=do, then=leave, page={"page": page, **shown(())}, anew=anew)


@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, ref: str) -> HttpResponse:
    """Cancel a session that is still ahead, or take back one that was entered by mistake."""
    page = queries.to_cancel(actor=request.actor, ref=ref, at=request.at)
    form = forms.Cancel(request.POST or None, version=page.version)

    def leave(_: None) -> HttpResponse:
        messages.success(request, f"{page.title} on {dates.near(page.starts_at)} is cancelled.")
        return redirect("planner:planner", page.episode)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_cancel(actor=request.actor, ref=ref, at=request.at)
        return {"page": overtaken(form, newer, f"Not cancelled: {newer.closed}")}

    return ask(
        request,
        "programme/rescheduling/cancel.html",
        form,
        do=lambda: commands.cancel(
            actor=request.actor,
            ref=ref,
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
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Plan a catch-up or a pivot session."""
    second = request.POST.get("second", "")
    page = queries.to_add(actor=request.actor, ref=ref, second=second, at=request.at)
    initial = {"minutes": page.minutes, **of_address(request.GET)}
    form = forms.Add(request.POST or None, page=page, at=request.at, initial=initial)

    def leave(_: None) -> HttpResponse:
        messages.success(request, f"The extra session is booked for {_when(form.extra())}.")
        return redirect("planner:planner", ref)

    return ask(
        request,
        "programme/rescheduling/add.html",
        form,
        do=lambda: commands.add(
            actor=request.actor,
            ref=ref,
            extra=form.extra(),
            why=form.reason(),
            decision=form.submission,
            at=request.at,
        ),
        then=leave,
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def again(request: StaffRequest, ref: str) -> HttpResponse:
    """Book another time for a session that was missed."""
    second = request.POST.get("second", "")
    page = queries.to_rebook(actor=request.actor, ref=ref, second=second, at=request.at)
    form = forms.Again(request.POST or None, page=page, at=request.at)

    def leave(_: None) -> HttpResponse:
        messages.success(request, f"{page.title} is booked for {_when(form.booked(page.number))}.")
        return redirect("planner:planner", page.asked.ref)

    return ask(
        request,
        "programme/rescheduling/again.html",
        form,
        do=lambda: commands.rebook(
            actor=request.actor,
            ref=ref,
            extra=form.booked(page.number),
            decision=form.submission,
            at=request.at,
        ),
        then=leave,
        page={"page": page, "closed": bool(page.closed)},
    )


def _moved(title: str, to: commands.Target) -> str:
    """Return what a move did: "Session 9 moved to Thursday 10 December, 2pm"."""
    later = ", and all later ones after it" if to.scope == Scope.LATER else ""
    return f"{title} moved to {_when(to)}{later}."


def _when(booked: commands.Target | commands.Extra) -> str:
    return dates.near(dates.moment(booked.day, booked.at))


def overtaken(form: Form, newer: Newer, closed: str) -> Newer:
    """Say on a form that its session was changed: where it is now, or why the plan can no longer change."""
    form.keep(closed if newer.closed else stale(starts_at=newer.starts_at, place=newer.place))
    form.version = newer.version
    return newer


def stale(*, starts_at: datetime, place: str) -> str:
    """Return where the session is now, and name no colleague: a record that saves itself makes a page stale too."""
    return (
        "Not saved: the plan or the record has since been saved. Check the time shown now "
        f"({dates.at(starts_at)}, {place}), and save again"
    )
