"""The pages about a client and the police."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.pairs.states import State
from desist.advocacy.police import commands, forms, queries
from desist.advocacy.police.policy import Action
from desist.ui import asking, errors
from desist.wall.requests import StaffRequest


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
    return asking.ask(
        request,
        "advocacy/police/ask.html",
        form,
        do=lambda: commands.ask(
            actor=request.actor,
            ref=ref,
            police=form.cleaned_data["police"],
            crime_reference=form.cleaned_data["crime_reference"],
            at=request.at,
        ),
        then=lambda _: redirect("police:police", ref),
        page={"page": page.victim, "police": page},
    )


@require_POST
def answer(request: StaffRequest, ref: str) -> HttpResponse:
    """Record the telephone answer of a force without software."""
    form = forms.Answer(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Choose what they answered.")
    state = State(form.cleaned_data["answer"])
    return asking.press(
        request,
        do=lambda: commands.note_answer(actor=request.actor, ref=ref, answer=state, at=request.at),
        then=lambda _: redirect("police:police", ref),
    )


@require_POST
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the client no longer wants to hear of it."""
    return asking.press(
        request,
        do=lambda: commands.end(actor=request.actor, ref=ref, at=request.at),
        done="The police have been told to send nothing more about this crime.",
        then=lambda _: redirect("police:police", ref),
    )


@require_http_methods(["GET", "POST"])
def alert(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask the police to ring now."""
    page = queries.police(actor=request.actor, ref=ref, action=Action.ALERT_POLICE, at=request.at)
    form = forms.Alert(request.POST or None, initial={"contact": page.duty[0].number if page.duty else ""})
    return asking.ask(
        request,
        "advocacy/police/alert.html",
        form,
        do=lambda: commands.alert(
            actor=request.actor, ref=ref, contact=form.cleaned_data["contact"], at=request.at
        ),
        done="The police have been asked to ring. See under Alerts who acknowledged it.",
        then=lambda _: redirect("alerts:alerts"),
        page={"page": page.victim, "police": page},
    )
