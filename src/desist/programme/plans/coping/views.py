"""The pages of a coping plan: read it, write it together, and show it alone."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.plans.coping import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's coping plan and its earlier versions."""
    page = queries.plan(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/coping/plan.html", {"page": page})


@require_safe
def shared(request: StaffRequest, ref: str) -> HttpResponse:
    """The plan alone and large, for the person's eyes."""
    page = queries.plan(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/coping/shared.html", {"page": page})


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Write the next version."""
    page = queries.to_write(actor=request.actor, episode=ref, at=request.at)
    standing = page.newest.plan if page.newest else commands.Plan()
    form = forms.Coping(request.POST or None, plan=standing, version=page.number)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_write(actor=request.actor, episode=ref, at=request.at)
        form.keep("Not saved: a colleague wrote a newer version. It stands below: combine them, then save")
        form.version = newer.number
        return {"page": newer, "other": newer.newest}

    return ask(
        request,
        "programme/coping/write.html",
        form,
        do=lambda: commands.write(
            actor=request.actor,
            episode=ref,
            plan=form.plan(),
            replaces=form.version,
            override=form.override(),
            submission=form.submission,
            at=request.at,
        ),
        done="The coping plan is saved. Print it under “Paper”.",
        then=lambda _: redirect("coping:plan", ref),
        page={"page": page, "other": None},
        anew=anew,
    )
