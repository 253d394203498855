"""The pages of the reference data that a site edits."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.service.settings import commands, forms, queries
from desist.programme.service.settings.kinds import AGENCY, PRACTITIONER, Kind
from desist.refusals import Changed
from desist.ui import errors
from desist.ui.asking import ask
from desist.wall.requests import StaffRequest

NEW = {"capacity": 8}
CHANGED = "Not saved: a colleague has since changed this. The history shows what; read it, then save again"


@require_safe
def settings(request: StaffRequest) -> HttpResponse:
    """Every list of reference data, and the last changes."""
    page = queries.page(actor=request.actor, at=request.at)
    return render(request, "programme/settings/settings.html", {"page": page})


@require_http_methods(["GET", "POST"])
def practitioner(request: StaffRequest, ref: str) -> HttpResponse:
    """Edit what the register says of a practitioner."""
    return _edit(request, PRACTITIONER, ref)


@require_http_methods(["GET", "POST"])
def agency(request: StaffRequest, ref: str) -> HttpResponse:
    """Edit what the directory says of an agency."""
    return _edit(request, AGENCY, ref)


@require_http_methods(["GET", "POST"])
def enter(request: StaffRequest, ref: str) -> HttpResponse:
    """Put an account with a practitioner's role on the register."""
    name = queries.to_enter(actor=request.actor, account=ref, at=request.at)
    if not name:
        return errors.page(errors.NOTHING_LEFT if request.method == "POST" else errors.NOT_FOUND)
    form = forms.of(PRACTITIONER, request.POST or None, values=NEW, at=request.at)
    del form.fields["left_on"]
    return ask(
        request,
        "programme/settings/enter.html",
        form,
        do=lambda: commands.enter_practitioner(
            actor=request.actor,
            account=ref,
            values=forms.values_of(PRACTITIONER, form),
            reason=form.cleaned_data["reason"],
            at=request.at,
        ),
        done="On the register. Arrange supervision before anyone is allocated.",
        then=lambda _: redirect("settings:settings"),
        page={"name": name},
    )


def _edit(request: StaffRequest, kind: Kind, ref: str) -> HttpResponse:
    page = queries.to_edit(actor=request.actor, kind=kind, ref=ref, at=request.at)
    form = forms.of(kind, request.POST or None, values=page.values, version=page.version, at=request.at)

    def then(number: int) -> HttpResponse:
        messages.success(
            request,
            "The settings are saved." if number else "Nothing was different, so nothing has been changed.",
        )
        return redirect("settings:settings")

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_edit(actor=request.actor, kind=kind, ref=ref, at=request.at)
        form.keep(CHANGED)
        form.version = newer.version
        return {"page": newer}

    return ask(
        request,
        "programme/settings/edit.html",
        form,
        do=lambda: commands.edit(
            actor=request.actor,
            kind=kind,
            ref=ref,
            values=forms.values_of(kind, form),
            reason=form.cleaned_data["reason"],
            version=form.version,
            at=request.at,
        ),
        then=then,
        page={"page": page},
        anew=anew,
    )
