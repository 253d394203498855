"""The pages of a client on their way in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.clients import commands, forms, queries
from desist.advocacy.vault.forms import UNCLEAR
from desist.advocacy.victims.states import CloseReason, How, PauseReason, Purpose
from desist.ui import errors
from desist.wall.requests import StaffRequest


@require_safe
def victims(request: StaffRequest) -> HttpResponse:
    """Everybody whom the actor may see."""
    closed = request.GET.get("closed") == "yes"
    rows = queries.victims(actor=request.actor, closed=closed, at=request.at)
    return render(request, "advocacy/victims/victims.html", {"rows": rows, "closed": closed})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Take somebody on who came by themselves or was sent."""
    form = forms.Start(request.POST or None)
    if form.is_valid():
        mine = form.cleaned_data["mine"]
        try:
            ref = commands.record(
                actor=request.actor,
                entry=form.entry(at=request.at),
                mine=mine,
                submission=form.submission,
                at=request.at,
                why=form.why(),
            )
        except UNCLEAR as sentence:
            form.refuse(sentence)
            return render(request, "advocacy/victims/start.html", {"form": form}, status=422)
        except commands.AlreadyRecorded as earlier:
            ref = str(earlier)
        except commands.Conflict as reasons:
            form.keep(
                f"You cannot work with them: {reasons}. Choose “No”, and the manager allocates another advocate"
            )
            return render(request, "advocacy/victims/start.html", {"form": form}, status=422)
        if mine:
            return redirect("victims:victim", ref)
        messages.success(request, "They are recorded. The manager allocates an advocate.")
        return redirect("home:home")
    return render(request, "advocacy/victims/start.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def victim(request: StaffRequest, ref: str) -> HttpResponse:
    """One client: the overview."""
    page = queries.victim(actor=request.actor, ref=ref, at=request.at)
    return render(request, "advocacy/victims/victim.html", {"page": page})


@require_http_methods(["GET", "POST"])
def consents(request: StaffRequest, ref: str) -> HttpResponse:
    """What the client consents to."""
    page = queries.to_consent(actor=request.actor, ref=ref, at=request.at)
    form = forms.Consents(request.POST or None)
    form.limit("given_on", latest=request.at)
    if form.is_valid():
        cleaned = form.cleaned_data
        commands.consent(
            actor=request.actor,
            ref=ref,
            purposes=[Purpose(one) for one in cleaned["purposes"]],
            on=cleaned["given_on"],
            how=How(cleaned["how"]),
            at=request.at,
        )
        return redirect("victims:consents", ref)
    context = {"page": page, "form": form}
    return render(request, "advocacy/victims/consents.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """The client takes one consent back."""
    form = forms.Withdrawal(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Choose which consent is being withdrawn.")
    purpose = Purpose(form.cleaned_data["purpose"])
    ended = commands.withdraw(actor=request.actor, ref=ref, purpose=purpose, at=request.at)
    told = " The police have been told to send nothing more about this client." if ended else ""
    messages.success(request, f"The consent is withdrawn, from now on.{told}")
    return redirect("victims:consents", ref)


@require_http_methods(["GET", "POST"])
def pause(request: StaffRequest, ref: str) -> HttpResponse:
    """Let the clock stand still, with a reason."""
    page = queries.to_pause(actor=request.actor, ref=ref, at=request.at)
    form = forms.Pause(request.POST or None)
    if form.is_valid():
        try:
            reason = PauseReason(form.cleaned_data["reason"])
            commands.pause(actor=request.actor, ref=ref, reason=reason, at=request.at)
        except commands.AlreadyPaused:
            return redirect("victims:victim", ref)
        except commands.NotRunning:
            form.keep("There is no clock to pause: they have already been reached, or the case is closed")
        else:
            return redirect("victims:victim", ref)
    context = {"page": page, "form": form}
    return render(request, "advocacy/victims/pause.html", context, status=422 if form.errors else 200)


@require_POST
def resume(request: StaffRequest, ref: str) -> HttpResponse:
    """Restart the clock."""
    commands.resume(actor=request.actor, ref=ref, at=request.at)
    return redirect("victims:victim", ref)


@require_http_methods(["GET", "POST"])
def allocate(request: StaffRequest, ref: str) -> HttpResponse:
    """Give the client an advocate."""
    page, people = queries.to_allocate(actor=request.actor, ref=ref, at=request.at)
    form = forms.Allocation(request.POST or None)
    hints = {one.ref: f"{one.clients} of {one.capacity} clients" for one in people}
    form.offer("advocate", [(one.ref, one.name) for one in people], hints=hints)
    if form.is_valid():
        try:
            commands.allocate(
                actor=request.actor, ref=ref, advocate=form.cleaned_data["advocate"], at=request.at
            )
        except commands.Conflict as reasons:
            form.add_error("advocate", f"{reasons}. Choose somebody else")
        else:
            return redirect("victims:victim", ref)
    context = {"page": page, "form": form, "people": people}
    return render(request, "advocacy/victims/allocate.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, ref: str) -> HttpResponse:
    """Close the case."""
    page = queries.to_close(actor=request.actor, ref=ref, at=request.at)
    form = forms.Close(request.POST or None)
    if form.is_valid():
        try:
            reason = CloseReason(form.cleaned_data["reason"])
            commands.close(actor=request.actor, ref=ref, reason=reason, at=request.at)
        except commands.NotPossible:
            form.keep("This case is already closed")
        else:
            messages.success(request, "The case is closed.")
            return redirect("victims:victim", ref)
    context = {"page": page, "form": form}
    return render(request, "advocacy/victims/close.html", context, status=422 if form.errors else 200)


@require_POST
def reopen(request: StaffRequest, ref: str) -> HttpResponse:
    """They came back."""
    try:
        commands.reopen(actor=request.actor, ref=ref, at=request.at)
    except commands.NotPossible:
        messages.warning(request, "This case cannot be opened again: it is open, or its key was destroyed.")
    return redirect("victims:victim", ref)
