"""The pages about people on the programme."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.episodes import commands, forms, queries
from desist.wall.requests import StaffRequest


@require_safe
def episodes(request: StaffRequest) -> HttpResponse:
    """The people on the programme now."""
    rows, more = queries.episodes(actor=request.actor, at=request.at, after=request.GET.get("after", "")[:64])
    return render(request, "programme/episodes/episodes.html", {"rows": rows, "more": more})


@require_safe
def episode(request: StaffRequest, ref: str) -> HttpResponse:
    """One person."""
    page = queries.episode(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/episodes/episode.html", {"page": page})


@require_http_methods(["GET", "POST"])
def allocate(request: StaffRequest, ref: str) -> HttpResponse:
    """Give the person to a practitioner."""
    candidates = queries.candidates(actor=request.actor, ref=ref, at=request.at)
    page = queries.episode(actor=request.actor, ref=ref, at=request.at)
    form = forms.Allocation(request.POST or None, candidates=candidates, version=page.version)
    if form.is_valid():
        try:
            commands.allocate(
                actor=request.actor,
                ref=ref,
                practitioner=form.cleaned_data["practitioner"],
                version=form.version,
                at=request.at,
            )
        except commands.Stale:
            form.keep("Somebody else changed this person's page since you opened it")
        except commands.CannotBeAllocated as problem:
            form.keep(str(problem))
        else:
            return redirect("episodes:episode", ref)
    context = {"page": page, "form": form, "blocked": [one for one in candidates if one.obstacle]}
    return render(request, "programme/episodes/allocate.html", context, status=422 if form.errors else 200)
