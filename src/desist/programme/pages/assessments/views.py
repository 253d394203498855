"""The pages of an assessment: the appointment, the writing that saves itself, and the end."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.assessments import commands
from desist.programme.assessments.queries import parts
from desist.programme.calendar.appointments import commands as appointments
from desist.programme.calendar.planner.forms import of_address
from desist.programme.pages.assessments import forms, queries
from desist.refusals import Changed
from desist.ui import autosave, dates
from desist.ui.asking import ask
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest


@require_safe
def assessments(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's assessments."""
    page = queries.assessments(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/assessments/assessments.html", {"page": page})


@require_http_methods(["GET", "POST"])
def appoint(request: StaffRequest, ref: str) -> HttpResponse:
    """Make an appointment."""
    second = request.POST.get("second", "")
    page, asked = queries.to_appoint(actor=request.actor, episode=ref, second=second, at=request.at)
    form = forms.Appointment(
        request.POST or None,
        rooms=asked.rooms,
        excluded=asked.excluded,
        company=asked.company,
        offers=asked.offers,
        version=None,
        initial={"minutes": queries.USUAL, **of_address(request.GET)},
    )
    return ask(
        request,
        "programme/assessments/appoint.html",
        form,
        do=lambda: appointments.appoint(
            actor=request.actor,
            episode=ref,
            appointment=form.appointment(),
            submission=form.submission,
            at=request.at,
        ),
        then=lambda made: redirect("assessments:assessment", made),
        page={"page": page, "asked": asked},
    )


@require_safe
def assessment(request: StaffRequest, ref: str) -> HttpResponse:
    """One assessment to read."""
    page = queries.assessment(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/assessments/assessment.html", {"page": page})


@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, ref: str) -> HttpResponse:
    """Another time or place."""
    second = request.POST.get("second", "")
    page, asked = queries.to_move(actor=request.actor, ref=ref, second=second, at=request.at)
    local = dates.local(page.starts_at)
    initial = {"time": local.time(), "room": page.where, **asdict(page)}
    form = forms.Appointment(
        request.POST or None,
        rooms=asked.rooms,
        excluded=asked.excluded,
        company=asked.company,
        offers=asked.offers,
        version=page.version,
        initial=initial,
    )

    def anew(_: Changed) -> dict[str, object]:
        newer, asked = queries.to_move(actor=request.actor, ref=ref, second=second, at=request.at)
        return {"page": _overtaken(form, newer), "asked": asked}

    return ask(
        request,
        "programme/assessments/move.html",
        form,
        do=lambda: appointments.move(
            actor=request.actor,
            ref=ref,
            appointment=form.appointment(),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("assessments:assessment", ref),
        page={"page": page, "asked": asked},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Write the assessment; the button saves it where the page does not save itself."""
    page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Words(request.POST or None, initial=asdict(page.words), version=page.version)
    onward = {"finish": ("assessments:finish", ref), "concern": ("concerns:about", page.person.episode)}
    there = onward.get(request.POST.get("next", ""), ("assessments:assessment", ref))

    def anew(_: Changed) -> dict[str, object]:
        newer = _overtaken(form, queries.to_write(actor=request.actor, ref=ref, at=request.at))
        return {"page": newer, "other": parts(newer.words)}

    return ask(
        request,
        "programme/assessments/write.html",
        form,
        do=lambda: commands.save(
            actor=request.actor, ref=ref, words=form.words(), version=form.version, at=request.at
        ),
        then=lambda _: redirect(*there),
        page={"page": page, "other": None},
        anew=anew,
    )


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Save the assessment while it is typed."""
    form = forms.Words(request.POST)
    if not form.is_valid():
        return autosave.incomplete(form)
    try:
        version = commands.save(
            actor=request.actor, ref=ref, words=form.words(), version=form.version, at=request.at
        )
    except Changed:
        page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
        return autosave.conflict(f"{_since(page)}. Your words stay on this page.")
    return autosave.saved(version=version)


@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, ref: str) -> HttpResponse:
    """Read it once more, and close it."""
    page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Finish(request.POST or None, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        return {"page": _overtaken(form, queries.to_write(actor=request.actor, ref=ref, at=request.at))}

    return ask(
        request,
        "programme/assessments/finish.html",
        form,
        do=lambda: commands.finish(actor=request.actor, ref=ref, version=form.version, at=request.at),
        then=lambda _: redirect("assessments:assessment", ref),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, ref: str) -> HttpResponse:
    """The appointment does not take place."""
    page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Cancel(request.POST or None)

    def anew(_: Changed) -> dict[str, object]:
        return {"page": _overtaken(form, queries.to_write(actor=request.actor, ref=ref, at=request.at))}

    return ask(
        request,
        "programme/assessments/cancel.html",
        form,
        do=lambda: commands.cancel(
            actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at
        ),
        then=lambda _: redirect("assessments:assessments", page.person.episode),
        page={"page": page},
        anew=anew,
    )


def _overtaken(form: Form, newer: queries.AssessmentPage) -> queries.AssessmentPage:
    """Say on a form what happened to its assessment; the next press counts from there."""
    form.keep(f"Not saved: {_since(newer)}")
    form.version = newer.version
    return newer


def _since(page: queries.AssessmentPage) -> str:
    """Return what happened to an assessment after a page was drawn: "changed elsewhere at 2:32pm by you"."""
    if page.ended_at:
        return f"this assessment was ended at {dates.clock(page.ended_at)} by {page.ended_by}"
    return autosave.changed(at=page.saved_at, by=page.saved_by)
