"""The pages of the incident log."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.advocacy.incidents import commands, forms, queries
from desist.ui.asking import ask
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
    for day in ("happened_on", "ended_on"):
        form.limit(day, latest=request.at)
    return ask(
        request,
        "advocacy/incidents/record.html",
        form,
        do=lambda: commands.record(
            actor=request.actor,
            ref=ref,
            facts=form.facts(),
            account=form.account(),
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda made: redirect("incidents:incident", made),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def incident(request: StaffRequest, ref: str) -> HttpResponse:
    """One incident, and the form that adds to it."""
    page = queries.incident(actor=request.actor, ref=ref, at=request.at)
    form = forms.Addition(request.POST or None)
    return ask(
        request,
        "advocacy/incidents/incident.html",
        form,
        do=lambda: commands.add(
            actor=request.actor,
            incident=ref,
            words=form.cleaned_data["words"],
            submission=form.submission,
            at=request.at,
            why=form.why(),
        ),
        then=lambda _: redirect("incidents:incident", ref),
        page={"page": page.victim, "incident": page},
    )


@require_http_methods(["GET", "POST"])
def files(request: StaffRequest, ref: str) -> HttpResponse:
    """Put files of the client on an incident, or take them off."""
    page, row, put, offered = queries.choosing(actor=request.actor, ref=ref, at=request.at)
    form = forms.Files(request.POST or None)
    form.ask(offered)
    return ask(
        request,
        "advocacy/incidents/files.html",
        form,
        do=lambda: commands.put_files(
            actor=request.actor, incident=ref, refs=form.cleaned_data["chosen"], at=request.at
        ),
        then=lambda _: redirect("incidents:incident", ref),
        page={"page": page, "row": row, "put": put, "offered": offered},
        done="The files are on the incident.",
    )


@require_POST
def take_off(request: StaffRequest, ref: str) -> HttpResponse:
    """Take a file off an incident."""
    file = str(request.POST.get("file", ""))[:12]
    commands.take_file_off(actor=request.actor, incident=ref, file=file, at=request.at)
    messages.success(request, "The file is taken off this incident. It stays under “Files”.")
    return redirect("incidents:files", ref)
