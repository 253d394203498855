"""The pages about the quality of sessions."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.supervision.quality import commands, forms, queries
from desist.ui.asking import ask
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
    return ask(
        request,
        "programme/quality/draw.html",
        form,
        do=lambda: commands.draw(
            actor=request.actor, submission=form.submission, at=request.at, **form.cleaned_data
        ),
        then=lambda ref: redirect("quality:sample", ref),
        page={},
    )


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
    return ask(
        request,
        "programme/quality/rate.html",
        form,
        do=lambda: commands.rate(
            actor=request.actor,
            ref=ref,
            answers=form.answers(),
            note=form.cleaned_data["note"],
            at=request.at,
        ),
        done="The rating has been saved.",
        then=lambda _: redirect("quality:sample", page.sample),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def oneself(request: StaffRequest, ref: str) -> HttpResponse:
    """Hold one's own session against the checklist."""
    page = queries.own_session(actor=request.actor, session=ref, at=request.at)
    form = forms.Rating(request.POST or None)
    return ask(
        request,
        "programme/quality/oneself.html",
        form,
        do=lambda: commands.rate_oneself(
            actor=request.actor,
            session=ref,
            answers=form.answers(),
            note=form.cleaned_data["note"],
            at=request.at,
        ),
        done="Your rating has been saved. It is not counted in any figure.",
        then=lambda _: redirect("sessions:session", ref),
        page={"page": page},
    )
