"""The pages of supervision and debriefs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.supervision import commands, forms, queries
from desist.wall.requests import StaffRequest

OVER = "Not saved: this supervision has since been recorded or cancelled"


@require_safe
def board(request: StaffRequest) -> HttpResponse:
    """Everybody's supervision, and debriefs that are wanted."""
    page = queries.board(actor=request.actor, at=request.at)
    return render(request, "programme/supervision/board.html", {"page": page})


@require_safe
def practitioner(request: StaffRequest, ref: str) -> HttpResponse:
    """One practitioner's supervision."""
    page = queries.page(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/supervision/practitioner.html", {"page": page})


@require_http_methods(["GET", "POST"])
def arrange(request: StaffRequest, ref: str) -> HttpResponse:
    """Say who supervises somebody, and how often."""
    row, supervisors = queries.to_arrange(actor=request.actor, ref=ref, at=request.at)
    form = forms.Arrangement(
        request.POST or None, supervisors=supervisors, every_weeks=row.every_weeks, at=request.at
    )
    if form.is_valid():
        try:
            commands.arrange(actor=request.actor, practitioner=ref, at=request.at, **form.cleaned_data)
        except commands.NotASupervisor:
            form.keep("Not saved: this person no longer supervises in this area")
        else:
            messages.success(request, "The supervision is arranged.")
            return redirect("supervision:practitioner", ref)
    context = {"row": row, "form": form, "supervisors": supervisors}
    return render(request, "programme/supervision/arrange.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End an arrangement: nobody is allocated to the practitioner until there is another."""
    row, _ = queries.to_arrange(actor=request.actor, ref=ref, at=request.at)
    form = forms.End(request.POST or None)
    if form.is_valid():
        commands.end_arrangement(actor=request.actor, practitioner=ref, at=request.at)
        return redirect("supervision:practitioner", ref)
    context = {"row": row, "form": form}
    return render(request, "programme/supervision/end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """Plan a supervision; one that lies back is recorded next."""
    row = queries.to_plan(actor=request.actor, ref=ref, at=request.at)
    form = forms.Plan(request.POST or None)
    if form.is_valid():
        starts_at = form.starts_at()
        made = commands.plan(
            actor=request.actor,
            practitioner=ref,
            starts_at=starts_at,
            submission=form.submission,
            at=request.at,
        )
        if starts_at <= request.at:
            return redirect("supervision:record", made)
        return redirect("supervision:practitioner", ref)
    context = {"row": row, "form": form}
    return render(request, "programme/supervision/plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a supervision that was held."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    form = forms.Record(request.POST or None, cases=page.cases, version=page.meeting.version)
    if form.is_valid():
        try:
            commands.record(
                actor=request.actor, ref=ref, held=form.held(), version=form.version, at=request.at
            )
        except commands.AlreadyOver:
            form.keep(OVER)
        except commands.NotYet:
            form.keep("Not saved: this supervision is in the future. Record it once it has been held")
        else:
            messages.success(request, "The supervision is recorded.")
            return redirect("supervision:practitioner", page.practitioner)
    context = {"page": page, "form": form}
    return render(request, "programme/supervision/record.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, ref: str) -> HttpResponse:
    """Say why a planned supervision is not held."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    form = forms.Cancel(request.POST or None, version=page.meeting.version)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            commands.cancel(actor=request.actor, ref=ref, reason=reason, version=form.version, at=request.at)
        except commands.AlreadyOver:
            form.keep(OVER)
        else:
            return redirect("supervision:practitioner", page.practitioner)
    context = {"page": page, "form": form}
    return render(request, "programme/supervision/cancel.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def debrief(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that a debrief was held."""
    page = queries.to_debrief(actor=request.actor, session=ref, at=request.at)
    form = forms.Debrief(request.POST or None, at=request.at)
    if form.is_valid():
        how, held_on = form.cleaned_data["how"], form.cleaned_data["held_on"]
        try:
            commands.debrief(actor=request.actor, session=ref, how=how, held_on=held_on, at=request.at)
        except commands.NotAsked:
            form.keep(
                "Not saved: a debrief of this session is no longer wanted, or has already been recorded"
            )
        else:
            messages.success(request, "The debrief is recorded.")
            return redirect("supervision:board")
    context = {"page": page, "form": form}
    return render(request, "programme/supervision/debrief.html", context, status=422 if form.errors else 200)
