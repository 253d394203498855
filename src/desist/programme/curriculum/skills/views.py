"""The skills: the list for the practitioner, and one alone for the participant's eyes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from desist.letters import Variant
from desist.skills import catalogue, texts
from desist.ui import errors
from desist.wall.requests import StaffRequest


@require_safe
def skills(request: StaffRequest) -> HttpResponse:
    """Every skill by module."""
    page = {"modules": catalogue.by_module(), "library": texts.library()}
    return render(request, "programme/skills/skills.html", page)


@require_safe
def skill(request: StaffRequest, key: str) -> HttpResponse:
    """One skill in depth, in each of its forms."""
    if key not in texts.library():
        return errors.page(errors.NOT_FOUND)
    page = {"skill": catalogue.BY_KEY[key], "known": texts.library()[key], "variants": tuple(Variant)}
    return render(request, "programme/skills/skill.html", page)


@require_safe
def shared(request: StaffRequest) -> HttpResponse:
    """One skill, large and alone."""
    skill = catalogue.BY_KEY.get(request.GET.get("skill", ""))
    if skill is None:
        return redirect("skills:skills")
    return render(request, "programme/skills/shared.html", {"skill": skill})
