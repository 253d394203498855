"""The page that puts a finished record right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.programme.calendar.planner.commands import TimeTaken
from desist.programme.corrections import commands
from desist.programme.corrections.states import Reason
from desist.programme.pages.corrections import forms, queries
from desist.programme.pages.session.views import changed
from desist.programme.sessions import commands as sessions
from desist.refusals import Changed
from desist.ui.words import Unclear
from desist.wall.requests import StaffRequest

#: what stands in the way, in a sentence
SENTENCES: dict[type[Exception], str] = {
    commands.NotFinished: "Not saved: this session has no finished record",
    commands.NothingPutRight: "Not saved: the record already says this. Change what is wrong in it",
    commands.KeepsItsRecord: "Not saved: a session of another person or another day is cancelled and keeps the record it has. "
    "Undo what you changed in it, or choose another reason",
    TimeTaken: "Not saved: the practitioner, the person or the room had another meeting at the time of this session, so it "
    "cannot have been attended then. Check the times of both meetings",
}


@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, ref: str) -> HttpResponse:
    """Say why, and change the record."""
    asked = queries.to_correct(actor=request.actor, ref=ref, at=request.at)
    form, page = forms.Correction(request.POST or None, page=asked), asked.of
    other = None
    if form.is_valid():
        try:
            commands.correct(
                actor=request.actor,
                ref=ref,
                record=form.record(),
                why=form.why(),
                version=form.version,
                submission=form.submission,
                at=request.at,
            )
        except Changed:
            form.keep(f"Not saved: {changed(page)}. Both are shown: combine them, then save")
            form.version, other = page.version, page.record
        except sessions.NotComplete as said:
            form.keep(f"Not saved. {said}")
        except Unclear as unclear:
            form.refuse(unclear)
        except tuple(SENTENCES) as problem:
            form.keep(SENTENCES[type(problem)])
        else:
            messages.success(request, _done(form.why()))
            return redirect("sessions:session", ref)
    context = {"page": page, "form": form, "other": other}
    return render(request, "programme/corrections/correct.html", context, status=422 if form.errors else 200)


def _done(why: commands.Why) -> str:
    if why.reason == Reason.WRONG_RECORD:
        return "The session is cancelled. If another one was held, enter it."
    return "The record is put right."
