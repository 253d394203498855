"""The pages of the vault."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.pages.vault import queries
from desist.advocacy.vault import commands, forms
from desist.advocacy.vault.queries import stopped as stopped_today
from desist.advocacy.vault.states import Kind, Reason
from desist.references import typed
from desist.refusals import Refused
from desist.ui import errors
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def locators(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's locators, masked."""
    page, lines = queries.locators(actor=request.actor, ref=ref, at=request.at)
    reasons = [{"value": one.value, "text": one.label} for one in Reason]
    context = {"page": page, "lines": lines, "reasons": reasons}
    return render(request, "advocacy/vault/locators.html", context)


@require_http_methods(["GET", "POST"])
def keep(request: StaffRequest, ref: str) -> HttpResponse:
    """Lock one more locator away."""
    form = forms.Keep(request.POST or None)
    page, _ = queries.locators(actor=request.actor, ref=ref, at=request.at)
    return ask(
        request,
        "advocacy/vault/keep.html",
        form,
        do=lambda: commands.keep(
            actor=request.actor,
            victim=ref,
            kind=Kind(form.cleaned_data["kind"]),
            value=form.cleaned_data["value"],
            submission=form.submission,
            at=request.at,
        ),
        done="It is locked away.",
        then=lambda _: redirect("vault:locators", ref),
        page={"page": page},
    )


@require_POST
def reveal(request: StaffRequest, ref: str) -> HttpResponse:
    """Look at one locator, with a reason."""
    form = forms.Reveal(request.POST)
    if not form.is_valid():
        return errors.unprocessable("Choose why you need it, then press “Reveal”.")
    reason = Reason(form.cleaned_data["reason"])
    try:
        victim = commands.reveal(actor=request.actor, locator=ref, reason=reason, at=request.at)
    except commands.TooManyReveals as sentence:
        messages.warning(request, str(sentence))
        victim = sentence.victim
    return redirect("vault:locators", victim)


@require_http_methods(["GET", "POST"])
def allow(request: StaffRequest) -> HttpResponse:
    """Allow more today to a colleague who reached a limit."""
    stopped = {f"{one.account} {one.limit}": one for one in stopped_today(actor=request.actor, at=request.at)}
    form = forms.More(request.POST or None)
    form.offer("whom", [(key, one.words) for key, one in stopped.items()])

    def do() -> str:
        one, more = stopped[form.cleaned_data["whom"]], int(form.cleaned_data["more"])
        commands.allow_more(
            actor=request.actor,
            account=one.account,
            limit=one.limit,
            more=more,
            submission=form.submission,
            at=request.at,
        )
        return f"{one.name} can have {more} more {one.limit.label.lower()} today."

    def then(done: str) -> HttpResponse:
        messages.success(request, done)
        return redirect("home:home")

    return ask(request, "advocacy/vault/allow.html", form, do=do, then=then, page={"stopped": stopped})


@require_POST
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End a locator that is no longer the client's."""
    return redirect("vault:locators", commands.end(actor=request.actor, locator=ref, at=request.at))


@require_POST
def post(request: StaffRequest, ref: str) -> HttpResponse:
    """Record whether letters are safe at an address, as the advocate checked with the client."""
    safe = request.POST.get("safe") == "yes"
    victim = commands.check_for_post(actor=request.actor, locator=ref, safe=safe, at=request.at)
    return redirect("vault:locators", victim)


@require_http_methods(["GET", "POST"])
def destroy(request: StaffRequest, ref: str) -> HttpResponse:
    """Destroy a closed client's key."""
    page = queries.to_destroy(actor=request.actor, ref=ref, at=request.at)
    form = forms.Destroy(request.POST or None)

    def do() -> None:
        if typed(form.cleaned_data["typed"]) != ref:
            raise Refused(f"This is not the reference of this client: it is {page.spoken}", field="typed")
        commands.destroy(actor=request.actor, victim=ref, at=request.at)

    return ask(
        request,
        "advocacy/vault/destroy.html",
        form,
        do=do,
        done="The key has been destroyed. What it locked can never be read again.",
        then=lambda _: redirect("victims:victim", ref),
        page={"page": page},
    )
