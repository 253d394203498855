"""The pages of the reference data that a site edits."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from desist.programme.service.settings import commands, forms, queries
from desist.programme.service.settings.kinds import AGENCY, PRACTITIONER, Kind
from desist.refusals import Changed
from desist.ui import errors
from desist.ui.forms import Form
from desist.wall.requests import StaffRequest

NEW = {"capacity": 8}


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
    """Put somebody with a practitioner's role on the register."""
    name = queries.to_enter(actor=request.actor, account=ref, at=request.at)
    if not name:
        return errors.page(errors.NOTHING_LEFT if request.method == "POST" else errors.NOT_FOUND)
    form = forms.of(PRACTITIONER, request.POST or None, values=NEW, at=request.at)
    del form.fields["left_on"]
    if form.is_valid():
        try:
            commands.enter_practitioner(
                actor=request.actor,
                account=ref,
                values=forms.values_of(PRACTITIONER, form),
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
        except commands.NotAPractitioner:
            form.keep("Not saved: this person has since been put on the register, or lost the role")
        else:
            messages.success(request, "On the register. Arrange supervision before anybody is allocated.")
            return redirect("settings:settings")
    context = {"name": name, "form": form}
    return render(request, "programme/settings/enter.html", context, status=422 if form.errors else 200)


def _edit(request: StaffRequest, kind: Kind, ref: str) -> HttpResponse:
    page = queries.to_edit(actor=request.actor, kind=kind, ref=ref, at=request.at)
    form = forms.of(kind, request.POST or None, values=page.values, version=page.version, at=request.at)
    if form.is_valid() and _saved(request, page, form):
        return redirect("settings:settings")
    context = {"page": page, "form": form}
    return render(request, "programme/settings/edit.html", context, status=422 if form.errors else 200)


def _saved(request: StaffRequest, page: queries.ToEdit, form: Form) -> bool:
    try:
        number = commands.edit(
            actor=request.actor,
            kind=page.kind,
            ref=page.ref,
            values=forms.values_of(page.kind, form),
            reason=form.cleaned_data["reason"],
            version=form.version,
            at=request.at,
        )
    except Changed:
        form.keep(
            "Not saved: somebody else has since changed this. The history shows what; read it, then save again"
        )
        form.version = page.version
        return False
    except commands.NotUnique:
        form.add_error("name", "Another one with this name is already listed in the area")
        return False
    except commands.StillHasPeople as people:
        form.add_error("left_on", f"Hand their {people} people to others first, then record that they left")
        return False
    messages.success(request, "Saved." if number else "Nothing was different, so nothing has been changed.")
    return True
