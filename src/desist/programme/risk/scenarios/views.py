"""The pages of the service's own risk form."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.risk.scenarios import commands, forms, queries
from desist.programme.risk.scenarios.states import Decision
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

CHANGED = "Not saved: a colleague changed this scenario since you opened it. Compare, then save again"
MOVED_ON = "Not saved: this risk form was given back or signed since you opened the page"


@require_safe
def person(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the newest version of a person's risk form."""
    page = queries.person(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/scenarios/form.html", {"page": page})


@require_safe
def form(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one version."""
    page = queries.form(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/scenarios/form.html", {"page": page})


@require_safe
def scenario(request: StaffRequest, ref: str) -> HttpResponse:
    """Show the newest version that has a scenario, as its actions ask for it."""
    page = queries.of_scenario(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/scenarios/form.html", {"page": page})


@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest, ref: str) -> HttpResponse:
    """Begin a version."""
    page = queries.to_begin(actor=request.actor, episode=ref, at=request.at)
    asked = forms.Begin(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/scenarios/begin.html",
        asked,
        do=lambda: commands.begin(
            actor=request.actor,
            episode=ref,
            review_on=asked.cleaned_data["review_on"],
            submission=asked.submission,
            at=request.at,
        ),
        then=lambda made: redirect("scenarios:form", made),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a scenario."""
    page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    asked = forms.Scenario(request.POST or None)
    return ask(
        request,
        "programme/scenarios/scenario.html",
        asked,
        do=lambda: commands.add(
            actor=request.actor,
            ref=ref,
            scenario=asked.scenario(),
            submission=asked.submission,
            at=request.at,
        ),
        then=lambda _: redirect("scenarios:form", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Change a scenario, or say why it no longer applies."""
    found = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    asked = forms.Scenario(request.POST or None, initial=found.said, version=found.version)

    def anew(_: Changed) -> dict[str, object]:
        asked.keep(CHANGED)
        asked.version = queries.to_change(actor=request.actor, ref=ref, at=request.at).version
        return {}

    return ask(
        request,
        "programme/scenarios/scenario.html",
        asked,
        do=lambda: commands.change(
            actor=request.actor,
            ref=ref,
            scenario=asked.scenario(),
            version=asked.version,
            at=request.at,
        ),
        then=lambda made: redirect("scenarios:form", made),
        page={"page": found.page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def offer(request: StaffRequest, ref: str) -> HttpResponse:
    """Ask a colleague for the second signature."""
    found = queries.to_offer(actor=request.actor, ref=ref, at=request.at)
    asked = forms.Offer(request.POST or None)
    asked.offer("to", found.colleagues)
    return ask(
        request,
        "programme/scenarios/offer.html",
        asked,
        do=lambda: commands.offer(actor=request.actor, ref=ref, to=asked.cleaned_data["to"], at=request.at),
        then=lambda _: redirect("scenarios:form", ref),
        page={"page": found.page, "colleagues": found.colleagues},
        done="The risk form is in the colleague’s To do, to be read and signed",
    )


@require_http_methods(["GET", "POST"])
def sign(request: StaffRequest, ref: str) -> HttpResponse:
    """Sign a version as the second person, or give it back."""
    page = queries.to_sign(actor=request.actor, ref=ref, at=request.at)
    asked = forms.Sign(request.POST or None, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        asked.keep(MOVED_ON)
        return {}

    return ask(
        request,
        "programme/scenarios/sign.html",
        asked,
        do=lambda: commands.sign(
            actor=request.actor,
            ref=ref,
            decision=Decision(asked.cleaned_data["decision"]),
            reason=asked.cleaned_data["reason"],
            version=asked.version,
            at=request.at,
        ),
        then=lambda _: redirect("scenarios:form", ref),
        page={"page": page},
        anew=anew,
        done="Saved",
    )
