"""The pages about the quality of sessions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.supervision.quality import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def board(request: StaffRequest) -> HttpResponse:
    """Samples and results."""
    page = queries.board(actor=request.actor, at=request.at)
    return render(request, "programme/quality/board.html", {"page": page})


@require_http_methods(["GET", "POST"])
def draw(request: StaffRequest) -> HttpResponse:
    """Draw a sample."""
    form = forms.Draw(request.POST or None, at=request.at)
    if form.is_valid():
        try:
            ref = commands.draw(
                actor=request.actor, submission=form.submission, at=request.at, **form.cleaned_data
            )
        except commands.NothingToDraw:
            form.keep("No session held on these days has been recorded. Choose other days")
        else:
            return redirect("quality:sample", ref)
    return render(request, "programme/quality/draw.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def sample(request: StaffRequest, ref: str) -> HttpResponse:
    """One sample and its sessions."""
    page = queries.sample(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/quality/sample.html", {"page": page})


@require_http_methods(["GET", "POST"])
def rate(request: StaffRequest, ref: str) -> HttpResponse:
    """Hold a sampled session against the checklist."""
    page = queries.to_rate(actor=request.actor, ref=ref, at=request.at)
    form = forms.Rating(request.POST or None)
    if form.is_valid():
        said = {"answers": form.answers(), "note": form.cleaned_data["note"]}
        try:
            commands.rate(actor=request.actor, ref=ref, at=request.at, **said)
        except commands.AlreadyRated:
            form.keep("Not saved: you have already rated this session, and it can only be rated once")
        except commands.NotHeld:
            form.keep(
                "Not saved: the record was put right, and this session no longer counts as attended. Nobody rates it now"
            )
        else:
            messages.success(request, "The rating has been saved.")
            return redirect("quality:sample", page.sample)
    context = {"page": page, "form": form}
    return render(request, "programme/quality/rate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def oneself(request: StaffRequest, ref: str) -> HttpResponse:
    """Hold one's own session against the checklist."""
    page = queries.own_session(actor=request.actor, session=ref, at=request.at)
    form = forms.Rating(request.POST or None)
    if form.is_valid():
        said = {"answers": form.answers(), "note": form.cleaned_data["note"]}
        try:
            commands.rate_oneself(actor=request.actor, session=ref, at=request.at, **said)
        except commands.AlreadyRated:
            form.keep("Not saved: you have already rated this session, and it can only be rated once")
        else:
            messages.success(request, "Your rating has been saved. It is not counted in any figure.")
            return redirect("sessions:session", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/quality/oneself.html", context, status=422 if form.errors else 200)
