"""The pages about the team."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.team import commands, forms, queries
from desist.advocacy.team.states import LinkKind
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """The advocates, each with their number of clients."""
    rows = queries.team(actor=request.actor, at=request.at)
    return render(request, "advocacy/team/team.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def declare(request: StaffRequest) -> HttpResponse:
    """Declare a link."""
    people = queries.declaring(actor=request.actor, at=request.at)
    form = forms.Declaration(request.POST or None, initial={"advocate": people[0][0] if people else ""})
    form.offer("advocate", people)

    def then(_: None) -> HttpResponse:
        messages.success(request, "The link has been declared. It applies from now on.")
        return redirect("home:home")

    return ask(
        request,
        "advocacy/team/declare.html",
        form,
        do=lambda: commands.declare(
            actor=request.actor,
            advocate=form.cleaned_data["advocate"],
            kind=LinkKind(form.cleaned_data["kind"]),
            person=form.cleaned_data["person"],
            submission=form.submission,
            at=request.at,
        ),
        then=then,
        page={},
    )
