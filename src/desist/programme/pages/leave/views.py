"""The pages about leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.programme.pages.leave import forms, queries
from desist.programme.practitioners.absences import commands
from desist.programme.practitioners.absences.states import Kind
from desist.programme.service.another_time import commands as another_time
from desist.programme.service.cover import commands as cover
from desist.ui import dates
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

#: the button that only shows the meetings of the days
SHOW = "show"


@require_safe
def leave(request: StaffRequest) -> HttpResponse:
    """Show who is away, now and later."""
    page = queries.leave(actor=request.actor, at=request.at)
    return render(request, "programme/absences/leave.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that a practitioner is away, and who holds each of their meetings meanwhile."""
    today = dates.day_of(request.at)
    days = forms.Days(request.POST or None)
    chosen = days.cleaned_data if days.is_valid() else {"first": today, "last": today}
    who = queries.who(actor=request.actor, ref=ref, at=request.at, **chosen)
    looking = SHOW in request.POST and days.is_valid()
    kept = {"kind": request.POST.get("kind") or Kind.SICK, "cover": request.POST.get("cover", "")}
    form = forms.Leave(None if looking else request.POST or None, who=who, initial={**kept, **chosen})

    def do() -> tuple[tuple[str, ...], tuple[str, ...]]:
        away, at = form.away(), request.at
        return (
            cover.cover(actor=request.actor, ref=ref, away=away, holders=form.holders(), at=at),
            another_time.take(actor=request.actor, ref=ref, first=away.first, times=form.times(), at=at),
        )

    def done(failed: tuple[tuple[str, ...], tuple[str, ...]]) -> HttpResponse:
        away, (not_given, not_moved), times = form.away(), failed, form.times()
        moved = f" Meetings moved to another time: {len(times) - len(not_moved)}." if times else ""
        messages.success(
            request,
            f"{who.name} is away from {dates.weekday(away.first)} to {dates.weekday(away.last)}. "
            f"Meetings given to colleagues: {sum(map(bool, form.holders().values())) - len(not_given)}.{moved}",
        )
        for sentence in not_given + not_moved:
            messages.warning(request, sentence)
        return redirect("absences:leave")

    return ask(
        request,
        "programme/absences/add.html",
        form,
        do=do,
        then=done,
        page={"who": who},
    )


@require_POST
def remove(request: StaffRequest, ref: str) -> HttpResponse:
    """Say that a practitioner is not away after all."""
    commands.remove(actor=request.actor, ref=ref, at=request.at)
    messages.success(request, "The leave has been removed.")
    return redirect("absences:leave")
