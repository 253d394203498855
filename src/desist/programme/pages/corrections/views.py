"""The page that puts a finished record right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.programme.corrections import commands
from desist.programme.corrections.states import Reason
from desist.programme.pages.corrections import forms, queries
from desist.refusals import Changed
from desist.ui import autosave
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, ref: str) -> HttpResponse:
    """Say why, and change the record."""
    asked = queries.to_correct(actor=request.actor, ref=ref, at=request.at)
    form = forms.Correction(request.POST or None, page=asked)

    def leave(_: None) -> HttpResponse:
        messages.success(request, _done(form.why()))
        return redirect("sessions:session", ref)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_correct(actor=request.actor, ref=ref, at=request.at).of
        changed = autosave.changed(at=newer.saved_at, by=newer.saved_by)
        form.keep(f"Not saved: {changed}. Both are shown: combine them, then save")
        form.version = newer.version
        return {"page": newer, "other": newer.record}

    return ask(
        request,
        "programme/corrections/correct.html",
        form,
        do=lambda: commands.correct(
            actor=request.actor,
            ref=ref,
            record=form.record(),
            why=form.why(),
            version=form.version,
            submission=form.submission,
            at=request.at,
        ),
        then=leave,
        page={"page": asked.of, "other": None},
        anew=anew,
    )


def _done(why: commands.Why) -> str:
    if why.reason == Reason.WRONG_RECORD:
        return "The session is cancelled. If another one was held, enter it."
    return "The record is put right."
