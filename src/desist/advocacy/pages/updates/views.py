"""The pages about news for a client."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.contacts import commands as contacts
from desist.advocacy.contacts import forms as contact_forms
from desist.advocacy.contacts.states import Channel
from desist.advocacy.pages.updates import queries
from desist.advocacy.updates import commands, forms
from desist.advocacy.updates.policy import Action
from desist.advocacy.updates.states import Event
from desist.advocacy.victims.policy import Action as VictimsAction
from desist.ui import dates, errors
from desist.ui.asking import ask, press
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def updates(request: StaffRequest, ref: str) -> HttpResponse:
    """The news for a client, and the tries to tell it."""
    page = queries.updates(actor=request.actor, ref=ref, action=VictimsAction.SEE_VICTIM, at=request.at)
    context = {"page": page.victim, "updates": page, "form": Form()}
    return render(request, "advocacy/updates/updates.html", context)


@require_POST
def begin(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin a contact to tell the news, checked at this moment."""
    form = contact_forms.Begin(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Choose how you are contacting them.")
    return press(
        request,
        do=lambda: contacts.begin(
            actor=request.actor,
            ref=ref,
            channel=Channel(form.cleaned_data["channel"]),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda attempt: (
            redirect("updates:tell", attempt) if attempt else redirect("updates:updates", ref)
        ),
    )


@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, ref: str) -> HttpResponse:
    """A contact under way: the news to tell, and the form for how it ended."""
    page = queries.call(actor=request.actor, attempt=ref, at=request.at)
    form = forms.Tell(request.POST or None)
    form.limit("next_on", earliest=request.at)
    offered = [(one.ref, f"{one.words}, {dates.on(one.on)}") for one in page.due]
    for name in ("told", "unwanted"):
        form.offer(name, offered)
    return ask(
        request,
        "advocacy/updates/tell.html",
        form,
        do=lambda: commands.finish(actor=request.actor, attempt=ref, contact=form.contact(), at=request.at),
        then=lambda victim: redirect("updates:updates", victim),
        page={"page": page.call.victim, "call": page.call, "due": page.due},
    )


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what the police told by telephone."""
    page = queries.updates(actor=request.actor, ref=ref, action=Action.NOTE_NEWS, at=request.at)
    form = forms.News(request.POST or None, at=request.at)
    return ask(
        request,
        "advocacy/updates/add.html",
        form,
        do=lambda: commands.note_told(
            actor=request.actor,
            ref=ref,
            event=Event(form.cleaned_data["event"]),
            on=form.cleaned_data["on"],
            told_at=form.heard_at(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("updates:updates", ref),
        page={"page": page.victim},
    )


@require_http_methods(["GET", "POST"])
def entitlement(request: StaffRequest, ref: str) -> HttpResponse:
    """Set which clock counts for a client's news."""
    page = queries.updates(actor=request.actor, ref=ref, action=Action.ENTITLE, at=request.at)
    form = forms.Entitlement(request.POST or None, initial={"enhanced": page.enhanced})
    return ask(
        request,
        "advocacy/updates/entitlement.html",
        form,
        do=lambda: commands.entitle(
            actor=request.actor, ref=ref, enhanced=form.cleaned_data["enhanced"], at=request.at
        ),
        then=lambda _: redirect("updates:updates", ref),
        page={"page": page.victim, "updates": page},
    )
