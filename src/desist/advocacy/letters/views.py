"""The pages about letters."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.advocacy.letters import commands, forms, queries
from desist.advocacy.letters.templates import Template
from desist.letters import Variant, day, look
from desist.ui import dates, documents
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def letters(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's letters, and the form for one more."""
    page = queries.letters(actor=request.actor, ref=ref, at=request.at)
    only = page.addresses[0][0] if len(page.addresses) == 1 else ""
    form = forms.Write(request.POST or None, initial={"address": only, "variant": page.first})
    form.offer("address", page.addresses)
    return ask(
        request,
        "advocacy/letters/letters.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            ref=ref,
            template=Template(form.cleaned_data["template"]),
            variant=Variant(form.cleaned_data["variant"]),
            address=form.cleaned_data["address"],
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("letters:letters", ref),
        page={"page": page.victim, "letters": page},
    )


@require_POST
def print_out(request: StaffRequest, ref: str) -> HttpResponse:
    """Draw a letter as a PDF, after a new check."""
    printed = commands.print_out(actor=request.actor, letter=ref, at=request.at)
    data = {
        **asdict(printed),
        "on": day(printed.on, printed.variant),
        **look(printed.variant),
    }
    response = HttpResponse(documents.pdf(layout=documents.LETTER, data=data), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="letter.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
def posted(request: StaffRequest, ref: str) -> HttpResponse:
    """Note that a letter was posted: one press for today, a page for another day."""
    page = queries.letter(actor=request.actor, ref=ref, at=request.at)
    today = dates.day_of(request.at)
    # One press for today sends a form without fields, which must be bound all the same.
    form = forms.Posted(request.POST if request.method == "POST" else None)
    form.limit("on", latest=today)

    def then(told: int) -> HttpResponse:
        messages.success(request, f"Posted. Told by this letter: {told}.")
        return redirect("letters:letters", page.victim.ref)

    return ask(
        request,
        "advocacy/letters/posted.html",
        form,
        do=lambda: commands.note_posted(actor=request.actor, letter=ref, on=form.day(today), at=request.at),
        then=then,
        page={"page": page.victim, "letter": page},
    )
