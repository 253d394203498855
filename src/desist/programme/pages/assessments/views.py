"""The pages of an assessment: the appointment, the writing that saves itself, and the end."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.assessments import commands
from desist.programme.assessments.queries import parts
from desist.programme.calendar.appointments import commands as appointments
from desist.programme.calendar.planner.views import PROBLEMS, keep
from desist.programme.pages.assessments import forms, queries
from desist.refusals import Changed
from desist.ui import autosave, dates
from desist.wall.requests import StaffRequest

#: how many minutes an assessment takes, unless somebody says otherwise
USUAL = 90


@require_safe
def assessments(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's assessments."""
    page = queries.assessments(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/assessments/assessments.html", {"page": page})


@require_http_methods(["GET", "POST"])
def appoint(request: StaffRequest, ref: str) -> HttpResponse:
    """Make an appointment."""
    page = queries.to_appoint(actor=request.actor, episode=ref, at=request.at)
    asked = page.asked
    form = forms.Appointment(
        request.POST or None,
        rooms=asked.rooms,
        excluded=asked.excluded,
        company=asked.company,
        version=None,
        initial={"minutes": USUAL},
    )
    if form.is_valid():
        try:
            made = appointments.appoint(
                actor=request.actor,
                episode=ref,
                appointment=form.appointment(),
                submission=form.submission,
                at=request.at,
            )
        except appointments.OneIsOpen:
            form.keep("Not saved: this person has an appointment already. Move that one, or cancel it")
        except PROBLEMS as problem:
            keep(form, problem)
        else:
            return redirect("assessments:assessment", made)
    context = {"page": page, "form": form}
    return render(request, "programme/assessments/appoint.html", context, status=422 if form.errors else 200)


@require_safe
def assessment(request: StaffRequest, ref: str) -> HttpResponse:
    """One assessment to read."""
    page = queries.assessment(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/assessments/assessment.html", {"page": page})


@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, ref: str) -> HttpResponse:
    """Another time or place."""
    page, asked = queries.to_move(actor=request.actor, ref=ref, at=request.at)
    local = dates.local(page.starts_at)
    initial = {"day": local.date(), "time": local.time(), "room": page.where, **asdict(page)}
    form = forms.Appointment(
        request.POST or None,
        rooms=asked.rooms,
        excluded=asked.excluded,
        company=asked.company,
        version=page.version,
        initial=initial,
    )
    if form.is_valid():
        try:
            appointments.move(
                actor=request.actor,
                ref=ref,
                appointment=form.appointment(),
                version=form.version,
                at=request.at,
            )
        except (Changed, commands.AlreadyEnded) as happened:
            form.keep(_kept(page, happened))
            form.version = page.version
        except PROBLEMS as problem:
            keep(form, problem)
        else:
            return redirect("assessments:assessment", ref)
    context = {"page": page, "asked": asked, "form": form}
    return render(request, "programme/assessments/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def write(request: StaffRequest, ref: str) -> HttpResponse:
    """Write the assessment; the button saves it where nothing saves it by itself."""
    page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Words(request.POST or None, initial=asdict(page.words), version=page.version)
    other = None
    if form.is_valid():
        try:
            commands.save(
                actor=request.actor, ref=ref, words=form.words(), version=form.version, at=request.at
            )
        except (Changed, commands.AlreadyEnded) as happened:
            form.keep(_kept(page, happened))
            form.version, other = page.version, parts(page.words)
        else:
            onward = "finish" if request.POST.get("next") == "finish" else "assessment"
            return redirect(f"assessments:{onward}", ref)
    context = {"page": page, "form": form, "other": other}
    return render(request, "programme/assessments/write.html", context, status=422 if form.errors else 200)


@require_POST
def save(request: StaffRequest, ref: str) -> HttpResponse:
    """Where the assessment saves itself to while somebody types."""
    form = forms.Words(request.POST)
    if not form.is_valid():
        return autosave.incomplete(form)
    try:
        version = commands.save(
            actor=request.actor, ref=ref, words=form.words(), version=form.version, at=request.at
        )
    except (Changed, commands.AlreadyEnded) as happened:
        page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
        return autosave.conflict(f"{_happened(page, happened)}. Your words stay on this page.")
    return autosave.saved(version=version)


@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, ref: str) -> HttpResponse:
    """Read it once more, and close it."""
    page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Finish(request.POST or None, version=page.version)
    if form.is_valid():
        try:
            commands.finish(actor=request.actor, ref=ref, version=form.version, at=request.at)
        except (Changed, commands.AlreadyEnded) as happened:
            form.keep(_kept(page, happened))
            form.version = page.version
        except commands.NotComplete as sentence:
            form.keep(f"Not finished. {sentence}")
        else:
            return redirect("assessments:assessment", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/assessments/finish.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, ref: str) -> HttpResponse:
    """The appointment does not take place."""
    page = queries.to_write(actor=request.actor, ref=ref, at=request.at)
    form = forms.Cancel(request.POST or None)
    if form.is_valid():
        try:
            commands.cancel(actor=request.actor, ref=ref, reason=form.cleaned_data["reason"], at=request.at)
        except commands.AlreadyEnded as happened:
            form.keep(_kept(page, happened))
        else:
            return redirect("assessments:assessments", page.person.episode)
    context = {"page": page, "form": form}
    return render(request, "programme/assessments/cancel.html", context, status=422 if form.errors else 200)


def _kept(page: queries.Page, happened: Exception) -> str:
    return f"Not saved: {_happened(page, happened)}"


def _happened(page: queries.Page, happened: Exception) -> str:
    """Who did what meanwhile: "changed elsewhere at 2:32pm by you"."""
    if isinstance(happened, commands.AlreadyEnded) and page.ended_at:
        return f"this assessment was ended at {dates.clock(page.ended_at)} by {page.ended_by}"
    return autosave.changed(at=page.saved_at, by=page.saved_by)
