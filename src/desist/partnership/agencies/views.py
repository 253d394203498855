"""The pages of the directory of agencies."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desist.agencies import Side
from desist.partnership.agencies import commands, forms, queries
from desist.post.agreements import queries as agreements
from desist.refusals import Changed
from desist.ui.asking import ask, press
from desist.wall.requests import StaffRequest


@require_safe
def agencies(request: StaffRequest) -> HttpResponse:
    """Show the agencies of the area, or those that are off the list."""
    form, past = forms.Narrow(request.GET), request.GET.get("listed") == "past"
    page = queries.directory(actor=request.actor, past=past, need=form.said("need"), at=request.at)
    context = {"page": page, "past": past, "form": form}
    return render(request, "partnership/agencies/agencies.html", context)


@require_safe
def agency(request: StaffRequest, ref: str) -> HttpResponse:
    """Show one agency."""
    page = queries.agency(actor=request.actor, ref=ref, at=request.at)
    return render(request, "partnership/agencies/agency.html", {"page": page})


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest) -> HttpResponse:
    """List an agency."""
    in_force = agreements.in_force(actor=request.actor, at=request.at)
    form = forms.Agency(request.POST or None, agreements=in_force)
    return ask(
        request,
        "partnership/agencies/add.html",
        form,
        do=lambda: commands.list_agency(
            actor=request.actor,
            entry=form.entry(),
            override=form.override(),
            submission=form.submission,
            at=request.at,
        ),
        done="The agency is on the list. The services that may refer to it are told.",
        then=lambda ref: redirect("agencies:agency", ref),
        page={},
    )


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, ref: str) -> HttpResponse:
    """Replace what the directory says of an agency."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    in_force = agreements.in_force(actor=request.actor, at=request.at)
    form = forms.Agency(request.POST or None, agreements=in_force, entry=page.entry, version=page.row.version)

    def anew(_: Changed) -> dict[str, object]:
        newer = queries.to_change(actor=request.actor, ref=ref, at=request.at)
        form.keep("Not saved: a colleague has changed this entry since you opened it")
        form.version = newer.row.version
        return {"page": newer}

    return ask(
        request,
        "partnership/agencies/change.html",
        form,
        do=lambda: commands.change_agency(
            actor=request.actor,
            ref=ref,
            entry=form.entry(),
            override=form.override(),
            version=form.version,
            at=request.at,
        ),
        done="The entry is saved, and counts as checked today.",
        then=lambda _: redirect("agencies:agency", ref),
        page={"page": page},
        anew=anew,
    )


@require_http_methods(["GET", "POST"])
def let_in(request: StaffRequest, ref: str) -> HttpResponse:
    """Let an account work for an agency."""
    page = queries.to_change(actor=request.actor, ref=ref, at=request.at)
    form = forms.Member(request.POST or None)
    form.offer("account", page.accounts)
    return ask(
        request,
        "partnership/agencies/let_in.html",
        form,
        do=lambda: commands.let_in(
            actor=request.actor,
            ref=ref,
            account=form.cleaned_data["account"],
            side=Side(form.cleaned_data["side"]),
            at=request.at,
        ),
        then=lambda _: redirect("agencies:agency", ref),
        page={"page": page},
    )


@require_POST
def checked(request: StaffRequest, ref: str) -> HttpResponse:
    """Record that an entry was checked with the agency and holds."""
    return press(
        request,
        do=lambda: commands.check(actor=request.actor, ref=ref, at=request.at),
        done="The entry is checked as of today.",
        then=lambda _: redirect("agencies:agency", ref),
    )


@require_POST
def let_out(request: StaffRequest, ref: str, member: str) -> HttpResponse:
    """End an account's work for an agency."""
    return press(
        request,
        do=lambda: commands.let_out(actor=request.actor, ref=ref, member=member, at=request.at),
        done="This account reads nothing of the agency any more.",
        then=lambda _: redirect("agencies:agency", ref),
    )


@require_POST
def send(request: StaffRequest) -> HttpResponse:
    """Send the whole directory again."""
    return press(
        request,
        do=lambda: commands.send_directory(actor=request.actor, at=request.at),
        done="The directory is on its way to the services of the area.",
        then=lambda _: redirect("agencies:agencies"),
    )
