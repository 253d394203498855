"""The pages about restricted cases."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.restrictions import commands, forms, queries
from desist.ui import asking
from desist.wall.requests import StaffRequest


@require_safe
def restrictions(request: StaffRequest) -> HttpResponse:
    """Show the restricted cases that the actor may know of."""
    rows = queries.restrictions(actor=request.actor, at=request.at)
    return render(request, "restrictions/restrictions.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def restrict(request: StaffRequest) -> HttpResponse:
    """Restrict a case to the chosen accounts."""
    form = forms.Restrict(request.POST or None, people=queries.people())
    return asking.ask(
        request,
        "restrictions/restrict.html",
        form,
        do=lambda: commands.restrict(
            actor=request.actor,
            at=request.at,
            **{name: form.cleaned_data[name] for name in ("case", "reason", "people")},
        ),
        done="From now on only the people you named can see this case.",
        then=lambda ref: redirect("restrictions:restriction", ref),
        page={},
    )


@require_http_methods(["GET", "POST"])
def restriction(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one restricted case and the accounts that see it."""
    page = queries.restriction(actor=request.actor, ref=ref, at=request.at)
    form = forms.People(request.POST or None, people=queries.people(), initial={"people": list(page.named)})
    return asking.ask(
        request,
        "restrictions/restriction.html",
        form,
        do=lambda: commands.name_people(
            actor=request.actor, ref=ref, people=form.cleaned_data["people"], at=request.at
        ),
        done="Saved. Nobody else can see this case.",
        then=lambda _: redirect("restrictions:restrictions"),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def end(request: StaffRequest, ref: str) -> HttpResponse:
    """Let every account with the role and area see the case again."""
    page = queries.restriction(actor=request.actor, ref=ref, at=request.at)
    form = forms.Confirm(request.POST if request.method == "POST" else None)
    return asking.ask(
        request,
        "restrictions/end.html",
        form,
        do=lambda: commands.end(actor=request.actor, ref=ref, at=request.at),
        done="The restriction has ended.",
        then=lambda _: redirect("restrictions:restrictions"),
        page={"page": page},
    )


@require_http_methods(["GET", "POST"])
def keep_from(request: StaffRequest) -> HttpResponse:
    """Keep an account from a case."""
    form = forms.KeepFrom(request.POST or None, people=queries.people())
    return asking.ask(
        request,
        "restrictions/keep_from.html",
        form,
        do=lambda: commands.keep_from(
            actor=request.actor,
            at=request.at,
            **{name: form.cleaned_data[name] for name in ("case", "account", "reason")},
        ),
        done="From now on they cannot see this case.",
        then=lambda _: redirect("restrictions:restrictions"),
        page={},
    )


@require_safe
def ask(request: StaffRequest) -> HttpResponse:
    """Show the person to ask about a missing case: the page is equal whether or not there is one."""
    page = queries.reviewer(actor=request.actor, at=request.at)
    return render(request, "restrictions/ask.html", {"page": page})


@require_http_methods(["GET", "POST"])
def reviewer(request: StaffRequest) -> HttpResponse:
    """Name the person whom staff ask."""
    form = forms.Reviewer(request.POST or None)
    return asking.ask(
        request,
        "restrictions/reviewer.html",
        form,
        do=lambda: commands.name_reviewer(
            actor=request.actor,
            at=request.at,
            **{name: form.cleaned_data[name] for name in ("name", "phone")},
        ),
        done="Saved. People are told to ask them.",
        then=lambda _: redirect("restrictions:ask"),
        page={},
    )
