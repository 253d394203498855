"""The pages of the team."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.team import commands, forms, queries
from desist.advocacy.team.states import ABOUT_A_CLIENT, LinkKind
from desist.wall.requests import StaffRequest

NEEDED = "Enter the reference of the client the link is about"
NOT_NEEDED = "This link keeps somebody from every client: leave the reference empty"


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """Who works here, with how many clients."""
    rows = queries.team(actor=request.actor, at=request.at)
    return render(request, "advocacy/team/team.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def declare(request: StaffRequest) -> HttpResponse:
    """Declare a link."""
    people = queries.declaring(actor=request.actor, at=request.at)
    form = forms.Declaration(request.POST or None, initial={"advocate": people[0][0] if people else ""})
    form.offer("advocate", people)
    if form.is_valid():
        cleaned = form.cleaned_data
        try:
            with suppress(commands.AlreadyDeclared):  # the first of two clicks did it
                commands.declare(
                    actor=request.actor,
                    advocate=cleaned["advocate"],
                    kind=LinkKind(cleaned["kind"]),
                    person=cleaned["person"],
                    submission=form.submission,
                    at=request.at,
                )
        except commands.NeedsAClient:
            about = LinkKind(cleaned["kind"]) in ABOUT_A_CLIENT
            form.add_error("person", NEEDED if about else NOT_NEEDED)
        else:
            messages.success(request, "The link has been declared. It applies from now on.")
            return redirect("home:home")
    return render(request, "advocacy/team/declare.html", {"form": form}, status=422 if form.errors else 200)
