"""Planning the twelve sessions: say when, see them, confirm."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.agreement.commands import DoesNotTakePart
from desist.programme.calendar.attendees.commands import NotSettled
from desist.programme.calendar.planner import commands, forms, proposal, queries
from desist.programme.premises.commands import CannotBeBooked
from desist.refusals import Changed
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

#: the button that confirms carries the fingerprint of the proposal beside it
CONFIRM = "confirm"
#: what stands in the way of a plan, in a sentence
SENTENCES: dict[type[Exception], str] = {
    commands.NotAllocated: "This person has no practitioner. Allocate one first",
    commands.Ended: "The programme has ended for this person, so nothing more can be planned",
    commands.NothingToPlan: "All twelve sessions have been held, missed or planned",
    commands.TimeTaken: "One of these times has just been taken. Send it again for another proposal",
    commands.ProposalChanged: "Something changed since this was proposed. Check the new proposal, then confirm it",
    commands.Past: "That date and time are in the past. Choose a time in the future",
    commands.AsksAboutPlace: "An order excludes places. Say whether this place, at this time, is inside one of them",
    CannotBeBooked: "This room can no longer be booked. Choose another one",
}
PROBLEMS: tuple[type[Exception], ...] = (
    *SENTENCES,
    DoesNotTakePart,
    NotSettled,
    proposal.NoRoom,
    proposal.Obstructed,
)


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """First shows the proposal; writes it once it is confirmed."""
    page = queries.page(actor=request.actor, ref=ref, at=request.at)
    form = forms.Wish(
        request.POST or None,
        rooms=page.rooms,
        excluded=page.excluded,
        company=page.company,
        version=page.version,
    )
    proposed: tuple[proposal.Proposed, ...] = ()
    if form.is_valid():
        wish = form.wish()
        try:
            if CONFIRM in request.POST:
                commands.plan(
                    actor=request.actor,
                    ref=ref,
                    wish=wish,
                    seen=request.POST[CONFIRM],
                    version=form.version,
                    at=request.at,
                )
                messages.success(request, "The sessions are planned.")
                return redirect("episodes:episode", ref)
            proposed = queries.proposed(actor=request.actor, ref=ref, wish=wish, at=request.at)
        except Changed:
            form.keep("The sessions of this person were planned elsewhere since you opened this page")
            form.version = page.version
        except PROBLEMS as problem:
            keep(form, problem)
            if isinstance(problem, commands.ProposalChanged):
                proposed = queries.proposed(actor=request.actor, ref=ref, wish=wish, at=request.at)
    context = {"page": page, "form": form, "proposed": proposed, "seen": proposal.fingerprint(proposed)}
    return render(request, "programme/planner/plan.html", context, status=422 if form.errors else 200)


def keep(form: Form, problem: Exception) -> None:
    """Say in a sentence what stands in the way, keeping what was typed."""
    form.keep(SENTENCES.get(type(problem)) or str(problem))
