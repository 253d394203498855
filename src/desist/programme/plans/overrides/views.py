"""The pages of the second person, about a referral that the person said no to."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.programme.plans.overrides import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, ref: str) -> HttpResponse:
    """Agree to a referral that the person said no to, or refuse it."""
    page = queries.to_decide(actor=request.actor, ref=ref, at=request.at)
    form = forms.Decide(request.POST or None, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_decide(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not saved: by now it is: {newer.state}")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/support/decide.html",
        form,
        do=lambda: commands.decide(
            actor=request.actor, ref=ref, version=form.version, at=request.at, **form.decided()
        ),
        done="Your decision is saved.",
        then=lambda episode: redirect("support:support", episode),
        page={"page": page},
        anew=anew,
    )


@require_POST
def take_back(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back what waits for a second person."""
    episode = queries.to_take_back(actor=request.actor, ref=ref, at=request.at)
    return press(
        request,
        do=lambda: commands.take_back(actor=request.actor, ref=ref, at=request.at),
        done="It is taken back. Nothing was passed on.",
        then=lambda _: redirect("support:support", episode),
    )
