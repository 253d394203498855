"""The pages that change a plan: move one or all later ones, cancel one, add one."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal
from desist.programme.calendar.planner.views import CONFIRM, PROBLEMS, keep
from desist.programme.calendar.rescheduling import commands, forms, queries
from desist.refusals import Changed
from desist.ui import dates
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, ref: str) -> HttpResponse:
    """First shows where the sessions would be; moves them once that is confirmed."""
    page = queries.to_move(actor=request.actor, ref=ref, at=request.at)
    form = forms.Move(request.POST or None, page=page, at=request.at)
    proposed: tuple[proposal.Proposed, ...] = ()
    if form.is_valid():
        target = form.target()
        try:
            if CONFIRM in request.POST:
                commands.move(
                    actor=request.actor,
                    ref=ref,
                    target=target,
                    why=form.reason(),
                    seen=request.POST[CONFIRM],
                    version=form.version,
                    decision=form.submission,
                    at=request.at,
                )
                messages.success(request, "Moved.")
                return redirect("planner:planner", page.asked.ref)
            proposed = queries.proposed(actor=request.actor, ref=ref, target=target, at=request.at)
        except Changed:
            form.keep(stale(starts_at=page.starts_at, place=page.place))
            form.version = page.version
        except commands.NotMovable:
            form.keep(f"Not moved: {page.closed or 'somebody changed it just now'}. It has not been changed")
        except PROBLEMS as problem:
            keep(form, problem)
            if isinstance(problem, planner.ProposalChanged):
                proposed = queries.proposed(actor=request.actor, ref=ref, target=target, at=request.at)
    context = {"page": page, "form": form, "proposed": proposed, "seen": proposal.fingerprint(proposed)}
    return render(request, "programme/rescheduling/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, ref: str) -> HttpResponse:
    """Cancel a session that is still ahead, or take back one that was entered by mistake."""
    page = queries.to_cancel(actor=request.actor, ref=ref, at=request.at)
    form = forms.Cancel(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.cancel(
                actor=request.actor,
                ref=ref,
                why=form.reason(),
                version=form.version,
                decision=form.submission,
                at=request.at,
            )
        except Changed:
            form.keep(stale(starts_at=page.starts_at, place=page.place))
            form.version = page.version
        except commands.NotMovable:
            form.keep(f"Not cancelled: {page.closed or 'somebody changed it just now'}")
        else:
            messages.success(request, "Cancelled.")
            return redirect("planner:planner", page.asked.ref)
    context = {"page": page, "form": form}
    return render(request, "programme/rescheduling/cancel.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Plan a catch-up or a pivot session."""
    page = queries.to_add(actor=request.actor, ref=ref, at=request.at)
    form = forms.Add(request.POST or None, page=page, at=request.at)
    if form.is_valid():
        try:
            commands.add(
                actor=request.actor,
                ref=ref,
                extra=form.extra(),
                why=form.reason(),
                decision=form.submission,
                at=request.at,
            )
        except PROBLEMS as problem:
            keep(form, problem)
        else:
            messages.success(request, "Planned.")
            return redirect("planner:planner", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/rescheduling/add.html", context, status=422 if form.errors else 200)


def stale(*, starts_at: datetime, place: str) -> str:
    """Where the session is now. Nobody is named: a record that saves itself makes the page stale too."""
    return (
        "Not saved: the plan or the record has since been saved. Check the time shown now "
        f"({dates.at(starts_at)}, {place}), and save again"
    )
