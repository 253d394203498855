"""The pages about the team."""

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.advocacy.team import commands, forms, queries
from desist.advocacy.team.states import LinkKind
from desist.ui import errors
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def team(request: StaffRequest) -> HttpResponse:
    """The advocates, each with their number of clients."""
    rows = queries.team(actor=request.actor, at=request.at)
    waiting = queries.to_register(actor=request.actor, at=request.at)
    return render(
        request, "advocacy/team/team.html", {"rows": rows, "waiting": waiting, "own": request.actor.who}
    )


@require_http_methods(["GET", "POST"])
def register(request: StaffRequest, ref: str) -> HttpResponse:
    """Put an account with an advocate's role on the register."""
    name = dict(queries.to_register(actor=request.actor, at=request.at)).get(ref)
    if not name:
        return errors.page(errors.NOTHING_LEFT if request.method == "POST" else errors.NOT_FOUND)
    form = forms.Entry(request.POST or None, initial={"capacity": 25}, at=request.at)
    del form.fields["left_on"]
    return ask(
        request,
        "advocacy/team/entry.html",
        form,
        do=lambda: commands.register(
            actor=request.actor,
            account=ref,
            trained_on=form.cleaned_data["trained_on"],
            capacity=form.cleaned_data["capacity"],
            at=request.at,
        ),
        done=f"{name} is on the register.",
        then=lambda _: redirect("team:team"),
        page={"name": name},
    )


@require_http_methods(["GET", "POST"])
def advocate(request: StaffRequest, ref: str) -> HttpResponse:
    """Change what the register says of an advocate."""
    page = queries.advocate(actor=request.actor, ref=ref, at=request.at)
    form = forms.Entry(request.POST or None, initial=asdict(page), at=request.at)
    return ask(
        request,
        "advocacy/team/entry.html",
        form,
        do=lambda: commands.edit(
            actor=request.actor,
            ref=ref,
            **{name: form.cleaned_data[name] for name in ("trained_on", "capacity", "left_on")},
            at=request.at,
        ),
        done=f"Saved for {page.name}.",
        then=lambda _: redirect("team:team"),
        page={"name": page.name},
    )


@require_http_methods(["GET", "POST"])
def declare(request: StaffRequest) -> HttpResponse:
    """Declare a link."""
    people = queries.declaring(actor=request.actor, at=request.at)
    form = forms.Declaration(request.POST or None, initial={"advocate": people[0][0] if people else ""})
    form.offer("advocate", people)
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
        done="The link has been declared. It applies from now on.",
        then=lambda _: redirect("home:home"),
        page={},
    )
