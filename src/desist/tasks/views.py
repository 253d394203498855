"""The pages of tasks; they are listed on the first page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from desist.refusals import Changed
from desist.tasks import commands, forms, queries
from desist.ui import dates
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, case: str = "") -> HttpResponse:
    """Give oneself or a colleague a task."""
    page = queries.to_give(actor=request.actor, case=case, at=request.at)
    form = forms.NewTask(request.POST or None, initial={"to": request.actor.who})
    form.offer("to", page.colleagues)
    form.limit("due_on", earliest=request.at)

    def then(_: None) -> HttpResponse:
        to, day = form.cleaned_data["to"], dates.weekday(form.cleaned_data["due_on"])
        whose = "your To do" if to == request.actor.who else f"the To do of {dict(page.colleagues)[to]}"
        messages.success(request, f"The task is in {whose}, by {day}")
        return redirect(page.case.route, case) if case else redirect("home:home")

    return ask(
        request,
        "tasks/give.html",
        form,
        do=lambda: commands.give(
            actor=request.actor,
            case=case,
            override=form.override(),
            submission=form.submission,
            at=request.at,
            **form.cleaned_data,
        ),
        then=then,
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def task(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one task, and hand it over."""
    page = queries.task(actor=request.actor, ref=ref, at=request.at)
    form = forms.HandOver(request.POST or None, version=page.version)
    form.offer("to", page.colleagues)

    def then(_: None) -> HttpResponse:
        name = dict(page.colleagues)[form.cleaned_data["to"]]
        messages.success(request, f"Handed over to {name}")
        return redirect("home:home")

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.task(actor=request.actor, ref=ref, at=request.at)
        form.keep(f"Not saved: by now {newer.holder} has this task")
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "tasks/task.html",
        form,
        do=lambda: commands.hand_over(
            actor=request.actor,
            ref=ref,
            override=form.override(),
            version=form.version,
            at=request.at,
            **form.cleaned_data,
        ),
        then=then,
        page={"page": page},
        anew=anew,
    )


@require_POST
def done(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that a task is done."""
    return press(
        request,
        do=lambda: commands.finish(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("home:home"),
        done="Done. Until midnight you can take it back under “Done today”",
    )


@require_POST
def undo(request: StaffRequest, ref: str) -> HttpResponse:
    """Take back that a task is done."""
    return press(
        request,
        do=lambda: commands.reopen(actor=request.actor, ref=ref, at=request.at),
        then=lambda _: redirect("home:home"),
        done="The task is open again",
    )
