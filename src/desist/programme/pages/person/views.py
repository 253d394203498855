"""The pages about people on the programme."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desist.programme.filters import queries as filters
from desist.programme.filters.states import List
from desist.programme.pages.people.queries import ORDERS
from desist.programme.pages.person import queries
from desist.ui.tables import Sort
from desist.wall.requests import StaffRequest


@require_safe
def episodes(request: StaffRequest) -> HttpResponse:
    """The people on the programme now, or those that a filter leaves."""
    asked = {name: request.GET.get(name, "")[:64] for name in ("stage", "practitioner", "sort", "after")}
    sort = Sort.read(request.GET, allowed=("name", *ORDERS), default="name")
    if asked["stage"] or asked["practitioner"] or asked["sort"]:
        start = int(asked["after"]) if re.fullmatch("[0-9]{1,6}", asked["after"]) else 0
        who, stage = asked["practitioner"], asked["stage"]
        rows, more = queries.narrowed(
            actor=request.actor, at=request.at, stage=stage, practitioner=who, sort=sort, start=start
        )
    else:
        rows, more = queries.episodes(actor=request.actor, at=request.at, after=asked["after"])
    # The plain list is opened all day: it asks for no filters that one keeps.
    kept = filters.kept(actor=request.actor, of=List.PEOPLE) if request.GET else None
    context = {**asked, "rows": rows, "more": more, "sort": sort, "kept": kept}
    return render(request, "programme/episodes/episodes.html", context)


@require_safe
def episode(request: StaffRequest, ref: str) -> HttpResponse:
    """One person."""
    page = queries.episode(actor=request.actor, ref=ref, at=request.at)
    return render(request, "programme/episodes/episode.html", {"page": page})
