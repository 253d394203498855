"""The pages of alerts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.desk.alerts import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def alerts(request: StaffRequest) -> HttpResponse:
    """Show all alerts of the area."""
    rows = queries.alerts(actor=request.actor, at=request.at)
    return render(request, "desk/alerts/alerts.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def alert(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one alert; once its clock ran out, also the numbers to ring and the calls made."""
    page = queries.alert(actor=request.actor, ref=ref, at=request.at)
    form = forms.Ring(request.POST or None)
    if page.row.to_us:
        del form.fields["taken_up"]  # a colleague who takes it up on this site presses the button themselves
    return ask(
        request,
        "desk/alerts/alert.html",
        form,
        do=lambda: commands.ring(
            actor=request.actor,
            ref=ref,
            whom=form.cleaned_data["whom"],
            answer=form.cleaned_data["answer"],
            taken_up=form.cleaned_data.get("taken_up", False),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("alerts:alert", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def acknowledge(request: StaffRequest, ref: str) -> HttpResponse:
    """Take one alert up."""
    form = forms.Acknowledgement(request.POST or None)

    def anew(changed: Changed) -> dict[str, object]:
        form.keep(str(changed))
        return {"page": queries.alert(actor=request.actor, ref=ref, at=request.at)}

    return ask(
        request,
        "desk/alerts/acknowledge.html",
        form,
        do=lambda: commands.acknowledge(
            actor=request.actor, ref=ref, note=form.cleaned_data["note"], at=request.at
        ),
        then=lambda _: redirect("alerts:alerts"),
        page={"page": queries.alert(actor=request.actor, ref=ref, at=request.at)},
        anew=anew,
    )
