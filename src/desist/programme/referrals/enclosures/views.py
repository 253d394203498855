"""The pages about files of a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.referrals.enclosures import commands, queries
from desist.referral import serving
from desist.referral.files import MOST_FILES
from desist.referral.upload import Upload
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def enclosures(request: StaffRequest, ref: str) -> HttpResponse:
    """The files of a draft, and one more."""
    page = queries.enclosures(actor=request.actor, ref=ref, at=request.at)
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()

    def then(_: None) -> HttpResponse:
        messages.success(request, "The file was attached.")
        for sentence in form.warnings():
            messages.warning(request, sentence)
        return redirect("enclosures:enclosures", ref)

    return ask(
        request,
        "programme/enclosures/enclosures.html",
        form,
        do=lambda: commands.enclose(actor=request.actor, ref=ref, file=form.accepted(), at=request.at),
        then=then,
        page={"page": page, "most": MOST_FILES},
    )


@require_POST
def remove(request: StaffRequest, ref: str, file: str) -> HttpResponse:
    """Take a file away."""

    def then(removed: str | None) -> HttpResponse:
        if removed:
            messages.success(request, "The file was removed.")
        return redirect("enclosures:enclosures", ref)

    return press(
        request,
        do=lambda: commands.remove(actor=request.actor, ref=ref, file=file, at=request.at),
        then=then,
    )


@require_safe
def download(request: StaffRequest, ref: str, file: str) -> HttpResponse:
    """One file, to be saved."""
    found = queries.enclosure(actor=request.actor, ref=ref, file=file, at=request.at)
    return serving.as_download(name=found.name, media=found.media, content=found.content)
