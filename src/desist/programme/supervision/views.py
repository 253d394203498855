"""The pages of supervision and debriefs."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.supervision import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def board(request: StaffRequest) -> HttpResponse:
    """Show every practitioner's supervision, and the debriefs that are wanted."""
    page = queries.board(actor=request.actor, at=request.at)
    return render(request, "programme/supervision/board.html", {"page": page})


@require_safe
def practitioner(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one practitioner's supervision."""
    page = queries.page(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/supervision/practitioner.html", {"page": page})


@require_http_methods(["GET", "POST"])
def arrange(request: StaffRequest, ref: str) -> HttpResponse:
    """Arrange a practitioner's supervision."""
    row, supervisors = queries.to_arrange(actor=request.actor, ref=ref, at=request.at)
    form = forms.Arrangement(
        request.POST or None, supervisors=supervisors, every_weeks=row.every_weeks, at=request.at
    )
    return ask(
        request,
        "programme/supervision/arrange.html",
        form,
        do=lambda: commands.arrange(
            actor=request.actor, practitioner=ref, at=request.at, **form.cleaned_data
        ),
        done="The supervision is arranged.",
        then=lambda _: redirect("supervision:practitioner", ref),
        page={"row": row, "supervisors": supervisors},
    )


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """End an arrangement: the service allocates no person to the practitioner until there is another."""
    row, _ = queries.to_arrange(actor=request.actor, ref=ref, at=request.at)
    return ask(
        request,
        "programme/supervision/end.html",
        forms.End(request.POST or None),
        do=lambda: commands.end_arrangement(actor=request.actor, practitioner=ref, at=request.at),
        then=lambda _: redirect("supervision:practitioner", ref),
        page={"row": row},
    )


@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """Plan a supervision; one in the past is recorded next."""
    row = queries.to_plan(actor=request.actor, ref=ref, at=request.at)
    form = forms.Plan(request.POST or None)

    def then(made: str) -> HttpResponse:
        if form.starts_at() <= request.at:
            return redirect("supervision:record", made)
        return redirect("supervision:practitioner", ref)

    return ask(
        request,
        "programme/supervision/plan.html",
        form,
        do=lambda: commands.plan(
            actor=request.actor,
            practitioner=ref,
            starts_at=form.starts_at(),
            submission=form.submission,
            at=request.at,
        ),
        then=then,
        page={"row": row},
    )


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, ref: str) -> HttpResponse:
    """Record a supervision that was held."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    form = forms.Record(request.POST or None, cases=page.cases, version=page.meeting.version)
    return ask(
        request,
        "programme/supervision/record.html",
        form,
        do=lambda: commands.record(
            actor=request.actor, ref=ref, held=form.held(), version=form.version, at=request.at
        ),
        done="The supervision is recorded.",
        then=lambda _: redirect("supervision:practitioner", page.practitioner),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, ref: str) -> HttpResponse:
    """Say why a planned supervision is not held."""
    page = queries.to_record(actor=request.actor, ref=ref, at=request.at)
    form = forms.Cancel(request.POST or None, version=page.meeting.version)
    return ask(
        request,
        "programme/supervision/cancel.html",
        form,
        do=lambda: commands.cancel(
            actor=request.actor,
            ref=ref,
            reason=form.cleaned_data["reason"],
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("supervision:practitioner", page.practitioner),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def debrief(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that a debrief was held."""
    page = queries.to_debrief(actor=request.actor, session=ref, at=request.at)
    form = forms.Debrief(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/supervision/debrief.html",
        form,
        do=lambda: commands.debrief(
            actor=request.actor,
            session=ref,
            how=form.cleaned_data["how"],
            held_on=form.cleaned_data["held_on"],
            at=request.at,
        ),
        done="The debrief is recorded.",
        then=lambda _: redirect("supervision:board"),
        page={"page": page},
    )
