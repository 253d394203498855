"""The switchboard's alerts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.alerts import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def alerts(request: StaffRequest) -> HttpResponse:
    """All alerts of the area."""
    rows = queries.alerts(actor=request.actor, at=request.at)
    return render(request, "partnership/alerts/alerts.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def acknowledge(request: StaffRequest, ref: str) -> HttpResponse:
    """Take one alert up."""
    form = forms.Acknowledgement(request.POST or None)
    if form.is_valid():
        try:
            commands.acknowledge(actor=request.actor, ref=ref, note=form.cleaned_data["note"], at=request.at)
        except commands.AlreadyAcknowledged:
            form.keep("Somebody else took this alert up first")
        else:
            return redirect("alerts:alerts")
    page = queries.alert(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page, "form": form}
    return render(request, "partnership/alerts/acknowledge.html", context, status=422 if form.errors else 200)
