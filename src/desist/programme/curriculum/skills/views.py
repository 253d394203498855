"""The skills: the list for the practitioner, and one alone for the participant's eyes."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from desist.programme.curriculum.skills import catalogue
from desist.wall.requests import StaffRequest


@require_safe
def skills(request: StaffRequest) -> HttpResponse:
    """Every skill by module."""
    return render(request, "programme/skills/skills.html", {"modules": catalogue.by_module()})


@require_safe
def shared(request: StaffRequest) -> HttpResponse:
    """One skill, large and alone."""
    skill = catalogue.BY_KEY.get(request.GET.get("skill", ""))
    if skill is None:
        return redirect("skills:skills")
    return render(request, "programme/skills/shared.html", {"skill": skill})
