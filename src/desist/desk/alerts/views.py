"""The pages of alerts."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.desk.alerts import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def alerts(request: StaffRequest) -> HttpResponse:
    """All alerts of the area."""
    rows = queries.alerts(actor=request.actor, at=request.at)
    return render(request, "desk/alerts/alerts.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def alert(request: StaffRequest, ref: str) -> HttpResponse:
    """One alert; once its clock ran out, whom to ring about it, and who was rung."""
    page = queries.alert(actor=request.actor, ref=ref, at=request.at)
    form = forms.Ring(request.POST or None)
    if page.row.to_us:
        del form.fields["taken_up"]  # whoever takes it up here says so themselves
    if form.is_valid():
        with suppress(commands.AlreadyDone):  # the first of two clicks did it
            commands.ring(
                actor=request.actor,
                ref=ref,
                whom=form.cleaned_data["whom"],
                answer=form.cleaned_data["answer"],
                taken_up=form.cleaned_data.get("taken_up", False),
                submission=form.submission,
                at=request.at,
            )
        return redirect("alerts:alert", ref)
    context = {"page": page, "form": form}
    return render(request, "desk/alerts/alert.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def acknowledge(request: StaffRequest, ref: str) -> HttpResponse:
    """Take one alert up."""
    form = forms.Acknowledgement(request.POST or None)
    if form.is_valid():
        try:
            commands.acknowledge(actor=request.actor, ref=ref, note=form.cleaned_data["note"], at=request.at)
        except commands.AlreadyAcknowledged:
            form.keep("Not saved: this alert has already been acknowledged. Check it first")
        else:
            return redirect("alerts:alerts")
    page = queries.alert(actor=request.actor, ref=ref, at=request.at)
    context = {"page": page, "form": form}
    return render(request, "desk/alerts/acknowledge.html", context, status=422 if form.errors else 200)
