"""The pages about attached files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.referrals.attachments import commands, queries
from desist.referral import serving
from desist.referral.files import MOST_FILES
from desist.referral.upload import Upload
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def attachments(request: StaffRequest, ref: str) -> HttpResponse:
    """The files of a referral, and one more."""
    page = queries.attachments(actor=request.actor, ref=ref, at=request.at)
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()

    def then(_: None) -> HttpResponse:
        messages.success(request, "The file was attached.")
        for sentence in form.warnings():
            messages.warning(request, sentence)
        return redirect("attachments:attachments", ref)

    return ask(
        request,
        "referral/attachments.html",
        form,
        do=lambda: commands.attach(actor=request.actor, ref=ref, file=form.accepted(), at=request.at),
        then=then,
        page={"page": page, "most": MOST_FILES},
    )


@require_safe
def look(request: StaffRequest, ref: str) -> HttpResponse:
    """One file, as a picture or as words."""
    page = queries.look(actor=request.actor, ref=ref, at=request.at)
    return render(request, "referral/look.html", {"page": page})


@require_safe
def download(request: StaffRequest, ref: str) -> HttpResponse:
    """One file, to be saved."""
    file = queries.attachment(actor=request.actor, ref=ref, at=request.at)
    return serving.as_download(name=file.name, media=file.media, content=file.content)
