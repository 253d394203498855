"""The administrator's pages of areas."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.accounts.areas import commands, forms, queries
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest


@require_safe
def areas(request: StaffRequest) -> HttpResponse:
    """Show the areas of the site."""
    rows = queries.listed(actor=request.actor, at=request.at)
    return render(request, "accounts/areas/areas.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def add_area(request: StaffRequest) -> HttpResponse:
    """Add an area."""
    form = forms.NewArea(request.POST or None)
    return ask(
        request,
        "accounts/areas/add.html",
        form,
        do=lambda: commands.add(actor=request.actor, name=form.cleaned_data["name"], at=request.at),
        done="The area was added. You can give roles in it now.",
        then=lambda _: redirect("accounts:areas"),
        page={},
    )


@require_http_methods(["GET", "POST"])
def rename_area(request: StaffRequest, ref: str) -> HttpResponse:
    """Give an area another name."""
    page = queries.area(actor=request.actor, ref=ref, at=request.at)
    form = forms.RenamedArea(request.POST or None, initial={"name": page.name})
    return ask(
        request,
        "accounts/areas/rename.html",
        form,
        do=lambda: commands.rename(
            actor=request.actor, ref=ref, name=form.cleaned_data["name"], at=request.at
        ),
        done="The area was renamed.",
        then=lambda _: redirect("accounts:areas"),
        page={"page": page},
    )
