"""The pages that put down what was held: at another time than planned, or before anything was planned here."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.calendar.late_entries import commands, forms, queries
from desist.programme.calendar.planner import commands as planner
from desist.programme.calendar.planner import proposal
from desist.programme.calendar.planner import views as planned
from desist.programme.calendar.rescheduling.commands import NotMovable
from desist.programme.calendar.rescheduling.views import stale
from desist.programme.premises.commands import CannotBeBooked
from desist.refusals import Changed
from desist.wall.requests import StaffRequest

#: what stands in the way of putting down what was held, in a sentence
SENTENCES: dict[type[Exception], str] = {
    **planned.SENTENCES,
    planner.TimeTaken: "Not saved: another meeting of the practitioner, the person or the room has just been booked at this time. "
    "Check the times of both meetings",
    planner.AsksAboutPlace: "Not saved: an order excluded places on that day. Say whether this place, at that time, was inside "
    "one of them",
    CannotBeBooked: "Not saved: this room can no longer be booked, so nothing was held there today. Choose another one, or look "
    "at the day again",
    commands.Ahead: "Not saved: this date and time are in the future. Future sessions must be planned instead",
    commands.TooEarly: "Not saved: this day is before the work with the person began",
    commands.AfterEnd: "Not saved: the programme had ended for this person before that day. Check the date",
    commands.Entered: "Not saved: this session has since been held, missed or planned. Choose another one",
    commands.NotListed: "Not saved: this practitioner is not listed in this area. Choose another one",
    commands.HadLeft: "Not saved: this practitioner had left before that day. Check the date, and who held it",
}
PROBLEMS: tuple[type[Exception], ...] = (*SENTENCES, proposal.Obstructed)


@require_http_methods(["GET", "POST"])
def held(request: StaffRequest, ref: str) -> HttpResponse:
    """Say that a session was held at another time than planned."""
    page = queries.to_hold(actor=request.actor, ref=ref, at=request.at)
    form = forms.Held(request.POST or None, page=page, at=request.at)
    if form.is_valid():
        try:
            commands.hold(
                actor=request.actor,
                ref=ref,
                held=form.held(),
                why=form.reason(),
                version=form.version,
                decision=form.submission,
                at=request.at,
            )
        except Changed:
            form.keep(stale(starts_at=page.starts_at, place=page.place))
            form.version = page.version
        except NotMovable:
            form.keep(f"Not saved: {page.closed or 'somebody finished its record just now'}")
        except PROBLEMS as problem:
            form.keep(SENTENCES.get(type(problem)) or str(problem))
        else:
            messages.success(request, "Saved. Use its record to say what was done.")
            return redirect("sessions:session", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/late_entries/held.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest, ref: str) -> HttpResponse:
    """Enter sessions that were held before they were planned here, one after the other."""
    page = queries.to_enter(actor=request.actor, ref=ref, at=request.at)
    form = forms.Entered(request.POST or None, page=page, at=request.at)
    if form.is_valid():
        try:
            commands.enter(
                actor=request.actor,
                ref=ref,
                which=form.which_one(),
                held=form.held(),
                why=form.reason(),
                decision=form.submission,
                at=request.at,
            )
        except PROBLEMS as problem:
            form.keep(SENTENCES.get(type(problem)) or str(problem))
        else:
            messages.success(
                request, f"{form.which_one().words} is entered. Record it, or enter the next one."
            )
            return redirect("late_entries:enter", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/late_entries/enter.html", context, status=422 if form.errors else 200)
