"""The pages about a client and the police."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.pairs.states import State
from desist.advocacy.police import commands, forms, queries
from desist.advocacy.police.policy import Action
from desist.ui import errors
from desist.wall.requests import StaffRequest

NO_CHOICE = (
    "Nothing was sent: your client has not agreed that the police can be told that they are supported here. "
    "Ask them, and record it under “Choices”"
)


@require_safe
def police(request: StaffRequest, ref: str) -> HttpResponse:
    """What passes between this service and the police about a client."""
    page = queries.police(actor=request.actor, ref=ref, action=Action.SEE_POLICE, at=request.at)
    return render(request, "advocacy/police/police.html", {"page": page.victim, "police": page})


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask to hear of orders and the programme."""
    page = queries.police(actor=request.actor, ref=ref, action=Action.ASK_PAIR, at=request.at)
    found = queries.forces(actor=request.actor)
    known = {"crime_reference": page.crime_reference, "police": found[0][0] if len(found) == 1 else ""}
    form = forms.Ask(request.POST or None, initial=known)
    form.offer("police", found)
    if form.is_valid():
        try:
            commands.ask(
                actor=request.actor,
                ref=ref,
                police=form.cleaned_data["police"],
                crime_reference=form.cleaned_data["crime_reference"],
                at=request.at,
            )
        except commands.NoChoice:
            form.keep(NO_CHOICE)
        except commands.NotPossible:
            form.keep("They have already been asked, or another force has. Go back to see its progress")
        else:
            return redirect("police:police", ref)
    context = {"page": page.victim, "police": page, "form": form}
    return render(request, "advocacy/police/ask.html", context, status=422 if form.errors else 200)


@require_POST
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """A force without software answered by telephone."""
    form = forms.Answer(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Choose what they answered.")
    try:
        state = State(form.cleaned_data["answer"])
        commands.note_answer(actor=request.actor, ref=ref, answer=state, at=request.at)
    except commands.NotPossible:
        messages.warning(request, "Nothing is waiting for an answer.")
    return redirect("police:police", ref)


@require_POST
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """The client no longer wants to hear of it."""
    try:
        commands.end(actor=request.actor, ref=ref, at=request.at)
    except commands.NotPossible:
        messages.warning(request, "There is nothing to end.")
    else:
        messages.success(request, "The police have been told to send nothing more about this crime.")
    return redirect("police:police", ref)


@require_http_methods(["GET", "POST"])
def alert(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the police to ring now."""
    page = queries.police(actor=request.actor, ref=ref, action=Action.ALERT_POLICE, at=request.at)
    form = forms.Alert(request.POST or None, initial={"contact": page.duty[0].number if page.duty else ""})
    if form.is_valid():
        try:
            commands.alert(actor=request.actor, ref=ref, contact=form.cleaned_data["contact"], at=request.at)
        except commands.NoChoice:
            form.keep(NO_CHOICE)
        except commands.NobodyToAsk:
            form.keep("No police force knows about this client yet. Ring 101, or 999 in danger")
        else:
            messages.success(
                request, "The police have been asked to ring. See under Alerts who acknowledged it."
            )
            return redirect("alerts:alerts")
    context = {"page": page.victim, "police": page, "form": form}
    return render(request, "advocacy/police/alert.html", context, status=422 if form.errors else 200)
