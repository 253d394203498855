"""The pages on which two people release the words of an order."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.partnership.releases import commands, forms, queries
from desist.partnership.releases.states import Reason
from desist.ui import asking
from desist.wall.requests import StaffRequest

FOLDER = "partnership/releases"
#: the second person's choice -> the command, and the words of the page after it
DECISIONS = {
    forms.RELEASE: (commands.release, "The words were released."),
    forms.BACK: (commands.send_back, "The words were sent back."),
}


@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, ref: str) -> HttpResponse:
    """The unreleased words of an order, and the question for a second person."""
    page = queries.words(actor=request.actor, order=ref, at=request.at)
    form = forms.Ask(request.POST or None, version=page.version)

    return asking.ask(
        request,
        f"{FOLDER}/ask.html",
        form,
        do=lambda: commands.ask(
            actor=request.actor,
            order=ref,
            asked=commands.Asked(Reason(form.cleaned_data["reason"]), form.cleaned_data["words"]),
            submission=form.submission,
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("orders:order", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """Read the words as the second person, and release them or send them back."""
    page = queries.decision(actor=request.actor, ref=ref, at=request.at)
    form = forms.Decide(request.POST or None)

    def do() -> str:
        command, done = DECISIONS[form.cleaned_data["decision"]]
        command(actor=request.actor, ref=ref, words=form.cleaned_data["words"], at=request.at)
        return done

    def then(done: str) -> HttpResponse:
        messages.success(request, done)
        return redirect("orders:order", page.order)

    return asking.ask(request, f"{FOLDER}/decide.html", form, do=do, then=then, page={"page": page})


@require_http_methods(["GET", "POST"])
def go_on(request: StaffRequest, ref: str) -> HttpResponse:
    """Record why a release goes on although a service gave no answer in time."""
    page = queries.decision(actor=request.actor, ref=ref, at=request.at)
    form = forms.GoOn(request.POST or None)
    return asking.ask(
        request,
        f"{FOLDER}/go_on.html",
        form,
        do=lambda: commands.go_on(
            actor=request.actor, ref=ref, words=form.cleaned_data["words"], at=request.at
        ),
        then=lambda _: redirect("releases:decide", ref),
        page={"page": page},
    )
