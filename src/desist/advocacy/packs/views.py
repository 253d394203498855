"""The pages of breach packs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.packs import commands, forms, queries
from desist.advocacy.police.commands import NotPossible
from desist.advocacy.vault.spelling import HoldsLocator
from desist.ui.words import NotRead
from desist.wall.requests import StaffRequest

NO_CHOICE = (
    "Nothing was sent: your client has not agreed that the police can be told what they reported. "
    "Ask them, and record it under “Choices”"
)


@require_http_methods(["GET", "POST"])
def send(request: StaffRequest, ref: str) -> HttpResponse:
    """What of an incident goes to the police, and to which."""
    page = queries.sending(actor=request.actor, incident=ref, at=request.at)
    if page.sent:
        return redirect("packs:pack", page.sent)
    only = page.forces[0][0] if len(page.forces) == 1 else ""
    number = page.duty[0].number if page.duty else ""
    form = forms.Send(request.POST or None, initial={"force": only, "contact": number})
    form.offer("force", page.forces)
    made = _sent(request, ref, form) if form.is_valid() else ""
    if made:
        return redirect("packs:pack", made)
    context = {"page": page.incident.victim, "incident": page.incident, "sending": page, "form": form}
    return render(request, "advocacy/packs/send.html", context, status=422 if form.errors else 200)


@require_safe
def paper(request: StaffRequest, ref: str) -> HttpResponse:
    """An incident to be printed: for a force that is told by hand, or for the client."""
    page = queries.paper(actor=request.actor, incident=ref, at=request.at)
    context = {"page": page.incident.victim, "incident": page.incident, "left_out": page.left_out}
    return render(request, "advocacy/packs/paper.html", context)


@require_http_methods(["GET", "POST"])
def pack(request: StaffRequest, ref: str) -> HttpResponse:
    """Where a pack stands, and whom somebody rang about it."""
    page = queries.pack(actor=request.actor, ref=ref, at=request.at)
    form = forms.Ring(request.POST or None)
    if form.is_valid():
        try:
            commands.ring(
                actor=request.actor,
                ref=ref,
                whom=form.cleaned_data["whom"],
                crime_reference=form.cleaned_data["crime_reference"],
                submission=form.submission,
                at=request.at,
            )
        except commands.NotOpen:
            form.keep("The police have already given a crime reference: it is shown above")
        else:
            return redirect("packs:pack", ref)
    context = {"page": page.incident.victim, "pack": page, "form": form}
    return render(request, "advocacy/packs/pack.html", context, status=422 if form.errors else 200)


def _sent(request: StaffRequest, incident: str, form: forms.Send) -> str:
    """The reference of the pack; "" where it was refused, and the form says why."""
    try:
        return commands.send(
            actor=request.actor,
            incident=incident,
            force=form.cleaned_data["force"],
            contact=form.cleaned_data["contact"],
            at=request.at,
            why=form.why(),
        )
    except commands.AlreadySent as known:
        return str(known)
    except commands.NoChoice:
        form.keep(NO_CHOICE)
    except NotPossible:
        form.keep("Another police force is already dealing with this client: choose that one")
    except NotRead as fault:
        form.refuse(fault)
    except HoldsLocator as sentence:
        form.refuse(HoldsLocator(f"{sentence}. To take words out, record the incident again without them"))
    return ""
