"""The pages about contacting a client."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.contacts import commands, forms, heard
from desist.advocacy.contacts.states import Channel, Outcome
from desist.advocacy.pages.contacts import queries
from desist.refusals import Changed
from desist.ui import errors
from desist.ui.asking import ask, press
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

CHANGED = (
    "Not saved: a colleague changed what was agreed since you opened this page. Theirs is shown beside yours"
)


@require_safe
def contact(request: StaffRequest, ref: str) -> HttpResponse:
    """When and how to reach a client, and the attempts so far."""
    page = queries.contact(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page.victim, "contact": page, "form": Form()}
    return render(request, "advocacy/contacts/contact.html", context)


@require_http_methods(["GET", "POST"])
def words(request: StaffRequest, ref: str) -> HttpResponse:
    """Write the words to use."""
    page = queries.to_arrange(actor=request.actor, ref=ref, at=request.at)
    form = forms.Words(request.POST or None, initial=asdict(page.words), version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_arrange(actor=request.actor, ref=ref, at=request.at)
        form.keep(CHANGED)
        form.version = newer.version
        return {"other": newer.words}

    return ask(
        request,
        "advocacy/contacts/words.html",
        form,
        do=lambda: commands.arrange(
            actor=request.actor,
            ref=ref,
            words=form.words(),
            version=form.version,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("contacts:contact", ref),
        page={"page": page.victim, "other": None},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def add_time(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a safe time."""
    page = queries.to_arrange(actor=request.actor, ref=ref, at=request.at)
    said = page.victim.bar.heard
    form = forms.SafeTime(request.POST or None, initial=heard.filled(said.words) if said else None)
    return ask(
        request,
        "advocacy/contacts/add_time.html",
        form,
        do=lambda: commands.add_time(actor=request.actor, ref=ref, window=form.window(), at=request.at),
        then=lambda _: redirect("contacts:contact", ref),
        page={"page": page.victim},
    )


@require_POST
def end_time(request: StaffRequest, ref: str) -> HttpResponse:
    """End a stretch of the week that is no longer safe."""
    return redirect("contacts:contact", commands.end_time(actor=request.actor, time=ref, at=request.at))


@require_POST
def not_safe(request: StaffRequest, ref: str) -> HttpResponse:
    """Stop all contact with a client."""
    commands.mark_not_safe(actor=request.actor, ref=ref, at=request.at)
    messages.warning(request, "Contact is marked as not safe. Nothing is sent, and clocks are paused.")
    return redirect("contacts:contact", ref)


@require_POST
def safe(request: StaffRequest, ref: str) -> HttpResponse:
    """Mark contact as safe again in the agreed hours."""
    commands.mark_safe(actor=request.actor, ref=ref, at=request.at)
    return redirect("contacts:contact", ref)


@require_POST
def begin(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin a call, checked at this moment."""
    form = forms.Begin(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Choose how you are contacting them.")
    return press(
        request,
        do=lambda: commands.begin(
            actor=request.actor,
            ref=ref,
            channel=Channel(form.cleaned_data["channel"]),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda attempt: (
            redirect("contacts:finish", attempt) if attempt else redirect("contacts:contact", ref)
        ),
    )


@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, ref: str) -> HttpResponse:
    """An attempt under way, and how it ended."""
    page = queries.call(actor=request.actor, attempt=ref, at=request.at)
    form = forms.Finish(request.POST or None)
    form.limit("next_on", earliest=request.at)
    return ask(
        request,
        "advocacy/contacts/finish.html",
        form,
        do=lambda: commands.finish(
            actor=request.actor,
            attempt=ref,
            outcome=Outcome(form.cleaned_data["outcome"]),
            note=form.cleaned_data["note"],
            next_on=form.cleaned_data["next_on"],
            at=request.at,
            why=form.why(),
        ),
        then=lambda victim: redirect("contacts:contact", victim),
        page={"page": page.victim, "call": page},
    )


@require_POST
def queue(request: StaffRequest, ref: str) -> HttpResponse:
    """Let a neutral e-mail wait for the next safe time."""
    form = Form(request.POST)
    return press(
        request,
        do=lambda: commands.queue(actor=request.actor, ref=ref, submission=form.submission, at=request.at),
        done="It will be sent at the next safe time, and is checked again before it is sent.",
        then=lambda _: redirect("contacts:contact", ref),
    )


@require_POST
def note_stopped(request: StaffRequest, ref: str) -> HttpResponse:
    """Note that the advocate saw that a message was not sent."""
    commands.note_stopped(actor=request.actor, message=ref, at=request.at)
    return redirect("home:home")
