"""The page on which a colleague sets how a person works between the sessions."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from desist.programme.plans.between import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def choose(request: StaffRequest, ref: str) -> HttpResponse:
    """Paper alone or not, which print, and the words for the place."""
    page = queries.to_choose(actor=request.actor, episode=ref, at=request.at)
    form = forms.Between(
        request.POST or None, setting=page.setting, version=page.version, ordered=page.ordered
    )

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_choose(actor=request.actor, episode=ref, at=request.at)
        form.keep("Not saved: a colleague changed this first. Check your answers, then save")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/between/choose.html",
        form,
        do=lambda: commands.choose(
            actor=request.actor,
            episode=ref,
            setting=form.setting(),
            version=form.version,
            at=request.at,
        ),
        done="Saved. The sheets are made like this from now on.",
        then=lambda _: redirect("paper:paper", ref),
        page={"page": page},
        anew=anew,
    )
