"""The pages of a diary: four weeks of it, and one day to type from paper."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.sessions.diary import commands, forms, queries
from desist.refusals import Changed
from desist.ui import dates, errors
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def diary(request: StaffRequest, ref: str) -> HttpResponse:
    """Four weeks, day by day."""
    page = queries.diary(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/diary/diary.html", {"page": page})


@require_http_methods(["GET", "POST"])
def day(request: StaffRequest, ref: str, day: date) -> HttpResponse:
    """One day from paper; "Save and next day" goes on."""
    page = queries.day(actor=request.actor, ref=ref, day=day, at=request.at)
    if day > dates.day_of(request.at):
        return errors.page(errors.NOT_FOUND)
    form = forms.Day(request.POST or None, initial=forms.typed(page.noted), version=page.version)

    def leave(_: None) -> HttpResponse:
        if "next" in request.POST and page.next_day:
            return redirect("diary:day", ref, page.next_day)
        return redirect("diary:diary", ref)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.day(actor=request.actor, ref=ref, day=day, at=request.at)
        form.keep(f"Not saved: {_changed(newer)}. Its figures are shown on the diary’s page")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/diary/day.html",
        form,
        do=lambda: commands.note(
            actor=request.actor,
            episode=ref,
            day=day,
            noted=form.noted(),
            version=form.version,
            at=request.at,
        ),
        then=leave,
        page={"page": page},
        anew=anew,
    )


def _changed(page: queries.ToType) -> str:
    when = f" at {dates.clock(page.typed_at)} by {page.typed_by}" if page.typed_at else ""
    return f"this day was entered elsewhere{when}"
