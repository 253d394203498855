"""The pages of contacts outside sessions. For staff alone: none is ever on the shared screen."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.sessions.contacts import commands, forms, queries
from desist.ui.asking import ask
from desist.ui.tables import Cursor
from desist.wall.requests import StaffRequest


@require_safe
def contacts(request: StaffRequest, ref: str) -> HttpResponse:
    """The contacts of a referral."""
    page = queries.contacts(actor=request.actor, referral=ref, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "programme/contacts/contacts.html", {"page": page})


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """The contacts with a person on the programme, or about them."""
    page = queries.of_person(actor=request.actor, episode=ref, cursor=Cursor.read(request.GET), at=request.at)
    return render(request, "programme/contacts/contacts.html", {"page": page})


@require_http_methods(["GET", "POST"])
def note(request: StaffRequest, ref: str) -> HttpResponse:
    """Note a call, letter or meeting."""
    name, spoken = queries.to_note(actor=request.actor, referral=ref, at=request.at)
    form = forms.Contact(request.POST or None, at=request.at)

    def leave(_: None) -> HttpResponse:
        messages.success(request, "The contact is noted.")
        return redirect("contacts:contacts", ref)

    return ask(
        request,
        "programme/contacts/note.html",
        form,
        do=lambda: commands.note(
            actor=request.actor, referral=ref, said=form.said(), submission=form.submission, at=request.at
        ),
        then=leave,
        page={"ref": ref, "name": name, "spoken": spoken},
    )


@require_http_methods(["GET", "POST"])
def strike(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back a contact that was noted by mistake."""
    referral, row = queries.to_strike(actor=request.actor, ref=ref, at=request.at)
    form = forms.Strike(request.POST or None)
    return ask(
        request,
        "programme/contacts/strike.html",
        form,
        do=lambda: commands.strike(
            actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at
        ),
        then=lambda _: redirect("contacts:contacts", referral),
        page={"referral": referral, "row": row},
    )
