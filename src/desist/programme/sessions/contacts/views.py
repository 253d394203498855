"""The pages of contacts outside sessions. For staff alone: none is ever on the shared screen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.sessions.contacts import commands, forms, queries
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest

KEPT_BEFORE = "Not saved: this form has already been saved with other words. Open the page again to note another contact"


@require_safe
def contacts(request: StaffRequest, ref: str) -> HttpResponse:
    """The contacts of a referral."""
    page = queries.contacts(actor=request.actor, referral=ref, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "programme/contacts/contacts.html", {"page": page})


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """The contacts with somebody on the programme, or about them."""
    page = queries.of_person(actor=request.actor, episode=ref, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "programme/contacts/contacts.html", {"page": page})


@require_http_methods(["GET", "POST"])
def note(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a contact."""
    name, spoken = queries.to_note(actor=request.actor, referral=ref, at=request.at)
    form = forms.Contact(request.POST or None, at=request.at)
    if form.is_valid():
        try:
            commands.note(
                actor=request.actor, referral=ref, said=form.said(), submission=form.submission, at=request.at
            )
        except commands.KeptBefore:
            form.keep(KEPT_BEFORE)
        else:
            messages.success(request, "The contact is noted.")
            return redirect("contacts:contacts", ref)
    context = {"ref": ref, "name": name, "spoken": spoken, "form": form}
    return render(request, "programme/contacts/note.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def strike(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back a contact that was noted by mistake."""
    referral, row = queries.to_strike(actor=request.actor, ref=ref, at=request.at)
    form = forms.Strike(request.POST or None)
    if form.is_valid():
        try:
            commands.strike(actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at)
        except commands.AlreadyStruck:
            form.keep("Not saved: this contact has already been struck out")
        else:
            return redirect("contacts:contacts", referral)
    context = {"referral": referral, "row": row, "form": form}
    return render(request, "programme/contacts/strike.html", context, status=422 if form.errors else 200)
