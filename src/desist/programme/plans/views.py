"""The pages of a plan."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.plans import commands, forms, queries
from desist.refusals import Changed
from desist.ui.asking import ask
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
    return ask(
        request,
        "programme/plans/set_goal.html",
        form,
        do=lambda: commands.set_goal(
            actor=request.actor, episode=ref, goal=form.goal(), submission=form.submission, at=request.at
        ),
        then=lambda _: redirect("plans:plan", ref),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Change the words of a goal, or its state."""
    page = queries.goal(actor=request.actor, ref=ref, at=request.at)
    goal = page.goal
    initial = {"words": goal.words, "serves": goal.serves, "steps": goal.steps, "state": goal.state}
    form = forms.Change(request.POST or None, initial=initial, states=page.states, version=page.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.goal(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not saved: by now the goal is “{newer.goal.words}”, {newer.goal.state_label.lower()}")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/plans/change.html",
        form,
        do=lambda: commands.change(
            actor=request.actor,
            ref=ref,
            goal=form.goal(),
            state=form.state_chosen(),
            version=form.version,
            at=request.at,
        ),
        then=lambda _: redirect("plans:plan", page.episode),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def rate(request: StaffRequest, ref: str) -> HttpResponse:
    """How close a goal is."""
    page = queries.goal(actor=request.actor, ref=ref, at=request.at)
    form = forms.Rating(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/plans/rate.html",
        form,
        do=lambda: commands.rate(
            actor=request.actor,
            ref=ref,
            score=form.cleaned_data["score"],
            rated_on=form.cleaned_data["rated_on"],
            submission=form.submission,
            at=request.at,
        ),
        then=lambda _: redirect("plans:plan", page.episode),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def judge(request: StaffRequest, ref: str) -> HttpResponse:
    """Judge how ready and motivated a person is."""
    page = queries.to_judge(actor=request.actor, episode=ref, at=request.at)
    form = forms.Judge(request.POST or None, at=request.at)
    return ask(
        request,
        "programme/plans/judge.html",
        form,
        do=lambda: commands.judge(
            actor=request.actor, episode=ref, judged=form.judged(), submission=form.submission, at=request.at
        ),
        then=lambda _: redirect("plans:plan", ref),
        page={"page": page},
        done="The judgement is saved",
    )
