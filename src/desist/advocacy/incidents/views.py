"""The pages of the incident log."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.incidents import commands, forms, queries
from desist.advocacy.vault.forms import UNCLEAR
from desist.wall.requests import StaffRequest


@require_safe
def incidents(request: StaffRequest, ref: str) -> HttpResponse:
    """A client's log."""
    page, rows = queries.incidents(actor=request.actor, ref=ref, at=request.at)
    return render(request, "advocacy/incidents/incidents.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record one incident."""
    page = queries.recording(actor=request.actor, ref=ref, at=request.at)
    form = forms.Record(request.POST or None)
    form.limit("happened_on", latest=request.at)
    if form.is_valid():
        try:
            made = commands.record(
                actor=request.actor,
                ref=ref,
                facts=form.facts(),
                account=form.account(),
                submission=form.submission,
                at=request.at,
                why=form.why(),
            )
        except commands.AlreadyRecorded as earlier:
            made = str(earlier)
        except UNCLEAR as sentence:
            form.refuse(sentence)
            made = ""
        if made:
            return redirect("incidents:incident", made)
    context = {"page": page, "form": form}
    return render(request, "advocacy/incidents/record.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def incident(request: StaffRequest, ref: str) -> HttpResponse:
    """One incident, and what is added to it."""
    page = queries.incident(actor=request.actor, ref=ref, at=request.at)
    form = forms.Addition(request.POST or None)
    if form.is_valid():
        try:
            with suppress(commands.AlreadyRecorded):  # the first of two clicks did it
                commands.add(
                    actor=request.actor,
                    incident=ref,
                    words=form.cleaned_data["words"],
                    submission=form.submission,
                    at=request.at,
                    why=form.why(),
                )
        except UNCLEAR as sentence:
            form.refuse(sentence)
        else:
            return redirect("incidents:incident", ref)
    context = {"page": page.victim, "incident": page, "form": form}
    return render(request, "advocacy/incidents/incident.html", context, status=422 if form.errors else 200)
