"""The pages of a plan."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.plans import commands, forms, queries
from desist.ui.words import Unclear
from desist.wall.refusals import Changed
from desist.wall.requests import StaffRequest


@require_safe
def plan(request: StaffRequest, ref: str) -> HttpResponse:
    """A person's plan."""
    page = queries.plan(actor=request.actor, episode=ref, at=request.at)
    return render(request, "programme/plans/plan.html", {"page": page})


@require_http_methods(["GET", "POST"])
def set_goal(request: StaffRequest, ref: str) -> HttpResponse:
    """Add a goal."""
    page = queries.to_plan(actor=request.actor, episode=ref, at=request.at)
    form = forms.Goal(request.POST or None)
    if form.is_valid():
        try:
            commands.set_goal(
                actor=request.actor, episode=ref, goal=form.goal(), submission=form.submission, at=request.at
            )
        except Unclear as unclear:
            form.refuse(unclear)
        else:
            return redirect("plans:plan", ref)
    context = {"page": page, "form": form}
    return render(request, "programme/plans/set_goal.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Other words for a goal, or another state."""
    page = queries.goal(actor=request.actor, ref=ref, at=request.at)
    goal = page.goal
    initial = {"words": goal.words, "serves": goal.serves, "steps": goal.steps, "state": goal.state}
    form = forms.Change(request.POST or None, initial=initial, states=page.states, version=page.version)
    if form.is_valid():
        try:
            commands.change(
                actor=request.actor,
                ref=ref,
                goal=form.goal(),
                state=form.state_chosen(),
                version=form.version,
                at=request.at,
            )
        except Unclear as unclear:
            form.refuse(unclear)
        except Changed:
            form.keep(f"Not saved: by now the goal is “{goal.words}”, {goal.state_label.lower()}")
            form.version = page.version
        else:
            return redirect("plans:plan", page.episode)
    context = {"page": page, "form": form}
    return render(request, "programme/plans/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def rate(request: StaffRequest, ref: str) -> HttpResponse:
    """How close a goal is."""
    page = queries.goal(actor=request.actor, ref=ref, at=request.at)
    form = forms.Rating(request.POST or None, at=request.at)
    if form.is_valid():
        commands.rate(
            actor=request.actor,
            ref=ref,
            score=form.cleaned_data["score"],
            rated_on=form.cleaned_data["rated_on"],
            submission=form.submission,
            at=request.at,
        )
        return redirect("plans:plan", page.episode)
    context = {"page": page, "form": form}
    return render(request, "programme/plans/rate.html", context, status=422 if form.errors else 200)
