"""The pages of a person's documents. For staff alone: none is ever on the shared screen, and none is sent."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.documents import commands, forms, queries
from desist.programme.documents.states import MOST
from desist.referral import serving
from desist.refusals import Refused
from desist.ui import dates, errors
from desist.ui.asking import ask
from desist.ui.tables import Sort
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def documents(request: StaffRequest, ref: str) -> HttpResponse:
    """The documents of a person, and one more."""
    narrow = forms.Narrow(request.GET)
    sort = Sort.read(request.GET, allowed=queries.SORTED, default="-dated")
    page = queries.documents(
        actor=request.actor, episode=ref, kind=narrow.said("what"), sort=sort, at=request.at
    )
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = forms.Document(*sent, today=dates.day_of(request.at))

    def leave(_: None) -> HttpResponse:
        messages.success(request, "The document is filed.")
        for sentence in form.warnings():
            messages.warning(request, sentence)
        return redirect("documents:documents", ref)

    return ask(
        request,
        "programme/documents/documents.html",
        form,
        do=lambda: commands.file(actor=request.actor, episode=ref, paper=form.paper(), at=request.at),
        then=leave,
        page={"page": page, "most": MOST, "narrow": narrow, "sort": sort},
    )


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
    return ask(
        request,
        "programme/documents/remove.html",
        form,
        do=lambda: commands.remove(
            actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at
        ),
        then=lambda _: redirect("documents:documents", episode),
        page={"episode": episode, "row": row},
    )
