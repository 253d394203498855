"""The pages of a diary: a week as one grid, the details of a day, and targets of the person's own."""

from dataclasses import asdict
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.sessions.diary import commands, forms, queries
from desist.programme.sessions.diary.addresses import IsoDay
from desist.programme.sessions.diary.queries import DiaryPage
from desist.refusals import Changed
from desist.ui import autosave, dates, errors
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def diary(request: StaffRequest, ref: str) -> HttpResponse:
    """The seven days up to today, or to the day in the address, and the year behind them."""
    page = queries.diary(actor=request.actor, ref=ref, last=_day(request), at=request.at)
    context = {"page": page, "form": _form(request, page), "other": None}
    return render(request, "programme/diary/diary.html", context)


@require_http_methods(["GET", "POST"])
def week(request: StaffRequest, ref: str, day: date) -> HttpResponse:
    """Type the seven days up to one."""
    page = queries.week(actor=request.actor, ref=ref, last=day, at=request.at)
    form = _form(request, page)

    def leave(_: int) -> HttpResponse:
        entered = sum(any(one is not None for one in said.values()) for said in form.figures().values())
        until = dates.weekday(page.last)
        messages.success(request, f"The diary up to {until} is saved: {entered} of 7 days have an entry.")
        return redirect(f"{reverse('diary:diary', args=[ref])}?to={page.last.isoformat()}")

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.week(actor=request.actor, ref=ref, last=day, at=request.at)
        form.keep(
            f"Not saved: {_changed(newer)}. The saved figures stand below yours: combine them, then save"
        )
        form.version = newer.version
        return {"page": newer, "other": newer.figures}

    return ask(
        request,
        "programme/diary/diary.html",
        form,
        do=lambda: _note(request, ref, form),
        then=leave,
        page={"page": page, "other": None},
        anew=anew,
    )


@require_POST
def save(request: StaffRequest, ref: str, day: date) -> HttpResponse:
    """Save the grid while it is typed: what could be read."""
    page = queries.week(actor=request.actor, ref=ref, last=day, at=request.at)
    form = _form(request, page)
    form.full_clean()
    try:
        version = _note(request, ref, form)
    except Changed:
        newer = queries.week(actor=request.actor, ref=ref, last=day, at=request.at)
        return autosave.conflict(
            f"{_changed(newer)}. Your figures stay on this page. Press “Save” to show both."
        )
    return autosave.partly(form, version=version) if form.errors else autosave.saved(version=version)


@require_http_methods(["GET", "POST"])
def day(request: StaffRequest, ref: str, day: date) -> HttpResponse:
    """The details of one day: hour, skill, words."""
    page = queries.day(actor=request.actor, ref=ref, day=day, at=request.at)
    if day > dates.day_of(request.at):
        return errors.page(errors.NOT_FOUND)
    form = forms.Details(request.POST or None, initial=asdict(page.details), version=page.version)

    def leave(_: None) -> HttpResponse:
        messages.success(request, f"The details of {dates.weekday(day)} are saved.")
        return redirect(f"{reverse('diary:diary', args=[ref])}?to={page.week.isoformat()}")

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.day(actor=request.actor, ref=ref, day=day, at=request.at)
        changed = autosave.changed(at=newer.typed_at, by=newer.typed_by)
        form.keep(f"Not saved: this day was {changed}. What was saved is shown above the fields")
        form.version = newer.version
        return {"page": newer, "other": newer.details}

    return ask(
        request,
        "programme/diary/day.html",
        form,
        do=lambda: commands.detail(
            actor=request.actor,
            episode=ref,
            day=day,
            details=form.details(),
            version=form.version,
            at=request.at,
        ),
        then=leave,
        page={"page": page, "other": None},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def targets(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a target of the person's own, and end one."""
    page = queries.own_targets(actor=request.actor, ref=ref, at=request.at)
    form = forms.OwnTarget(request.POST or None)

    def leave(_: None) -> HttpResponse:
        messages.success(request, f"“{form.cleaned_data['name']}” is now a row of the diary.")
        return redirect("diary:targets", ref)

    return ask(
        request,
        "programme/diary/targets.html",
        form,
        do=lambda: commands.add_target(
            actor=request.actor,
            episode=ref,
            name=form.cleaned_data["name"],
            override=form.override(),
            submission=form.submission,
            at=request.at,
        ),
        then=leave,
        page={"page": page},
    )


@require_POST
def end_target(request: StaffRequest, ref: str, target: str) -> HttpResponse:
    """Take an own target off the grid."""
    return press(
        request,
        do=lambda: commands.end_target(actor=request.actor, episode=ref, target=target, at=request.at),
        then=lambda _: redirect("diary:targets", ref),
        done="The target is off the grid. The figures of earlier days are kept.",
    )


def _form(request: StaffRequest, page: DiaryPage) -> forms.Week:
    return forms.Week(request.POST or None, targets=page.targets, days=page.figures, version=page.version)


def _note(request: StaffRequest, ref: str, form: forms.Week) -> int:
    figures = form.figures()
    return commands.note_week(
        actor=request.actor, episode=ref, days=figures, version=form.version, at=request.at
    )


def _changed(page: DiaryPage) -> str:
    return f"these days were {autosave.changed(at=page.changed_at, by=page.changed_by)}"


def _day(request: StaffRequest) -> date | None:
    try:
        return IsoDay().to_python(request.GET.get("to", ""))
    except ValueError:
        return None
