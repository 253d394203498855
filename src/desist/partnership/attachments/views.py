"""The pages about attached files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.disclosure.codes import Recall
from desist.partnership.attachments import commands, forms, queries
from desist.post.partners import NoSuchPartner
from desist.referral import serving
from desist.referral.files import MOST_FILES
from desist.referral.refusals import Refused
from desist.referral.upload import Upload
from desist.ui import errors
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

REFUSALS = (commands.Impossible, NoSuchPartner)
HELD = "The file is kept here and is not sent: something in it could lead to the victim. See what was found below."


@require_http_methods(["GET", "POST"])
def attachments(request: StaffRequest, ref: str) -> HttpResponse:
    """The files of a referral, and one more."""
    page = queries.attachments(actor=request.actor, ref=ref, at=request.at)
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if form.is_valid():
        file = form.accepted()
        try:
            leads = commands.attach(actor=request.actor, ref=ref, file=file, at=request.at)
        except REFUSALS as why:
            form.keep(str(why))
        else:
            if leads:
                messages.warning(request, HELD)
            else:
                messages.success(request, "The file was attached.")
            return redirect("attachments:attachments", ref)
    context = {"page": page, "form": form, "most": MOST_FILES}
    template = "partnership/attachments/attachments.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
def look(request: StaffRequest, ref: str) -> HttpResponse:
    """One file, as a picture or as words."""
    try:
        page = queries.look(actor=request.actor, ref=ref, at=request.at)
    except Refused as reason:
        return errors.unprocessable(str(reason))
    return render(request, "referral/look.html", {"page": page})


@require_safe
def download(request: StaffRequest, ref: str) -> HttpResponse:
    """One file, to be saved."""
    try:
        file = queries.attachment(actor=request.actor, ref=ref, at=request.at)
    except Refused as reason:
        return errors.unprocessable(str(reason))
    return serving.as_download(name=file.name, media=file.media, content=file.content)


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a file of a draft away."""
    try:
        referral = commands.remove(actor=request.actor, ref=ref, at=request.at)
    except commands.NotADraft:
        return errors.unprocessable("This file was sent with the referral, so it can no longer be removed.")
    messages.success(request, "The file was removed.")
    return redirect("attachments:attachments", referral)


@require_http_methods(["GET", "POST"])
def reason(request: StaffRequest, ref: str) -> HttpResponse:
    """Why a held file may be sent."""
    page = queries.file(actor=request.actor, ref=ref, at=request.at)
    form = forms.Reason(request.POST or None)
    form.offer("reason", page.row.reasons)
    if form.is_valid():
        try:
            referral = commands.give_reason(actor=request.actor, ref=ref, reason=form.why(), at=request.at)
        except REFUSALS as why:
            form.keep(str(why))
        else:
            messages.success(
                request, "The reason is kept. A second person must look at the file and release it."
            )
            return redirect("attachments:attachments", referral)
    return _draw(request, "reason", form, page)


@require_http_methods(["GET", "POST"])
def release(request: StaffRequest, ref: str) -> HttpResponse:
    """Release a held file as a second person."""
    page = queries.file(actor=request.actor, ref=ref, at=request.at)
    form = forms.Release(request.POST or None)
    if form.is_valid():
        try:
            referral = commands.release(actor=request.actor, ref=ref, at=request.at)
        except REFUSALS as why:
            form.keep(str(why))
        else:
            messages.success(request, "The file was released.")
            return redirect("attachments:attachments", referral)
    return _draw(request, "release", form, page)


@require_http_methods(["GET", "POST"])
def recall(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back a file that was sent."""
    page = queries.file(actor=request.actor, ref=ref, at=request.at)
    form = forms.Recall(request.POST or None)
    if form.is_valid():
        why = Recall(form.cleaned_data["reason"])
        try:
            referral = commands.recall(actor=request.actor, ref=ref, reason=why, at=request.at)
        except REFUSALS as sentence:
            form.keep(str(sentence))
        else:
            messages.success(
                request, "The file was recalled. The page shows when the programme can no longer open it."
            )
            return redirect("attachments:attachments", referral)
    return _draw(request, "recall", form, page)


def _draw(request: StaffRequest, name: str, form: Form, page: queries.FilePage) -> HttpResponse:
    template = f"partnership/attachments/{name}.html"
    return render(request, template, {"page": page, "form": form}, status=422 if form.errors else 200)
