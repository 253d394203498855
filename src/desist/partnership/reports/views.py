"""The pages of breach reports."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.partnership.reports import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def reports(request: StaffRequest) -> HttpResponse:
    """What advocacy services told."""
    rows = queries.reports(actor=request.actor, at=request.at)
    return render(request, "partnership/reports/reports.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def report(request: StaffRequest, ref: str) -> HttpResponse:
    """One report; while it is open, the form for its crime reference."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at)
    form = forms.Record(request.POST or None)
    if form.is_valid():
        try:
            commands.record(
                actor=request.actor,
                ref=ref,
                crime_reference=form.cleaned_data["crime_reference"],
                at=request.at,
            )
        except commands.AlreadyRecorded:
            form.keep("Somebody else gave the crime reference first: it is shown above")
        else:
            messages.success(request, "The crime reference is on its way to the advocacy service.")
            return redirect("reports:reports")
    context = {"page": page, "form": form}
    return render(request, "partnership/reports/report.html", context, status=422 if form.errors else 200)
