"""The pages on which two people release the words of an order."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from desist.partnership.orders.asking import asked
from desist.partnership.releases import commands, forms, queries
from desist.partnership.releases.states import Reason
from desist.wall.requests import StaffRequest

FOLDER = "partnership/releases"


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """Which words of an order nobody released, and the question for a second person."""
    page = queries.words(actor=request.actor, order=ref, at=request.at)
    form = forms.Ask(request.POST or None, version=page.version)

    def do() -> None:
        commands.ask(
            actor=request.actor,
            order=ref,
            asked=commands.Asked(Reason(form.cleaned_data["reason"]), form.cleaned_data["words"]),
            submission=form.submission,
            version=form.version,
            at=request.at,
        )

    return asked(request, order=ref, form=form, do=do, template=f"{FOLDER}/ask.html", context={"page": page})


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """The second person reads the words, and releases them or sends them back."""
    page = queries.decision(actor=request.actor, ref=ref, at=request.at)
    form = forms.Decide(request.POST or None)
    if form.is_valid():
        released = form.cleaned_data["decision"] == forms.RELEASE
        command = commands.release if released else commands.send_back
        try:
            command(actor=request.actor, ref=ref, words=form.cleaned_data["words"], at=request.at)
        except commands.NotPossible as why:
            form.keep(str(why))
        else:
            messages.success(request, "The words were released." if released else "The words were sent back.")
            return redirect("orders:order", page.order)
    context = {"page": page, "form": form}
    return render(request, f"{FOLDER}/decide.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def go_on(request: StaffRequest, ref: str) -> HttpResponse:
    """Why it goes on although a service gave no answer in time."""
    page = queries.decision(actor=request.actor, ref=ref, at=request.at)
    form = forms.GoOn(request.POST or None)
    if form.is_valid():
        try:
            commands.go_on(actor=request.actor, ref=ref, words=form.cleaned_data["words"], at=request.at)
        except commands.NotPossible as why:
            form.keep(str(why))
        else:
            return redirect("releases:decide", ref)
    context = {"page": page, "form": form}
    return render(request, f"{FOLDER}/go_on.html", context, status=422 if form.errors else 200)
