"""The pages of a person's documents. For staff alone: none is ever on the shared screen, and none is sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.documents import commands, forms, queries
from desist.programme.documents.states import MOST
from desist.referral import serving
from desist.referral.refusals import Refused
from desist.ui import dates, errors
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def documents(request: StaffRequest, ref: str) -> HttpResponse:
    """The documents of somebody, and one more."""
    page = queries.documents(actor=request.actor, episode=ref, at=request.at)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.Document(*sent, today=dates.day_of(request.at))
    if form.is_valid():
        paper = form.paper()
        try:
            commands.file(actor=request.actor, episode=ref, paper=paper, at=request.at)
        except commands.AlreadyFiled:
            form.keep("This file is already kept here")
        except commands.TooMany:
            form.keep(f"At most {MOST} documents are kept of a person. Remove one that is not needed")
        else:
            messages.success(request, "The document is filed.")
            for sentence in form.warnings():
                messages.warning(request, sentence)
            return redirect("documents:documents", ref)
    context = {"page": page, "form": form, "most": MOST}
    return render(request, "programme/documents/documents.html", context, status=422 if form.errors else 200)


@require_safe
def look(request: StaffRequest, ref: str) -> HttpResponse:
    """One document, as a picture or as words."""
    try:
        page = queries.look(actor=request.actor, ref=ref, at=request.at)
    except Refused as reason:
        return errors.unprocessable(str(reason))
    return render(request, "programme/documents/look.html", {"page": page})


@require_safe
def download(request: StaffRequest, ref: str) -> HttpResponse:
    """One document, to be saved."""
    try:
        found = queries.document(actor=request.actor, ref=ref, at=request.at)
    except Refused as reason:
        return errors.unprocessable(str(reason))
    return serving.as_download(name=found.name, media=found.media, content=found.content)


@require_http_methods(["GET", "POST"])
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Take away what was filed by mistake."""
    episode, row = queries.to_remove(actor=request.actor, ref=ref, at=request.at)
    form = forms.Removal(request.POST or None)
    if form.is_valid():
        try:
            commands.remove(actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at)
        except commands.AlreadyRemoved:
            form.keep("Not saved: this document has already been removed")
        else:
            return redirect("documents:documents", episode)
    context = {"episode": episode, "row": row, "form": form}
    return render(request, "programme/documents/remove.html", context, status=422 if form.errors else 200)
