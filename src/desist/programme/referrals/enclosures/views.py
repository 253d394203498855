"""The pages about files of a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.referrals.enclosures import commands, queries
from desist.referral import serving
from desist.referral.files import MOST_FILES
from desist.referral.upload import Upload
from desist.refusals import Refused
from desist.ui import errors
from desist.wall.requests import StaffRequest

OVER = "This is no longer a draft, so its files can no longer be changed here"


@require_http_methods(["GET", "POST"])
def enclosures(request: StaffRequest, ref: str) -> HttpResponse:
    """The files of a draft, and one more."""
    page = queries.enclosures(actor=request.actor, ref=ref, at=request.at)
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if form.is_valid():
        file = form.accepted()
        try:
            commands.enclose(actor=request.actor, ref=ref, file=file, at=request.at)
        except commands.AlreadyEnclosed:
            form.keep("This file is already attached")
        except commands.TooMany:
            form.keep(f"A referral has at most {MOST_FILES} files. Send this one another way")
        except commands.NotADraft:
            form.keep(OVER)
        else:
            messages.success(request, "The file was attached.")
            for sentence in form.warnings():
                messages.warning(request, sentence)
            return redirect("enclosures:enclosures", ref)
    context = {"page": page, "form": form, "most": MOST_FILES}
    return render(
        request, "programme/enclosures/enclosures.html", context, status=422 if form.errors else 200
    )


@require_POST
def remove(request: StaffRequest, ref: str, file: str) -> HttpResponse:
    """Take a file away."""
    try:
        commands.remove(actor=request.actor, ref=ref, file=file, at=request.at)
    except commands.NotADraft:
        messages.warning(request, f"{OVER}.")
    else:
        messages.success(request, "The file was removed.")
    return redirect("enclosures:enclosures", ref)


@require_safe
def download(request: StaffRequest, ref: str, file: str) -> HttpResponse:
    """One file, to be saved."""
    try:
        found = queries.enclosure(actor=request.actor, ref=ref, file=file, at=request.at)
    except Refused as reason:
        return errors.unprocessable(str(reason))
    return serving.as_download(name=found.name, media=found.media, content=found.content)
