"""The pages about attached files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.disclosure.codes import Recall
from desist.partnership.attachments import commands, forms, queries
from desist.referral import serving
from desist.referral.files import MOST_FILES, Lead
from desist.referral.upload import Upload
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

FOLDER = "partnership/attachments"
HELD = "The file is kept here and is not sent: something in it could lead to the victim. See what was found below."


@require_http_methods(["GET", "POST"])
def attachments(request: StaffRequest, ref: str) -> HttpResponse:
    """The files of a referral, and the form that attaches one more."""
    page = queries.attachments(actor=request.actor, ref=ref, at=request.at)
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()

    def then(leads: tuple[Lead, ...]) -> HttpResponse:
        if leads:
            messages.warning(request, HELD)
        else:
            messages.success(request, "The file was attached.")
        return redirect("attachments:attachments", ref)

    return ask(
        request,
        f"{FOLDER}/attachments.html",
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
    """Download one file."""
    file = queries.attachment(actor=request.actor, ref=ref, at=request.at)
    return serving.as_download(name=file.name, media=file.media, content=file.content)


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Remove a file of a draft."""
    referral = commands.remove(actor=request.actor, ref=ref, at=request.at)
    return _back(request, referral, "The file was removed.")


@require_http_methods(["GET", "POST"])
def reason(request: StaffRequest, ref: str) -> HttpResponse:
    """Give the reason why a held file may be sent."""
    page = queries.file(actor=request.actor, ref=ref, at=request.at)
    form = forms.Reason(request.POST or None)
    form.offer("reason", page.row.reasons)
    return ask(
        request,
        f"{FOLDER}/reason.html",
        form,
        do=lambda: commands.give_reason(actor=request.actor, ref=ref, reason=form.why(), at=request.at),
        then=lambda referral: _back(
            request, referral, "The reason is kept. A second person must look at the file and release it."
        ),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def release(request: StaffRequest, ref: str) -> HttpResponse:
    """Release a held file as a second person."""
    page = queries.file(actor=request.actor, ref=ref, at=request.at)
    return ask(
        request,
        f"{FOLDER}/release.html",
        forms.Release(request.POST or None),
        do=lambda: commands.release(actor=request.actor, ref=ref, at=request.at),
        then=lambda referral: _back(request, referral, "The file was released."),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back a file that was sent."""
    page = queries.file(actor=request.actor, ref=ref, at=request.at)
    form = forms.Recall(request.POST or None)
    return ask(
        request,
        f"{FOLDER}/recall.html",
        form,
        do=lambda: commands.recall(
            actor=request.actor, ref=ref, reason=Recall(form.cleaned_data["reason"]), at=request.at
        ),
        then=lambda referral: _back(
            request,
            referral,
            "The file was recalled. The page shows when the programme can no longer open it.",
        ),
        page={"page": page},
    )


def _back(request: StaffRequest, referral: str, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect("attachments:attachments", referral)
