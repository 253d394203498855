"""The pages about a client: the list, the first page of one, and what is done with the case."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.accounts.searching import Hit, allowed
from desist.advocacy.clients import commands, forms, queries
from desist.advocacy.pages.client import queries as overview
from desist.advocacy.victims.states import CloseReason, GivenOver, How, PauseReason, Purpose
from desist.ui import errors
from desist.ui.asking import ask, press
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def victims(request: StaffRequest) -> HttpResponse:
    """The clients that the actor may see."""
    closed = request.GET.get("closed") == "yes"
    rows = queries.victims(actor=request.actor, closed=closed, at=request.at)
    return render(request, "advocacy/victims/victims.html", {"rows": rows, "closed": closed})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Take on a client who came by themselves or was sent."""
    form = forms.Start(request.POST or None)
    found: tuple[Hit, ...] = ()
    looked = request.POST.get("nobody_of_these") == "yes"
    if form.is_valid() and not looked and allowed(request, form, typed=form.sought()[0]):
        found = overview.alike(
            actor=request.actor, sought=form.sought(), submission=form.submission, at=request.at
        )
    if found:
        return render(request, "advocacy/victims/start.html", {"form": form, "found": found})

    def then(ref: str) -> HttpResponse:
        if form.cleaned_data["mine"]:
            return redirect("victims:victim", ref)
        messages.success(request, "They are recorded. The manager allocates an advocate.")
        return redirect("home:home")

    return ask(
        request,
        "advocacy/victims/start.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            entry=form.entry(at=request.at),
            mine=form.cleaned_data["mine"],
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=then,
        page={"found": ()},
    )


@require_safe
def victim(request: StaffRequest, ref: str) -> HttpResponse:
    """One client: the overview."""
    client = overview.client(actor=request.actor, ref=ref, at=request.at)
    context = {"page": client.victim, "client": client, "form": Form()}
    return render(request, "advocacy/victims/victim.html", context)


@require_http_methods(["GET", "POST"])
def consents(request: StaffRequest, ref: str) -> HttpResponse:
    """Record what the client consents to."""
    page = queries.to_consent(actor=request.actor, ref=ref, at=request.at)
    form = forms.Consents(request.POST or None)
    form.limit("given_on", latest=request.at)
    return ask(
        request,
        "advocacy/victims/consents.html",
        form,
        do=lambda: commands.consent(
            actor=request.actor,
            ref=ref,
            purposes=[Purpose(one) for one in form.cleaned_data["purposes"]],
            on=form.cleaned_data["given_on"],
            how=How(form.cleaned_data["how"]),
            at=request.at,
        ),
        then=lambda _: redirect("victims:consents", ref),
        page={"page": page},
    )


@require_POST
def withdraw(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that the client takes one consent back."""
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
    """Stop the clock, with a reason."""
    page = queries.to_pause(actor=request.actor, ref=ref, at=request.at)
    form = forms.Pause(request.POST or None)
    return ask(
        request,
        "advocacy/victims/pause.html",
        form,
        do=lambda: commands.pause(
            actor=request.actor, ref=ref, reason=PauseReason(form.cleaned_data["reason"]), at=request.at
        ),
        then=lambda _: redirect("victims:victim", ref),
        page={"page": page},
    )


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
    return ask(
        request,
        "advocacy/victims/allocate.html",
        form,
        do=lambda: commands.allocate(
            actor=request.actor, ref=ref, advocate=form.cleaned_data["advocate"], at=request.at
        ),
        then=lambda _: redirect("victims:victim", ref),
        page={"page": page, "people": people},
    )


@require_http_methods(["GET", "POST"])
def give_over(request: StaffRequest, ref: str) -> HttpResponse:
    """Give several clients of one advocate to another."""
    whose, clients, others = queries.to_give_over(actor=request.actor, advocate=ref, at=request.at)
    form = forms.GiveOver(request.POST or None)
    form.offer("clients", clients)
    hints = {one.ref: f"{one.clients} of {one.capacity} clients" for one in others}
    form.offer("advocate", [(one.ref, one.name) for one in others], hints=hints)

    def then(stay: tuple[str, ...]) -> HttpResponse:
        given = len(form.cleaned_data["clients"]) - len(stay)
        messages.success(
            request, f"{given} {'client has' if given == 1 else 'clients have'} another advocate."
        )
        for sentence in stay:
            messages.warning(request, sentence)
        return redirect("victims:give-over", ref)

    return ask(
        request,
        "advocacy/victims/give_over.html",
        form,
        do=lambda: commands.give_over(
            actor=request.actor,
            refs=form.cleaned_data["clients"],
            advocate=form.cleaned_data["advocate"],
            why=GivenOver(form.cleaned_data["why"]),
            at=request.at,
        ),
        then=then,
        page={"whose": whose, "clients": clients, "others": others},
    )


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, ref: str) -> HttpResponse:
    """Close the case."""
    page = queries.to_close(actor=request.actor, ref=ref, at=request.at)
    form = forms.Close(request.POST or None)
    return ask(
        request,
        "advocacy/victims/close.html",
        form,
        do=lambda: commands.close(
            actor=request.actor, ref=ref, reason=CloseReason(form.cleaned_data["reason"]), at=request.at
        ),
        done="The case is closed.",
        then=lambda _: redirect("victims:victim", ref),
        page={"page": page},
    )


@require_POST
def reopen(request: StaffRequest, ref: str) -> HttpResponse:
    """Reopen the case of a client who came back."""
    return press(
        request,
        do=lambda: commands.reopen(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("victims:victim", ref),
    )
