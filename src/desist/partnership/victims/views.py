"""The pages by which the police refer a victim."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.victims import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def victims(request: StaffRequest) -> HttpResponse:
    """Victims who were referred."""
    rows = queries.victims(actor=request.actor, at=request.at)
    return render(request, "partnership/victims/victims.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def start(request: StaffRequest) -> HttpResponse:
    """Refer a victim. One page asks and sends, since nothing of it is kept here."""
    services = queries.services(actor=request.actor)
    of_whom = request.GET.get("beside", "")
    form = forms.Start(
        request.POST or None,
        services=services,
        beside=queries.beside(actor=request.actor, at=request.at),
        initial=queries.known(actor=request.actor, ref=of_whom, at=request.at) if of_whom else {},
    )
    for day in ("agreed_on", "risk_rated_on"):
        form.limit(day, latest=request.at)
    return ask(
        request,
        "partnership/victims/start.html",
        form,
        do=lambda: commands.send(
            actor=request.actor,
            victim=form.victim(),
            agreement=form.agreement(),
            submission=form.submission,
            override=form.override(),
            at=request.at,
        ),
        done="The referral is on its way to the advocacy service.",
        then=lambda _: redirect("victims:victims"),
        page={"services": services},
    )
