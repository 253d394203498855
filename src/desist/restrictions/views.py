"""The pages about cases that only named people see."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.restrictions import commands, forms, queries
from desist.wall.requests import StaffRequest

NO_CASE = "No case that you can see has this reference. Check it against the page it is shown on"


@require_safe
def restrictions(request: StaffRequest) -> HttpResponse:
    """The restricted cases that whoever looks may know of."""
    rows = queries.restrictions(actor=request.actor, at=request.at)
    return render(request, "restrictions/restrictions.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def restrict(request: StaffRequest) -> HttpResponse:
    """Let only named people see a case."""
    form = forms.Restrict(request.POST or None, people=queries.people())
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("case", "reason", "people")}
        try:
            ref = commands.restrict(actor=request.actor, at=request.at, **said)
        except commands.NoSuchCase:
            form.add_error("case", NO_CASE)
        except commands.AlreadyRestricted:
            form.keep(
                "This case is already restricted to named people. Ask the administrator to change who they are"
            )
        else:
            messages.success(request, "From now on only the people you named can see this case.")
            return redirect("restrictions:restriction", ref)
    return _draw(request, "restrict", {"form": form})


@require_http_methods(["GET", "POST"])
def restriction(request: StaffRequest, ref: str) -> HttpResponse:
    """One restricted case: who sees it."""
    page = queries.restriction(actor=request.actor, ref=ref, at=request.at)
    form = forms.People(request.POST or None, people=queries.people(), initial={"people": list(page.named)})
    if form.is_valid():
        try:
            commands.name_people(
                actor=request.actor, ref=ref, people=form.cleaned_data["people"], at=request.at
            )
        except commands.AlreadyEnded:
            form.keep("Somebody else ended this restriction first")
        else:
            messages.success(request, "Saved. Nobody else can see this case.")
            return redirect("restrictions:restrictions")
    return _draw(request, "restriction", {"form": form, "page": page})


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Let everybody see the case again whose role and area allow it."""
    page = queries.restriction(actor=request.actor, ref=ref, at=request.at)
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            commands.end(actor=request.actor, ref=ref, at=request.at)
        except commands.AlreadyEnded:
            messages.info(request, "Somebody else ended this restriction first.")
        else:
            messages.success(request, "The restriction has ended.")
        return redirect("restrictions:restrictions")
    return _draw(request, "end", {"form": form, "page": page})


@require_http_methods(["GET", "POST"])
def keep_from(request: StaffRequest) -> HttpResponse:
    """Keep somebody from a case."""
    form = forms.KeepFrom(request.POST or None, people=queries.people())
    if form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("case", "account", "reason")}
        try:
            commands.keep_from(actor=request.actor, at=request.at, **said)
        except commands.NoSuchCase:
            form.add_error("case", NO_CASE)
        else:
            messages.success(request, "From now on they cannot see this case.")
            return redirect("restrictions:restrictions")
    return _draw(request, "keep_from", {"form": form})


@require_safe
def ask(request: StaffRequest) -> HttpResponse:
    """Whom to ask about a case that one expects and does not find: the same page whether or not there is one."""
    page = queries.reviewer(actor=request.actor, at=request.at)
    return render(request, "restrictions/ask.html", {"page": page})


@require_http_methods(["GET", "POST"])
def reviewer(request: StaffRequest) -> HttpResponse:
    """Say whom everybody asks."""
    form = forms.Reviewer(request.POST or None)
    if form.is_valid():
        commands.name_reviewer(actor=request.actor, at=request.at, **_named(form))
        messages.success(request, "Saved. People are told to ask them.")
        return redirect("restrictions:ask")
    return _draw(request, "reviewer", {"form": form})


def _named(form: forms.Reviewer) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("name", "phone")}


def _draw(request: StaffRequest, name: str, context: dict[str, object]) -> HttpResponse:
    form = context["form"]
    status = 422 if getattr(form, "errors", None) else 200
    return render(request, f"restrictions/{name}.html", context, status=status)
