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
    """One report; while it is open or was recorded within the day, the form for its crime reference."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at)
    checked, known = "checked" in request.POST, request.POST.get("known", "")
    form = forms.Check(request.POST) if checked else forms.Record(request.POST or None)
    checking = checked
    if form.is_valid() and not checked:
        checking, form = True, forms.Check(initial=form.cleaned_data)
    elif form.is_valid():
        try:
            commands.record(
                actor=request.actor,
                ref=ref,
                crime_reference=form.cleaned_data["crime_reference"],
                known=known,
                at=request.at,
            )
        except commands.AlreadyRecorded:
            checking = False
            form.keep("Somebody else gave the crime reference first: it is shown above")
        else:
            messages.success(request, "The crime reference is on its way to the advocacy service.")
            return redirect("reports:reports")
    context = {"page": page, "form": form, "known": known if checking else page.row.crime_reference}
    template = "partnership/reports/check.html" if checking else "partnership/reports/report.html"
    return render(request, template, context, status=422 if form.errors else 200)


@require_safe
def copy(request: StaffRequest, ref: str) -> HttpResponse:
    """What was told, to be copied or printed for the crime system."""
    page = queries.report(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/reports/copy.html", {"page": page})
